/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

G_BEGIN_DECLS

/* Names that are free.
 *
 * A pattern is a text with "{n}" where the number stands: "R{n}" gives R1, R2… the lowest that is
 * free. Without "{n}" the text itself is the first name, and "Core2", "Core3"… follow. A name that
 * would be too long is cut in front of its number.
 *
 * @taken: (nullable) (element-type utf8): a set of further names that are not free */

/* (transfer full) */
char  *lab_names_next      (LabTopology *topology, const char *pattern, GHashTable *taken);
/* @n names that are free at once, none of them twice. (transfer full) */
GStrv  lab_names_next_many (LabTopology *topology, const char *pattern, guint n);
/* A name for a copy of a node: of "R1" the next free R…, of "Core" Core2. @name itself if it is
 * free. (transfer full) */
char  *lab_names_next_like (LabTopology *topology, const char *name, GHashTable *taken);

G_END_DECLS

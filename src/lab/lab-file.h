/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

G_BEGIN_DECLS

/* @label: how errors name the text (a file's path). Errors: LAB_ERROR. (transfer full) (nullable) */
LabTopology *lab_file_parse      (const char *text, gsize length, const char *label, GError **error);
LabTopology *lab_file_load       (const char *path, GError **error);
/* The same document always gives the same bytes. (transfer full) */
char        *lab_file_to_string  (LabTopology *topology, gsize *length);
/* The same under another identity: a copy that is a lab of its own. (transfer full) */
char        *lab_file_to_string_as (LabTopology *topology, const char *uuid, gsize *length);
/* Temporary file in the same folder, fsync, rename, fsync of the folder. Keeps mode and follows symlinks. */
gboolean     lab_file_save       (LabTopology *topology, const char *path, GError **error);
/* The same for what lab_file_to_string() gave; may run in any thread. */
gboolean     lab_file_save_text  (const char *text, gsize length, const char *path, GError **error);

G_END_DECLS

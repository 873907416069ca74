/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-session.h"

G_BEGIN_DECLS

/* A popover with an entry for a node's name. A name that is refused stays, with the reason below
 * it. Give it a parent and pop it up; unparent it when it is not needed any more. */
GtkWidget *lab_rename_popover_new (LabSession *session, LabNode *node);

G_END_DECLS

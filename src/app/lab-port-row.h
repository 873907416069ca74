/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_PORT_ROW (lab_port_row_get_type ())
G_DECLARE_FINAL_TYPE (LabPortRow, lab_port_row, LAB, PORT_ROW, AdwActionRow)

/* A port that has a cable: "e0/0", its peer, the state of its line, what was counted. */

/* @end: which end of @link the port is. Keeps references to both. (transfer floating) */
GtkWidget *lab_port_row_new             (LabSession *session, LabLink *link, guint end);
LabLink   *lab_port_row_get_link        (LabPortRow *self); /* (transfer none) */
/* Counters and line state, as they are now. */
void       lab_port_row_update_counters (LabPortRow *self);

G_END_DECLS

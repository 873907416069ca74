/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-timeline.h"

G_BEGIN_DECLS

#define LAB_TYPE_TIMELINE_ROW (lab_timeline_row_get_type ())
G_DECLARE_FINAL_TYPE (LabTimelineRow, lab_timeline_row, LAB, TIMELINE_ROW, GtkListBoxRow)

/* One event that can be changed. Signal "remove" (). */

/* @event is copied; @topology names what it can be about. (transfer floating) */
GtkWidget        *lab_timeline_row_new       (LabTopology *topology, const LabTimelineEvent *event);
/* NULL: @error says what is wrong. (transfer full) */
LabTimelineEvent *lab_timeline_row_get_event (LabTimelineRow *self, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in the panes around the canvas, and what they ask of it. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-add-nodes.h"
#include "lab-dock.h"
#include "lab-summary.h"
#include "lab-window-private.h"

void
lab_window_panes_attach (LabWindow *self)
{
  self->dock = lab_dock_new (self->session);
  self->summary = lab_summary_new (self->session, self->selection);
  self->side = lab_side_pane_new (self->dock, self->summary);
  lab_panes_set_child (self->panes, LAB_PANE_DOCK, self->side);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the lab was looked at: kept when its window closes, restored when it is opened again. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-view-state.h"
#include "lab-window-private.h"

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (LabViewState) state = lab_view_state_load_finish (result);

  if (self->canvas == NULL || state == NULL)
    return;
  if (!state->fitted)
    {
      lab_canvas_set_zoom (self->canvas, state->zoom);
      lab_canvas_centre_on (self->canvas, state->x, state->y);
    }
  if (state->consoles != NULL)
    lab_console_pane_restore (self->consoles, (const char *const *) state->consoles);
  lab_panes_set_shown (self->panes, LAB_PANE_CONSOLES,
                       state->consoles_shown && state->consoles != NULL &&
                           state->consoles[0] != NULL);
}

void
lab_window_view_attach (LabWindow *self)
{
  lab_canvas_fit (self->canvas);
  lab_view_state_load_async (lab_topology_get_uuid (lab_session_get_topology (self->session)),
                             loaded_cb, g_object_ref (self));
}

void
lab_window_view_save (LabWindow *self)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  LabViewState *state;

  /* Nobody opens a lab again that is in no file. */
  if (self->session == NULL || lab_session_get_path (self->session) == NULL || application == NULL)
    return;
  state = g_new0 (LabViewState, 1);
  state->zoom = lab_canvas_get_zoom (self->canvas);
  lab_canvas_get_centre (self->canvas, &state->x, &state->y);
  state->fitted = lab_canvas_get_fitted (self->canvas);
  state->consoles = lab_console_pane_dup_open_names (self->consoles);
  state->consoles_shown = lab_panes_get_shown (self->panes, LAB_PANE_CONSOLES);
  lab_view_state_save (state, lab_topology_get_uuid (lab_session_get_topology (self->session)),
                       application);
}

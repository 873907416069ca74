/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the lab was looked at: kept when its window closes, restored when it is opened again. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-view-state.h"
#include "lab-window-private.h"

#define FIRST_FRAMES 4

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (LabViewState) state = lab_view_state_load_finish (result);

  if (self->canvas == NULL || state == NULL)
    return;
  self->view_restored = TRUE;
  lab_canvas_set_zoom (self->canvas, state->zoom);
  lab_canvas_centre_on (self->canvas, state->x, state->y);
  if (state->consoles != NULL)
    lab_console_pane_restore (self->consoles, (const char *const *) state->consoles);
  lab_panes_set_shown (self->panes, LAB_PANE_CONSOLES,
                       state->consoles_shown && state->consoles != NULL &&
                           state->consoles[0] != NULL);
}

/* Panes find their sizes in the first frames; only then it is known what fits. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LabWindow *self = user_data;

  if (++self->view_frames < FIRST_FRAMES)
    return G_SOURCE_CONTINUE;
  self->view_settled = TRUE;
  if (!self->view_restored && self->canvas != NULL)
    lab_window_view_fit (self);

  return G_SOURCE_REMOVE;
}

void
lab_window_view_fit (LabWindow *self)
{
  lab_canvas_fit (self->canvas);
  self->fitted_zoom = lab_canvas_get_zoom (self->canvas);
}

static gboolean
refit_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LabWindow *self = user_data;

  /* The frame after the one that gave the canvas its new size. */
  if (++self->view_frames < 2)
    return G_SOURCE_CONTINUE;
  if (self->canvas != NULL && lab_canvas_get_zoom (self->canvas) == self->fitted_zoom)
    lab_window_view_fit (self);

  return G_SOURCE_REMOVE;
}

/* Who saw the whole lab still does when a pane takes its room. */
static void
panes_changed_cb (LabWindow *self)
{
  if (!self->view_settled)
    return;
  self->view_frames = 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (self), refit_cb, self, NULL);
}

void
lab_window_view_attach (LabWindow *self)
{
  lab_canvas_fit (self->canvas);
  g_signal_connect_object (self->panes, "changed", G_CALLBACK (panes_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, self, NULL);
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
  state->consoles = lab_console_pane_dup_open_names (self->consoles);
  state->consoles_shown = lab_panes_get_shown (self->panes, LAB_PANE_CONSOLES);
  lab_view_state_save (state, lab_topology_get_uuid (lab_session_get_topology (self->session)),
                       application);
}

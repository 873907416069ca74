/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The canvas's zoom and tools, as actions of the window. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-window-private.h"

/* --- zoom --- */

static void
zoom_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const struct
  {
    const char *name;
    const char *canvas_action;
  } steps[] = {
    { "zoom-in", "canvas.zoom-in" },
    { "zoom-out", "canvas.zoom-out" },
    { "zoom-reset", "canvas.zoom-reset" },
    { "zoom-fit", "canvas.fit" },
  };
  LabWindow *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].name, g_action_get_name (G_ACTION (action))))
      gtk_widget_activate_action (GTK_WIDGET (self->canvas), steps[i].canvas_action, NULL);
}

static gboolean
show_zoom_cb (gpointer user_data)
{
  LabWindow *self = user_data;
  g_autofree char *text = g_strdup_printf (_ ("%.0f %%"), 100 * lab_canvas_get_zoom (self->canvas));

  gtk_menu_button_set_label (self->zoom_button, text);
  self->zoom_source = 0;

  return G_SOURCE_REMOVE;
}

/* The canvas may find its zoom while sizes are given out; a label that wants another size must
 * wait. */
static void
zoom_changed_cb (LabWindow *self)
{
  if (self->zoom_source == 0)
    self->zoom_source = g_idle_add (show_zoom_cb, self);
}

/* --- tools --- */

static const char *const tools[] = {
  [LAB_CANVAS_TOOL_SELECT] = "select",   [LAB_CANVAS_TOOL_LINK] = "link",
  [LAB_CANVAS_TOOL_TEXT] = "text",       [LAB_CANVAS_TOOL_RECTANGLE] = "rectangle",
  [LAB_CANVAS_TOOL_ELLIPSE] = "ellipse", [LAB_CANVAS_TOOL_LINE] = "line",
};

static void
tool_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  LabWindow *self = user_data;
  const char *name = g_variant_get_string (state, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    if (g_str_equal (tools[i], name))
      lab_canvas_set_tool (self->canvas, i);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
tool_changed_cb (LabWindow *self)
{
  LabCanvasTool tool = lab_canvas_get_tool (self->canvas);

  lab_window_set_state (self, "tool", g_variant_new_string (tools[tool]));
}

/* --- set-up --- */

static const GActionEntry entries[] = {
  { "zoom-in", zoom_cb },
  { "zoom-out", zoom_cb },
  { "zoom-reset", zoom_cb },
  { "zoom-fit", zoom_cb },
  { "tool", NULL, "s", "'select'", tool_cb },
};

void
lab_window_zoom_init (LabWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    lab_window_enable (self, entries[i].name, FALSE);
}

void
lab_window_zoom_attach (LabWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    lab_window_enable (self, entries[i].name, TRUE);
  g_signal_connect_object (self->canvas, "notify::zoom", G_CALLBACK (zoom_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "notify::tool", G_CALLBACK (tool_changed_cb), self,
                           G_CONNECT_SWAPPED);
  zoom_changed_cb (self);
}

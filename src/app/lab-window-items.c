/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with the selected devices, links and drawings, from menus and by keys. Places, order
 * and names are the canvas's work: those actions hand over to its own. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-export-dialog.h"
#include "lab-link-edits.h"
#include "lab-look.h"
#include "lab-symbol-dialog.h"
#include "lab-window-private.h"

static GPtrArray *
selected_links (LabWindow *self)
{
  return lab_selection_get_items (self->selection, LAB_TYPE_LINK);
}

static LabNode *
single_node (LabWindow *self)
{
  gpointer single = lab_selection_get_single (self->selection);

  return LAB_IS_NODE (single) ? single : NULL;
}

/* --- handed over to the canvas --- */

typedef struct
{
  const char *name;
  const char *canvas_action;
} Forward;

static const Forward forwards[] = {
  { "rename", "canvas.edit-name" },
  { "raise", "canvas.raise" },
  { "lower", "canvas.lower" },
  { "raise-to-top", "canvas.raise-to-top" },
  { "lower-to-bottom", "canvas.lower-to-bottom" },
};

/* Targets of win.arrange. */
static const Forward arrangements[] = {
  { "left", "canvas.align-left" },
  { "centre", "canvas.align-centre" },
  { "right", "canvas.align-right" },
  { "top", "canvas.align-top" },
  { "middle", "canvas.align-middle" },
  { "bottom", "canvas.align-bottom" },
  { "spread-across", "canvas.distribute-horizontally" },
  { "spread-down", "canvas.distribute-vertically" },
};

static void
hand_over (LabWindow *self, const Forward *table, guint n_entries, const char *name)
{
  for (guint i = 0; i < n_entries; i++)
    if (g_str_equal (table[i].name, name))
      gtk_widget_activate_action (GTK_WIDGET (self->canvas), table[i].canvas_action, NULL);
}

static void
forward_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  hand_over (user_data, forwards, G_N_ELEMENTS (forwards), g_action_get_name (G_ACTION (action)));
}

static void
arrange_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  hand_over (user_data, arrangements, G_N_ELEMENTS (arrangements),
             g_variant_get_string (parameter, NULL));
}

static void
lock_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  LabWindow *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self->canvas),
                              g_variant_get_boolean (state) ? "canvas.lock" : "canvas.unlock",
                              NULL);
}

/* --- devices --- */

static void
cable_from_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  LabNode *node = single_node (self);
  const char *port = g_variant_get_string (parameter, NULL);

  if (node != NULL)
    lab_canvas_begin_link (self->canvas, node, *port != '\0' ? port : NULL);
}

static void
change_symbol_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  g_autoptr (GPtrArray) nodes = lab_selection_get_items (self->selection, LAB_TYPE_NODE);

  if (nodes->len > 0)
    lab_symbol_dialog_present (GTK_WINDOW (self), self->session, nodes);
}

static void
properties_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_panes_set_shown (self->panes, LAB_PANE_INSPECTOR, TRUE);
}

/* --- links --- */

static void
apply (LabWindow *self, LabEdit *edit)
{
  if (edit != NULL)
    lab_session_apply (self->session, edit);
}

static void
plugged_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  LabWindow *self = user_data;
  g_autoptr (GPtrArray) links = selected_links (self);

  apply (self, lab_links_edit_plug (links, g_variant_get_boolean (state)));
}

/* @parameter: the member's value; "": as if never set. */
static void
set_look (LabWindow *self, const char *key, GVariant *parameter)
{
  g_autoptr (GPtrArray) links = selected_links (self);
  g_autoptr (JsonNode) value = NULL;
  const char *text = g_variant_get_string (parameter, NULL);

  if (*text != '\0')
    value = json_node_init_string (json_node_alloc (), text);
  apply (self, lab_links_edit_look (links, key, value));
}

static void
link_shape_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  set_look (user_data, "shape", parameter);
}

static void
link_colour_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  set_look (user_data, "colour", parameter);
}

static void
link_labels_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  g_autoptr (GPtrArray) links = selected_links (self);

  apply (self, lab_links_edit_toggle_labels (links));
}

static void
reset_link_labels_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  g_autoptr (GPtrArray) links = selected_links (self);

  apply (self, lab_links_edit_reset_labels (links));
}

/* --- a picture of the lab --- */

static void
exported_cb (GtkWindow *parent, const char *path, const char *text, gpointer user_data)
{
  lab_window_say (LAB_WINDOW (parent), path != NULL ? LAB_SESSION_INFO : LAB_SESSION_ERROR, text,
                  NULL);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_export_dialog_present (GTK_WINDOW (self), lab_session_get_topology (self->session),
                             self->selection, exported_cb, NULL);
}

/* --- what can be done --- */

static const char *
link_shape (LabLink *link)
{
  static const char *const names[] = {
    [LAB_LINK_STRAIGHT] = "straight", [LAB_LINK_CURVED] = "curved", [LAB_LINK_STEPPED] = "stepped"
  };
  LabLinkShape shape;

  return lab_link_get_shape (link, &shape) ? names[shape] : "";
}

static void
update_links (LabWindow *self)
{
  g_autoptr (GPtrArray) links = selected_links (self);
  LabLink *first = links->len > 0 ? g_ptr_array_index (links, 0) : NULL;
  const char *colour = first != NULL ? lab_link_get_colour (first) : NULL;
  gboolean labels = first != NULL && !lab_link_get_port_label_hidden (first, 0) &&
                    !lab_link_get_port_label_hidden (first, 1);
  static const char *const names[] = { "plugged", "link-shape", "link-colour", "link-labels",
                                       "reset-link-labels" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    lab_window_enable (self, names[i], first != NULL);
  if (first == NULL)
    return;
  lab_window_set_state (self, "plugged", g_variant_new_boolean (lab_link_get_plugged (first)));
  lab_window_set_state (self, "link-shape", g_variant_new_string (link_shape (first)));
  lab_window_set_state (self, "link-colour", g_variant_new_string (colour != NULL ? colour : ""));
  lab_window_set_state (self, "link-labels", g_variant_new_boolean (labels));
}

/* What has a place and an order: devices and drawings. */
static void
update_placed (LabWindow *self)
{
  guint size = lab_selection_get_size (self->selection);
  guint placed = 0;
  gboolean locked = FALSE;

  for (guint i = 0; i < size; i++)
    {
      gpointer item = lab_selection_get_item (self->selection, i);

      placed += LAB_IS_NODE (item) || LAB_IS_DRAWING (item);
      locked |= (LAB_IS_NODE (item) && lab_node_get_locked (item)) ||
                (LAB_IS_DRAWING (item) && lab_drawing_get_locked (item));
    }
  for (guint i = 0; i < G_N_ELEMENTS (forwards); i++)
    lab_window_enable (self, forwards[i].name, placed > 0);
  lab_window_enable (self, "lock", placed > 0);
  lab_window_enable (self, "arrange", placed >= 2);
  lab_window_set_state (self, "lock", g_variant_new_boolean (locked));
}

static void
update (LabWindow *self)
{
  LabNode *node = single_node (self);
  g_autoptr (GPtrArray) nodes = lab_selection_get_items (self->selection, LAB_TYPE_NODE);

  update_placed (self);
  update_links (self);
  lab_window_enable (self, "rename", node != NULL);
  lab_window_enable (self, "cable-from", node != NULL && lab_node_get_n_ports (node) > 0);
  lab_window_enable (self, "change-symbol", nodes->len > 0);
}

/* --- set-up --- */

static const GActionEntry entries[] = {
  { "arrange", arrange_cb, "s" },
  { "lock", NULL, NULL, "false", lock_cb },
  { "cable-from", cable_from_cb, "s" },
  { "port-in-use", NULL },
  { "change-symbol", change_symbol_cb },
  { "properties", properties_cb },
  { "plugged", NULL, NULL, "true", plugged_cb },
  { "link-shape", NULL, "s", "''", link_shape_cb },
  { "link-colour", NULL, "s", "''", link_colour_cb },
  { "link-labels", NULL, NULL, "true", link_labels_cb },
  { "reset-link-labels", reset_link_labels_cb },
  { "export", export_cb },
};

void
lab_window_items_attach (LabWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (forwards); i++)
    {
      GActionEntry entry = { forwards[i].name, forward_cb };

      g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
    }
  lab_window_enable (self, "port-in-use", FALSE);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lab_session_get_history (self->session), "changed", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  update (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Class actions of the canvas: what menus, keys, buttons and assistive technology call.
 *
 * View: canvas.zoom-in, zoom-out, zoom-reset, fit.
 * Selection: canvas.select-all, select-none, delete, edit-name, context-menu, activate, connect.
 * Places: canvas.align-left, align-centre, align-right, align-top, align-middle, align-bottom,
 *   distribute-horizontally, distribute-vertically, lock, unlock, raise, lower, raise-to-top,
 *   lower-to-bottom.
 * Of links and drawings: see lab-canvas-looks.c.
 * Of the lab: canvas.toggle-grid, toggle-snap, toggle-port-labels, toggle-rates. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-canvas-edits.h"
#include "lab-canvas-private.h"
#include "lab-look.h"

/* What is selected; if nothing is, the device that has the focus. */
static GPtrArray *
get_items (LabCanvas *self)
{
  GPtrArray *items = lab_selection_get_items (lab_stage_get_selection (self->stage), G_TYPE_OBJECT);
  LabNode *focused = lab_canvas_get_focused_node (self);

  if (items->len == 0 && focused != NULL)
    g_ptr_array_add (items, focused);

  return items;
}

static LabNode *
get_node (LabCanvas *self)
{
  g_autoptr (GPtrArray) items = get_items (self);
  gpointer only = items->len == 1 ? g_ptr_array_index (items, 0) : NULL;

  return LAB_IS_NODE (only) ? only : NULL;
}

static void
apply (LabCanvas *self, LabEdit *edit)
{
  if (edit != NULL)
    lab_stage_apply (self->stage, edit);
}

static void
zoom_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabCanvas *self = LAB_CANVAS (widget);
  double zoom = lab_canvas_get_zoom (self);

  if (g_str_equal (name, "canvas.zoom-in"))
    lab_canvas_set_zoom (self, lab_zoom_step (zoom, 2));
  else if (g_str_equal (name, "canvas.zoom-out"))
    lab_canvas_set_zoom (self, lab_zoom_step (zoom, -2));
  else if (g_str_equal (name, "canvas.zoom-reset"))
    lab_canvas_set_zoom (self, 1);
  else
    lab_canvas_fit (self);
}

static void
select_all (LabCanvas *self)
{
  LabScene *scene = lab_stage_get_scene (self->stage);
  GPtrArray *lists[] = { lab_scene_get_nodes (scene), lab_scene_get_links (scene),
                         lab_scene_get_drawings (scene) };
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      g_ptr_array_add (objects, ((LabSceneItem *) g_ptr_array_index (lists[i], j))->object);
  lab_selection_set (lab_stage_get_selection (self->stage), objects->pdata, objects->len);
}

static void
select_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabCanvas *self = LAB_CANVAS (widget);

  if (g_str_equal (name, "canvas.select-all"))
    select_all (self);
  else
    lab_selection_clear (lab_stage_get_selection (self->stage));
}

gboolean
lab_canvas_request_delete (LabCanvas *self)
{
  g_autoptr (GPtrArray) items = get_items (self);
  gboolean handled = FALSE;

  if (items->len == 0)
    return FALSE;
  g_signal_emit_by_name (self, "delete-requested", items, &handled);
  if (!handled)
    apply (self, lab_canvas_edit_delete (lab_stage_get_topology (self->stage), items));

  return TRUE;
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_canvas_request_delete (LAB_CANVAS (widget));
}

static void
arrange_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const names[] = {
    "canvas.align-left",
    "canvas.align-centre",
    "canvas.align-right",
    "canvas.align-top",
    "canvas.align-middle",
    "canvas.align-bottom",
    "canvas.distribute-horizontally",
    "canvas.distribute-vertically",
  };
  LabCanvas *self = LAB_CANVAS (widget);
  g_autoptr (GPtrArray) items = get_items (self);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      apply (self,
             lab_canvas_edit_arrange (lab_stage_get_scene (self->stage), items, (LabArrange) i));
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabCanvas *self = LAB_CANVAS (widget);
  g_autoptr (GPtrArray) items = get_items (self);

  apply (self, lab_canvas_edit_lock (items, g_str_equal (name, "canvas.lock")));
}

static void
raise_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const names[] = { "canvas.raise", "canvas.lower", "canvas.raise-to-top",
                                       "canvas.lower-to-bottom" };
  LabCanvas *self = LAB_CANVAS (widget);
  g_autoptr (GPtrArray) items = get_items (self);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      apply (self, lab_canvas_edit_raise (lab_stage_get_scene (self->stage), items, (LabRaise) i));
}

static void
edit_name_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabNode *node = get_node (LAB_CANVAS (widget));

  if (node != NULL)
    lab_canvas_edit_name (LAB_CANVAS (widget), node);
}

static void
connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabCanvas *self = LAB_CANVAS (widget);
  LabNode *node = get_node (self);

  if (node != NULL)
    lab_canvas_begin_link (self, node, NULL);
  else
    lab_canvas_set_tool (self, LAB_CANVAS_TOOL_LINK);
}

static void
activate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabCanvas *self = LAB_CANVAS (widget);
  g_autoptr (GPtrArray) items = get_items (self);

  for (guint i = 0; i < items->len; i++)
    lab_canvas_activate_item (self, g_ptr_array_index (items, i));
}

/* Where a menu asked for by a key opens: at what it is about. */
static void
context_menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabCanvas *self = LAB_CANVAS (widget);
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  LabScene *scene = lab_stage_get_scene (self->stage);
  g_autoptr (GPtrArray) items = get_items (self);
  GObject *object = items->len > 0 ? g_ptr_array_index (items, items->len - 1) : NULL;
  LabSceneItem *item = lab_scene_find (scene, object);
  LabPoint at = { viewport->width / 2, viewport->height / 2 };

  if (item != NULL)
    {
      lab_canvas_reveal (self, object);
      at = lab_viewport_to_view (viewport, (item->bounds.x0 + item->bounds.x1) / 2,
                                 (item->bounds.y0 + item->bounds.y1) / 2);
      if (!lab_selection_contains (lab_stage_get_selection (self->stage), object))
        lab_selection_set_single (lab_stage_get_selection (self->stage), object);
    }
  lab_canvas_open_menu (self, object, CLAMP (at.x, 0, viewport->width),
                        CLAMP (at.y, 0, viewport->height));
}

typedef struct
{
  const char *action;
  const char *key;
  gboolean (*get) (LabTopology *topology);
} Toggle;

static const Toggle toggles[] = {
  { "canvas.toggle-grid", "show-grid", lab_topology_get_show_grid },
  { "canvas.toggle-snap", "snap", lab_topology_get_snap },
  { "canvas.toggle-port-labels", "port-labels", lab_topology_get_port_labels },
  { "canvas.toggle-rates", "rates", lab_topology_get_rates },
};

static void
toggle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabCanvas *self = LAB_CANVAS (widget);
  LabTopology *topology = lab_stage_get_topology (self->stage);

  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    if (g_str_equal (name, toggles[i].action))
      {
        g_autoptr (JsonNode) value =
            json_node_init_boolean (json_node_alloc (), !toggles[i].get (topology));

        apply (self, lab_edit_new_set_view (topology, toggles[i].key, value));
      }
}

void
lab_canvas_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc run;
  } actions[] = {
    { "canvas.zoom-in", zoom_action },
    { "canvas.zoom-out", zoom_action },
    { "canvas.zoom-reset", zoom_action },
    { "canvas.fit", zoom_action },
    { "canvas.select-all", select_action },
    { "canvas.select-none", select_action },
    { "canvas.delete", delete_action },
    { "canvas.align-left", arrange_action },
    { "canvas.align-centre", arrange_action },
    { "canvas.align-right", arrange_action },
    { "canvas.align-top", arrange_action },
    { "canvas.align-middle", arrange_action },
    { "canvas.align-bottom", arrange_action },
    { "canvas.distribute-horizontally", arrange_action },
    { "canvas.distribute-vertically", arrange_action },
    { "canvas.lock", lock_action },
    { "canvas.unlock", lock_action },
    { "canvas.raise", raise_action },
    { "canvas.lower", raise_action },
    { "canvas.raise-to-top", raise_action },
    { "canvas.lower-to-bottom", raise_action },
    { "canvas.edit-name", edit_name_action },
    { "canvas.connect", connect_action },
    { "canvas.activate", activate_action },
    { "canvas.context-menu", context_menu_action },
    { "canvas.toggle-grid", toggle_action },
    { "canvas.toggle-snap", toggle_action },
    { "canvas.toggle-port-labels", toggle_action },
    { "canvas.toggle-rates", toggle_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].run);
  lab_canvas_install_looks (widget_class);
}

static guint
count_movable (GPtrArray *items)
{
  g_autoptr (GPtrArray) movable = lab_stage_get_movable (items);

  return movable->len;
}

static guint
count_layered (GPtrArray *items)
{
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    n += !LAB_IS_LINK (g_ptr_array_index (items, i));

  return n;
}

void
lab_canvas_update_actions (LabCanvas *self)
{
  static const char *const pairs[] = { "canvas.align-left",   "canvas.align-centre",
                                       "canvas.align-right",  "canvas.align-top",
                                       "canvas.align-middle", "canvas.align-bottom" };
  static const char *const layered[] = { "canvas.lock",         "canvas.unlock",
                                         "canvas.raise",        "canvas.lower",
                                         "canvas.raise-to-top", "canvas.lower-to-bottom" };
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GPtrArray) items = get_items (self);
  guint movable = count_movable (items);
  guint n_layered = count_layered (items);

  gtk_widget_action_set_enabled (widget, "canvas.delete", items->len > 0);
  gtk_widget_action_set_enabled (widget, "canvas.edit-name", get_node (self) != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    gtk_widget_action_set_enabled (widget, pairs[i], movable >= 2);
  gtk_widget_action_set_enabled (widget, "canvas.distribute-horizontally", movable >= 3);
  gtk_widget_action_set_enabled (widget, "canvas.distribute-vertically", movable >= 3);
  for (guint i = 0; i < G_N_ELEMENTS (layered); i++)
    gtk_widget_action_set_enabled (widget, layered[i], n_layered > 0);
  lab_canvas_update_looks (self);
}

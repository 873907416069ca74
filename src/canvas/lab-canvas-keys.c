/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys of the canvas.
 *
 * Tab goes from device to device (lab-canvas-proxies.c). Arrows move what is selected by a step of
 * the grid, with Shift by one unit; with Ctrl, or if nothing is selected, they go to the nearest
 * device that way. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-canvas-private.h"
#include "lab-look.h"

#define FINE_STEP 1.0

/* Left, right, up, down: in the order of LabDirection. */
static const int steps[][2] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };

static gboolean
go (LabCanvas *self, LabDirection direction)
{
  LabScene *scene = lab_stage_get_scene (self->stage);
  LabSelection *selection = lab_stage_get_selection (self->stage);
  LabNode *from = lab_canvas_get_focused_node (self);
  gpointer single = lab_selection_get_single (selection);
  LabSceneNode *record;
  LabSceneNode *next;

  if (from == NULL && LAB_IS_NODE (single))
    from = single;
  record = lab_scene_item_node (lab_scene_find (scene, from));
  if (record == NULL)
    {
      gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
      return TRUE;
    }
  next = lab_scene_neighbour (scene, record, direction);
  if (next == NULL)
    return TRUE;
  lab_canvas_reveal (self, next->item.object);
  lab_canvas_focus_node (self, next->item.object);
  lab_selection_set_single (selection, next->item.object);

  return TRUE;
}

static gboolean
nudge (LabCanvas *self, LabDirection direction, gboolean fine)
{
  g_autoptr (GPtrArray) items =
      lab_selection_get_items (lab_stage_get_selection (self->stage), G_TYPE_OBJECT);
  double step = fine ? FINE_STEP : lab_topology_get_grid (lab_stage_get_topology (self->stage));

  if (!lab_stage_nudge (self->stage, items, steps[direction][0] * step, steps[direction][1] * step))
    return FALSE;
  lab_canvas_reveal (self, g_ptr_array_index (items, items->len - 1));

  return TRUE;
}

/* @args: direction, modifiers */
static gboolean
arrow_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  LabCanvas *self = LAB_CANVAS (widget);
  int direction;
  int modifiers;

  g_variant_get (args, "(ii)", &direction, &modifiers);
  if ((modifiers & GDK_CONTROL_MASK) != 0 ||
      lab_selection_get_size (lab_stage_get_selection (self->stage)) == 0)
    return go (self, (LabDirection) direction);
  nudge (self, (LabDirection) direction, (modifiers & GDK_SHIFT_MASK) != 0);

  /* Never on to the window, which would move the focus out of the plane. */
  return TRUE;
}

static gboolean
toggle_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  LabCanvas *self = LAB_CANVAS (widget);
  LabNode *focused = lab_canvas_get_focused_node (self);

  if (focused == NULL)
    return FALSE;
  lab_selection_toggle (lab_stage_get_selection (self->stage), focused);

  return TRUE;
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  LabSelection *selection = lab_stage_get_selection (LAB_CANVAS (widget)->stage);

  if (lab_selection_get_size (selection) == 0)
    return FALSE;
  lab_selection_clear (selection);

  return TRUE;
}

static void
add_arrows (GtkWidgetClass *widget_class)
{
  static const guint keys[][2] = { { GDK_KEY_Left, GDK_KEY_KP_Left },
                                   { GDK_KEY_Right, GDK_KEY_KP_Right },
                                   { GDK_KEY_Up, GDK_KEY_KP_Up },
                                   { GDK_KEY_Down, GDK_KEY_KP_Down } };
  static const GdkModifierType modifiers[] = { 0, GDK_SHIFT_MASK, GDK_CONTROL_MASK };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    for (guint pad = 0; pad < 2; pad++)
      for (guint j = 0; j < G_N_ELEMENTS (modifiers); j++)
        gtk_widget_class_add_binding (widget_class, keys[i][pad], modifiers[j], arrow_cb, "(ii)",
                                      (int) i, (int) modifiers[j]);
}

void
lab_canvas_install_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_plus, GDK_CONTROL_MASK, "canvas.zoom-in" },
    { GDK_KEY_plus, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "canvas.zoom-in" },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "canvas.zoom-in" },
    { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "canvas.zoom-in" },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "canvas.zoom-out" },
    { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "canvas.zoom-out" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "canvas.zoom-reset" },
    { GDK_KEY_KP_0, GDK_CONTROL_MASK, "canvas.zoom-reset" },
    { GDK_KEY_1, GDK_CONTROL_MASK, "canvas.fit" },
    { GDK_KEY_KP_1, GDK_CONTROL_MASK, "canvas.fit" },
    { GDK_KEY_a, GDK_CONTROL_MASK, "canvas.select-all" },
    { GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "canvas.select-none" },
    { GDK_KEY_Delete, 0, "canvas.delete" },
    { GDK_KEY_KP_Delete, 0, "canvas.delete" },
    { GDK_KEY_Return, 0, "canvas.activate" },
    { GDK_KEY_KP_Enter, 0, "canvas.activate" },
    { GDK_KEY_F2, 0, "canvas.edit-name" },
    { GDK_KEY_l, 0, "canvas.connect" },
    { GDK_KEY_Menu, 0, "canvas.context-menu" },
    { GDK_KEY_F10, GDK_SHIFT_MASK, "canvas.context-menu" },
    { GDK_KEY_Page_Up, 0, "canvas.raise" },
    { GDK_KEY_Page_Down, 0, "canvas.lower" },
    { GDK_KEY_Page_Up, GDK_SHIFT_MASK, "canvas.raise-to-top" },
    { GDK_KEY_Page_Down, GDK_SHIFT_MASK, "canvas.lower-to-bottom" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers,
                                         keys[i].action, NULL);
  add_arrows (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, toggle_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

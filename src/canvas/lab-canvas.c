/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The canvas widget: what holds the parts together.
 *
 * lab-canvas-scroll.c     the view in a scrolled window, zoom
 * lab-canvas-snapshot.c   painting
 * lab-canvas-gestures.c   event controllers
 * lab-canvas-input.c      strokes and tools
 * lab-canvas-keys.c       keys
 * lab-canvas-actions.c    class actions, with their list
 * lab-canvas-proxies.c    devices for keyboard focus and assistive technology
 * lab-canvas-looks.c      actions of links and drawings
 * lab-canvas-name.c       names edited in place
 * lab-canvas-drop.c       device templates dropped */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-canvas-input-private.h"
#include "lab-canvas-private.h"
#include "lab-node-template.h"
#include "lab-tip-text.h"

#define FLASH_MS 1200

enum
{
  PROP_ZOOM = 1,
  PROP_TOOL,
  N_PROPERTIES,
  /* GtkScrollable's, overridden. */
  PROP_HADJUSTMENT = N_PROPERTIES,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  ACTIVATE_NODE,
  ACTIVATE_ITEM,
  CONTEXT_MENU,
  PROBLEM,
  DROP_TEMPLATE,
  DELETE_REQUESTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (LabCanvas,
                               lab_canvas,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static void
lab_canvas_dispose (GObject *object)
{
  LabCanvas *self = LAB_CANVAS (object);
  GtkWidget *child;

  g_clear_handle_id (&self->flash_source, g_source_remove);
  g_clear_object (&self->flashed);
  if (self->stage != NULL)
    {
      lab_canvas_cancel_stroke (self);
      lab_canvas_close_editor (self);
      lab_stage_set_widget (self->stage, NULL);
    }
  lab_canvas_dispose_input (self);
  lab_canvas_dispose_proxies (self);
  /* Popovers that are still open. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  lab_canvas_dispose_scrolling (self);
  g_clear_object (&self->stage);
  lab_canvas_dispose_painting (self);

  G_OBJECT_CLASS (lab_canvas_parent_class)->dispose (object);
}

static void
lab_canvas_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LabCanvas *self = LAB_CANVAS (object);

  if (id == PROP_ZOOM)
    g_value_set_double (value, lab_canvas_get_zoom (self));
  else if (id == PROP_TOOL)
    g_value_set_uint (value, self->tool);
  else if (!lab_canvas_scroll_get_property (self, pspec->name, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lab_canvas_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LabCanvas *self = LAB_CANVAS (object);

  if (id == PROP_TOOL)
    lab_canvas_set_tool (self, g_value_get_uint (value));
  else if (!lab_canvas_scroll_set_property (self, pspec->name, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* The plane has no size of its own. */
static void
lab_canvas_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
lab_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LabCanvas *self = LAB_CANVAS (widget);

  lab_canvas_resize_view (self, width, height);
  lab_canvas_allocate_proxies (self);
  lab_canvas_allocate_editor (self);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static void
lab_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lab_canvas_parent_class)->css_changed (widget, change);

  lab_canvas_restyle (LAB_CANVAS (widget), FALSE);
}

static void
install_signals (void)
{
  /**
   * LabCanvas::activate-node:
   * @node: a device
   *
   * Its console is wanted: double click or Enter.
   */
  signals[ACTIVATE_NODE] = g_signal_new ("activate-node", LAB_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, LAB_TYPE_NODE);

  /**
   * LabCanvas::activate-item:
   * @item: a link or a drawing
   *
   * The same for what has no console.
   */
  signals[ACTIVATE_ITEM] = g_signal_new ("activate-item", LAB_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);

  /**
   * LabCanvas::context-menu:
   * @item: (nullable): what it is about, selected already; %NULL: the plane
   * @x: widget coordinate
   * @y: widget coordinate
   *
   * A menu is wanted.
   */
  signals[CONTEXT_MENU] =
      g_signal_new ("context-menu", LAB_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_OBJECT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  /**
   * LabCanvas::problem:
   * @text: a sentence for a toast
   *
   * An edit was refused.
   */
  signals[PROBLEM] = g_signal_new ("problem", LAB_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * LabCanvas::drop-template:
   * @template: a #LabNodeTemplate
   * @x: world coordinate, on the grid
   * @y: world coordinate, on the grid
   * @ask_count: Shift is held: ask how many
   *
   * A device template was dropped.
   */
  signals[DROP_TEMPLATE] = g_signal_new ("drop-template", LAB_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 4, LAB_TYPE_NODE_TEMPLATE,
                                         G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_BOOLEAN);

  /**
   * LabCanvas::delete-requested:
   * @items: (element-type GObject): nodes, links, drawings
   *
   * What is given shall go. Without a handler that returns %TRUE the canvas deletes by itself.
   *
   * Returns: %TRUE if it is done
   */
  signals[DELETE_REQUESTED] = g_signal_new ("delete-requested", LAB_TYPE_CANVAS, G_SIGNAL_RUN_LAST,
                                            0, g_signal_accumulator_true_handled, NULL, NULL,
                                            G_TYPE_BOOLEAN, 1, G_TYPE_PTR_ARRAY);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, LAB_ZOOM_MIN, LAB_ZOOM_MAX, 1,
                                               G_PARAM_READABLE | flags);
  properties[PROP_TOOL] = g_param_spec_uint ("tool", NULL, NULL, 0, LAB_CANVAS_TOOL_LINE,
                                             LAB_CANVAS_TOOL_SELECT, G_PARAM_READWRITE | flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

/* What the pointer is over; asked again as soon as it moves on. */
static gboolean
lab_canvas_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  LabCanvas *self = LAB_CANVAS (widget);
  GdkRectangle area = { x - 2, y - 2, 5, 5 };
  g_autofree char *text = NULL;
  LabHit hit;

  if (keyboard || self->stroke != LAB_STROKE_NONE || lab_canvas_get_chosen_tool (self) != NULL)
    return FALSE;
  hit = lab_canvas_hit (self, x, y);
  if (hit.item == NULL || (text = lab_tip_text (hit.item)) == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &area);

  return TRUE;
}

static void
lab_canvas_class_init (LabCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lab_canvas_dispose;
  object_class->get_property = lab_canvas_get_property;
  object_class->set_property = lab_canvas_set_property;
  widget_class->measure = lab_canvas_measure;
  widget_class->size_allocate = lab_canvas_size_allocate;
  widget_class->snapshot = lab_canvas_snapshot;
  widget_class->css_changed = lab_canvas_css_changed;
  widget_class->focus = lab_canvas_focus;
  widget_class->query_tooltip = lab_canvas_query_tooltip;

  install_properties (object_class);
  install_signals ();
  lab_canvas_install_actions (widget_class);
  lab_canvas_install_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "labcanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
lab_canvas_init (LabCanvas *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Devices"), GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE, TRUE,
                                  -1);
}

static void
scene_changed_cb (LabCanvas *self, guint what)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  /* Marks alone tell a proxy nothing. */
  if ((what & ~(guint) LAB_SCENE_MARKS) != 0)
    lab_canvas_queue_update (self, what);
}

static void
problem_cb (LabCanvas *self, const char *text)
{
  g_signal_emit (self, signals[PROBLEM], 0, text);
}

GtkWidget *
lab_canvas_new (LabTopology *topology, LabHistory *history, LabSelection *selection)
{
  LabCanvas *self = g_object_new (LAB_TYPE_CANVAS, NULL);

  self->stage = lab_stage_new (topology, history, selection);
  self->pending = LAB_PENDING_FIT;
  lab_stage_set_widget (self->stage, GTK_WIDGET (self));
  lab_canvas_init_painting (self);
  lab_canvas_init_proxies (self);
  lab_canvas_init_input (self);
  lab_canvas_init_drop (self);
  lab_canvas_restyle (self, TRUE);
  lab_canvas_selection_changed (self);

  g_signal_connect_object (lab_stage_get_scene (self->stage), "changed",
                           G_CALLBACK (scene_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stage, "redraw", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stage, "problem", G_CALLBACK (problem_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "changed", G_CALLBACK (lab_canvas_selection_changed), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

LabTopology *
lab_canvas_get_topology (LabCanvas *self)
{
  g_return_val_if_fail (LAB_IS_CANVAS (self), NULL);

  return lab_stage_get_topology (self->stage);
}

LabHistory *
lab_canvas_get_history (LabCanvas *self)
{
  g_return_val_if_fail (LAB_IS_CANVAS (self), NULL);

  return lab_stage_get_history (self->stage);
}

LabSelection *
lab_canvas_get_selection (LabCanvas *self)
{
  g_return_val_if_fail (LAB_IS_CANVAS (self), NULL);

  return lab_stage_get_selection (self->stage);
}

gboolean
lab_canvas_activate_item (LabCanvas *self, GObject *object)
{
  if (LAB_IS_NODE (object))
    g_signal_emit (self, signals[ACTIVATE_NODE], 0, object);
  else if (LAB_IS_DRAWING (object) && lab_canvas_edit_note (self, LAB_DRAWING (object)))
    return TRUE;
  else
    g_signal_emit (self, signals[ACTIVATE_ITEM], 0, object);

  return TRUE;
}

void
lab_canvas_open_menu (LabCanvas *self, GObject *object, double x, double y)
{
  g_signal_emit (self, signals[CONTEXT_MENU], 0, object, x, y);
}

static void
unflash (LabCanvas *self)
{
  LabScene *scene = lab_stage_get_scene (self->stage);
  LabSceneItem *item = lab_scene_find (scene, self->flashed);

  if (item != NULL)
    lab_scene_set_flag (scene, item, LAB_SCENE_FLASHED, FALSE);
  g_clear_object (&self->flashed);
}

static gboolean
flash_over_cb (gpointer data)
{
  LabCanvas *self = data;

  self->flash_source = 0;
  unflash (self);

  return G_SOURCE_REMOVE;
}

void
lab_canvas_flash (LabCanvas *self, gpointer item)
{
  LabScene *scene;
  LabSceneItem *record;

  g_return_if_fail (LAB_IS_CANVAS (self));

  scene = lab_stage_get_scene (self->stage);
  record = lab_scene_find (scene, item);
  if (record == NULL)
    return;
  unflash (self);
  lab_canvas_reveal (self, item);
  self->flashed = g_object_ref (item);
  lab_scene_set_flag (scene, record, LAB_SCENE_FLASHED, TRUE);
  g_clear_handle_id (&self->flash_source, g_source_remove);
  self->flash_source = g_timeout_add (FLASH_MS, flash_over_cb, self);
}

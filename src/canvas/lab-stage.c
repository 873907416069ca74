/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What tools work on. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-look.h"
#include "lab-stage.h"

struct _LabStage
{
  GObject parent_instance;

  LabTopology *topology;
  LabHistory *history;
  LabSelection *selection;
  LabScene *scene;
  LabViewport viewport;
  GtkWidget *widget; /* (nullable), unowned: it owns us */
};

enum
{
  REDRAW,
  PROBLEM,
  TOOL_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabStage, lab_stage, G_TYPE_OBJECT)

static void
lab_stage_finalize (GObject *object)
{
  LabStage *self = LAB_STAGE (object);

  g_clear_object (&self->scene);
  g_clear_object (&self->selection);
  g_clear_object (&self->history);
  g_clear_object (&self->topology);

  G_OBJECT_CLASS (lab_stage_parent_class)->finalize (object);
}

static void
lab_stage_class_init (LabStageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_stage_finalize;

  /**
   * LabStage::redraw:
   *
   * What a tool shows has changed.
   */
  signals[REDRAW] = g_signal_new ("redraw", LAB_TYPE_STAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  /**
   * LabStage::problem:
   * @text: a sentence for a person
   *
   * Something was refused.
   */
  signals[PROBLEM] = g_signal_new ("problem", LAB_TYPE_STAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * LabStage::tool-wanted:
   * @tool: a #LabCanvasTool
   *
   * A tool is done and hands over.
   */
  signals[TOOL_WANTED] = g_signal_new ("tool-wanted", LAB_TYPE_STAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
lab_stage_init (LabStage *self)
{
  lab_viewport_init (&self->viewport);
}

LabStage *
lab_stage_new (LabTopology *topology, LabHistory *history, LabSelection *selection)
{
  LabStage *self;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology) && LAB_IS_HISTORY (history), NULL);
  g_return_val_if_fail (LAB_IS_SELECTION (selection), NULL);

  self = g_object_new (LAB_TYPE_STAGE, NULL);
  self->topology = g_object_ref (topology);
  self->history = g_object_ref (history);
  self->selection = g_object_ref (selection);
  self->scene = lab_scene_new (topology);

  return self;
}

LabTopology *
lab_stage_get_topology (LabStage *self)
{
  return self->topology;
}

LabHistory *
lab_stage_get_history (LabStage *self)
{
  return self->history;
}

LabSelection *
lab_stage_get_selection (LabStage *self)
{
  return self->selection;
}

LabScene *
lab_stage_get_scene (LabStage *self)
{
  return self->scene;
}

LabViewport *
lab_stage_get_viewport (LabStage *self)
{
  return &self->viewport;
}

GtkWidget *
lab_stage_get_widget (LabStage *self)
{
  return self->widget;
}

void
lab_stage_set_widget (LabStage *self, GtkWidget *widget)
{
  self->widget = widget;
}

gboolean
lab_stage_apply (LabStage *self, LabEdit *edit)
{
  g_autoptr (LabEdit) owned = edit;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (LAB_IS_STAGE (self), FALSE);

  if (lab_history_apply (self->history, owned, &error))
    return TRUE;
  lab_stage_problem (self, error->message);

  return FALSE;
}

void
lab_stage_problem (LabStage *self, const char *text)
{
  g_signal_emit (self, signals[PROBLEM], 0, text);
}

void
lab_stage_redraw (LabStage *self)
{
  g_signal_emit (self, signals[REDRAW], 0);
}

void
lab_stage_want_tool (LabStage *self, LabCanvasTool tool)
{
  g_signal_emit (self, signals[TOOL_WANTED], 0, (guint) tool);
}

LabPoint
lab_stage_snap (LabStage *self, double x, double y, GdkModifierType state)
{
  double grid = lab_topology_get_grid (self->topology);

  if ((state & GDK_ALT_MASK) != 0 || !lab_topology_get_snap (self->topology))
    return (LabPoint){ round (x), round (y) };

  return (LabPoint){ round (x / grid) * grid, round (y / grid) * grid };
}

static JsonNode *
number (double value)
{
  JsonNode *node = json_node_alloc ();

  /* -0 becomes 0, and what is whole is written so. */
  value += 0.0;
  if (value == floor (value))
    return json_node_init_int (node, (gint64) value);

  return json_node_init_double (node, value);
}

/* The node's or the drawing's move, appended to what becomes one edit. */
static void
add_drawing_move (GPtrArray *edits, LabDrawing *drawing, double x, double y)
{
  g_autoptr (JsonNode) at_x = number (x);
  g_autoptr (JsonNode) at_y = number (y);
  guint id = lab_drawing_get_id (drawing);

  g_ptr_array_add (edits, lab_edit_new_set_drawing (id, "x", at_x));
  g_ptr_array_add (edits, lab_edit_new_set_drawing (id, "y", at_y));
}

LabEdit *
lab_stage_move_edit (GPtrArray *items, const LabPoint *places)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GArray) xs = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) ys = g_array_new (FALSE, FALSE, sizeof (double));
  g_auto (GStrv) list = NULL;
  g_autofree char *label = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      gpointer item = g_ptr_array_index (items, i);

      if (LAB_IS_DRAWING (item))
        add_drawing_move (edits, item, places[i].x, places[i].y);
      if (!LAB_IS_NODE (item))
        continue;
      g_strv_builder_add (names, lab_node_get_name (item));
      g_array_append_val (xs, places[i].x);
      g_array_append_val (ys, places[i].y);
    }
  list = g_strv_builder_end (names);
  if (xs->len > 0)
    g_ptr_array_insert (edits, 0,
                        lab_edit_new_move_nodes ((const char *const *) list, (double *) xs->data,
                                                 (double *) ys->data));
  if (edits->len == 0)
    return NULL;
  if (edits->len == 1)
    return g_object_ref (g_ptr_array_index (edits, 0));

  if (items->len > 1)
    label = g_strdup_printf (ngettext ("Move %u item", "Move %u items", items->len), items->len);

  return lab_edit_new_group (label != NULL ? label : _ ("Move drawing"), edits);
}

static gboolean
is_locked (gpointer item)
{
  return LAB_IS_NODE (item) ? lab_node_get_locked (item) : lab_drawing_get_locked (item);
}

GPtrArray *
lab_stage_get_movable (GPtrArray *items)
{
  GPtrArray *movable = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      gpointer item = g_ptr_array_index (items, i);

      if ((LAB_IS_NODE (item) || LAB_IS_DRAWING (item)) && !is_locked (item))
        g_ptr_array_add (movable, item);
    }

  return movable;
}

gboolean
lab_stage_nudge (LabStage *self, GPtrArray *items, double dx, double dy)
{
  g_autoptr (GPtrArray) movable = NULL;
  g_autofree LabPoint *places = NULL;

  g_return_val_if_fail (LAB_IS_STAGE (self) && items != NULL, FALSE);

  movable = lab_stage_get_movable (items);
  if (movable->len == 0)
    return FALSE;
  places = g_new (LabPoint, movable->len);
  for (guint i = 0; i < movable->len; i++)
    {
      gpointer item = g_ptr_array_index (movable, i);

      if (LAB_IS_NODE (item))
        places[i] = (LabPoint){ lab_node_get_x (item) + dx, lab_node_get_y (item) + dy };
      else
        places[i] = (LabPoint){ lab_drawing_get_x (item) + dx, lab_drawing_get_y (item) + dy };
    }

  return lab_stage_apply (self, lab_stage_move_edit (movable, places));
}

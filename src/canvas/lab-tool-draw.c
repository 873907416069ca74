/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes a note, a shape or a line.
 *
 * A shape is drawn from corner to corner, a line from end to end; a click makes a shape of a usual
 * size. A note is begun by a click and written where it will stand. With Shift held a shape is as
 * wide as it is high, and a line runs level, upright or in between. Afterwards the new drawing is
 * selected and the select tool is back. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-drawing-edits.h"
#include "lab-note-editor.h"
#include "lab-tool.h"

#define USUAL_WIDTH  160.0
#define USUAL_HEIGHT 100.0
#define LEAST_SIDE   4.0

#define LAB_TYPE_TOOL_DRAW (lab_tool_draw_get_type ())
G_DECLARE_FINAL_TYPE (LabToolDraw, lab_tool_draw, LAB, TOOL_DRAW, GObject)

struct _LabToolDraw
{
  GObject parent_instance;

  LabStage *stage;
  LabDrawingKind kind;

  gboolean drawing;   /* a stroke is on its way */
  LabDrawing *sketch; /* (nullable): what is painted meanwhile; owned */
  LabPoint from;
  LabPoint to;
};

static void lab_tool_draw_tool_init (LabToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LabToolDraw,
                               lab_tool_draw,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LAB_TYPE_TOOL, lab_tool_draw_tool_init))

static void
lab_tool_draw_dispose (GObject *object)
{
  g_clear_object (&LAB_TOOL_DRAW (object)->sketch);

  G_OBJECT_CLASS (lab_tool_draw_parent_class)->dispose (object);
}

static void
lab_tool_draw_class_init (LabToolDrawClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_tool_draw_dispose;
}

static void
lab_tool_draw_init (LabToolDraw *self)
{
}

static gboolean
lab_tool_draw_begin (LabTool *tool, const LabToolEvent *event)
{
  LabToolDraw *self = LAB_TOOL_DRAW (tool);

  if (event->button > 1)
    return FALSE;
  self->drawing = TRUE;
  self->from = lab_stage_snap (self->stage, event->x, event->y, event->state);
  self->to = self->from;

  return TRUE;
}

/* To the nearest of eight directions, or a square. */
static LabPoint
straighten (LabToolDraw *self, LabPoint to)
{
  double dx = to.x - self->from.x;
  double dy = to.y - self->from.y;
  double side = MAX (fabs (dx), fabs (dy));

  if (self->kind == LAB_DRAWING_LINE && fabs (dx) > 2 * fabs (dy))
    return (LabPoint){ to.x, self->from.y };
  if (self->kind == LAB_DRAWING_LINE && fabs (dy) > 2 * fabs (dx))
    return (LabPoint){ self->from.x, to.y };

  return (LabPoint){ self->from.x + copysign (side, dx), self->from.y + copysign (side, dy) };
}

static LabDrawing *
make (LabToolDraw *self)
{
  double dx = self->to.x - self->from.x;
  double dy = self->to.y - self->from.y;

  if (self->kind == LAB_DRAWING_LINE)
    return hypot (dx, dy) < LEAST_SIDE
               ? NULL
               : lab_drawing_new_plain (self->kind, self->from.x, self->from.y, dx, dy, NULL);
  if (fabs (dx) < LEAST_SIDE || fabs (dy) < LEAST_SIDE)
    return NULL;

  return lab_drawing_new_plain (self->kind, MIN (self->from.x, self->to.x),
                                MIN (self->from.y, self->to.y), fabs (dx), fabs (dy), NULL);
}

static void
follow (LabToolDraw *self, const LabToolEvent *event)
{
  self->to = lab_stage_snap (self->stage, event->x, event->y, event->state);
  if ((event->state & GDK_SHIFT_MASK) != 0)
    self->to = straighten (self, self->to);
}

static void
lab_tool_draw_motion (LabTool *tool, const LabToolEvent *event)
{
  LabToolDraw *self = LAB_TOOL_DRAW (tool);

  if (!self->drawing || !event->moved || self->kind == LAB_DRAWING_TEXT)
    return;
  follow (self, event);
  g_clear_object (&self->sketch);
  self->sketch = make (self);
  lab_stage_redraw (self->stage);
}

static void
finish (LabToolDraw *self)
{
  self->drawing = FALSE;
  g_clear_object (&self->sketch);
  lab_stage_redraw (self->stage);
}

static void
add (LabToolDraw *self, LabDrawing *drawing)
{
  LabStage *stage = self->stage;

  finish (self);
  if (lab_stage_apply (stage, lab_edit_new_add_drawing (drawing)))
    lab_selection_set_single (lab_stage_get_selection (stage), drawing);
  /* This may be the end of the tool. */
  lab_stage_want_tool (stage, LAB_CANVAS_TOOL_SELECT);
}

/* A note that stands there already is changed. */
static void
write_note (LabToolDraw *self, const LabToolEvent *event)
{
  LabStage *stage = self->stage;
  LabScene *scene = lab_stage_get_scene (stage);
  LabHit hit = lab_scene_hit (scene, event->x, event->y, lab_stage_get_viewport (stage)->zoom);
  LabDrawing *note = NULL;
  LabPoint from = self->from;

  if (hit.kind == LAB_HIT_DRAWING && lab_drawing_get_kind (hit.item->object) == LAB_DRAWING_TEXT)
    note = hit.item->object;
  finish (self);
  lab_note_editor_open (stage, note, from.x, from.y);
  lab_stage_want_tool (stage, LAB_CANVAS_TOOL_SELECT);
}

static void
lab_tool_draw_end (LabTool *tool, const LabToolEvent *event)
{
  LabToolDraw *self = LAB_TOOL_DRAW (tool);
  g_autoptr (LabToolDraw) kept = g_object_ref (self);
  g_autoptr (LabDrawing) drawing = NULL;

  if (!self->drawing)
    return;
  if (self->kind == LAB_DRAWING_TEXT)
    {
      write_note (self, event);
      return;
    }
  if (event->moved)
    follow (self, event);
  else if (self->kind != LAB_DRAWING_LINE)
    {
      self->from = (LabPoint){ event->x - USUAL_WIDTH / 2, event->y - USUAL_HEIGHT / 2 };
      self->from = lab_stage_snap (self->stage, self->from.x, self->from.y, event->state);
      self->to = (LabPoint){ self->from.x + USUAL_WIDTH, self->from.y + USUAL_HEIGHT };
    }
  drawing = make (self);
  if (drawing != NULL)
    add (self, drawing);
  else
    finish (self);
}

static void
lab_tool_draw_cancel (LabTool *tool)
{
  finish (LAB_TOOL_DRAW (tool));
}

static gboolean
lab_tool_draw_key (LabTool *tool, guint keyval, GdkModifierType state)
{
  LabToolDraw *self = LAB_TOOL_DRAW (tool);
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  LabPoint middle = lab_viewport_to_world (viewport, viewport->width / 2, viewport->height / 2);
  LabToolEvent event = { .x = middle.x, .y = middle.y };

  switch (keyval)
    {
    case GDK_KEY_Escape:
      if (self->drawing)
        finish (self);
      else
        lab_stage_want_tool (self->stage, LAB_CANVAS_TOOL_SELECT);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      /* Without a pointer: one of the usual size in the middle of the view. */
      self->drawing = TRUE;
      self->from = lab_stage_snap (self->stage, middle.x, middle.y, 0);
      self->to = (LabPoint){ self->from.x + USUAL_WIDTH, self->from.y };
      event.moved = self->kind == LAB_DRAWING_LINE;
      event.x += event.moved ? USUAL_WIDTH : 0;
      lab_tool_draw_end (tool, &event);
      return TRUE;
    default:
      return FALSE;
    }
}

static GskRenderNode *
lab_tool_draw_paint (LabTool *tool, const LabPaintContext *context)
{
  LabToolDraw *self = LAB_TOOL_DRAW (tool);
  LabSceneDrawing record = { .item = { .kind = LAB_SCENE_DRAWING } };

  if (self->sketch == NULL)
    return NULL;
  record.item.object = self->sketch;
  record.x = lab_drawing_get_x (self->sketch);
  record.y = lab_drawing_get_y (self->sketch);
  record.width = lab_drawing_get_width (self->sketch);
  record.height = lab_drawing_get_height (self->sketch);

  return lab_paint_drawing (context, &record);
}

static const char *
lab_tool_draw_get_cursor (LabTool *tool, const LabHit *hit)
{
  return LAB_TOOL_DRAW (tool)->kind == LAB_DRAWING_TEXT ? "text" : "crosshair";
}

static void
lab_tool_draw_tool_init (LabToolInterface *iface)
{
  iface->begin = lab_tool_draw_begin;
  iface->motion = lab_tool_draw_motion;
  iface->end = lab_tool_draw_end;
  iface->cancel = lab_tool_draw_cancel;
  iface->key = lab_tool_draw_key;
  iface->paint = lab_tool_draw_paint;
  iface->get_cursor = lab_tool_draw_get_cursor;
}

LabTool *
lab_tool_draw_new (LabStage *stage, LabCanvasTool kind)
{
  LabToolDraw *self = g_object_new (LAB_TYPE_TOOL_DRAW, NULL);

  self->stage = stage;
  self->kind = (LabDrawingKind) (kind - LAB_CANVAS_TOOL_TEXT + LAB_DRAWING_TEXT);

  return LAB_TOOL (self);
}

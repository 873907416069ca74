/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes the size of a drawing by its handles, turns it, and moves the ends of a line.
 *
 * The handle opposite to the one that is dragged stays where it is, also if the drawing is turned.
 * The drawing is shown as it would be, and changed once, at the end. Shift keeps the proportions;
 * of a picture they are kept anyway, and Shift lets them go. Turning goes by whole degrees, with
 * Shift by fifteen. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-drawing-edits.h"
#include "lab-tool.h"

#define LEAST_SIDE 4.0
#define TURN_STEP  15.0

typedef struct
{
  double x;
  double y;
  double width;
  double height;
  double rotation;
} Shape;

#define LAB_TYPE_TOOL_RESIZE (lab_tool_resize_get_type ())
G_DECLARE_FINAL_TYPE (LabToolResize, lab_tool_resize, LAB, TOOL_RESIZE, GObject)

struct _LabToolResize
{
  GObject parent_instance;

  LabStage *stage;

  LabDrawing *drawing; /* (nullable), owned */
  guint handle;
  Shape start;
  Shape now;
  gboolean moved;
};

static void lab_tool_resize_tool_init (LabToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LabToolResize,
                               lab_tool_resize,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LAB_TYPE_TOOL, lab_tool_resize_tool_init))

static void
lab_tool_resize_dispose (GObject *object)
{
  g_clear_object (&LAB_TOOL_RESIZE (object)->drawing);

  G_OBJECT_CLASS (lab_tool_resize_parent_class)->dispose (object);
}

static void
lab_tool_resize_class_init (LabToolResizeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_tool_resize_dispose;
}

static void
lab_tool_resize_init (LabToolResize *self)
{
}

static LabSceneDrawing *
record_of (LabToolResize *self)
{
  if (self->drawing == NULL)
    return NULL;

  return lab_scene_item_drawing (lab_scene_find (lab_stage_get_scene (self->stage), self->drawing));
}

static gboolean
lab_tool_resize_begin (LabTool *tool, const LabToolEvent *event)
{
  LabToolResize *self = LAB_TOOL_RESIZE (tool);
  LabSceneDrawing *record = lab_scene_item_drawing (event->hit.item);

  if (event->hit.kind != LAB_HIT_DRAWING_HANDLE || record == NULL)
    return FALSE;
  g_set_object (&self->drawing, record->item.object);
  self->handle = event->hit.part;
  self->start = (Shape){ record->x, record->y, record->width, record->height, record->rotation };
  self->now = self->start;
  self->moved = FALSE;

  return TRUE;
}

static LabPoint
turned (LabPoint point, double degrees)
{
  double angle = degrees * G_PI / 180;

  return (LabPoint){ point.x * cos (angle) - point.y * sin (angle),
                     point.x * sin (angle) + point.y * cos (angle) };
}

static LabPoint
handle_point (const Shape *shape, guint handle)
{
  LabSceneDrawing drawing = { .x = shape->x,
                              .y = shape->y,
                              .width = shape->width,
                              .height = shape->height,
                              .rotation = shape->rotation };

  return lab_scene_drawing_handle_point (&drawing, handle);
}

static void
turn (LabToolResize *self, LabPoint to, GdkModifierType state)
{
  double dx = to.x - (self->start.x + self->start.width / 2);
  double dy = to.y - (self->start.y + self->start.height / 2);
  double step = (state & GDK_SHIFT_MASK) != 0 ? TURN_STEP : 1;
  double degrees = atan2 (dx, -dy) * 180 / G_PI;

  /* atan2() goes to half a turn either way, as a file may have it. */
  self->now.rotation = round (degrees / step) * step + 0.0;
}

/* Turned lines come from elsewhere; one that is changed here says its direction by its ends alone.
 */
static void
move_end (LabToolResize *self, LabPoint to)
{
  LabPoint start = self->handle == 0 ? to : handle_point (&self->start, 0);
  LabPoint end = self->handle == 4 ? to : handle_point (&self->start, 4);

  self->now = (Shape){ start.x, start.y, end.x - start.x, end.y - start.y, 0 };
}

/* Which way a handle pulls: -1 left or up, 1 right or down, 0 not at all. */
static int
pull_x (guint handle)
{
  return handle == 0 || handle >= 6 ? -1 : handle >= 2 && handle <= 4 ? 1 : 0;
}

static int
pull_y (guint handle)
{
  return handle <= 2 ? -1 : handle >= 4 && handle <= 6 ? 1 : 0;
}

static gboolean
keeps_proportions (LabToolResize *self, GdkModifierType state)
{
  gboolean picture = lab_drawing_get_kind (self->drawing) == LAB_DRAWING_PICTURE;

  return self->handle % 2 == 0 && picture != ((state & GDK_SHIFT_MASK) != 0) &&
         self->start.width > 0 && self->start.height > 0;
}

static void
resize (LabToolResize *self, LabPoint to, GdkModifierType state)
{
  LabPoint anchor = handle_point (&self->start, (self->handle + 4) % 8);
  LabPoint reach = turned ((LabPoint){ to.x - anchor.x, to.y - anchor.y }, -self->start.rotation);
  int px = pull_x (self->handle);
  int py = pull_y (self->handle);
  double width = px == 0 ? self->start.width : MAX (reach.x * px, LEAST_SIDE);
  double height = py == 0 ? self->start.height : MAX (reach.y * py, LEAST_SIDE);
  LabPoint middle;

  if (keeps_proportions (self, state))
    {
      double factor = MAX (width / self->start.width, height / self->start.height);

      width = self->start.width * factor;
      height = self->start.height * factor;
    }
  middle = turned ((LabPoint){ px * width / 2, py * height / 2 }, self->start.rotation);
  self->now.x = anchor.x + middle.x - width / 2;
  self->now.y = anchor.y + middle.y - height / 2;
  self->now.width = width;
  self->now.height = height;
}

static void
lab_tool_resize_motion (LabTool *tool, const LabToolEvent *event)
{
  LabToolResize *self = LAB_TOOL_RESIZE (tool);
  LabSceneDrawing *record = record_of (self);
  LabPoint to = { event->x, event->y };

  if (record == NULL || !event->moved)
    return;
  self->moved = TRUE;
  if (self->handle == LAB_DRAWING_HANDLE_TURN)
    turn (self, to, event->state);
  else if (lab_drawing_get_kind (self->drawing) == LAB_DRAWING_LINE)
    move_end (self, lab_stage_snap (self->stage, to.x, to.y, event->state));
  else
    {
      /* The grid is upright; what is turned does not fit it. */
      if (self->start.rotation == 0)
        to = lab_stage_snap (self->stage, to.x, to.y, event->state);
      resize (self, to, event->state);
    }
  lab_scene_preview_shape (lab_stage_get_scene (self->stage), record, self->now.x, self->now.y,
                           self->now.width, self->now.height, self->now.rotation);
}

static void
lab_tool_resize_end (LabTool *tool, const LabToolEvent *event)
{
  LabToolResize *self = LAB_TOOL_RESIZE (tool);
  gboolean keep = record_of (self) != NULL && self->moved;
  LabEdit *edit = NULL;

  lab_scene_end_preview (lab_stage_get_scene (self->stage));
  if (keep && lab_drawing_get_kind (self->drawing) == LAB_DRAWING_TEXT)
    /* Its size is its own affair. */
    edit = lab_drawing_edit_box (self->drawing, self->now.x, self->now.y,
                                 lab_drawing_get_width (self->drawing),
                                 lab_drawing_get_height (self->drawing), self->now.rotation);
  else if (keep)
    edit = lab_drawing_edit_box (self->drawing, self->now.x, self->now.y, self->now.width,
                                 self->now.height, self->now.rotation);
  if (edit != NULL)
    lab_stage_apply (self->stage, edit);
  g_clear_object (&self->drawing);
}

static void
lab_tool_resize_cancel (LabTool *tool)
{
  LabToolResize *self = LAB_TOOL_RESIZE (tool);

  if (self->drawing != NULL)
    lab_scene_end_preview (lab_stage_get_scene (self->stage));
  g_clear_object (&self->drawing);
}

static void
lab_tool_resize_tool_init (LabToolInterface *iface)
{
  iface->begin = lab_tool_resize_begin;
  iface->motion = lab_tool_resize_motion;
  iface->end = lab_tool_resize_end;
  iface->cancel = lab_tool_resize_cancel;
}

LabTool *
lab_tool_resize_new (LabStage *stage)
{
  LabToolResize *self = g_object_new (LAB_TYPE_TOOL_RESIZE, NULL);

  /* The stage is the canvas's, and so is the tool. */
  self->stage = stage;

  return LAB_TOOL (self);
}

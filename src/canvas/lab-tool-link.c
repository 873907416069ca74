/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cabling.
 *
 * Theory of operation: a cable hangs at one port or device (from) while its other end follows the
 * pointer. It hangs because it was dragged off a device's handle, because a device was clicked
 * while this is the chosen tool, because a menu began it, or because the end of an existing cable
 * was pulled (then that cable is hidden, and its other end is where it hangs). Whatever the pointer
 * is over becomes the target; which two ports would be taken is asked anew each time that changes,
 * and shown at both ends, or else why there are none. Letting go over a target is one edit; over
 * the empty plane it is nothing.
 *
 * The keyboard does the same: arrows choose the device, Enter picks it, Escape lets go.
 *
 * Ctrl held at the end opens a list of all ports of both devices instead. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-link-edits.h"
#include "lab-link-ghost.h"
#include "lab-link-ports.h"
#include "lab-port-chooser.h"
#include "lab-tool.h"

/* How near to a device the pointer takes it, pixels. */
#define SLACK 8.0

#define LAB_TYPE_TOOL_LINK (lab_tool_link_get_type ())
G_DECLARE_FINAL_TYPE (LabToolLink, lab_tool_link, LAB, TOOL_LINK, GObject)

struct _LabToolLink
{
  GObject parent_instance;

  LabStage *stage;

  LabNode *from;    /* (nullable): where the cable hangs; owned */
  char *from_port;  /* (nullable): the port that must be taken there */
  LabLink *link;    /* (nullable): the cable whose end was pulled; owned */
  guint end;        /* which of its ends */
  LabNode *target;  /* (nullable): under the pointer; owned */
  LabPort ports[2]; /* what would be taken, if there is a target and no problem */
  char *problem;    /* (nullable) */
  LabPoint pointer;
  gboolean pressed_from; /* this stroke began where the cable hangs */
};

static void lab_tool_link_tool_init (LabToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LabToolLink,
                               lab_tool_link,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LAB_TYPE_TOOL, lab_tool_link_tool_init))

static LabSceneNode *
scene_node (LabToolLink *self, LabNode *node)
{
  if (node == NULL)
    return NULL;

  return lab_scene_item_node (lab_scene_find (lab_stage_get_scene (self->stage), node));
}

static void
set_target (LabToolLink *self, LabNode *target)
{
  LabScene *scene = lab_stage_get_scene (self->stage);
  LabSceneNode *node = scene_node (self, target);

  if (target != self->target)
    g_set_object (&self->target, target);
  lab_scene_clear_flag (scene, LAB_SCENE_TARGET, node != NULL ? &node->item : NULL);
  if (node != NULL)
    lab_scene_set_flag (scene, &node->item, LAB_SCENE_TARGET, TRUE);
}

static void
show_link (LabToolLink *self, gboolean show)
{
  LabScene *scene = lab_stage_get_scene (self->stage);
  LabSceneItem *item = self->link != NULL ? lab_scene_find (scene, self->link) : NULL;

  if (item != NULL)
    lab_scene_set_flag (scene, item, LAB_SCENE_HIDDEN, !show);
}

static void
let_go (LabToolLink *self)
{
  show_link (self, TRUE);
  set_target (self, NULL);
  g_clear_object (&self->from);
  g_clear_object (&self->link);
  g_clear_pointer (&self->from_port, g_free);
  g_clear_pointer (&self->problem, g_free);
  self->pressed_from = FALSE;
  lab_stage_redraw (self->stage);
}

static void
lab_tool_link_dispose (GObject *object)
{
  LabToolLink *self = LAB_TOOL_LINK (object);

  g_clear_object (&self->from);
  g_clear_object (&self->link);
  g_clear_object (&self->target);
  g_clear_pointer (&self->from_port, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (lab_tool_link_parent_class)->dispose (object);
}

static void
lab_tool_link_class_init (LabToolLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_tool_link_dispose;
}

static void
lab_tool_link_init (LabToolLink *self)
{
}

/* The kind of port that a pulled cable needs. */
static gboolean
find_kind (LabToolLink *self, LabPort *port)
{
  return lab_node_find_port (self->from, self->from_port, port);
}

/* The port at the target that a pulled end would take. Where it came from, it may go back to. */
static gboolean
choose_for_end (LabToolLink *self)
{
  LabTopology *topology = lab_stage_get_topology (self->stage);

  if (!find_kind (self, &self->ports[0]))
    return FALSE;
  if (g_str_equal (lab_node_get_name (self->target),
                   lab_link_get_node_name (self->link, self->end)) &&
      lab_node_find_port (self->target, lab_link_get_port_name (self->link, self->end),
                          &self->ports[1]))
    return TRUE;

  return lab_choose_port (topology, self->target, self->ports[0].kind, &self->ports[1],
                          &self->problem);
}

/* Asks which ports would be taken now. */
static void
choose (LabToolLink *self)
{
  LabTopology *topology = lab_stage_get_topology (self->stage);
  LabNode *nodes[] = { self->from, self->target };
  const char *wanted[] = { self->from_port, NULL };

  g_clear_pointer (&self->problem, g_free);
  if (self->from == NULL || self->target == NULL)
    return;
  if (self->link != NULL)
    choose_for_end (self);
  else
    lab_choose_ports (topology, nodes, wanted, self->ports, &self->problem);
}

static void
point_at (LabToolLink *self, double x, double y)
{
  LabScene *scene = lab_stage_get_scene (self->stage);
  double zoom = lab_stage_get_viewport (self->stage)->zoom;
  LabSceneNode *node = lab_scene_hit_node (scene, x, y, SLACK / zoom);

  self->pointer = (LabPoint){ x, y };
  set_target (self, node != NULL ? node->item.object : NULL);
  choose (self);
  lab_stage_redraw (self->stage);
}

static void
hang_at (LabToolLink *self, LabNode *node, const char *port)
{
  let_go (self);
  self->from = g_object_ref (node);
  self->from_port = g_strdup (port);
  self->pointer = (LabPoint){ lab_node_get_x (node), lab_node_get_y (node) };
}

static void
pull_end (LabToolLink *self, LabLink *link, guint end)
{
  LabTopology *topology = lab_stage_get_topology (self->stage);
  LabNode *node = lab_topology_find_node (topology, lab_link_get_node_name (link, 1 - end));

  if (node == NULL)
    return;
  hang_at (self, node, lab_link_get_port_name (link, 1 - end));
  self->link = g_object_ref (link);
  self->end = end;
  show_link (self, FALSE);
}

/* Both ends are known: one step of the history. @ports: short names, [0] where the cable hangs. */
static void
connect_ports (LabStage *stage,
               LabNode *const nodes[2],
               LabLink *pulled,
               guint end,
               const char *const ports[2])
{
  g_autoptr (LabLink) link = NULL;

  if (pulled != NULL)
    {
      if (!lab_link_touches (pulled, lab_node_get_name (nodes[1]), ports[1]))
        lab_stage_apply (stage, lab_link_edit_move_end (pulled, end, nodes[1], ports[1]));
      return;
    }
  link =
      lab_link_new (lab_node_get_name (nodes[0]), ports[0], lab_node_get_name (nodes[1]), ports[1]);
  lab_stage_apply (stage, lab_edit_new_add_link (link));
}

/* What the list of ports was opened for. */
typedef struct
{
  LabStage *stage;
  LabNode *nodes[2];
  LabLink *link;
  guint end;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->stage);
  g_object_unref (request->nodes[0]);
  g_object_unref (request->nodes[1]);
  g_clear_object (&request->link);
  g_free (request);
}

static void
ports_chosen_cb (const char *const ports[2], gpointer data)
{
  Request *request = data;

  connect_ports (request->stage, request->nodes, request->link, request->end, ports);
}

static void
ask_for_ports (LabToolLink *self)
{
  GtkWidget *widget = lab_stage_get_widget (self->stage);
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  LabPoint at = lab_viewport_to_view (viewport, self->pointer.x, self->pointer.y);
  const char *wanted[] = { self->from_port, NULL };
  Request *request = g_new0 (Request, 1);

  request->stage = g_object_ref (self->stage);
  request->nodes[0] = g_object_ref (self->from);
  request->nodes[1] = g_object_ref (self->target);
  request->link = self->link != NULL ? g_object_ref (self->link) : NULL;
  request->end = self->end;
  lab_port_chooser_open (widget, at.x, at.y, lab_stage_get_topology (self->stage), request->nodes,
                         wanted, ports_chosen_cb, request, request_free);
}

/* The cable ends at the target. A device is joined to itself only by choosing its ports: else a
 * double click would do it. */
static void
plug_in (LabToolLink *self, GdkModifierType state)
{
  if (self->target == self->from && (state & GDK_CONTROL_MASK) == 0)
    {
      let_go (self);
      return;
    }
  if ((state & GDK_CONTROL_MASK) != 0 && lab_stage_get_widget (self->stage) != NULL)
    ask_for_ports (self);
  else if (self->problem != NULL)
    lab_stage_problem (self->stage, self->problem);
  else
    {
      LabNode *nodes[] = { self->from, self->target };
      const char *ports[] = { self->ports[0].name, self->ports[1].name };

      connect_ports (self->stage, nodes, self->link, self->end, ports);
    }
  let_go (self);
}

/* The document may have lost what the cable hangs at. */
static gboolean
is_hanging (LabToolLink *self)
{
  if (self->from != NULL &&
      (scene_node (self, self->from) == NULL ||
       (self->link != NULL &&
        lab_scene_find (lab_stage_get_scene (self->stage), self->link) == NULL)))
    let_go (self);

  return self->from != NULL;
}

static gboolean
lab_tool_link_begin (LabTool *tool, const LabToolEvent *event)
{
  LabToolLink *self = LAB_TOOL_LINK (tool);
  LabSceneNode *node = lab_scene_item_node (event->hit.item);
  LabSceneLink *link = lab_scene_item_link (event->hit.item);

  if (event->button > 1)
    return FALSE;
  if (is_hanging (self))
    {
      /* The second click; what happens is decided when it is released. */
      self->pressed_from = FALSE;
      point_at (self, event->x, event->y);
      return TRUE;
    }
  if (link != NULL && event->hit.kind == LAB_HIT_LINK_END)
    pull_end (self, link->item.object, event->hit.part);
  else if (node != NULL)
    hang_at (self, node->item.object, NULL);
  self->pointer = (LabPoint){ event->x, event->y };
  self->pressed_from = self->from != NULL;

  return self->from != NULL;
}

static void
lab_tool_link_motion (LabTool *tool, const LabToolEvent *event)
{
  LabToolLink *self = LAB_TOOL_LINK (tool);

  if (event->moved && is_hanging (self))
    point_at (self, event->x, event->y);
}

static void
lab_tool_link_end (LabTool *tool, const LabToolEvent *event)
{
  LabToolLink *self = LAB_TOOL_LINK (tool);

  if (!is_hanging (self))
    return;
  if (self->pressed_from && !event->moved)
    {
      /* A click on a device: the cable hangs there until the next click. A click on the end of a
       * cable is nothing. */
      self->pressed_from = FALSE;
      if (self->link != NULL)
        let_go (self);
      else
        lab_tool_link_start (tool, self->from, self->from_port);
      return;
    }
  point_at (self, event->x, event->y);
  /* Back where it came from: nothing was meant, unless a port is to be chosen. */
  if (self->target == NULL ||
      (self->pressed_from && self->target == self->from && (event->state & GDK_CONTROL_MASK) == 0))
    let_go (self);
  else
    plug_in (self, event->state);
}

static void
lab_tool_link_cancel (LabTool *tool)
{
  let_go (LAB_TOOL_LINK (tool));
}

static void
lab_tool_link_hover (LabTool *tool, const LabToolEvent *event)
{
  point_at (LAB_TOOL_LINK (tool), event->x, event->y);
}

/* Where the arrows begin: the target, else where the cable hangs, else what is selected, else the
 * first device there is. */
static LabSceneNode *
find_cursor (LabToolLink *self)
{
  GPtrArray *nodes = lab_scene_get_nodes (lab_stage_get_scene (self->stage));
  gpointer single = lab_selection_get_single (lab_stage_get_selection (self->stage));

  if (self->target != NULL)
    return scene_node (self, self->target);
  if (self->from != NULL)
    return scene_node (self, self->from);
  if (LAB_IS_NODE (single))
    return scene_node (self, single);

  return nodes->len > 0 ? g_ptr_array_index (nodes, 0) : NULL;
}

static void
step_to (LabToolLink *self, LabDirection direction)
{
  LabSceneNode *cursor = find_cursor (self);
  LabSceneNode *next = cursor;

  /* The first key shows where we are. */
  if (cursor != NULL && (self->target != NULL || self->from != NULL))
    next = lab_scene_neighbour (lab_stage_get_scene (self->stage), cursor, direction);
  if (next == NULL)
    return;
  self->pointer = (LabPoint){ next->x, next->y };
  set_target (self, next->item.object);
  choose (self);
  lab_stage_redraw (self->stage);
}

static gboolean
pick (LabToolLink *self, GdkModifierType state)
{
  LabSceneNode *cursor = find_cursor (self);

  if (cursor == NULL)
    return FALSE;
  if (!is_hanging (self))
    lab_tool_link_start (LAB_TOOL (self), cursor->item.object, NULL);
  else if (self->target != NULL)
    plug_in (self, state);

  return TRUE;
}

static gboolean
lab_tool_link_key (LabTool *tool, guint keyval, GdkModifierType state)
{
  LabToolLink *self = LAB_TOOL_LINK (tool);

  switch (keyval)
    {
    case GDK_KEY_Left:
      step_to (self, LAB_DIRECTION_LEFT);
      return TRUE;
    case GDK_KEY_Right:
      step_to (self, LAB_DIRECTION_RIGHT);
      return TRUE;
    case GDK_KEY_Up:
      step_to (self, LAB_DIRECTION_UP);
      return TRUE;
    case GDK_KEY_Down:
      step_to (self, LAB_DIRECTION_DOWN);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return pick (self, state);
    case GDK_KEY_Escape:
      if (self->from != NULL)
        let_go (self);
      else
        {
          set_target (self, NULL);
          lab_stage_want_tool (self->stage, LAB_CANVAS_TOOL_SELECT);
        }
      return TRUE;
    default:
      return FALSE;
    }
}

/* The port shown where the cable hangs: the one that would be taken. */
static const char *
shown_port (LabToolLink *self, LabPort *port)
{
  LabTopology *topology = lab_stage_get_topology (self->stage);

  if (self->from_port != NULL)
    return self->from_port;
  if (self->target != NULL && self->problem == NULL)
    return self->ports[0].name;
  if (lab_topology_find_free_port (topology, self->from, LAB_PORT_ETHERNET, port) ||
      lab_topology_find_free_port (topology, self->from, LAB_PORT_SERIAL, port))
    return port->name;

  return NULL;
}

static GskRenderNode *
lab_tool_link_paint (LabTool *tool, const LabPaintContext *context)
{
  LabToolLink *self = LAB_TOOL_LINK (tool);
  LabLinkGhost ghost = { .pointer = self->pointer, .hint = self->problem };
  LabPort port;

  if (self->from == NULL || (ghost.from = scene_node (self, self->from)) == NULL)
    return NULL;
  if (self->target == self->from && self->from_port == NULL)
    return NULL;
  ghost.from_port = shown_port (self, &port);
  ghost.target = self->target != self->from ? scene_node (self, self->target) : NULL;
  if (self->target != NULL && self->problem == NULL)
    ghost.to_port = self->ports[1].name;

  return lab_paint_link_ghost (context, &ghost);
}

static const char *
lab_tool_link_get_cursor (LabTool *tool, const LabHit *hit)
{
  LabToolLink *self = LAB_TOOL_LINK (tool);

  return self->problem != NULL ? "not-allowed" : "crosshair";
}

static void
lab_tool_link_tool_init (LabToolInterface *iface)
{
  iface->begin = lab_tool_link_begin;
  iface->motion = lab_tool_link_motion;
  iface->end = lab_tool_link_end;
  iface->cancel = lab_tool_link_cancel;
  iface->hover = lab_tool_link_hover;
  iface->key = lab_tool_link_key;
  iface->paint = lab_tool_link_paint;
  iface->get_cursor = lab_tool_link_get_cursor;
}

LabTool *
lab_tool_link_new (LabStage *stage)
{
  LabToolLink *self = g_object_new (LAB_TYPE_TOOL_LINK, NULL);

  /* The stage is the canvas's, and so is the tool. */
  self->stage = stage;

  return LAB_TOOL (self);
}

void
lab_tool_link_start (LabTool *tool, LabNode *node, const char *port)
{
  LabToolLink *self = LAB_TOOL_LINK (tool);
  g_autoptr (LabNode) kept = g_object_ref (node);
  g_autofree char *name = g_strdup (port);

  /* The tool must be the chosen one for the next click to come here; a change of tools lets go. */
  lab_stage_want_tool (self->stage, LAB_CANVAS_TOOL_LINK);
  hang_at (self, kept, name);
  lab_stage_redraw (self->stage);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-paint.h"
#include "lab-stage.h"

G_BEGIN_DECLS

#define LAB_TYPE_TOOL (lab_tool_get_type ())
G_DECLARE_INTERFACE (LabTool, lab_tool, LAB, TOOL, GObject)

/* What the pointer and the keys do. Gestures of the canvas only translate events into these calls, so
 * a test makes the same calls without a display.
 *
 * One stroke is: begin (pressed), motion… (moved while pressed), end (released) or cancel (Escape,
 * a pinch, the tool is changed). Without a button: hover. */

/**
 * LabToolEvent:
 * @x: world
 * @y: world
 * @view_x: widget
 * @view_y: widget
 * @state: modifiers held
 * @button: 1, 2, 3; 0 while hovering
 * @n_press: 1, 2…: how often pressed in a row (begin)
 * @moved: whether the pointer has gone beyond the drag threshold since begin
 * @hit: what is at x, y (begin, hover; motion and end: nothing, ask the scene)
 */
typedef struct
{
  double x;
  double y;
  double view_x;
  double view_y;
  GdkModifierType state;
  guint button;
  guint n_press;
  gboolean moved;
  LabHit hit;
} LabToolEvent;

struct _LabToolInterface
{
  GTypeInterface parent_iface;

  /* FALSE: not interested; nothing follows. */
  gboolean    (*begin)      (LabTool *self, const LabToolEvent *event);
  void        (*motion)     (LabTool *self, const LabToolEvent *event);
  void        (*end)        (LabTool *self, const LabToolEvent *event);
  /* Takes everything back. */
  void        (*cancel)     (LabTool *self);
  void        (*hover)      (LabTool *self, const LabToolEvent *event);
  /* TRUE: it was for this tool. */
  gboolean    (*key)        (LabTool *self, guint keyval, GdkModifierType state);
  /* On top of everything, in plane coordinates of @context (see lab-paint.h). (transfer full) (nullable) */
  GskRenderNode *(*paint)   (LabTool *self, const LabPaintContext *context);
  /* A CSS cursor name for @hit. (nullable): the usual one. */
  const char *(*get_cursor) (LabTool *self, const LabHit *hit);
};

/* The members of LabToolInterface, which say what each is for; a tool without one does nothing. */
gboolean       lab_tool_begin      (LabTool *self, const LabToolEvent *event);
void           lab_tool_motion     (LabTool *self, const LabToolEvent *event);
void           lab_tool_end        (LabTool *self, const LabToolEvent *event);
void           lab_tool_cancel     (LabTool *self);
void           lab_tool_hover      (LabTool *self, const LabToolEvent *event);
gboolean       lab_tool_key        (LabTool *self, guint keyval, GdkModifierType state);
GskRenderNode *lab_tool_paint      (LabTool *self, const LabPaintContext *context);
const char    *lab_tool_get_cursor (LabTool *self, const LabHit *hit);

/* All of them: (transfer full). @stage must outlive them. */

/* Select, move devices and drawings, move labels; on the empty plane a rubber band. */
LabTool *lab_tool_select_new (LabStage *stage);
LabTool *lab_tool_rubber_new (LabStage *stage);
LabTool *lab_tool_label_new  (LabStage *stage);

/* lab-tool-link.c: a cable from a node's handle (begin with LAB_HIT_HANDLE or LAB_HIT_NODE), or an
 * existing end moved elsewhere (LAB_HIT_LINK_END). As the current tool (key L, menu) it is also
 * clicked: first device, then the other. */
LabTool *lab_tool_link_new   (LabStage *stage);
/* A cable begins at @node as if it had been picked; @port: (nullable). */
void     lab_tool_link_start (LabTool *self, LabNode *node, const char *port);

/* A link: click selects, drag bends. */
LabTool *lab_tool_bend_new   (LabStage *stage);

/* lab-tool-draw.c: makes a drawing; @kind: LAB_CANVAS_TOOL_TEXT…LINE. */
LabTool *lab_tool_draw_new   (LabStage *stage, LabCanvasTool kind);
/* lab-tool-resize.c: LAB_HIT_DRAWING_HANDLE of the selected drawing. */
LabTool *lab_tool_resize_new (LabStage *stage);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-link-geometry.h"
#include "lab-runtime.h"
#include "lab-topology.h"

G_BEGIN_DECLS

#define LAB_TYPE_SCENE (lab_scene_get_type ())
G_DECLARE_FINAL_TYPE (LabScene, lab_scene, LAB, SCENE, GObject)

/* What is on the plane, and where: a record for each node, link and drawing of a document, kept in
 * step with it. It finds what is under a point, draws nothing and knows no widget.
 *
 * Signal "changed" (LabSceneChange): the picture is not what it was. Records are brought up to date
 * when somebody asks next, so a thousand changes cost one pass. */

typedef enum
{
  LAB_SCENE_NODE,
  LAB_SCENE_LINK,
  LAB_SCENE_DRAWING,
} LabSceneKind;

/* Marks on an item, set by whoever holds the selection and the pointer. */
typedef enum
{
  LAB_SCENE_SELECTED = 1 << 0,
  LAB_SCENE_HOVERED = 1 << 1,
  LAB_SCENE_FOCUSED = 1 << 2,
  LAB_SCENE_FLASHED = 1 << 3, /* found by a search */
  LAB_SCENE_TARGET = 1 << 4,  /* a cable would end here */
  LAB_SCENE_HIDDEN = 1 << 5,  /* not painted: a tool shows it otherwise */
} LabSceneFlags;

typedef enum
{
  LAB_SCENE_CONTENT = 1 << 0, /* something looks different */
  LAB_SCENE_PLACES = 1 << 1,  /* something moved, came or went */
  LAB_SCENE_ITEMS = 1 << 2,   /* items came or went, were renamed or rewired */
  LAB_SCENE_MARKS = 1 << 3,   /* flags, or lines and rates of links: nothing that is told in words */
} LabSceneChange;

/**
 * LabSceneItem:
 * @kind: of which record this is the head
 * @flags: marks
 * @object: the LabNode, LabLink or LabDrawing; owned
 * @position: in the document's list
 * @layer: of nodes and drawings
 * @bounds: everything it may paint at any zoom, labels too; world units
 * @serial: another whenever it must be painted anew; no two items have the same
 * @cache: the painter's, freed by the function given to lab_scene_set_cache_free()
 */
typedef struct
{
  LabSceneKind kind;
  LabSceneFlags flags;
  gpointer object;
  guint position;
  int layer;
  LabBox bounds;
  guint64 serial;
  gpointer cache;

  /*< private >*/
  LabScene *scene;
  gboolean stale;
} LabSceneItem;

/**
 * LabSceneNode:
 * @x: centre
 * @y: centre
 * @half_width: of the symbol
 * @half_height: of the symbol
 * @label: the name's box at zoom 1
 * @links: (element-type LabSceneLink): at this node
 */
typedef struct
{
  LabSceneItem item;
  double x;
  double y;
  double half_width;
  double half_height;
  LabBox label;
  GPtrArray *links;

  /*< private >*/
  char *name;
  guint label_side; /* of lab-scene-labels.c */
  gboolean placing;
} LabSceneNode;

/**
 * LabSceneLink:
 * @ends: (nullable): the nodes
 * @place: what the geometry was made from
 * @geometry: where it runs
 * @port_label: the interface labels' boxes at zoom 1; empty if not shown
 * @label: the box of the text in its middle; empty if there is none
 * @rate: where its rate stands; empty if rates are not shown on every link
 */
typedef struct
{
  LabSceneItem item;
  LabSceneNode *ends[2];
  LabLinkPlace place;
  LabLinkGeometry geometry;
  LabBox port_label[2];
  LabBox label;
  LabBox rate;

  /*< private >*/
  int choices[3]; /* of both port labels and the rate: 0: none yet, else LabPortLabel's choice + 1 */
  gboolean placing;
} LabSceneLink;

/**
 * LabSceneDrawing:
 * @x, @y, @width, @height: as in the document, or as lab_scene_preview_drawing() said; of a text,
 *   the size that it needs
 * @rotation: degrees clockwise about its middle
 */
typedef struct
{
  LabSceneItem item;
  double x;
  double y;
  double width;
  double height;
  double rotation;

  /*< private >*/
  gboolean preview;
} LabSceneDrawing;

/* @item: (nullable). %NULL: it is not of this kind. */
static inline LabSceneNode *
lab_scene_item_node (LabSceneItem *item)
{
  return item != NULL && item->kind == LAB_SCENE_NODE ? (LabSceneNode *) item : NULL;
}

/* Likewise. */
static inline LabSceneLink *
lab_scene_item_link (LabSceneItem *item)
{
  return item != NULL && item->kind == LAB_SCENE_LINK ? (LabSceneLink *) item : NULL;
}

/* Likewise. */
static inline LabSceneDrawing *
lab_scene_item_drawing (LabSceneItem *item)
{
  return item != NULL && item->kind == LAB_SCENE_DRAWING ? (LabSceneDrawing *) item : NULL;
}

/* Which text is measured. */
typedef enum
{
  LAB_TEXT_NODE,    /* a device's name */
  LAB_TEXT_PORT,    /* an interface label */
  LAB_TEXT_LINK,    /* the text of a link, a rate */
  LAB_TEXT_DRAWING, /* a note; with a font */
} LabTextStyle;

/* The size of @text at zoom 1. @font: (nullable) a Pango description, for LAB_TEXT_DRAWING. */
typedef void (*LabMeasureText) (LabTextStyle style, const char *font, const char *text, double *width, double *height, gpointer user_data);
/* Half of a node's symbol. */
typedef void (*LabMeasureSymbol) (LabNode *node, double *half_width, double *half_height, gpointer user_data);

/* It follows @topology, and keeps a reference to it. (transfer full) */
LabScene        *lab_scene_new            (LabTopology *topology);
LabTopology     *lab_scene_get_topology   (LabScene *self);
/* Without this, sizes are guessed. Everything is measured again. */
void             lab_scene_set_measure    (LabScene *self, LabMeasureText text, LabMeasureSymbol symbol, gpointer user_data);
void             lab_scene_set_cache_free (LabScene *self, GDestroyNotify cache_free);
/* Measures and paints everything anew: fonts or colours changed. */
void             lab_scene_invalidate     (LabScene *self);

/* Paints one item anew: something of it that is not in the document is there now. */
void             lab_scene_repaint        (LabScene *self, gpointer object);

/* Up to date and in painting order; borrowed, good until the document changes.
 * back: drawings of a layer below 0. front: the other drawings and the nodes, by layer. */
GPtrArray       *lab_scene_get_back       (LabScene *self);
GPtrArray       *lab_scene_get_links      (LabScene *self);
GPtrArray       *lab_scene_get_front      (LabScene *self);
/* In document order. */
GPtrArray       *lab_scene_get_nodes      (LabScene *self);
GPtrArray       *lab_scene_get_drawings   (LabScene *self);
/* The record of a LabNode, LabLink or LabDrawing, up to date. (nullable) */
LabSceneItem    *lab_scene_find           (LabScene *self, gpointer object);
/* Of everything; empty without anything. */
LabBox           lab_scene_get_bounds     (LabScene *self);

/* Gives one item @flag, or takes it away; it is drawn again if that changes anything. */
void             lab_scene_set_flag       (LabScene *self, LabSceneItem *item, LabSceneFlags flag, gboolean on);
/* Takes @flag from all items but @except (nullable). */
void             lab_scene_clear_flag     (LabScene *self, LabSceneFlags flag, LabSceneItem *except);
/* Shows a drawing elsewhere until lab_scene_end_preview(), without changing the document. */
void             lab_scene_preview_drawing (LabScene *self, LabSceneDrawing *drawing, double x, double y, double width, double height);
/* Likewise, turned. */
void             lab_scene_preview_shape  (LabScene *self, LabSceneDrawing *drawing, double x, double y, double width, double height, double rotation);
void             lab_scene_end_preview    (LabScene *self);

/**
 * LabHitKind:
 * @LAB_HIT_HANDLE: a node's edge handle, where a cable is begun; part: 0..3
 * @LAB_HIT_LINK_END: near the port dot; part: end
 * @LAB_HIT_PORT_LABEL: part: end
 * @LAB_HIT_DRAWING_HANDLE: of the only selected drawing; part: 0..7, clockwise from the left top;
 *   a line has 0 (start) and 4 (end) only, a text none; LAB_DRAWING_HANDLE_TURN turns it
 */
typedef enum
{
  LAB_HIT_NOTHING,
  LAB_HIT_NODE,
  LAB_HIT_HANDLE,
  LAB_HIT_NODE_LABEL,
  LAB_HIT_LINK,
  LAB_HIT_LINK_END,
  LAB_HIT_LINK_LABEL,
  LAB_HIT_PORT_LABEL,
  LAB_HIT_DRAWING,
  LAB_HIT_DRAWING_HANDLE,
} LabHitKind;

/* Good until the document changes. */
typedef struct
{
  LabHitKind kind;
  LabSceneItem *item;
  guint part;
} LabHit;

/* What is at a point, topmost first. @zoom: how many pixels a unit has, for what is hit within pixels. */
LabHit           lab_scene_hit            (LabScene *self, double x, double y, double zoom);
/* Only nodes, their symbols grown by @slack units; for where a cable ends. (nullable) */
LabSceneNode    *lab_scene_hit_node       (LabScene *self, double x, double y, double slack);
/* Centre of a node's edge handle. */
LabPoint         lab_scene_handle_point   (const LabSceneNode *node, guint handle, double zoom);
#define LAB_DRAWING_HANDLE_TURN 8
/* The only selected drawing. (nullable) */
LabSceneDrawing *lab_scene_only_drawing   (LabScene *self);
gboolean         lab_scene_drawing_has_handle (const LabSceneDrawing *drawing, guint handle); /* 0..7 */
gboolean         lab_scene_drawing_can_turn (const LabSceneDrawing *drawing);
/* Where a drawing is taken to turn it: some pixels above it. */
LabPoint         lab_scene_drawing_turn_point (const LabSceneDrawing *drawing, double zoom);
/* Corner or middle of an edge of a drawing, rotated as it is. */
LabPoint         lab_scene_drawing_handle_point (const LabSceneDrawing *drawing, guint handle);
/* What holds all corners of a drawing, rotated as it is. */
LabBox           lab_scene_drawing_box   (const LabSceneDrawing *drawing);
/* Nodes that @box touches; links and drawings that it holds wholly. (transfer container) */
GPtrArray       *lab_scene_get_in_box     (LabScene *self, const LabBox *box);

typedef enum
{
  LAB_DIRECTION_LEFT,
  LAB_DIRECTION_RIGHT,
  LAB_DIRECTION_UP,
  LAB_DIRECTION_DOWN,
} LabDirection;

/* The nearest node that way. (nullable) */
LabSceneNode    *lab_scene_neighbour      (LabScene *self, const LabSceneNode *from, LabDirection direction);

G_END_DECLS

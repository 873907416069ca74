/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-scene.h"

G_BEGIN_DECLS

struct _LabScene
{
  GObject parent_instance;

  LabTopology *topology;

  LabMeasureText measure_text;
  LabMeasureSymbol measure_symbol;
  gpointer measure_data;
  GDestroyNotify cache_free;

  GHashTable *items;   /* object → its record, owned */
  GPtrArray *nodes;    /* records in document order */
  GPtrArray *links;
  GPtrArray *drawings;
  GPtrArray *back;     /* in painting order */
  GPtrArray *front;

  GPtrArray *stale;    /* records whose place must be found anew */
  gboolean unordered;  /* order, ends and lanes must be found anew */
  gboolean no_bounds;
  LabBox bounds;
};

/* Brings every record up to date. Cheap if nothing happened. */
void lab_scene_update       (LabScene *self);
/* Says that the picture is not what it was. */
void lab_scene_emit_changed (LabScene *self, LabSceneChange what);
/* @item must be painted anew. Serials are never used twice, whatever the item. */
void lab_scene_touch        (LabSceneItem *item);
/* @item's place, size or look must be found anew. */
void lab_scene_make_stale   (LabScene *self, LabSceneItem *item);

/* lab-scene-place.c */
void lab_scene_place_node    (LabScene *self, LabSceneNode *node);
void lab_scene_place_link    (LabScene *self, LabSceneLink *link);
void lab_scene_place_drawing (LabScene *self, LabSceneDrawing *drawing);
/* The size at zoom 1; guessed without somebody who measures. */
void lab_scene_measure       (LabScene *self, LabTextStyle style, const char *text, double *width, double *height);
/* What a node may paint, its name included. */
void lab_scene_bound_node    (LabSceneNode *node);
/* lab-scene-names.c: names of nodes whose links moved, once the links are in place. */
void lab_scene_place_names   (LabScene *self);
/* lab-scene-labels.c: interface labels and rates of stale links, once all else is in place. */
void lab_scene_place_labels  (LabScene *self);
/* Finds ends and lanes of all links and the links of all nodes. */
void lab_scene_connect_links (LabScene *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-topology.h"

G_BEGIN_DECLS

typedef enum
{
  LAB_CHANGE_INSERT, /* @item at @position */
  LAB_CHANGE_REMOVE, /* @item, which stood at @position */
  LAB_CHANGE_JSON,   /* all of @item: @before to @after */
  LAB_CHANGE_MOVE,   /* a node */
  LAB_CHANGE_RENAME, /* a node, with its links and checks */
} LabChangeKind;

/* The smallest step: what an edit comes down to, with all that its inverse needs. Items are kept as
 * objects, so that undo brings back the same LabNode that a canvas knew. */
typedef struct
{
  LabChangeKind kind;
  GObject *item;
  guint position;
  JsonObject *before; /* INSERT: the item before it got id and name; for a rollback only */
  JsonObject *after;
  double from[2];
  double to[2];
  char *old_name;
  char *new_name;
} LabChange;

/* Constructors only describe. Items are kept by a reference; what is there now is remembered for
 * undoing. (transfer full). @before: (nullable). An insertion appends. */
LabChange  *lab_change_new_insert (gpointer item, JsonObject *before);
/* Where it stands is remembered when it is done. */
LabChange  *lab_change_new_remove (gpointer item);
/* @after: canonical and valid; shared, so that nobody may change it. */
LabChange  *lab_change_new_json   (gpointer item, JsonObject *after);
/* World units. */
LabChange  *lab_change_new_move   (LabNode *node, double x, double y);
/* @name: checked already, and free. */
LabChange  *lab_change_new_rename (LabNode *node, const char *name);
/* @self must not be %NULL. What it did stays done. */
void        lab_change_free       (LabChange *self);

/* Nothing can fail: whoever made it has checked. Doing and undoing take turns. */
void        lab_change_do         (LabChange *self, LabTopology *topology);
void        lab_change_undo       (LabChange *self, LabTopology *topology);
/* As if it had never been tried. */
void        lab_change_roll_back  (LabChange *self, LabTopology *topology);
gboolean    lab_change_is_empty   (LabChange *self);

/* The canonical JSON of a node, link, drawing, check or topology (its head). */
JsonObject *lab_item_peek_json    (gpointer item);

G_END_DECLS

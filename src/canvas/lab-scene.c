/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The records of what is on the plane.
 *
 * Theory of operation: the document's signals only mark. Coming and going of items, renaming,
 * wiring and layers mark the whole scene as unordered: order, link ends and lanes are found again
 * in one pass, a millisecond for thousands of items. A move marks the node and its links as stale;
 * only they are placed again. lab_scene_update() does what was marked, and every query begins with
 * it.
 *
 * A record's serial tells painters that the item must be painted anew. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-scene-private.h"

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabScene, lab_scene, G_TYPE_OBJECT)

static void
item_free (gpointer data)
{
  LabSceneItem *item = data;

  g_signal_handlers_disconnect_by_data (item->object, item);
  if (item->cache != NULL && item->scene->cache_free != NULL)
    item->scene->cache_free (item->cache);
  if (item->kind == LAB_SCENE_NODE)
    {
      g_ptr_array_unref (((LabSceneNode *) item)->links);
      g_free (((LabSceneNode *) item)->name);
    }
  g_object_unref (item->object);
  g_free (item);
}

static void
lab_scene_dispose (GObject *object)
{
  LabScene *self = LAB_SCENE (object);

  if (self->items != NULL)
    g_hash_table_remove_all (self->items);
  g_clear_object (&self->topology);

  G_OBJECT_CLASS (lab_scene_parent_class)->dispose (object);
}

static void
lab_scene_finalize (GObject *object)
{
  LabScene *self = LAB_SCENE (object);

  g_clear_pointer (&self->items, g_hash_table_unref);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->drawings, g_ptr_array_unref);
  g_clear_pointer (&self->back, g_ptr_array_unref);
  g_clear_pointer (&self->front, g_ptr_array_unref);
  g_clear_pointer (&self->stale, g_ptr_array_unref);

  G_OBJECT_CLASS (lab_scene_parent_class)->finalize (object);
}

static void
lab_scene_class_init (LabSceneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lab_scene_dispose;
  object_class->finalize = lab_scene_finalize;

  /**
   * LabScene::changed:
   * @what: #LabSceneChange flags
   *
   * The picture is not what it was. Handlers look at the scene later: the document may be in the
   * middle of a change.
   */
  signals[CHANGED] = g_signal_new ("changed", LAB_TYPE_SCENE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
lab_scene_init (LabScene *self)
{
  self->items = g_hash_table_new_full (NULL, NULL, NULL, item_free);
  self->nodes = g_ptr_array_new ();
  self->links = g_ptr_array_new ();
  self->drawings = g_ptr_array_new ();
  self->back = g_ptr_array_new ();
  self->front = g_ptr_array_new ();
  self->stale = g_ptr_array_new ();
  self->no_bounds = TRUE;
}

void
lab_scene_emit_changed (LabScene *self, LabSceneChange what)
{
  g_signal_emit (self, signals[CHANGED], 0, (guint) what);
}

void
lab_scene_touch (LabSceneItem *item)
{
  /* Pictures of labs have scenes, too, in threads. */
  static gsize last;

  item->serial = (guint64) g_atomic_pointer_add (&last, 1) + 1;
}

void
lab_scene_make_stale (LabScene *self, LabSceneItem *item)
{
  if (item->stale)
    return;
  item->stale = TRUE;
  g_ptr_array_add (self->stale, item);
}

static void
make_unordered (LabScene *self)
{
  self->unordered = TRUE;
  self->no_bounds = TRUE;
}

static void
node_changed_cb (LabNode *object, LabSceneNode *node)
{
  LabScene *self = node->item.scene;
  LabSceneChange what = LAB_SCENE_PLACES;

  /* What only moves looks as before. */
  if (node->x == lab_node_get_x (object) && node->y == lab_node_get_y (object))
    what |= LAB_SCENE_CONTENT;
  lab_scene_make_stale (self, &node->item);
  for (guint i = 0; i < node->links->len; i++)
    lab_scene_make_stale (self, g_ptr_array_index (node->links, i));
  self->no_bounds = TRUE;
  if (node->item.layer != lab_node_get_layer (object) ||
      g_strcmp0 (node->name, lab_node_get_name (object)) != 0)
    {
      make_unordered (self);
      what |= LAB_SCENE_ITEMS;
    }
  lab_scene_emit_changed (self, what);
}

static void
link_changed_cb (LabLink *object, LabSceneLink *link)
{
  LabScene *self = link->item.scene;

  lab_scene_make_stale (self, &link->item);
  make_unordered (self);
  lab_scene_emit_changed (self, LAB_SCENE_CONTENT | LAB_SCENE_PLACES | LAB_SCENE_ITEMS);
}

static void
drawing_changed_cb (LabDrawing *object, LabSceneDrawing *drawing)
{
  LabScene *self = drawing->item.scene;

  drawing->preview = FALSE;
  lab_scene_make_stale (self, &drawing->item);
  self->no_bounds = TRUE;
  if (drawing->item.layer != lab_drawing_get_layer (object))
    make_unordered (self);
  lab_scene_emit_changed (self, LAB_SCENE_CONTENT | LAB_SCENE_PLACES);
}

static void
node_run_changed_cb (LabNode *object, LabSceneNode *node)
{
  lab_scene_touch (&node->item);
  lab_scene_emit_changed (node->item.scene, LAB_SCENE_CONTENT);
}

/* Twice a second for each link that carries something. */
static void
link_run_changed_cb (LabLink *object, LabSceneLink *link)
{
  lab_scene_touch (&link->item);
  lab_scene_emit_changed (link->item.scene, LAB_SCENE_MARKS);
}

static LabSceneItem *
new_item (LabScene *self, gpointer object)
{
  LabSceneItem *item;

  if (LAB_IS_NODE (object))
    {
      LabSceneNode *node = g_new0 (LabSceneNode, 1);

      node->links = g_ptr_array_new ();
      node->item.kind = LAB_SCENE_NODE;
      g_signal_connect (object, "changed", G_CALLBACK (node_changed_cb), node);
      g_signal_connect (object, "run-changed", G_CALLBACK (node_run_changed_cb), node);
      item = &node->item;
    }
  else if (LAB_IS_LINK (object))
    {
      LabSceneLink *link = g_new0 (LabSceneLink, 1);

      link->item.kind = LAB_SCENE_LINK;
      g_signal_connect (object, "changed", G_CALLBACK (link_changed_cb), link);
      g_signal_connect (object, "run-changed", G_CALLBACK (link_run_changed_cb), link);
      item = &link->item;
    }
  else
    {
      LabSceneDrawing *drawing = g_new0 (LabSceneDrawing, 1);

      drawing->item.kind = LAB_SCENE_DRAWING;
      g_signal_connect (object, "changed", G_CALLBACK (drawing_changed_cb), drawing);
      item = &drawing->item;
    }
  item->object = g_object_ref (object);
  item->scene = self;
  item->bounds = LAB_BOX_EMPTY;

  return item;
}

static GPtrArray *
records_of (LabScene *self, GListModel *list)
{
  GType type = g_list_model_get_item_type (list);

  if (type == LAB_TYPE_NODE)
    return self->nodes;

  return type == LAB_TYPE_LINK ? self->links : self->drawings;
}

/* A record that goes must be in no list. */
static void
forget_item (LabScene *self, LabSceneItem *item)
{
  g_ptr_array_remove_fast (self->stale, item);
  if (item->kind == LAB_SCENE_NODE)
    for (guint i = 0; i < self->links->len; i++)
      {
        LabSceneLink *link = g_ptr_array_index (self->links, i);

        for (guint end = 0; end < 2; end++)
          if (link->ends[end] == (LabSceneNode *) item)
            {
              link->ends[end] = NULL;
              lab_scene_make_stale (self, &link->item);
            }
      }
  if (item->kind == LAB_SCENE_LINK)
    for (guint end = 0; end < 2; end++)
      if (((LabSceneLink *) item)->ends[end] != NULL)
        g_ptr_array_remove (((LabSceneLink *) item)->ends[end]->links, item);
  g_hash_table_remove (self->items, item->object);
}

static void
items_changed_cb (LabScene *self, guint position, guint removed, guint added, GListModel *list)
{
  GPtrArray *records = records_of (self, list);

  for (guint i = 0; i < removed; i++)
    forget_item (self, g_ptr_array_index (records, position + i));
  if (removed > 0)
    g_ptr_array_remove_range (records, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GObject) object = g_list_model_get_item (list, position + i);
      LabSceneItem *item = new_item (self, object);

      g_hash_table_insert (self->items, object, item);
      g_ptr_array_insert (records, (int) (position + i), item);
      lab_scene_make_stale (self, item);
    }
  /* They may hold what is gone. */
  g_ptr_array_set_size (self->back, 0);
  g_ptr_array_set_size (self->front, 0);
  make_unordered (self);
  lab_scene_emit_changed (self, LAB_SCENE_CONTENT | LAB_SCENE_PLACES | LAB_SCENE_ITEMS);
}

static void
make_all_stale (LabScene *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    lab_scene_make_stale (self, item);
  make_unordered (self);
}

static void
topology_changed_cb (LabScene *self)
{
  make_all_stale (self);
  lab_scene_emit_changed (self, LAB_SCENE_CONTENT | LAB_SCENE_PLACES);
}

LabScene *
lab_scene_new (LabTopology *topology)
{
  LabScene *self;
  GListModel *lists[3];

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);

  self = g_object_new (LAB_TYPE_SCENE, NULL);
  self->topology = g_object_ref (topology);
  lists[0] = lab_topology_get_nodes (topology);
  lists[1] = lab_topology_get_links (topology);
  lists[2] = lab_topology_get_drawings (topology);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_signal_connect_object (lists[i], "items-changed", G_CALLBACK (items_changed_cb), self,
                               G_CONNECT_SWAPPED);
      items_changed_cb (self, 0, 0, g_list_model_get_n_items (lists[i]), lists[i]);
    }
  g_signal_connect_object (topology, "changed", G_CALLBACK (topology_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

LabTopology *
lab_scene_get_topology (LabScene *self)
{
  g_return_val_if_fail (LAB_IS_SCENE (self), NULL);

  return self->topology;
}

void
lab_scene_set_measure (LabScene *self,
                       LabMeasureText text,
                       LabMeasureSymbol symbol,
                       gpointer user_data)
{
  g_return_if_fail (LAB_IS_SCENE (self));

  self->measure_text = text;
  self->measure_symbol = symbol;
  self->measure_data = user_data;
  lab_scene_invalidate (self);
}

void
lab_scene_set_cache_free (LabScene *self, GDestroyNotify cache_free)
{
  g_return_if_fail (LAB_IS_SCENE (self));

  self->cache_free = cache_free;
}

void
lab_scene_invalidate (LabScene *self)
{
  g_return_if_fail (LAB_IS_SCENE (self));

  make_all_stale (self);
  lab_scene_emit_changed (self, LAB_SCENE_CONTENT | LAB_SCENE_PLACES);
}

void
lab_scene_repaint (LabScene *self, gpointer object)
{
  LabSceneItem *item;

  g_return_if_fail (LAB_IS_SCENE (self));

  item = g_hash_table_lookup (self->items, object);
  if (item == NULL)
    return;
  lab_scene_touch (item);
  lab_scene_emit_changed (self, LAB_SCENE_CONTENT);
}

/* Back to front; within a layer drawings lie under nodes, and later ones over earlier ones. */
static int
compare_order (gconstpointer a, gconstpointer b)
{
  const LabSceneItem *first = *(const LabSceneItem *const *) a;
  const LabSceneItem *second = *(const LabSceneItem *const *) b;

  if (first->layer != second->layer)
    return first->layer < second->layer ? -1 : 1;
  if (first->kind != second->kind)
    return first->kind == LAB_SCENE_DRAWING ? -1 : 1;

  return first->position < second->position ? -1 : first->position > second->position;
}

static void
order_items (LabScene *self)
{
  g_ptr_array_set_size (self->back, 0);
  g_ptr_array_set_size (self->front, 0);
  for (guint i = 0; i < self->drawings->len; i++)
    {
      LabSceneItem *item = g_ptr_array_index (self->drawings, i);

      item->position = i;
      item->layer = lab_drawing_get_layer (item->object);
      g_ptr_array_add (item->layer < 0 ? self->back : self->front, item);
    }
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabSceneItem *item = g_ptr_array_index (self->nodes, i);

      item->position = i;
      item->layer = lab_node_get_layer (item->object);
      g_ptr_array_add (self->front, item);
    }
  for (guint i = 0; i < self->links->len; i++)
    ((LabSceneItem *) g_ptr_array_index (self->links, i))->position = i;
  g_ptr_array_sort (self->back, compare_order);
  g_ptr_array_sort (self->front, compare_order);
}

static void
place_item (LabScene *self, LabSceneItem *item)
{
  if (item->kind == LAB_SCENE_NODE)
    lab_scene_place_node (self, (LabSceneNode *) item);
  else if (item->kind == LAB_SCENE_LINK)
    lab_scene_place_link (self, (LabSceneLink *) item);
  else
    lab_scene_place_drawing (self, (LabSceneDrawing *) item);
  lab_scene_touch (item);
}

void
lab_scene_update (LabScene *self)
{
  if (self->unordered)
    {
      self->unordered = FALSE;
      order_items (self);
      lab_scene_connect_links (self);
    }
  if (self->stale->len == 0)
    return;
  self->no_bounds = TRUE;
  /* A link needs its nodes in place. */
  for (guint i = 0; i < self->stale->len; i++)
    {
      LabSceneItem *item = g_ptr_array_index (self->stale, i);

      item->stale = FALSE;
      if (item->kind != LAB_SCENE_LINK)
        place_item (self, item);
    }
  for (guint i = 0; i < self->stale->len; i++)
    {
      LabSceneItem *item = g_ptr_array_index (self->stale, i);

      if (item->kind == LAB_SCENE_LINK)
        place_item (self, item);
    }
  lab_scene_place_names (self);
  lab_scene_place_labels (self);
  g_ptr_array_set_size (self->stale, 0);
}

GPtrArray *
lab_scene_get_back (LabScene *self)
{
  g_return_val_if_fail (LAB_IS_SCENE (self), NULL);

  lab_scene_update (self);

  return self->back;
}

GPtrArray *
lab_scene_get_front (LabScene *self)
{
  g_return_val_if_fail (LAB_IS_SCENE (self), NULL);

  lab_scene_update (self);

  return self->front;
}

GPtrArray *
lab_scene_get_links (LabScene *self)
{
  g_return_val_if_fail (LAB_IS_SCENE (self), NULL);

  lab_scene_update (self);

  return self->links;
}

GPtrArray *
lab_scene_get_nodes (LabScene *self)
{
  g_return_val_if_fail (LAB_IS_SCENE (self), NULL);

  lab_scene_update (self);

  return self->nodes;
}

GPtrArray *
lab_scene_get_drawings (LabScene *self)
{
  g_return_val_if_fail (LAB_IS_SCENE (self), NULL);

  lab_scene_update (self);

  return self->drawings;
}

LabSceneItem *
lab_scene_find (LabScene *self, gpointer object)
{
  g_return_val_if_fail (LAB_IS_SCENE (self), NULL);

  lab_scene_update (self);

  return object != NULL ? g_hash_table_lookup (self->items, object) : NULL;
}

LabBox
lab_scene_get_bounds (LabScene *self)
{
  GHashTableIter iter;
  gpointer item;

  g_return_val_if_fail (LAB_IS_SCENE (self), LAB_BOX_EMPTY);

  lab_scene_update (self);
  if (!self->no_bounds)
    return self->bounds;
  self->no_bounds = FALSE;
  self->bounds = LAB_BOX_EMPTY;
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    self->bounds = lab_box_union (self->bounds, ((LabSceneItem *) item)->bounds);

  return self->bounds;
}

void
lab_scene_set_flag (LabScene *self, LabSceneItem *item, LabSceneFlags flag, gboolean on)
{
  LabSceneFlags flags;

  g_return_if_fail (LAB_IS_SCENE (self) && item != NULL);

  flags = on ? item->flags | flag : item->flags & ~flag;
  if (flags == item->flags)
    return;
  item->flags = flags;
  lab_scene_touch (item);
  lab_scene_emit_changed (self, LAB_SCENE_MARKS);
}

void
lab_scene_clear_flag (LabScene *self, LabSceneFlags flag, LabSceneItem *except)
{
  GHashTableIter iter;
  gpointer item;

  g_return_if_fail (LAB_IS_SCENE (self));

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    if (item != except)
      lab_scene_set_flag (self, item, flag, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The selection of one window. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-selection.h"

struct _LabSelection
{
  GObject parent_instance;

  GListModel *lists[3]; /* of the document */
  GPtrArray *items;     /* owned references, in order */
  GHashTable *set;
  gboolean stale; /* something left the document since it was looked at */
  gboolean fewer; /* something left the selection that has not been told */
  guint tell_id;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabSelection, lab_selection, G_TYPE_OBJECT)

static void
lab_selection_finalize (GObject *object)
{
  LabSelection *self = LAB_SELECTION (object);

  g_clear_handle_id (&self->tell_id, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    g_clear_object (&self->lists[i]);
  g_clear_pointer (&self->set, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (lab_selection_parent_class)->finalize (object);
}

static void
lab_selection_class_init (LabSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_selection_finalize;

  /**
   * LabSelection::changed:
   *
   * Something was selected or left the selection.
   */
  signals[CHANGED] = g_signal_new ("changed", LAB_TYPE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
lab_selection_init (LabSelection *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->set = g_hash_table_new (NULL, NULL);
}

static void
emit_changed (LabSelection *self)
{
  self->fewer = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
drop (LabSelection *self, gpointer item)
{
  if (!g_hash_table_remove (self->set, item))
    return FALSE;
  g_ptr_array_remove (self->items, item);

  return TRUE;
}

/* Every item of the document. */
static GHashTable *
list_present (LabSelection *self)
{
  GHashTable *present = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    {
      guint n_items = g_list_model_get_n_items (self->lists[i]);

      for (guint j = 0; j < n_items; j++)
        {
          g_autoptr (GObject) item = g_list_model_get_item (self->lists[i], j);

          g_hash_table_add (present, item);
        }
    }

  return present;
}

/* Before anybody looks at what is selected. */
static void
forget_gone (LabSelection *self)
{
  g_autoptr (GHashTable) present = NULL;
  guint n_items = self->items->len;
  guint n_kept = 0;

  if (!self->stale)
    return;
  self->stale = FALSE;
  present = list_present (self);
  for (guint i = 0; i < n_items; i++)
    {
      gpointer item = g_ptr_array_index (self->items, i);

      if (g_hash_table_contains (present, item))
        {
          g_ptr_array_index (self->items, i) = g_ptr_array_index (self->items, n_kept);
          g_ptr_array_index (self->items, n_kept++) = item;
        }
      else
        g_hash_table_remove (self->set, item);
    }
  g_ptr_array_set_size (self->items, (int) n_kept);
  self->fewer = self->fewer || n_kept < n_items;
}

static gboolean
tell_cb (gpointer user_data)
{
  LabSelection *self = user_data;

  self->tell_id = 0;
  forget_gone (self);
  if (self->fewer)
    emit_changed (self);

  return G_SOURCE_REMOVE;
}

/* A list loses one item at a time, and a thousand may go in one step. So they are only noted here;
 * and they are told when the document is at rest again, once for all. */
static void
items_changed_cb (LabSelection *self, guint position, guint removed, guint added, GListModel *list)
{
  if (removed == 0 || self->items->len == 0)
    return;
  self->stale = TRUE;
  if (self->tell_id == 0)
    self->tell_id = g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, self, NULL);
}

LabSelection *
lab_selection_new (LabTopology *topology)
{
  LabSelection *self;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);

  self = g_object_new (LAB_TYPE_SELECTION, NULL);
  self->lists[0] = g_object_ref (lab_topology_get_nodes (topology));
  self->lists[1] = g_object_ref (lab_topology_get_links (topology));
  self->lists[2] = g_object_ref (lab_topology_get_drawings (topology));
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    g_signal_connect_object (self->lists[i], "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);

  return self;
}

gboolean
lab_selection_contains (LabSelection *self, gpointer item)
{
  g_return_val_if_fail (LAB_IS_SELECTION (self), FALSE);

  forget_gone (self);

  return g_hash_table_contains (self->set, item);
}

guint
lab_selection_get_size (LabSelection *self)
{
  g_return_val_if_fail (LAB_IS_SELECTION (self), 0);

  forget_gone (self);

  return self->items->len;
}

gpointer
lab_selection_get_item (LabSelection *self, guint position)
{
  g_return_val_if_fail (LAB_IS_SELECTION (self), NULL);

  forget_gone (self);

  return position < self->items->len ? g_ptr_array_index (self->items, position) : NULL;
}

gpointer
lab_selection_get_single (LabSelection *self)
{
  g_return_val_if_fail (LAB_IS_SELECTION (self), NULL);

  forget_gone (self);

  return self->items->len == 1 ? g_ptr_array_index (self->items, 0) : NULL;
}

GPtrArray *
lab_selection_get_items (LabSelection *self, GType type)
{
  GPtrArray *found;

  g_return_val_if_fail (LAB_IS_SELECTION (self), NULL);

  forget_gone (self);

  found = g_ptr_array_new ();
  for (guint i = 0; i < self->items->len; i++)
    if (g_type_is_a (G_OBJECT_TYPE (g_ptr_array_index (self->items, i)), type))
      g_ptr_array_add (found, g_ptr_array_index (self->items, i));

  return found;
}

GStrv
lab_selection_get_node_names (LabSelection *self)
{
  g_autoptr (GPtrArray) nodes = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (LAB_IS_SELECTION (self), NULL);

  nodes = lab_selection_get_items (self, LAB_TYPE_NODE);
  for (guint i = 0; i < nodes->len; i++)
    g_strv_builder_add (names, lab_node_get_name (g_ptr_array_index (nodes, i)));

  return g_strv_builder_end (names);
}

static gboolean
same (LabSelection *self, gpointer *items, guint n_items)
{
  if (n_items != self->items->len)
    return FALSE;
  for (guint i = 0; i < n_items; i++)
    if (!g_hash_table_contains (self->set, items[i]))
      return FALSE;

  return TRUE;
}

void
lab_selection_set (LabSelection *self, gpointer *items, guint n_items)
{
  g_autoptr (GPtrArray) before = NULL;

  g_return_if_fail (LAB_IS_SELECTION (self));

  forget_gone (self);
  if (same (self, items, n_items))
    return;
  before = g_steal_pointer (&self->items);
  g_hash_table_remove_all (self->set);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_items; i++)
    if (g_hash_table_add (self->set, items[i]))
      g_ptr_array_add (self->items, g_object_ref (items[i]));
  emit_changed (self);
}

void
lab_selection_set_single (LabSelection *self, gpointer item)
{
  lab_selection_set (self, &item, item != NULL ? 1 : 0);
}

void
lab_selection_clear (LabSelection *self)
{
  lab_selection_set (self, NULL, 0);
}

void
lab_selection_add (LabSelection *self, gpointer item)
{
  g_return_if_fail (LAB_IS_SELECTION (self));
  g_return_if_fail (G_IS_OBJECT (item));

  if (!g_hash_table_add (self->set, item))
    return;
  g_ptr_array_add (self->items, g_object_ref (item));
  emit_changed (self);
}

void
lab_selection_remove (LabSelection *self, gpointer item)
{
  g_return_if_fail (LAB_IS_SELECTION (self));

  if (drop (self, item))
    emit_changed (self);
}

void
lab_selection_toggle (LabSelection *self, gpointer item)
{
  g_return_if_fail (LAB_IS_SELECTION (self));

  if (lab_selection_contains (self, item))
    lab_selection_remove (self, item);
  else
    lab_selection_add (self, item);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tree of the summary.
 *
 * The roots mirror the document's nodes. Which links are at a node is found once for all nodes and
 * kept; when links come or go, or ports do, it is found again, a moment later and once for however
 * many did. Lists of children are made when GTK asks for them, and then only the part that differs
 * is replaced, so that what the user expanded stays so. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include "lab-search-index.h"
#include "lab-summary-model.h"

struct _LabSummaryModel
{
  GObject parent_instance;

  LabTopology *topology;
  LabSearchIndex *index;
  char *query;

  GListStore *roots;
  GtkSorter *sorter;
  GtkFilter *filter;
  GtkTreeListModel *rows;

  GHashTable *links;    /* LabNode → GPtrArray of LabSummaryItem, by port */
  GHashTable *children; /* LabNode → GListStore that was made for it */
  GHashTable *ports;    /* LabNode → GListStore of its free ports that was made for it */
  GHashTable *keys;     /* LabNode → collation key of its name */
  gboolean renamed;     /* since the rows were arranged */
  gboolean filtered;    /* as they were arranged */
  gboolean nodes_stale; /* the document's nodes are others than the roots' */
  guint refresh_id;
};

enum
{
  LINKS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabSummaryModel, lab_summary_model, G_TYPE_OBJECT)

static void
lab_summary_model_dispose (GObject *object)
{
  LabSummaryModel *self = LAB_SUMMARY_MODEL (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->rows);
  g_clear_object (&self->roots);
  g_clear_object (&self->sorter);
  g_clear_object (&self->filter);
  g_clear_object (&self->index);
  g_clear_object (&self->topology);
  g_clear_pointer (&self->links, g_hash_table_unref);
  g_clear_pointer (&self->children, g_hash_table_unref);
  g_clear_pointer (&self->ports, g_hash_table_unref);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_pointer (&self->query, g_free);

  G_OBJECT_CLASS (lab_summary_model_parent_class)->dispose (object);
}

static void
lab_summary_model_class_init (LabSummaryModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_summary_model_dispose;

  signals[LINKS_CHANGED] = g_signal_new ("links-changed", LAB_TYPE_SUMMARY_MODEL, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lab_summary_model_init (LabSummaryModel *self)
{
  self->links = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->children = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  self->ports = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  self->keys = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

static const char *
key_of (LabSummaryModel *self, LabNode *node)
{
  char *key = g_hash_table_lookup (self->keys, node);

  if (key == NULL)
    {
      key = g_utf8_collate_key_for_filename (lab_node_get_name (node), -1);
      g_hash_table_insert (self->keys, node, key);
    }

  return key;
}

static int
compare_nodes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  LabNode *first = lab_summary_item_get_node ((LabSummaryItem *) a);
  LabNode *second = lab_summary_item_get_node ((LabSummaryItem *) b);

  return strcmp (key_of (user_data, first), key_of (user_data, second));
}

static gboolean
matches (gpointer item, gpointer user_data)
{
  LabSummaryModel *self = user_data;

  return self->query == NULL || *self->query == '\0' ||
         lab_search_index_matches_node (self->index, lab_summary_item_get_node (item), self->query);
}

static guint
port_order (LabSummaryItem *item)
{
  LabPort port = { 0 };

  lab_node_find_port (lab_summary_item_get_node (item), lab_summary_item_get_port (item), &port);

  return port.bay * LAB_MAX_SWITCH_PORTS + port.unit;
}

static int
compare_ports (gconstpointer a, gconstpointer b)
{
  guint first = port_order (*(LabSummaryItem *const *) a);
  guint second = port_order (*(LabSummaryItem *const *) b);

  return first < second ? -1 : first > second;
}

static void
add_link (LabSummaryModel *self, LabLink *link, guint end)
{
  LabNode *node = lab_topology_find_node (self->topology, lab_link_get_node_name (link, end));
  GPtrArray *links;

  if (node == NULL)
    return;
  links = g_hash_table_lookup (self->links, node);
  if (links == NULL)
    {
      links = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->links, node, links);
    }
  g_ptr_array_add (links, lab_summary_item_new_link (node, link, end));
}

static void
find_links (LabSummaryModel *self)
{
  GListModel *links = lab_topology_get_links (self->topology);
  guint n_links = g_list_model_get_n_items (links);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_remove_all (self->links);
  for (guint i = 0; i < n_links; i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);

      add_link (self, link, 0);
      add_link (self, link, 1);
    }
  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_sort (value, compare_ports);
}

guint
lab_summary_model_get_n_links (LabSummaryModel *self, LabNode *node)
{
  GPtrArray *links;

  g_return_val_if_fail (LAB_IS_SUMMARY_MODEL (self), 0);

  links = g_hash_table_lookup (self->links, node);

  return links != NULL ? links->len : 0;
}

guint
lab_summary_model_get_n_free (LabSummaryModel *self, LabNode *node)
{
  guint n_ports = lab_node_get_n_ports (node);
  guint n_links = lab_summary_model_get_n_links (self, node);

  return n_ports > n_links ? n_ports - n_links : 0;
}

static gboolean
same_row (gconstpointer first, gconstpointer second)
{
  LabSummaryItem *a = (LabSummaryItem *) first;
  LabSummaryItem *b = (LabSummaryItem *) second;

  return lab_summary_item_get_kind (a) == lab_summary_item_get_kind (b) &&
         lab_summary_item_get_link (a) == lab_summary_item_get_link (b) &&
         lab_summary_item_get_end (a) == lab_summary_item_get_end (b) &&
         g_strcmp0 (lab_summary_item_get_port (a), lab_summary_item_get_port (b)) == 0;
}

static gboolean
same_at (GListStore *store, guint position, LabSummaryItem *item, GEqualFunc same)
{
  g_autoptr (LabSummaryItem) old = g_list_model_get_item (G_LIST_MODEL (store), position);

  return same (old, item);
}

/* Replaces what differs between the beginning and the end that are the same. */
static void
update_store (GListStore *store, GPtrArray *wanted, GEqualFunc same)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint start = 0;
  guint tail = 0;

  while (start < MIN (n_old, wanted->len) &&
         same_at (store, start, g_ptr_array_index (wanted, start), same))
    start++;
  while (
      tail < MIN (n_old, wanted->len) - start &&
      same_at (store, n_old - 1 - tail, g_ptr_array_index (wanted, wanted->len - 1 - tail), same))
    tail++;
  if (start + tail < MAX (n_old, wanted->len))
    g_list_store_splice (store, start, n_old - start - tail, wanted->pdata + start,
                         wanted->len - start - tail);
}

static GPtrArray *
list_children (LabSummaryModel *self, LabNode *node)
{
  GPtrArray *wanted = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *links = g_hash_table_lookup (self->links, node);

  if (lab_node_get_kind (node) == LAB_NODE_IOU)
    g_ptr_array_add (wanted, lab_summary_item_new (LAB_SUMMARY_CONSOLE, node));
  for (guint i = 0; links != NULL && i < links->len; i++)
    g_ptr_array_add (wanted, g_object_ref (g_ptr_array_index (links, i)));
  if (lab_summary_model_get_n_free (self, node) > 0)
    g_ptr_array_add (wanted, lab_summary_item_new (LAB_SUMMARY_FREE, node));

  return wanted;
}

static GPtrArray *
list_free_ports (LabSummaryModel *self, LabNode *node)
{
  GPtrArray *wanted = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_ports = lab_node_get_n_ports (node);

  for (guint i = 0; i < n_ports; i++)
    {
      LabPort port;

      if (lab_node_get_port (node, i, &port) &&
          lab_topology_find_link (self->topology, lab_node_get_name (node), port.name) == NULL)
        g_ptr_array_add (wanted, lab_summary_item_new_port (node, &port));
    }

  return wanted;
}

static GListStore *
make_store (GHashTable *stores, LabNode *node, GPtrArray *wanted)
{
  GListStore *store = g_hash_table_lookup (stores, node);

  if (store == NULL)
    {
      store = g_list_store_new (LAB_TYPE_SUMMARY_ITEM);
      g_hash_table_insert (stores, g_object_ref (node), store);
    }
  update_store (store, wanted, same_row);

  return g_object_ref (store);
}

static GListModel *
create_children (gpointer item, gpointer user_data)
{
  LabSummaryModel *self = user_data;
  LabNode *node = lab_summary_item_get_node (item);
  g_autoptr (GPtrArray) wanted = NULL;

  switch (lab_summary_item_get_kind (item))
    {
    case LAB_SUMMARY_NODE:
      wanted = list_children (self, node);
      return G_LIST_MODEL (make_store (self->children, node, wanted));
    case LAB_SUMMARY_FREE:
      wanted = list_free_ports (self, node);
      return G_LIST_MODEL (make_store (self->ports, node, wanted));
    case LAB_SUMMARY_LINK:
    case LAB_SUMMARY_CONSOLE:
    case LAB_SUMMARY_PORT:
    default:
      return NULL;
    }
}

typedef GPtrArray *(*ListRows) (LabSummaryModel *self, LabNode *node);

static void
update_stores (LabSummaryModel *self, GHashTable *stores, ListRows list)
{
  GHashTableIter iter;
  gpointer node;
  gpointer store;

  g_hash_table_iter_init (&iter, stores);
  while (g_hash_table_iter_next (&iter, &node, &store))
    {
      g_autoptr (GPtrArray) wanted = NULL;

      if (lab_topology_find_node (self->topology, lab_node_get_name (node)) != node)
        {
          g_hash_table_iter_remove (&iter);
          continue;
        }
      wanted = list (self, node);
      update_store (store, wanted, same_row);
    }
}

/* Calls @visit for each row; it may expand rows, which are then visited too. */
static void
visit_rows (LabSummaryModel *self,
            void (*visit) (GtkTreeListRow *row, LabSummaryItem *item, GHashTable *set),
            GHashTable *set)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      g_autoptr (LabSummaryItem) item = gtk_tree_list_row_get_item (row);

      visit (row, item, set);
    }
}

static void
remember_expanded (GtkTreeListRow *row, LabSummaryItem *item, GHashTable *set)
{
  if (gtk_tree_list_row_get_expanded (row))
    g_hash_table_add (set, g_object_ref (item));
}

static void
expand_again (GtkTreeListRow *row, LabSummaryItem *item, GHashTable *set)
{
  if (g_hash_table_contains (set, item))
    gtk_tree_list_row_set_expanded (row, TRUE);
}

/* Sorts and filters anew. GTK folds what moves, or is in a range that changed: it is unfolded
 * again. */
static void
arrange (LabSummaryModel *self)
{
  gboolean filtered = self->query != NULL && *self->query != '\0';
  g_autoptr (GHashTable) expanded = NULL;

  if (!self->renamed && !self->filtered && !filtered)
    return;
  expanded = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  visit_rows (self, remember_expanded, expanded);
  if (self->renamed)
    gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  if (self->filtered || filtered)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  self->renamed = FALSE;
  self->filtered = filtered;
  if (g_hash_table_size (expanded) > 0)
    visit_rows (self, expand_again, expanded);
}

static void
forget_node (LabSummaryModel *self, LabNode *node)
{
  g_signal_handlers_disconnect_by_data (node, self);
  g_hash_table_remove (self->keys, node);
  g_hash_table_remove (self->links, node);
}

/* What is shown of the roots, by node. (transfer full) */
static GHashTable *
index_roots (LabSummaryModel *self)
{
  GHashTable *index = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  guint n_roots = g_list_model_get_n_items (G_LIST_MODEL (self->roots));

  for (guint i = 0; i < n_roots; i++)
    {
      LabSummaryItem *root = g_list_model_get_item (G_LIST_MODEL (self->roots), i);

      g_hash_table_insert (index, lab_summary_item_get_node (root), root);
    }

  return index;
}

/* The document's list loses and gets one node at a time; each change of the roots costs the list
 * view a round. So they are brought into line at once. */
static void
sync_roots (LabSummaryModel *self)
{
  g_autoptr (GHashTable) old = index_roots (self);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *nodes = lab_topology_get_nodes (self->topology);
  guint n_nodes = g_list_model_get_n_items (nodes);
  GHashTableIter iter;
  gpointer gone;

  self->nodes_stale = FALSE;
  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);
      LabSummaryItem *root = g_hash_table_lookup (old, node);

      g_ptr_array_add (wanted, root != NULL ? g_object_ref (root)
                                            : lab_summary_item_new (LAB_SUMMARY_NODE, node));
      g_hash_table_remove (old, node);
    }
  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &gone, NULL))
    forget_node (self, gone);
  update_store (self->roots, wanted, g_direct_equal);
}

static gboolean
refresh_cb (gpointer user_data)
{
  LabSummaryModel *self = user_data;

  self->refresh_id = 0;
  if (self->nodes_stale)
    sync_roots (self);
  find_links (self);
  update_stores (self, self->children, list_children);
  update_stores (self, self->ports, list_free_ports);
  arrange (self);
  g_signal_emit (self, signals[LINKS_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static void
queue_refresh (LabSummaryModel *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, refresh_cb, self, NULL);
}

static void
renamed_cb (LabSummaryModel *self, GParamSpec *pspec, LabNode *node)
{
  g_hash_table_remove (self->keys, node);
  self->renamed = TRUE;
  queue_refresh (self);
}

static void
nodes_changed_cb (
    LabSummaryModel *self, guint position, guint removed, guint added, GListModel *nodes)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, position + i);

      /* One that was taken out a moment ago still has them. */
      g_signal_handlers_disconnect_by_data (node, self);
      g_signal_connect_object (node, "notify::name", G_CALLBACK (renamed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (node, "notify::n-ports", G_CALLBACK (queue_refresh), self,
                               G_CONNECT_SWAPPED);
    }
  self->nodes_stale = TRUE;
  queue_refresh (self);
}

LabSummaryModel *
lab_summary_model_new (LabTopology *topology)
{
  LabSummaryModel *self;
  GListModel *nodes;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);

  self = g_object_new (LAB_TYPE_SUMMARY_MODEL, NULL);
  nodes = lab_topology_get_nodes (topology);
  self->topology = g_object_ref (topology);
  self->index = lab_search_index_new (topology);
  self->roots = g_list_store_new (LAB_TYPE_SUMMARY_ITEM);
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_nodes, self, NULL));
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  find_links (self);
  nodes_changed_cb (self, 0, 0, g_list_model_get_n_items (nodes), nodes);
  sync_roots (self);
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->roots)),
                                        g_object_ref (self->filter));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (self->sorter));
  self->rows =
      gtk_tree_list_model_new (G_LIST_MODEL (sorted), FALSE, FALSE, create_children, self, NULL);
  g_signal_connect_object (nodes, "items-changed", G_CALLBACK (nodes_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lab_topology_get_links (topology), "items-changed",
                           G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);

  return self;
}

GListModel *
lab_summary_model_get_rows (LabSummaryModel *self)
{
  g_return_val_if_fail (LAB_IS_SUMMARY_MODEL (self), NULL);

  return G_LIST_MODEL (self->rows);
}

void
lab_summary_model_set_query (LabSummaryModel *self, const char *query)
{
  g_return_if_fail (LAB_IS_SUMMARY_MODEL (self));

  if (g_strcmp0 (self->query, query) == 0)
    return;
  g_free (self->query);
  self->query = g_strdup (query);
  arrange (self);
}

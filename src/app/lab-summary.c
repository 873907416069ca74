/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The summary: the tree, its selection and its keys. What is done to the selection is in
 * lab-summary-actions.c. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-summary-private.h"
#include "lab-summary-row.h"

enum
{
  ACTIVATE_NODE,
  REVEAL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabSummary, lab_summary, GTK_TYPE_WIDGET)

void
lab_summary_activate_node (LabSummary *self, LabNode *node)
{
  g_signal_emit (self, signals[ACTIVATE_NODE], 0, node);
}

void
lab_summary_reveal (LabSummary *self, gpointer item)
{
  g_signal_emit (self, signals[REVEAL], 0, item);
}

static GListModel *
get_rows (LabSummary *self)
{
  return lab_summary_model_get_rows (self->model);
}

static LabSummaryItem *
get_item (LabSummary *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (get_rows (self), position);
  g_autoptr (LabSummaryItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  return item; /* the lists keep it */
}

/* Rows of consoles and ports stand for no object of their own; they stay selected as they are while
 * their node is. */
static gboolean
wants_selected (LabSummary *self, guint position, LabSummaryItem *item)
{
  if (!lab_selection_contains (self->selection, lab_summary_item_get_object (item)))
    return FALSE;

  return lab_summary_item_get_kind (item) <= LAB_SUMMARY_LINK ||
         gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->rows), position);
}

/* The rows are selected that stand for what is selected elsewhere. */
static gboolean
sync_cb (gpointer user_data)
{
  LabSummary *self = user_data;
  guint n_rows = g_list_model_get_n_items (get_rows (self));
  g_autoptr (GtkBitset) wanted = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n_rows);
  g_autoptr (GtkBitset) now = NULL;

  self->sync_id = 0;
  for (guint i = 0; i < n_rows; i++)
    if (wants_selected (self, i, get_item (self, i)))
      gtk_bitset_add (wanted, i);
  now = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->rows));
  if (gtk_bitset_equals (now, wanted))
    return G_SOURCE_REMOVE;
  self->syncing = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->rows), wanted, all);
  self->syncing = FALSE;
  if (!gtk_bitset_is_empty (wanted))
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u",
                                gtk_bitset_get_minimum (wanted));

  return G_SOURCE_REMOVE;
}

static void
queue_sync (LabSummary *self)
{
  if (self->sync_id == 0)
    self->sync_id = g_idle_add (sync_cb, self);
}

/* What the user selected here. */
static void
rows_selected_cb (LabSummary *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  g_autoptr (GPtrArray) items = NULL;
  GtkBitsetIter iter;
  guint position;

  if (self->syncing)
    return;
  items = g_ptr_array_new ();
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->rows));
  g_clear_object (&self->pointed);
  if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      {
        LabSummaryItem *item = get_item (self, position);
        gpointer object = lab_summary_item_get_object (item);

        g_set_object (&self->pointed, item);
        if (!g_ptr_array_find (items, object, NULL))
          g_ptr_array_add (items, object);
      }
    while (gtk_bitset_iter_next (&iter, &position));
  lab_selection_set (self->selection, items->pdata, items->len);
}

void
lab_summary_point_at (LabSummary *self, LabSummaryItem *item)
{
  gpointer object = lab_summary_item_get_object (item);

  g_set_object (&self->pointed, item);
  if (!lab_selection_contains (self->selection, object))
    lab_selection_set_single (self->selection, object);
}

static void
toggle_expanded (LabSummary *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (get_rows (self), position);

  gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static void
activate_cb (LabSummary *self, guint position)
{
  LabSummaryItem *item = get_item (self, position);
  LabNode *node = lab_summary_item_get_node (item);

  switch (lab_summary_item_get_kind (item))
    {
    case LAB_SUMMARY_FREE:
      toggle_expanded (self, position);
      return;
    case LAB_SUMMARY_PORT:
      lab_summary_point_at (self, item);
      gtk_widget_activate_action (GTK_WIDGET (self), "summary.connect", NULL);
      return;
    case LAB_SUMMARY_LINK:
      lab_summary_reveal (self, lab_summary_item_get_link (item));
      return;
    case LAB_SUMMARY_CONSOLE:
    case LAB_SUMMARY_NODE:
    default:
      lab_summary_reveal (self, node);
      if (lab_node_get_kind (node) == LAB_NODE_IOU)
        lab_summary_activate_node (self, node);
    }
}

static void
search_changed_cb (LabSummary *self)
{
  lab_summary_model_set_query (self->model, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
stop_search_cb (LabSummary *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
search_activate_cb (LabSummary *self)
{
  if (g_list_model_get_n_items (get_rows (self)) > 0)
    {
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->rows), 0, TRUE);
      activate_cb (self, 0);
    }
}

/* Down, from the search into the tree: its first row is selected unless some are. Else it would be
 * the second one that the next Down selects, or with newer GTK the first. */
static gboolean
key_pressed_cb (LabSummary *self, guint keyval, guint keycode, GdkModifierType state)
{
  g_autoptr (GtkBitset) selected = NULL;

  if (keyval != GDK_KEY_Down)
    return FALSE;
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->rows));
  if (gtk_bitset_is_empty (selected) && g_list_model_get_n_items (get_rows (self)) > 0)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->rows), 0, TRUE);

  return gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

static LabSummaryRow *
row_below (GtkWidget *list_item)
{
  GtkWidget *row = list_item != NULL ? gtk_widget_get_first_child (list_item) : NULL;

  return row != NULL && LAB_IS_SUMMARY_ROW (row) ? LAB_SUMMARY_ROW (row) : NULL;
}

/* The keyboard goes from a row to the one that it is below, if that is on the screen. */
static void
focus_parent (LabSummary *self, GtkTreeListRow *list_row)
{
  g_autoptr (GtkTreeListRow) parent = gtk_tree_list_row_get_parent (list_row);

  for (GtkWidget *child = gtk_widget_get_first_child (self->list); parent != NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      LabSummaryRow *row = row_below (child);

      if (row == NULL || lab_summary_row_get_list_row (row) != parent)
        continue;
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->rows),
                                       gtk_tree_list_row_get_position (parent), TRUE);
      gtk_widget_grab_focus (child);
      return;
    }
}

/* Right unfolds; Left folds, or goes up. */
static gboolean
list_key_cb (LabSummary *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  LabSummaryRow *row = root != NULL ? row_below (gtk_root_get_focus (root)) : NULL;
  GtkTreeListRow *list_row = row != NULL ? lab_summary_row_get_list_row (row) : NULL;

  if (list_row == NULL || (keyval != GDK_KEY_Right && keyval != GDK_KEY_Left))
    return FALSE;
  if (keyval == GDK_KEY_Right)
    gtk_tree_list_row_set_expanded (list_row, TRUE);
  else if (gtk_tree_list_row_get_expanded (list_row))
    gtk_tree_list_row_set_expanded (list_row, FALSE);
  else
    focus_parent (self, list_row);

  return TRUE;
}

static void
update_page (LabSummary *self)
{
  GListModel *nodes = lab_topology_get_nodes (lab_session_get_topology (self->session));
  const char *page = "tree";

  if (g_list_model_get_n_items (nodes) == 0)
    page = "empty";
  else if (g_list_model_get_n_items (get_rows (self)) == 0)
    page = "none";
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
}

static void
rows_changed_cb (LabSummary *self)
{
  update_page (self);
  queue_sync (self);
}

static void
setup_cb (LabSummary *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, lab_summary_row_new (self->model));
}

static void
bind_cb (LabSummary *self, GtkListItem *list_item)
{
  lab_summary_row_bind (LAB_SUMMARY_ROW (gtk_list_item_get_child (list_item)),
                        gtk_list_item_get_item (list_item));
}

static void
unbind_cb (LabSummary *self, GtkListItem *list_item)
{
  lab_summary_row_bind (LAB_SUMMARY_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
lab_summary_dispose (GObject *object)
{
  LabSummary *self = LAB_SUMMARY (object);

  g_clear_handle_id (&self->sync_id, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->rows);
  g_clear_object (&self->model);
  g_clear_object (&self->pointed);
  g_clear_object (&self->selection);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_summary_parent_class)->dispose (object);
}

static void
lab_summary_class_init (LabSummaryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_summary_dispose;

  /**
   * LabSummary::activate-node:
   * @node: a device
   *
   * The device's console is wanted.
   */
  signals[ACTIVATE_NODE] = g_signal_new ("activate-node", LAB_TYPE_SUMMARY, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, LAB_TYPE_NODE);
  /**
   * LabSummary::reveal:
   * @item: a #LabNode or #LabLink
   *
   * Something is to be brought into view on the canvas.
   */
  signals[REVEAL] = g_signal_new ("reveal", LAB_TYPE_SUMMARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);

  lab_summary_install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-summary.ui");
  gtk_widget_class_bind_template_child (widget_class, LabSummary, content);
  gtk_widget_class_bind_template_child (widget_class, LabSummary, entry);
  gtk_widget_class_bind_template_child (widget_class, LabSummary, stack);
  gtk_widget_class_bind_template_child (widget_class, LabSummary, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "labsummary");
}

static void
lab_summary_init (LabSummary *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lab_summary_new (LabSession *session, LabSelection *selection)
{
  LabSummary *self = g_object_new (LAB_TYPE_SUMMARY, NULL);

  self->session = g_object_ref (session);
  self->selection = g_object_ref (selection);
  self->model = lab_summary_model_new (lab_session_get_topology (session));
  self->rows = gtk_multi_selection_new (g_object_ref (get_rows (self)));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (self->rows));
  g_signal_connect_object (self->rows, "selection-changed", G_CALLBACK (rows_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (rows_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "changed", G_CALLBACK (queue_sync), self, G_CONNECT_SWAPPED);
  rows_changed_cb (self);

  return GTK_WIDGET (self);
}

void
lab_summary_focus_search (LabSummary *self)
{
  g_return_if_fail (LAB_IS_SUMMARY (self));

  gtk_widget_grab_focus (self->entry);
}

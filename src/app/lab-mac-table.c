/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of addresses of a switch, read from the relay while somebody looks. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-client-relay.h"
#include "lab-mac-item.h"
#include "lab-mac-table.h"

#define PERIOD_SECONDS 1
#define MOST_HEIGHT    260

struct _LabMacTable
{
  AdwBin parent_instance;

  GtkWidget *clear;
  GtkWidget *stack; /* "empty", "table" */
  GtkWidget *scroller;
  GListStore *items;

  LabSession *session;
  LabNode *node; /* (nullable) */
  GCancellable *cancellable;
  guint tick_id;
  gboolean asking;
};

G_DEFINE_FINAL_TYPE (LabMacTable, lab_mac_table, ADW_TYPE_BIN)

/* A relay that knows the switch. (nullable) */
static LabClient *
client_of (LabMacTable *self)
{
  LabClient *client = self->session != NULL ? lab_session_get_client (self->session) : NULL;
  LabClientNode *node = NULL;

  if (client == NULL || self->node == NULL || lab_node_get_kind (self->node) != LAB_NODE_SWITCH)
    return NULL;
  node = lab_client_find_node (client, lab_node_get_name (self->node));

  return node != NULL && lab_client_node_get_state (node) == LAB_CLIENT_STATE_BUILTIN &&
                 *lab_client_get_counters_path (client) != '\0'
             ? client
             : NULL;
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return lab_mac_item_compare (*(LabMacItem *const *) a, *(LabMacItem *const *) b);
}

static GPtrArray *
read_lines (LabMacTable *self, char **lines)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      LabMacItem *item = lab_mac_item_new (self->node, lines[i]);

      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  g_ptr_array_sort (items, compare_cb);

  return items;
}

/* FALSE: there are other addresses now. */
static gboolean
take_ages (LabMacTable *self, GPtrArray *items)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) != items->len)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (LabMacItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (!lab_mac_item_is_same (item, g_ptr_array_index (items, i)))
        return FALSE;
      lab_mac_item_take_age (item, g_ptr_array_index (items, i));
    }

  return TRUE;
}

/* The view asks for less than its rows need, and would show half of one. */
static void
fit (LabMacTable *self, guint n_rows)
{
  GtkWidget *view = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroller));
  GtkWidget *header = gtk_widget_get_first_child (view);
  GtkWidget *list = gtk_widget_get_last_child (view);
  GtkWidget *row = list != NULL ? gtk_widget_get_first_child (list) : NULL;
  int height;

  if (row == NULL || gtk_widget_get_height (row) <= 0)
    return;
  height = gtk_widget_get_height (header) + (int) n_rows * gtk_widget_get_height (row);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller),
                                              MIN (height, MOST_HEIGHT));
}

static void
show (LabMacTable *self, char **lines)
{
  g_autoptr (GPtrArray) items = read_lines (self, lines);

  if (!take_ages (self, items))
    g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                         items->pdata, items->len);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), items->len > 0 ? "table" : "empty");
  gtk_widget_set_sensitive (self->clear, items->len > 0);
  fit (self, items->len);
}

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabMacTable) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = lab_client_relay_finish (LAB_CLIENT (object), result, &error);

  /* It is about another switch now, and that one was asked for. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->asking = FALSE;
  /* A relay that is being started again knows the switch in a moment. */
  if (lines != NULL && self->node != NULL)
    show (self, lines);
}

static void
ask (LabMacTable *self)
{
  LabClient *client = client_of (self);
  g_autofree char *command = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), client != NULL);
  if (client == NULL || self->asking)
    return;
  self->asking = TRUE;
  command = g_strdup_printf ("switch macs n%u", lab_node_get_id (self->node));
  lab_client_relay_async (client, command, self->cancellable, answered_cb, g_object_ref (self));
}

static void
cleared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabMacTable) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = lab_client_relay_finish (LAB_CLIENT (object), result, &error);

  if (lines != NULL)
    ask (self);
  else if (self->session != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    lab_session_say (self->session, LAB_SESSION_ERROR, error->message, NULL);
}

static void
clear_cb (LabMacTable *self)
{
  LabClient *client = client_of (self);
  g_autofree char *command = NULL;

  if (client == NULL)
    return;
  command = g_strdup_printf ("switch clear n%u", lab_node_get_id (self->node));
  lab_client_relay_async (client, command, self->cancellable, cleared_cb, g_object_ref (self));
}

static gboolean
tick_cb (gpointer user_data)
{
  ask (user_data);

  return G_SOURCE_CONTINUE;
}

/* Hidden it is not mapped, so whether its page is seen is what counts. */
static void
root_mapped_cb (LabMacTable *self, GtkWidget *parent)
{
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (PERIOD_SECONDS, tick_cb, self);
  ask (self);
}

static void
root_unmapped_cb (LabMacTable *self, GtkWidget *parent)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
}

static void
parent_cb (LabMacTable *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (parent == NULL)
    return;
  g_signal_connect_object (parent, "map", G_CALLBACK (root_mapped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (parent, "unmap", G_CALLBACK (root_unmapped_cb), self, G_CONNECT_SWAPPED);
}

static void
lab_mac_table_dispose (GObject *object)
{
  LabMacTable *self = LAB_MAC_TABLE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->items);
  g_clear_object (&self->node);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_mac_table_parent_class)->dispose (object);
}

static void
lab_mac_table_class_init (LabMacTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_mac_table_dispose;
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *cell)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (cell, label);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *cell, const char *property)
{
  GBinding *binding =
      g_object_bind_property (gtk_list_item_get_item (cell), property,
                              gtk_list_item_get_child (cell), "label", G_BINDING_SYNC_CREATE);

  g_object_set_data (G_OBJECT (cell), "binding", binding);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *cell)
{
  GBinding *binding = g_object_steal_data (G_OBJECT (cell), "binding");

  if (binding != NULL)
    g_binding_unbind (binding);
}

static void
add_column (GtkWidget *view, const char *title, const char *property, gboolean wide)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) property);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, wide);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
}

static GtkWidget *
make_view (LabMacTable *self)
{
  GtkSelectionModel *model =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->items))));
  GtkWidget *view = gtk_column_view_new (model);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  add_column (view, _ ("VLAN"), "vlan", FALSE);
  /* Translators: a MAC address */
  add_column (view, _ ("Address"), "address", TRUE);
  add_column (view, _ ("Port"), "port", FALSE);
  /* Translators: of a MAC address: seconds since it was heard */
  add_column (view, _ ("Age"), "age", FALSE);
  gtk_widget_add_css_class (view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Learned addresses"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  self->scroller = scroller;

  return scroller;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *label = gtk_label_new (_ ("Nothing was heard lately."));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "dim-label");

  return label;
}

static void
lab_mac_table_init (LabMacTable *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->items = g_list_store_new (LAB_TYPE_MAC_ITEM);
  self->cancellable = g_cancellable_new ();
  /* Translators: makes a switch forget the addresses that it has learned */
  self->clear = gtk_button_new_with_mnemonic (_ ("_Clear"));
  gtk_widget_set_tooltip_text (self->clear, _ ("Forget all addresses"));
  gtk_widget_set_valign (self->clear, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->clear, "flat");
  gtk_widget_set_sensitive (self->clear, FALSE);
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (clear_cb), self);
  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), make_view (self), "table");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Learned Addresses"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), self->clear);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->stack);
  adw_bin_set_child (ADW_BIN (self), group);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect (self, "notify::parent", G_CALLBACK (parent_cb), NULL);
}

void
lab_mac_table_set_session (LabMacTable *self, LabSession *session)
{
  g_return_if_fail (LAB_IS_MAC_TABLE (self));

  g_set_object (&self->session, session);
}

void
lab_mac_table_set_node (LabMacTable *self, LabNode *node)
{
  g_return_if_fail (LAB_IS_MAC_TABLE (self));

  if (!g_set_object (&self->node, node))
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->asking = FALSE;
  g_list_store_remove_all (self->items);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
  ask (self);
}

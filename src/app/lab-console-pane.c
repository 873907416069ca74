/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The consoles of a lab. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-app-settings.h"
#include "lab-console-external.h"
#include "lab-console-pane.h"
#include "lab-console-window.h"

struct _LabConsolePane
{
  GtkWidget parent_instance;

  LabSession *session;
  GtkWidget *stack; /* "empty", "tabs" */
  LabConsoleView *view;
  GPtrArray *tabs;    /* LabConsoleTab (borrowed), wherever they are, in the order of opening */
  GPtrArray *windows; /* LabConsoleWindow (borrowed) */
  GPtrArray *waiting; /* names of nodes to open when there is time */
  guint waiting_id;
  gboolean type_at_all;
};

enum
{
  PROP_0,
  PROP_N_PAGES,
  PROP_TYPE_AT_ALL,
  N_PROPS,
};

enum
{
  SIGNAL_REVEAL,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabConsolePane, lab_console_pane, GTK_TYPE_WIDGET)

/* --- tabs --- */

static LabConsoleTab *
find_tab (LabConsolePane *self, LabNode *node)
{
  for (guint i = 0; i < self->tabs->len; i++)
    if (lab_console_tab_get_node (self->tabs->pdata[i]) == node)
      return self->tabs->pdata[i];
  return NULL;
}

/* Typed into one console, with "type at all". */
static void
input_cb (LabConsolePane *self, GBytes *bytes, LabConsoleTab *from)
{
  if (!self->type_at_all)
    return;
  for (guint i = 0; i < self->tabs->len; i++)
    if (self->tabs->pdata[i] != from)
      lab_console_tab_send (self->tabs->pdata[i], bytes);
}

static void
emit_changed (LabConsolePane *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
tab_gone_cb (gpointer user_data, GObject *tab)
{
  LabConsolePane *self = user_data;

  g_ptr_array_remove (self->tabs, tab);
  emit_changed (self);
}

static LabConsoleTab *
add_tab (LabConsolePane *self, LabNode *node)
{
  GtkWidget *tab = lab_console_tab_new (self->session, node);

  g_ptr_array_add (self->tabs, tab);
  g_object_weak_ref (G_OBJECT (tab), tab_gone_cb, self);
  g_signal_connect_object (tab, "input", G_CALLBACK (input_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tab, "changed", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
  lab_console_tab_set_typed_at_all (LAB_CONSOLE_TAB (tab), self->type_at_all);
  lab_console_view_add (self->view, LAB_CONSOLE_TAB (tab));
  emit_changed (self);
  return LAB_CONSOLE_TAB (tab);
}

static void
show_tab (LabConsolePane *self, LabConsoleTab *tab)
{
  GtkRoot *root;

  lab_console_view_select (tab);
  if (gtk_widget_is_ancestor (GTK_WIDGET (tab), GTK_WIDGET (self)))
    {
      g_signal_emit (self, signals[SIGNAL_REVEAL], 0);
    }
  else
    {
      root = gtk_widget_get_root (GTK_WIDGET (tab));
      if (GTK_IS_WINDOW (root))
        gtk_window_present (GTK_WINDOW (root));
    }
  gtk_widget_grab_focus (GTK_WIDGET (tab));
}

void
lab_console_pane_open (LabConsolePane *self, LabNode *node)
{
  g_autofree char *text = NULL;
  LabConsoleTab *tab;

  g_return_if_fail (LAB_IS_CONSOLE_PANE (self));
  g_return_if_fail (LAB_IS_NODE (node));

  if (lab_node_get_kind (node) != LAB_NODE_IOU)
    {
      text = g_strdup_printf (_ ("%s has no console."), lab_node_get_name (node));
      lab_session_say (self->session, LAB_SESSION_INFO, text, NULL);
      return;
    }
  if (g_settings_get_boolean (lab_app_settings (), "use-external-terminal"))
    {
      lab_console_external_open (self->session, node);
      return;
    }
  tab = find_tab (self, node);
  show_tab (self, tab != NULL ? tab : add_tab (self, node));
}

/* --- many at once --- */

/* FALSE: there is no such node, or it has no console. */
static gboolean
open_quietly (LabConsolePane *self, const char *name)
{
  LabNode *node = lab_topology_find_node (lab_session_get_topology (self->session), name);

  if (node == NULL || lab_node_get_kind (node) != LAB_NODE_IOU)
    return FALSE;
  if (find_tab (self, node) == NULL)
    add_tab (self, node);
  return TRUE;
}

static gboolean
open_next_cb (gpointer user_data)
{
  LabConsolePane *self = user_data;

  open_quietly (self, self->waiting->pdata[0]);
  g_ptr_array_remove_index (self->waiting, 0);
  if (self->waiting->len > 0)
    return G_SOURCE_CONTINUE;
  self->waiting_id = 0;
  return G_SOURCE_REMOVE;
}

static void
open_later (LabConsolePane *self, const char *name)
{
  g_ptr_array_add (self->waiting, g_strdup (name));
  if (self->waiting_id == 0)
    self->waiting_id = g_idle_add_full (G_PRIORITY_LOW, open_next_cb, self, NULL);
}

/* "R2" before "R10". */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  g_autofree char *one = g_utf8_collate_key_for_filename (*(const char *const *) a, -1);
  g_autofree char *other = g_utf8_collate_key_for_filename (*(const char *const *) b, -1);

  return strcmp (one, other);
}

/* (transfer full) */
static GPtrArray *
list_running (LabConsolePane *self)
{
  GListModel *nodes = lab_topology_get_nodes (lab_session_get_topology (self->session));
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      if (lab_node_get_kind (node) == LAB_NODE_IOU &&
          lab_run_state_is_running (lab_node_get_run_state (node)))
        g_ptr_array_add (names, g_strdup (lab_node_get_name (node)));
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

void
lab_console_pane_open_all (LabConsolePane *self)
{
  g_autoptr (GPtrArray) names = NULL;

  g_return_if_fail (LAB_IS_CONSOLE_PANE (self));

  names = list_running (self);
  if (names->len == 0)
    {
      lab_session_say (self->session, LAB_SESSION_INFO, _ ("No device is running."), NULL);
      return;
    }
  for (guint i = 0; i < names->len; i++)
    open_later (self, names->pdata[i]);
  g_signal_emit (self, signals[SIGNAL_REVEAL], 0);
}

void
lab_console_pane_restore (LabConsolePane *self, const char *const *names)
{
  gboolean one_is_open = FALSE;

  g_return_if_fail (LAB_IS_CONSOLE_PANE (self));

  /* The first at once: whoever asks next is told that there are consoles. */
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (one_is_open)
      open_later (self, names[i]);
    else
      one_is_open = open_quietly (self, names[i]);
}

static void
add_names (GStrvBuilder *builder, AdwTabView *tabs)
{
  for (int i = 0; i < adw_tab_view_get_n_pages (tabs); i++)
    {
      AdwTabPage *page = adw_tab_view_get_nth_page (tabs, i);
      LabConsoleTab *tab = LAB_CONSOLE_TAB (adw_tab_page_get_child (page));

      if (lab_console_tab_get_node (tab) != NULL)
        g_strv_builder_add (builder, lab_console_tab_get_name (tab));
    }
}

GStrv
lab_console_pane_dup_open_names (LabConsolePane *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (LAB_IS_CONSOLE_PANE (self), NULL);

  add_names (builder, lab_console_view_get_tabs (self->view));
  for (guint i = 0; i < self->windows->len; i++)
    add_names (builder,
               lab_console_view_get_tabs (lab_console_window_get_view (self->windows->pdata[i])));
  /* Those that are about to be opened count too: a window may close before there was time. */
  for (guint i = 0; i < self->waiting->len; i++)
    g_strv_builder_add (builder, self->waiting->pdata[i]);
  return g_strv_builder_end (builder);
}

/* --- windows of their own --- */

static void
window_gone_cb (gpointer user_data, GObject *window)
{
  g_ptr_array_remove (((LabConsolePane *) user_data)->windows, window);
}

static AdwTabView *
detach_cb (LabConsolePane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkApplication *application =
      GTK_IS_WINDOW (root) ? gtk_window_get_application (GTK_WINDOW (root)) : NULL;
  LabConsoleWindow *window = lab_console_window_new (self->session, application);

  g_ptr_array_add (self->windows, window);
  g_object_weak_ref (G_OBJECT (window), window_gone_cb, self);
  g_signal_connect_object (lab_console_window_get_view (window), "detach", G_CALLBACK (detach_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
  return lab_console_view_get_tabs (lab_console_window_get_view (window));
}

static void
close_windows (LabConsolePane *self)
{
  while (self->windows->len > 0)
    {
      GtkWindow *window = self->windows->pdata[0];

      g_object_weak_unref (G_OBJECT (window), window_gone_cb, self);
      g_ptr_array_remove_index (self->windows, 0);
      gtk_window_destroy (window);
    }
}

/* --- the widget --- */

static void
n_pages_cb (LabConsolePane *self)
{
  gboolean empty = lab_console_view_get_n_pages (self->view) == 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), empty ? "empty" : "tabs");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PAGES]);
  emit_changed (self);
}

static GtkWidget *
new_all_button (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("tab-new-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Console to All Running Devices"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Console to All Running Devices"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "consoles.open-all");
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static GtkWidget *
new_type_button (void)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), "input-keyboard-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Type at All Consoles"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Type at All Consoles"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "consoles.type-at-all");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "type-at-all");
  return button;
}

static GtkWidget *
new_empty_page (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Console to _All"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "utilities-terminal-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Console Is Open"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("Double-click a running device to open its console"));
  gtk_widget_add_css_class (page, "compact");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Console to All Running Devices"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "consoles.open-all");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static void
open_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_console_pane_open_all (LAB_CONSOLE_PANE (widget));
}

static gboolean
lab_console_pane_grab_focus (GtkWidget *widget)
{
  LabConsoleTab *tab = lab_console_view_get_selected (LAB_CONSOLE_PANE (widget)->view);

  return tab != NULL && gtk_widget_grab_focus (GTK_WIDGET (tab));
}

static void
lab_console_pane_dispose (GObject *object)
{
  LabConsolePane *self = LAB_CONSOLE_PANE (object);

  g_clear_handle_id (&self->waiting_id, g_source_remove);
  for (guint i = 0; i < self->tabs->len; i++)
    g_object_weak_unref (self->tabs->pdata[i], tab_gone_cb, self);
  g_ptr_array_set_size (self->tabs, 0);
  close_windows (self);
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  self->view = NULL;
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_console_pane_parent_class)->dispose (object);
}

static void
lab_console_pane_finalize (GObject *object)
{
  LabConsolePane *self = LAB_CONSOLE_PANE (object);

  g_ptr_array_unref (self->tabs);
  g_ptr_array_unref (self->windows);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (lab_console_pane_parent_class)->finalize (object);
}

static void
lab_console_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LabConsolePane *self = LAB_CONSOLE_PANE (object);

  switch (id)
    {
    case PROP_N_PAGES:
      g_value_set_uint (value, lab_console_pane_get_n_pages (self));
      break;
    case PROP_TYPE_AT_ALL:
      g_value_set_boolean (value, self->type_at_all);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_console_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TYPE_AT_ALL:
      lab_console_pane_set_type_at_all (LAB_CONSOLE_PANE (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_console_pane_class_init (LabConsolePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lab_console_pane_dispose;
  object_class->finalize = lab_console_pane_finalize;
  object_class->get_property = lab_console_pane_get_property;
  object_class->set_property = lab_console_pane_set_property;
  widget_class->grab_focus = lab_console_pane_grab_focus;

  properties[PROP_N_PAGES] = g_param_spec_uint ("n-pages", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TYPE_AT_ALL] =
      g_param_spec_boolean ("type-at-all", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_REVEAL] = g_signal_new ("reveal", LAB_TYPE_CONSOLE_PANE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LAB_TYPE_CONSOLE_PANE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "consoles.open-all", NULL, open_all_action);
  gtk_widget_class_install_property_action (widget_class, "consoles.type-at-all", "type-at-all");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "labconsoles");
}

static void
lab_console_pane_init (LabConsolePane *self)
{
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->tabs = g_ptr_array_new ();
  self->windows = g_ptr_array_new ();
  self->waiting = g_ptr_array_new_with_free_func (g_free);
  self->view = LAB_CONSOLE_VIEW (lab_console_view_new ());
  gtk_box_append (GTK_BOX (end), new_type_button ());
  gtk_box_append (GTK_BOX (end), new_all_button ());
  lab_console_view_set_end_widget (self->view, end);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), new_empty_page (), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->view), "tabs");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  g_signal_connect_swapped (self->view, "notify::n-pages", G_CALLBACK (n_pages_cb), self);
  g_signal_connect_swapped (self->view, "detach", G_CALLBACK (detach_cb), self);
}

GtkWidget *
lab_console_pane_new (LabSession *session)
{
  LabConsolePane *self = g_object_new (LAB_TYPE_CONSOLE_PANE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

guint
lab_console_pane_get_n_pages (LabConsolePane *self)
{
  g_return_val_if_fail (LAB_IS_CONSOLE_PANE (self), 0);

  return self->view != NULL ? lab_console_view_get_n_pages (self->view) : 0;
}

gboolean
lab_console_pane_get_type_at_all (LabConsolePane *self)
{
  g_return_val_if_fail (LAB_IS_CONSOLE_PANE (self), FALSE);

  return self->type_at_all;
}

void
lab_console_pane_set_type_at_all (LabConsolePane *self, gboolean type_at_all)
{
  g_return_if_fail (LAB_IS_CONSOLE_PANE (self));

  if (self->type_at_all == type_at_all)
    return;
  self->type_at_all = type_at_all;
  for (guint i = 0; i < self->tabs->len; i++)
    lab_console_tab_set_typed_at_all (self->tabs->pdata[i], type_at_all);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TYPE_AT_ALL]);
}

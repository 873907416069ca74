/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pane of consoles over a session with a real engine: opening, many, renaming, removal and
 * undo, typing at all, windows of their own. */

#include "config.h"

#include <adwaita.h>
#include <string.h>
#include <vte/vte.h>

#include "lab-app-settings.h"
#include "lab-console-external.h"
#include "lab-console-pane.h"
#include "lab-console-view.h"
#include "lab-edit.h"
#include "ui-harness.h"
#include "ui-lab.h"

#define WAIT_MS 20000

typedef struct
{
  UiLab *lab;
  LabSession *session;
  GtkWidget *window;
  LabConsolePane *pane;
  guint n_reveals;
} Fixture;

/* --- waiting --- */

typedef struct
{
  gboolean done;
  LabSession *session;
} Loading;

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Loading *loading = user_data;
  g_autoptr (GError) error = NULL;

  loading->session = lab_session_load_finish (result, &error);
  g_assert_no_error (error);
  loading->done = TRUE;
}

static void
shut_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lab_session_shutdown_finish (LAB_SESSION (object), result, &error));
  g_assert_no_error (error);
  ((Loading *) user_data)->done = TRUE;
}

static gboolean
is_done (gpointer loading)
{
  return ((Loading *) loading)->done;
}

typedef struct
{
  LabNode *node;
  LabRunState state;
} WantedState;

static gboolean
node_has_state (gpointer data)
{
  WantedState *wanted = data;

  return lab_node_get_run_state (wanted->node) == wanted->state;
}

static LabNode *
find_node (Fixture *self, const char *name)
{
  LabNode *node = lab_topology_find_node (lab_session_get_topology (self->session), name);

  g_assert_nonnull (node);
  return node;
}

static void
wait_state (Fixture *self, const char *name, LabRunState state)
{
  WantedState wanted = { find_node (self, name), state };

  g_test_message ("waiting for %s to be %s", name, lab_run_state_get_label (state));
  g_assert_true (ui_wait (node_has_state, &wanted, WAIT_MS));
}

typedef struct
{
  LabConsoleTab *tab;
  const char *text;
} WantedText;

static gboolean
tab_shows_text (gpointer data)
{
  WantedText *wanted = data;
  g_autofree char *text = lab_terminal_dup_text (lab_console_tab_get_terminal (wanted->tab));

  return strstr (text, wanted->text) != NULL;
}

static gboolean
tab_shows (LabConsoleTab *tab, const char *text)
{
  WantedText wanted = { tab, text };

  gboolean found = ui_wait (tab_shows_text, &wanted, WAIT_MS);

  if (!found)
    {
      g_autofree char *all = lab_terminal_dup_text (lab_console_tab_get_terminal (tab));

      g_test_message ("“%s” is not in:\n%s", text, all);
    }
  return found;
}

typedef struct
{
  Fixture *self;
  guint n;
} WantedPages;

static gboolean
has_pages (gpointer data)
{
  WantedPages *wanted = data;

  return lab_console_pane_get_n_pages (wanted->self->pane) == wanted->n;
}

static gboolean
wait_pages (Fixture *self, guint n)
{
  WantedPages wanted = { self, n };

  return ui_wait (has_pages, &wanted, WAIT_MS);
}

/* --- the parts --- */

static GtkWidget *
find_descendant (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_descendant (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static AdwTabView *
tab_view (GtkWidget *widget)
{
  return ADW_TAB_VIEW (find_descendant (widget, ADW_TYPE_TAB_VIEW));
}

static AdwTabPage *
nth_page (GtkWidget *widget, int n)
{
  return adw_tab_view_get_nth_page (tab_view (widget), n);
}

static LabConsoleTab *
nth_tab (Fixture *self, int n)
{
  return LAB_CONSOLE_TAB (adw_tab_page_get_child (nth_page (GTK_WIDGET (self->pane), n)));
}

static void
reveal_cb (LabConsolePane *pane, Fixture *self)
{
  self->n_reveals++;
}

static gboolean
window_is_there (gpointer title)
{
  int rectangle[4];

  return ui_find_window (title, rectangle);
}

static void
control (Fixture *self, LabClientVerb verb, const char *name)
{
  const char *const names[] = { name, NULL };

  lab_session_control (self->session, verb, name != NULL ? names : NULL);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *path = ui_path ("consoles.lab");
  Loading loading = { 0 };

  self->lab = ui_lab_new ();
  g_assert_true (g_file_set_contents (path, self->lab->document, -1, NULL));
  lab_session_load_async (path, NULL, loaded_cb, &loading);
  g_assert_true (ui_wait (is_done, &loading, WAIT_MS));
  self->session = loading.session;
  self->pane = LAB_CONSOLE_PANE (lab_console_pane_new (self->session));
  g_object_ref (self->pane);
  self->n_reveals = 0;
  g_signal_connect (self->pane, "reveal", G_CALLBACK (reveal_cb), self);
  self->window = adw_window_new ();
  gtk_window_set_title (GTK_WINDOW (self->window), "Pane");
  gtk_window_set_default_size (GTK_WINDOW (self->window), 800, 420);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->pane));
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (ui_wait (window_is_there, (gpointer) "Pane", 5000));
  ui_settle (300);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  Loading loading = { 0 };

  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_settle (100);
  g_assert_finalize_object (self->pane);
  lab_session_shutdown_async (self->session, shut_cb, &loading);
  g_assert_true (ui_wait (is_done, &loading, WAIT_MS));
  g_object_unref (self->session);
  ui_lab_free (self->lab);
}

/* --- tests --- */

/* Open a console of a stopped device, start it by Enter, ping. */
static void
test_open (Fixture *self, gconstpointer data)
{
  ui_shot ("consoles-empty");
  lab_console_pane_open (self->pane, find_node (self, "PC1"));
  ui_settle (200);
  g_assert_cmpuint (self->n_reveals, ==, 1);
  g_assert_cmpuint (lab_console_pane_get_n_pages (self->pane), ==, 1);
  g_assert_true (VTE_IS_TERMINAL (gtk_root_get_focus (GTK_ROOT (self->window))));
  g_assert_cmpstr (lab_console_tab_get_icon (nth_tab (self, 0)), ==, "lab-state-stopped-symbolic");
  ui_key ("Return");
  wait_state (self, "PC1", LAB_RUN_READY);
  control (self, LAB_CLIENT_START, "PC2");
  wait_state (self, "PC2", LAB_RUN_READY);
  g_assert_true (tab_shows (nth_tab (self, 0), "PC1>"));
  ui_type ("ping 10.0.0.2 -c 1\n");
  g_assert_true (tab_shows (nth_tab (self, 0), "bytes from 10.0.0.2"));
  g_assert_cmpstr (lab_console_tab_get_icon (nth_tab (self, 0)), ==, "lab-state-ready-symbolic");
  g_assert_cmpstr (adw_tab_page_get_tooltip (nth_page (GTK_WIDGET (self->pane), 0)), ==,
                   "PC1: Running");

  /* Once more: the same tab. */
  lab_console_pane_open (self->pane, find_node (self, "PC1"));
  g_assert_cmpuint (lab_console_pane_get_n_pages (self->pane), ==, 1);
}

/* All running ones, by name, and what is typed at all. */
static void
test_all (Fixture *self, gconstpointer data)
{
  g_auto (GStrv) names = NULL;
  const char *const wanted[] = { "PC1", "PC2", NULL };

  lab_console_pane_open_all (self->pane);
  ui_settle (100);
  g_assert_cmpuint (lab_console_pane_get_n_pages (self->pane), ==, 0);
  control (self, LAB_CLIENT_START, "PC2");
  control (self, LAB_CLIENT_START, "PC1");
  wait_state (self, "PC1", LAB_RUN_READY);
  wait_state (self, "PC2", LAB_RUN_READY);
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "consoles.open-all", NULL);
  g_assert_true (wait_pages (self, 2));
  names = lab_console_pane_dup_open_names (self->pane);
  g_assert_cmpstrv (names, wanted);
  g_assert_true (tab_shows (nth_tab (self, 0), "PC1>"));
  g_assert_true (tab_shows (nth_tab (self, 1), "PC2>"));

  gtk_widget_activate_action (GTK_WIDGET (self->pane), "consoles.type-at-all", NULL);
  g_assert_true (lab_console_pane_get_type_at_all (self->pane));
  gtk_widget_grab_focus (GTK_WIDGET (self->pane));
  ui_settle (200);
  ui_type ("show ip\n");
  g_assert_true (tab_shows (nth_tab (self, 0), "10.0.0.1"));
  g_assert_true (tab_shows (nth_tab (self, 1), "10.0.0.2"));
  ui_settle (300);
  ui_shot ("consoles-all");
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "consoles.type-at-all", NULL);
  ui_type ("help\n");
  ui_settle (500);
  {
    g_autofree char *text =
        lab_terminal_dup_text (lab_console_tab_get_terminal (nth_tab (self, 1)));

    g_assert_null (strstr (text, "help\n"));
  }
}

/* Output in a tab behind asks for attention; keys go from tab to tab. */
static void
test_attention (Fixture *self, gconstpointer data)
{
  AdwTabView *tabs = tab_view (GTK_WIDGET (self->pane));

  control (self, LAB_CLIENT_START, "R1");
  control (self, LAB_CLIENT_START, "PC1");
  wait_state (self, "R1", LAB_RUN_READY);
  wait_state (self, "PC1", LAB_RUN_READY);
  lab_console_pane_open (self->pane, find_node (self, "R1"));
  g_assert_true (tab_shows (nth_tab (self, 0), "fake#"));
  lab_console_pane_open (self->pane, find_node (self, "PC1"));
  g_assert_true (tab_shows (nth_tab (self, 1), "PC1>"));
  ui_settle (300);
  /* Scroll-back is no news. */
  g_assert_false (adw_tab_page_get_needs_attention (nth_page (GTK_WIDGET (self->pane), 0)));
  control (self, LAB_CLIENT_STOP, "R1");
  wait_state (self, "R1", LAB_RUN_STOPPED);
  g_assert_true (tab_shows (nth_tab (self, 0), "[R1: stopped]"));
  g_assert_true (adw_tab_page_get_needs_attention (nth_page (GTK_WIDGET (self->pane), 0)));
  ui_shot ("consoles-attention");

  ui_key ("ctrl+Page_Up");
  ui_settle (200);
  g_assert_true (adw_tab_view_get_selected_page (tabs) == nth_page (GTK_WIDGET (self->pane), 0));
  g_assert_false (adw_tab_page_get_needs_attention (nth_page (GTK_WIDGET (self->pane), 0)));
  ui_key ("ctrl+Page_Down");
  ui_settle (200);
  g_assert_true (adw_tab_view_get_selected_page (tabs) == nth_page (GTK_WIDGET (self->pane), 1));
  ui_type ("show ip\n");
  g_assert_true (tab_shows (nth_tab (self, 1), "10.0.0.1"));
  ui_key ("ctrl+shift+w");
  ui_settle (200);
  g_assert_cmpuint (lab_console_pane_get_n_pages (self->pane), ==, 1);
}

/* A rename, a removal, an undo: one tab. */
static void
test_node (Fixture *self, gconstpointer data)
{
  LabTopology *topology = lab_session_get_topology (self->session);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  LabConsoleTab *tab;

  control (self, LAB_CLIENT_START, "R1");
  wait_state (self, "R1", LAB_RUN_READY);
  lab_console_pane_open (self->pane, find_node (self, "R1"));
  tab = nth_tab (self, 0);
  g_assert_true (tab_shows (tab, "fake#"));
  g_assert_true (lab_session_apply (self->session, lab_edit_new_rename_node ("R1", "Core")));
  ui_settle (600);
  g_assert_cmpstr (adw_tab_page_get_title (nth_page (GTK_WIDGET (self->pane), 0)), ==, "Core");
  ui_type ("print renamed\n");
  g_assert_true (tab_shows (tab, "\nrenamed\n"));

  g_ptr_array_add (items, lab_topology_find_node (topology, "Core"));
  lab_session_delete (self->session, items);
  ui_settle (600);
  g_assert_null (lab_console_tab_get_node (tab));
  g_assert_true (tab_shows (tab, "\nrenamed\n"));
  g_assert_false (lab_terminal_get_connected (lab_console_tab_get_terminal (tab)));
  ui_shot ("consoles-removed");

  g_assert_true (lab_history_undo (lab_session_get_history (self->session)));
  ui_settle (200);
  g_assert_nonnull (lab_console_tab_get_node (tab));
  control (self, LAB_CLIENT_START, "Core");
  wait_state (self, "Core", LAB_RUN_READY);
  ui_settle (500);
  gtk_widget_grab_focus (GTK_WIDGET (tab));
  ui_type ("print again\n");
  g_assert_true (tab_shows (tab, "\nagain\n"));
  g_assert_true (tab_shows (tab, "\nrenamed\n"));
}

static LabConsoleTab *
tab_of_window (GtkWindow *window)
{
  return LAB_CONSOLE_TAB (adw_tab_page_get_child (nth_page (GTK_WIDGET (window), 0)));
}

static GtkWindow *
other_window (Fixture *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (GTK_WIDGET (window) != self->window && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

/* A window of its own, and closing it; the device goes on. */
static void
test_detach (Fixture *self, gconstpointer data)
{
  GtkWindow *window;

  control (self, LAB_CLIENT_START, "PC1");
  wait_state (self, "PC1", LAB_RUN_READY);
  lab_console_pane_open (self->pane, find_node (self, "PC1"));
  g_assert_true (tab_shows (nth_tab (self, 0), "PC1>"));
  ui_key ("ctrl+shift+d");
  g_assert_true (wait_pages (self, 0));
  g_assert_true (ui_wait (window_is_there, (gpointer) "PC1 – Consoles", 5000));
  ui_settle (300);
  window = other_window (self);
  g_assert_nonnull (window);
  ui_raise_window ("PC1 – Consoles");
  ui_settle (200);
  ui_type ("show ip\n");
  g_assert_true (tab_shows (tab_of_window (window), "10.0.0.1"));
  ui_settle (500);
  ui_shot ("consoles-detached");

  /* Asked for again: it is there, not in the pane. */
  lab_console_pane_open (self->pane, find_node (self, "PC1"));
  g_assert_cmpuint (lab_console_pane_get_n_pages (self->pane), ==, 0);
  gtk_window_close (window);
  ui_settle (300);
  g_assert_null (other_window (self));
  g_assert_cmpint (lab_node_get_run_state (find_node (self, "PC1")), ==, LAB_RUN_READY);
  lab_console_pane_open (self->pane, find_node (self, "PC1"));
  g_assert_true (wait_pages (self, 1));
}

/* A tab goes back to the pane, as it does when it is dragged; its window was for it alone. */
static void
test_transfer (Fixture *self, gconstpointer data)
{
  GtkWindow *window;

  lab_console_pane_open (self->pane, find_node (self, "PC1"));
  ui_settle (200);
  ui_key ("ctrl+shift+d");
  g_assert_true (wait_pages (self, 0));
  ui_settle (300);
  window = other_window (self);
  g_assert_nonnull (window);
  adw_tab_view_transfer_page (tab_view (GTK_WIDGET (window)), nth_page (GTK_WIDGET (window), 0),
                              tab_view (GTK_WIDGET (self->pane)), 0);
  g_assert_true (wait_pages (self, 1));
  ui_settle (300);
  g_assert_null (other_window (self));
  g_assert_cmpstr (lab_console_tab_get_name (nth_tab (self, 0)), ==, "PC1");
}

/* The menus, to look at, and an action of one. */
static void
test_menus (Fixture *self, gconstpointer data)
{
  int pane[4];

  lab_console_pane_open (self->pane, find_node (self, "PC1"));
  lab_console_pane_open (self->pane, find_node (self, "PC2"));
  ui_settle (500);
  g_assert_true (ui_find_window ("Pane", pane));
  ui_click (pane[0] + 300, pane[1] + 220, 3);
  ui_settle (500);
  ui_shot ("consoles-terminal-menu");
  ui_key ("Escape");
  ui_settle (300);
  gtk_widget_grab_focus (GTK_WIDGET (self->pane));
  ui_move (pane[0] + 600, pane[1] + 300);
  ui_key ("shift+F10");
  ui_settle (300);
  /* The first that can be done, “Paste”, has the focus. */
  for (guint i = 0; i < 2; i++)
    {
      ui_key ("Down");
      ui_settle (100);
    }
  ui_key ("Return");
  ui_settle (300);
  g_assert_true (GTK_IS_TEXT (gtk_root_get_focus (GTK_ROOT (self->window))));
  ui_key ("Escape");
  /* The bar of tabs is libadwaita's, and shows its menu at the press; GTK loses count of the
   * buttons if the release is there, too, before the menu is. No finger is so quick. */
  ui_move (pane[0] + 200, pane[1] + 20);
  ui_press (3);
  ui_settle (100);
  ui_release (3);
  ui_settle (500);
  ui_shot ("consoles-tab-menu");
  /* Of the tab that was pointed at, not of the selected one. */
  gtk_widget_activate_action (GTK_WIDGET (tab_view (GTK_WIDGET (self->pane))), "tab.close", NULL);
  g_assert_true (wait_pages (self, 1));
  ui_settle (300);
  g_assert_cmpstr (lab_console_tab_get_name (nth_tab (self, 0)), ==, "PC2");
}

static void
test_restore (Fixture *self, gconstpointer data)
{
  const char *const names[] = { "PC2", "gone", "R1", NULL };
  const char *const wanted[] = { "PC2", "R1", NULL };
  g_auto (GStrv) open = NULL;

  lab_console_pane_restore (self->pane, names);
  g_assert_cmpuint (lab_console_pane_get_n_pages (self->pane), ==, 1);
  g_assert_true (wait_pages (self, 2));
  open = lab_console_pane_dup_open_names (self->pane);
  g_assert_cmpstrv (open, wanted);
  g_assert_cmpuint (self->n_reveals, ==, 0);
}

static void
test_dark (Fixture *self, gconstpointer data)
{
  control (self, LAB_CLIENT_START, NULL);
  wait_state (self, "PC1", LAB_RUN_READY);
  wait_state (self, "R1", LAB_RUN_READY);
  lab_console_pane_open (self->pane, find_node (self, "R1"));
  lab_console_pane_open (self->pane, find_node (self, "PC1"));
  g_assert_true (tab_shows (nth_tab (self, 1), "PC1>"));
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  control (self, LAB_CLIENT_STOP, "PC1");
  wait_state (self, "PC1", LAB_RUN_STOPPED);
  ui_key ("ctrl+shift+f");
  ui_type ("pc");
  ui_settle (800);
  ui_shot ("consoles-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  ui_settle (100);
}

static gboolean
file_is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Another terminal program for a stopped device: it is started, and its console opened then. */
static void
test_external (Fixture *self, gconstpointer data)
{
  GSettings *settings = lab_app_settings ();
  g_autofree char *opened = ui_path ("PC1");
  g_autofree char *command = ui_path ("%d");
  g_autofree char *template = g_strdup_printf ("sh -c 'touch \"$0\"' '%s'", command);

  g_settings_set_boolean (settings, "use-external-terminal", TRUE);
  g_settings_set_string (settings, "external-terminal", template);
  lab_console_pane_open (self->pane, find_node (self, "PC1"));
  lab_console_pane_open (self->pane, find_node (self, "PC1"));
  g_assert_false (file_is_there (opened));
  g_assert_true (ui_wait (file_is_there, opened, WAIT_MS));
  g_assert_true (lab_run_state_is_running (lab_node_get_run_state (find_node (self, "PC1"))));
  g_assert_cmpuint (lab_console_pane_get_n_pages (self->pane), ==, 0);
  g_settings_reset (settings, "external-terminal");
  g_settings_reset (settings, "use-external-terminal");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/ui/consoles/open", test_open },           { "/ui/consoles/all", test_all },
    { "/ui/consoles/attention", test_attention }, { "/ui/consoles/node", test_node },
    { "/ui/consoles/detach", test_detach },       { "/ui/consoles/restore", test_restore },
    { "/ui/consoles/transfer", test_transfer },   { "/ui/consoles/menus", test_menus },
    { "/ui/consoles/dark", test_dark },           { "/ui/consoles/external", test_external },
  };

  ui_init (&argc, &argv);
  ui_init_gtk ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}

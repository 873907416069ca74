/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The summary shares the selection, is gone through by keyboard, and stays quick with a thousand
 * devices; the dock adds devices. */

#include "config.h"

#include <adwaita.h>

#include "lab-add-nodes.h"
#include "lab-connect-dialog.h"
#include "lab-dock.h"
#include "lab-file.h"
#include "lab-search.h"
#include "lab-summary-row.h"
#include "lab-summary.h"
#include "ui-harness.h"

typedef struct
{
  LabTopology *topology;
  LabSession *session;
  LabHistory *history;
  LabSelection *selection;
  GtkWidget *window;
  GtkWidget *panel;
  GString *heard; /* signals */
} Fixture;

/* @n routers, each with a cable to the next. */
static char *
make_lab (guint n)
{
  GString *text = g_string_new ("{ \"format\": \"labwright\", \"version\": 1,"
                                "\"uuid\": \"01234567-89ab-cdef-0123-456789abcdef\","
                                "\"name\": \"Summary\", \"nodes\": [");

  for (guint i = 1; i <= n; i++)
    g_string_append_printf (text,
                            "%s{ \"name\": \"R%u\", \"id\": %u, \"kind\": \"iou\", \"x\": %u,"
                            "\"image\": { \"name\": \"l3\" }, \"ethernet\": 1,"
                            "\"start\": [\"hostname R%u\", \"ip address 10.0.%u.%u\"] }",
                            i > 1 ? "," : "", i, i, i * 100, i, i / 200, i % 200);
  g_string_append (text, "], \"links\": [");
  for (guint i = 1; i < n; i++)
    g_string_append_printf (text,
                            "%s{ \"a\": { \"node\": \"R%u\", \"port\": \"e0/1\" },"
                            "    \"b\": { \"node\": \"R%u\", \"port\": \"e0/0\" } }",
                            i > 1 ? "," : "", i, i + 1);
  g_string_append (text, "] }");

  return g_string_free (text, FALSE);
}

static void
set_up (Fixture *fixture, gconstpointer n)
{
  g_autofree char *text = make_lab (GPOINTER_TO_UINT (n));
  g_autoptr (GError) error = NULL;

  fixture->topology = lab_file_parse (text, strlen (text), "test", &error);
  g_assert_no_error (error);
  fixture->session = lab_session_new (fixture->topology, NULL);
  fixture->history = lab_session_get_history (fixture->session);
  fixture->selection = lab_selection_new (fixture->topology);
  fixture->heard = g_string_new (NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (fixture->window), "panel");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 300, 800);
}

static void
show (Fixture *fixture, GtkWidget *panel)
{
  fixture->panel = panel;
  gtk_window_set_child (GTK_WINDOW (fixture->window), panel);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_settle (300);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *panel = g_object_ref (fixture->panel);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle (50);
  g_assert_finalize_object (panel);
  g_object_unref (fixture->selection);
  g_object_unref (fixture->session);
  g_object_unref (fixture->topology);
  g_string_free (fixture->heard, TRUE);
}

static void
activate_node_cb (Fixture *fixture, LabNode *node)
{
  g_string_append_printf (fixture->heard, "console %s;", lab_node_get_name (node));
}

static void
reveal_cb (Fixture *fixture, GObject *item)
{
  g_autofree char *title = LAB_IS_LINK (item) ? lab_link_dup_title (LAB_LINK (item))
                                              : g_strdup (lab_node_get_name (LAB_NODE (item)));

  g_string_append_printf (fixture->heard, "reveal %s;", title);
}

static void
show_summary (Fixture *fixture)
{
  show (fixture, lab_summary_new (fixture->session, fixture->selection));
  g_signal_connect_swapped (fixture->panel, "activate-node", G_CALLBACK (activate_node_cb),
                            fixture);
  g_signal_connect_swapped (fixture->panel, "reveal", G_CALLBACK (reveal_cb), fixture);
}

static LabNode *
node (Fixture *fixture, const char *name)
{
  return lab_topology_find_node (fixture->topology, name);
}

static void
assert_heard (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->heard->str, ==, expected);
  g_string_truncate (fixture->heard, 0);
}

/* The bound row of an object, in the order of the screen. (nullable) */
static LabSummaryRow *
find_row (GtkWidget *root, gpointer object, LabSummaryKind kind)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      LabSummaryRow *found = NULL;

      if (LAB_IS_SUMMARY_ROW (child))
        {
          LabSummaryItem *item = lab_summary_row_get_item (LAB_SUMMARY_ROW (child));

          if (item != NULL && lab_summary_item_get_object (item) == object &&
              lab_summary_item_get_kind (item) == kind)
            return LAB_SUMMARY_ROW (child);
        }
      found = find_row (child, object, kind);
      if (found != NULL)
        return found;
    }

  return NULL;
}

/* By keyboard: into the tree, down, unfold, a link, its console. */
static void
test_keys (Fixture *fixture, gconstpointer unused)
{
  show_summary (fixture);
  lab_summary_focus_search (LAB_SUMMARY (fixture->panel));
  ui_key ("Down");
  ui_settle (100);
  g_assert_true (lab_selection_get_single (fixture->selection) == node (fixture, "R1"));
  ui_key ("Down");
  ui_settle (100);
  g_assert_true (lab_selection_get_single (fixture->selection) == node (fixture, "R2"));
  ui_key ("Return");
  ui_settle (100);
  assert_heard (fixture, "reveal R2;console R2;");
  ui_key ("Right");
  ui_settle (200);
  ui_shot ("summary-unfolded");
  ui_key ("Down");
  ui_key ("Down");
  ui_settle (100);
  g_assert_true (lab_selection_get_single (fixture->selection) ==
                 lab_topology_find_link (fixture->topology, "R2", "e0/0"));
  ui_key ("Return");
  ui_settle (100);
  assert_heard (fixture, "reveal R1 e0/1 – R2 e0/0;");
  ui_key ("Delete");
  ui_settle (200);
  g_assert_null (lab_topology_find_link (fixture->topology, "R2", "e0/0"));
  g_assert_true (lab_history_undo (fixture->history));
}

/* What is selected elsewhere is selected here, and seen. */
static void
test_selection (Fixture *fixture, gconstpointer unused)
{
  gpointer items[2];
  GtkWidget *list_item;

  show_summary (fixture);
  items[0] = node (fixture, "R3");
  items[1] = node (fixture, "R4");
  lab_selection_set (fixture->selection, items, 2);
  ui_settle (200);
  list_item =
      gtk_widget_get_parent (GTK_WIDGET (find_row (fixture->panel, items[1], LAB_SUMMARY_NODE)));
  g_assert_true ((gtk_widget_get_state_flags (list_item) & GTK_STATE_FLAG_SELECTED) != 0);
  lab_selection_clear (fixture->selection);
  ui_settle (200);
  g_assert_true ((gtk_widget_get_state_flags (list_item) & GTK_STATE_FLAG_SELECTED) == 0);
}

/* Each row can do what the menu can, for a screen reader, whatever is selected. */
static void
test_row_actions (Fixture *fixture, gconstpointer unused)
{
  LabSummaryRow *row;
  LabLink *link = lab_topology_find_link (fixture->topology, "R1", "e0/1");

  show_summary (fixture);
  row = find_row (fixture->panel, node (fixture, "R2"), LAB_SUMMARY_NODE);
  gtk_widget_activate_action (GTK_WIDGET (row), "summary.console", NULL);
  assert_heard (fixture, "console R2;");
  gtk_widget_activate_action (GTK_WIDGET (row), "summary.delete", NULL);
  g_assert_null (node (fixture, "R2"));
  g_assert_nonnull (node (fixture, "R1"));
  g_assert_true (lab_history_undo (fixture->history));

  lab_selection_set_single (fixture->selection, link);
  gtk_widget_activate_action (fixture->panel, "summary.toggle-plugged", NULL);
  g_assert_false (lab_link_get_plugged (link));
  gtk_widget_activate_action (fixture->panel, "summary.toggle-plugged", NULL);
  g_assert_true (lab_link_get_plugged (link));
}

static LabConnectDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (LAB_IS_CONNECT_DIALOG (window))
        return LAB_CONNECT_DIALOG (window); /* GTK keeps it */
    }

  return NULL;
}

/* R1's first free port to that of the first other device, by the dialog. */
static void
test_connect (Fixture *fixture, gconstpointer unused)
{
  show_summary (fixture);
  lab_selection_set_single (fixture->selection, node (fixture, "R1"));
  gtk_widget_activate_action (fixture->panel, "summary.connect", NULL);
  ui_settle (400);
  ui_shot ("summary-connect");
  g_assert_nonnull (find_dialog ());
  gtk_widget_activate_action (GTK_WIDGET (find_dialog ()), "connect.apply", NULL);
  ui_settle (300);
  g_assert_null (find_dialog ());
  g_assert_nonnull (lab_topology_find_link (fixture->topology, "R1", "e0/0"));
  g_assert_nonnull (lab_topology_find_link (fixture->topology, "R2", "e0/2"));
}

static void
test_rename (Fixture *fixture, gconstpointer unused)
{
  show_summary (fixture);
  lab_selection_set_single (fixture->selection, node (fixture, "R1"));
  gtk_widget_activate_action (fixture->panel, "summary.rename", NULL);
  ui_settle (400);
  ui_key ("ctrl+a");
  ui_type ("R2\n");
  ui_settle (300);
  ui_shot ("summary-rename-refused");
  g_assert_nonnull (node (fixture, "R1"));
  ui_key ("ctrl+a");
  ui_type ("Core\n");
  ui_settle (300);
  g_assert_nonnull (node (fixture, "Core"));
}

/* States of a thousand devices come and go; the tree is not made anew. */
static void
test_large (Fixture *fixture, gconstpointer unused)
{
  GListModel *nodes = lab_topology_get_nodes (fixture->topology);
  LabSummaryRow *row;

  show_summary (fixture);
  row = find_row (fixture->panel, node (fixture, "R5"), LAB_SUMMARY_NODE);
  g_assert_nonnull (row);
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) item = g_list_model_get_item (nodes, i);

      lab_node_set_run (item, i % 3 == 0 ? LAB_RUN_READY : LAB_RUN_BOOTING, NULL, FALSE);
    }
  ui_settle (200);
  ui_shot ("summary-large");
  g_assert_true (find_row (fixture->panel, node (fixture, "R5"), LAB_SUMMARY_NODE) == row);
  lab_selection_set_single (fixture->selection, node (fixture, "R900"));
  ui_settle (300);
  g_assert_nonnull (find_row (fixture->panel, node (fixture, "R900"), LAB_SUMMARY_NODE));
}

static void
test_search (Fixture *fixture, gconstpointer unused)
{
  show (fixture, lab_search_new (fixture->session, fixture->selection));
  g_signal_connect_swapped (fixture->panel, "reveal", G_CALLBACK (reveal_cb), fixture);
  lab_search_open (LAB_SEARCH (fixture->panel));
  ui_settle (200);
  ui_type ("10.0.0.3");
  ui_settle (500);
  ui_shot ("search");
  g_assert_true (lab_selection_get_single (fixture->selection) == node (fixture, "R3"));
  assert_heard (fixture, "reveal R3;");
  ui_key ("ctrl+a");
  ui_type ("R2 e0");
  ui_settle (500);
  g_string_truncate (fixture->heard, 0);
  ui_key ("Down");
  ui_settle (100);
  assert_heard (fixture, "reveal R2 e0/1 – R3 e0/0;");
  ui_key ("Escape");
  ui_settle (100);
  g_assert_false (gtk_widget_get_visible (fixture->panel));
}

static void
add_cb (Fixture *fixture, LabNodeTemplate *template, guint count)
{
  g_autoptr (GPtrArray) nodes = lab_add_nodes (fixture->session, template, count, 0, 500);

  g_string_append_printf (fixture->heard, "add %s %u;", lab_node_template_get_title (template),
                          nodes->len);
}

static void
test_dock (Fixture *fixture, gconstpointer unused)
{
  show (fixture, lab_dock_new (fixture->session));
  g_signal_connect_swapped (fixture->panel, "add", G_CALLBACK (add_cb), fixture);
  ui_settle (500);
  ui_shot ("dock");
  lab_dock_focus_search (LAB_DOCK (fixture->panel));
  ui_type ("hub");
  ui_settle (500);
  ui_key ("Return");
  ui_settle (200);
  assert_heard (fixture, "add Ethernet Hub 1;");
  g_assert_nonnull (node (fixture, "HUB1"));
  ui_key ("Down");
  ui_settle (100);
  ui_key ("Return");
  ui_settle (200);
  assert_heard (fixture, "add Ethernet Hub 1;");
  /* Beside the first, not on it. */
  g_assert_cmpfloat (lab_node_get_x (node (fixture, "HUB2")), >,
                     lab_node_get_x (node (fixture, "HUB1")) + 50);
  ui_key ("shift+Return");
  ui_settle (500);
  ui_shot ("dock-how-many");
  ui_key ("ctrl+a");
  ui_type ("12\n");
  ui_settle (500);
  assert_heard (fixture, "add Ethernet Hub 12;");
  g_assert_nonnull (node (fixture, "HUB14"));
  /* Twelve at once are one step. */
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_null (node (fixture, "HUB3"));
  g_assert_nonnull (node (fixture, "HUB2"));
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  ui_init_gtk ();

#define ADD(name, function, n)                                                                     \
  g_test_add ("/ui/summary/" name, Fixture, GUINT_TO_POINTER (n), set_up, function, tear_down)
  ADD ("keys", test_keys, 5);
  ADD ("selection", test_selection, 5);
  ADD ("row-actions", test_row_actions, 5);
  ADD ("connect", test_connect, 5);
  ADD ("rename", test_rename, 5);
  ADD ("large", test_large, 1000);
  ADD ("search", test_search, 5);
  ADD ("dock", test_dock, 5);

  return g_test_run ();
}

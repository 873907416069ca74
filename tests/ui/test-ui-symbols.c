/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialog with the symbols: a picture of one's own is added, and a device gets a symbol. */

#include "config.h"

#include <adwaita.h>

#include "lab-file.h"
#include "lab-symbol-dialog.h"
#include "lab-symbols.h"
#include "ui-harness.h"

static gboolean
window_is_there (gpointer title)
{
  int rectangle[4];

  return ui_find_window (title, rectangle);
}

static GtkWidget *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (LAB_IS_SYMBOL_DIALOG (window))
        return window;
    }

  return NULL;
}

static GtkWidget *
find_box (GtkWidget *widget)
{
  if (GTK_IS_FLOW_BOX (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *box = find_box (child);

      if (box != NULL)
        return box;
    }

  return NULL;
}

static guint
count_children (GtkWidget *box)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;

  return n;
}

typedef struct
{
  GtkWidget *box;
  guint n;
} Children;

static gboolean
has_children (gpointer data)
{
  const Children *children = data;

  return count_children (children->box) == children->n;
}

static gboolean
has_own (gpointer data)
{
  return lab_symbols_has ("modem");
}

static void
test_dialog (void)
{
  g_autofree char *sample = ui_sample ("two-hosts.lab", "two-hosts.lab");
  g_autofree char *picture = ui_path ("modem.svg");
  g_autoptr (GError) error = NULL;
  LabTopology *topology = lab_file_load (sample, &error);
  g_autoptr (LabSession) session = lab_session_new (topology, sample);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  GtkWidget *window = gtk_window_new ();
  LabNode *node = lab_topology_find_node (topology, "PC1");
  GtkFlowBoxChild *child;
  Children own;
  GtkWidget *box;
  guint before;

  g_assert_no_error (error);
  g_assert_true (
      g_file_set_contents (picture,
                           "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>"
                           "<rect width='40' height='20' rx='6' fill='#c061cb'/></svg>",
                           -1, NULL));
  g_ptr_array_add (nodes, node);
  gtk_window_set_title (GTK_WINDOW (window), "Parent");
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (ui_wait (window_is_there, (gpointer) "Parent", 5000));
  lab_symbol_dialog_present (GTK_WINDOW (window), session, nodes);
  g_assert_true (ui_wait (window_is_there, (gpointer) "Change Symbol", 5000));
  ui_settle (300);
  box = find_box (find_dialog ());
  before = count_children (box);
  g_assert_cmpuint (before, >=, 16);

  g_assert_true (gtk_widget_activate_action (find_dialog (), "symbol.add", NULL));
  ui_choose_path (picture);
  g_assert_true (ui_wait (has_own, NULL, 5000));
  own.box = box;
  own.n = before + 1;
  g_assert_true (ui_wait (has_children, &own, 5000));
  ui_shot ("symbols");

  child = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (box), (int) before);
  g_signal_emit_by_name (box, "child-activated", child);
  ui_settle (100);
  g_assert_cmpstr (lab_node_get_symbol (node), ==, "modem");
  g_assert_cmpstr (lab_symbols_for_node (node), ==, "modem");
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle (50);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  ui_init_gtk ();

  g_test_add_func ("/ui/symbols/dialog", test_dialog);

  return g_test_run ();
}

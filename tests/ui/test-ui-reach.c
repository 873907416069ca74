/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The summary for somebody who sees nothing of the window: only by what the accessibility tree
 * offers, its actions, and keys. No pointer. */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "ui-hand.h"

#define WAIT_MS 60000

typedef struct
{
  const char *name;
  const char *action; /* (nullable): it only has to be there */
  gboolean expander;  /* the action is that of the row's expander */
} Order;

/* A row of the tree: what it says of itself begins with its name. (nullable) */
static AtspiAccessible *
find_row (const char *name)
{
  g_autoptr (AtspiAccessible) list = ui_tree_find ("list", "Devices and links", 0);

  return list != NULL ? ui_tree_find_below (list, "panel", name) : NULL;
}

static gboolean
is_done (gpointer data)
{
  Order *order = data;
  g_autoptr (AtspiAccessible) row = find_row (order->name);
  g_autoptr (AtspiAccessible) expander = NULL;

  if (row == NULL || order->action == NULL)
    return row != NULL;
  if (!order->expander)
    return ui_tree_act (row, order->action);
  expander = atspi_accessible_get_child_at_index (row, 0, NULL);

  return expander != NULL && ui_tree_act (expander, order->action);
}

static gboolean
row_is_gone (gpointer name)
{
  g_autoptr (AtspiAccessible) row = find_row (name);

  return row == NULL;
}

static void
act (const char *name, const char *action)
{
  Order order = { name, action, FALSE };

  g_test_message ("%s: %s", name, action != NULL ? action : "there");
  if (!ui_wait (is_done, &order, WAIT_MS))
    {
      ui_tree_dump ();
      ui_shot ("reach-failed");
      g_error ("no row “%s”; see shots/reach-failed.png", name);
    }
}

static void
expand (const char *name)
{
  Order order = { name, "listitem.expand", TRUE };

  g_test_message ("%s: expand", name);
  g_assert_true (ui_wait (is_done, &order, WAIT_MS));
}

static void
press (const char *role, const char *name)
{
  g_autoptr (AtspiAccessible) button = ui_tree_find (role, name, WAIT_MS);

  g_assert_nonnull (button);
  g_assert_true (ui_tree_act (button, "click"));
}

/* Every node, link and port has a row. */
static void
reach_all (void)
{
  act ("PC1, Host", NULL);
  act ("PC2, Host", NULL);
  expand ("PC1, ");
  act ("PC1 e0/0 to PC2 e0/0", NULL);
  act ("Console of PC1", NULL);
  expand ("3 free ports of PC1");
  act ("PC1 e0/1, free port", NULL);
  act ("PC1 e0/2, free port", NULL);
  act ("PC1 e0/3, free port", NULL);
}

static void
start_and_stop (const char *path)
{
  act ("PC1, ", "summary.start");
  act ("PC1, Host, Running", NULL);
  g_assert_cmpint (ui_hand_pid (path, "PC1"), >, 0);
  act ("PC1, ", "summary.stop");
  act ("PC1, Host, Stopped", NULL);
  g_assert_cmpint (ui_hand_pid (path, "PC1"), ==, 0);
}

/* A second cable from a port; the dialog has chosen the rest, Enter connects. */
static void
cable (void)
{
  act ("PC1 e0/1, free port", "summary.connect");
  ui_hand_wait_title ("Connect");
  ui_settle (200);
  ui_key ("Return");
  ui_hand_wait_no_title ("Connect");
  act ("PC1 e0/1 to PC2 e0/1", NULL);
  ui_hand_wait_node ("PC2", "2 links");
}

static void delete (void)
{
  act ("PC1 e0/1 to PC2 e0/1", "summary.delete");
  ui_hand_wait_node ("PC2", "1 link");
  act ("PC2, ", "summary.delete");
  ui_hand_wait_node ("PC2", NULL);
  g_assert_true (ui_wait (row_is_gone, (gpointer) "PC2, ", WAIT_MS));
  act ("PC1, Host, Stopped, 0 links", NULL);
}

static void
test_summary (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "summary.lab");
  UiApp app = { 0 };

  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC1", "1 link");
  press ("page tab", "Summary");
  reach_all ();
  start_and_stop (path);
  cable ();
  delete ();
  ui_shot ("reach");
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
  ui_hand_end_labs ();
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/reach/summary", test_summary);

  return g_test_run ();
}

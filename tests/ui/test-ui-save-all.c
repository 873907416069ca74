/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices are told to save by the window: all of them by key, one that cannot is told again, and
 * those selected by their menu. What their NVRAM holds afterwards is asked of labctl. */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "ui-hand.h"

#define TITLE "Save Configurations"

static gboolean
routers_can_run (void)
{
  return g_file_test ("/usr/lib/frr/zebra", G_FILE_TEST_IS_EXECUTABLE) &&
         access ("/dev/net/tun", R_OK | W_OK) == 0;
}

/* Two hosts, and a router if it can run here. (transfer full) */
static char *
write_lab (const char *name, const char *uuid)
{
  char *path = ui_path (name);
  g_autoptr (GString) lab = g_string_new (NULL);

  g_string_printf (
      lab,
      "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"%s\", \"name\": \"Saving\", "
      "\"links\": [], \"drawings\": [], \"nodes\": ["
      "{ \"name\": \"PC1\", \"id\": 1, \"kind\": \"iou\", \"x\": 0, \"y\": 0, "
      "\"image\": { \"name\": \"labwright-pc\" } }, "
      "{ \"name\": \"PC2\", \"id\": 2, \"kind\": \"iou\", \"x\": 200, \"y\": 0, "
      "\"image\": { \"name\": \"labwright-pc\" } }",
      uuid);
  if (routers_can_run ())
    g_string_append (lab, ", { \"name\": \"R1\", \"id\": 3, \"kind\": \"iou\", \"x\": 400, "
                          "\"y\": 0, \"image\": { \"name\": \"labwright-router\" }, "
                          "\"ethernet\": 1, \"start\": [\"hostname %h\"] }");
  g_string_append (lab, "] }");
  g_assert_true (g_file_set_contents (path, lab->str, -1, NULL));
  return path;
}

static void
run_labctl (const char *verb, const char *path, const char *node, const char *text)
{
  int code;
  g_autofree char *out = ui_labctl (&code, verb, path, node, text, NULL);

  g_assert_cmpint (code, ==, 0);
}

static gboolean
has_saved (const char *path, const char *node, const char *text)
{
  g_autofree char *all = ui_labctl (NULL, "config", "show", path, node, NULL);

  return strstr (all, text) != NULL;
}

static guint
count_entries (const char *path, const char *node)
{
  g_autofree char *json = ui_labctl (NULL, "config", "list", path, node, "--json", NULL);
  guint n = 0;

  for (const char *at = json; (at = strstr (at, "\"entry\"")) != NULL; at++)
    n++;
  return n;
}

static void
press (const char *name)
{
  ui_hand_wait_control ("push button", name);
  ui_tree_click (TITLE, "push button", name);
}

static void
close_window (void)
{
  ui_key ("Escape");
  ui_hand_wait_no_title (TITLE);
}

static void
end (UiApp *app)
{
  ui_app_kill (app, SIGTERM);
  g_assert_true (ui_app_wait_exit (app, 10000));
  ui_hand_end_labs ();
}

static void
test_all (void)
{
  g_autofree char *path = write_lab ("all.lab", "51234567-89ab-4def-8123-456789abcdef");
  gboolean router = routers_can_run ();
  UiApp app = { 0 };

  g_free (ui_labctl (NULL, "start", path, "--wait", NULL));
  run_labctl ("send", path, "PC1", "set pcname one");
  run_labctl ("send", path, "PC2", "set pcname two");
  if (router)
    {
      /* Left in a configuration mode, where nothing can be saved. */
      run_labctl ("send", path, "R1", "configure terminal");
      run_labctl ("send", path, "R1", "interface lo");
      run_labctl ("send", path, "R1", "description three");
    }
  run_labctl ("freeze", path, "PC2", NULL);
  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC2", "Frozen");
  ui_hand_wait_node ("PC1", "Running");

  ui_key ("ctrl+shift+m");
  ui_hand_wait_title (TITLE);
  ui_hand_wait_control ("push button", "Try Again");
  ui_hand_wait_control (NULL, "1 device has not saved its configuration.");
  ui_hand_wait_control (NULL, "It is frozen. Let it go on, then try again.");
  ui_settle (500);
  ui_shot ("save-all-failed");
  g_assert_true (has_saved (path, "PC1", "set pcname one"));
  g_assert_cmpuint (count_entries (path, "PC1"), ==, 1);
  g_assert_cmpuint (count_entries (path, "PC2"), ==, 0);
  if (router)
    {
      g_assert_true (has_saved (path, "R1", "description three"));
      g_assert_cmpuint (count_entries (path, "R1"), ==, 1);
    }

  /* Only the one that failed is told again. */
  run_labctl ("send", path, "PC1", "set pcname later");
  run_labctl ("thaw", path, "PC2", NULL);
  ui_hand_wait_node ("PC2", "Running");
  press ("Try Again");
  ui_hand_wait_control (NULL, router ? "3 devices have saved their configurations."
                                     : "2 devices have saved their configurations.");
  ui_settle (500);
  ui_shot ("save-all-done");
  g_assert_null (ui_tree_find ("push button", "Try Again", 0));
  g_assert_true (has_saved (path, "PC2", "set pcname two"));
  g_assert_cmpuint (count_entries (path, "PC2"), ==, 1);
  g_assert_cmpuint (count_entries (path, "PC1"), ==, 1);
  close_window ();
  end (&app);
}

/* From the menu of a device: the others are left alone. */
static void
test_selected (void)
{
  g_autofree char *path = write_lab ("one.lab", "61234567-89ab-4def-8123-456789abcdef");
  g_autoptr (AtspiAccessible) item = NULL;
  UiApp app = { 0 };

  g_free (ui_labctl (NULL, "start", path, "PC1", "PC2", "--wait", NULL));
  run_labctl ("send", path, "PC1", "set pcname one");
  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC1", "Running");
  ui_hand_click_node ("PC1");
  ui_key ("Menu");
  item = ui_tree_find ("menu item", "Save Configuration", 10000);
  g_assert_nonnull (item);
  for (guint i = 0; i < 20 && !ui_tree_has_state (item, ATSPI_STATE_FOCUSED); i++)
    {
      ui_key ("Down");
      ui_settle (150);
    }
  g_assert_true (ui_tree_has_state (item, ATSPI_STATE_FOCUSED));
  ui_shot ("save-menu");
  ui_key ("Return");
  ui_hand_wait_title (TITLE);
  ui_hand_wait_control (NULL, "1 device has saved its configuration.");
  g_assert_true (has_saved (path, "PC1", "set pcname one"));
  g_assert_cmpuint (count_entries (path, "PC2"), ==, 0);
  close_window ();
  end (&app);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/save-all/all", test_all);
  g_test_add_func ("/ui/save-all/selected", test_selected);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices are told to save by the window: all of them by key, one that cannot is told again, and
 * those selected by their menu. What their NVRAM holds afterwards is asked of labctl. */

#include "config.h"

#include "ui-saved.h"

#define TITLE "Save Configurations"

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
  g_autofree char *path = ui_saved_write_lab ("all.lab", "51234567-89ab-4def-8123-456789abcdef");
  gboolean router = ui_saved_has_router ();
  UiApp app = { 0 };

  g_free (ui_labctl (NULL, "start", path, "--wait", NULL));
  ui_saved_run ("send", path, "PC1", "set pcname one", NULL);
  ui_saved_run ("send", path, "PC2", "set pcname two", NULL);
  if (router)
    {
      /* Left in a configuration mode, where nothing can be saved. */
      ui_saved_run ("send", path, "R1", "configure terminal", NULL);
      ui_saved_run ("send", path, "R1", "interface lo", NULL);
      ui_saved_run ("send", path, "R1", "description three", NULL);
    }
  ui_saved_run ("freeze", path, "PC2", NULL);
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
  g_assert_true (ui_saved_has (path, "PC1", "set pcname one"));
  g_assert_cmpuint (ui_saved_count (path, "PC1"), ==, 1);
  g_assert_cmpuint (ui_saved_count (path, "PC2"), ==, 0);
  if (router)
    {
      g_assert_true (ui_saved_has (path, "R1", "description three"));
      g_assert_cmpuint (ui_saved_count (path, "R1"), ==, 1);
    }

  /* Only the one that failed is told again. */
  ui_saved_run ("send", path, "PC1", "set pcname later", NULL);
  ui_saved_run ("thaw", path, "PC2", NULL);
  ui_hand_wait_node ("PC2", "Running");
  press ("Try Again");
  ui_hand_wait_control (NULL, router ? "4 devices have saved their configurations."
                                     : "3 devices have saved their configurations.");
  ui_settle (500);
  ui_shot ("save-all-done");
  g_assert_null (ui_tree_find ("push button", "Try Again", 0));
  g_assert_true (ui_saved_has (path, "PC2", "set pcname two"));
  g_assert_cmpuint (ui_saved_count (path, "PC2"), ==, 1);
  g_assert_cmpuint (ui_saved_count (path, "PC1"), ==, 1);
  close_window ();
  end (&app);
}

/* From the menu of a device: the others are left alone. */
static void
test_selected (void)
{
  g_autofree char *path = ui_saved_write_lab ("one.lab", "61234567-89ab-4def-8123-456789abcdef");
  UiApp app = { 0 };

  g_free (ui_labctl (NULL, "start", path, "PC1", "PC2", "--wait", NULL));
  ui_saved_run ("send", path, "PC1", "set pcname one", NULL);
  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC1", "Running");
  ui_hand_click_node ("PC1");
  ui_key ("Menu");
  ui_settle (500);
  ui_shot ("save-menu");
  ui_saved_choose ("Save Configuration");
  ui_hand_wait_title (TITLE);
  ui_hand_wait_control (NULL, "1 device has saved its configuration.");
  g_assert_true (ui_saved_has (path, "PC1", "set pcname one"));
  g_assert_cmpuint (ui_saved_count (path, "PC2"), ==, 0);
  close_window ();
  end (&app);
}

static gboolean
nothing_runs (gpointer path)
{
  return ui_hand_pid (path, "PC1") == 0 && ui_hand_pid (path, "PC2") == 0;
}

/* Closing the window: who cannot save holds it up, until the user thinks otherwise. */
static void
test_close (void)
{
  g_autofree char *path = ui_saved_write_lab ("close.lab", "b1234567-89ab-4def-8123-456789abcdef");
  UiApp app = { 0 };

  ui_saved_run ("start", path, "PC1", "PC2", "--wait", NULL);
  ui_saved_run ("send", path, "PC1", "set pcname one", NULL);
  ui_saved_run ("freeze", path, "PC2", NULL);
  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC2", "Frozen");
  ui_key ("ctrl+q");
  ui_hand_wait_control (NULL, "Save their configurations before stopping");
  ui_key ("alt+f");
  ui_settle (500);
  ui_shot ("save-close-ask");
  ui_key ("alt+s");
  ui_hand_wait_title (TITLE);
  ui_hand_wait_control ("push button", "Stop Anyway");
  ui_settle (500);
  ui_shot ("save-close-failed");
  g_assert_true (ui_saved_has (path, "PC1", "set pcname one"));
  g_assert_cmpint (ui_hand_pid (path, "PC1"), >, 0);
  g_assert_true (ui_app_is_alive (&app));

  ui_saved_run ("thaw", path, "PC2", NULL);
  press ("Try Again");
  g_assert_true (ui_app_wait_exit (&app, 60000));
  g_assert_true (ui_wait (nothing_runs, path, 20000));
  g_assert_cmpuint (ui_saved_count (path, "PC2"), ==, 1);
  ui_hand_end_labs ();
}

static void
stop_all (const char *path, const char *text)
{
  ui_key ("ctrl+e");
  ui_hand_wait_node ("PC1", "Stopped");
  ui_hand_wait_node ("PC2", "Stopped");
  g_assert_true (ui_saved_has (path, "PC1", text));
}

/* Stopping all asks as closing does; the answer may be for ever. */
static void
test_stop (void)
{
  g_autofree char *path = ui_saved_write_lab ("stop.lab", "d1234567-89ab-4def-8123-456789abcdef");
  UiApp app = { 0 };

  ui_saved_run ("start", path, "PC1", "PC2", "--wait", NULL);
  ui_saved_run ("send", path, "PC1", "set pcname one", NULL);
  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC2", "Running");
  ui_key ("ctrl+e");
  ui_hand_wait_control (NULL, "2 devices are running. What they have not saved is lost");
  ui_settle (500);
  ui_shot ("save-stop-ask");
  ui_key ("Escape");
  ui_settle (1000);
  ui_hand_wait_node ("PC1", "Running");
  g_assert_cmpuint (ui_saved_count (path, "PC1"), ==, 0);

  ui_key ("ctrl+e");
  ui_hand_wait_control (NULL, "Save their configurations before stopping");
  ui_settle (500);
  ui_key ("alt+f");
  ui_key ("alt+o");
  ui_key ("alt+s");
  ui_hand_wait_node ("PC1", "Stopped");
  ui_hand_wait_node ("PC2", "Stopped");
  g_assert_true (ui_saved_has (path, "PC1", "set pcname one"));
  ui_hand_wait_no_title (TITLE);

  ui_saved_run ("start", path, "PC1", "PC2", "--wait", NULL);
  ui_saved_run ("send", path, "PC1", "set pcname two", NULL);
  ui_hand_wait_node ("PC2", "Running");
  stop_all (path, "set pcname two");
  end (&app);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/save-all/all", test_all);
  g_test_add_func ("/ui/save-all/selected", test_selected);
  g_test_add_func ("/ui/save-all/close", test_close);
  g_test_add_func ("/ui/save-all/stop", test_stop);

  return g_test_run ();
}

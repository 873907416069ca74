/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kill -9: of the window with unsaved changes, and of the engine under the window. */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "ui-hand.h"

#define WAIT_MS 60000

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
start_devices (UiApp *app, const char *path, int pids[2])
{
  ui_hand_start (app, path);
  ui_hand_wait_node ("PC1", "1 link");
  ui_key ("ctrl+F8");
  ui_key ("ctrl+b");
  ui_hand_wait_node ("PC1", "Running");
  ui_hand_wait_node ("PC2", "Running");
  pids[0] = ui_hand_pid (path, "PC1");
  pids[1] = ui_hand_pid (path, "PC2");
  g_assert_cmpint (pids[0], >, 0);
  g_assert_cmpint (pids[1], >, 0);
}

static void
assert_same_pids (const char *path, const int pids[2])
{
  g_assert_cmpint (ui_hand_pid (path, "PC1"), ==, pids[0]);
  g_assert_cmpint (ui_hand_pid (path, "PC2"), ==, pids[1]);
}

/* --- the window --- */

/* The recovery copy. (transfer full) (nullable): there is none. */
static char *
read_copy (void)
{
  g_autofree char *folder = ui_path ("s/recovery");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *text = NULL;

      if (g_str_has_suffix (name, ".lab") && g_file_get_contents (path, &text, NULL, NULL))
        return text;
    }

  return NULL;
}

/* @data: the name of the last thing that was done */
static gboolean
copy_holds (gpointer data)
{
  g_autofree char *text = read_copy ();

  return text != NULL && strstr (text, data) != NULL;
}

static gboolean
copy_is_gone (gpointer unused)
{
  g_autofree char *text = read_copy ();

  return text == NULL;
}

/* What the window shows and no file holds. */
static void
edit_unsaved (void)
{
  ui_hand_drop ("PC", 700, 600);
  ui_hand_wait_node ("PC3", "no links");
  ui_hand_cable ("PC3", "PC1");
  ui_hand_wait_node ("PC3", "1 link");
  ui_hand_click_node ("PC2");
  ui_key ("F2");
  ui_settle (200);
  ui_key ("ctrl+a");
  ui_type ("Unsaved\n");
  ui_hand_wait_node ("Unsaved", "Running");
  g_assert_true (ui_wait (copy_holds, (gpointer) "\"Unsaved\"", WAIT_MS));
}

static void
test_window (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "killed.lab");
  g_autofree char *before = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *saved = NULL;
  UiApp app = { 0 };
  int pids[2];

  start_devices (&app, path, pids);
  edit_unsaved ();
  /* A renamed device is the same process. */
  g_assert_cmpint (ui_hand_pid (NULL, "Unsaved"), ==, pids[1]);
  before = read_file (path);
  g_assert_null (strstr (before, "Unsaved"));
  copy = read_copy ();
  ui_app_kill (&app, SIGKILL);
  g_assert_true (ui_app_wait_exit (&app, 5000));
  g_assert_cmpint (app.code, ==, -SIGKILL);
  g_assert_cmpint (ui_hand_pid (NULL, "Unsaved"), ==, pids[1]);

  ui_hand_start (&app, path);
  ui_hand_wait_control ("push button", "Restore");
  ui_shot ("kill-restore");
  ui_hand_press_until ("Restore", "Unsaved");
  ui_hand_wait_node ("Unsaved", "Running");
  ui_hand_wait_node ("PC3", "1 link: e0/0 to PC1 e0/1");
  g_assert_cmpint (ui_hand_pid (NULL, "PC1"), ==, pids[0]);
  g_assert_cmpint (ui_hand_pid (NULL, "Unsaved"), ==, pids[1]);

  /* What is saved now is what the window held. */
  ui_hand_wait_title ("(edited)");
  ui_key ("ctrl+F8");
  ui_key ("ctrl+s");
  ui_hand_wait_no_title ("(edited)");
  saved = read_file (path);
  g_assert_nonnull (strstr (saved, "\"Unsaved\""));
  g_assert_cmpstr (saved, ==, copy);
  g_assert_true (ui_wait (copy_is_gone, NULL, WAIT_MS));
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
  ui_hand_end_labs ();
}

/* --- the engine --- */

static void
test_engine (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "lost.lab");
  UiApp app = { 0 };
  int pids[2];

  start_devices (&app, path, pids);
  ui_hand_open_console ("PC1");
  ui_hand_wait_console ("PC1>");
  ui_type ("ip 10.9.9.9/24\nsave\n");
  ui_hand_wait_console ("PC1> save");
  ui_settle (300);
  assert_same_pids (path, pids);
  g_assert_cmpint (kill (ui_hand_engine_pid (path), SIGKILL), ==, 0);
  ui_hand_wait_control ("push button", "Bring the Lab Back");
  ui_shot ("kill-engine");
  /* What slides in may still move. */
  ui_settle (1000);
  ui_hand_click ("push button", "Bring the Lab Back");
  ui_hand_wait_node ("PC1", "Running");
  ui_hand_wait_node ("PC2", "Running");
  g_assert_cmpint (ui_hand_pid (path, "PC1"), >, 0);
  g_assert_cmpint (ui_hand_pid (path, "PC1"), !=, pids[0]);
  ui_hand_open_console ("PC1");
  ui_hand_ask_console ("show ip", "10.9.9.9");
  ui_shot ("kill-back");
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
  ui_hand_end_labs ();
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/kill/window", test_window);
  g_test_add_func ("/ui/kill/engine", test_engine);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of the program for people to look at: build/tests/ui/shots/shot-*.png. Each also has to
 * show something: colours, and what it is about in the accessibility tree. */

#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "ui-hand.h"

/* A picture without these many colours is empty or half drawn. */
#define COLOURS 60

static void
shoot (const char *name)
{
  ui_settle (600);
  ui_shot (name);
  g_assert_cmpuint (ui_count_colours (0, 0, UI_WIDTH, UI_HEIGHT), >, COLOURS);
}

/* Reading a console has left all of it selected. */
static void
tidy_up (const char *console)
{
  ui_hand_click (NULL, console);
  ui_move (UI_WIDTH / 2, 4);
}

static void
end (UiApp *app)
{
  ui_app_kill (app, SIGTERM);
  g_assert_true (ui_app_wait_exit (app, 60000));
  ui_hand_end_labs ();
}

static void
test_start (void)
{
  UiApp app = { 0 };

  ui_hand_start (&app, NULL);
  ui_hand_wait_control ("table cell", "Campus");
  shoot ("shot-start");
  end (&app);
}

/* Something is said at both consoles, and there is traffic. */
static void
run_campus (void)
{
  ui_key ("ctrl+F8");
  ui_key ("ctrl+b");
  ui_hand_wait_node ("PC1", "Running");
  ui_hand_wait_node ("PC8", "Running");
  ui_hand_wait_control ("label", "8 of 8 running");
  ui_hand_open_console ("PC4");
  ui_hand_wait_console ("PC4>");
  ui_type ("show ip\n");
  ui_hand_open_console ("PC1");
  ui_hand_wait_console ("PC1>");
  ui_type ("ping 10.0.10.4 -c 5\n");
  ui_hand_wait_console ("icmp_seq=5");
}

static void
test_campus (void)
{
  g_autofree char *path = ui_sample ("campus.lab", "campus.lab");
  UiApp app = { 0 };

  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC1", "1 link");
  run_campus ();
  ui_hand_wait_control ("label", "PC4");
  tidy_up ("Console of PC1");
  shoot ("shot-campus");

  ui_key ("F8");
  ui_hand_click_node ("PC1");
  ui_hand_wait_control (NULL, "Start configuration");
  ui_move (UI_WIDTH / 2, 4);
  shoot ("shot-inspector");
  end (&app);
}

static void
test_link (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "link.lab");
  UiApp app = { 0 };
  int from[2];
  int to[2];

  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC1", "1 link");
  ui_hand_drop ("Ethernet Switch", 760, 600);
  ui_hand_wait_node ("SW1", "no links");
  ui_hand_place ("SW1", &to[0], &to[1]);
  ui_hand_find_handle ("PC2", &from[0], &from[1]);
  ui_press (1);
  ui_move (from[0] - 40, from[1] + 60);
  ui_move (to[0] + 80, to[1] - 60);
  ui_move (to[0] + 5, to[1] + 2);
  shoot ("shot-link");
  ui_release (1);
  ui_hand_wait_node ("SW1", "1 link: e0 to PC2 e0/1");
  end (&app);
}

static void
test_dark (void)
{
  g_autofree char *path = ui_sample ("campus.lab", "dark.lab");
  g_autofree char *folder = ui_path ("config/glib-2.0/settings");
  g_autofree char *settings = g_build_filename (folder, "keyfile", NULL);
  UiApp app = { 0 };

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (
      g_file_set_contents (settings, "[io/github/labwright/Labwright]\nstyle='dark'\n", -1, NULL));
  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC1", "1 link");
  run_campus ();
  ui_hand_click_node ("SW2");
  ui_hand_wait_control (NULL, "VLANs");
  tidy_up ("Console of PC1");
  shoot ("shot-dark");
  /* Dark it is: the header bar. */
  g_assert_cmphex (ui_pixel (UI_WIDTH / 3, 30) & 0xff, <, 0x60);
  end (&app);
  g_assert_cmpint (remove (settings), ==, 0);
}

static void
test_many (void)
{
  g_autofree char *path = ui_make_lab (300, "many.lab");
  UiApp app = { 0 };

  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC300", "1 link");
  ui_key ("ctrl+F8");
  ui_key ("ctrl+1");
  shoot ("shot-many-fitted");
  ui_key ("ctrl+0");
  shoot ("shot-many-zoomed");
  end (&app);
}

static void
test_error (void)
{
  g_autofree char *path = ui_path ("broken.lab");
  UiApp app = { 0 };

  g_assert_true (g_file_set_contents (path, "{ \"format\": \"labwright\", ", -1, NULL));
  ui_hand_start (&app, path);
  ui_hand_wait_control ("push button", "Details");
  shoot ("shot-error");
  end (&app);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/shots/start", test_start);
  g_test_add_func ("/ui/shots/campus", test_campus);
  g_test_add_func ("/ui/shots/link", test_link);
  g_test_add_func ("/ui/shots/dark", test_dark);
  g_test_add_func ("/ui/shots/many", test_many);
  g_test_add_func ("/ui/shots/error", test_error);

  return g_test_run ();
}

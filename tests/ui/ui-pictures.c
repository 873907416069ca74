/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes the pictures of the README and of software centres (data/screenshots/): the program on its
 * sample labs, on a screen of their size. `make pictures` runs it and puts them there. */

#include "config.h"

#include <signal.h>
#include <stdio.h>

#include "ui-hand.h"

#define WIDTH  1440
#define HEIGHT 900
#define SCREEN "1440x900"

/* Over the titles of the properties, where the wheel turns nothing but the page. */
#define TITLES_X (WIDTH - 290)
#define STEPS    6

/* In a folder as people have one. (transfer full) */
static char *
put_sample (const char *name)
{
  g_autofree char *folder = ui_path ("home/Labs");
  g_autofree char *place = g_build_filename ("home", "Labs", name, NULL);

  g_mkdir_with_parents (folder, 0700);
  return ui_sample (name, place);
}

static void
start (UiApp *app, const char *path, const char *title)
{
  const char *args[] = { path, NULL };

  ui_app_start (app, args);
  ui_app_wait_window (app, title);
  ui_place_window (title, 0, 0, WIDTH, HEIGHT);
  ui_raise_window (title);
  ui_settle (1000);
}

static void
end (UiApp *app)
{
  ui_app_kill (app, SIGTERM);
  g_assert_true (ui_app_wait_exit (app, 60000));
  ui_hand_end_labs ();
}

/* Reading a console has left all of it selected, and the pointer shows tooltips. */
static void
shoot (const char *console, const char *name)
{
  if (console != NULL)
    ui_hand_click (NULL, console);
  ui_move (WIDTH / 2, 4);
  ui_settle (1500);
  ui_shot (name);
}

static void
take_routers (void)
{
  g_autofree char *path = put_sample ("ospf-areas.lab");
  UiApp app = { 0 };

  start (&app, path, "OSPF areas");
  ui_hand_wait_node ("R1", "3 links");
  ui_key ("ctrl+b");
  ui_hand_wait_control ("label", "10 of 10 running");
  ui_hand_click_node ("R2");
  ui_hand_wait_control (NULL, "Start configuration");
  ui_wheel (TITLES_X, HEIGHT - 200, STEPS);
  /* Until all neighbours are there. */
  ui_settle (30000);
  shoot (NULL, "configuration");
  ui_hand_open_console ("PC5");
  ui_hand_wait_console ("PC5>");
  ui_hand_open_console ("R2");
  ui_hand_ask_console ("show ip ospf neighbor", "10.255.0.5");
  shoot ("Console of R2", "running");
  end (&app);
}

static void
take_campus (void)
{
  g_autofree char *path = put_sample ("campus.lab");
  g_autofree char *folder = ui_path ("config/glib-2.0/settings");
  g_autofree char *settings = g_build_filename (folder, "keyfile", NULL);
  UiApp app = { 0 };

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (
      g_file_set_contents (settings, "[io/github/labwright/Labwright]\nstyle='dark'\n", -1, NULL));
  start (&app, path, "Campus");
  ui_key ("ctrl+b");
  ui_hand_wait_control ("label", "8 of 8 running");
  ui_hand_open_console ("PC1");
  ui_hand_wait_console ("PC1>");
  ui_type ("ping 10.0.10.4 -c 5\n");
  ui_hand_wait_console ("icmp_seq=5");
  shoot ("Console of PC1", "dark");
  end (&app);
  g_assert_cmpint (remove (settings), ==, 0);
}

static void
take_many (void)
{
  g_autofree char *folder = ui_path ("home/Labs");
  g_autofree char *path = NULL;
  UiApp app = { 0 };

  g_mkdir_with_parents (folder, 0700);
  path = ui_make_lab (300, "home/Labs/300-hosts.lab");
  start (&app, path, "300 hosts");
  ui_hand_wait_node ("PC300", "1 link");
  ui_key ("F9");
  ui_key ("ctrl+1");
  ui_key ("ctrl+b");
  ui_hand_wait_control ("label", "300 of 300 running");
  shoot (NULL, "large");
  end (&app);
}

int
main (int argc, char *argv[])
{
  g_setenv ("LABWRIGHT_UI_SCREEN", SCREEN, TRUE);
  ui_init (&argc, &argv);

  g_test_add_func ("/pictures/routers", take_routers);
  g_test_add_func ("/pictures/campus", take_campus);
  g_test_add_func ("/pictures/many", take_many);

  return g_test_run ();
}

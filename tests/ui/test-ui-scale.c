/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window at 200 %, on a screen of twice as many pixels. */

#include "config.h"

#include <signal.h>

#include "ui-hand.h"

static void
test_scale (void)
{
  g_autofree char *path = ui_sample ("campus.lab", "campus.lab");
  UiApp app = { 0 };
  int rectangle[4];

  ui_app_start (&app, (const char *[]){ path, NULL });
  ui_app_wait_window (&app, "Campus");
  ui_place_window ("Campus", 0, 0, 2 * UI_WIDTH, 2 * UI_HEIGHT);
  ui_hand_wait_node ("PC1", "1 link");
  ui_move (2 * UI_WIDTH - 600, 8);
  ui_settle (1500);
  ui_shot ("shot-scale");
  g_assert_true (ui_find_window ("Campus", rectangle));
  g_assert_cmpint (rectangle[2], >, UI_WIDTH * 3 / 2);
  g_assert_cmpuint (ui_count_colours (0, 0, 2 * UI_WIDTH, 2 * UI_HEIGHT), >, 60);
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
  ui_hand_end_labs ();
}

int
main (int argc, char *argv[])
{
  g_setenv ("LABWRIGHT_UI_SCREEN", "3200x2000", TRUE);
  g_setenv ("GDK_SCALE", "2", TRUE);
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/scale/double", test_scale);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program starts, shows itself on the screen and in the accessibility tree, and ends. */

#include "config.h"

#include <signal.h>

#include "ui-app.h"

static void
test_start (void)
{
  UiApp app = { 0 };
  g_autoptr (AtspiAccessible) frame = NULL;

  ui_app_start (&app, NULL);
  frame = ui_tree_find ("frame", NULL, 20000);
  g_assert_nonnull (frame);
  ui_shot ("start");
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 5000));
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/app/start", test_start);

  return g_test_run ();
}

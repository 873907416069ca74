/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A lab whose images are not here: its devices are marked, a notice says so, and it is cabled and
 * saved as any other. One window gives all of them others, as one step that can be undone; then
 * they are what they were marked not to be, and run. */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "ui-hand.h"

#define L3 "i86bi-linux-l3-adventerprisek9-15.4.1T.bin"
#define L2 "i86bi-linux-l2-ipbasek9-15.1g.bin"

static char *
write_lab (void)
{
  g_autoptr (GString) text =
      g_string_new ("{\"format\":\"labwright\",\"version\":1,"
                    "\"uuid\":\"5d6f0a52-0f0e-4a39-9f3c-7b6f2f0a2222\",\"name\":\"Eleven\","
                    "\"nodes\":[");
  char *path = ui_path ("eleven.lab");

  for (guint i = 0; i < 11; i++)
    g_string_append_printf (text,
                            "%s{\"name\":\"%s%u\",\"id\":%u,\"kind\":\"iou\",\"x\":%u,\"y\":%u,"
                            "\"image\":{\"name\":\"%s\"},\"ethernet\":%u,\"serial\":%u}",
                            i > 0 ? "," : "", i < 7 ? "R" : "SW", i < 7 ? i + 1 : i - 6, i + 1,
                            i % 7 * 120, i < 7 ? 0 : 160, i < 7 ? L3 : L2, i < 7 ? 2 : 4,
                            i < 7 ? 2 : 0);
  g_string_append (text, "],\"links\":[]}\n");
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  return path;
}

static void
save (const char *path, const char *wanted)
{
  ui_key ("ctrl+s");
  ui_hand_wait_file (path, wanted);
}

/* Without any image. */
static void
cable_and_save (const char *path)
{
  g_autofree char *text = NULL;

  ui_hand_cable ("R1", "SW1");
  ui_hand_wait_node ("R1", "1 link: e0/0 to SW1 e0/0");
  save (path, "\"node\": \"SW1\"");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, L3));
  g_assert_nonnull (strstr (text, L2));
  ui_shot ("images-missing-cabled");
}

static void
open_mapping (void)
{
  ui_hand_click ("push button", "Choose Images…");
  ui_hand_wait_title ("Images of the Lab");
  ui_settle (800);
}

static void
test_missing (void)
{
  g_autofree char *path = write_lab ();
  g_autofree char *text = NULL;
  UiApp app = { 0 };

  ui_hand_start (&app, path);
  ui_hand_wait_control ("push button", "Choose Images…");
  ui_hand_wait_node ("R1", "Image missing: " L3 " (Router)");
  ui_settle (500);
  ui_shot ("images-missing");
  cable_and_save (path);

  open_mapping ();
  ui_shot ("images-window");
  ui_key ("Return");
  ui_hand_wait_no_title ("Images of the Lab");
  /* For the switches nothing here would serve. */
  ui_hand_wait_node ("SW1", "Image missing: " L2 " (Switch)");
  save (path, "labwright-router");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, L3));
  g_assert_nonnull (strstr (text, L2));

  ui_key ("ctrl+z");
  ui_hand_wait_node ("R1", "Image missing: " L3 " (Router)");
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 10000));
}

/* Switches, too, become open routers when that is chosen, and all eleven run. */
static void
test_all (void)
{
  g_autofree char *path = write_lab ();
  g_autofree char *text = NULL;
  UiApp app = { 0 };

  if (!g_file_test ("/usr/lib/frr/zebra", G_FILE_TEST_IS_EXECUTABLE) ||
      access ("/dev/net/tun", R_OK | W_OK) != 0)
    {
      g_test_skip ("Routers cannot run here: FRRouting or /dev/net/tun is missing");
      return;
    }
  ui_hand_start (&app, path);
  ui_hand_wait_node ("R1", "Image missing: " L3 " (Router)");
  ui_settle (500);
  open_mapping ();
  ui_tree_click ("Images of the Lab", NULL, L2);
  ui_settle (600);
  ui_key ("Down");
  ui_key ("Down");
  ui_key ("Down");
  ui_settle (200);
  ui_shot ("images-window-choice");
  ui_key ("Return");
  ui_settle (600);
  ui_shot ("images-window-chosen");
  ui_tree_click ("Images of the Lab", "push button", "Take These");
  ui_hand_wait_no_title ("Images of the Lab");
  ui_settle (500);
  save (path, "labwright-router");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, L3));
  g_assert_null (strstr (text, L2));

  ui_key ("ctrl+F8");
  ui_key ("ctrl+b");
  for (guint i = 0; i < 11; i++)
    {
      g_autofree char *node = g_strdup_printf ("%s%u", i < 7 ? "R" : "SW", i < 7 ? i + 1 : i - 6);

      ui_hand_wait_node (node, "Running");
    }
  ui_shot ("images-all-run");
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
  ui_hand_end_labs ();
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/missing/images", test_missing);
  g_test_add_func ("/ui/missing/all", test_all);

  return g_test_run ();
}

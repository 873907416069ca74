/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A second cable between two switches, drawn by mistake while the lab runs: the canvas names the
 * loop, and no more when the cable is deleted. How soon it is noticed and that the processor is
 * idle then is in tests/relay/test-relay-loop.c. */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "ui-hand.h"

#define LOOP "There is a switching loop. Port e"

static const char lab[] =
    "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"5b7c1d2e-1111-4222-8333-444455559999\","
    "\"name\":\"loop\",\"nodes\":["
    "{\"name\":\"PC1\",\"id\":1,\"kind\":\"iou\",\"image\":{\"name\":\"labwright-pc\"},"
    "\"x\":0,\"y\":0,\"start\":[\"ip 10.0.0.1/24\"]},"
    "{\"name\":\"S\",\"id\":2,\"kind\":\"switch\",\"x\":200,\"y\":0,\"ports\":[{},{},{}]},"
    "{\"name\":\"T\",\"id\":3,\"kind\":\"switch\",\"x\":400,\"y\":0,\"ports\":[{},{},{}]}],"
    "\"links\":["
    "{\"a\":{\"node\":\"PC1\",\"port\":\"e0/0\"},\"b\":{\"node\":\"S\",\"port\":\"e0\"}},"
    "{\"a\":{\"node\":\"S\",\"port\":\"e1\"},\"b\":{\"node\":\"T\",\"port\":\"e1\"}}]}";

/* One of the two switches, whichever port is the blocked one's. */
static gboolean
is_named (gpointer unused)
{
  g_autofree char *s = ui_hand_describe ("S");
  g_autofree char *t = ui_hand_describe ("T");

  return (s != NULL && strstr (s, LOOP) != NULL) || (t != NULL && strstr (t, LOOP) != NULL);
}

static gboolean
is_over (gpointer unused)
{
  return !is_named (NULL);
}

static void
test_loop (void)
{
  g_autofree char *path = ui_path ("loop.lab");
  UiApp app = { 0 };
  int code;

  g_assert_true (g_file_set_contents (path, lab, -1, NULL));
  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC1", "1 link");
  ui_key ("ctrl+F8");
  ui_key ("ctrl+b");
  ui_hand_wait_node ("PC1", "Running");
  ui_hand_cable ("S", "T");
  ui_hand_wait_node ("T", "2 links");
  g_assert_false (is_named (NULL));
  /* Who asks for an address that nobody has sends a broadcast. */
  g_free (ui_labctl (&code, "send", path, "PC1", "ping 10.0.0.9 -c 1 -w 100", NULL));
  g_assert_cmpint (code, ==, 0);
  g_assert_true (ui_wait (is_named, NULL, 60000));
  ui_shot ("loop");
  ui_key ("ctrl+z");
  ui_hand_wait_node ("T", "1 link");
  g_assert_true (ui_wait (is_over, NULL, 60000));
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
  ui_hand_end_labs ();
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/loop", test_loop);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starting many devices in the window: the question when memory is short, how far it has come, and
 * every failure. */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "ui-hand.h"

/* R1 to R3 end at once, R4 is silent, R5 is of a group behind it. */
static char *
write_lab (void)
{
  static const char *const fields[] = {
    "\"start\": [\"print broken\", \"exit 7\"]",
    "\"start\": [\"exit 7\"]",
    "\"start\": [\"exit 7\"]",
    "\"start-group\": 1, \"start\": [\"silent\"]",
    "\"start-group\": 2",
  };
  g_autoptr (GString) text =
      g_string_new ("{ \"format\": \"labwright\", \"version\": 1, \"uuid\": "
                    "\"2f1e7a52-2a0f-4b6c-8f43-0b6a6f3f7f11\", \"name\": \"Starts\",\n"
                    "  \"start-patience\": 6, \"nodes\": [");
  g_autofree char *path = ui_path ("starts.lab");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_string_append_printf (text,
                            "%s{ \"name\": \"R%u\", \"kind\": \"iou\", \"x\": %u, \"y\": 0, "
                            "\"image\": { \"name\": \"fake-iou\" }, \"ram\": 100, %s }",
                            i > 0 ? "," : "", i + 1, 150 * i, fields[i]);
  g_string_append (text, "] }\n");
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  return g_steal_pointer (&path);
}

static void
set_memory (const char *kilobytes)
{
  g_autofree char *path = ui_path ("meminfo");
  g_autofree char *text = g_strdup_printf ("MemAvailable: %s kB\n", kilobytes);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_setenv ("LABWRIGHT_MEMINFO", path, TRUE);
}

static void
wait_label (const char *text)
{
  g_autoptr (AtspiAccessible) label = ui_tree_find (NULL, text, 30000);

  if (label == NULL)
    {
      ui_tree_dump ();
      g_error ("nobody says “%s”", text);
    }
}

static void
test_start (void)
{
  g_autofree char *fixtures =
      g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "tests", "fixtures", NULL);
  g_autofree char *path = write_lab ();
  g_autofree char *text = NULL;
  UiApp app;

  g_setenv ("LABWRIGHT_IMAGE_PATH", fixtures, TRUE);
  set_memory ("409600");
  ui_hand_start (&app, path);
  ui_hand_wait_node ("R1", "");

  /* Five of 100 MB into 400: asked, and not wanted. GTK 4.8 can be asked for its tree during one
   * dialog, and fails at the second: the last one here is read. */
  ui_key ("ctrl+b");
  ui_settle (1500);
  ui_shot ("start-memory");
  ui_key ("Escape");
  ui_settle (500);
  g_assert_cmpint (ui_hand_engine_pid (path), ==, 0);

  /* Wanted. */
  ui_key ("ctrl+b");
  ui_settle (1500);
  ui_key ("alt+s");
  ui_settle (1000);
  wait_label ("Starting 0 of 5");
  ui_shot ("start-progress");
  wait_label ("R4");
  /* Its group is given up, the others end. */
  wait_label ("3 of 5 devices did not start.");
  ui_shot ("start-failures");
  ui_hand_wait_control ("push button", "Show All");
  ui_hand_click ("push button", "Show All");
  ui_settle (1500);
  ui_shot ("start-all-failures");
  /* The text can be reached by keys, and copied. */
  ui_key ("shift+Tab");
  ui_key ("ctrl+a");
  ui_key ("ctrl+c");
  text = ui_hand_wait_clipboard ("R1: crashed");
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "R3: crashed"));
  g_assert_nonnull (strstr (text, "broken"));
  g_assert_nonnull (strstr (text, "no longer waited for: R4"));
  ui_key ("Escape");
  ui_settle (300);
  ui_hand_wait_node ("R5", "Running");

  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
  ui_hand_end_labs ();
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/start/many", test_start);

  return g_test_run ();
}

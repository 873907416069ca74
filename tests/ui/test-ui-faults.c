/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Images with faults, in the window of a lab: each device says why it does not run, and what it
 * wrote is a click away. The images are tests/fixtures/fault-image under telling names. */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "ui-hand.h"

static const struct
{
  const char *image;
  const char *sentence;
} faults[] = {
  { "tampered.bin", "failed its own code signing check" },
  { "licence.bin", "and no iourc is set" },
  { "aborts.bin", "It gave up: abort (signal 6)" },
  { "segfault.bin", "segmentation fault (signal 11)" },
  { "leaves7.bin", "ended by itself with exit code 7" },
  { "mute.bin", "does not know layer-1 keepalives" },
  { "locked.bin", "may not be executed" },
  { "nowhere.bin", "is not on this machine" },
  { "hangs.bin", "has written nothing since it was started" },
};

static void
put_image (const char *folder, const char *name)
{
  g_autofree char *source =
      g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "tests", "fixtures", "fault-image", NULL);
  g_autofree char *target = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (target, bytes, (gssize) length, NULL));
  g_assert_cmpint (chmod (target, g_str_has_prefix (name, "locked") ? 0600 : 0700), ==, 0);
}

/* (transfer full): the lab's path */
static char *
write_lab (void)
{
  g_autofree char *folder = ui_path ("data/labwright/images");
  g_autoptr (GString) text = g_string_new (
      "{\"format\": \"labwright\", \"version\": 1, \"uuid\":"
      " \"11111111-2222-4333-8444-666666666666\", \"name\": \"Faults\", \"nodes\": [");
  char *path = ui_path ("faults.lab");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      if (!g_str_equal (faults[i].image, "nowhere.bin"))
        put_image (folder, faults[i].image);
      g_string_append_printf (
          text,
          "%s{\"name\": \"F%u\", \"id\": %u, \"kind\": \"iou\", \"x\": %u, \"y\":"
          " %u, \"image\": {\"name\": \"%s\"}}",
          i > 0 ? ", " : "", i + 1, i + 1, 150 * (i % 5), 150 * (i / 5), faults[i].image);
    }
  g_string_append (text, "], \"links\": []}");
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  return path;
}

static void
test_sentences (void)
{
  g_autofree char *path = write_lab ();
  UiApp app = { 0 };

  ui_hand_start (&app, path);
  ui_hand_wait_node ("F1", "");
  ui_key ("ctrl+F8");
  ui_key ("ctrl+b");
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *name = g_strdup_printf ("F%u", i + 1);

      ui_hand_wait_node (name, faults[i].sentence);
    }
  ui_shot ("faults");
  ui_hand_click_node ("F2");
  ui_hand_wait_control ("push button", "Output");
  ui_settle (600);
  ui_shot ("faults-output");
  ui_hand_click ("push button", "Output");
  ui_hand_wait_console ("no valid license found");
  ui_shot ("faults-console");
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
  ui_hand_end_labs ();
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  g_unsetenv ("IOURC");
  g_unsetenv ("LABWRIGHT_IMAGE_PATH");
  g_setenv ("LABWRIGHT_SILENT_MS", "1500", TRUE);

  g_test_add_func ("/ui/faults/sentences", test_sentences);

  return g_test_run ();
}

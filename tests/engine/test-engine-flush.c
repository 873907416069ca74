/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine's main loop keeps twenty consoles and the relay going: it never waits for the disk.
 * The engine runs with a library that writes down who asked for a flush. */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "engine-harness.h"

typedef struct
{
  Harness *lab;
  char *log;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *library = g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "tests",
                                               "fixtures", "flush-log.so", NULL);
  int fd = g_file_open_tmp ("flush-XXXXXX", &fixture->log, &error);
  g_autofree char *node = harness_node (1, "PC1", "labwright-pc", "set pcname begin");
  g_auto (GStrv) warnings = NULL;

  g_assert_no_error (error);
  g_close (fd, NULL);
  harness_set_variable ("LD_PRELOAD", library);
  harness_set_variable ("FLUSH_LOG", fixture->log);
  fixture->lab = harness_new ();
  warnings = harness_apply (fixture->lab, node, "");
  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  harness_free (fixture->lab);
  harness_set_variable ("LD_PRELOAD", NULL);
  harness_set_variable ("FLUSH_LOG", NULL);
  g_unlink (fixture->log);
  g_free (fixture->log);
}

/* Something waited for the disk, and it was not the main loop. */
static void
check_log (Fixture *fixture)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (fixture->log, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (text, "main\n"));
  g_assert_nonnull (strstr (text, "thread\n"));
}

static void
empty_log (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  check_log (fixture);
  g_file_set_contents (fixture->log, "", 0, &error);
  g_assert_no_error (error);
}

static void
write_config (Harness *lab, const char *text)
{
  GVariantBuilder builder;
  g_autoptr (GError) error = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{say}"));
  g_variant_builder_add (&builder, "{s@ay}", "PC1",
                         g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text, strlen (text), 1));
  lab_bus_engine1_call_write_configs_sync (lab->proxy, g_variant_builder_end (&builder),
                                           g_variant_new ("a{say}", NULL), TRUE, NULL, &error);
  g_assert_no_error (error);
}

/* A second start finds the files of the first. */
static void
test_starts (Fixture *fixture, gconstpointer data)
{
  Console *console;

  for (guint i = 0; i < 2; i++)
    {
      harness_act (fixture->lab, "Start", NULL);
      harness_wait_state (fixture->lab, "PC1", LAB_STATE_READY);
      console = console_open (fixture->lab, "PC1", TRUE);
      console_type (console, "save\r");
      g_assert_true (console_wait (console, "begin> ", HARNESS_PATIENCE_MS));
      console_close (console);
      harness_act (fixture->lab, "Stop", NULL);
      harness_wait_state (fixture->lab, "PC1", LAB_STATE_STOPPED);
    }
  check_log (fixture);
}

static void
test_configs (Fixture *fixture, gconstpointer data)
{
  write_config (fixture->lab, "set pcname one\n");
  empty_log (fixture);
  harness_act (fixture->lab, "Start", NULL);
  harness_wait_state (fixture->lab, "PC1", LAB_STATE_READY);
  write_config (fixture->lab, "set pcname two\n");
  check_log (fixture);
}

static void
test_checkpoints (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint number;

  write_config (fixture->lab, "set pcname one\n");
  empty_log (fixture);
  lab_bus_engine1_call_take_checkpoint_sync (fixture->lab->proxy, "one", "", &number, NULL, &error);
  g_assert_no_error (error);
  empty_log (fixture);
  harness_act (fixture->lab, "Start", NULL);
  harness_wait_state (fixture->lab, "PC1", LAB_STATE_READY);
  lab_bus_engine1_call_restore_checkpoint_sync (fixture->lab->proxy, number, "", TRUE, &number,
                                                NULL, &error);
  g_assert_no_error (error);
  check_log (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/engine/flush/starts", Fixture, NULL, set_up, test_starts, tear_down);
  g_test_add ("/engine/flush/configs", Fixture, NULL, set_up, test_configs, tear_down);
  g_test_add ("/engine/flush/checkpoints", Fixture, NULL, set_up, test_checkpoints, tear_down);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory and processor time of a tree of processes. */

#include "config.h"

#include <gio/gio.h>
#include <unistd.h>

#include "lab-usage.h"

static void
spin (gint64 microseconds)
{
  gint64 end = g_get_monotonic_time () + microseconds;
  static volatile guint turns;

  while (g_get_monotonic_time () < end)
    turns++;
}

static void
test_own (void)
{
  LabUsage before;
  LabUsage after;

  g_assert_true (lab_usage_read (&before, (guint) getpid ()));
  g_assert_cmpuint (before.memory, >, 100 * 1024);
  spin (300000);
  g_assert_true (lab_usage_read (&after, (guint) getpid ()));
  g_assert_cmpuint (after.cpu_time, >, before.cpu_time);
}

/* A child belongs to the tree; its child too. */
static void
test_tree (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        "sh", "-c", "sh -c 'echo up; read line; :'; :", NULL);
  char byte;
  LabUsage alone;
  LabUsage with_child;

  g_assert_no_error (error);
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (child), &byte, 1, NULL, NULL),
                   ==, 1);
  g_assert_true (lab_usage_read (&with_child, (guint) getpid ()));
  g_assert_true (lab_usage_read (
      &alone, (guint) g_ascii_strtoull (g_subprocess_get_identifier (child), NULL, 10)));
  g_assert_cmpuint (alone.memory, >, 0);
  g_assert_cmpuint (with_child.memory, >, alone.memory);
  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, NULL);
}

static void
test_none (void)
{
  LabUsage usage;

  g_assert_false (lab_usage_read (&usage, 0));
  g_assert_false (lab_usage_read (&usage, 4194305)); /* above the highest there can be */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/usage/own", test_own);
  g_test_add_func ("/app/usage/tree", test_tree);
  g_test_add_func ("/app/usage/none", test_none);

  return g_test_run ();
}

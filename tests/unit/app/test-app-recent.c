/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the age and the place of a recent lab are said. */

#include "config.h"

#include "lab-recent.h"

static void
assert_age (GDateTime *now, gint64 seconds_ago, const char *expected)
{
  g_autoptr (GDateTime) at = g_date_time_add_seconds (now, -(double) seconds_ago);
  g_autofree char *text = lab_recent_describe_age (at, now);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_age (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 3, 12, 14, 5, 0);

  assert_age (now, 0, "Today, 14:05");
  assert_age (now, 14 * 3600 + 300, "Today, 00:00");
  /* Yesterday begins at midnight, not 24 hours ago. */
  assert_age (now, 14 * 3600 + 301, "Yesterday");
  assert_age (now, 2 * 86400, "2 days ago");
  assert_age (now, 29 * 86400, "29 days ago");
  assert_age (now, 70 * 86400, "1 January 2026");
  /* A clock that was set back. */
  assert_age (now, -3600, "Today, 15:05");
}

static void
assert_path (const char *path, const char *expected)
{
  g_autofree char *text = lab_recent_describe_path (path);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_path (void)
{
  assert_path ("/home/ann", "~");
  assert_path ("/home/ann/labs/campus.lab", "~/labs/campus.lab");
  /* Another's folder, that begins like mine. */
  assert_path ("/home/anna/campus.lab", "/home/anna/campus.lab");
  assert_path ("/srv/labs", "/srv/labs");
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("HOME", "/home/ann", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/recent/age", test_age);
  g_test_add_func ("/app/recent/path", test_path);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the age of a recent lab is said. */

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

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/recent/age", test_age);

  return g_test_run ();
}

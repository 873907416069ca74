/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl config: histories of what hosts saved, looked at with and without an engine, put back, and
 * taken to a folder and from one. */

#include "config.h"

#include <string.h>
#include <glib/gstdio.h>

#include "e2e.h"
#include "twenty-routers.h"

static void
assert_shows (E2e *e2e, const char *path, const char *node, const char *entry, const char *name)
{
  g_autofree char *line = g_strdup_printf ("set pcname %s\n", name);

  e2e_labctl (e2e, "config", path, "show", node, entry, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, line);
}

static void
test_history (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_start_hosts (e2e);

  e2e_labctl (e2e, "config", "list", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->err, "Nothing has been saved");
  e2e_labctl (e2e, "config", "show", path, "PC1", NULL);
  e2e_assert_code (e2e, 3);

  e2e_save_as (e2e, path, "PC1", "one");
  e2e_save_as (e2e, path, "PC1", "two");
  for (guint running = 2; running > 0; running--)
    {
      e2e_labctl (e2e, "config", "list", path, "PC1", NULL);
      e2e_assert_code (e2e, 0);
      e2e_assert_has (e2e->out, "in NVRAM");
      e2e_labctl (e2e, "config", path, "list", "PC1", "--json", NULL);
      e2e_assert_code (e2e, 0);
      g_assert_cmpint (e2e_json_int (e2e, "\"entries\"", "entry"), ==, 1);
      e2e_assert_has (e2e->out, "\"entry\" : 2");
      e2e_assert_has (e2e->out, "\"current\" : true");
      assert_shows (e2e, path, "PC1", NULL, "two");
      assert_shows (e2e, path, "PC1", "1", "one");
      assert_shows (e2e, path, "PC1", "newest", "two");
      e2e_labctl (e2e, "config", "diff", path, "PC1", "1", "2", NULL);
      e2e_assert_code (e2e, 1);
      e2e_assert_has (e2e->out, "-set pcname one\n+set pcname two\n");
      e2e_labctl (e2e, "config", "diff", path, "PC1", "2", NULL);
      e2e_assert_code (e2e, 0);
      g_assert_cmpstr (e2e->out, ==, "");
      e2e_stop (e2e, path);
    }
}

static void
test_mistakes (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_start_hosts (e2e);

  e2e_save_as (e2e, path, "PC1", "one");
  e2e_labctl (e2e, "config", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "config", "frobnicate", path, NULL);
  e2e_assert_code (e2e, 2);
  e2e_assert_has (e2e->err, "frobnicate");
  e2e_labctl (e2e, "config", "show", path, "PC9", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "PC9");
  e2e_labctl (e2e, "config", "show", path, "PC1", "7", NULL);
  e2e_assert_code (e2e, 3);
  e2e_labctl (e2e, "config", "show", path, "PC1", "x", NULL);
  e2e_assert_code (e2e, 3);
  e2e_labctl (e2e, "config", "reset", path, NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "config", "restore", path, "PC1", "1", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "--restart");
  e2e_labctl (e2e, "config", "--help", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "restore");
  e2e_stop (e2e, path);
  e2e_labctl (e2e, "config", "save", path, "PC1", NULL);
  e2e_assert_code (e2e, 3);
}

static void
test_restore (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_start_hosts (e2e);

  e2e_save_as (e2e, path, "PC1", "one");
  e2e_save_as (e2e, path, "PC1", "two");
  e2e_stop (e2e, path);
  e2e_labctl (e2e, "config", "restore", path, "PC1", "1", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_no_processes (e2e, 5)); /* the engine was started for that only */
  assert_shows (e2e, path, "PC1", "3", "one");
  assert_shows (e2e, path, "PC1", "2", "two");

  e2e_labctl (e2e, "start", path, "--wait", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "config", "restore", path, "PC1", "2", "--restart", "--wait", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", path, "PC1", "show run", NULL);
  e2e_assert_has (e2e->out, "set pcname two");

  e2e_labctl (e2e, "config", "reset", path, "--all", "--restart", "--wait", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "status", path, NULL);
  g_assert_null (strstr (e2e->out, "booting"));
  g_assert_true (e2e_wait_output (e2e, 20, "PC1", "send", path, "PC1", "show run", NULL));
  e2e_labctl (e2e, "config", "list", path, "PC1", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_null (strstr (e2e->out, "in NVRAM"));
  assert_shows (e2e, path, "PC1", NULL, "two");
  e2e_stop (e2e, path);
}

/* Everything as it was at a time; who had saved nothing then is left alone. */
static void
test_as_of (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_start_hosts (e2e);
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *time = NULL;

  e2e_save_as (e2e, path, "PC1", "one");
  now = g_date_time_new_now_local ();
  time = g_date_time_format (now, "%Y-%m-%d %H:%M:%S");
  g_usleep (1200 * 1000); /* into another second */
  e2e_save_as (e2e, path, "PC1", "two");
  e2e_save_as (e2e, path, "PC2", "other");
  e2e_labctl (e2e, "config", "restore", path, "--at", "yesterday", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "config", "restore", path, "--at", time, NULL);
  e2e_assert_code (e2e, 3);
  e2e_labctl (e2e, "config", "restore", path, "--at", time, "--restart", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "PC1: entry 1");
  e2e_assert_has (e2e->err, "PC2 had saved nothing");
  assert_shows (e2e, path, "PC1", NULL, "one");
  assert_shows (e2e, path, "PC1", "2", "two");
  assert_shows (e2e, path, "PC2", NULL, "other");
  e2e_stop (e2e, path);
}

static void
test_folder (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_start_hosts (e2e);
  g_autofree char *folder = e2e_path (e2e, "day1");
  g_autofree char *one = g_build_filename (folder, "PC1.cfg", NULL);
  g_autofree char *two = g_build_filename (folder, "PC2.cfg", NULL);
  g_autofree char *other = g_build_filename (folder, "pc2.txt", NULL);
  g_autofree char *readme = g_build_filename (folder, "README", NULL);
  g_autofree char *text = NULL;

  e2e_save_as (e2e, path, "PC1", "one");
  e2e_labctl (e2e, "config", path, "export", folder, NULL);
  e2e_assert_code (e2e, 0);
  text = e2e_read (one);
  e2e_assert_has (text, "set pcname one\n");
  g_assert_false (g_file_test (two, G_FILE_TEST_EXISTS)); /* it has saved nothing */

  g_assert_true (g_file_set_contents (one, "set pcname first\r\n", -1, NULL));
  g_assert_true (g_file_set_contents (other, "set pcname second\n", -1, NULL));
  g_assert_true (g_file_set_contents (readme, "hello\n", -1, NULL));
  e2e_labctl (e2e, "config", "import", path, folder, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "replaces");
  e2e_assert_has (e2e->out, "README");
  e2e_assert_has (e2e->err, "--yes");
  assert_shows (e2e, path, "PC1", NULL, "one");

  e2e_labctl (e2e, "config", "import", path, folder, "--yes", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->err, "2 configurations");
  assert_shows (e2e, path, "PC1", NULL, "first");
  assert_shows (e2e, path, "PC1", "1", "one");
  assert_shows (e2e, path, "PC2", NULL, "second");
  g_assert_true (
      e2e_wait_output (e2e, 20, "set pcname second", "send", path, "PC2", "show run", NULL));
  e2e_stop (e2e, path);
}

static void
assert_runs_file (E2e *e2e, const char *path, const char *folder, guint number)
{
  g_autofree char *node = g_strdup_printf ("R%u", number);

  e2e_labctl (e2e, "send", path, node, "show running-config", NULL);
  e2e_assert_code (e2e, 0);
  twenty_routers_assert_runs (folder, number, e2e->out);
}

/* A folder of twenty configurations into twenty routers, by one command. */
static void
test_twenty (E2e *e2e, gconstpointer data)
{
  g_autofree char *lab = twenty_routers_lab ("31234567-89ab-4def-8123-456789abcdef");
  g_autofree char *path = NULL;
  g_autofree char *folder = e2e_path (e2e, "day2");

  if (!twenty_routers_can_run ())
    return;
  path = e2e_write (e2e, "twenty.lab", lab);
  e2e_labctl (e2e, "start", path, "--wait", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "config", "save", path, "--all", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "config", "export", path, folder, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->err, "20 configurations");
  twenty_routers_change (folder);

  e2e_labctl (e2e, "config", "import", path, folder, "--yes", "--wait", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "replaces");
  e2e_assert_has (e2e->err, "20 configurations were loaded");
  e2e_labctl (e2e, "status", path, NULL);
  g_assert_null (strstr (e2e->out, "booting"));
  g_assert_null (strstr (e2e->out, "stopped"));
  for (guint i = 1; i <= TWENTY_ROUTERS; i++)
    assert_runs_file (e2e, path, folder, i);
  e2e_stop (e2e, path);
}

/* The VLANs of a switch go with its configuration: out, in, and away without one. A host does not
 * mind the file. */
static void
test_vlans (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_start_hosts (e2e);
  g_autofree char *folder = e2e_path (e2e, "day1");
  g_autofree char *in_folder = g_build_filename (folder, "PC1.vlan.dat", NULL);
  g_autofree char *document = e2e_read (path);
  g_autoptr (GRegex) find = g_regex_new ("\"uuid\": *\"([^\"]+)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *work = NULL;
  g_autofree char *vlans = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *text = NULL;
  g_autofree char *old = NULL;

  g_assert_true (g_regex_match (find, document, 0, &match));
  uuid = g_match_info_fetch (match, 1);
  work = g_build_filename (e2e->root, "s", uuid, "1", NULL);
  vlans = g_build_filename (work, "vlan.dat-00001", NULL);
  kept = g_build_filename (work, "history", "vlan.dat", NULL);
  e2e_save_as (e2e, path, "PC1", "one");
  g_assert_true (g_file_set_contents (vlans, "VLANS", -1, NULL));
  e2e_labctl (e2e, "config", path, "export", folder, NULL);
  e2e_assert_code (e2e, 0);
  text = e2e_read (in_folder);
  g_assert_cmpstr (text, ==, "VLANS");

  g_assert_true (g_file_set_contents (in_folder, "OTHER", -1, NULL));
  e2e_labctl (e2e, "config", "import", path, folder, "--yes", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "PC1.cfg + vlan.dat");
  g_clear_pointer (&text, g_free);
  text = e2e_read (vlans);
  g_assert_cmpstr (text, ==, "OTHER");
  old = e2e_read (kept);
  g_assert_cmpstr (old, ==, "VLANS");

  /* An older configuration alone says nothing of VLANs; the start of the lab does. */
  e2e_labctl (e2e, "config", "restore", path, "PC1", "1", "--restart", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (g_file_test (vlans, G_FILE_TEST_EXISTS));
  e2e_labctl (e2e, "config", "reset", path, "PC1", "--restart", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_false (g_file_test (vlans, G_FILE_TEST_EXISTS));
  e2e_stop (e2e, path);
}

/* One text that does not fit: nothing is loaded, nothing is stopped. */
static void
test_too_large (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_start_hosts (e2e);
  g_autofree char *folder = e2e_path (e2e, "day1");
  g_autofree char *one = g_build_filename (folder, "PC1.cfg", NULL);
  g_autofree char *two = g_build_filename (folder, "PC2.cfg", NULL);
  g_autofree char *huge = g_strnfill (600 * 1024, 'x');

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (one, "set pcname first\n", -1, NULL));
  g_assert_true (g_file_set_contents (two, huge, -1, NULL));
  e2e_labctl (e2e, "config", "import", path, folder, "--yes", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "PC2");
  e2e_labctl (e2e, "config", "list", path, NULL);
  e2e_assert_has (e2e->err, "Nothing has been saved");
  e2e_labctl (e2e, "status", path, "--json", NULL);
  g_assert_null (strstr (e2e->out, "\"stopped\""));
  e2e_stop (e2e, path);
}

static void
test_save_all (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_start_hosts (e2e);

  e2e_labctl (e2e, "config", "save", path, "--all", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "stop", path, "PC2", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_output (e2e, 10, "stopped", "status", path, NULL));
  e2e_labctl (e2e, "config", "save", "--all", "--json", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "PC1");
  g_assert_null (strstr (e2e->out, "PC2"));
  e2e_labctl (e2e, "config", "save", path, "PC2", NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->out, "does not run");
  e2e_stop (e2e, path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  e2e_add ("/e2e/config/history", test_history);
  e2e_add ("/e2e/config/mistakes", test_mistakes);
  e2e_add ("/e2e/config/restore", test_restore);
  e2e_add ("/e2e/config/as-of", test_as_of);
  e2e_add ("/e2e/config/folder", test_folder);
  e2e_add ("/e2e/config/twenty", test_twenty);
  e2e_add ("/e2e/config/vlans", test_vlans);
  e2e_add ("/e2e/config/too-large", test_too_large);
  e2e_add ("/e2e/config/save-all", test_save_all);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl config take: what hosts saved comes into the lab's file, with and without an engine, and
 * the hosts do not notice. */

#include "config.h"

#include <string.h>

#include "e2e.h"

static char *
nvram_path (E2e *e2e, const char *path, guint id)
{
  g_autofree char *document = e2e_read (path);
  const char *uuid = strstr (document, "\"uuid\": \"");
  g_autofree char *copy = NULL;
  g_autofree char *device = g_strdup_printf ("%u", id);
  g_autofree char *name = g_strdup_printf ("nvram_%05u", id);

  g_assert_nonnull (uuid);
  copy = g_strndup (uuid + strlen ("\"uuid\": \""), 36);
  return g_build_filename (e2e->root, "s", copy, device, name, NULL);
}

static gint64
pid_of (E2e *e2e, const char *path, const char *node)
{
  g_autofree char *after = g_strdup_printf ("\"name\" : \"%s\"", node);

  e2e_labctl (e2e, "status", path, "--json", NULL);
  e2e_assert_code (e2e, 0);
  return e2e_json_int (e2e, after, "pid");
}

static void
test_running (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_start_hosts (e2e);
  g_autofree char *before = e2e_read (path);
  g_autofree char *nvram_file = nvram_path (e2e, path, 1);
  g_autofree char *unchanged = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;
  g_autofree char *nvram = NULL;
  g_autofree char *nvram_after = NULL;
  gint64 pid = pid_of (e2e, path, "PC1");

  g_assert_cmpint (pid, >, 1);
  e2e_save_as (e2e, path, "PC1", "one");
  nvram = e2e_read (nvram_file);
  e2e_labctl (e2e, "config", "take", path, "--dry-run", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "PC1   is taken");
  e2e_assert_has (e2e->out, "PC2   has saved nothing");
  e2e_assert_has (e2e->err, "Nothing was changed");
  unchanged = e2e_read (path);
  g_assert_cmpstr (unchanged, ==, before);

  e2e_labctl (e2e, "config", path, "take", "--json", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "\"result\" : \"taken\"");
  e2e_assert_has (e2e->out, "\"result\" : \"nothing\"");
  after = e2e_read (path);
  e2e_assert_has (after, "\"set pcname one\"");
  g_assert_null (strstr (after, "\"set pcname PC1\""));
  e2e_assert_has (after, "\"set pcname PC2\"");

  /* The device and its NVRAM are left alone. */
  g_assert_cmpint (pid_of (e2e, path, "PC1"), ==, pid);
  e2e_assert_has (e2e->out, "\"restart-needed\" : false");
  g_assert_null (strstr (e2e->out, "\"restart-needed\" : true"));
  nvram_after = e2e_read (nvram_file);
  g_assert_cmpstr (nvram_after, ==, nvram);

  e2e_labctl (e2e, "config", "take", path, "PC1", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "PC1   the lab has it already");
  g_assert_null (strstr (e2e->out, "PC2"));
  again = e2e_read (path);
  g_assert_cmpstr (again, ==, after);

  /* The engine has it: a reset goes back to it. */
  e2e_save_as (e2e, path, "PC1", "two");
  e2e_labctl (e2e, "config", "reset", path, "PC1", "--restart", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (
      e2e_wait_output (e2e, 20, "set pcname one", "send", path, "PC1", "show run", NULL));
  e2e_stop (e2e, path);
}

/* Its own name becomes "%h", so that another name does as well. */
static void
test_stopped (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_start_hosts (e2e);
  g_autofree char *text = NULL;
  g_autofree char *clone = NULL;

  e2e_save_as (e2e, path, "PC1", "one");
  e2e_save_as (e2e, path, "PC2", "PC2");
  e2e_stop (e2e, path);
  g_assert_true (e2e_wait_no_processes (e2e, 5));
  e2e_labctl (e2e, "config", "take", path, "PC2", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_no_processes (e2e, 0));
  text = e2e_read (path);
  e2e_assert_has (text, "\"set pcname %h\"");
  e2e_assert_has (text, "\"set pcname PC1\"");

  e2e_labctl (e2e, "config", "take", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "PC1   is taken");
  e2e_assert_has (e2e->out, "PC2   the lab has it already");
  clone = e2e_read (path);
  e2e_assert_has (clone, "\"set pcname one\"");
  e2e_labctl (e2e, "validate", path, NULL);
  e2e_assert_code (e2e, 0);
}

static void
test_mistakes (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *before = e2e_read (path);
  g_autofree char *after = NULL;

  e2e_labctl (e2e, "config", "take", path, "PC9", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "PC9");
  e2e_labctl (e2e, "config", "take", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "has saved nothing");
  e2e_labctl (e2e, "config", "take", "missing.lab", NULL);
  e2e_assert_code (e2e, 3);
  e2e_labctl (e2e, "config", "take", "--help", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "--dry-run");
  after = e2e_read (path);
  g_assert_cmpstr (after, ==, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  e2e_add ("/e2e/take/running", test_running);
  e2e_add ("/e2e/take/stopped", test_stopped);
  e2e_add ("/e2e/take/mistakes", test_mistakes);
  return g_test_run ();
}

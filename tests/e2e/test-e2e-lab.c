/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files and whole runs: validate, new, run. */

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "e2e.h"

static void
test_usage (E2e *e2e, gconstpointer data)
{
  e2e_labctl (e2e, NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "frobnicate", NULL);
  e2e_assert_code (e2e, 2);
  e2e_assert_has (e2e->err, "frobnicate");
  e2e_labctl (e2e, "validate", "--nonsense", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "run", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "status", NULL);
  e2e_assert_code (e2e, 2);
  e2e_assert_has (e2e->err, "No lab is running");
  e2e_labctl (e2e, "version", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, PACKAGE_VERSION);
}

static void
test_help (E2e *e2e, gconstpointer data)
{
  static const char *const commands[] = {
    "new",    "validate", "run",   "start",  "stop",   "reload", "freeze", "thaw",   "status",
    "list",   "console",  "send",  "link",   "unlink", "plug",   "unplug", "impair", "capture",
    "record", "timeline", "stats", "export", "doctor", "top",    "mac",
  };

  e2e_labctl (e2e, "--help", NULL);
  e2e_assert_code (e2e, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *usage = g_strdup_printf ("labctl %s [OPTION", commands[i]);

      e2e_labctl (e2e, "help", NULL);
      e2e_assert_has (e2e->out, commands[i]);
      e2e_labctl (e2e, commands[i], "--help", NULL);
      e2e_assert_code (e2e, 0);
      e2e_assert_has (e2e->out, usage);
    }
}

static void
test_validate (E2e *e2e, gconstpointer data)
{
  g_autofree char *good = e2e_sample (e2e, "campus.lab", NULL, NULL);
  g_autofree char *cut = e2e_write (e2e, "cut.lab", "{ \"format\": \"labwright\",\n  \"ver");
  g_autofree char *dangling =
      e2e_sample (e2e, "two-hosts.lab", "\"PC2\", \"port\"", "\"PC9\", \"port\"");

  e2e_labctl (e2e, "validate", good, NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "validate", cut, NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->err, "line 2");
  e2e_labctl (e2e, "validate", dangling, NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->err, "PC9");
  e2e_labctl (e2e, "validate", "missing.lab", NULL);
  e2e_assert_code (e2e, 3);
  e2e_labctl (e2e, "validate", "--json", good, cut, NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->out, "\"valid\" : true");
  e2e_assert_has (e2e->out, "\"valid\" : false");
  g_assert_cmpint (e2e_json_int (e2e, "campus", "nodes"), ==, 12);
  e2e_labctl (e2e, "run", cut, NULL);
  e2e_assert_code (e2e, 1);
}

static void
test_validate_patterns (E2e *e2e, gconstpointer data)
{
  g_autofree char *bad =
      e2e_sample (e2e, "two-hosts.lab", "bytes from 10\\\\.0\\\\.0\\\\.2", "bytes from (");

  e2e_labctl (e2e, "validate", bad, NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->err, "PC1 reaches PC2");
}

static void
test_samples_are_canonical (E2e *e2e, gconstpointer data)
{
  static const char *const samples[] = { "two-hosts.lab", "campus.lab" };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = e2e_sample (e2e, samples[i], NULL, NULL);
      g_autofree char *before = e2e_read (path);
      g_autofree char *after = NULL;

      /* An edit that changes nothing rewrites the file. */
      e2e_labctl (e2e, "plug", path, "PC1:e0/0", NULL);
      e2e_assert_code (e2e, 0);
      after = e2e_read (path);
      g_assert_cmpstr (before, ==, after);
    }
}

static void
test_new (E2e *e2e, gconstpointer data)
{
  g_autofree char *copy = NULL;
  g_autofree char *original = NULL;

  e2e_labctl (e2e, "new", "star.lab", "--hosts", "3", "--name", "Star", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "new", "star.lab", NULL);
  e2e_assert_code (e2e, 3);
  e2e_labctl (e2e, "new", "--from", "star.lab", "copy.lab", NULL);
  e2e_assert_code (e2e, 0);
  original = e2e_path (e2e, "star.lab");
  copy = e2e_path (e2e, "copy.lab");
  {
    g_autofree char *a = e2e_read (original);
    g_autofree char *b = e2e_read (copy);

    e2e_assert_has (a, "\"name\": \"Star\"");
    e2e_assert_has (b, "\"name\": \"Star\"");
    g_assert_cmpstr (a, !=, b); /* the uuid */
    g_assert_cmpuint (strlen (a), ==, strlen (b));
  }
  e2e_labctl (e2e, "run", "star.lab", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "PC1 reaches PC3");
}

static void
test_run_two_hosts (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);

  e2e_labctl (e2e, "run", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "2 of 2 checks passed");
  g_assert_true (e2e_wait_no_processes (e2e, 1));
  e2e_labctl (e2e, "run", path, "--json", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "84 bytes from 10.0.0.2");
}

static void
test_run_campus (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "campus.lab", NULL, NULL);

  e2e_labctl (e2e, "run", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "13 of 13 checks passed");
}

/* One VLAN number: of an access port, of a trunk's list, a native one. */
static void
test_run_campus_changed (E2e *e2e, gconstpointer data)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *check;
  } changes[] = {
    { "\"vlan\": 10", "\"vlan\": 30", "PC1 reaches PC2" },
    { "\"allowed\": \"10,20\"", "\"allowed\": \"11,20\"", "PC1 reaches PC4" },
    { "\"native\": 20", "\"native\": 21", "PC3 reaches PC5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = e2e_sample (e2e, "campus.lab", changes[i].from, changes[i].to);
      g_autofree char *row = g_strconcat ("FAILED  ", changes[i].check, NULL);

      e2e_labctl (e2e, "run", path, NULL);
      e2e_assert_code (e2e, 1);
      e2e_assert_has (e2e->out, row);
      e2e_assert_has (e2e->out, "not reachable");
    }
}

static void
test_run_crash (E2e *e2e, gconstpointer data)
{
  g_autofree char *path =
      e2e_sample (e2e, "two-hosts.lab", "\"image\": { \"name\": \"labwright-pc\" }",
                  "\"image\": { \"name\": \"no-such-image.bin\" }");

  e2e_labctl (e2e, "run", path, NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->err, "PC1");
  g_assert_true (e2e_wait_no_processes (e2e, 2));
}

static void
test_run_interrupted (E2e *e2e, gconstpointer data)
{
  /* A check that lasts long enough to be interrupted in it. */
  g_autofree char *path =
      e2e_sample (e2e, "two-hosts.lab", "bytes from 10\\\\.0\\\\.0\\\\.2", "never");
  g_autoptr (GSubprocess) run = NULL;
  g_autoptr (GError) error = NULL;

  run = e2e_spawn (e2e, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                   "run", path, NULL);
  g_assert_true (e2e_wait_output (e2e, 10, "ready", "status", path, NULL));
  g_subprocess_send_signal (run, SIGINT);
  g_subprocess_wait (run, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (run));
  g_assert_cmpint (g_subprocess_get_exit_status (run), ==, 130);
  g_assert_true (e2e_wait_no_processes (e2e, 1));
}

static void
test_run_fresh (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *state = e2e_path (e2e, "s");

  e2e_labctl (e2e, "run", path, "--fresh", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_false (g_file_test (state, G_FILE_TEST_EXISTS));
}

static void
test_run_keeps_running (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);

  e2e_labctl (e2e, "run", path, "--keep-running", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "run", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "run", path, "--fresh", NULL);
  e2e_assert_code (e2e, 3);
  e2e_labctl (e2e, "status", path, NULL);
  e2e_assert_has (e2e->out, "ready");
}

/* What labctl leaves when it ends becomes our child, as it would become that of process 1. */
static void
test_leaves_no_child (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  pid_t left;

  g_assert_cmpint (prctl (PR_SET_CHILD_SUBREAPER, 1), ==, 0);
  for (int i = 0; i < 5; i++)
    {
      e2e_labctl (e2e, "run", path, "--fresh", NULL);
      e2e_assert_code (e2e, 0);
      left = waitpid (-1, NULL, WNOHANG | __WALL);
      g_assert_cmpint (left, ==, -1);
      g_assert_cmpint (errno, ==, ECHILD);
    }
  g_assert_cmpint (prctl (PR_SET_CHILD_SUBREAPER, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  e2e_add ("/e2e/usage", test_usage);
  e2e_add ("/e2e/help", test_help);
  e2e_add ("/e2e/validate", test_validate);
  e2e_add ("/e2e/validate/patterns", test_validate_patterns);
  e2e_add ("/e2e/samples-canonical", test_samples_are_canonical);
  e2e_add ("/e2e/new", test_new);
  e2e_add ("/e2e/run/two-hosts", test_run_two_hosts);
  e2e_add ("/e2e/run/campus", test_run_campus);
  e2e_add ("/e2e/run/campus-changed", test_run_campus_changed);
  e2e_add ("/e2e/run/crash", test_run_crash);
  e2e_add ("/e2e/run/interrupted", test_run_interrupted);
  e2e_add ("/e2e/run/fresh", test_run_fresh);
  e2e_add ("/e2e/run/keep-running", test_run_keeps_running);
  e2e_add ("/e2e/run/leaves-no-child", test_leaves_no_child);
  return g_test_run ();
}

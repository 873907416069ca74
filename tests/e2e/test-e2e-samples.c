/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sample labs of routers start, converge, pass their own checks, and leave nothing behind. */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "e2e.h"

static const char *const samples[] = { "bgp-multihoming", "dual-stack", "isp-core", "ospf-areas",
                                       "serial-triangle" };

static gboolean
can_route (void)
{
  if (!g_file_test ("/usr/lib/frr/zebra", G_FILE_TEST_IS_EXECUTABLE))
    g_test_skip ("FRRouting is not installed");
  else if (access ("/dev/net/tun", R_OK | W_OK) != 0)
    g_test_skip ("there is no /dev/net/tun that this user may open");
  else
    return TRUE;
  return FALSE;
}

static void
test_sample (E2e *e2e, gconstpointer data)
{
  g_autofree char *name = g_strconcat (data, ".lab", NULL);
  g_autofree char *path = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (!can_route ())
    return;
  path = e2e_sample (e2e, name, NULL, NULL);
  before = e2e_read (path);
  e2e_labctl (e2e, "run", "--fresh", path, NULL);
  e2e_assert_code (e2e, 0);
  g_test_message ("%s", e2e->out);
  e2e_assert_has (e2e->out, "checks passed");
  g_assert_true (e2e_wait_no_processes (e2e, 5));
  after = e2e_read (path);
  g_assert_cmpstr (before, ==, after);
}

/* The name of an end of the first link. (transfer full) */
static char *
first_end (const char *text)
{
  g_autoptr (GRegex) regex =
      g_regex_new ("\"node\": \"([^\"]+)\",\\s+\"port\": \"([^\"]+)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *node = NULL;
  g_autofree char *port = NULL;

  g_assert_true (g_regex_match (regex, text, 0, &match));
  node = g_match_info_fetch (match, 1);
  port = g_match_info_fetch (match, 2);
  return g_strconcat (node, ":", port, NULL);
}

/* An edit that changes nothing leaves the file as it is. */
static void
test_canonical (E2e *e2e, gconstpointer data)
{
  g_autofree char *name = g_strconcat (data, ".lab", NULL);
  g_autofree char *path = e2e_sample (e2e, name, NULL, NULL);
  g_autofree char *before = e2e_read (path);
  g_autofree char *end = first_end (before);
  g_autofree char *after = NULL;

  e2e_labctl (e2e, "plug", path, end, NULL);
  e2e_assert_code (e2e, 0);
  after = e2e_read (path);
  g_assert_cmpstr (before, ==, after);
}

/* A link of the core is pulled while everything runs: there is another way. */
static void
test_heal (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = NULL;

  if (!can_route ())
    return;
  path = e2e_sample (e2e, "isp-core.lab", NULL, NULL);
  e2e_labctl (e2e, "run", "--keep-running", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "unplug", path, "P1:e0/0", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "run", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_no_processes (e2e, 5));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *run = g_strdup_printf ("/e2e/samples/%s/run", samples[i]);
      g_autofree char *canonical = g_strdup_printf ("/e2e/samples/%s/canonical", samples[i]);

      g_test_add (run, E2e, samples[i], e2e_set_up, test_sample, e2e_tear_down);
      g_test_add (canonical, E2e, samples[i], e2e_set_up, test_canonical, e2e_tear_down);
    }
  g_test_add ("/e2e/samples/isp-core/heal", E2e, NULL, e2e_set_up, test_heal, e2e_tear_down);
  return g_test_run ();
}

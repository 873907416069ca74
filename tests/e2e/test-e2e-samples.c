/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sample labs of routers and Linux hosts start, converge, pass their own checks, and leave
 * nothing behind. */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "e2e.h"

static const char *const samples[] = {
  "bgp-multihoming", "dual-stack", "frame-relay-hub-and-spoke", "isp-core",
  "linux-hosts",     "ospf-areas", "serial-triangle",           "vrrp-campus"
};

/* All but the labs of hosts have routers. */
static gboolean
can_run (const char *name)
{
  if (!g_str_has_prefix (name, "linux-hosts") &&
      !g_file_test ("/usr/lib/frr/zebra", G_FILE_TEST_IS_EXECUTABLE))
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

  if (!can_run (name))
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

/* What the solution in its notes says, as changes of the start configurations. */
static void
test_broken (E2e *e2e, gconstpointer data)
{
  static const char *const mends[][2] = {
    { "\" ip ospf hello-interval 5\",", "" },
    { "\" ip ospf area 1\",", "\" ip ospf area 0\"," },
    { "\" ip ospf authentication\",", "" },
    { "\" ip ospf authentication-key lab\",", "" },
    { "\" ip address 192.168.4.1/24\",", "\" ip address 192.168.4.1/24\", \" ip ospf area 0\"," },
  };
  g_autofree char *path = e2e_sample (e2e, "broken-ospf.lab", NULL, NULL);
  g_autofree char *text = e2e_read (path);
  g_autoptr (GString) changed = g_string_new (text);
  g_autofree char *broken = NULL;
  g_autofree char *mended = NULL;

  if (!can_run ("routers"))
    return;
  /* As it is, nothing of it works, and that need not take long. */
  g_string_replace (changed, "\"within\": 90", "\"within\": 25", 0);
  broken = e2e_write (e2e, "broken.lab", changed->str);
  e2e_labctl (e2e, "run", "--fresh", broken, NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->out, "0 of 5 checks passed");

  g_string_assign (changed, text);
  for (gsize i = 0; i < G_N_ELEMENTS (mends); i++)
    g_assert_cmpuint (g_string_replace (changed, mends[i][0], mends[i][1], 0), ==, 1);
  mended = e2e_write (e2e, "mended.lab", changed->str);
  e2e_labctl (e2e, "run", "--fresh", mended, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "5 of 5 checks passed");
  g_assert_true (e2e_wait_no_processes (e2e, 5));
}

/* What is saved in vtysh is what labctl fetches, and is there after a restart. */
static void
test_export (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "serial-triangle.lab", NULL, NULL);
  g_autofree char *shown = NULL;
  g_autofree char *saved = NULL;
  const char *from;

  if (!can_run ("routers"))
    return;
  e2e_labctl (e2e, "start", path, "R1", "--wait", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", path, "R1", "configure terminal", NULL);
  e2e_labctl (e2e, "send", path, "R1", "ip route 203.0.113.0/24 10.0.12.2", NULL);
  e2e_labctl (e2e, "send", path, "R1", "end", NULL);
  e2e_labctl (e2e, "send", path, "R1", "write memory", "--expect", "\\[OK\\]", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", path, "R1", "show running-config", NULL);
  shown = g_strdup (e2e->out);
  e2e_labctl (e2e, "export", path, "--config", "R1", NULL);
  e2e_assert_code (e2e, 0);
  saved = g_strchomp (g_strdup (e2e->out));
  e2e_assert_has (saved, "ip route 203.0.113.0/24 10.0.12.2");
  /* On the screen there is a heading before, and “end” after. */
  from = strstr (saved, "frr version");
  g_assert_nonnull (from);
  e2e_assert_has (shown, from);

  e2e_labctl (e2e, "reload", path, "R1", "--wait", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", path, "R1", "show running-config", "--expect",
              "ip route 203\\.0\\.113\\.0/24 10\\.0\\.12\\.2", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_no_processes (e2e, 5));
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

  if (!can_run ("routers"))
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

/* The master of one VLAN goes, and the other gateway has its address. */
static void
test_gateway (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = NULL;

  if (!can_run ("vrrp-campus"))
    return;
  path = e2e_sample (e2e, "vrrp-campus.lab", NULL, NULL);
  e2e_labctl (e2e, "run", "--keep-running", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "stop", path, "GW1", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", path, "PC1", "ping 192.0.2.10 -c 30", "--expect",
              "bytes from 192\\.0\\.2\\.10", "--within", "40", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", path, "GW2", "show vrrp interface e0-0.10 10", "--expect",
              "Status \\(v4\\) +Master", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_no_processes (e2e, 5));
}

/* Where the kernel has no MPLS or no VRFs it is said what is missing, and nothing starts. */
static void
test_mpls (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = NULL;

  if (!can_run ("isp-core-mpls"))
    return;
  path = e2e_sample (e2e, "isp-core-mpls.lab", NULL, NULL);
  e2e_labctl (e2e, "run", "--fresh", path, NULL);
  if (e2e->code == 3)
    {
      e2e_assert_has (e2e->err, "“ISP core with MPLS” cannot work on this machine");
      e2e_assert_has (e2e->err, "its checks are skipped");
      g_test_skip (e2e->err);
    }
  else
    {
      e2e_assert_code (e2e, 0);
      e2e_assert_has (e2e->out, "checks passed");
    }
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
  g_test_add ("/e2e/samples/broken-ospf/canonical", E2e, "broken-ospf", e2e_set_up, test_canonical,
              e2e_tear_down);
  g_test_add ("/e2e/samples/broken-ospf/mended", E2e, NULL, e2e_set_up, test_broken, e2e_tear_down);
  g_test_add ("/e2e/samples/serial-triangle/export", E2e, NULL, e2e_set_up, test_export,
              e2e_tear_down);
  g_test_add ("/e2e/samples/vrrp-campus/gateway", E2e, NULL, e2e_set_up, test_gateway,
              e2e_tear_down);
  g_test_add ("/e2e/samples/isp-core-mpls/canonical", E2e, "isp-core-mpls", e2e_set_up,
              test_canonical, e2e_tear_down);
  g_test_add ("/e2e/samples/isp-core-mpls/run", E2e, NULL, e2e_set_up, test_mpls, e2e_tear_down);
  g_test_add ("/e2e/samples/isp-core/heal", E2e, NULL, e2e_set_up, test_heal, e2e_tear_down);
  return g_test_run ();
}

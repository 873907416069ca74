/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What labs need is really taken away, one thing at a time, in namespaces of their own: each case
 * gives one clear sentence, “labctl doctor” names it, and labs of light hosts still run. */

#include "config.h"

#include <string.h>

#include "e2e.h"

#define NO_TUN        "mount -t tmpfs none /dev/net"
#define NO_FRR        "mount -t tmpfs none /usr/lib/frr"
#define NO_NAMESPACES "echo 0 > /proc/sys/user/max_user_namespaces"
#define NO_BUBBLEWRAP "mount --bind /dev/null /usr/bin/bwrap"

static const char routers[] = "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": "
                              "\"6b1c3d2e-5f0e-4a17-9f0e-0d2f0a6b1c3d\", \"name\": \"Routers\",\n"
                              "  \"nodes\": [\n"
                              "    { \"name\": \"R1\", \"kind\": \"iou\", \"x\": 0, \"y\": 0,\n"
                              "      \"image\": { \"name\": \"labwright-router\" } },\n"
                              "    { \"name\": \"PC1\", \"kind\": \"iou\", \"x\": 200, \"y\": 0,\n"
                              "      \"image\": { \"name\": \"labwright-pc\" } } ] }\n";

static gboolean
can_hide (E2e *e2e, const char *script)
{
  g_autofree char *all = g_strconcat (script, "; exec true", NULL);
  const char *const argv[] = { "unshare", "--user", "--map-root-user", "--mount", "sh", "-e", "-c",
                               all,       NULL };
  int status = 1;

  g_spawn_sync (NULL, (char **) argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, NULL);
  if (status == 0)
    {
      e2e_inside (e2e, script);
      return TRUE;
    }
  g_test_skip (
      "nothing can be hidden here: no user and mount namespaces, or it is not there at all");
  return FALSE;
}

static void
assert_finding (E2e *e2e, const char *id, const char *state)
{
  g_autofree char *pattern = g_strdup_printf (
      "\"id\" : \"%s\",[^}]*\"state\" : \"%s\"[^}]*\"detail\" : \"[^\"]+\\.\"", id, state);

  e2e_labctl (e2e, "doctor", "--json", NULL);
  if (!g_regex_match_simple (pattern, e2e->out, 0, 0))
    g_error ("no %s that is %s in %s", id, state, e2e->out);
}

static void
assert_hosts_run (E2e *e2e)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);

  e2e_labctl (e2e, "run", "--fresh", path, NULL);
  e2e_assert_code (e2e, 0);
}

/* Of a router and a host the router fails, with one sentence; the host gets ready. */
static void
assert_router_fails (E2e *e2e, const char *says)
{
  g_autofree char *path = e2e_write (e2e, "routers.lab", routers);

  e2e_labctl (e2e, "start", path, "--wait", NULL);
  e2e_assert_code (e2e, 1);
  g_test_message ("%s", e2e->err);
  e2e_assert_has (e2e->err, "1 of 2 devices did not start:");
  e2e_assert_has (e2e->err, "R1: crashed: ");
  g_assert_cmpuint (e2e_count (e2e->err, says), ==, 1);
  g_assert_null (strstr (e2e->err, "PC1"));
  e2e_labctl (e2e, "status", path, NULL);
  e2e_assert_has (e2e->out, "ready");
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);
}

typedef struct
{
  const char *script;
  const char *finding;
  const char *says;
} Case;

static const Case no_tun = { NO_TUN, "tun", "modprobe tun" };
static const Case no_frr = { NO_FRR, "frr", "apt install frr" };

static void
test_router (E2e *e2e, gconstpointer data)
{
  const Case *taken = data;

  if (!can_hide (e2e, taken->script))
    return;
  assert_finding (e2e, taken->finding, "missing");
  assert_hosts_run (e2e);
  assert_router_fails (e2e, taken->says);
}

/* Without a sandbox nothing runs, unless the user allows it: then light hosts do, and a router,
 * which needs namespaces itself, says so. */
static void
assert_sandbox_needed (E2e *e2e, const char *says)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);

  e2e_labctl (e2e, "run", "--fresh", path, NULL);
  g_test_message ("%s", e2e->err);
  g_assert_cmpint (e2e->code, !=, 0);
  e2e_assert_has (e2e->err, says);
  /* One line, not one for each device. */
  g_assert_true (strchr (e2e->err, '\n') == e2e->err + strlen (e2e->err) - 1);
  e2e_setenv (e2e, "LABWRIGHT_NO_SANDBOX", "1");
  assert_hosts_run (e2e);
}

static void
test_namespaces (E2e *e2e, gconstpointer data)
{
  if (!can_hide (e2e, NO_NAMESPACES))
    return;
  assert_finding (e2e, "namespaces", "needed");
  assert_sandbox_needed (e2e, "user namespaces");
  if (g_file_test ("/usr/lib/frr/zebra", G_FILE_TEST_IS_EXECUTABLE))
    assert_router_fails (e2e, "user namespaces");
}

static void
test_bubblewrap (E2e *e2e, gconstpointer data)
{
  if (!can_hide (e2e, NO_BUBBLEWRAP))
    return;
  assert_finding (e2e, "bubblewrap", "needed");
  assert_sandbox_needed (e2e, "bubblewrap (the program bwrap) is not installed.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/e2e/missing/tun", E2e, &no_tun, e2e_set_up, test_router, e2e_tear_down);
  g_test_add ("/e2e/missing/frr", E2e, &no_frr, e2e_set_up, test_router, e2e_tear_down);
  e2e_add ("/e2e/missing/namespaces", test_namespaces);
  e2e_add ("/e2e/missing/bubblewrap", test_bubblewrap);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl doctor, with things taken away one at a time. */

#include "config.h"

#include <string.h>

#include "e2e.h"

#define N_FINDINGS 12

/* Words on their own: how many blanks stand between is for eyes. */
static void
assert_missing (E2e *e2e, const char *id, const char *state, const char *command)
{
  g_autofree char *pattern =
      g_strdup_printf ("\"id\" : \"%s\",[^}]*\"state\" : \"%s\"[^}]*\"detail\" : \"[^}]*\\.\","
                       "[^}]*\"command\" : \"%s\"",
                       id, state, command);

  if (!g_regex_match_simple (pattern, e2e->out, 0, 0))
    g_error ("no %s that is %s in %s", id, state, e2e->out);
}

static void
test_all (E2e *e2e, gconstpointer data)
{
  e2e_labctl (e2e, "doctor", "--json", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "\"can-run\" : true");
  g_assert_cmpuint (e2e_count (e2e->out, "\"purpose\" : \""), ==, N_FINDINGS);
  e2e_labctl (e2e, "doctor", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "User namespaces");
  e2e_labctl (e2e, "doctor", "more", NULL);
  e2e_assert_code (e2e, 2);
}

static void
test_routers (E2e *e2e, gconstpointer data)
{
  e2e_setenv (e2e, "LABWRIGHT_FRR_DIR", "/nowhere");
  e2e_setenv (e2e, "LABWRIGHT_TUN", "/dev/net/nowhere");
  e2e_labctl (e2e, "doctor", "--json", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "\"can-run\" : true");
  assert_missing (e2e, "frr", "missing", "apt install frr");
  assert_missing (e2e, "tun", "missing", "modprobe tun");
}

static void
test_sandbox (E2e *e2e, gconstpointer data)
{
  e2e_setenv (e2e, "PATH", "/nowhere");
  e2e_labctl (e2e, "doctor", "--json", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->out, "\"can-run\" : false");
  assert_missing (e2e, "bubblewrap", "needed", "apt install bubblewrap");
  e2e_labctl (e2e, "doctor", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->out, "apt install bubblewrap");
}

/* As in a container: namespaces can be made, but no /proc in them. The doctor says so before the
 * engine has to. */
static void
test_container (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);

  e2e_inside (e2e, "mount --bind /dev/null /proc/version");
  e2e_labctl (e2e, "doctor", "--json", NULL);
  if (e2e->code == 0)
    {
      g_test_skip ("another /proc, of which nothing is hidden, is mounted on this machine");
      e2e_inside (e2e, NULL);
      return;
    }
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->out, "It cannot make a sandbox here, because parts of /proc are hidden");
  e2e_assert_has (e2e->out, "--security-opt systempaths=unconfined");
  e2e_labctl (e2e, "run", path, NULL);
  g_assert_cmpint (e2e->code, !=, 0);
  e2e_assert_has (e2e->err, "because parts of /proc are hidden");
  e2e_assert_has (e2e->err, "“labctl doctor” tells what to do");
  e2e_inside (e2e, NULL);
}

/* A lab says what it needs. */
static void
test_needs (E2e *e2e, gconstpointer data)
{
  g_autofree char *path =
      e2e_write (e2e, "needs.lab",
                 "{ \"format\": \"labwright\", \"version\": 1,\n"
                 "  \"uuid\": \"6c0a7f1e-3b52-4d0e-9a51-7d1f0c2b8eff\", \"name\": \"Needy\",\n"
                 "  \"needs\": [\"bubblewrap\", \"frr\", \"a-wonder\"] }\n");

  e2e_setenv (e2e, "LABWRIGHT_FRR_DIR", "/nowhere");
  e2e_labctl (e2e, "run", path, NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "“Needy” cannot work on this machine yet. It needs FRRouting: "
                            "FRRouting is not installed. As administrator: apt install frr");
  e2e_assert_has (e2e->err, "“Needy” needs “a-wonder”, which this version");
  e2e_assert_has (e2e->err, "its checks are skipped");
  g_assert_null (strstr (e2e->err, "bubblewrap"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/e2e/doctor/all", E2e, NULL, e2e_set_up, test_all, e2e_tear_down);
  g_test_add ("/e2e/doctor/routers", E2e, NULL, e2e_set_up, test_routers, e2e_tear_down);
  g_test_add ("/e2e/doctor/sandbox", E2e, NULL, e2e_set_up, test_sandbox, e2e_tear_down);
  g_test_add ("/e2e/doctor/container", E2e, NULL, e2e_set_up, test_container, e2e_tear_down);
  g_test_add ("/e2e/doctor/needs", E2e, NULL, e2e_set_up, test_needs, e2e_tear_down);
  return g_test_run ();
}

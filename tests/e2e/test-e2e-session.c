/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session of an open lab against a real engine, without a window. */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "lab-file.h"
#include "session-fixture.h"

static void
test_life (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  const char *const pc1[] = { "PC1", NULL };
  LabSession *session;

  session_load (fixture, path);
  session = fixture->session;
  g_assert_cmpstr (lab_session_get_title (session), ==, "Two hosts");
  g_assert_cmpuint (lab_session_get_n_devices (session), ==, 2);
  g_assert_cmpint (session_state_of (fixture, "PC1"), ==, LAB_RUN_OFF);
  lab_session_control (session, LAB_CLIENT_STOP, NULL);
  g_assert_cmpint (lab_session_get_engine (session), ==, LAB_SESSION_ENGINE_OFF);

  session_start_all (fixture);
  g_assert_cmpint (lab_session_get_engine (session), ==, LAB_SESSION_ENGINE_ON);
  g_assert_nonnull (lab_session_get_client (session));
  wait_until (5, lab_session_get_n_running (session) == 2);
  wait_until (5, !lab_session_get_busy (session));

  lab_session_control (session, LAB_CLIENT_STOP, pc1);
  wait_until (10, session_state_of (fixture, "PC1") == LAB_RUN_STOPPED);
  g_assert_cmpint (session_state_of (fixture, "PC2"), ==, LAB_RUN_READY);
  wait_until (5, lab_session_get_n_running (session) == 1);

  session_shut_down (fixture);
  g_assert_cmpint (session_state_of (fixture, "PC2"), ==, LAB_RUN_OFF);
  g_assert_cmpuint (lab_session_get_n_running (session), ==, 0);
  g_assert_cmpstr (fixture->said->str, ==, "");
}

/* The engine follows the document: a rename, a new device, a removed one. */
static void
test_apply (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  const char *const pc2[] = { "PC2", NULL };
  LabSession *session;
  LabNode *node;
  LabClient *client;
  guint pid;

  session_load (fixture, path);
  session = fixture->session;
  session_start_all (fixture);
  client = lab_session_get_client (session);
  node = lab_topology_find_node (lab_session_get_topology (session), "PC1");
  pid = lab_client_node_get_pid (lab_client_find_node (client, "PC1"));

  g_assert_true (lab_session_apply (session, lab_edit_new_rename_node ("PC1", "Alpha")));
  g_assert_true (lab_session_get_modified (session));
  g_assert_cmpint (lab_node_get_run_state (node), ==, LAB_RUN_READY);
  wait_until (10, lab_client_find_node (client, "Alpha") != NULL);
  g_assert_cmpint (lab_node_get_run_state (node), ==, LAB_RUN_READY);
  g_assert_cmpuint (lab_client_node_get_pid (lab_client_find_node (client, "Alpha")), ==, pid);

  g_assert_true (lab_session_apply (session, lab_edit_new_remove_nodes (pc2)));
  wait_until (10, lab_client_find_node (client, "PC2") == NULL);
  wait_until (5, lab_session_get_n_running (session) == 1);
  g_assert_true (lab_history_undo (lab_session_get_history (session)));
  wait_until (10, lab_client_find_node (client, "PC2") != NULL);

  g_assert_false (lab_session_apply (session, lab_edit_new_rename_node ("PC2", "Alpha")));
  g_assert_nonnull (strstr (fixture->said->str, "2 There is a device “Alpha” already"));
  session_shut_down (fixture);
}

/* The window goes, the lab runs on, and the next window finds it. */
static void
test_attach (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  session_load (fixture, path);
  lab_session_attach_async (fixture->session, session_done_cb, fixture);
  result = session_wait_result (fixture);
  g_assert_false (lab_session_attach_finish (fixture->session, result, &error));
  g_assert_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NOT_RUNNING);
  g_assert_cmpstr (fixture->said->str, ==, "");

  session_start_all (fixture);
  g_clear_object (&result);
  session_load (fixture, path);
  g_assert_cmpint (session_state_of (fixture, "PC1"), ==, LAB_RUN_OFF);
  session_attach (fixture);
  g_assert_cmpint (session_state_of (fixture, "PC1"), ==, LAB_RUN_READY);
  g_assert_cmpuint (lab_session_get_n_running (fixture->session), ==, 2);
  session_shut_down (fixture);
}

/* kill -9 of the engine: the lab is lost, and one call brings back what ran. */
static void
test_lost (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  const char *const pc2[] = { "PC2", NULL };
  LabSession *session;
  const char *text;

  session_load (fixture, path);
  session = fixture->session;
  session_start_all (fixture);
  lab_session_control (session, LAB_CLIENT_STOP, pc2);
  wait_until (10, session_state_of (fixture, "PC2") == LAB_RUN_STOPPED);

  kill ((pid_t) lab_client_get_engine_pid (lab_session_get_client (session)), SIGKILL);
  wait_until (10, lab_session_get_engine (session) == LAB_SESSION_ENGINE_LOST);
  g_assert_null (lab_session_get_client (session));
  g_assert_cmpint (lab_session_get_warning (session, &text), ==, LAB_SESSION_WARNING_LOST);
  g_assert_nonnull (strstr (text, "ended unexpectedly"));
  g_assert_cmpint (session_state_of (fixture, "PC1"), ==, LAB_RUN_OFF);
  g_assert_cmpuint (lab_session_get_n_running (session), ==, 0);

  g_assert_true (lab_session_apply (session, lab_edit_new_rename_node ("PC1", "Alpha")));
  lab_session_revive (session);
  wait_until (30, session_state_of (fixture, "Alpha") == LAB_RUN_READY);
  g_assert_cmpint (lab_session_get_engine (session), ==, LAB_SESSION_ENGINE_ON);
  g_assert_cmpint (lab_session_get_warning (session, NULL), !=, LAB_SESSION_WARNING_LOST);
  g_assert_cmpint (session_state_of (fixture, "PC2"), ==, LAB_RUN_STOPPED);
  session_shut_down (fixture);
}

/* A lab that was never saved runs; saving it then changes nothing for its devices. */
static void
test_untitled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sample = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *path = e2e_path (&fixture->e2e, "mine.lab");
  g_autoptr (LabTopology) topology = lab_file_load (sample, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LabSession *session = lab_session_new (topology, NULL);
  guint pid;

  session_take (fixture, session);
  g_clear_object (&topology);
  session_start_all (fixture);
  pid = lab_client_node_get_pid (lab_client_find_node (lab_session_get_client (session), "PC1"));

  lab_session_save_async (session, NULL, session_done_cb, fixture);
  result = session_wait_result (fixture);
  g_assert_false (lab_session_save_finish (session, result, &error));
  g_assert_error (error, LAB_SESSION_FAILURE, LAB_SESSION_FAILURE_NO_PATH);
  g_clear_error (&error);
  g_clear_object (&result);

  g_assert_true (lab_session_apply (session, lab_edit_new_rename_node ("PC1", "Alpha")));
  lab_session_save_async (session, path, session_done_cb, fixture);
  g_assert_true (lab_session_get_modified (session));
  result = session_wait_result (fixture);
  lab_session_save_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_false (lab_session_get_modified (session));
  g_assert_cmpstr (lab_session_get_path (session), ==, path);
  g_clear_object (&result);

  wait_until (10, lab_client_find_node (lab_session_get_client (session), "Alpha") != NULL);
  g_usleep (200000);
  session_load (fixture, path);
  lab_session_attach_async (fixture->session, session_done_cb, fixture);
  result = session_wait_result (fixture);
  lab_session_attach_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lab_client_node_get_pid (
                        lab_client_find_node (lab_session_get_client (fixture->session), "Alpha")),
                    ==, pid);
  g_assert_cmpstr (lab_client_get_engine_path (lab_session_get_client (fixture->session)), ==,
                   path);
  session_shut_down (fixture);
}

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  guint64 memory = 0;
  double cpu = -1;
  LabNode *node;

  session_load (fixture, path);
  node = lab_topology_find_node (lab_session_get_topology (fixture->session), "PC1");
  g_assert_false (lab_session_get_usage (fixture->session, node, &memory, &cpu));
  session_start_all (fixture);
  wait_until (10, lab_session_get_usage (fixture->session, node, &memory, &cpu));
  g_assert_cmpuint (memory, >, 10 * 1024);
  g_assert_cmpuint (memory, <, 1024 * 1024 * 1024);
  g_assert_cmpfloat (cpu, >=, 0);
  g_assert_cmpfloat (cpu, <, 2);
  session_shut_down (fixture);
  g_assert_false (lab_session_get_usage (fixture->session, node, &memory, &cpu));
}

static void
find_rates_cb (LabLink *link, guint *n_changes)
{
  (*n_changes)++;
}

/* Line states and rates come onto the links while they are watched, and go with the engine. */
static void
test_rates (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  guint n_changes = 0;
  LabLink *link;
  LabLinkRun run;

  session_load (fixture, path);
  link = lab_topology_find_link (lab_session_get_topology (fixture->session), "PC1", "e0/0");
  g_signal_connect (link, "run-changed", G_CALLBACK (find_rates_cb), &n_changes);
  session_start_all (fixture);
  wait_until (15, (lab_link_get_run (link, &run),
                   run.line[0] == LAB_LINE_UP && run.line[1] == LAB_LINE_UP));
  e2e_labctl (&fixture->e2e, "send", path, "PC1", "ping 10.0.0.2 -c 3", NULL);
  e2e_assert_code (&fixture->e2e, 0);
  wait_until (5, (lab_link_get_run (link, &run), run.bits[0] > 0));

  lab_session_set_watched (fixture->session, FALSE);
  session_shut_down (fixture);
  lab_session_set_watched (fixture->session, TRUE);
  lab_link_get_run (link, &run);
  g_assert_cmpint (run.line[0], ==, LAB_LINE_UNKNOWN);
  g_assert_cmpfloat (run.bits[0], ==, 0);
  g_assert_cmpuint (n_changes, >=, 2);
}

/* What a banner has to say: no sandbox, and devices whose image is missing. */
static void
test_warnings (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      e2e_sample (&fixture->e2e, "two-hosts.lab", "labwright-pc", "no-such-image.bin");
  g_autoptr (LabTopology) topology = lab_topology_new ("Empty");
  const char *text;

  session_load (fixture, path);
  lab_session_control (fixture->session, LAB_CLIENT_START, NULL);
  wait_until (20, lab_session_get_warning (fixture->session, &text) == LAB_SESSION_WARNING_START);
  g_assert_nonnull (strstr (text, "PC1: The image no-such-image.bin is not on this machine"));
  session_shut_down (fixture);
  g_assert_cmpint (lab_session_get_warning (fixture->session, NULL), ==, LAB_SESSION_WARNING_NONE);

  g_setenv ("LABWRIGHT_NO_SANDBOX", "1", TRUE);
  session_take (fixture, lab_session_new (topology, NULL));
  g_clear_object (&topology);
  lab_session_control (fixture->session, LAB_CLIENT_START, NULL);
  wait_until (20, lab_session_get_warning (fixture->session, &text) == LAB_SESSION_WARNING_SANDBOX);
  g_assert_nonnull (strstr (text, "LABWRIGHT_NO_SANDBOX"));
  session_shut_down (fixture);
  g_unsetenv ("LABWRIGHT_NO_SANDBOX");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/session/" name, Fixture, NULL, session_set_up, function, session_tear_down)
  ADD ("life", test_life);
  ADD ("apply", test_apply);
  ADD ("attach", test_attach);
  ADD ("lost", test_lost);
  ADD ("untitled", test_untitled);
  ADD ("usage", test_usage);
  ADD ("rates", test_rates);
  ADD ("warnings", test_warnings);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session of an open lab against a real engine, without a window. */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "e2e.h"
#include "lab-file.h"
#include "lab-session.h"

typedef struct
{
  E2e e2e;
  LabSession *session;
  GAsyncResult *result;
  GString *said; /* every message, one a line */
} Fixture;

static void
message_cb (LabSession *session, guint kind, const char *text, const char *detail, Fixture *fixture)
{
  g_string_append_printf (fixture->said, "%u %s%s%s\n", kind, text, detail != NULL ? " / " : "",
                          detail != NULL ? detail : "");
}

static void
take_session (Fixture *fixture, LabSession *session)
{
  g_clear_object (&fixture->session);
  fixture->session = session;
  g_signal_connect (session, "message", G_CALLBACK (message_cb), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *runtime = NULL;
  g_autofree char *state = NULL;

  e2e_set_up (&fixture->e2e, data);
  runtime = e2e_path (&fixture->e2e, "r");
  state = e2e_path (&fixture->e2e, "s");
  g_setenv ("LABWRIGHT_RUNTIME_DIR", runtime, TRUE);
  g_setenv ("LABWRIGHT_STATE_DIR", state, TRUE);
  fixture->said = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->session != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->session));
  g_clear_object (&fixture->result);
  g_string_free (fixture->said, TRUE);
  e2e_tear_down (&fixture->e2e, data);
}

static void
done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_null (fixture->result);
  fixture->result = g_object_ref (result);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Turns the main loop until @condition holds. */
#define wait_until(seconds, condition)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean timed_out_ = FALSE;                                                                   \
    guint source_ = g_timeout_add ((guint) ((seconds) *1000), timed_out_cb, &timed_out_);          \
    while (!(condition) && !timed_out_)                                                            \
      g_main_context_iteration (NULL, TRUE);                                                       \
    if (timed_out_)                                                                                \
      g_error ("not within %g s: %s; said: %s", (double) (seconds), #condition,                    \
               fixture->said->str);                                                                \
    g_source_remove (source_);                                                                     \
  }                                                                                                \
  G_STMT_END

static GAsyncResult *
wait_result (Fixture *fixture)
{
  wait_until (20, fixture->result != NULL);

  return g_steal_pointer (&fixture->result);
}

static void
load (Fixture *fixture, const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LabSession *session;

  lab_session_load_async (path, NULL, done_cb, fixture);
  result = wait_result (fixture);
  session = lab_session_load_finish (result, &error);
  g_assert_no_error (error);
  take_session (fixture, session);
}

static void
shut_down (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lab_session_shutdown_async (fixture->session, done_cb, fixture);
  result = wait_result (fixture);
  lab_session_shutdown_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lab_session_get_engine (fixture->session), ==, LAB_SESSION_ENGINE_OFF);
}

static LabRunState
state_of (Fixture *fixture, const char *name)
{
  LabNode *node = lab_topology_find_node (lab_session_get_topology (fixture->session), name);

  return node != NULL ? lab_node_get_run_state (node) : LAB_RUN_OFF;
}

static void
start_all (Fixture *fixture)
{
  lab_session_control (fixture->session, LAB_CLIENT_START, NULL);
  wait_until (30, state_of (fixture, "PC1") == LAB_RUN_READY);
  wait_until (30, state_of (fixture, "PC2") == LAB_RUN_READY);
}

static void
test_life (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  const char *const pc1[] = { "PC1", NULL };
  LabSession *session;

  load (fixture, path);
  session = fixture->session;
  g_assert_cmpstr (lab_session_get_title (session), ==, "Two hosts");
  g_assert_cmpuint (lab_session_get_n_devices (session), ==, 2);
  g_assert_cmpint (state_of (fixture, "PC1"), ==, LAB_RUN_OFF);
  lab_session_control (session, LAB_CLIENT_STOP, NULL);
  g_assert_cmpint (lab_session_get_engine (session), ==, LAB_SESSION_ENGINE_OFF);

  start_all (fixture);
  g_assert_cmpint (lab_session_get_engine (session), ==, LAB_SESSION_ENGINE_ON);
  g_assert_nonnull (lab_session_get_client (session));
  wait_until (5, lab_session_get_n_running (session) == 2);
  wait_until (5, !lab_session_get_busy (session));

  lab_session_control (session, LAB_CLIENT_STOP, pc1);
  wait_until (10, state_of (fixture, "PC1") == LAB_RUN_STOPPED);
  g_assert_cmpint (state_of (fixture, "PC2"), ==, LAB_RUN_READY);
  wait_until (5, lab_session_get_n_running (session) == 1);

  shut_down (fixture);
  g_assert_cmpint (state_of (fixture, "PC2"), ==, LAB_RUN_OFF);
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

  load (fixture, path);
  session = fixture->session;
  start_all (fixture);
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
  g_assert_nonnull (strstr (fixture->said->str, "2 There is a node “Alpha” already"));
  shut_down (fixture);
}

/* The window goes, the lab runs on, and the next window finds it. */
static void
test_attach (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  load (fixture, path);
  lab_session_attach_async (fixture->session, done_cb, fixture);
  result = wait_result (fixture);
  g_assert_false (lab_session_attach_finish (fixture->session, result, &error));
  g_assert_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NOT_RUNNING);
  g_assert_cmpstr (fixture->said->str, ==, "");

  start_all (fixture);
  g_clear_object (&result);
  load (fixture, path);
  g_assert_cmpint (state_of (fixture, "PC1"), ==, LAB_RUN_OFF);
  lab_session_attach_async (fixture->session, done_cb, fixture);
  result = wait_result (fixture);
  g_clear_error (&error);
  lab_session_attach_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state_of (fixture, "PC1"), ==, LAB_RUN_READY);
  g_assert_cmpuint (lab_session_get_n_running (fixture->session), ==, 2);
  shut_down (fixture);
}

/* kill -9 of the engine: the lab is lost, and one call brings back what ran. */
static void
test_lost (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  const char *const pc2[] = { "PC2", NULL };
  LabSession *session;
  const char *text;

  load (fixture, path);
  session = fixture->session;
  start_all (fixture);
  lab_session_control (session, LAB_CLIENT_STOP, pc2);
  wait_until (10, state_of (fixture, "PC2") == LAB_RUN_STOPPED);

  kill ((pid_t) lab_client_get_engine_pid (lab_session_get_client (session)), SIGKILL);
  wait_until (10, lab_session_get_engine (session) == LAB_SESSION_ENGINE_LOST);
  g_assert_null (lab_session_get_client (session));
  g_assert_cmpint (lab_session_get_warning (session, &text), ==, LAB_SESSION_WARNING_LOST);
  g_assert_nonnull (strstr (text, "ended unexpectedly"));
  g_assert_cmpint (state_of (fixture, "PC1"), ==, LAB_RUN_OFF);
  g_assert_cmpuint (lab_session_get_n_running (session), ==, 0);

  g_assert_true (lab_session_apply (session, lab_edit_new_rename_node ("PC1", "Alpha")));
  lab_session_revive (session);
  wait_until (30, state_of (fixture, "Alpha") == LAB_RUN_READY);
  g_assert_cmpint (lab_session_get_engine (session), ==, LAB_SESSION_ENGINE_ON);
  g_assert_cmpint (lab_session_get_warning (session, NULL), !=, LAB_SESSION_WARNING_LOST);
  g_assert_cmpint (state_of (fixture, "PC2"), ==, LAB_RUN_STOPPED);
  shut_down (fixture);
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

  take_session (fixture, session);
  g_clear_object (&topology);
  start_all (fixture);
  pid = lab_client_node_get_pid (lab_client_find_node (lab_session_get_client (session), "PC1"));

  lab_session_save_async (session, NULL, done_cb, fixture);
  result = wait_result (fixture);
  g_assert_false (lab_session_save_finish (session, result, &error));
  g_assert_error (error, LAB_SESSION_FAILURE, LAB_SESSION_FAILURE_NO_PATH);
  g_clear_error (&error);
  g_clear_object (&result);

  g_assert_true (lab_session_apply (session, lab_edit_new_rename_node ("PC1", "Alpha")));
  lab_session_save_async (session, path, done_cb, fixture);
  g_assert_true (lab_session_get_modified (session));
  result = wait_result (fixture);
  lab_session_save_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_false (lab_session_get_modified (session));
  g_assert_cmpstr (lab_session_get_path (session), ==, path);
  g_clear_object (&result);

  wait_until (10, lab_client_find_node (lab_session_get_client (session), "Alpha") != NULL);
  g_usleep (200000);
  load (fixture, path);
  lab_session_attach_async (fixture->session, done_cb, fixture);
  result = wait_result (fixture);
  lab_session_attach_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lab_client_node_get_pid (
                        lab_client_find_node (lab_session_get_client (fixture->session), "Alpha")),
                    ==, pid);
  g_assert_cmpstr (lab_client_get_engine_path (lab_session_get_client (fixture->session)), ==,
                   path);
  shut_down (fixture);
}

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  guint64 memory = 0;
  double cpu = -1;
  LabNode *node;

  load (fixture, path);
  node = lab_topology_find_node (lab_session_get_topology (fixture->session), "PC1");
  g_assert_false (lab_session_get_usage (fixture->session, node, &memory, &cpu));
  start_all (fixture);
  wait_until (10, lab_session_get_usage (fixture->session, node, &memory, &cpu));
  g_assert_cmpuint (memory, >, 10 * 1024);
  g_assert_cmpuint (memory, <, 1024 * 1024 * 1024);
  g_assert_cmpfloat (cpu, >=, 0);
  g_assert_cmpfloat (cpu, <, 2);
  shut_down (fixture);
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

  load (fixture, path);
  link = lab_topology_find_link (lab_session_get_topology (fixture->session), "PC1", "e0/0");
  g_signal_connect (link, "run-changed", G_CALLBACK (find_rates_cb), &n_changes);
  start_all (fixture);
  wait_until (15, (lab_link_get_run (link, &run),
                   run.line[0] == LAB_LINE_UP && run.line[1] == LAB_LINE_UP));
  e2e_labctl (&fixture->e2e, "send", path, "PC1", "ping 10.0.0.2 -c 3", NULL);
  e2e_assert_code (&fixture->e2e, 0);
  wait_until (5, (lab_link_get_run (link, &run), run.bits[0] > 0));

  lab_session_set_watched (fixture->session, FALSE);
  shut_down (fixture);
  lab_session_set_watched (fixture->session, TRUE);
  lab_link_get_run (link, &run);
  g_assert_cmpint (run.line[0], ==, LAB_LINE_UNKNOWN);
  g_assert_cmpfloat (run.bits[0], ==, 0);
  g_assert_cmpuint (n_changes, >=, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/session/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("life", test_life);
  ADD ("apply", test_apply);
  ADD ("attach", test_attach);
  ADD ("lost", test_lost);
  ADD ("untitled", test_untitled);
  ADD ("usage", test_usage);
  ADD ("rates", test_rates);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Configurations that the window puts into devices, with a real engine: those that run, those that
 * do not, a lab that does not run at all, and what does not fit. */

#include "config.h"

#include <string.h>

#include "lab-checkpoints.h"
#include "lab-saved-load.h"
#include "lab-saved-nvram.h"
#include "lab-saved-put.h"
#include "session-fixture.h"

#define TOO_LARGE (1024 * 1024)

static LabNode *
node_of (Fixture *fixture, const char *name)
{
  return lab_topology_find_node (lab_session_get_topology (fixture->session), name);
}

static char *
work_of (Fixture *fixture, const char *name)
{
  LabTopology *topology = lab_session_get_topology (fixture->session);

  return lab_saved_work (lab_topology_get_uuid (topology),
                         lab_node_get_id (node_of (fixture, name)));
}

/* (transfer full) (nullable) */
static char *
in_nvram (Fixture *fixture, const char *name)
{
  g_autofree char *work = work_of (fixture, name);
  g_autoptr (GBytes) text =
      lab_saved_read_nvram (work, lab_node_get_id (node_of (fixture, name)), NULL, NULL, NULL);

  return text != NULL ? g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text)) : NULL;
}

static void
assert_holds (Fixture *fixture, const char *name, const char *wanted)
{
  g_autofree char *text = in_nvram (fixture, name);

  if (wanted == NULL)
    g_assert_null (text);
  else
    g_assert_true (text != NULL && g_str_has_prefix (text, wanted));
}

static void
assert_history (Fixture *fixture, const char *name, guint n)
{
  g_autofree char *work = work_of (fixture, name);
  g_autoptr (GArray) entries = lab_saved_list (work, NULL);

  g_assert_nonnull (entries);
  g_assert_cmpuint (entries->len, ==, n);
}

static void
add (LabPutConfigs *job, Fixture *fixture, const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  lab_put_configs_add (job, node_of (fixture, name), bytes, NULL);
}

static void
note_cb (LabPutConfigs *job, guint index, GString *seen)
{
  g_string_append_printf (seen, "%s: %s\n", lab_put_configs_get_node (job, index),
                          lab_put_configs_get_text (job, index));
}

static gboolean
put (Fixture *fixture, LabPutConfigs *job, GString *seen, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_signal_connect (job, "changed", G_CALLBACK (note_cb), seen);
  lab_saved_put_async (fixture->session, job, session_done_cb, fixture);
  result = session_wait_result (fixture);
  g_assert_true (lab_put_configs_is_done (job));
  return lab_saved_put_finish (result, error);
}

static void
assert_seen (GString *seen, const char *wanted)
{
  if (strstr (seen->str, wanted) == NULL)
    g_error ("“%s” was not seen: %s", wanted, seen->str);
}

static void
test_running (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (LabPutConfigs) job = lab_put_configs_new ();
  g_autoptr (LabPutConfigs) reset = lab_put_configs_new ();
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *const pc2[] = { "PC2", NULL };

  session_load (fixture, path);
  session_start_all (fixture);
  lab_session_control (fixture->session, LAB_CLIENT_STOP, pc2);
  wait_until (10, session_state_of (fixture, "PC2") == LAB_RUN_STOPPED);

  add (job, fixture, "PC1", "set pcname first\n");
  add (job, fixture, "PC2", "set pcname second\n");
  put (fixture, job, seen, &error);
  g_assert_no_error (error);
  assert_seen (seen, "PC1: is stopped and loaded…");
  assert_seen (seen, "PC1: loaded, starts again…");
  assert_seen (seen, "PC1: loaded, ready");
  assert_seen (seen, "PC2: loaded\n");
  g_assert_cmpint (lab_put_configs_get_state (job, 0), ==, LAB_PUT_READY);
  g_assert_cmpint (lab_put_configs_get_state (job, 1), ==, LAB_PUT_LOADED);
  wait_until (5, session_state_of (fixture, "PC1") == LAB_RUN_READY);
  g_assert_cmpint (session_state_of (fixture, "PC2"), ==, LAB_RUN_STOPPED);
  assert_holds (fixture, "PC1", "set pcname first\n");
  assert_holds (fixture, "PC2", "set pcname second\n");
  e2e_labctl (&fixture->e2e, "send", path, "PC1", "show ip", NULL);
  e2e_assert_code (&fixture->e2e, 0);
  e2e_assert_has (fixture->e2e.out, "first");

  /* Back to the start: what was loaded is in the histories. */
  lab_put_configs_add_reset (reset, node_of (fixture, "PC1"));
  lab_put_configs_add_reset (reset, node_of (fixture, "PC2"));
  put (fixture, reset, seen, &error);
  g_assert_no_error (error);
  assert_seen (seen, "PC1: reset, ready");
  assert_seen (seen, "PC2: reset\n");
  assert_holds (fixture, "PC1", NULL);
  assert_holds (fixture, "PC2", NULL);
  assert_history (fixture, "PC1", 1);
  assert_history (fixture, "PC2", 1);
  session_shut_down (fixture);
}

/* A lab that does not run: its engine is there for it, and gone afterwards. */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (LabPutConfigs) job = lab_put_configs_new ();
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  session_load (fixture, path);
  add (job, fixture, "PC1", "set pcname first\n");
  add (job, fixture, "PC2", "set pcname second\n");
  put (fixture, job, seen, &error);
  g_assert_no_error (error);
  assert_holds (fixture, "PC1", "set pcname first\n");
  assert_holds (fixture, "PC2", "set pcname second\n");
  g_assert_cmpuint (lab_put_configs_count (job, LAB_PUT_LOADED), ==, 2);
  g_assert_cmpint (lab_session_get_engine (fixture->session), ==, LAB_SESSION_ENGINE_OFF);
  g_assert_true (e2e_wait_no_processes (&fixture->e2e, 10));
}

/* One does not fit: the other is left alone, too. */
static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (LabPutConfigs) job = lab_put_configs_new ();
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_strnfill (TOO_LARGE, '!');

  session_load (fixture, path);
  session_start_all (fixture);
  add (job, fixture, "PC1", "set pcname first\n");
  add (job, fixture, "PC2", large);
  g_assert_false (put (fixture, job, seen, &error));
  g_assert_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "PC2: The device cannot hold this configuration: "));
  g_assert_nonnull (strstr (error->message, "PC1: The device is left as it is"));
  assert_holds (fixture, "PC1", NULL);
  assert_holds (fixture, "PC2", NULL);
  g_assert_cmpint (session_state_of (fixture, "PC1"), ==, LAB_RUN_READY);
  g_assert_null (strstr (seen->str, "is stopped"));
  session_shut_down (fixture);
}

/* Somebody starts the lab while an engine is lent for something else: it stays. */
static void
assert_stays (Fixture *fixture)
{
  wait_until (20, session_state_of (fixture, "PC1") == LAB_RUN_READY &&
                      session_state_of (fixture, "PC2") == LAB_RUN_READY);
  g_assert_cmpint (lab_session_get_engine (fixture->session), ==, LAB_SESSION_ENGINE_ON);
  session_shut_down (fixture);
}

static void
test_put_and_start (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (LabPutConfigs) job = lab_put_configs_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  session_load (fixture, path);
  add (job, fixture, "PC1", "set pcname first\n");
  lab_saved_put_async (fixture->session, job, session_done_cb, fixture);
  lab_session_control (fixture->session, LAB_CLIENT_START, NULL);
  result = session_wait_result (fixture);
  g_assert_true (lab_saved_put_finish (result, &error));
  g_assert_no_error (error);
  assert_stays (fixture);
}

static void
test_checkpoint_and_start (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  session_load (fixture, path);
  lab_checkpoints_take_async (fixture->session, "now", session_done_cb, fixture);
  wait_until (10, e2e_n_processes (&fixture->e2e) > 0);
  lab_session_control (fixture->session, LAB_CLIENT_START, NULL);
  result = session_wait_result (fixture);
  g_assert_cmpuint (lab_checkpoints_take_finish (result, &error), ==, 1);
  g_assert_no_error (error);
  assert_stays (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, session_set_up, function, session_tear_down)
  ADD ("/e2e/put/running", test_running);
  ADD ("/e2e/put/stopped", test_stopped);
  ADD ("/e2e/put/too-large", test_too_large);
  ADD ("/e2e/put/and-start", test_put_and_start);
  ADD ("/e2e/put/checkpoint-and-start", test_checkpoint_and_start);
#undef ADD
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What tests of sessions share. */

#include "config.h"

#include "lab-file.h"
#include "session-fixture.h"

static void
message_cb (LabSession *session, guint kind, const char *text, const char *detail, Fixture *fixture)
{
  g_string_append_printf (fixture->said, "%u %s%s%s\n", kind, text, detail != NULL ? " / " : "",
                          detail != NULL ? detail : "");
}

/* A thread that has answered may hold its last reference a moment longer. */
static void
drop_session (Fixture *fixture)
{
  gpointer alive = fixture->session;

  if (alive == NULL)
    return;
  g_object_add_weak_pointer (G_OBJECT (fixture->session), &alive);
  g_clear_object (&fixture->session);
  wait_until (10, (g_main_context_wakeup (NULL), *(gpointer volatile *) &alive == NULL));
}

void
session_take (Fixture *fixture, LabSession *session)
{
  drop_session (fixture);
  fixture->session = session;
  g_signal_connect (session, "message", G_CALLBACK (message_cb), fixture);
}

void
session_set_up (Fixture *fixture, gconstpointer data)
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

void
session_tear_down (Fixture *fixture, gconstpointer data)
{
  drop_session (fixture);
  g_clear_object (&fixture->result);
  g_string_free (fixture->said, TRUE);
  e2e_tear_down (&fixture->e2e, data);
}

void
session_done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_null (fixture->result);
  fixture->result = g_object_ref (result);
}

gboolean
session_timed_out_cb (gpointer timed_out)
{
  *(gboolean *) timed_out = TRUE;

  return G_SOURCE_REMOVE;
}

GAsyncResult *
session_wait_result (Fixture *fixture)
{
  wait_until (20, fixture->result != NULL);

  return g_steal_pointer (&fixture->result);
}

void
session_load (Fixture *fixture, const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LabSession *session;

  lab_session_load_async (path, NULL, session_done_cb, fixture);
  result = session_wait_result (fixture);
  session = lab_session_load_finish (result, &error);
  g_assert_no_error (error);
  session_take (fixture, session);
}

void
session_save (Fixture *fixture, const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lab_session_save_async (fixture->session, path, session_done_cb, fixture);
  result = session_wait_result (fixture);
  lab_session_save_finish (fixture->session, result, &error);
  g_assert_no_error (error);
}

void
session_attach (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lab_session_attach_async (fixture->session, session_done_cb, fixture);
  result = session_wait_result (fixture);
  lab_session_attach_finish (fixture->session, result, &error);
  g_assert_no_error (error);
}

void
session_shut_down (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lab_session_shutdown_async (fixture->session, session_done_cb, fixture);
  result = session_wait_result (fixture);
  lab_session_shutdown_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lab_session_get_engine (fixture->session), ==, LAB_SESSION_ENGINE_OFF);
}

LabRunState
session_state_of (Fixture *fixture, const char *name)
{
  LabNode *node = lab_topology_find_node (lab_session_get_topology (fixture->session), name);

  return node != NULL ? lab_node_get_run_state (node) : LAB_RUN_OFF;
}

void
session_start_all (Fixture *fixture)
{
  lab_session_control (fixture->session, LAB_CLIENT_START, NULL);
  wait_until (30, session_state_of (fixture, "PC1") == LAB_RUN_READY);
  wait_until (30, session_state_of (fixture, "PC2") == LAB_RUN_READY);
}

char *
session_text (Fixture *fixture)
{
  return lab_file_to_string (lab_session_get_topology (fixture->session), NULL);
}

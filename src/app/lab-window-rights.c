/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the lab may do beyond its own devices: a notice while it asks for more than it has, and the
 * dialog that gives it or takes it back. The user's file of rights is read and written in a thread.
 */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-rights-list.h"
#include "lab-rights.h"
#include "lab-window-private.h"

typedef struct
{
  char *uuid;
  gboolean save;
  LabRights rights; /* to save, or as they were read */
} Job;

static void
job_free (Job *job)
{
  g_free (job->uuid);
  g_free (job);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (!job->save)
    job->rights = lab_rights_load (job->uuid);
  else if (!lab_rights_save (job->uuid, job->rights, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
}

static void
run_job (LabWindow *self, gboolean save, LabRights rights, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, NULL);
  Job *job = g_new0 (Job, 1);

  job->uuid = g_strdup (lab_topology_get_uuid (lab_session_get_topology (self->session)));
  job->save = save;
  job->rights = rights;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, work);
}

/* --- the notice --- */

static LabRights
wanted_rights (LabWindow *self)
{
  return lab_rights_of_topology (lab_session_get_topology (self->session));
}

static void
show (LabWindow *self)
{
  LabTopology *topology = lab_session_get_topology (self->session);
  LabRights missing = lab_rights_of_topology (topology) & ~self->rights;
  g_autofree char *names = NULL;
  g_autofree char *text = NULL;

  lab_window_enable (self, "allow", wanted_rights (self) != 0 || self->rights != 0);
  if (missing == 0 || !self->rights_known)
    {
      lab_notice_withdraw (self->notice, LAB_NOTICE_RIGHTS);
      return;
    }
  names = lab_rights_list_names (topology, missing);
  /* Translators: names of devices, with commas between */
  text = g_strdup_printf (_ ("This lab wants to reach out of itself: %s. It may not until you "
                             "allow it."),
                          names);
  lab_notice_say (self->notice, LAB_NOTICE_RIGHTS, text, _ ("_Allow…"), "win.allow", NULL, NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  Job *job = g_task_get_task_data (G_TASK (result));

  if (self->session == NULL || self->notice == NULL ||
      !g_str_equal (job->uuid, lab_topology_get_uuid (lab_session_get_topology (self->session))))
    return;
  self->rights_known = TRUE;
  self->rights = job->rights;
  show (self);
}

static void
look (LabWindow *self)
{
  /* Nobody who asks for nothing needs the file. */
  if (wanted_rights (self) != 0 || self->rights != 0)
    run_job (self, FALSE, 0, loaded_cb);
  else
    show (self);
}

/* labctl may have been at it. */
static void
active_cb (LabWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    look (self);
}

/* --- the dialog --- */

/* An engine that runs reads the rights when something is started. */
static void
tell_engine (LabWindow *self)
{
  GListModel *nodes = lab_topology_get_nodes (lab_session_get_topology (self->session));
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (lab_session_get_engine (self->session) != LAB_SESSION_ENGINE_ON)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      if (lab_rights_of_node (node) != 0)
        g_ptr_array_add (names, (char *) lab_node_get_name (node));
    }
  g_ptr_array_add (names, NULL);
  if (names->len > 1)
    lab_session_control (self->session, LAB_CLIENT_START, (const char *const *) names->pdata);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  g_autoptr (GError) error = NULL;

  if (self->session == NULL || self->notice == NULL)
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      lab_window_say (self, LAB_SESSION_ERROR, _ ("What you allow could not be kept"),
                      error->message);
      return;
    }
  loaded_cb (source, result, NULL);
  tell_engine (self);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autofree char *answer = lab_ask_finish (result);

  if (self->session == NULL || g_str_equal (answer, "cancel"))
    return;
  run_job (self, TRUE, g_str_equal (answer, "allow") ? self->asked_rights : 0, saved_cb);
}

static void
ask (LabWindow *self)
{
  static const LabAskAnswer give[] = {
    { "cancel", N_ ("_Not Now"), ADW_RESPONSE_DEFAULT },
    { "allow", N_ ("_Allow"), ADW_RESPONSE_SUGGESTED },
  };
  static const LabAskAnswer take[] = {
    { "cancel", N_ ("_Close"), ADW_RESPONSE_DEFAULT },
    { "revoke", N_ ("_Take It Back"), ADW_RESPONSE_DESTRUCTIVE },
  };
  LabTopology *topology = lab_session_get_topology (self->session);
  LabRights wanted = lab_rights_of_topology (topology);
  gboolean has_all = (wanted & ~self->rights) == 0;
  LabAskAnswer answers[2];
  g_autofree char *heading = NULL;

  for (guint i = 0; i < 2; i++)
    {
      answers[i] = has_all ? take[i] : give[i];
      answers[i].label = _ (answers[i].label);
    }
  self->asked_rights = wanted;
  heading = g_strdup_printf (has_all ? _ ("“%s” May Reach Out of Itself")
                                     : _ ("Let “%s” Reach Out of Itself?"),
                             lab_session_get_title (self->session));
  lab_ask_async (GTK_WINDOW (self), heading,
                 has_all ? _ ("You have allowed it. It is kept on this computer, not in the lab.")
                         : _ ("A lab may come from anybody. Allow it if you trust who made it. It "
                              "gets what it asks for now, nothing more."),
                 lab_rights_list_new (topology, has_all ? self->rights : wanted), answers, 2,
                 "cancel", answered_cb, g_object_ref (self));
}

static void
allow_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask (user_data);
}

void
lab_window_rights_attach (LabWindow *self)
{
  static const GActionEntry entries[] = { { "allow", allow_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  self->rights = 0;
  self->rights_known = FALSE;
  g_signal_connect_object (lab_session_get_history (self->session), "changed", G_CALLBACK (look),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::path", G_CALLBACK (look), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::is-active", G_CALLBACK (active_cb), self,
                           G_CONNECT_SWAPPED);
  look (self);
}

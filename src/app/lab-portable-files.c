/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The document is written out in the window's thread, the rest is done in another. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-client-paths.h"
#include "lab-file.h"
#include "lab-portable-files.h"
#include "lab-state.h"

#define MAX_TRIES 1000

typedef struct
{
  char *path;
  char *lab_path;
  char *document;
  gsize length;
  char *folder; /* S/<uuid> */
  char *uuid;   /* of a copy */
  GHashTable *ids;
  LabPortableFlags flags;
  GPtrArray *captures;
} Job;

static void
job_free (Job *job)
{
  g_free (job->path);
  g_free (job->lab_path);
  g_free (job->document);
  g_free (job->folder);
  g_free (job->uuid);
  g_clear_pointer (&job->ids, g_hash_table_unref);
  g_clear_pointer (&job->captures, g_ptr_array_unref);
  g_free (job);
}

static void
run (gpointer source,
     Job *job,
     gpointer tag,
     GTaskThreadFunc func,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, func);
}

static Job *
job_of_session (LabSession *session)
{
  LabTopology *topology = lab_session_get_topology (session);
  g_autofree char *state = lab_client_state_dir ();
  Job *job = g_new0 (Job, 1);

  job->folder = g_build_filename (state, lab_topology_get_uuid (topology), NULL);
  return job;
}

/* --- pack --- */

static void
pack_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;

  if (lab_portable_write (job->path, job->document, job->folder, job->flags, job->captures, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lab_portable_pack_async (LabSession *session,
                         const char *path,
                         LabPortableFlags flags,
                         GPtrArray *captures,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Job *job = job_of_session (session);

  job->path = g_strdup (path);
  job->document = lab_file_to_string (lab_session_get_topology (session), NULL);
  job->flags = flags;
  job->captures = captures != NULL ? g_ptr_array_ref (captures) : NULL;
  run (session, job, lab_portable_pack_async, pack_in_thread, callback, user_data);
}

gboolean
lab_portable_pack_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- look and open --- */

static void
look_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  LabPortable *about = lab_portable_look (job->path, &error);

  if (about != NULL)
    g_task_return_pointer (task, about, (GDestroyNotify) lab_portable_free);
  else
    g_task_return_error (task, error);
}

void
lab_portable_look_async (const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  run (NULL, job, lab_portable_look_async, look_in_thread, callback, user_data);
}

LabPortable *
lab_portable_look_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autofree char *state = lab_client_state_dir ();
  GError *error = NULL;
  g_autofree char *uuid = lab_portable_open (job->path, job->lab_path, state, NULL, &error);

  if (uuid != NULL)
    g_task_return_pointer (task, g_strdup (job->lab_path), g_free);
  else
    g_task_return_error (task, error);
}

void
lab_portable_open_async (const char *path,
                         const char *lab_path,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  job->lab_path = g_strdup (lab_path);
  run (NULL, job, lab_portable_open_async, open_in_thread, callback, user_data);
}

char *
lab_portable_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- a copy --- */

/* "campus.lab" gives "campus-copy.lab", then "campus-copy-2.lab". (transfer full) */
static char *
free_path (const char *path)
{
  gsize length = strlen (path) - (g_str_has_suffix (path, ".lab") ? strlen (".lab") : 0);

  for (guint i = 1; i < MAX_TRIES; i++)
    {
      g_autofree char *made = i == 1 ? g_strdup_printf ("%.*s-copy.lab", (int) length, path)
                                     : g_strdup_printf ("%.*s-copy-%u.lab", (int) length, path, i);

      if (!g_file_test (made, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&made);
    }
  return g_strdup_printf ("%.*s-copy.lab", (int) length, path);
}

static void
copy_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autofree char *state = lab_client_state_dir ();
  g_autofree char *to = g_build_filename (state, job->uuid, NULL);
  g_autofree char *path = free_path (job->path);
  GError *error = NULL;

  if (lab_state_copy_lab (job->folder, to, job->ids, &error) &&
      lab_file_save_text (job->document, job->length, path, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&path), g_free);
      return;
    }
  lab_state_remove_tree (to);
  g_task_return_error (task, error);
}

void
lab_portable_copy_async (LabSession *session, GAsyncReadyCallback callback, gpointer user_data)
{
  LabTopology *topology = lab_session_get_topology (session);
  Job *job = job_of_session (session);

  g_return_if_fail (lab_session_get_path (session) != NULL);

  job->path = g_strdup (lab_session_get_path (session));
  job->uuid = g_uuid_string_random ();
  job->document = lab_file_to_string_as (topology, job->uuid, &job->length);
  job->ids = lab_state_device_ids (topology);
  run (session, job, lab_portable_copy_async, copy_in_thread, callback, user_data);
}

char *
lab_portable_copy_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Putting a saved configuration back. Only engines write NVRAM: they know what runs. A lab that
 * does not run gets one for the purpose, which ends again. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-file.h"
#include "lab-saved-restore.h"

typedef struct
{
  LabClient *client;
  char *document; /* (nullable): for an engine that does not have it yet */
  char *name;
  GBytes *text;
  GError *error; /* (nullable): to be told when the engine has ended */
} Restore;

static void
restore_free (Restore *restore)
{
  g_clear_object (&restore->client);
  g_free (restore->document);
  g_free (restore->name);
  g_bytes_unref (restore->text);
  g_clear_error (&restore->error);
  g_free (restore);
}

static void
return_result (GTask *task)
{
  Restore *restore = g_task_get_task_data (task);

  if (restore->error != NULL)
    g_task_return_error (task, g_steal_pointer (&restore->error));
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  if (!lab_client_shutdown_finish (LAB_CLIENT (object), result, &error))
    g_message ("%s", error->message);
  return_result (task);
}

/* Takes over @task and @error. */
static void
done (GTask *task, GError *error)
{
  Restore *restore = g_task_get_task_data (task);

  restore->error = error;
  if (lab_client_has_spawned (restore->client) && restore->document != NULL &&
      lab_client_is_open (restore->client))
    lab_client_shutdown_async (restore->client, NULL, ended_cb, task);
  else
    return_result (task);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  lab_client_write_configs_finish (LAB_CLIENT (object), result, &error);
  done (user_data, error);
}

static void
write_config (GTask *task)
{
  Restore *restore = g_task_get_task_data (task);
  g_autoptr (GHashTable) configs =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  g_hash_table_insert (configs, g_strdup (restore->name), g_bytes_ref (restore->text));
  lab_client_write_configs_async (restore->client, configs, NULL, TRUE, NULL, written_cb, task);
}

static void
applied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  if (lab_client_apply_finish (LAB_CLIENT (object), result, NULL, &error))
    write_config (user_data);
  else
    done (user_data, error);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Restore *restore = g_task_get_task_data (task);
  GError *error = NULL;

  if (lab_client_open_finish (LAB_CLIENT (object), result, &error))
    lab_client_apply_async (restore->client, restore->document, NULL, applied_cb, task);
  else
    done (task, error);
}

void
lab_saved_restore_async (LabSession *session,
                         LabNode *node,
                         GBytes *text,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  LabTopology *topology = lab_session_get_topology (session);
  LabClient *client = lab_session_get_client (session);
  GTask *task = g_task_new (session, NULL, callback, user_data);
  Restore *restore = g_new0 (Restore, 1);

  restore->name = g_strdup (lab_node_get_name (node));
  restore->text = g_bytes_ref (text);
  g_task_set_source_tag (task, lab_saved_restore_async);
  g_task_set_task_data (task, restore, (GDestroyNotify) restore_free);
  if (client != NULL)
    {
      restore->client = g_object_ref (client);
      write_config (task);
      return;
    }
  restore->document = lab_file_to_string (topology, NULL);
  restore->client =
      lab_client_new (lab_topology_get_uuid (topology), lab_session_get_path (session));
  lab_client_open_async (restore->client, LAB_CLIENT_OPEN_SPAWN, NULL, opened_cb, task);
}

gboolean
lab_saved_restore_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

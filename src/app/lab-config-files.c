/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders of configurations in threads. What a thread needs of the document it is given. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include "lab-config-files.h"
#include "lab-saved-load.h"

typedef struct
{
  char *folder;
  GPtrArray *nodes;
  GHashTable *chosen; /* (nullable) */
  guint n;
} Job;

static void
job_free (Job *job)
{
  g_free (job->folder);
  g_ptr_array_unref (job->nodes);
  g_clear_pointer (&job->chosen, g_hash_table_unref);
  g_free (job);
}

static GPtrArray *
list_nodes (LabTopology *topology)
{
  GListModel *model = lab_topology_get_nodes (topology);
  GPtrArray *nodes = lab_config_nodes_new ();

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (model, i);
      g_autofree char *work = NULL;

      if (lab_node_get_kind (node) != LAB_NODE_IOU)
        continue;
      work = lab_saved_work (lab_topology_get_uuid (topology), lab_node_get_id (node));
      lab_config_nodes_add (nodes, lab_node_get_name (node), work, lab_node_get_id (node),
                            lab_node_get_nvram (node));
    }
  return nodes;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const LabConfigNode *first = *(LabConfigNode *const *) a;
  const LabConfigNode *second = *(LabConfigNode *const *) b;
  g_autofree char *first_key = g_utf8_collate_key_for_filename (first->name, -1);
  g_autofree char *second_key = g_utf8_collate_key_for_filename (second->name, -1);

  return strcmp (first_key, second_key);
}

GStrv
lab_config_files_devices (LabSession *session)
{
  g_autoptr (GPtrArray) nodes = list_nodes (lab_session_get_topology (session));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_ptr_array_sort (nodes, compare_names);
  for (guint i = 0; i < nodes->len; i++)
    g_strv_builder_add (builder, ((LabConfigNode *) nodes->pdata[i])->name);
  return g_strv_builder_end (builder);
}

static GHashTable *
copy_chosen (GHashTable *chosen)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer file;
  gpointer node;

  g_hash_table_iter_init (&iter, chosen);
  while (g_hash_table_iter_next (&iter, &file, &node))
    g_hash_table_insert (copy, g_strdup (file), g_strdup (node));
  return copy;
}

static void
begin (LabSession *session,
       const char *folder,
       GHashTable *chosen,
       GTaskThreadFunc function,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->folder = g_strdup (folder);
  job->nodes = list_nodes (lab_session_get_topology (session));
  job->chosen = chosen != NULL ? copy_chosen (chosen) : NULL;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, function);
}

/* --- scan --- */

static void
scan_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  GPtrArray *items = lab_config_folder_scan (job->folder, job->nodes, job->chosen, &error);

  if (items != NULL)
    g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
lab_config_files_scan_async (LabSession *session,
                             const char *folder,
                             GHashTable *chosen,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  begin (session, folder, chosen, scan_in_thread, callback, user_data);
}

GPtrArray *
lab_config_files_scan_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- write --- */

static void
find_old_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  GStrv names = lab_config_folder_find_old (job->folder, job->nodes, &job->n, &error);

  if (names != NULL)
    g_task_return_pointer (task, names, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

void
lab_config_files_find_old_async (LabSession *session,
                                 const char *folder,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  begin (session, folder, NULL, find_old_in_thread, callback, user_data);
}

GStrv
lab_config_files_find_old_finish (GAsyncResult *result, guint *n, GError **error)
{
  *n = ((Job *) g_task_get_task_data (G_TASK (result)))->n;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  int n = lab_config_folder_write (job->folder, job->nodes, &error);

  if (n >= 0)
    g_task_return_int (task, n);
  else
    g_task_return_error (task, error);
}

void
lab_config_files_write_async (LabSession *session,
                              const char *folder,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  begin (session, folder, NULL, write_in_thread, callback, user_data);
}

int
lab_config_files_write_finish (GAsyncResult *result, GError **error)
{
  return (int) g_task_propagate_int (G_TASK (result), error);
}

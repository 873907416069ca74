/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Labs that run on without a window. Which there are is read in a thread; then each engine is asked
 * what it runs, all at once. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-client-running.h"
#include "lab-client.h"
#include "lab-running-labs.h"

typedef struct
{
  GPtrArray *found;
  guint pending; /* engines that have not answered */
} Asking;

void
lab_running_lab_free (LabRunningLab *self)
{
  g_free (self->uuid);
  g_free (self->path);
  g_free (self);
}

static void
asking_free (Asking *asking)
{
  g_ptr_array_unref (asking->found);
  g_free (asking);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const LabRunningLab *const *one = a;
  const LabRunningLab *const *other = b;

  return g_strcmp0 ((*one)->path, (*other)->path);
}

static guint
count_running (LabClient *client)
{
  GListModel *nodes = lab_client_get_nodes (client);
  guint n_items = g_list_model_get_n_items (nodes);
  guint running = 0;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (LabClientNode) node = g_list_model_get_item (nodes, i);

      running += lab_client_node_is_running (node);
    }

  return running;
}

static void
answer (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  g_ptr_array_sort (asking->found, compare);
  g_task_return_pointer (task, g_ptr_array_ref (asking->found), (GDestroyNotify) g_ptr_array_unref);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabClient) client = LAB_CLIENT (source);
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  gboolean open = lab_client_open_finish (client, result, NULL);

  if (open && *lab_client_get_engine_path (client) != '\0')
    {
      LabRunningLab *lab = g_new0 (LabRunningLab, 1);

      lab->uuid = g_strdup (lab_client_get_uuid (client));
      lab->path = g_strdup (lab_client_get_engine_path (client));
      lab->n_running = count_running (client);
      g_ptr_array_add (asking->found, lab);
    }
  if (--asking->pending == 0)
    answer (task);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_auto (GStrv) uuids = g_task_propagate_pointer (G_TASK (result), NULL);
  guint n_uuids = uuids != NULL ? g_strv_length (uuids) : 0;

  if (n_uuids == 0)
    {
      answer (task);
      return;
    }
  asking->pending = n_uuids;
  for (guint i = 0; i < n_uuids; i++)
    lab_client_open_async (lab_client_new (uuids[i], NULL), LAB_CLIENT_OPEN_NONE,
                           g_task_get_cancellable (task), opened_cb, g_object_ref (task));
}

static void
list_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, lab_client_list_running (), (GDestroyNotify) g_strfreev);
}

void
lab_running_labs_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) list = g_task_new (NULL, NULL, listed_cb, task);
  Asking *asking = g_new0 (Asking, 1);

  asking->found = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_running_lab_free);
  g_task_set_source_tag (task, lab_running_labs_async);
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);
  g_task_run_in_thread (list, list_thread);
}

GPtrArray *
lab_running_labs_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

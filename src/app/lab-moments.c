/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Histories of many devices. What a thread needs of the nodes is copied before it begins. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-moments.h"
#include "lab-saved-load.h"
#include "lab-saved-nvram.h"

typedef struct
{
  LabNode *node; /* not for the thread */
  char *name;
  char *work;
  guint id;
  gboolean running;
} Keeper;

typedef struct
{
  GPtrArray *keepers;
  gint64 time;
} Look;

static void
keeper_free (gpointer data)
{
  Keeper *keeper = data;

  g_object_unref (keeper->node);
  g_free (keeper->name);
  g_free (keeper->work);
  g_free (keeper);
}

static void
look_free (Look *look)
{
  g_ptr_array_unref (look->keepers);
  g_free (look);
}

static void
plan_free (gpointer data)
{
  LabMomentPlan *plan = data;

  g_object_unref (plan->node);
  g_clear_pointer (&plan->text, g_bytes_unref);
  g_clear_pointer (&plan->now, g_bytes_unref);
  g_free (plan);
}

static void
add_keeper (Look *look, LabSession *session, LabNode *node)
{
  Keeper *keeper;

  if (lab_node_get_kind (node) != LAB_NODE_IOU)
    return;
  keeper = g_new0 (Keeper, 1);
  keeper->node = g_object_ref (node);
  keeper->name = g_strdup (lab_node_get_name (node));
  keeper->id = lab_node_get_id (node);
  keeper->work =
      lab_saved_work (lab_topology_get_uuid (lab_session_get_topology (session)), keeper->id);
  keeper->running = lab_run_state_is_running (lab_node_get_run_state (node));
  g_ptr_array_add (look->keepers, keeper);
}

static Look *
look_new (LabSession *session, GPtrArray *nodes, gint64 time)
{
  GListModel *model = lab_topology_get_nodes (lab_session_get_topology (session));
  Look *look = g_new0 (Look, 1);

  look->time = time;
  look->keepers = g_ptr_array_new_with_free_func (keeper_free);
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    add_keeper (look, session, nodes->pdata[i]);
  for (guint i = 0; nodes == NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (model, i);

      add_keeper (look, session, node);
    }
  return look;
}

/* --- in the thread --- */

static GArray *
list_entries (const Keeper *keeper, GError **error)
{
  g_autoptr (GError) behind = NULL;
  GArray *entries;

  /* What was kept until now is there all the same. */
  if (!lab_saved_catch_up (keeper->work, keeper->id, !keeper->running, &behind))
    g_message ("%s", behind->message);
  entries = lab_saved_list (keeper->work, error);
  if (entries == NULL)
    g_prefix_error (error, "%s: ", keeper->name);
  return entries;
}

static void
list_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Look *look = task_data;
  g_autoptr (GPtrArray) histories = lab_saved_histories_new ();
  GError *error = NULL;

  for (guint i = 0; i < look->keepers->len; i++)
    {
      Keeper *keeper = look->keepers->pdata[i];
      GArray *entries = list_entries (keeper, &error);

      if (entries == NULL || g_task_return_error_if_cancelled (task))
        {
          if (entries != NULL)
            g_array_unref (entries);
          else
            g_task_return_error (task, error);
          return;
        }
      lab_saved_histories_add (histories, keeper->name, entries);
    }
  g_task_return_pointer (task, lab_saved_list_moments (histories),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
add_now (LabMomentPlan *plan, const Keeper *keeper, GArray *entries)
{
  const LabSavedEntry *newest =
      entries->len > 0 ? &g_array_index (entries, LabSavedEntry, entries->len - 1) : NULL;

  plan->now = lab_saved_read_nvram (keeper->work, keeper->id, NULL, NULL, NULL);
  if (plan->now == NULL || newest == NULL)
    return;
  plan->now_number = newest->number;
  plan->now_time = newest->first;
}

static gboolean
add_then (LabMomentPlan *plan, const Keeper *keeper, GArray *entries, gint64 time, GError **error)
{
  const LabSavedEntry *entry = lab_saved_find_at (entries, time);

  if (entry == NULL)
    return TRUE;
  plan->number = entry->number;
  plan->time = entry->first;
  plan->text = lab_saved_read (keeper->work, entry->number, error);
  if (plan->text == NULL)
    g_prefix_error (error, "%s: ", keeper->name);
  return plan->text != NULL;
}

/* A node is only held here, never looked at; the task holds it, too, so that it does not end here.
 */
static void
plan_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Look *look = task_data;
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func (plan_free);
  GError *error = NULL;

  for (guint i = 0; i < look->keepers->len; i++)
    {
      Keeper *keeper = look->keepers->pdata[i];
      LabMomentPlan *plan = g_new0 (LabMomentPlan, 1);
      g_autoptr (GArray) entries = NULL;

      plan->node = g_object_ref (keeper->node);
      g_ptr_array_add (plans, plan);
      entries = list_entries (keeper, &error);
      if (entries == NULL || !add_then (plan, keeper, entries, look->time, &error))
        {
          g_task_return_error (task, error);
          return;
        }
      add_now (plan, keeper, entries);
    }
  g_task_return_pointer (task, g_steal_pointer (&plans), (GDestroyNotify) g_ptr_array_unref);
}

/* --- from outside --- */

void
lab_moments_list_async (LabSession *session,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);

  g_task_set_source_tag (task, lab_moments_list_async);
  g_task_set_task_data (task, look_new (session, NULL, 0), (GDestroyNotify) look_free);
  g_task_run_in_thread (task, list_in_thread);
}

GPtrArray *
lab_moments_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
lab_moments_plan_async (LabSession *session,
                        GPtrArray *nodes,
                        gint64 time,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);

  g_task_set_source_tag (task, lab_moments_plan_async);
  g_task_set_task_data (task, look_new (session, nodes, time), (GDestroyNotify) look_free);
  g_task_run_in_thread (task, plan_in_thread);
}

GPtrArray *
lab_moments_plan_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
lab_moments_say_time (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  return date != NULL ? g_date_time_format (date, "%x %X") : g_strdup ("?");
}

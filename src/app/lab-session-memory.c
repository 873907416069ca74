/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Before devices are started: whether they fit into memory. Little fits always and is not looked
 * at; for more a thread reads what is free, and if that is too little the user is asked. The order
 * waits in its place meanwhile, and those behind it wait with it. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-memory.h"
#include "lab-session-private.h"

#define LITTLE (64 * 1024 * 1024)

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LabMemoryEstimate *estimate = data;

  estimate->available = lab_memory_read_available ();
  g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  LabSession *self = LAB_SESSION (object);
  const LabMemoryEstimate *estimate = g_task_get_task_data (G_TASK (result));
  guint number = GPOINTER_TO_UINT (user_data);
  g_autofree char *text = NULL;

  if (lab_memory_is_short (estimate) && !self->closing)
    {
      text = lab_memory_describe (estimate);
      if (lab_session_doubt (self, number, text))
        return;
    }
  lab_session_order_weighed (self, number, TRUE);
}

static gboolean
is_to_start (LabNode *node, const char *const *names)
{
  LabRunState state = lab_node_get_run_state (node);

  return (names == NULL || names[0] == NULL || g_strv_contains (names, lab_node_get_name (node))) &&
         !lab_run_state_is_running (state);
}

guint
lab_session_weigh (LabSession *self, const char *const *names)
{
  GListModel *nodes = lab_topology_get_nodes (self->topology);
  guint n_nodes = g_list_model_get_n_items (nodes);
  g_autofree LabMemoryEstimate *estimate = g_new0 (LabMemoryEstimate, 1);
  g_autoptr (GTask) task = NULL;

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      if (is_to_start (node, names))
        lab_memory_add (estimate, node);
    }
  if (estimate->needed <= LITTLE)
    return 0;
  self->n_weighings++;
  task = g_task_new (self, NULL, read_cb, GUINT_TO_POINTER (self->n_weighings));
  g_task_set_task_data (task, g_steal_pointer (&estimate), g_free);
  g_task_run_in_thread (task, read_thread);

  return self->n_weighings;
}

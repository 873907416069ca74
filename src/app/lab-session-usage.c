/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory and processor time of devices, for as long as somebody asks.
 *
 * Who shows them asks about once a second. A device that was asked about within the last seconds is
 * looked at once a second, all of them in one thread; when nobody asks any more the clock stops. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-session-private.h"
#include "lab-usage.h"

#define PERIOD_MS 1000
#define INTEREST  (5 * G_USEC_PER_SEC)

/* One device that somebody asks about. */
typedef struct
{
  guint id;
  guint pid;
  gint64 asked_at;
  gint64 read_at; /* 0: never */
  LabUsage usage;
  double cpu_fraction;
  gboolean valid;
} Sample;

static void
sample_restart (Sample *sample, guint pid)
{
  if (sample->pid == pid)
    return;
  sample->pid = pid;
  sample->read_at = 0;
  sample->valid = FALSE;
}

static guint
find_pid (LabSession *self, LabNode *node)
{
  LabClientNode *remote;

  if (self->engine != LAB_SESSION_ENGINE_ON ||
      !lab_run_state_is_running (lab_node_get_run_state (node)))
    return 0;
  remote = lab_client_find_node (self->client, lab_node_get_name (node));

  /* The engine may not have heard yet of a new name. */
  return remote != NULL && lab_client_node_get_id (remote) == lab_node_get_id (node)
             ? lab_client_node_get_pid (remote)
             : 0;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GArray *work = task_data;

  for (guint i = 0; i < work->len; i++)
    {
      Sample *sample = &g_array_index (work, Sample, i);

      sample->valid = lab_usage_read (&sample->usage, sample->pid);
      sample->read_at = g_get_monotonic_time ();
    }
  g_task_return_boolean (task, TRUE);
}

static void
take_sample (Sample *known, const Sample *fresh)
{
  if (known->pid != fresh->pid || !fresh->valid)
    return;
  if (known->valid && fresh->read_at > known->read_at &&
      fresh->usage.cpu_time >= known->usage.cpu_time)
    known->cpu_fraction = (double) (fresh->usage.cpu_time - known->usage.cpu_time) /
                          (double) (fresh->read_at - known->read_at);
  known->usage = fresh->usage;
  known->read_at = fresh->read_at;
  known->valid = TRUE;
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  LabSession *self = LAB_SESSION (object);
  GArray *work = g_task_get_task_data (G_TASK (result));

  self->reading_usage = FALSE;
  for (guint i = 0; i < work->len; i++)
    {
      const Sample *fresh = &g_array_index (work, Sample, i);
      Sample *known = g_hash_table_lookup (self->samples, GUINT_TO_POINTER (fresh->id));

      if (known != NULL)
        take_sample (known, fresh);
    }
}

static gboolean
forget_old (gpointer key, gpointer value, gpointer user_data)
{
  const Sample *sample = value;
  const gint64 *now = user_data;

  return *now - sample->asked_at > INTEREST;
}

static void
read_samples (LabSession *self)
{
  g_autoptr (GTask) task = NULL;
  GArray *work = g_array_new (FALSE, FALSE, sizeof (Sample));
  GHashTableIter iter;
  Sample *sample;

  g_hash_table_iter_init (&iter, self->samples);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &sample))
    if (sample->pid != 0)
      g_array_append_val (work, *sample);
  self->reading_usage = TRUE;
  task = g_task_new (self, NULL, read_cb, NULL);
  g_task_set_source_tag (task, read_samples);
  g_task_set_task_data (task, work, (GDestroyNotify) g_array_unref);
  g_task_run_in_thread (task, read_in_thread);
}

static gboolean
tick_cb (gpointer user_data)
{
  LabSession *self = user_data;
  gint64 now = g_get_monotonic_time ();

  g_hash_table_foreach_remove (self->samples, forget_old, &now);
  if (g_hash_table_size (self->samples) == 0)
    {
      self->usage_source = 0;
      return G_SOURCE_REMOVE;
    }
  if (!self->reading_usage)
    read_samples (self);

  return G_SOURCE_CONTINUE;
}

void
lab_session_usage_clear (LabSession *self)
{
  g_clear_handle_id (&self->usage_source, g_source_remove);
  if (self->samples != NULL)
    g_hash_table_remove_all (self->samples);
}

/**
 * lab_session_get_usage:
 * @node: a device
 * @memory_bytes: (out) (optional): of all its processes
 * @cpu_fraction: (out) (optional): of one processor, since the reading before; may be above 1
 *
 * The resources of a device that runs. The first question starts the reading and is answered a
 * moment later at the earliest: ask about once a second.
 *
 * Returns: %FALSE if it does not run, or nothing was read yet
 */
gboolean
lab_session_get_usage (LabSession *self, LabNode *node, guint64 *memory_bytes, double *cpu_fraction)
{
  Sample *sample;
  guint pid;

  g_return_val_if_fail (LAB_IS_SESSION (self), FALSE);
  g_return_val_if_fail (LAB_IS_NODE (node), FALSE);

  pid = find_pid (self, node);
  if (self->samples == NULL)
    self->samples = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  sample = g_hash_table_lookup (self->samples, GUINT_TO_POINTER (lab_node_get_id (node)));
  if (sample == NULL)
    {
      sample = g_new0 (Sample, 1);
      sample->id = lab_node_get_id (node);
      g_hash_table_insert (self->samples, GUINT_TO_POINTER (sample->id), sample);
    }
  sample_restart (sample, pid);
  sample->asked_at = g_get_monotonic_time ();
  if (self->usage_source == 0 && pid != 0)
    {
      self->usage_source = g_timeout_add (PERIOD_MS, tick_cb, self);
      if (!self->reading_usage)
        read_samples (self);
    }
  if (pid == 0 || !sample->valid)
    return FALSE;
  if (memory_bytes != NULL)
    *memory_bytes = sample->usage.memory;
  if (cpu_fraction != NULL)
    *cpu_fraction = sample->cpu_fraction;

  return TRUE;
}

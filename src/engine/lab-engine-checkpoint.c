/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checkpoints of the whole lab. The copying is done in a thread; while it goes on the engine counts
 * as active, so that it does not end under it. Before a restore everything is stopped, and the
 * state as it is then becomes a checkpoint of its own: going back can be undone. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "lab-checkpoint.h"
#include "lab-engine-private.h"
#include "lab-file.h"

struct _LabEngineCheckpoint
{
  LabEngine *engine;
  LabSaver *saver;
  char *folder;          /* S/<uuid> */
  char *document;        /* the lab at this moment */
  char *name;            /* of the one to be taken */
  LabCheckpoint *target; /* (nullable) to be gone back to */
  GPtrArray *running;    /* names of devices that are started again after */
  gboolean in_thread;
  LabEngineTaken done;
  gpointer user_data;
};

static void
job_free (LabEngineCheckpoint *job)
{
  g_free (job->folder);
  g_free (job->document);
  g_free (job->name);
  lab_checkpoint_free (job->target);
  g_ptr_array_unref (job->running);
  g_free (job);
}

static LabEngineCheckpoint *
job_new (LabEngine *self,
         const char *name,
         const char *document,
         LabEngineTaken done,
         gpointer user_data)
{
  LabEngineCheckpoint *job = g_new0 (LabEngineCheckpoint, 1);

  job->engine = self;
  job->saver = self->context.saver;
  job->folder = g_strdup (self->run_dir->state_path);
  job->name = g_strdup (name);
  job->document =
      *document != '\0' ? g_strdup (document) : lab_file_to_string (self->topology, NULL);
  job->running = g_ptr_array_new_with_free_func (g_free);
  job->done = done;
  job->user_data = user_data;
  return job;
}

static void
copy_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  LabEngineCheckpoint *job = task_data;
  GError *error = NULL;
  LabCheckpoint *taken;

  /* What was saved until now is in the histories. */
  lab_saver_flush (job->saver);
  taken = lab_checkpoint_take (job->folder, job->name, job->target != NULL, job->document, &error);
  if (taken != NULL && job->target != NULL &&
      !lab_checkpoint_restore (job->target, job->folder, &error))
    g_clear_pointer (&taken, lab_checkpoint_free);
  if (taken != NULL)
    g_task_return_pointer (task, taken, (GDestroyNotify) lab_checkpoint_free);
  else
    g_task_return_error (task, error);
}

static void
note_configs (LabEngine *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *node = self->nodes->pdata[i];

      if (node->device != NULL && lab_device_is_down (node->device))
        lab_device_note_config (node->device);
    }
}

/* Those that are in the lab still. */
static void
start_again (LabEngine *self, GPtrArray *running)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < running->len; i++)
    {
      LabEngineNode *node = g_hash_table_lookup (self->by_name, running->pdata[i]);

      if (node != NULL && node->device != NULL)
        g_ptr_array_add (names, running->pdata[i]);
    }
  if (names->len == 0)
    return;
  g_ptr_array_add (names, NULL);
  if (!lab_engine_act (self, LAB_ENGINE_START, (const char *const *) names->pdata, &error))
    g_warning ("%s", error->message);
}

static void
copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabEngineCheckpoint *job = user_data;
  LabEngine *self = job->engine;
  g_autoptr (GError) error = NULL;
  g_autoptr (LabCheckpoint) taken = g_task_propagate_pointer (G_TASK (result), &error);

  self->copying--;
  if (self->restoring == job)
    {
      self->restoring = NULL;
      note_configs (self);
      start_again (self, job->running);
    }
  job->done (self, taken != NULL ? taken->number : 0, error, job->user_data);
  self->funcs->device_down (self, self->user_data);
  job_free (job);
}

static void
copy (LabEngineCheckpoint *job)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, copied, job);

  job->in_thread = TRUE;
  g_task_set_source_tag (task, copy);
  g_task_set_task_data (task, job, NULL);
  g_task_run_in_thread (task, copy_in_thread);
}

gboolean
lab_engine_checkpoint_allows (LabEngine *self, GError **error)
{
  if (self->restoring == NULL)
    return TRUE;
  g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE,
               _ ("The lab is going back to a checkpoint; try again when it has."));
  return FALSE;
}

static gboolean
may_copy (LabEngine *self, GError **error)
{
  if (self->topology == NULL)
    {
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE,
                   _ ("No lab has been applied."));
      return FALSE;
    }
  return lab_engine_checkpoint_allows (self, error);
}

gboolean
lab_engine_take_checkpoint (LabEngine *self,
                            const char *name,
                            const char *document,
                            LabEngineTaken done,
                            gpointer user_data,
                            GError **error)
{
  if (!may_copy (self, error) || !lab_checkpoint_check_name (name, error))
    return FALSE;
  self->copying++;
  copy (job_new (self, name, document, done, user_data));
  return TRUE;
}

/* --- going back --- */

void
lab_engine_checkpoint_device_down (LabEngine *self)
{
  if (self->restoring != NULL && !self->restoring->in_thread && !lab_engine_has_active (self))
    copy (self->restoring);
}

void
lab_engine_checkpoint_forget_starts (LabEngine *self)
{
  if (self->restoring != NULL)
    g_ptr_array_set_size (self->restoring->running, 0);
}

static void
collect_running (LabEngine *self, GPtrArray *names)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *node = self->nodes->pdata[i];

      if (node->device != NULL && lab_device_is_active (node->device))
        g_ptr_array_add (names, g_strdup (node->name));
    }
}

static gboolean
may_stop (GPtrArray *running, gboolean restart, GError **error)
{
  if (running->len == 0 || restart)
    return TRUE;
  g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE,
               ngettext ("%u device runs. Stop it first, or ask for a restart.",
                         "%u devices run. Stop them first, or ask for a restart.", running->len),
               running->len);
  return FALSE;
}

static gboolean
gives_configs (LabEngine *self, GError **error)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *node = self->nodes->pdata[i];

      if (node->device == NULL || !lab_device_has_new_config (node->device))
        continue;
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE,
                   _ ("%s is being given another configuration already."), node->name);
      return TRUE;
    }
  return FALSE;
}

gboolean
lab_engine_restore_checkpoint (LabEngine *self,
                               guint number,
                               const char *document,
                               gboolean restart,
                               LabEngineTaken done,
                               gpointer user_data,
                               GError **error)
{
  static const char *const all[] = { NULL };
  g_autoptr (LabCheckpoint) target = NULL;
  g_autoptr (GPtrArray) running = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *name = NULL;
  LabEngineCheckpoint *job;

  if (!may_copy (self, error) || gives_configs (self, error))
    return FALSE;
  target = lab_checkpoint_find (self->run_dir->state_path, number, error);
  collect_running (self, running);
  if (target == NULL || !may_stop (running, restart, error))
    return FALSE;

  name = g_strdup_printf (_ ("Before going back to %u"), number);
  job = job_new (self, name, document, done, user_data);
  job->target = g_steal_pointer (&target);
  self->copying++;
  lab_engine_act (self, LAB_ENGINE_STOP, all, NULL);
  g_ptr_array_unref (job->running);
  job->running = g_steal_pointer (&running);
  self->restoring = job;
  lab_engine_checkpoint_device_down (self);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing the recovery copy of one window.
 *
 * Work is done in threads, one piece after the other: a piece that is asked for while another is
 * under way waits in a queue. The copy goes to the disk as a lab's file does, whole or not at all,
 * then its description. The lock is held from the first copy to its removal; the system lets go of
 * it when the process ends, however that happens. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "lab-file.h"
#include "lab-recovery-files.h"

#define MAX_COPIES 99

struct _LabRecoveryWriter
{
  GObject parent_instance;

  GQueue waiting; /* GTask */
  gboolean busy;

  /* touched by the thread that works, and by nobody else then */
  char *base; /* (nullable): of the copy that is there */
  char *uuid; /* (nullable): whose */
  int lock;   /* -1: none */
};

/* What is to be written; without a text the copy is to go. */
typedef struct
{
  char *uuid;
  char *text; /* (nullable) */
  gsize length;
  char *description;
} Work;

G_DEFINE_FINAL_TYPE (LabRecoveryWriter, lab_recovery_writer, G_TYPE_OBJECT)

static void
work_free (Work *work)
{
  g_free (work->uuid);
  g_free (work->text);
  g_free (work->description);
  g_free (work);
}

static void
let_go (LabRecoveryWriter *self)
{
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
  g_clear_pointer (&self->base, g_free);
  g_clear_pointer (&self->uuid, g_free);
}

static void
lab_recovery_writer_finalize (GObject *object)
{
  let_go (LAB_RECOVERY_WRITER (object));

  G_OBJECT_CLASS (lab_recovery_writer_parent_class)->finalize (object);
}

static void
lab_recovery_writer_class_init (LabRecoveryWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_recovery_writer_finalize;
}

static void
lab_recovery_writer_init (LabRecoveryWriter *self)
{
  g_queue_init (&self->waiting);
  self->lock = -1;
}

LabRecoveryWriter *
lab_recovery_writer_new (void)
{
  return g_object_new (LAB_TYPE_RECOVERY_WRITER, NULL);
}

/* --- in the thread --- */

static gboolean
has_copy (const char *base)
{
  g_autofree char *path = lab_recovery_file (base, "lab");

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The first name that no living window has and under which nobody's copy lies. */
static gboolean
take_place (LabRecoveryWriter *self, const char *uuid, GError **error)
{
  g_autofree char *folder = lab_recovery_folder ();

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_IO, _ ("The folder %s cannot be made: %s."), folder,
                   g_strerror (errno));
      return FALSE;
    }
  for (guint i = 1; i <= MAX_COPIES; i++)
    {
      g_autofree char *base = i == 1 ? g_strdup (uuid) : g_strdup_printf ("%s.%u", uuid, i);
      int lock = lab_recovery_lock (base);

      if (lock < 0)
        continue;
      if (has_copy (base))
        {
          close (lock);
          continue;
        }
      self->lock = lock;
      self->base = g_steal_pointer (&base);
      self->uuid = g_strdup (uuid);
      return TRUE;
    }
  g_set_error (error, LAB_ERROR, LAB_ERROR_IO, _ ("There are no free names for copies in %s."),
               folder);

  return FALSE;
}

static void
remove_copy (LabRecoveryWriter *self)
{
  if (self->base != NULL)
    lab_recovery_remove (self->base);
  let_go (self);
}

static gboolean
write_copy (LabRecoveryWriter *self, const Work *work, GError **error)
{
  g_autofree char *copy = NULL;
  g_autofree char *json = NULL;

  if (self->uuid != NULL && !g_str_equal (self->uuid, work->uuid))
    remove_copy (self);
  if (self->base == NULL && !take_place (self, work->uuid, error))
    return FALSE;
  copy = lab_recovery_file (self->base, "lab");
  json = lab_recovery_file (self->base, "json");

  return lab_file_save_text (work->text, work->length, copy, error) &&
         g_file_set_contents (json, work->description, -1, error);
}

static void
work_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  LabRecoveryWriter *self = source;
  const Work *work = task_data;
  GError *error = NULL;

  if (work->text == NULL)
    remove_copy (self);
  else if (!write_copy (self, work, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
}

/* --- one after the other --- */

static void next (LabRecoveryWriter *self);

static void
worked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  LabRecoveryWriter *self = LAB_RECOVERY_WRITER (object);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  self->busy = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  next (self);
}

static void
next (LabRecoveryWriter *self)
{
  g_autoptr (GTask) work = NULL;
  GTask *task;

  if (self->busy || g_queue_is_empty (&self->waiting))
    return;
  self->busy = TRUE;
  task = g_queue_pop_head (&self->waiting);
  work = g_task_new (self, NULL, worked_cb, task);
  g_task_set_source_tag (work, next);
  /* The caller's task has the data, and lives until this one is done. */
  g_task_set_task_data (work, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (work, work_in_thread);
}

static void
enqueue (LabRecoveryWriter *self, Work *work, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, enqueue);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_queue_push_tail (&self->waiting, task);
  next (self);
}

void
lab_recovery_writer_write_async (LabRecoveryWriter *self,
                                 const char *uuid,
                                 char *text,
                                 gsize length,
                                 const char *path,
                                 const LabStamp *stamp,
                                 const char *title,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Work *work;

  g_return_if_fail (LAB_IS_RECOVERY_WRITER (self));
  g_return_if_fail (uuid != NULL && text != NULL && stamp != NULL && title != NULL);

  work = g_new0 (Work, 1);
  work->uuid = g_strdup (uuid);
  work->text = text;
  work->length = length;
  work->description = lab_recovery_describe (uuid, path, stamp, title);
  enqueue (self, work, callback, user_data);
}

gboolean
lab_recovery_writer_write_finish (LabRecoveryWriter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
lab_recovery_writer_remove_async (LabRecoveryWriter *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (LAB_IS_RECOVERY_WRITER (self));

  enqueue (self, g_new0 (Work, 1), callback, user_data);
}

gboolean
lab_recovery_writer_remove_finish (LabRecoveryWriter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thread writes, one entry after the other: each waits for the disk, and twenty devices that
 * save at once must not hold up twenty consoles. An engine that is killed before an entry is
 * written finds the text in the NVRAM at its next start. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include "lab-saved-nvram.h"
#include "lab-saved-vlans.h"
#include "lab-saver.h"

struct _LabSaver
{
  GThreadPool *pool;
  GMutex mutex;
  GCond idle;
  guint pending;
};

typedef struct
{
  char *work;
  GBytes *text;  /* (nullable): what the NVRAM holds, or shall hold */
  GBytes *vlans; /* (nullable): what its vlan.dat shall hold */
  gint64 time;
  guint id;
  guint nvram;
  LabSaverWritten done; /* (nullable): it shall hold it, and this is told */
  gpointer user_data;
} Job;

typedef struct
{
  LabSaverWritten done;
  gpointer user_data;
  GError *error;
} Written;

static gboolean
written_cb (gpointer user_data)
{
  g_autofree Written *written = user_data;

  written->done (written->error, written->user_data);
  g_clear_error (&written->error);
  return G_SOURCE_REMOVE;
}

static void
write_nvram (const Job *job)
{
  Written *written = g_new0 (Written, 1);

  written->done = job->done;
  written->user_data = job->user_data;
  if (lab_saved_write_nvram (job->work, job->id, job->nvram, job->text, &written->error) &&
      job->vlans != NULL)
    lab_saved_write_vlans (job->work, job->id, job->vlans, &written->error);
  g_idle_add_full (G_PRIORITY_DEFAULT, written_cb, written, NULL);
}

static void
keep (const Job *job)
{
  g_autoptr (GError) error = NULL;
  gboolean kept = job->text != NULL ? lab_saved_add (job->work, job->text, job->time, &error)
                                    : lab_saved_catch_up (job->work, job->id, TRUE, &error);

  if (!kept)
    g_warning ("%s", error->message);
}

static void
run_job (gpointer data, gpointer user_data)
{
  LabSaver *self = user_data;
  Job *job = data;

  if (job->done != NULL)
    write_nvram (job);
  else
    keep (job);
  g_free (job->work);
  g_clear_pointer (&job->text, g_bytes_unref);
  g_clear_pointer (&job->vlans, g_bytes_unref);
  g_free (job);

  g_mutex_lock (&self->mutex);
  self->pending--;
  if (self->pending == 0)
    g_cond_broadcast (&self->idle);
  g_mutex_unlock (&self->mutex);
}

LabSaver *
lab_saver_new (void)
{
  LabSaver *self = g_new0 (LabSaver, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->idle);
  self->pool = g_thread_pool_new (run_job, self, 1, FALSE, NULL);
  return self;
}

void
lab_saver_free (LabSaver *self)
{
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->idle);
  g_free (self);
}

static void
push (LabSaver *self, const Job *job)
{
  g_mutex_lock (&self->mutex);
  self->pending++;
  g_mutex_unlock (&self->mutex);
  g_thread_pool_push (self->pool, g_memdup2 (job, sizeof *job), NULL);
}

void
lab_saver_add (LabSaver *self, const char *work, GBytes *text, gint64 time)
{
  push (self, &(const Job){ .work = g_strdup (work), .text = g_bytes_ref (text), .time = time });
}

void
lab_saver_catch_up (LabSaver *self, const char *work, guint id)
{
  push (self, &(const Job){ .work = g_strdup (work), .id = id });
}

void
lab_saver_write (LabSaver *self,
                 const char *work,
                 guint id,
                 guint nvram,
                 GBytes *text,
                 GBytes *vlans,
                 LabSaverWritten done,
                 gpointer user_data)
{
  push (self, &(const Job){ .work = g_strdup (work),
                            .id = id,
                            .nvram = nvram,
                            .text = g_bytes_ref (text),
                            .vlans = vlans != NULL ? g_bytes_ref (vlans) : NULL,
                            .done = done,
                            .user_data = user_data });
}

void
lab_saver_flush (LabSaver *self)
{
  g_mutex_lock (&self->mutex);
  while (self->pending > 0)
    g_cond_wait (&self->idle, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

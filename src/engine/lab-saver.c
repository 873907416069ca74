/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thread writes, one entry after the other: each waits for the disk, and twenty devices that
 * save at once must not hold up twenty consoles. An engine that is killed before an entry is
 * written finds the text in the NVRAM at its next start.
 *
 * What cannot be written, because the disk is full, is held and tried again: an image that writes
 * its NVRAM in place goes on saving on a full disk, each time over the one before. Of one device
 * nothing is written before what is held of it. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <glib/gi18n.h>

#include "lab-saved-nvram.h"
#include "lab-saved-vlans.h"
#include "lab-saver.h"

#define RETRY_SECONDS 5

/* More is not held; the oldest go. */
#define MAX_HELD       1000
#define MAX_HELD_BYTES (4 * LAB_SAVED_MAX_BYTES)

struct _LabSaver
{
  GThreadPool *pool;
  GMutex mutex;
  GCond idle;
  guint pending;
  LabSaverFailed failed;
  gpointer user_data;
  guint retry; /* in the main loop */

  /* the thread's */
  GQueue held; /* Job, in their order */
  gsize held_bytes;

  /* under the mutex */
  GQueue news; /* News, for the main loop */
  gboolean holds;
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

typedef struct
{
  char *work;
  GError *error; /* (nullable) */
} News;

static void
job_free (Job *job)
{
  g_free (job->work);
  g_clear_pointer (&job->text, g_bytes_unref);
  g_clear_pointer (&job->vlans, g_bytes_unref);
  g_free (job);
}

static void
news_free (News *news)
{
  g_free (news->work);
  g_clear_error (&news->error);
  g_free (news);
}

static gboolean
written_cb (gpointer user_data)
{
  g_autofree Written *written = user_data;

  written->done (written->error, written->user_data);
  g_clear_error (&written->error);
  return G_SOURCE_REMOVE;
}

static gboolean
write_nvram (const Job *job, GError **error)
{
  return lab_saved_write_nvram (job->work, job->id, job->nvram, job->text, error) &&
         (job->vlans == NULL || lab_saved_write_vlans (job->work, job->id, job->vlans, error));
}

static gboolean
keep (const Job *job, GError **error)
{
  return job->text != NULL ? lab_saved_add (job->work, job->text, job->time, error)
                           : lab_saved_catch_up (job->work, job->id, TRUE, error);
}

/* --- what is held --- */

static void push (LabSaver *self, const Job *job);

static gboolean
retry_timeout (gpointer user_data)
{
  LabSaver *self = user_data;
  gboolean holds;

  g_mutex_lock (&self->mutex);
  holds = self->holds;
  g_mutex_unlock (&self->mutex);
  if (holds)
    {
      push (self, &(const Job){ 0 });
      return G_SOURCE_CONTINUE;
    }
  self->retry = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
news_cb (gpointer user_data)
{
  LabSaver *self = user_data;
  News *news;

  g_mutex_lock (&self->mutex);
  news = g_queue_pop_head (&self->news);
  g_mutex_unlock (&self->mutex);
  if (news == NULL)
    return G_SOURCE_REMOVE;
  if (news->error != NULL && self->retry == 0)
    self->retry = g_timeout_add_seconds (RETRY_SECONDS, retry_timeout, self);
  self->failed (news->work, news->error, self->user_data);
  news_free (news);
  return G_SOURCE_CONTINUE;
}

static void
tell (LabSaver *self, const char *work, const GError *error)
{
  News *news = g_new0 (News, 1);

  news->work = g_strdup (work);
  news->error = error != NULL ? g_error_copy (error) : NULL;
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->news, news);
  g_mutex_unlock (&self->mutex);
  g_idle_add_full (G_PRIORITY_DEFAULT, news_cb, self, NULL);
}

static gboolean
is_held (LabSaver *self, const char *work)
{
  for (GList *link = self->held.head; link != NULL; link = link->next)
    {
      if (g_str_equal (((Job *) link->data)->work, work))
        return TRUE;
    }
  return FALSE;
}

static gsize
size_of (const Job *job)
{
  return job->text != NULL ? g_bytes_get_size (job->text) : 0;
}

/* Takes over @job. */
static void
hold (LabSaver *self, Job *job)
{
  g_queue_push_tail (&self->held, job);
  self->held_bytes += size_of (job);
  while (self->held.length > MAX_HELD || self->held_bytes > MAX_HELD_BYTES)
    {
      Job *oldest = g_queue_pop_head (&self->held);

      g_message ("a configuration of %s is lost: it could not be written for too long",
                 oldest->work);
      self->held_bytes -= size_of (oldest);
      job_free (oldest);
    }
}

static gboolean
contains (GPtrArray *works, const char *work)
{
  return g_ptr_array_find_with_equal_func (works, work, g_str_equal, NULL);
}

/* One that fails keeps the later ones of its device, no others. */
static void
retry_held (LabSaver *self)
{
  g_autoptr (GPtrArray) failed = g_ptr_array_new ();

  for (GList *link = self->held.head, *next; link != NULL; link = next)
    {
      g_autoptr (GError) error = NULL;
      Job *job = link->data;

      next = link->next;
      if (contains (failed, job->work))
        continue;
      if (!keep (job, &error))
        {
          g_ptr_array_add (failed, job->work);
          continue;
        }
      g_queue_delete_link (&self->held, link);
      self->held_bytes -= size_of (job);
      if (!is_held (self, job->work))
        tell (self, job->work, NULL);
      job_free (job);
    }
}

/* --- the thread --- */

/* Takes over @job. */
static void
run_keep (LabSaver *self, Job *job)
{
  g_autoptr (GError) error = NULL;
  gboolean waits = is_held (self, job->work);

  if (!waits && keep (job, &error))
    {
      job_free (job);
      return;
    }
  if (!waits)
    {
      g_message ("%s", error->message);
      tell (self, job->work, error);
    }
  hold (self, job);
}

/* Takes over @job. */
static void
run_write (LabSaver *self, Job *job)
{
  Written *written = g_new0 (Written, 1);

  written->done = job->done;
  written->user_data = job->user_data;
  if (is_held (self, job->work))
    g_set_error (
        &written->error, G_IO_ERROR, G_IO_ERROR_FAILED,
        _ ("What it saved last is not in %s yet, which cannot be written; make room there first."),
        job->work);
  else
    write_nvram (job, &written->error);
  g_idle_add_full (G_PRIORITY_DEFAULT, written_cb, written, NULL);
  job_free (job);
}

static void
run_job (gpointer data, gpointer user_data)
{
  LabSaver *self = user_data;
  Job *job = data;

  retry_held (self);
  if (job->work == NULL)
    job_free (job);
  else if (job->done != NULL)
    run_write (self, job);
  else
    run_keep (self, job);

  g_mutex_lock (&self->mutex);
  self->holds = self->held.length > 0;
  self->pending--;
  if (self->pending == 0)
    g_cond_broadcast (&self->idle);
  g_mutex_unlock (&self->mutex);
}

LabSaver *
lab_saver_new (LabSaverFailed failed, gpointer user_data)
{
  LabSaver *self = g_new0 (LabSaver, 1);

  self->failed = failed;
  self->user_data = user_data;
  g_queue_init (&self->held);
  g_queue_init (&self->news);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->idle);
  self->pool = g_thread_pool_new (run_job, self, 1, FALSE, NULL);
  return self;
}

void
lab_saver_free (LabSaver *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  retry_held (self);
  for (GList *link = self->held.head; link != NULL; link = link->next)
    g_message ("a configuration of %s is lost: it could not be written",
               ((Job *) link->data)->work);
  while (g_idle_remove_by_data (self))
    continue;
  g_queue_clear_full (&self->held, (GDestroyNotify) job_free);
  g_queue_clear_full (&self->news, (GDestroyNotify) news_free);
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

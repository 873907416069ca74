/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The image library as the engine needs it. A file is looked at once: the verdict is kept until its
 * size, time or inode changes, so a hundred devices of one image cost one check. Reading a large
 * image for its checksum takes a while and is done in a thread. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n.h>

#include "iou-image.h"

#include "lab-images.h"
#include "lab-run-dir.h"

struct _LabImages
{
  GHashTable *verdicts; /* path -> Verdict */
  GCancellable *cancellable;
};

/* What is known of a file as it was. */
typedef struct
{
  struct stat seen;
  gboolean hashed;
  char *sha256;  /* (nullable) */
  GError *error; /* (nullable) */
  guint running; /* jobs under way; Waiters stay until they end */
  GPtrArray *waiters;
} Verdict;

typedef struct
{
  char *sha256;
  LabImagesDone done;
  gpointer user_data;
} Waiter;

typedef struct
{
  char *path;
  gboolean hash;
  char *sha256;
} Job;

static void
waiter_free (Waiter *self)
{
  g_free (self->sha256);
  g_free (self);
}

static void
verdict_free (Verdict *self)
{
  g_free (self->sha256);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->waiters);
  g_free (self);
}

static void
job_free (Job *self)
{
  g_free (self->path);
  g_free (self->sha256);
  g_free (self);
}

gboolean
lab_images_is_open (const char *name)
{
  return g_str_equal (name, LAB_IMAGE_PC) || g_str_equal (name, LAB_IMAGE_ROUTER);
}

LabImages *
lab_images_new (void)
{
  LabImages *self = g_new0 (LabImages, 1);

  self->verdicts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) verdict_free);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
lab_images_free (LabImages *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->verdicts);
  g_free (self);
}

static char *
find_in_folder (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  /* A link into nowhere counts as found: the check says so in its own words. */
  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return g_canonicalize_filename (path, NULL);
  return NULL;
}

char *
lab_images_find (LabImages *self, const char *name, GError **error)
{
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "labwright", "images", NULL);
  g_auto (GStrv) folders = g_strsplit (g_getenv ("LABWRIGHT_IMAGE_PATH") ?: "", ":", -1);
  char *path = NULL;

  if (lab_images_is_open (name))
    return lab_run_dir_find_program (name, error);
  if (*name == '\0' || strchr (name, '/') != NULL || g_str_equal (name, "..") ||
      g_str_equal (name, "."))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                   _ ("“%s” is no name of an image; it must be a file name without folders."),
                   name);
      return NULL;
    }

  for (guint i = 0; path == NULL && folders[i] != NULL; i++)
    {
      if (*folders[i] != '\0')
        path = find_in_folder (folders[i], name);
    }
  if (path == NULL)
    path = find_in_folder (own, name);
  if (path == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("The image %s is not on this machine; put it into %s."), name, own);
  return path;
}

static char *
hash_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (128 * 1024);
  gssize n;

  if (stream == NULL)
    return NULL;
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, 128 * 1024, NULL, error)) > 0)
    g_checksum_update (checksum, buffer, n);
  return n < 0 ? NULL : g_strdup (g_checksum_get_string (checksum));
}

static void
job_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;

  if (!iou_image_check_file (job->path, NULL, &error))
    g_task_return_error (task, error);
  else if (job->hash && (job->sha256 = hash_file (job->path, &error)) == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
answer (Verdict *verdict, const char *path, Waiter *waiter)
{
  g_autoptr (GError) error = NULL;

  if (verdict->error != NULL)
    error = g_error_copy (verdict->error);
  else if (waiter->sha256 != NULL && g_ascii_strcasecmp (waiter->sha256, verdict->sha256) != 0)
    error =
        g_error_new (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                     _ ("The image %s is not the one that the lab names: its SHA-256 is %s, the "
                        "lab wants %s."),
                     path, verdict->sha256, waiter->sha256);
  waiter->done (error, waiter->user_data);
}

static void
job_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabImages *self = user_data;
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) waiters = NULL;
  Verdict *verdict;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the library is gone */

  verdict = g_hash_table_lookup (self->verdicts, job->path);
  g_clear_error (&verdict->error);
  verdict->error = g_steal_pointer (&error);
  verdict->hashed = job->hash;
  g_free (verdict->sha256);
  verdict->sha256 = g_steal_pointer (&job->sha256);
  verdict->running = 0;

  waiters = g_steal_pointer (&verdict->waiters);
  verdict->waiters = g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
  for (guint i = 0; i < waiters->len; i++)
    {
      Waiter *waiter = waiters->pdata[i];

      /* It came while a check without checksum was under way. */
      if (waiter->sha256 != NULL && !verdict->hashed && verdict->error == NULL)
        lab_images_check (self, job->path, waiter->sha256, waiter->done, waiter->user_data);
      else
        answer (verdict, job->path, waiter);
    }
}

static gboolean
is_same_file (const struct stat *a, const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
         a->st_mode == b->st_mode && a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
         a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static void
start_job (LabImages *self, Verdict *verdict, const char *path, gboolean hash)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, job_done, self);
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  job->hash = hash;
  verdict->running = 1;
  g_task_set_source_tag (task, start_job);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, job_thread);
}

void
lab_images_check (
    LabImages *self, const char *path, const char *sha256, LabImagesDone done, gpointer user_data)
{
  Verdict *verdict = g_hash_table_lookup (self->verdicts, path);
  Waiter *waiter = g_new0 (Waiter, 1);
  struct stat now = { 0 };

  waiter->sha256 = g_strdup (sha256);
  waiter->done = done;
  waiter->user_data = user_data;
  if (verdict == NULL)
    {
      verdict = g_new0 (Verdict, 1);
      verdict->waiters = g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
      verdict->seen.st_ino = 0;
      g_hash_table_insert (self->verdicts, g_strdup (path), verdict);
    }
  else if (!verdict->running && stat (path, &now) == 0 && is_same_file (&now, &verdict->seen) &&
           (sha256 == NULL || verdict->hashed || verdict->error != NULL))
    {
      answer (verdict, path, waiter);
      waiter_free (waiter);
      return;
    }

  g_ptr_array_add (verdict->waiters, waiter);
  if (verdict->running)
    return;
  if (stat (path, &verdict->seen) != 0)
    memset (&verdict->seen, 0, sizeof verdict->seen);
  start_job (self, verdict, path, sha256 != NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Thumbnails of labs. Kept in memory only: drawing one takes a few milliseconds, and a file of its
 * own would have to be thrown away again. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gstdio.h>

#include "lab-file.h"
#include "lab-picture.h"
#include "lab-thumbnail.h"

#define MAX_KEPT 64
#define MAX_SIDE 2048

typedef struct
{
  char *path;
  int width;
  int height;
  gboolean dark;
} Job;

static GMutex lock;
static GHashTable *kept; /* file with its state, size and style -> GdkTexture */

static void
job_free (Job *job)
{
  g_free (job->path);
  g_free (job);
}

/* (nullable): there is no such file. */
static char *
make_key (const Job *job)
{
  GStatBuf state;

  if (g_stat (job->path, &state) != 0)
    return NULL;

  return g_strdup_printf ("%s\n%" G_GINT64_FORMAT ".%09ld %" G_GINT64_FORMAT " %d %d %d", job->path,
                          (gint64) state.st_mtim.tv_sec, (long) state.st_mtim.tv_nsec,
                          (gint64) state.st_size, job->width, job->height, job->dark);
}

static GdkTexture *
look_up (const char *key)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  GdkTexture *texture;

  if (kept == NULL)
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  texture = key != NULL ? g_hash_table_lookup (kept, key) : NULL;

  return texture != NULL ? g_object_ref (texture) : NULL;
}

static void
keep (const char *key, GdkTexture *texture)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (g_hash_table_size (kept) >= MAX_KEPT)
    g_hash_table_remove_all (kept);
  g_hash_table_insert (kept, g_strdup (key), g_object_ref (texture));
}

static GdkTexture *
draw (const Job *job, GError **error)
{
  g_autoptr (LabTopology) topology = lab_file_load (job->path, error);
  g_autoptr (GBytes) bytes = NULL;
  cairo_surface_t *surface;
  int stride;

  if (topology == NULL)
    return NULL;
  surface = lab_picture_render_small (topology, job->width, job->height, job->dark);
  stride = cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) stride * job->height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);

  return gdk_memory_texture_new (job->width, job->height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
thumbnail_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autofree char *key = make_key (job);
  g_autoptr (GdkTexture) texture = look_up (key);
  GError *error = NULL;

  if (texture == NULL)
    {
      texture = draw (job, &error);
      if (texture != NULL && key != NULL)
        keep (key, texture);
    }
  if (texture != NULL)
    g_task_return_pointer (task, g_steal_pointer (&texture), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
lab_thumbnail_async (const char *path,
                     int width,
                     int height,
                     gboolean dark,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (path != NULL);
  g_return_if_fail (width > 0 && width <= MAX_SIDE && height > 0 && height <= MAX_SIDE);

  job = g_new0 (Job, 1);
  *job = (Job){ g_strdup (path), width, height, dark };
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lab_thumbnail_async);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, thumbnail_thread);
}

GdkTexture *
lab_thumbnail_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

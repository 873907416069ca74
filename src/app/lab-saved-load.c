/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Histories of devices for the window: all access to files in threads. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-client-paths.h"
#include "lab-saved-load.h"
#include "lab-saved-nvram.h"

typedef struct
{
  char *work;
  guint id;
  gboolean running;
  guint number;
} Load;

static void
load_free (Load *load)
{
  g_free (load->work);
  g_free (load);
}

void
lab_saved_state_free (LabSavedState *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

char *
lab_saved_work (const char *uuid, guint id)
{
  g_autofree char *state = lab_client_state_dir ();

  g_return_val_if_fail (lab_client_is_uuid (uuid), NULL);

  return g_strdup_printf ("%s/%s/%u", state, uuid, id);
}

static gboolean
newest_is_current (const Load *load, GArray *entries)
{
  g_autoptr (GBytes) nvram = lab_saved_read_nvram (load->work, load->id, NULL, NULL, NULL);
  g_autoptr (GBytes) newest = NULL;

  if (nvram == NULL || entries->len == 0)
    return FALSE;
  newest = lab_saved_read (load->work,
                           g_array_index (entries, LabSavedEntry, entries->len - 1).number, NULL);
  return newest != NULL && g_bytes_equal (nvram, newest);
}

static gboolean
has_folder (const Load *load)
{
  g_autofree char *path = g_build_filename (load->work, LAB_SAVED_FOLDER, NULL);

  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Load *load = task_data;
  LabSavedState *state;
  GError *error = NULL;
  GArray *entries;

  if (!lab_saved_catch_up (load->work, load->id, !load->running, &error))
    {
      g_message ("%s", error->message);
      g_clear_error (&error);
    }
  entries = lab_saved_list (load->work, &error);
  if (entries == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  state = g_new0 (LabSavedState, 1);
  state->entries = entries;
  state->there = has_folder (load);
  state->current = newest_is_current (load, entries);
  g_task_return_pointer (task, state, (GDestroyNotify) lab_saved_state_free);
}

void
lab_saved_load_async (const char *work,
                      guint id,
                      gboolean running,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->work = g_strdup (work);
  load->id = id;
  load->running = running;
  g_task_set_source_tag (task, lab_saved_load_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  g_task_run_in_thread (task, load_in_thread);
}

LabSavedState *
lab_saved_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
text_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Load *load = task_data;
  GError *error = NULL;
  GBytes *text = lab_saved_read (load->work, load->number, &error);

  if (text != NULL)
    g_task_return_pointer (task, text, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
lab_saved_load_text_async (const char *work,
                           guint number,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->work = g_strdup (work);
  load->number = number;
  g_task_set_source_tag (task, lab_saved_load_text_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  g_task_run_in_thread (task, text_in_thread);
}

GBytes *
lab_saved_load_text_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

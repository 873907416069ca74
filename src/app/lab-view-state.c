/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Zoom, place and open consoles of a lab, from one window to the next. A key file: small, readable,
 * and what is missing or wrong in it only means that the lab is shown as if for the first time. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <math.h>

#include "lab-client-paths.h"
#include "lab-view-state.h"

#define GROUP     "view"
#define VERSION   1
#define MAX_BYTES (256 * 1024)

void
lab_view_state_free (LabViewState *self)
{
  g_strfreev (self->consoles);
  g_free (self);
}

char *
lab_view_state_to_string (const LabViewState *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_integer (file, GROUP, "version", VERSION);
  g_key_file_set_double (file, GROUP, "zoom", self->zoom);
  g_key_file_set_double (file, GROUP, "x", self->x);
  g_key_file_set_double (file, GROUP, "y", self->y);
  g_key_file_set_boolean (file, GROUP, "fitted", self->fitted);
  if (self->consoles != NULL)
    g_key_file_set_string_list (file, GROUP, "consoles", (const char *const *) self->consoles,
                                g_strv_length (self->consoles));
  g_key_file_set_boolean (file, GROUP, "consoles-shown", self->consoles_shown);

  return g_key_file_to_data (file, NULL, NULL);
}

LabViewState *
lab_view_state_from_string (const char *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  LabViewState *self;

  if (!g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, NULL) ||
      g_key_file_get_integer (file, GROUP, "version", NULL) != VERSION)
    return NULL;
  self = g_new0 (LabViewState, 1);
  self->zoom = g_key_file_get_double (file, GROUP, "zoom", NULL);
  self->x = g_key_file_get_double (file, GROUP, "x", NULL);
  self->y = g_key_file_get_double (file, GROUP, "y", NULL);
  self->fitted = g_key_file_get_boolean (file, GROUP, "fitted", NULL);
  self->consoles = g_key_file_get_string_list (file, GROUP, "consoles", NULL, NULL);
  self->consoles_shown = g_key_file_get_boolean (file, GROUP, "consoles-shown", NULL);
  if (!isfinite (self->zoom) || self->zoom < 0.1 || self->zoom > 4 || !isfinite (self->x) ||
      !isfinite (self->y))
    {
      lab_view_state_free (self);
      return NULL;
    }

  return self;
}

/* --- the file --- */

static char *
path_of (const char *uuid)
{
  g_autofree char *dir = lab_client_state_dir ();

  return g_build_filename (dir, uuid, "view", NULL);
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autofree char *path = path_of (task_data);
  g_autofree char *text = NULL;
  gsize length = 0;
  LabViewState *state = NULL;

  if (g_file_get_contents (path, &text, &length, NULL) && length < MAX_BYTES)
    state = lab_view_state_from_string (text);
  g_task_return_pointer (task, state, (GDestroyNotify) lab_view_state_free);
}

void
lab_view_state_load_async (const char *uuid, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, lab_view_state_load_async);
  g_task_set_task_data (task, g_strdup (uuid), g_free);
  g_task_run_in_thread (task, load_thread);
}

LabViewState *
lab_view_state_load_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

typedef struct
{
  char *path;
  char *text;
} Save;

static void
save_free (Save *save)
{
  g_free (save->path);
  g_free (save->text);
  g_free (save);
}

static void
save_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Save *save = task_data;
  g_autofree char *dir = g_path_get_dirname (save->path);
  g_autoptr (GError) error = NULL;

  if (g_mkdir_with_parents (dir, 0700) != 0 ||
      !g_file_set_contents (save->path, save->text, -1, &error))
    g_debug ("the view was not saved: %s", error != NULL ? error->message : dir);
  g_task_return_boolean (task, TRUE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GApplication) application = user_data;

  g_application_release (application);
}

void
lab_view_state_save (LabViewState *self, const char *uuid, GApplication *application)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, saved_cb, g_object_ref (application));
  Save *save = g_new0 (Save, 1);

  g_task_set_source_tag (task, lab_view_state_save);
  save->path = path_of (uuid);
  save->text = lab_view_state_to_string (self);
  lab_view_state_free (self);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  g_application_hold (application);
  g_task_run_in_thread (task, save_thread);
}

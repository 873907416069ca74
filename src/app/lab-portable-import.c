/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a portable lab to an open one, step by step; each may be the last. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-file-dialog.h"
#include "lab-portable-dialog.h"
#include "lab-portable-import.h"

typedef struct
{
  LabApplication *application;
  LabWindow *window;
  GFile *file;
  char *path;
} Import;

static void
import_free (Import *import)
{
  g_object_unref (import->application);
  g_object_unref (import->window);
  g_object_unref (import->file);
  g_free (import->path);
  g_free (import);
}

/* Takes over @import. */
static void
fail (Import *import, const GError *error)
{
  if (error != NULL)
    lab_window_say (import->window, LAB_SESSION_ERROR, _ ("The portable lab could not be opened"),
                    error->message);
  import_free (import);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Import *import = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = lab_portable_open_finish (result, &error);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  if (file != NULL)
    lab_application_open_file (import->application, file, GTK_WINDOW (import->window));
  fail (import, error);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Import *import = user_data;
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *full = NULL;

  if (path == NULL)
    {
      fail (import, NULL);
      return;
    }
  full = g_str_has_suffix (path, ".lab") ? g_strdup (path) : g_strconcat (path, ".lab", NULL);
  lab_portable_open_async (import->path, full, opened_cb, import);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Import *import = user_data;
  g_autoptr (GFile) folder = g_file_get_parent (import->file);
  g_autofree char *name = g_file_get_basename (import->file);
  g_autofree char *proposed = NULL;

  if (!lab_portable_confirm_finish (result))
    {
      fail (import, NULL);
      return;
    }
  if (g_str_has_suffix (name, LAB_PORTABLE_SUFFIX))
    name[strlen (name) - strlen (LAB_PORTABLE_SUFFIX)] = '\0';
  proposed = g_strconcat (name, ".lab", NULL);
  lab_file_dialog_async (GTK_WINDOW (import->window), LAB_FILE_DIALOG_SAVE_LAB, proposed, folder,
                         place_chosen_cb, import);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Import *import = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LabPortable) about = lab_portable_look_finish (result, &error);

  if (about != NULL)
    lab_portable_confirm_async (GTK_WINDOW (import->window), about, confirmed_cb, import);
  else
    fail (import, error);
}

void
lab_portable_import (LabApplication *application, LabWindow *window, GFile *file)
{
  Import *import;
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    {
      lab_window_say (window, LAB_SESSION_ERROR, _ ("Only files on this computer can be opened"),
                      NULL);
      return;
    }
  import = g_new0 (Import, 1);
  import->application = g_object_ref (application);
  import->window = g_object_ref (window);
  import->file = g_object_ref (file);
  import->path = g_steal_pointer (&path);
  lab_portable_look_async (import->path, looked_cb, import);
}

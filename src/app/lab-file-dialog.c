/* SPDX-License-Identifier: GPL-3.0-or-later */

/* File dialogs over GtkFileChooserNative, so that the portal is used where there is one. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-file-dialog.h"

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *suffix)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  if (suffix != NULL)
    gtk_file_filter_add_suffix (filter, suffix);
  else
    gtk_file_filter_add_pattern (filter, "*");
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
add_lab_filters (GtkFileChooser *chooser)
{
  add_filter (chooser, _ ("Labs"), "lab");
  add_filter (chooser, _ ("All Files"), NULL);
}

/* A portable lab can be opened as well. */
static void
add_open_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Labs"));
  gtk_file_filter_add_suffix (filter, "lab");
  gtk_file_filter_add_suffix (filter, "labz");
  gtk_file_chooser_add_filter (chooser, filter);
  add_filter (chooser, _ ("All Files"), NULL);
}

static void
add_picture_filter (GtkFileChooser *chooser)
{
  static const char *const types[] = { "image/png", "image/jpeg", "image/svg+xml", "image/gif",
                                       "image/webp" };
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Pictures"));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    gtk_file_filter_add_mime_type (filter, types[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static GtkFileChooserNative *
make_chooser (GtkWindow *parent, LabFileDialogKind kind)
{
  switch (kind)
    {
    case LAB_FILE_DIALOG_SAVE_LAB:
      return gtk_file_chooser_native_new (_ ("Save Lab"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                          _ ("_Save"), _ ("_Cancel"));
    case LAB_FILE_DIALOG_SAVE_PORTABLE:
      return gtk_file_chooser_native_new (_ ("Export a Portable Lab"), parent,
                                          GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"),
                                          _ ("_Cancel"));
    case LAB_FILE_DIALOG_OPEN_PICTURE:
      return gtk_file_chooser_native_new (
          _ ("Insert Picture"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Insert"), _ ("_Cancel"));
    case LAB_FILE_DIALOG_OPEN_IMAGE:
      return gtk_file_chooser_native_new (_ ("Add Image or GNS3 Appliance"), parent,
                                          GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), _ ("_Cancel"));
    case LAB_FILE_DIALOG_OPEN_LIBRARY:
      return gtk_file_chooser_native_new (
          _ ("Choose Library"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));
    case LAB_FILE_DIALOG_OPEN_LICENCE:
      return gtk_file_chooser_native_new (_ ("Choose iourc"), parent, GTK_FILE_CHOOSER_ACTION_OPEN,
                                          _ ("_Choose"), _ ("_Cancel"));
    case LAB_FILE_DIALOG_OPEN_FOLDER:
      return gtk_file_chooser_native_new (_ ("Add Folder of Images"), parent,
                                          GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Add"),
                                          _ ("_Cancel"));
    case LAB_FILE_DIALOG_SAVE_TEXT:
      return gtk_file_chooser_native_new (_ ("Save Output"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                          _ ("_Save"), _ ("_Cancel"));
    case LAB_FILE_DIALOG_SAVE_CAPTURE:
      return gtk_file_chooser_native_new (_ ("Save Capture"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                          _ ("_Save"), _ ("_Cancel"));
    case LAB_FILE_DIALOG_IMPORT_CONFIGS:
      return gtk_file_chooser_native_new (_ ("Folder of Configurations"), parent,
                                          GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"),
                                          _ ("_Cancel"));
    case LAB_FILE_DIALOG_EXPORT_CONFIGS:
      return gtk_file_chooser_native_new (_ ("Export Configurations"), parent,
                                          GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Export"),
                                          _ ("_Cancel"));
    case LAB_FILE_DIALOG_OPEN_LAB:
    default:
      return gtk_file_chooser_native_new (_ ("Open Lab"), parent, GTK_FILE_CHOOSER_ACTION_OPEN,
                                          _ ("_Open"), _ ("_Cancel"));
    }
}

static void
add_filters (GtkFileChooser *chooser, LabFileDialogKind kind)
{
  switch (kind)
    {
    case LAB_FILE_DIALOG_OPEN_LAB:
      add_open_filters (chooser);
      break;
    case LAB_FILE_DIALOG_SAVE_PORTABLE:
      add_filter (chooser, _ ("Portable Labs"), "labz");
      add_filter (chooser, _ ("All Files"), NULL);
      break;
    case LAB_FILE_DIALOG_OPEN_PICTURE:
      add_picture_filter (chooser);
      break;
    case LAB_FILE_DIALOG_OPEN_IMAGE:
    case LAB_FILE_DIALOG_OPEN_LIBRARY:
    case LAB_FILE_DIALOG_OPEN_LICENCE:
    case LAB_FILE_DIALOG_OPEN_FOLDER:
    case LAB_FILE_DIALOG_SAVE_CAPTURE:
    case LAB_FILE_DIALOG_SAVE_TEXT:
    case LAB_FILE_DIALOG_IMPORT_CONFIGS:
    case LAB_FILE_DIALOG_EXPORT_CONFIGS:
      break;
    case LAB_FILE_DIALOG_SAVE_LAB:
    default:
      add_lab_filters (chooser);
      break;
    }
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_signal_handlers_disconnect_by_func (dialog, response_cb, task);
  g_task_return_pointer (task,
                         response == GTK_RESPONSE_ACCEPT
                             ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                             : NULL,
                         g_object_unref);
  gtk_native_dialog_destroy (dialog);
}

void
lab_file_dialog_async (GtkWindow *parent,
                       LabFileDialogKind kind,
                       const char *name,
                       GFile *folder,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  GtkFileChooserNative *chooser = make_chooser (parent, kind);

  g_task_set_source_tag (task, lab_file_dialog_async);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  add_filters (GTK_FILE_CHOOSER (chooser), kind);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_task_set_task_data (task, chooser, g_object_unref);
  g_signal_connect (chooser, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

GFile *
lab_file_dialog_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

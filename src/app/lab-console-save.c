/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The output of a console as a text file. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-console-save.h"
#include "lab-file-dialog.h"

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    lab_ask_show (parent, _ ("The Output Was Not Saved"), error->message);
}

static void
chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *text = user_data;
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);
  g_autoptr (GString) whole = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (file == NULL)
    return;
  whole = g_string_new (text);
  g_string_append_c (whole, '\n');
  bytes = g_string_free_to_bytes (g_steal_pointer (&whole));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       written_cb, g_object_ref (object));
}

void
lab_console_save (GtkWindow *parent, LabConsoleTab *tab)
{
  g_autofree char *name = g_strdup_printf ("%s.txt", lab_console_tab_get_name (tab));

  lab_file_dialog_async (parent, LAB_FILE_DIALOG_SAVE_TEXT, name, NULL, chosen_cb,
                         lab_terminal_dup_text (lab_console_tab_get_terminal (tab)));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two questions about portable labs: what goes into one, and whether to take one in. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-portable-dialog.h"

void
lab_portable_choice_free (LabPortableChoice *self)
{
  g_clear_pointer (&self->captures, g_ptr_array_unref);
  g_free (self);
}

/* --- into one --- */

typedef struct
{
  GtkCheckButton *history;
  GtkCheckButton *checkpoints;
  GtkLabel *captures_label;
  GPtrArray *captures;
  GtkFileChooserNative *chooser;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->history);
  g_object_unref (question->checkpoints);
  g_object_unref (question->captures_label);
  g_ptr_array_unref (question->captures);
  g_clear_object (&question->chooser);
  g_free (question);
}

static void
show_captures (Question *question)
{
  guint n = question->captures->len;
  g_autofree char *text = n > 0 ? g_strdup_printf (ngettext ("%u capture", "%u captures", n), n)
                                : g_strdup (_ ("No captures"));

  gtk_label_set_text (question->captures_label, text);
}

static void
captures_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GListModel) files = NULL;

  gtk_native_dialog_hide (dialog);
  if (response != GTK_RESPONSE_ACCEPT)
    return;
  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  g_ptr_array_set_size (question->captures, 0);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      char *path = g_file_get_path (file);

      if (path != NULL)
        g_ptr_array_add (question->captures, path);
    }
  show_captures (question);
}

static void
choose_captures_cb (GtkButton *button, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (question->chooser == NULL)
    {
      question->chooser = gtk_file_chooser_native_new (
          _ ("Choose Captures"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))),
          GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));
      gtk_file_filter_set_name (filter, _ ("Captures"));
      gtk_file_filter_add_suffix (filter, "pcapng");
      gtk_file_filter_add_suffix (filter, "pcap");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (question->chooser), filter);
      gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (question->chooser), TRUE);
      gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (question->chooser), TRUE);
      g_signal_connect (question->chooser, "response", G_CALLBACK (captures_chosen_cb), question);
    }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (question->chooser));
}

static GtkCheckButton *
add_check (GtkWidget *box, const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (label);

  gtk_box_append (GTK_BOX (box), check);
  return GTK_CHECK_BUTTON (g_object_ref (check));
}

static GtkWidget *
make_choices (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("C_hoose Captures…"));

  question->history = add_check (box, _ ("Earlier _configurations of devices"));
  question->checkpoints = add_check (box, _ ("Check_points of the lab"));
  question->captures_label = g_object_ref_sink (GTK_LABEL (gtk_label_new (NULL)));
  question->captures = g_ptr_array_new_with_free_func (g_free);
  show_captures (question);
  g_signal_connect (button, "clicked", G_CALLBACK (choose_captures_cb), question);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (question->captures_label));
  gtk_box_append (GTK_BOX (box), line);
  return box;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autofree char *answer = lab_ask_finish (result);
  LabPortableChoice *choice;

  if (!g_str_equal (answer, "export"))
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  choice = g_new0 (LabPortableChoice, 1);
  choice->captures = g_ptr_array_ref (question->captures);
  if (gtk_check_button_get_active (question->history))
    choice->flags |= LAB_PORTABLE_HISTORY;
  if (gtk_check_button_get_active (question->checkpoints))
    choice->flags |= LAB_PORTABLE_CHECKPOINTS;
  g_task_return_pointer (task, choice, (GDestroyNotify) lab_portable_choice_free);
}

void
lab_portable_dialog_async (GtkWindow *parent, GAsyncReadyCallback callback, gpointer user_data)
{
  LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "export", _ ("_Export…"), ADW_RESPONSE_SUGGESTED },
  };
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  Question *question = g_new0 (Question, 1);
  GtkWidget *choices = make_choices (question);

  g_task_set_source_tag (task, lab_portable_dialog_async);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  lab_ask_async (
      parent, _ ("Export a Portable Lab"),
      _ ("One file to share, with the lab and what its devices have saved. Images and licences are "
         "never in it. What else shall be?"),
      choices, answers, G_N_ELEMENTS (answers), "export", answered_cb, task);
}

LabPortableChoice *
lab_portable_dialog_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* --- out of one --- */

static void
add_count (GString *text, guint n, const char *one)
{
  if (n > 0)
    g_string_append_printf (text, "\n• %s", one);
}

static char *
list_content (const LabPortable *about)
{
  GString *text = g_string_new (NULL);
  g_autofree char *nodes =
      g_strdup_printf (ngettext ("%u device", "%u devices", about->n_nodes), about->n_nodes);
  g_autofree char *devices = g_strdup_printf (
      ngettext ("what %u device has saved", "what %u devices have saved", about->n_devices),
      about->n_devices);
  g_autofree char *configs = g_strdup_printf (
      ngettext ("%u earlier configuration", "%u earlier configurations", about->n_configs),
      about->n_configs);
  g_autofree char *checkpoints = g_strdup_printf (
      ngettext ("%u checkpoint", "%u checkpoints", about->n_checkpoints), about->n_checkpoints);
  g_autofree char *captures = g_strdup_printf (
      ngettext ("%u capture", "%u captures", about->n_captures), about->n_captures);
  g_autofree char *size = g_format_size (about->n_bytes);

  g_string_append (text, _ ("It holds a lab with"));
  add_count (text, about->n_nodes, nodes);
  add_count (text, about->n_devices, devices);
  add_count (text, about->n_configs, configs);
  add_count (text, about->n_checkpoints, checkpoints);
  add_count (text, about->n_captures, captures);
  g_string_append_printf (text, "\n\n");
  g_string_append_printf (text, _ ("Unpacked, that is %s."), size);
  if (about->left_out->len > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append (text, _ ("There are files in it that do not belong to a lab; they are left "
                                "out."));
    }
  return g_string_free (text, FALSE);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *answer = lab_ask_finish (result);

  g_task_return_boolean (task, g_str_equal (answer, "open"));
}

void
lab_portable_confirm_async (GtkWindow *parent,
                            const LabPortable *about,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "open", _ ("_Make a Lab of It…"), ADW_RESPONSE_SUGGESTED },
  };
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  g_autofree char *heading = g_strdup_printf (_ ("Portable Lab “%s”"), about->name);
  g_autofree char *body = list_content (about);

  g_task_set_source_tag (task, lab_portable_confirm_async);
  lab_ask_async (parent, heading, body, NULL, answers, G_N_ELEMENTS (answers), "open", confirmed_cb,
                 task);
}

gboolean
lab_portable_confirm_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

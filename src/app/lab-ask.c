/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions and details over AdwMessageDialog. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-ask.h"

/* A dialog is no wider than its heading asks for, and a long text had four lines of it. */
#define DETAIL_CHARS  52
#define DETAIL_HEIGHT 160
#define LONG_DETAIL   200

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_signal_handlers_disconnect_by_func (dialog, response_cb, task);
  g_task_return_pointer (task, g_strdup (response), g_free);
}

#define HEADING_MIN_WIDTH 100

/* The dialog has two labels for its heading: a large one of one line, and a small one that wraps
 * and is shown when the large one is too wide. To find that out it asks each how high it would be
 * within the least width of either, which newer GTK warns of. If both may wrap and are content with
 * the same width, the question is a fair one; the answer, by their natural widths, stays what it
 * was. */
static void
even_headings (GtkWidget *widget, const char *heading)
{
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), heading) == 0)
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
      gtk_widget_set_size_request (widget, HEADING_MIN_WIDTH, -1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    even_headings (child, heading);
}

static AdwMessageDialog *
make_dialog (GtkWindow *parent, const char *heading, const char *body)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  even_headings (GTK_WIDGET (dialog), heading);

  return dialog;
}

void
lab_ask_async (GtkWindow *parent,
               const char *heading,
               const char *body,
               GtkWidget *extra,
               const LabAskAnswer *answers,
               guint n_answers,
               const char *chosen,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  AdwMessageDialog *dialog = make_dialog (parent, heading, body);

  g_task_set_source_tag (task, lab_ask_async);
  for (guint i = 0; i < n_answers; i++)
    {
      adw_message_dialog_add_response (dialog, answers[i].id, answers[i].label);
      adw_message_dialog_set_response_appearance (dialog, answers[i].id, answers[i].appearance);
    }
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, chosen);
  if (extra != NULL)
    adw_message_dialog_set_extra_child (dialog, extra);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
  /* Not a check button of @extra. */
  if (gtk_window_get_default_widget (GTK_WINDOW (dialog)) != NULL)
    gtk_widget_grab_focus (gtk_window_get_default_widget (GTK_WINDOW (dialog)));
}

char *
lab_ask_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static GtkWidget *
make_detail (const char *detail)
{
  GtkWidget *label = gtk_label_new (detail);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), DETAIL_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "lab-detail");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  if (strlen (detail) > LONG_DETAIL)
    gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), DETAIL_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);
  gtk_widget_add_css_class (scroller, "card");

  return scroller;
}

void
lab_ask_show (GtkWindow *parent, const char *heading, const char *detail)
{
  AdwMessageDialog *dialog = make_dialog (parent, heading, NULL);

  adw_message_dialog_set_extra_child (dialog, make_detail (detail));
  adw_message_dialog_add_response (dialog, "cancel", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Renaming a node from a list. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-rename-popover.h"

typedef struct
{
  LabSession *session;
  LabNode *node;
  GtkWidget *popover;
  GtkWidget *entry;
  GtkWidget *error;
} Rename;

static void
rename_free (gpointer data, GClosure *closure)
{
  Rename *rename = data;

  g_object_unref (rename->session);
  g_object_unref (rename->node);
  g_free (rename);
}

static void
show_error (Rename *rename, const char *message)
{
  gtk_label_set_label (GTK_LABEL (rename->error), message != NULL ? message : "");
  gtk_widget_set_visible (rename->error, message != NULL);
  if (message != NULL)
    gtk_widget_add_css_class (rename->entry, "error");
  else
    gtk_widget_remove_css_class (rename->entry, "error");
}

static void
activate_cb (GtkWidget *entry, gpointer user_data)
{
  Rename *rename = user_data;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  g_autoptr (LabEdit) edit = lab_edit_new_rename_node (lab_node_get_name (rename->node), name);
  g_autoptr (GError) error = NULL;

  if (lab_history_apply (lab_session_get_history (rename->session), edit, &error))
    gtk_popover_popdown (GTK_POPOVER (rename->popover));
  else
    show_error (rename, error->message);
}

static void
changed_cb (GtkWidget *entry, gpointer user_data)
{
  show_error (user_data, NULL);
}

GtkWidget *
lab_rename_popover_new (LabSession *session, LabNode *node)
{
  Rename *rename = g_new0 (Rename, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  rename->session = g_object_ref (session);
  rename->node = g_object_ref (node);
  rename->popover = gtk_popover_new ();
  rename->entry = gtk_entry_new ();
  rename->error = gtk_label_new (NULL);
  gtk_editable_set_text (GTK_EDITABLE (rename->entry), lab_node_get_name (node));
  gtk_editable_set_width_chars (GTK_EDITABLE (rename->entry), 20);
  gtk_accessible_update_property (GTK_ACCESSIBLE (rename->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name"), -1);
  gtk_label_set_wrap (GTK_LABEL (rename->error), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (rename->error), 28);
  gtk_label_set_xalign (GTK_LABEL (rename->error), 0);
  gtk_widget_add_css_class (rename->error, "error");
  gtk_widget_add_css_class (rename->error, "caption");
  gtk_widget_set_visible (rename->error, FALSE);
  gtk_box_append (GTK_BOX (box), rename->entry);
  gtk_box_append (GTK_BOX (box), rename->error);
  gtk_popover_set_child (GTK_POPOVER (rename->popover), box);
  g_signal_connect_data (rename->entry, "activate", G_CALLBACK (activate_cb), rename, rename_free,
                         0);
  g_signal_connect (rename->entry, "changed", G_CALLBACK (changed_cb), rename);

  return rename->popover;
}

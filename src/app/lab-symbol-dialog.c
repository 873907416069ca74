/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The symbol of devices, chosen from all there are. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-file-dialog.h"
#include "lab-symbol-dialog.h"
#include "lab-symbol-folder.h"
#include "lab-symbol-image.h"
#include "lab-symbols.h"

#define IMAGE_SIZE 56

struct _LabSymbolDialog
{
  AdwWindow parent_instance;

  GtkFlowBox *symbols;
  LabSession *session;
  GStrv names; /* of the devices */
};

G_DEFINE_FINAL_TYPE (LabSymbolDialog, lab_symbol_dialog, ADW_TYPE_WINDOW)

static void
chosen_cb (GtkFlowBox *box, GtkFlowBoxChild *child, LabSymbolDialog *self)
{
  const char *symbol = g_object_get_data (G_OBJECT (child), "symbol");
  g_autoptr (JsonNode) value = json_node_init_string (json_node_alloc (), symbol);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_names = g_strv_length (self->names);
  g_autofree char *label =
      g_strdup_printf (ngettext ("Change symbol", "Change symbol of %u devices", n_names), n_names);

  for (guint i = 0; i < n_names; i++)
    g_ptr_array_add (edits, lab_edit_new_set_node (self->names[i], "symbol", value));
  lab_session_apply (self->session, lab_edit_new_group (label, edits));
  gtk_window_close (GTK_WINDOW (self));
}

static GtkWidget *
make_child (const char *symbol)
{
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *image = lab_symbol_image_new (IMAGE_SIZE);
  GtkWidget *label = gtk_label_new (lab_symbols_get_title (symbol));

  lab_symbol_image_set (image, symbol);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  g_object_set_data_full (G_OBJECT (child), "symbol", g_strdup (symbol), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lab_symbols_get_title (symbol), -1);

  return child;
}

/* All there are, anew: the user's folder may have changed. */
static void
fill (LabSymbolDialog *self)
{
  g_auto (GStrv) symbols = lab_symbols_list ();
  GtkWidget *child;

  /* Closed, and kept for a moment by a file on its way. */
  if (self->symbols == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->symbols))) != NULL)
    gtk_flow_box_remove (self->symbols, child);
  for (guint i = 0; symbols[i] != NULL; i++)
    gtk_flow_box_append (self->symbols, make_child (symbols[i]));
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LabSymbolDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = lab_symbol_folder_add_finish (LAB_SYMBOL_FOLDER (source), result, &error);

  if (name == NULL && gtk_widget_get_visible (GTK_WIDGET (self)))
    lab_ask_show (GTK_WINDOW (self), _ ("The symbol was not added"), error->message);
}

static void
picked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LabSymbolDialog) self = data;
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);

  if (file != NULL)
    lab_symbol_folder_add_async (lab_symbol_folder_get_default (), file, NULL, added_cb,
                                 g_object_ref (self));
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_file_dialog_async (GTK_WINDOW (widget), LAB_FILE_DIALOG_OPEN_PICTURE, NULL, NULL, picked_cb,
                         g_object_ref (widget));
}

static void
lab_symbol_dialog_dispose (GObject *object)
{
  LabSymbolDialog *self = LAB_SYMBOL_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LAB_TYPE_SYMBOL_DIALOG);
  g_clear_object (&self->session);
  g_clear_pointer (&self->names, g_strfreev);

  G_OBJECT_CLASS (lab_symbol_dialog_parent_class)->dispose (object);
}

static void
lab_symbol_dialog_class_init (LabSymbolDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_symbol_dialog_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-symbol-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LabSymbolDialog, symbols);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_install_action (widget_class, "symbol.add", NULL, add_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
lab_symbol_dialog_init (LabSymbolDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (lab_symbol_folder_get_default (), "changed", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  fill (self);
}

void
lab_symbol_dialog_present (GtkWindow *parent, LabSession *session, GPtrArray *nodes)
{
  LabSymbolDialog *self = g_object_new (LAB_TYPE_SYMBOL_DIALOG, "transient-for", parent, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < nodes->len; i++)
    g_strv_builder_add (names, lab_node_get_name (g_ptr_array_index (nodes, i)));
  self->session = g_object_ref (session);
  self->names = g_strv_builder_end (names);
  gtk_window_present (GTK_WINDOW (self));
}

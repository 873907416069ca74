/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialog “Export Picture”. What was chosen last is offered next time. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-export-dialog.h"

struct _LabExportDialog
{
  AdwWindow parent_instance;

  AdwComboRow *format;
  AdwComboRow *content_row;
  AdwComboRow *scale;
  AdwComboRow *style;
  GtkSwitch *transparent;

  LabTopology *topology;
  LabSelection *selection;
  GtkFileChooserNative *chooser;
  GCancellable *measuring;
  LabExportDone done;
  gpointer done_data;
};

/* On its way while the dialog is gone already. */
typedef struct
{
  GWeakRef parent;
  LabExportDone done;
  gpointer done_data;
  char *path;
} Export;

/* Of the list in lab-export-dialog.ui. */
static const double scales[] = { 0.5, 1, 2, 3, 4 };

/* What was chosen last, for as long as the program runs. */
static struct
{
  gboolean set;
  guint format;
  guint scale;
  guint style;
  gboolean transparent;
} last;

G_DEFINE_FINAL_TYPE (LabExportDialog, lab_export_dialog, ADW_TYPE_WINDOW)

static void
get_options (LabExportDialog *self, LabPictureOptions *options)
{
  guint scale = MIN (adw_combo_row_get_selected (self->scale), G_N_ELEMENTS (scales) - 1);

  lab_picture_options_init (options);
  options->format = (LabPictureFormat) adw_combo_row_get_selected (self->format);
  options->scale = scales[scale];
  options->dark = adw_combo_row_get_selected (self->style) == 1;
  options->transparent = gtk_switch_get_active (self->transparent);
  if (adw_combo_row_get_selected (self->content_row) == 1)
    lab_picture_options_set_selection (options, self->selection);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LabExportDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean measured;
  int width;
  int height;

  measured = lab_picture_measure_finish (result, &width, &height, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (measured)
    text = g_strdup_printf (_ ("%d × %d pixels"), width, height);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->scale), measured ? text : error->message);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.save", measured);
}

/* Says how many pixels it would be; the window's thread does not wait for it. */
static void
measure (LabExportDialog *self)
{
  LabPictureOptions options;

  g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.save", TRUE);
  get_options (self, &options);
  if (options.format == LAB_PICTURE_PNG)
    {
      self->measuring = g_cancellable_new ();
      lab_picture_measure_async (self->topology, &options, self->measuring, measured_cb,
                                 g_object_ref (self));
    }
  lab_picture_options_clear (&options);
}

static void
changed_cb (LabExportDialog *self)
{
  static const char *const uses[] = {
    N_ ("Lines and text, for the web and drawing programs"),
    N_ ("Lines and text, for print"),
    N_ ("Pixels, for anything"),
  };
  guint format;

  if (self->topology == NULL)
    return;
  format = MIN (adw_combo_row_get_selected (self->format), G_N_ELEMENTS (uses) - 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->format), _ (uses[format]));
  gtk_widget_set_visible (GTK_WIDGET (self->scale),
                          adw_combo_row_get_selected (self->format) == LAB_PICTURE_PNG);
  measure (self);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Export *export = data;
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&export->parent);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean written = lab_picture_export_finish (result, &error);

  if (written)
    {
      g_autofree char *name = g_filename_display_basename (export->path);

      text = g_strdup_printf (_ ("Picture saved as %s"), name);
    }
  if (parent != NULL && export->done != NULL)
    export->done (parent, written ? export->path : NULL, written ? text : error->message,
                  export->done_data);
  g_weak_ref_clear (&export->parent);
  g_free (export->path);
  g_free (export);
}

static void
remember (LabExportDialog *self)
{
  last.set = TRUE;
  last.format = adw_combo_row_get_selected (self->format);
  last.scale = adw_combo_row_get_selected (self->scale);
  last.style = adw_combo_row_get_selected (self->style);
  last.transparent = gtk_switch_get_active (self->transparent);
}

static void
write_picture (LabExportDialog *self, const char *path)
{
  LabPictureOptions options;
  Export *export = g_new0 (Export, 1);

  g_weak_ref_init (&export->parent, gtk_window_get_transient_for (GTK_WINDOW (self)));
  export->done = self->done;
  export->done_data = self->done_data;
  export->path = g_strdup (path);
  get_options (self, &options);
  lab_picture_export_async (self->topology, &options, path, NULL, exported_cb, export);
  lab_picture_options_clear (&options);
}

static void
response_cb (LabExportDialog *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file == NULL || g_file_peek_path (file) == NULL)
    return;
  remember (self);
  write_picture (self, g_file_peek_path (file));
  gtk_window_close (GTK_WINDOW (self));
}

/* "Campus.svg"; what a file's name cannot hold is replaced. */
static char *
propose_name (LabExportDialog *self)
{
  g_autofree char *name =
      g_strdelimit (g_strdup (lab_topology_get_name (self->topology)), "/", '-');
  guint format = adw_combo_row_get_selected (self->format);

  return g_strdup_printf ("%s.%s", *name != '\0' ? name : _ ("Lab"),
                          lab_picture_format_get_extension ((LabPictureFormat) format));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabExportDialog *self = LAB_EXPORT_DIALOG (widget);
  g_autofree char *proposed = propose_name (self);

  if (self->chooser != NULL)
    return;
  self->chooser =
      gtk_file_chooser_native_new (_ ("Export Picture"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), proposed);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
lab_export_dialog_dispose (GObject *object)
{
  LabExportDialog *self = LAB_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  g_clear_object (&self->chooser);
  g_clear_object (&self->topology);
  g_clear_object (&self->selection);
  gtk_widget_dispose_template (GTK_WIDGET (self), LAB_TYPE_EXPORT_DIALOG);

  G_OBJECT_CLASS (lab_export_dialog_parent_class)->dispose (object);
}

static void
lab_export_dialog_class_init (LabExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_export_dialog_dispose;

  gtk_widget_class_install_action (widget_class, "export.save", NULL, save_action);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LabExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, LabExportDialog, content_row);
  gtk_widget_class_bind_template_child (widget_class, LabExportDialog, scale);
  gtk_widget_class_bind_template_child (widget_class, LabExportDialog, style);
  gtk_widget_class_bind_template_child (widget_class, LabExportDialog, transparent);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
lab_export_dialog_init (LabExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
recall (LabExportDialog *self)
{
  if (!last.set)
    return;
  adw_combo_row_set_selected (self->format, last.format);
  adw_combo_row_set_selected (self->scale, last.scale);
  adw_combo_row_set_selected (self->style, last.style);
  gtk_switch_set_active (self->transparent, last.transparent);
}

/* A selection of several things is likely meant. */
static void
offer_selection (LabExportDialog *self)
{
  guint size = lab_selection_get_size (self->selection);

  gtk_widget_set_visible (GTK_WIDGET (self->content_row), size > 0);
  adw_combo_row_set_selected (self->content_row, size > 1 ? 1 : 0);
}

void
lab_export_dialog_present (GtkWindow *parent,
                           LabTopology *topology,
                           LabSelection *selection,
                           LabExportDone done,
                           gpointer user_data)
{
  LabExportDialog *self;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (LAB_IS_TOPOLOGY (topology));
  g_return_if_fail (LAB_IS_SELECTION (selection));

  self = g_object_new (LAB_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  self->topology = g_object_ref (topology);
  self->selection = g_object_ref (selection);
  self->done = done;
  self->done_data = user_data;
  recall (self);
  offer_selection (self);
  changed_cb (self);
  gtk_window_present (GTK_WINDOW (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialog that begins a capture. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-capture-dialog.h"
#include "lab-capture.h"
#include "lab-dialog-parts.h"
#include "lab-spin-row.h"

#define MAX_SHOWN     4
#define MAX_MEGABYTES 100000.0
#define MAX_SECONDS   86400.0
#define MAX_KEPT      10000.0

struct _LabCaptureDialog
{
  AdwWindow parent_instance;

  GtkWidget *filter;
  GtkWidget *size;
  GtkWidget *seconds;
  GtkWidget *kept;

  LabSession *session;
  GVariant *ports;
};

G_DEFINE_FINAL_TYPE (LabCaptureDialog, lab_capture_dialog, ADW_TYPE_WINDOW)

/* (nullable) */
static const char *
get_filter (LabCaptureDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->filter));

  return *text != '\0' ? text : NULL;
}

static guint
get_number (GtkWidget *row)
{
  return (guint) lab_spin_row_get_value (LAB_SPIN_ROW (row));
}

/* Of a single file there is nothing to keep the newest of. */
static void
update_kept (LabCaptureDialog *self)
{
  gtk_widget_set_sensitive (self->kept,
                            get_number (self->size) > 0 || get_number (self->seconds) > 0);
}

static void
live (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LabCaptureDialog *self = LAB_CAPTURE_DIALOG (widget);

  lab_capture_live (self->session, self->ports, get_filter (self));
  gtk_window_close (GTK_WINDOW (self));
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LabCaptureDialog *self = LAB_CAPTURE_DIALOG (widget);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  LabCaptureFiles files = { get_number (self->size), get_number (self->seconds), 0 };

  if (files.megabytes > 0 || files.seconds > 0)
    files.kept = get_number (self->kept);
  lab_capture_to_file (parent, self->session, self->ports, get_filter (self), &files);
  gtk_window_close (GTK_WINDOW (self));
}

static void
lab_capture_dialog_dispose (GObject *object)
{
  LabCaptureDialog *self = LAB_CAPTURE_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->ports, g_variant_unref);

  G_OBJECT_CLASS (lab_capture_dialog_parent_class)->dispose (object);
}

static void
lab_capture_dialog_class_init (LabCaptureDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_capture_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "capture.live", NULL, live);
  gtk_widget_class_install_action (widget_class, "capture.save", NULL, save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_header (LabCaptureDialog *self, gboolean wireshark)
{
  GtkWidget *header = lab_dialog_header ();
  GtkWidget *open = lab_dialog_button (_ ("Open in _Wireshark"), "capture.live");
  GtkWidget *file = lab_dialog_button (_ ("_Save to File…"), "capture.save");

  adw_header_bar_pack_end (ADW_HEADER_BAR (header), wireshark ? open : file);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), wireshark ? file : open);
  lab_dialog_set_default (GTK_WINDOW (self), wireshark ? open : file);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "capture.live", wireshark);
  return header;
}

static GtkWidget *
make_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  return label;
}

/* What is captured, in words. */
static char *
describe_links (GPtrArray *links)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < links->len && i < MAX_SHOWN; i++)
    {
      g_autofree char *title = lab_link_dup_title (links->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", title);
    }
  if (links->len > MAX_SHOWN)
    {
      guint more = links->len - MAX_SHOWN;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more link", "and %u more links", more), more);
    }
  return g_string_free (text, FALSE);
}

static GtkWidget *
make_number (const char *title, const char *zero, double upper, double step)
{
  return g_object_new (LAB_TYPE_SPIN_ROW, "title", title, "lower", 0.0, "upper", upper, "step",
                       step, "digits", 0u, "zero-text", zero, NULL);
}

/* A ring of files, by size, by time or both. */
static void
add_files (LabCaptureDialog *self, AdwPreferencesGroup *group)
{
  self->size = make_number (_ ("New File After (MB)"), _ ("Never"), MAX_MEGABYTES, 10);
  self->seconds = make_number (_ ("New File After (s)"), _ ("Never"), MAX_SECONDS, 10);
  /* Translators: how many of the files of a capture stay; when there are more the oldest goes */
  self->kept = make_number (_ ("Newest Files Kept"), C_ ("files", "All"), MAX_KEPT, 1);
  adw_preferences_group_add (group, self->size);
  adw_preferences_group_add (group, self->seconds);
  adw_preferences_group_add (group, self->kept);
  g_signal_connect_swapped (self->size, "edited", G_CALLBACK (update_kept), self);
  g_signal_connect_swapped (self->seconds, "edited", G_CALLBACK (update_kept), self);
  update_kept (self);
}

static GtkWidget *
make_body (LabCaptureDialog *self, GPtrArray *links, gboolean wireshark)
{
  GtkWidget *box = lab_dialog_body ();
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *what = describe_links (links);

  gtk_box_append (GTK_BOX (box), make_text (what));
  self->filter = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->filter),
                                 _ ("Filter, such as “icmp or arp”"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->filter);
  add_files (self, ADW_PREFERENCES_GROUP (group));
  gtk_box_append (GTK_BOX (box), group);
  if (!wireshark)
    {
      g_autofree char *missing = lab_capture_missing_text ();

      gtk_box_append (GTK_BOX (box), make_text (missing));
    }
  return box;
}

static void
lab_capture_dialog_init (LabCaptureDialog *self)
{
}

void
lab_capture_dialog_show (GtkWindow *parent, LabSession *session, GPtrArray *links)
{
  gboolean wireshark = lab_capture_have_wireshark ();
  LabCaptureDialog *self;
  GtkWidget *content;

  g_return_if_fail (links->len > 0);

  self = g_object_new (LAB_TYPE_CAPTURE_DIALOG, "title", _ ("Capture"), "modal", TRUE,
                       "transient-for", parent, "destroy-with-parent", TRUE, "default-width", 720,
                       "resizable", FALSE, NULL);
  self->session = g_object_ref (session);
  self->ports = g_variant_ref_sink (lab_capture_ports (links));
  content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (content), make_header (self, wireshark));
  gtk_box_append (GTK_BOX (content), make_body (self, links, wireshark));
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_widget_grab_focus (self->filter);
  gtk_window_present (GTK_WINDOW (self));
}

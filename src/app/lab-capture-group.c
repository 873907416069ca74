/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Captures in the inspector. What goes on is looked at once a second while it can be seen; rows are
 * made anew only when other captures are there. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-capture-group.h"
#include "lab-capture.h"
#include "lab-client-record.h"
#include "lab-labels.h"
#include "lab-panel-edit.h"
#include "lab-spin-row.h"

struct _LabCaptureGroup
{
  AdwBin parent_instance;

  GtkWidget *group;
  GtkWidget *recorder; /* (nullable) */

  LabSession *session;
  LabLink *link; /* (nullable) */
  gboolean whole_lab;
  GPtrArray *rows; /* of AdwActionRow: one a capture */
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (LabCaptureGroup, lab_capture_group, ADW_TYPE_BIN)

static void
stop_cb (LabCaptureGroup *self, GtkButton *button)
{
  lab_capture_stop (self->session, g_object_get_data (G_OBJECT (button), "name"),
                    g_object_get_data (G_OBJECT (button), "file"));
}

static GtkWidget *
make_row (LabCaptureGroup *self, const LabClientCapture *capture)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("media-playback-stop-symbolic");
  g_autofree char *base = g_path_get_basename (capture->file);
  gboolean live = g_str_equal (base, "pipe");
  g_autofree char *label =
      g_strdup_printf (_ ("Stop capture %s"), live ? _ ("in Wireshark") : base);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), live ? _ ("In Wireshark") : base);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Stop"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (capture->name), g_free);
  g_object_set_data_full (G_OBJECT (button), "file", g_strdup (capture->file), g_free);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (capture->name), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (stop_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
show_counts (GtkWidget *row, const LabClientCapture *capture)
{
  g_autofree char *frames = lab_label_count (capture->frames);
  g_autofree char *dropped = lab_label_count (capture->dropped);
  g_autofree char *text = NULL;

  if (*capture->reason != '\0')
    text = g_strdup_printf (_ ("It has ended: %s"), capture->reason);
  else if (capture->dropped > 0)
    text = g_strdup_printf (_ ("%s frames, %s left out"), frames, dropped);
  else
    text = g_strdup_printf (ngettext ("%s frame", "%s frames", (gulong) capture->frames), frames);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
}

static void
clear_rows (LabCaptureGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static gboolean
is_shown (LabCaptureGroup *self, const LabClientCapture *capture)
{
  return self->whole_lab ||
         (self->link != NULL && lab_capture_touches (capture->ports, self->link));
}

/* Are the rows those of the captures that there are? */
static gboolean
rows_fit (LabCaptureGroup *self, LabClient *client)
{
  LabClientCapture capture;
  gboolean fit = TRUE;
  guint n = 0;

  for (guint i = 0; client != NULL && lab_client_get_capture (client, i, &capture); i++)
    {
      if (is_shown (self, &capture))
        {
          fit = fit && n < self->rows->len &&
                g_str_equal (g_object_get_data (self->rows->pdata[n], "name"), capture.name);
          n++;
        }
      lab_client_capture_clear (&capture);
    }
  return fit && n == self->rows->len;
}

static void
update (LabCaptureGroup *self)
{
  LabClient *client = lab_session_get_client (self->session);
  LabClientCapture capture;
  gboolean fit;
  guint n = 0;

  if (client != NULL && !lab_client_is_open (client))
    client = NULL;
  fit = rows_fit (self, client);
  if (!fit)
    clear_rows (self);
  for (guint i = 0; client != NULL && lab_client_get_capture (client, i, &capture); i++)
    {
      if (is_shown (self, &capture))
        show_counts (fit ? self->rows->pdata[n++] : make_row (self, &capture), &capture);
      lab_client_capture_clear (&capture);
    }
  if (self->recorder != NULL)
    lab_spin_row_set_value (LAB_SPIN_ROW (self->recorder),
                            lab_topology_get_recorder (lab_session_get_topology (self->session)));
}

static gboolean
tick_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
lab_capture_group_map (GtkWidget *widget)
{
  LabCaptureGroup *self = LAB_CAPTURE_GROUP (widget);

  GTK_WIDGET_CLASS (lab_capture_group_parent_class)->map (widget);
  update (self);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
lab_capture_group_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&LAB_CAPTURE_GROUP (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (lab_capture_group_parent_class)->unmap (widget);
}

static void
lab_capture_group_dispose (GObject *object)
{
  LabCaptureGroup *self = LAB_CAPTURE_GROUP (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->link);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_capture_group_parent_class)->dispose (object);
}

static void
lab_capture_group_class_init (LabCaptureGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_capture_group_dispose;
  widget_class->map = lab_capture_group_map;
  widget_class->unmap = lab_capture_group_unmap;
}

static void
lab_capture_group_init (LabCaptureGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _ ("Capture"));
  adw_bin_set_child (ADW_BIN (self), self->group);
}

static void
recorder_cb (LabCaptureGroup *self, double value)
{
  lab_panel_set_lab (self->session, "recorder", value > 0 ? lab_panel_int ((gint64) value) : NULL);
}

static void
add_recorder (LabCaptureGroup *self)
{
  self->recorder = g_object_new (
      LAB_TYPE_SPIN_ROW, "title", _ ("Flight Recorder (MB)"), "subtitle",
      _ ("So much of each link’s last frames stays in memory while the lab runs"), "lower", 0.0,
      "upper", (double) LAB_MAX_RECORDER, "step", 1.0, "digits", 0u, "zero-text", _ ("Off"), NULL);
  g_signal_connect_swapped (self->recorder, "edited", G_CALLBACK (recorder_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->recorder);
}

static void
add_action (LabCaptureGroup *self, const char *title, const char *action)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
}

GtkWidget *
lab_capture_group_new (LabSession *session, gboolean whole_lab)
{
  LabCaptureGroup *self = g_object_new (LAB_TYPE_CAPTURE_GROUP, NULL);

  self->session = g_object_ref (session);
  self->whole_lab = whole_lab;
  if (whole_lab)
    add_recorder (self);
  add_action (self, whole_lab ? _ ("_Capture All Links…") : _ ("_Capture…"), "win.capture");
  add_action (self, _ ("Save What _Just Happened…"), "win.save-recording");
  return GTK_WIDGET (self);
}

void
lab_capture_group_set_link (LabCaptureGroup *self, LabLink *link)
{
  g_return_if_fail (LAB_IS_CAPTURE_GROUP (self));

  if (g_set_object (&self->link, link))
    update (self);
}

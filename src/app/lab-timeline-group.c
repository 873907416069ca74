/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The timeline in the inspector, looked at once a second while it can be seen. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-client-record.h"
#include "lab-timeline-group.h"
#include "lab-timeline.h"

struct _LabTimelineGroup
{
  AdwBin parent_instance;

  GtkWidget *group;
  GtkWidget *position;
  GtkWidget *run;
  GtkWidget *stop;

  LabSession *session;
  GPtrArray *rows;   /* of AdwActionRow */
  GPtrArray *events; /* (nullable) of LabTimelineEvent: what the rows show */
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (LabTimelineGroup, lab_timeline_group, ADW_TYPE_BIN)

static gboolean
is_active (const LabClientTimeline *now, guint number)
{
  for (gsize i = 0; now->active != NULL && i < g_variant_n_children (now->active); i++)
    {
      guint active;

      g_variant_get_child (now->active, i, "u", &active);
      if (active == number)
        return TRUE;
    }
  return FALSE;
}

static void
show_rows (LabTimelineGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  self->events = lab_topology_dup_timeline (lab_session_get_topology (self->session));
  for (guint i = 0; i < self->events->len; i++)
    {
      g_autofree char *title = lab_timeline_event_dup_title (self->events->pdata[i]);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
show_event (LabTimelineGroup *self, guint number, const LabClientTimeline *now)
{
  const LabTimelineEvent *event = self->events->pdata[number];
  g_autofree char *at = lab_timeline_format_time (event->at);
  g_autoptr (GString) text = g_string_new (NULL);

  if (event->lasts > 0)
    {
      g_autofree char *lasts = lab_timeline_format_time (event->lasts);

      /* Translators: when something happens, and for how long: "at 00:30, for 00:08" */
      g_string_append_printf (text, _ ("at %s, for %s"), at, lasts);
    }
  else
    g_string_append_printf (text, _ ("at %s"), at);
  if (is_active (now, number))
    {
      g_string_append (text, " — ");
      g_string_append (text, _ ("now"));
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows->pdata[number]), text->str);
}

static void
show_position (LabTimelineGroup *self, const LabClientTimeline *now)
{
  gboolean runs = now->state != LAB_CLIENT_TIMELINE_STOPPED;
  g_autofree char *text = NULL;

  if (now->state == LAB_CLIENT_TIMELINE_RUNNING)
    {
      g_autofree char *position = lab_timeline_format_time (
          (double) ((g_get_monotonic_time () - now->started_at) / G_USEC_PER_SEC));

      /* Translators: where the timeline stands, such as 01:30 */
      text = g_strdup_printf (_ ("At %s"), position);
    }
  else if (now->state == LAB_CLIENT_TIMELINE_DONE)
    text = g_strdup (_ ("All has happened; what has no end goes on."));
  else
    text = g_strdup (self->events->len > 0 ? _ ("It does not run.")
                                           : _ ("Nothing happens by itself."));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->position),
                               *now->problem != '\0' ? now->problem : text);
  gtk_widget_set_sensitive (self->stop, runs);
  gtk_widget_set_sensitive (self->run, self->events->len > 0);
}

static void
update (LabTimelineGroup *self)
{
  LabClient *client = lab_session_get_client (self->session);
  LabClientTimeline now = { .message = "", .problem = "" };

  if (client != NULL && lab_client_is_open (client))
    lab_client_get_timeline (client, &now);
  show_position (self, &now);
  for (guint i = 0; i < self->events->len; i++)
    show_event (self, i, &now);
  lab_client_timeline_clear (&now);
}

static void
changed_cb (LabTimelineGroup *self)
{
  show_rows (self);
  update (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
lab_timeline_group_map (GtkWidget *widget)
{
  LabTimelineGroup *self = LAB_TIMELINE_GROUP (widget);

  GTK_WIDGET_CLASS (lab_timeline_group_parent_class)->map (widget);
  update (self);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
lab_timeline_group_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&LAB_TIMELINE_GROUP (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (lab_timeline_group_parent_class)->unmap (widget);
}

static void
lab_timeline_group_dispose (GObject *object)
{
  LabTimelineGroup *self = LAB_TIMELINE_GROUP (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_timeline_group_parent_class)->dispose (object);
}

static void
lab_timeline_group_class_init (LabTimelineGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_timeline_group_dispose;
  widget_class->map = lab_timeline_group_map;
  widget_class->unmap = lab_timeline_group_unmap;
}

static GtkWidget *
make_button (const char *icon, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
lab_timeline_group_init (LabTimelineGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _ ("Timeline"));
  adw_preferences_group_set_header_suffix (
      ADW_PREFERENCES_GROUP (self->group),
      make_button ("document-edit-symbolic", _ ("Edit Timeline"), "win.edit-timeline"));
  self->position = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->position), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->position), _ ("Run"));
  self->run = make_button ("media-playback-start-symbolic", _ ("Run Timeline from Its Beginning"),
                           "win.run-timeline");
  self->stop =
      make_button ("media-playback-stop-symbolic", _ ("Stop Timeline"), "win.stop-timeline");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->position), self->run);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->position), self->stop);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->position);
  adw_bin_set_child (ADW_BIN (self), self->group);
}

GtkWidget *
lab_timeline_group_new (LabSession *session)
{
  LabTimelineGroup *self = g_object_new (LAB_TYPE_TIMELINE_GROUP, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (lab_session_get_topology (session), "changed", G_CALLBACK (changed_cb),
                           self, G_CONNECT_SWAPPED);
  changed_cb (self);
  return GTK_WIDGET (self);
}

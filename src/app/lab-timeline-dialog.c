/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The editor of the timeline. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-dialog-parts.h"
#include "lab-panel-edit.h"
#include "lab-timeline-dialog.h"
#include "lab-timeline-row.h"

#define STEP               30 /* seconds between an event and the next that is added */
#define PLACEHOLDER_MARGIN 14

struct _LabTimelineDialog
{
  AdwWindow parent_instance;

  GtkWidget *list;
  GtkWidget *with_lab;
  GtkWidget *problem;

  LabSession *session;
  GPtrArray *rows; /* of LabTimelineRow */
};

G_DEFINE_FINAL_TYPE (LabTimelineDialog, lab_timeline_dialog, ADW_TYPE_WINDOW)

static LabTopology *
get_topology (LabTimelineDialog *self)
{
  return lab_session_get_topology (self->session);
}

static void
remove_cb (LabTimelineRow *row, LabTimelineDialog *self)
{
  gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  g_ptr_array_remove (self->rows, row);
}

static GtkWidget *
add_row (LabTimelineDialog *self, const LabTimelineEvent *event)
{
  GtkWidget *row = lab_timeline_row_new (get_topology (self), event);

  g_signal_connect (row, "remove", G_CALLBACK (remove_cb), self);
  g_ptr_array_add (self->rows, row);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return row;
}

/* (nullable) (transfer full) */
static GPtrArray *
read_rows (LabTimelineDialog *self, GError **error)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lab_timeline_event_free);

  for (guint i = 0; i < self->rows->len; i++)
    {
      LabTimelineEvent *event = lab_timeline_row_get_event (self->rows->pdata[i], error);

      if (event == NULL)
        return NULL;
      g_ptr_array_add (events, event);
    }
  return g_steal_pointer (&events);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const LabTimelineEvent *first = *(LabTimelineEvent *const *) a;
  const LabTimelineEvent *second = *(LabTimelineEvent *const *) b;

  return first->at < second->at ? -1 : first->at > second->at;
}

static void
apply (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LabTimelineDialog *self = LAB_TIMELINE_DIALOG (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = read_rows (self, &error);
  g_autoptr (JsonNode) value = NULL;

  if (events != NULL)
    {
      g_ptr_array_sort (events, compare);
      value = lab_topology_timeline_to_json (get_topology (self), events,
                                             gtk_switch_get_active (GTK_SWITCH (self->with_lab)));
      if (lab_panel_try (self->session, lab_edit_new_set_lab ("timeline", value), &error))
        {
          gtk_window_close (GTK_WINDOW (self));
          return;
        }
    }
  gtk_label_set_label (GTK_LABEL (self->problem), error->message);
  gtk_widget_set_visible (self->problem, TRUE);
}

static void
add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LabTimelineDialog *self = LAB_TIMELINE_DIALOG (widget);
  g_autoptr (LabTimelineEvent) event = lab_timeline_event_new (LAB_TIMELINE_UNPLUG, 0);

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (LabTimelineEvent) other = lab_timeline_row_get_event (self->rows->pdata[i], NULL);

      if (other != NULL)
        event->at = MAX (event->at, other->at);
    }
  event->at += STEP;
  event->lasts = 8;
  gtk_widget_child_focus (add_row (self, event), GTK_DIR_TAB_FORWARD);
}

static void
lab_timeline_dialog_dispose (GObject *object)
{
  LabTimelineDialog *self = LAB_TIMELINE_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (lab_timeline_dialog_parent_class)->dispose (object);
}

static void
lab_timeline_dialog_class_init (LabTimelineDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_timeline_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "timeline.apply", NULL, apply);
  gtk_widget_class_install_action (widget_class, "timeline.add", NULL, add);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_header (LabTimelineDialog *self)
{
  GtkWidget *header = lab_dialog_header ();
  GtkWidget *button = lab_dialog_button (_ ("A_pply"), "timeline.apply");

  adw_header_bar_pack_end (ADW_HEADER_BAR (header), button);
  lab_dialog_set_default (GTK_WINDOW (self), button);
  return header;
}

static GtkWidget *
make_with_lab (LabTimelineDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();

  self->with_lab = gtk_switch_new ();
  gtk_widget_set_valign (self->with_lab, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("_Begins When the Lab Is Started"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->with_lab);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->with_lab);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->with_lab), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Begins when the lab is started"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

/* As high as a row. */
static GtkWidget *
make_placeholder (void)
{
  GtkWidget *label = gtk_label_new (_ ("Nothing happens by itself."));

  gtk_widget_set_margin_top (label, PLACEHOLDER_MARGIN);
  gtk_widget_set_margin_bottom (label, PLACEHOLDER_MARGIN);
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
make_body (LabTimelineDialog *self)
{
  GtkWidget *box = lab_dialog_body ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), make_placeholder ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Events"), -1);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), lab_dialog_button (_ ("_Add Event"), "timeline.add"));
  gtk_box_append (GTK_BOX (box), make_with_lab (self));
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
lab_timeline_dialog_init (LabTimelineDialog *self)
{
  self->rows = g_ptr_array_new ();
}

void
lab_timeline_dialog_show (GtkWindow *parent, LabSession *session)
{
  LabTimelineDialog *self = g_object_new (
      LAB_TYPE_TIMELINE_DIALOG, "title", _ ("Timeline"), "modal", TRUE, "transient-for", parent,
      "destroy-with-parent", TRUE, "default-width", 760, "default-height", 480, NULL);
  LabTopology *topology = lab_session_get_topology (session);
  g_autoptr (GPtrArray) events = lab_topology_dup_timeline (topology);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->session = g_object_ref (session);
  gtk_box_append (GTK_BOX (content), make_header (self));
  gtk_box_append (GTK_BOX (content), make_body (self));
  for (guint i = 0; i < events->len; i++)
    add_row (self, events->pdata[i]);
  gtk_switch_set_active (GTK_SWITCH (self->with_lab),
                         events->len == 0 || lab_topology_get_timeline_starts (topology));
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_present (GTK_WINDOW (self));
}

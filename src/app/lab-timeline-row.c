/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of the timeline's editor: when, what, where, how, for how long. Which fields there are
 * follows from what it is. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-timeline-row.h"

struct _LabTimelineRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *at;
  GtkWidget *what;
  GtkWidget *place;
  GtkWidget *words;
  GtkWidget *lasts_label;
  GtkWidget *lasts;

  LabTopology *topology;
  LabTimelineEvent *event; /* as it was */
  GPtrArray *places;       /* of char *: "node\nport" or "node", as in the list */
};

enum
{
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabTimelineRow, lab_timeline_row, GTK_TYPE_LIST_BOX_ROW)

static LabTimelineWhat
get_what (LabTimelineRow *self)
{
  return (LabTimelineWhat) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->what));
}

static void
add_place (LabTimelineRow *self, GtkStringList *names, const char *node, const char *port)
{
  g_autofree char *name = port != NULL ? g_strdup_printf ("%s %s", node, port) : g_strdup (node);

  gtk_string_list_append (names, name);
  g_ptr_array_add (self->places,
                   port != NULL ? g_strdup_printf ("%s\n%s", node, port) : g_strdup (node));
}

static void
add_ends (LabTimelineRow *self, GtkStringList *names)
{
  GListModel *links = lab_topology_get_links (self->topology);

  for (guint i = 0; i < g_list_model_get_n_items (links); i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);

      for (guint end = 0; end < 2; end++)
        add_place (self, names, lab_link_get_node_name (link, end),
                   lab_link_get_port_name (link, end));
    }
}

static void
add_nodes (LabTimelineRow *self, GtkStringList *names)
{
  GListModel *nodes = lab_topology_get_nodes (self->topology);

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      if (lab_node_get_kind (node) == LAB_NODE_IOU)
        add_place (self, names, lab_node_get_name (node), NULL);
    }
}

/* What the event named stays to be chosen, also if it is not there any more. */
static guint
find_place (LabTimelineRow *self, GtkStringList *names, gboolean link)
{
  const LabTimelineEvent *event = self->event;
  g_autofree char *wanted = NULL;

  if (event->node == NULL || (link && event->port == NULL))
    return 0;
  wanted = link ? g_strdup_printf ("%s\n%s", event->node, event->port) : g_strdup (event->node);
  for (guint i = 0; i < self->places->len; i++)
    if (g_str_equal (self->places->pdata[i], wanted))
      return i;
  add_place (self, names, event->node, link ? event->port : NULL);
  return self->places->len - 1;
}

static void
what_cb (LabTimelineRow *self)
{
  LabTimelineWhat what = get_what (self);
  gboolean link = what <= LAB_TIMELINE_IMPAIR;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint place;

  g_ptr_array_set_size (self->places, 0);
  if (link)
    add_ends (self, names);
  else
    add_nodes (self, names);
  place = find_place (self, names, link);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->place), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->place), place);
  gtk_widget_set_visible (self->place, what != LAB_TIMELINE_SAY);
  gtk_widget_set_visible (self->words, what == LAB_TIMELINE_SAY || what == LAB_TIMELINE_IMPAIR);
  gtk_widget_set_visible (self->lasts_label, what != LAB_TIMELINE_SAY);
  gtk_widget_set_visible (self->lasts, what != LAB_TIMELINE_SAY);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->words), what == LAB_TIMELINE_IMPAIR
                                                               ? "delay=100ms loss=20%"
                                                               : _ ("What to say"));
}

static void
remove_cb (LabTimelineRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
lab_timeline_row_dispose (GObject *object)
{
  LabTimelineRow *self = LAB_TIMELINE_ROW (object);

  g_clear_object (&self->topology);
  g_clear_pointer (&self->event, lab_timeline_event_free);
  g_clear_pointer (&self->places, g_ptr_array_unref);

  G_OBJECT_CLASS (lab_timeline_row_parent_class)->dispose (object);
}

static void
lab_timeline_row_class_init (LabTimelineRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_timeline_row_dispose;

  signals[REMOVE] = g_signal_new ("remove", LAB_TYPE_TIMELINE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
name_it (GtkWidget *widget, const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
make_entry (const char *name, int width)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), width);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), width);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  name_it (entry, name);
  return entry;
}

static GtkWidget *
make_what (void)
{
  const char *const names[LAB_TIMELINE_N_WHATS + 1] = { _ ("Unplug"), _ ("Plug"),  _ ("Impair"),
                                                        _ ("Stop"),   _ ("Start"), _ ("Say"),
                                                        NULL };
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (names);

  name_it (drop_down, _ ("What happens"));
  return drop_down;
}

static void
lab_timeline_row_init (LabTimelineRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  self->places = g_ptr_array_new_with_free_func (g_free);
  self->at = make_entry (_ ("When, as in 01:30"), 7);
  self->what = make_what ();
  self->place = gtk_drop_down_new (NULL, NULL);
  name_it (self->place, _ ("Where"));
  self->words = make_entry (_ ("How"), 18);
  gtk_widget_set_hexpand (self->words, TRUE);
  /* Translators: stands before a time: an event lasts “for 00:08” */
  self->lasts_label = gtk_label_new (C_ ("timeline", "for"));
  gtk_widget_add_css_class (self->lasts_label, "dim-label");
  self->lasts = make_entry (_ ("For how long; empty: until the timeline is stopped"), 7);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->lasts), _ ("to the end"));
  name_it (button, _ ("Remove"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  /* At the edge whatever is shown before it. */
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), self->at);
  gtk_box_append (GTK_BOX (box), self->what);
  gtk_box_append (GTK_BOX (box), self->place);
  gtk_box_append (GTK_BOX (box), self->words);
  gtk_box_append (GTK_BOX (box), self->lasts_label);
  gtk_box_append (GTK_BOX (box), self->lasts);
  gtk_box_append (GTK_BOX (box), button);
  g_signal_connect_swapped (self->what, "notify::selected", G_CALLBACK (what_cb), self);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  /* Nothing can be done with the row itself: the keyboard goes to what is in it. */
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
lab_timeline_row_new (LabTopology *topology, const LabTimelineEvent *event)
{
  LabTimelineRow *self = g_object_new (LAB_TYPE_TIMELINE_ROW, NULL);
  g_autofree char *at = lab_timeline_format_time (event->at);

  self->topology = g_object_ref (topology);
  self->event = lab_timeline_event_copy (event);
  gtk_editable_set_text (GTK_EDITABLE (self->at), at);
  if (event->lasts > 0)
    {
      g_autofree char *lasts = lab_timeline_format_time (event->lasts);

      gtk_editable_set_text (GTK_EDITABLE (self->lasts), lasts);
    }
  if (event->words != NULL || event->text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->words),
                           event->words != NULL ? event->words : event->text);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->what), event->what);
  what_cb (self);
  return GTK_WIDGET (self);
}

static gboolean
read_time (GtkWidget *entry, double *seconds, GError **error)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (lab_timeline_parse_time (text, seconds))
    return TRUE;
  g_set_error (error, LAB_ERROR, LAB_ERROR_INVALID,
               _ ("“%s” is no time; write minutes and seconds, such as 01:30."), text);
  gtk_widget_grab_focus (entry);
  return FALSE;
}

static gboolean
read_place (LabTimelineRow *self, LabTimelineEvent *event, GError **error)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->place));
  g_auto (GStrv) parts = NULL;

  if (selected >= self->places->len)
    {
      g_set_error_literal (error, LAB_ERROR, LAB_ERROR_INVALID,
                           _ ("The lab has nothing that this could happen to."));
      return FALSE;
    }
  parts = g_strsplit (self->places->pdata[selected], "\n", 2);
  g_free (event->node);
  g_free (event->port);
  event->node = g_strdup (parts[0]);
  event->port = g_strdup (parts[1]);
  return TRUE;
}

LabTimelineEvent *
lab_timeline_row_get_event (LabTimelineRow *self, GError **error)
{
  g_autoptr (LabTimelineEvent) event = lab_timeline_event_copy (self->event);
  const char *lasts = gtk_editable_get_text (GTK_EDITABLE (self->lasts));
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->words));

  event->what = get_what (self);
  event->lasts = 0;
  if (!read_time (self->at, &event->at, error) ||
      (event->what != LAB_TIMELINE_SAY && !read_place (self, event, error)) ||
      (*lasts != '\0' && !read_time (self->lasts, &event->lasts, error)))
    return NULL;
  g_clear_pointer (&event->words, g_free);
  g_clear_pointer (&event->text, g_free);
  if (event->what == LAB_TIMELINE_IMPAIR)
    event->words = g_strdup (words);
  else if (event->what == LAB_TIMELINE_SAY)
    event->text = g_strdup (words);
  return g_steal_pointer (&event);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of differences. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-checkpoint.h"
#include "lab-difference-window.h"
#include "lab-saved-window.h"

typedef struct
{
  char *node;
  GBytes *before;
  GBytes *after;
} Texts;

static void
texts_free (Texts *texts)
{
  g_free (texts->node);
  g_bytes_unref (texts->before);
  g_bytes_unref (texts->after);
  g_free (texts);
}

static void
show_cb (AdwActionRow *row, gpointer user_data)
{
  Texts *texts = g_object_get_data (G_OBJECT (row), "texts");

  lab_saved_window_compare (GTK_WIDGET (row), texts->node, _ ("Now"), texts->before,
                            _ ("In the Checkpoint"), texts->after);
}

static void
add_texts (GtkWidget *row, const LabStateDifference *difference)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  Texts *texts = g_new0 (Texts, 1);

  texts->node = g_strdup (difference->node);
  texts->before = g_bytes_new (difference->before, strlen (difference->before));
  texts->after = g_bytes_new (difference->after, strlen (difference->after));
  g_object_set_data_full (G_OBJECT (row), "texts", texts, (GDestroyNotify) texts_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  g_signal_connect (row, "activated", G_CALLBACK (show_cb), NULL);
}

static GtkWidget *
make_row (const LabStateDifference *difference)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title =
      g_markup_escape_text (difference->node != NULL ? difference->node : _ ("The Lab"), -1);
  g_autofree char *text = g_markup_escape_text (difference->text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  if (difference->before != NULL)
    add_texts (row, difference);
  return row;
}

static GtkWidget *
make_content (GPtrArray *differences)
{
  GtkWidget *list;

  if (differences->len == 0)
    {
      GtkWidget *label = gtk_label_new (_ ("Nothing would change: the lab is as it was then."));

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_set_vexpand (label, TRUE);
      return label;
    }
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What Would Change"), -1);
  for (guint i = 0; i < differences->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (differences->pdata[i]));
  return list;
}

static void
add_keys (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape|<Control>w"),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, controller);
}

void
lab_difference_window_present (GtkWindow *parent, GPtrArray *differences)
{
  GtkWidget *window =
      g_object_new (ADW_TYPE_WINDOW, "title", _ ("What Would Change"), "transient-for", parent,
                    "destroy-with-parent", TRUE, "default-width", 560, "default-height", 480, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_child (ADW_CLAMP (clamp), make_content (differences));
  gtk_widget_set_margin_start (clamp, 18);
  gtk_widget_set_margin_end (clamp, 18);
  gtk_widget_set_margin_top (clamp, 12);
  gtk_widget_set_margin_bottom (clamp, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (window), box);
  add_keys (window);
  gtk_window_present (GTK_WINDOW (window));
}

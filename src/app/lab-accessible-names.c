/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names for screen readers where GTK 4.8 finds none.
 *
 * It names a button by what is in it. Where that is a picture, the name is the picture's, and that
 * is “GtkImage”; the tooltip is only the description. The parts of colour and font buttons, rows
 * that unfold and lists below a heading have no name at all. All this is the same everywhere in the
 * program, and some of it is inside widgets of GTK and libadwaita, so it is done at one place: when
 * a widget is mapped. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-accessible-names.h"

static void
set_label (gpointer widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/* “Find (Ctrl+F)” is called “Find”. */
static void
name_by_tooltip (GtkWidget *widget)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);
  const char *key = tooltip != NULL ? strrchr (tooltip, '(') : NULL;
  g_autofree char *name = NULL;

  if (tooltip == NULL)
    return;
  name = key != NULL && key > tooltip && g_str_has_suffix (tooltip, ")")
             ? g_strndup (tooltip, (gsize) (key - tooltip))
             : g_strdup (tooltip);
  set_label (widget, g_strchomp (name));
}

static void
follow_tooltip (GtkWidget *widget)
{
  name_by_tooltip (widget);
  g_signal_handlers_disconnect_by_func (widget, name_by_tooltip, NULL);
  g_signal_connect (widget, "notify::tooltip-text", G_CALLBACK (name_by_tooltip), NULL);
}

static void
name_button (GtkButton *button)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (button));
  const char *icon = gtk_button_get_icon_name (button);

  if (GTK_IS_COLOR_BUTTON (parent) || GTK_IS_FONT_BUTTON (parent))
    gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                    parent, NULL, -1);
  else if (icon != NULL && gtk_widget_get_tooltip_text (GTK_WIDGET (button)) != NULL)
    follow_tooltip (GTK_WIDGET (button));
  else if (g_strcmp0 (icon, "window-close-symbolic") == 0)
    set_label (button, _ ("Close"));
}

static void
name_list (GtkWidget *list)
{
  GtkWidget *group = gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_GROUP);
  const char *title =
      group != NULL ? adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)) : NULL;

  if (title != NULL && *title != '\0')
    set_label (list, title);
}

static gboolean
map_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  if (GTK_IS_BUTTON (widget))
    name_button (GTK_BUTTON (widget));
  else if (GTK_IS_MENU_BUTTON (widget) &&
           gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (widget)) != NULL)
    follow_tooltip (widget);
  else if (GTK_IS_LIST_BOX (widget))
    name_list (widget);
  else if (ADW_IS_EXPANDER_ROW (widget))
    set_label (widget, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)));

  return TRUE;
}

void
lab_accessible_names_init (void)
{
  static gboolean done;

  if (done)
    return;
  done = TRUE;
  /* Signals of a class that nobody has used yet cannot be looked up. */
  g_type_ensure (GTK_TYPE_WINDOW);
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WINDOW));
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, map_cb, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names for screen readers where GTK finds none.
 *
 * GTK 4.8 names a button by what is in it. Where that is a picture, the name is the picture's, and
 * that is “GtkImage”; the tooltip is only the description. The parts of colour and font buttons and
 * of drop-downs, rows that unfold and lists below a heading have no name at all, and a button with
 * a mnemonic has it twice. GTK 4.18 names an item of a menu by a label that it has declared to be
 * of no meaning, so by nothing. All this is the same everywhere in the program, and some of it is
 * inside widgets of GTK and libadwaita, so it is done at one place: when a widget is mapped. */

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

/* GTK 4.18 says what is in a button or selected in a drop-down even if that has another name. */
static void
keep_own_name (GtkWidget *widget)
{
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* What is selected is said by the same button, which alone gets the focus. */
static void
describe_by_selected (GtkWidget *button, GParamSpec *pspec, GtkDropDown *drop_down)
{
  GObject *item = gtk_drop_down_get_selected_item (drop_down);
  GtkExpression *expression = gtk_drop_down_get_expression (drop_down);
  g_auto (GValue) value = G_VALUE_INIT;
  const char *text = "";

  if (GTK_IS_STRING_OBJECT (item))
    text = gtk_string_object_get_string (GTK_STRING_OBJECT (item));
  else if (item != NULL && expression != NULL &&
           gtk_expression_evaluate (expression, item, &value) && G_VALUE_HOLDS_STRING (&value))
    text = g_value_get_string (&value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
  keep_own_name (GTK_WIDGET (drop_down));
}

static void
name_part (GtkWidget *button, GtkWidget *drop_down)
{
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  drop_down, NULL, -1);
  g_signal_handlers_disconnect_by_func (drop_down, describe_by_selected, button);
  g_signal_connect_object (drop_down, "notify::selected-item", G_CALLBACK (describe_by_selected),
                           button, G_CONNECT_SWAPPED);
  describe_by_selected (button, NULL, GTK_DROP_DOWN (drop_down));
}

/* The button of a colour or of a font is a frame around the one that gets the focus, and newer GTK
 * takes no name from a frame. */
static void
name_by_row (GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_PREFERENCES_ROW);

  if (row != NULL)
    set_label (button, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

/* GTK 4.8 names it by its text, underscore and all, and by the label in it. One that was given
 * another name keeps that. */
static void
name_by_label (GtkButton *button)
{
  const char *label = gtk_button_get_label (button);
  g_autofree char *other = NULL;

  if (!gtk_button_get_use_underline (button) || label == NULL)
    return;
  other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (button),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL, label, NULL);
  if (other == NULL)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
  keep_own_name (GTK_WIDGET (button));
}

static void
follow_label (GtkButton *button)
{
  name_by_label (button);
  g_signal_handlers_disconnect_by_func (button, name_by_label, NULL);
  g_signal_connect (button, "notify::label", G_CALLBACK (name_by_label), NULL);
}

static void
name_button (GtkButton *button)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (button));
  const char *icon = gtk_button_get_icon_name (button);

  if (GTK_IS_COLOR_BUTTON (parent) || GTK_IS_FONT_BUTTON (parent))
    name_by_row (GTK_WIDGET (button));
  else if (GTK_IS_DROP_DOWN (parent))
    name_part (GTK_WIDGET (button), parent);
  else if (icon != NULL && gtk_widget_get_tooltip_text (GTK_WIDGET (button)) != NULL)
    follow_tooltip (GTK_WIDGET (button));
  else if (g_strcmp0 (icon, "window-close-symbolic") == 0)
    set_label (button, _ ("Close"));
  else if (gtk_button_get_use_underline (button))
    follow_label (button);
}

/* The class is GTK's own affair. Its first label is what the item says, the second its key. */
static gboolean
is_menu_item (GtkWidget *widget)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton");
}

static void
name_menu_item (GtkWidget *item)
{
  GtkWidget *label = gtk_widget_get_first_child (item);

  while (label != NULL && !GTK_IS_LABEL (label))
    label = gtk_widget_get_next_sibling (label);
  if (label == NULL)
    return;
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  set_label (item, gtk_label_get_text (GTK_LABEL (label)));
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
  else if (is_menu_item (widget))
    name_menu_item (widget);
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

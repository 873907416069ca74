/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that say what a lab asks of the computer. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-rights-list.h"

/* Names enough to know which; a lab may have hundreds. */
#define MAX_NAMES 6

char *
lab_rights_list_names (LabTopology *topology, LabRights rights)
{
  GListModel *nodes = lab_topology_get_nodes (topology);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      if ((lab_rights_of_node (node) & rights) == 0)
        continue;
      if (n++ < MAX_NAMES)
        g_string_append_printf (text, "%s%s", n > 1 ? ", " : "", lab_node_get_name (node));
    }
  if (n > MAX_NAMES)
    g_string_append (text, "…");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

GtkWidget *
lab_rights_list_new (LabTopology *topology, LabRights rights)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (LabRights right = LAB_RIGHT_NETWORK; right <= LAB_RIGHT_TUNNEL; right <<= 1)
    {
      g_autofree char *names = NULL;
      GtkWidget *row;

      if ((rights & right) == 0)
        continue;
      names = lab_rights_list_names (topology, right);
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), lab_rights_describe (right));
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), names);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }

  return list;
}

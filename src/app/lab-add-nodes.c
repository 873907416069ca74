/* SPDX-License-Identifier: GPL-3.0-or-later */

/* New devices: names, places, one step. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lab-add-nodes.h"
#include "lab-names.h"

#define PER_ROW  10
#define STEP_X   120
#define STEP_Y   110
#define TOO_NEAR 48

static gboolean
is_taken (LabTopology *topology, double x, double y)
{
  GListModel *nodes = lab_topology_get_nodes (topology);
  guint n_nodes = g_list_model_get_n_items (nodes);

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      if (fabs (lab_node_get_x (node) - x) < TOO_NEAR &&
          fabs (lab_node_get_y (node) - y) < TOO_NEAR)
        return TRUE;
    }

  return FALSE;
}

/* Enter pressed five times in the dock makes a row, not a pile. */
static void
find_place (LabTopology *topology, double *x, double *y)
{
  double left = *x;

  for (guint i = 1; is_taken (topology, *x, *y); i++)
    {
      *x = left + (i % PER_ROW) * STEP_X;
      if (i % PER_ROW == 0)
        *y += STEP_Y;
    }
}

static char *
step_label (LabNodeTemplate *template, guint count)
{
  const char *title = lab_node_template_get_title (template);

  if (count == 1)
    /* Translators: a step that can be undone; what kind of device */
    return g_strdup_printf (_ ("Add %s"), title);

  /* Translators: a step that can be undone; how many, and what kind of device */
  return g_strdup_printf (_ ("Add %u × %s"), count, title);
}

GPtrArray *
lab_add_nodes (LabSession *session, LabNodeTemplate *template, guint count, double x, double y)
{
  LabTopology *topology = lab_session_get_topology (session);
  LabHistory *history = lab_session_get_history (session);
  g_autofree char *label = NULL;
  GPtrArray *nodes = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) names = NULL;

  count = CLAMP (count, 1, LAB_ADD_NODES_MAX);
  label = step_label (template, count);
  names = lab_names_next_many (topology, lab_node_template_get_pattern (template), count);
  find_place (topology, &x, &y);
  lab_history_begin_group (history, label);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LabNode) node =
          lab_node_template_make (template, names[i], x + i % PER_ROW * STEP_X,
                                  y + (double) (i / PER_ROW) * STEP_Y, &error);

      if (node == NULL)
        lab_session_say (session, LAB_SESSION_ERROR, error->message, NULL);
      if (node == NULL || !lab_session_apply (session, lab_edit_new_add_node (node)))
        break;
      g_ptr_array_add (nodes, g_steal_pointer (&node));
    }
  if (nodes->len == count)
    {
      lab_history_end_group (history);
    }
  else
    {
      lab_history_cancel_group (history);
      g_ptr_array_set_size (nodes, 0);
    }

  return nodes;
}

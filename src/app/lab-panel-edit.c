/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits and orders of the panels. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-look.h"
#include "lab-panel-edit.h"

JsonNode *
lab_panel_int (gint64 value)
{
  return json_node_init_int (json_node_alloc (), value);
}

JsonNode *
lab_panel_double (double value)
{
  return json_node_init_double (json_node_alloc (), value);
}

JsonNode *
lab_panel_boolean (gboolean value)
{
  return json_node_init_boolean (json_node_alloc (), value);
}

JsonNode *
lab_panel_string (const char *value)
{
  return value != NULL ? json_node_init_string (json_node_alloc (), value) : NULL;
}

gboolean
lab_panel_set_lab (LabSession *session, const char *key, JsonNode *value)
{
  g_autoptr (JsonNode) owned = value;

  return lab_session_apply (session, lab_edit_new_set_lab (key, owned));
}

gboolean
lab_panel_set_view (LabSession *session, const char *key, JsonNode *value)
{
  g_autoptr (JsonNode) owned = value;

  return lab_session_apply (session,
                            lab_edit_new_set_view (lab_session_get_topology (session), key, owned));
}

gboolean
lab_panel_set_node (LabSession *session, LabNode *node, const char *key, JsonNode *value)
{
  g_autoptr (JsonNode) owned = value;

  return lab_session_apply (session, lab_edit_new_set_node (lab_node_get_name (node), key, owned));
}

gboolean
lab_panel_set_nodes (LabSession *session, GPtrArray *nodes, const char *key, JsonNode *value)
{
  g_autoptr (JsonNode) owned = value;
  LabHistory *history = lab_session_get_history (session);

  lab_history_begin_group (history, NULL);
  for (guint i = 0; i < nodes->len; i++)
    {
      const char *name = lab_node_get_name (g_ptr_array_index (nodes, i));

      if (!lab_session_apply (session, lab_edit_new_set_node (name, key, owned)))
        {
          lab_history_cancel_group (history);
          return FALSE;
        }
    }
  lab_history_end_group (history);

  return TRUE;
}

gboolean
lab_panel_set_link (LabSession *session, LabLink *link, const char *key, JsonNode *value)
{
  g_autoptr (JsonNode) owned = value;

  return lab_session_apply (session,
                            lab_edit_new_set_link (lab_link_get_node_name (link, 0),
                                                   lab_link_get_port_name (link, 0), key, owned));
}

gboolean
lab_panel_set_drawing (LabSession *session, LabDrawing *drawing, const char *key, JsonNode *value)
{
  g_autoptr (JsonNode) owned = value;

  return lab_session_apply (session,
                            lab_edit_new_set_drawing (lab_drawing_get_id (drawing), key, owned));
}

gboolean
lab_panel_try (LabSession *session, LabEdit *edit, GError **error)
{
  g_autoptr (LabEdit) owned = edit;

  return lab_history_apply (lab_session_get_history (session), owned, error);
}

GPtrArray *
lab_panel_copy_items (GPtrArray *items)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (items, i)));

  return copy;
}

void
lab_panel_control (LabSession *session, LabClientVerb verb, GPtrArray *nodes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < nodes->len; i++)
    if (lab_node_get_kind (g_ptr_array_index (nodes, i)) == LAB_NODE_IOU)
      g_strv_builder_add (builder, lab_node_get_name (g_ptr_array_index (nodes, i)));
  names = g_strv_builder_end (builder);
  if (names[0] != NULL)
    lab_session_control (session, verb, (const char *const *) names);
}

void
lab_panel_control_one (LabSession *session, LabClientVerb verb, LabNode *node)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  g_ptr_array_add (nodes, node);
  lab_panel_control (session, verb, nodes);
}

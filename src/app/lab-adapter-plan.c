/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of links when a node's ports change. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-adapter-plan.h"

/* A switch lists its ports, with settings; new ones are as the last. */
static JsonNode *
resize_ports (JsonObject *node, guint count)
{
  JsonArray *old = json_object_get_array_member (node, "ports");
  JsonArray *ports = json_array_new ();
  guint n_old = json_array_get_length (old);
  JsonNode *value = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < count; i++)
    json_array_add_element (ports,
                            json_node_copy (json_array_get_element (old, MIN (i, n_old - 1))));
  json_node_take_array (value, ports);

  return value;
}

/* The member's value to be. (transfer full) */
static JsonNode *
make_value (LabNode *node, const char *key, guint count)
{
  g_autoptr (JsonNode) json = lab_node_to_json (node);

  if (g_str_equal (key, "ports") && lab_node_get_kind (node) == LAB_NODE_SWITCH)
    return resize_ports (json_node_get_object (json), count);

  return json_node_init_int (json_node_alloc (), count);
}

/* The node as it would be. (nullable): it cannot be so; the edit will say why. */
static LabNode *
imagine (LabNode *node, const char *key, guint count)
{
  g_autoptr (JsonNode) json = lab_node_to_json (node);

  json_object_set_member (json_node_get_object (json), key, make_value (node, key, count));

  return lab_node_new_from_json (json, NULL);
}

static gboolean
keeps_port (LabNode *before, LabNode *after, const char *name)
{
  LabPort old;
  LabPort new;

  return lab_node_find_port (before, name, &old) && lab_node_find_port (after, name, &new) &&
         old.kind == new.kind;
}

static void
add_lost (LabTopology *topology, LabNode *node, LabNode *after, GPtrArray *lost)
{
  guint n_ports = lab_node_get_n_ports (node);

  for (guint i = 0; i < n_ports; i++)
    {
      LabPort port;
      LabLink *link = NULL;

      if (lab_node_get_port (node, i, &port) && !keeps_port (node, after, port.name))
        link = lab_topology_find_link (topology, lab_node_get_name (node), port.name);
      if (link != NULL && !g_ptr_array_find (lost, link, NULL))
        g_ptr_array_add (lost, g_object_ref (link));
    }
}

GPtrArray *
lab_adapter_plan_lost (LabTopology *topology, GPtrArray *nodes, const char *key, guint count)
{
  GPtrArray *lost = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology) && nodes != NULL && key != NULL, lost);

  for (guint i = 0; i < nodes->len; i++)
    {
      LabNode *node = g_ptr_array_index (nodes, i);
      g_autoptr (LabNode) after = imagine (node, key, count);

      if (after != NULL)
        add_lost (topology, node, after, lost);
    }

  return lost;
}

LabEdit *
lab_adapter_plan_edit (LabTopology *topology, GPtrArray *nodes, const char *key, guint count)
{
  g_autoptr (GPtrArray) lost = lab_adapter_plan_lost (topology, nodes, key, count);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *label = NULL;

  for (guint i = 0; i < lost->len; i++)
    {
      LabLink *link = g_ptr_array_index (lost, i);

      g_ptr_array_add (edits, lab_edit_new_remove_link (lab_link_get_node_name (link, 0),
                                                        lab_link_get_port_name (link, 0)));
    }
  for (guint i = 0; i < nodes->len; i++)
    {
      LabNode *node = g_ptr_array_index (nodes, i);
      g_autoptr (JsonNode) value = make_value (node, key, count);

      g_ptr_array_add (edits, lab_edit_new_set_node (lab_node_get_name (node), key, value));
    }
  if (nodes->len == 1)
    /* Translators: a step that can be undone; a node's name */
    label = g_strdup_printf (_ ("Change ports of %s"), lab_node_get_name (nodes->pdata[0]));
  else
    label = g_strdup_printf (
        ngettext ("Change ports of %u node", "Change ports of %u nodes", nodes->len), nodes->len);

  return lab_edit_new_group (label, edits);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of links when ports change, for any kind of node and for several at once. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-adapter-change.h"
#include "lab-adapter-plan.h"

static LabAdapterChange *
plan_adapters (LabTopology *topology, LabNode *node, const char *key, guint count)
{
  gboolean ethernet = g_str_equal (key, "ethernet");

  return lab_adapter_change_new (topology, node,
                                 ethernet ? count : lab_node_get_ethernet_adapters (node),
                                 ethernet ? lab_node_get_serial_adapters (node) : count);
}

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

/* Links at ports whose number is @count or higher. (transfer full) of LabLink, borrowed */
static GPtrArray *
links_beyond (LabTopology *topology, LabNode *node, guint count)
{
  GPtrArray *links = g_ptr_array_new ();
  LabPort port;

  for (guint i = count; lab_node_get_port (node, i, &port); i++)
    {
      LabLink *link = lab_topology_find_link (topology, lab_node_get_name (node), port.name);

      if (link != NULL && !g_ptr_array_find (links, link, NULL))
        g_ptr_array_add (links, link);
    }

  return links;
}

/* (transfer full) */
static LabEdit *
make_ports_edit (LabTopology *topology, LabNode *node, guint count)
{
  g_autoptr (GPtrArray) links = links_beyond (topology, node, count);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) json = lab_node_to_json (node);
  g_autoptr (JsonNode) value = NULL;

  for (guint i = 0; i < links->len; i++)
    {
      LabLink *link = g_ptr_array_index (links, i);

      g_ptr_array_add (edits, lab_edit_new_remove_link (lab_link_get_node_name (link, 0),
                                                        lab_link_get_port_name (link, 0)));
    }
  if (lab_node_get_kind (node) == LAB_NODE_SWITCH)
    value = resize_ports (json_node_get_object (json), count);
  else
    value = json_node_init_int (json_node_alloc (), count);
  g_ptr_array_add (edits, lab_edit_new_set_node (lab_node_get_name (node), "ports", value));

  return lab_edit_new_group (NULL, edits);
}

static void
add_once (GPtrArray *texts, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, g_strdup (text));
}

static void
add_all (GPtrArray *texts, const char *const *more)
{
  for (guint i = 0; more[i] != NULL; i++)
    add_once (texts, more[i]);
}

static GStrv
finish (GPtrArray *texts)
{
  g_ptr_array_add (texts, NULL);

  return (GStrv) g_ptr_array_free (texts, FALSE);
}

GStrv
lab_adapter_plan_lost (LabTopology *topology, GPtrArray *nodes, const char *key, guint count)
{
  GPtrArray *texts = g_ptr_array_new ();

  for (guint i = 0; i < nodes->len; i++)
    {
      LabNode *node = g_ptr_array_index (nodes, i);

      if (g_str_equal (key, "ports"))
        {
          g_autoptr (GPtrArray) links = links_beyond (topology, node, count);

          for (guint j = 0; j < links->len; j++)
            {
              g_autofree char *title = lab_link_dup_title (g_ptr_array_index (links, j));

              add_once (texts, title);
            }
        }
      else
        {
          g_autoptr (LabAdapterChange) change = plan_adapters (topology, node, key, count);

          add_all (texts, lab_adapter_change_get_lost (change));
        }
    }

  return finish (texts);
}

GStrv
lab_adapter_plan_moved (LabTopology *topology, GPtrArray *nodes, const char *key, guint count)
{
  GPtrArray *texts = g_ptr_array_new ();

  for (guint i = 0; i < nodes->len && !g_str_equal (key, "ports"); i++)
    {
      g_autoptr (LabAdapterChange) change =
          plan_adapters (topology, g_ptr_array_index (nodes, i), key, count);

      add_all (texts, lab_adapter_change_get_moved (change));
    }

  return finish (texts);
}

static LabEdit *
make_edit (LabTopology *topology, LabNode *node, const char *key, guint count)
{
  g_autoptr (LabAdapterChange) change = NULL;

  if (g_str_equal (key, "ports"))
    return make_ports_edit (topology, node, count);
  change = plan_adapters (topology, node, key, count);

  return lab_adapter_change_build_edit (change);
}

/* One after the other: a link between two of them is moved at both ends. */
gboolean
lab_adapter_plan_apply (LabHistory *history,
                        LabTopology *topology,
                        GPtrArray *nodes,
                        const char *key,
                        guint count,
                        GError **error)
{
  g_autofree char *label = NULL;

  if (nodes->len == 1)
    /* Translators: a step that can be undone; a node's name */
    label = g_strdup_printf (_ ("Change ports of %s"),
                             lab_node_get_name (g_ptr_array_index (nodes, 0)));
  else
    label = g_strdup_printf (
        ngettext ("Change ports of %u device", "Change ports of %u devices", nodes->len),
        nodes->len);
  lab_history_begin_group (history, label);
  for (guint i = 0; i < nodes->len; i++)
    {
      g_autoptr (LabEdit) edit = make_edit (topology, g_ptr_array_index (nodes, i), key, count);

      if (!lab_history_apply (history, edit, error))
        {
          lab_history_cancel_group (history);
          return FALSE;
        }
    }
  lab_history_end_group (history);

  return TRUE;
}

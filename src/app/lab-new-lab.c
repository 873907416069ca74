/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A new lab. What the preferences say of new labs stands in it from the beginning: it is no step
 * that could be undone. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-file.h"
#include "lab-new-lab.h"

/* Only what is not as everywhere: the rest follows the program. */
static JsonNode *
make_view (GSettings *settings)
{
  static const char *const keys[] = { "show-grid", "snap", "port-labels" };
  JsonObject *view = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GVariant) grid = g_settings_get_user_value (settings, "grid");

  if (grid != NULL)
    json_object_set_int_member (view, "grid", g_settings_get_uint (settings, "grid"));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!g_settings_get_boolean (settings, keys[i]))
      json_object_set_boolean_member (view, keys[i], FALSE);
  json_node_take_object (node, view);

  return node;
}

LabTopology *
lab_new_lab (const char *name, GSettings *settings)
{
  g_autoptr (LabTopology) plain = lab_topology_new (name);
  g_autofree char *text = lab_file_to_string (plain, NULL);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  g_autoptr (JsonNode) view = make_view (settings);
  g_autofree char *changed = NULL;
  LabTopology *topology;

  if (json_object_get_size (json_node_get_object (view)) == 0)
    return g_steal_pointer (&plain);
  json_object_set_member (json_node_get_object (root), "view", g_steal_pointer (&view));
  changed = json_to_string (root, FALSE);
  topology = lab_file_parse (changed, strlen (changed), name, NULL);

  return topology != NULL ? topology : g_steal_pointer (&plain);
}

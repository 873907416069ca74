/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the text of a .lab file to a document. The scan gives the tree and the positions; here the
 * parts are made and put together, and whatever is wrong is said with its line and column. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-check-private.h"
#include "lab-drawing-private.h"
#include "lab-file.h"
#include "lab-json-private.h"
#include "lab-link-private.h"
#include "lab-member-private.h"
#include "lab-node-private.h"
#include "lab-read-private.h"
#include "lab-scan-private.h"
#include "lab-topology-private.h"

/* Each element of the member @key, made by @read; @read adds it to the document. */
typedef gboolean (*ReadItem) (LabTopology *topology, JsonObject *json, LabFault *fault);

static gboolean
read_list (LabTopology *topology,
           JsonObject *root,
           const char *key,
           guint max,
           ReadItem read,
           LabFault *fault)
{
  JsonArray *array = NULL;
  guint length;

  if (!lab_member_array (root, key, &array, fault))
    return FALSE;
  length = array != NULL ? json_array_get_length (array) : 0;
  if (length > max)
    return lab_fault_set (fault, array, LAB_ERROR_LIMIT,
                          _ ("“%s” lists %u things, but a lab may have %u of them at most."), key,
                          length, max);
  for (guint i = 0; i < length; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return lab_fault_set (fault, element, LAB_ERROR_INVALID,
                              _ ("each of “%s” must be an object in braces."), key);
      if (!read (topology, json_node_get_object (element), fault))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_node (LabTopology *topology, JsonObject *json, LabFault *fault)
{
  g_autoptr (LabNode) node = lab_node_new_from_object (json, fault);
  guint id;
  LabNode *other;

  if (node == NULL)
    return FALSE;
  if (lab_topology_find_node (topology, lab_node_get_name (node)) != NULL)
    return lab_fault_set (fault, json_object_get_member (json, "name"), LAB_ERROR_INVALID,
                          _ ("there is a node “%s” already; give one of them another name."),
                          lab_node_get_name (node));
  id = lab_node_get_id (node);
  other = id != 0 ? lab_topology_find_node_by_id (topology, id) : NULL;
  if (other != NULL)
    return lab_fault_set (fault, json_object_get_member (json, "id"), LAB_ERROR_INVALID,
                          _ ("node “%s”: the id %u is taken by node “%s”; change or remove it."),
                          lab_node_get_name (node), id, lab_node_get_name (other));
  lab_topology_insert (topology, node, G_MAXUINT);

  return TRUE;
}

/* Nodes without an id get the lowest free ones, when all that have one are known. They were indexed
 * at 0 meanwhile. */
static void
give_node_ids (LabTopology *topology)
{
  LabList *nodes = lab_topology_peek_list (topology, LAB_TYPE_NODE);
  guint id = 1;

  for (guint i = 0; i < lab_list_get_length (nodes); i++)
    {
      g_autoptr (LabNode) node = g_object_ref (lab_list_get (nodes, i));

      if (lab_node_get_id (node) != 0)
        continue;
      while (lab_topology_find_node_by_id (topology, id) != NULL)
        id++;
      lab_topology_remove (topology, node);
      lab_node_set_id (node, id);
      lab_topology_insert (topology, node, i);
    }
}

static gboolean
read_link (LabTopology *topology, JsonObject *json, LabFault *fault)
{
  g_autoptr (LabLink) link = lab_link_new_from_object (json, fault);

  if (link == NULL || !lab_topology_check_link (topology, link, fault))
    return lab_fault_prefix (
        fault, _ ("link %u: "),
        lab_list_get_length (lab_topology_peek_list (topology, LAB_TYPE_LINK)) + 1);
  lab_topology_insert (topology, link, G_MAXUINT);

  return TRUE;
}

static gboolean
read_drawing (LabTopology *topology, JsonObject *json, LabFault *fault)
{
  g_autoptr (LabDrawing) drawing = lab_drawing_new_from_object (json, fault);
  guint id;

  if (drawing == NULL)
    return FALSE;
  id = lab_drawing_get_id (drawing);
  if (id != 0 && lab_topology_find_drawing (topology, id) != NULL)
    return lab_fault_set (fault, json_object_get_member (json, "id"), LAB_ERROR_INVALID,
                          _ ("there is a drawing %u already; change or remove one of the ids."),
                          id);
  lab_topology_insert (topology, drawing, G_MAXUINT);

  return TRUE;
}

static void
give_drawing_ids (LabTopology *topology)
{
  LabList *drawings = lab_topology_peek_list (topology, LAB_TYPE_DRAWING);
  guint id = 1;

  for (guint i = 0; i < lab_list_get_length (drawings); i++)
    {
      g_autoptr (LabDrawing) drawing = g_object_ref (lab_list_get (drawings, i));

      if (lab_drawing_get_id (drawing) != 0)
        continue;
      while (lab_topology_find_drawing (topology, id) != NULL)
        id++;
      lab_topology_remove (topology, drawing);
      lab_drawing_set_id (drawing, id);
      lab_topology_insert (topology, drawing, i);
    }
}

LabCheck *
lab_read_check (LabTopology *topology, JsonObject *json, LabFault *fault)
{
  g_autoptr (LabCheck) check = lab_check_new_from_object (json, fault);

  if (check == NULL)
    return NULL;
  if (lab_topology_find_node (topology, lab_check_get_node (check)) == NULL)
    {
      lab_fault_set (fault, json_object_get_member (json, "node"), LAB_ERROR_INVALID,
                     _ ("check “%s”: there is no node “%s”; add it, or remove the check."),
                     lab_check_get_name (check), lab_check_get_node (check));
      return NULL;
    }

  return g_steal_pointer (&check);
}

static gboolean
read_check (LabTopology *topology, JsonObject *json, LabFault *fault)
{
  g_autoptr (LabCheck) check = lab_read_check (topology, json, fault);

  if (check == NULL)
    return FALSE;
  lab_topology_insert (topology, check, G_MAXUINT);

  return TRUE;
}

/* (transfer full) (nullable) */
static LabTopology *
read_document (JsonNode *json, LabFault *fault)
{
  g_autoptr (LabTopology) topology = NULL;
  g_autoptr (JsonObject) head = NULL;
  JsonObject *root;

  if (!JSON_NODE_HOLDS_OBJECT (json))
    {
      lab_fault_set (fault, json, LAB_ERROR_INVALID, _ ("a lab must be an object in braces."));
      return NULL;
    }
  root = json_node_get_object (json);
  head = lab_topology_rebuild_head (root, fault);
  if (head == NULL)
    return NULL;
  topology = lab_topology_new_from_head (head);
  if (!read_list (topology, root, "nodes", LAB_MAX_NODES, read_node, fault))
    return NULL;
  give_node_ids (topology);
  if (!read_list (topology, root, "links", LAB_MAX_LINKS, read_link, fault) ||
      !read_list (topology, root, "drawings", LAB_MAX_DRAWINGS, read_drawing, fault))
    return NULL;
  give_drawing_ids (topology);
  if (!read_list (topology, root, "checks", LAB_MAX_CHECKS, read_check, fault))
    return NULL;

  return g_steal_pointer (&topology);
}

/**
 * lab_file_parse:
 * @text: (nullable): the text of a lab file; need not end in NUL
 * @length: its length in bytes
 * @label: (nullable): how errors name the text, as a file's path
 * @error: return location for a #LabError
 *
 * Reads a document. Errors name @label, line and column and say what to do.
 *
 * Returns: (transfer full) (nullable): the document
 */
LabTopology *
lab_file_parse (const char *text, gsize length, const char *label, GError **error)
{
  g_autoptr (LabScan) scan = NULL;
  LabTopology *topology;
  LabFault fault = { 0 };

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (text == NULL)
    text = "";
  if (label == NULL)
    label = _ ("The lab");
  scan = lab_scan_new (text, length, label, error);
  if (scan == NULL)
    return NULL;
  topology = read_document (scan->root, &fault);
  if (topology == NULL)
    lab_scan_raise (scan, label, &fault, error);

  return topology;
}

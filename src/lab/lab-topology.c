/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The document: four lists, the tables that find things in them, and the head (name, notes, unknown
 * members: see lab-topology-head.c). What may be changed how is not known here: see lab-edit-*.c.
 */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-check-private.h"
#include "lab-drawing-private.h"
#include "lab-json-private.h"
#include "lab-link-private.h"
#include "lab-member-private.h"
#include "lab-node-private.h"
#include "lab-notify-private.h"
#include "lab-topology-private.h"

struct _LabTopology
{
  GObject parent_instance;

  JsonObject *head;
  char *notes;

  LabList *nodes;
  LabList *links;
  LabList *drawings;
  LabList *checks;

  GHashTable *nodes_by_name;
  LabNode *nodes_by_id[LAB_MAX_ID + 1];
  GHashTable *links_by_port; /* "node\nport": names hold no line breaks */
  GHashTable *drawings_by_id;
  LabUsedIds used;
};

enum
{
  PROP_UUID = 1,
  PROP_NAME,
  PROP_NOTES,
  N_PROPERTIES
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabTopology, lab_topology, G_TYPE_OBJECT)

static void
lab_topology_finalize (GObject *object)
{
  LabTopology *self = LAB_TOPOLOGY (object);

  g_clear_pointer (&self->head, json_object_unref);
  g_clear_pointer (&self->notes, g_free);
  g_clear_pointer (&self->nodes_by_name, g_hash_table_unref);
  g_clear_pointer (&self->links_by_port, g_hash_table_unref);
  g_clear_pointer (&self->drawings_by_id, g_hash_table_unref);
  g_clear_object (&self->nodes);
  g_clear_object (&self->links);
  g_clear_object (&self->drawings);
  g_clear_object (&self->checks);

  G_OBJECT_CLASS (lab_topology_parent_class)->finalize (object);
}

static void
lab_topology_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LabTopology *self = LAB_TOPOLOGY (object);

  switch (id)
    {
    case PROP_UUID:
      g_value_set_string (value, lab_topology_get_uuid (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, lab_topology_get_name (self));
      break;
    case PROP_NOTES:
      g_value_set_string (value, lab_topology_get_notes (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_topology_class_init (LabTopologyClass *klass)
{
  static const char *const names[] = { NULL, "uuid", "name", "notes" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lab_topology_finalize;
  object_class->get_property = lab_topology_get_property;

  for (guint i = PROP_UUID; i < N_PROPERTIES; i++)
    properties[i] =
        g_param_spec_string (names[i], NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * LabTopology::changed:
   *
   * Something of the head changed: name, notes or an unknown member. Nodes, links and drawings tell
   * of themselves, the lists of what came and went.
   */
  signals[CHANGED] = g_signal_new ("changed", LAB_TYPE_TOPOLOGY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
lab_topology_init (LabTopology *self)
{
  self->nodes = lab_list_new (LAB_TYPE_NODE);
  self->links = lab_list_new (LAB_TYPE_LINK);
  self->drawings = lab_list_new (LAB_TYPE_DRAWING);
  self->checks = lab_list_new (LAB_TYPE_CHECK);
  self->nodes_by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->links_by_port = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->drawings_by_id = g_hash_table_new (NULL, NULL);
}

static void
take_head (LabTopology *self, JsonObject *head)
{
  LabFault fault = { 0 };

  g_clear_pointer (&self->head, json_object_unref);
  g_clear_pointer (&self->notes, g_free);
  self->head = head;
  if (!lab_member_lines (head, "notes", &self->notes, &fault))
    g_assert_not_reached ();
}

LabTopology *
lab_topology_new_from_head (JsonObject *head)
{
  LabTopology *self = g_object_new (LAB_TYPE_TOPOLOGY, NULL);

  take_head (self, json_object_ref (head));

  return self;
}

LabTopology *
lab_topology_new (const char *name)
{
  g_autoptr (JsonObject) head = json_object_new ();
  g_autofree char *uuid = g_uuid_string_random ();

  g_return_val_if_fail (name != NULL, NULL);

  json_object_set_string_member (head, "format", "labwright");
  json_object_set_int_member (head, "version", 1);
  json_object_set_string_member (head, "uuid", uuid);
  json_object_set_string_member (head, "name", name);

  return lab_topology_new_from_head (head);
}

JsonObject *
lab_topology_peek_head (LabTopology *self)
{
  return self->head;
}

/* A head that history keeps may be of the time before the lab got another identity. */
void
lab_topology_set_head (LabTopology *self, JsonObject *head)
{
  GArray *before = lab_notify_begin (G_OBJECT (self), properties, N_PROPERTIES);
  JsonNode *uuid = json_object_get_member (self->head, "uuid");

  take_head (self, lab_json_with_member (head, "uuid", uuid));
  lab_notify_end (G_OBJECT (self), properties, N_PROPERTIES, before);
  g_signal_emit (self, signals[CHANGED], 0);
}

LabList *
lab_topology_peek_list (LabTopology *self, GType item_type)
{
  if (item_type == LAB_TYPE_NODE)
    return self->nodes;
  if (item_type == LAB_TYPE_LINK)
    return self->links;
  if (item_type == LAB_TYPE_DRAWING)
    return self->drawings;
  g_assert (item_type == LAB_TYPE_CHECK);

  return self->checks;
}

static char *
port_key (const char *node, const char *port)
{
  return g_strconcat (node, "\n", port, NULL);
}

static void
index_link (LabTopology *self, LabLink *link, gboolean add)
{
  for (guint end = 0; end < 2; end++)
    {
      g_autofree char *key =
          port_key (lab_link_get_node_name (link, end), lab_link_get_port_name (link, end));

      if (add)
        g_hash_table_insert (self->links_by_port, g_steal_pointer (&key), link);
      else
        g_hash_table_remove (self->links_by_port, key);
    }
}

static void
index_node (LabTopology *self, LabNode *node, gboolean add)
{
  guint id = lab_node_get_id (node);

  if (add)
    {
      g_hash_table_insert (self->nodes_by_name, g_strdup (lab_node_get_name (node)), node);
      self->used.nodes[id / 8] |= (guint8) (1u << (id % 8));
    }
  else
    g_hash_table_remove (self->nodes_by_name, lab_node_get_name (node));
  self->nodes_by_id[id] = add ? node : NULL;
  lab_node_set_placed (node, add);
}

static void
index_drawing (LabTopology *self, LabDrawing *drawing, gboolean add)
{
  guint id = lab_drawing_get_id (drawing);

  if (add)
    {
      g_hash_table_insert (self->drawings_by_id, GUINT_TO_POINTER (id), drawing);
      self->used.drawings = MAX (self->used.drawings, id);
    }
  else
    g_hash_table_remove (self->drawings_by_id, GUINT_TO_POINTER (id));
  lab_drawing_set_placed (drawing, add);
}

static void
index_item (LabTopology *self, gpointer item, gboolean add)
{
  if (LAB_IS_NODE (item))
    index_node (self, item, add);
  else if (LAB_IS_LINK (item))
    index_link (self, item, add);
  else if (LAB_IS_DRAWING (item))
    index_drawing (self, item, add);
}

/* The tables are right before anybody hears of the change. */
void
lab_topology_insert (LabTopology *self, gpointer item, guint position)
{
  index_item (self, item, TRUE);
  lab_list_insert (lab_topology_peek_list (self, G_OBJECT_TYPE (item)), position, item);
}

guint
lab_topology_remove (LabTopology *self, gpointer item)
{
  LabList *list = lab_topology_peek_list (self, G_OBJECT_TYPE (item));
  guint position;

  if (!lab_list_find (list, item, &position))
    g_assert_not_reached ();
  index_item (self, item, FALSE);
  lab_list_remove (list, position);

  return position;
}

void
lab_topology_rename (LabTopology *self, LabNode *node, const char *name)
{
  g_autofree char *old = g_strdup (lab_node_get_name (node));

  index_node (self, node, FALSE);
  lab_node_set_name (node, name);
  index_node (self, node, TRUE);

  for (guint i = 0; i < lab_list_get_length (self->links); i++)
    {
      LabLink *link = lab_list_get (self->links, i);

      if (!lab_link_touches (link, old, NULL))
        continue;
      index_link (self, link, FALSE);
      for (guint end = 0; end < 2; end++)
        if (g_str_equal (lab_link_get_node_name (link, end), old))
          lab_link_set_node_name (link, end, name);
      index_link (self, link, TRUE);
    }
  for (guint i = 0; i < lab_list_get_length (self->checks); i++)
    {
      LabCheck *check = lab_list_get (self->checks, i);

      if (g_str_equal (lab_check_get_node (check), old))
        lab_check_set_node (check, name);
    }
}

static gboolean
check_link_end (LabTopology *self, LabLink *link, guint end, LabPort *port, LabFault *fault)
{
  const char *node_name = lab_link_get_node_name (link, end);
  const char *port_name = lab_link_get_port_name (link, end);
  LabNode *node = lab_topology_find_node (self, node_name);
  LabLink *other;

  if (node == NULL)
    return lab_fault_set (fault, lab_link_peek_member (link, end, "node"), LAB_ERROR_INVALID,
                          _ ("there is no node “%s”; add it, or remove the link."), node_name);
  if (!lab_node_find_port (node, port_name, port))
    return lab_fault_set (fault, lab_link_peek_member (link, end, "port"), LAB_ERROR_INVALID,
                          _ ("node “%s” has no port “%s”; it has %u ports."), node_name, port_name,
                          lab_node_get_n_ports (node));
  other = lab_topology_find_link (self, node_name, port->name);
  if (other != NULL)
    {
      g_autofree char *title = lab_link_dup_title (other);

      return lab_fault_set (fault, lab_link_peek_member (link, end, "port"), LAB_ERROR_INVALID,
                            _ ("port %s of node “%s” holds the link %s already; choose another."),
                            port->name, node_name, title);
    }

  return TRUE;
}

gboolean
lab_topology_check_link (LabTopology *self, LabLink *link, LabFault *fault)
{
  LabPort ports[2];

  if (lab_list_get_length (self->links) >= LAB_MAX_LINKS)
    return lab_fault_set (fault, lab_link_peek_json (link), LAB_ERROR_LIMIT,
                          _ ("the lab has %d links, the most there may be."), LAB_MAX_LINKS);
  if (!check_link_end (self, link, 0, &ports[0], fault) ||
      !check_link_end (self, link, 1, &ports[1], fault))
    return FALSE;
  if (ports[0].kind != ports[1].kind)
    return lab_fault_set (fault, lab_link_peek_member (link, 1, "port"), LAB_ERROR_INVALID,
                          _ ("a link cannot join the Ethernet port with the serial port in "
                             "%s %s – %s %s; choose ports of one kind."),
                          lab_link_get_node_name (link, 0), ports[0].name,
                          lab_link_get_node_name (link, 1), ports[1].name);
  if (g_str_equal (lab_link_get_node_name (link, 0), lab_link_get_node_name (link, 1)) &&
      g_str_equal (ports[0].name, ports[1].name))
    return lab_fault_set (
        fault, lab_link_peek_member (link, 1, "port"), LAB_ERROR_INVALID,
        _ ("a link cannot join port %s of node “%s” with itself; choose another."), ports[0].name,
        lab_link_get_node_name (link, 0));
  for (guint end = 0; end < 2; end++)
    lab_link_set_port_name (link, end, ports[end].name);

  return TRUE;
}

LabUsedIds *
lab_topology_peek_used (LabTopology *self)
{
  return &self->used;
}

const char *
lab_topology_get_uuid (LabTopology *self)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), NULL);

  return json_object_get_string_member (self->head, "uuid");
}

void
lab_topology_set_uuid (LabTopology *self, const char *uuid)
{
  g_autofree char *lower = NULL;
  g_autoptr (JsonNode) value = NULL;
  GArray *before;

  g_return_if_fail (LAB_IS_TOPOLOGY (self));
  g_return_if_fail (uuid != NULL && g_uuid_string_is_valid (uuid));

  before = lab_notify_begin (G_OBJECT (self), properties, N_PROPERTIES);
  lower = g_ascii_strdown (uuid, -1);
  value = lab_json_new_string (lower);
  take_head (self, lab_json_with_member (self->head, "uuid", value));
  lab_notify_end (G_OBJECT (self), properties, N_PROPERTIES, before);
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
lab_topology_get_name (LabTopology *self)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), NULL);

  return json_object_get_string_member (self->head, "name");
}

const char *
lab_topology_get_notes (LabTopology *self)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), NULL);

  return self->notes;
}

guint
lab_topology_get_start_patience (LabTopology *self)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), LAB_START_PATIENCE);

  return (guint) json_object_get_int_member_with_default (self->head, "start-patience",
                                                          LAB_START_PATIENCE);
}

GStrv
lab_topology_dup_needs (LabTopology *self)
{
  g_autofree char *lines = NULL;
  g_autofree char *text = NULL;
  LabFault fault = { 0 };

  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), NULL);

  /* The head was checked when it was made. */
  if (!lab_member_lines (self->head, "needs", &lines, &fault))
    g_assert_not_reached ();
  text = g_strstrip (g_strdup (lines != NULL ? lines : ""));

  return *text != '\0' ? g_strsplit (text, "\n", -1) : g_new0 (char *, 1);
}

GListModel *
lab_topology_get_nodes (LabTopology *self)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), NULL);

  return G_LIST_MODEL (self->nodes);
}

GListModel *
lab_topology_get_links (LabTopology *self)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), NULL);

  return G_LIST_MODEL (self->links);
}

GListModel *
lab_topology_get_drawings (LabTopology *self)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), NULL);

  return G_LIST_MODEL (self->drawings);
}

guint
lab_topology_get_recorder (LabTopology *self)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), 0);

  return (guint) json_object_get_int_member_with_default (self->head, "recorder", 0);
}

GListModel *
lab_topology_get_checks (LabTopology *self)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), NULL);

  return G_LIST_MODEL (self->checks);
}

LabNode *
lab_topology_find_node (LabTopology *self, const char *name)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (self->nodes_by_name, name);
}

LabNode *
lab_topology_find_node_by_id (LabTopology *self, guint id)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), NULL);

  return id <= LAB_MAX_ID ? self->nodes_by_id[id] : NULL;
}

LabDrawing *
lab_topology_find_drawing (LabTopology *self, guint id)
{
  return g_hash_table_lookup (self->drawings_by_id, GUINT_TO_POINTER (id));
}

LabLink *
lab_topology_find_link (LabTopology *self, const char *node, const char *port)
{
  g_autofree char *key = NULL;
  LabNode *owner;
  LabPort found;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), NULL);
  g_return_val_if_fail (node != NULL && port != NULL, NULL);

  owner = lab_topology_find_node (self, node);
  if (owner == NULL || !lab_node_find_port (owner, port, &found))
    return NULL;
  key = port_key (node, found.name);

  return g_hash_table_lookup (self->links_by_port, key);
}

gboolean
lab_topology_find_free_port (LabTopology *self, LabNode *node, LabPortKind kind, LabPort *port)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), FALSE);
  g_return_val_if_fail (LAB_IS_NODE (node), FALSE);
  g_return_val_if_fail (port != NULL, FALSE);

  for (guint i = 0; lab_node_get_port (node, i, port); i++)
    if (port->kind == kind &&
        lab_topology_find_link (self, lab_node_get_name (node), port->name) == NULL)
      return TRUE;

  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another number of adapters, with the links that follow.
 *
 * The two numbers are two members, which change one after the other; in between, serial ports may
 * be without a name. So when the number of Ethernet adapters changes, serial links are taken off
 * and put back, also those whose port keeps its name. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-adapter-change.h"

#define FRAME_RELAY "frame-relay"

struct _LabAdapterChange
{
  LabTopology *topology;
  LabNode *node;
  guint ethernet;
  guint serial;
  gboolean shifts; /* serial links go with their adapter */

  GPtrArray *off; /* LabLink, owned: to take off */
  GPtrArray *on;  /* LabLink, owned: to put on, new objects */
  GPtrArray *lost;
  GPtrArray *moved;
};

/* The bay a port has afterwards. FALSE: none. */
static gboolean
map_bay (LabAdapterChange *self, const LabPort *port, guint *bay)
{
  guint old_ethernet = lab_node_get_ethernet_adapters (self->node);
  guint ordinal;

  *bay = port->bay;
  if (port->kind == LAB_PORT_ETHERNET)
    return port->bay < self->ethernet;
  if (!self->shifts)
    return port->bay >= self->ethernet && port->bay < self->ethernet + self->serial;
  ordinal = port->bay - old_ethernet;
  *bay = self->ethernet + ordinal;

  return ordinal < self->serial;
}

static gboolean
find_own_port (LabAdapterChange *self, LabLink *link, guint end, LabPort *port)
{
  return g_str_equal (lab_link_get_node_name (link, end), lab_node_get_name (self->node)) &&
         lab_node_find_port (self->node, lab_link_get_port_name (link, end), port);
}

static gboolean
keeps_names (LabAdapterChange *self, LabLink *link)
{
  for (guint end = 0; end < 2; end++)
    {
      LabPort port;
      guint bay;

      if (find_own_port (self, link, end, &port) && port.kind == LAB_PORT_SERIAL &&
          !map_bay (self, &port, &bay))
        return FALSE;
    }

  return TRUE;
}

/* (transfer full) */
static LabLink *
copy_link (LabLink *link, char *const ports[2])
{
  static const char *const ends[] = { "a", "b" };
  g_autoptr (JsonNode) json = lab_link_to_json (link);

  for (guint end = 0; end < 2; end++)
    if (ports[end] != NULL)
      json_object_set_string_member (
          json_object_get_object_member (json_node_get_object (json), ends[end]), "port",
          ports[end]);

  return lab_link_new_from_json (json, NULL);
}

static void
note_move (LabAdapterChange *self, LabLink *link, char *const ports[2])
{
  for (guint end = 0; end < 2; end++)
    if (ports[end] != NULL && !g_str_equal (ports[end], lab_link_get_port_name (link, end)))
      g_ptr_array_add (self->moved,
                       g_strdup_printf ("%s → %s", lab_link_get_port_name (link, end), ports[end]));
}

/* @ports: what its ends at our node are called afterwards. FALSE: it has to go. */
static gboolean
map_link (LabAdapterChange *self, LabLink *link, char *ports[2], gboolean *has_serial)
{
  gboolean kept = TRUE;

  for (guint end = 0; end < 2; end++)
    {
      LabPort port;
      guint bay;

      if (!find_own_port (self, link, end, &port))
        continue;
      *has_serial = *has_serial || port.kind == LAB_PORT_SERIAL;
      if (!map_bay (self, &port, &bay))
        kept = FALSE;
      else
        ports[end] =
            g_strdup_printf ("%c%u/%u", port.kind == LAB_PORT_SERIAL ? 's' : 'e', bay, port.unit);
    }

  return kept;
}

static void
look_at_link (LabAdapterChange *self, LabLink *link)
{
  gboolean renumbers = self->ethernet != lab_node_get_ethernet_adapters (self->node);
  char *ports[2] = { NULL, NULL };
  gboolean has_serial = FALSE;

  if (!map_link (self, link, ports, &has_serial))
    {
      g_ptr_array_add (self->lost, lab_link_dup_title (link));
      g_ptr_array_add (self->off, g_object_ref (link));
    }
  else if (has_serial && renumbers)
    {
      note_move (self, link, ports);
      g_ptr_array_add (self->off, g_object_ref (link));
      g_ptr_array_add (self->on, copy_link (link, ports));
    }
  g_free (ports[0]);
  g_free (ports[1]);
}

/* Serial ports that speak Frame Relay go with their links. */
static gboolean
keeps_frame_relay (LabAdapterChange *self)
{
  LabFrameRelay line;
  guint bay;

  for (guint i = 0; lab_node_get_frame_relay (self->node, i, &line); i++)
    if (!map_bay (self, &line.port, &bay))
      return FALSE;

  return TRUE;
}

/* The member afterwards, without the ports that are lost. (transfer full) (nullable) */
static JsonNode *
map_frame_relay (LabAdapterChange *self)
{
  g_autoptr (JsonNode) node = lab_node_to_json (self->node);
  g_autoptr (JsonArray) kept = json_array_new ();
  LabFrameRelay line;
  guint bay;

  for (guint i = 0; lab_node_get_frame_relay (self->node, i, &line); i++)
    if (map_bay (self, &line.port, &bay))
      {
        JsonArray *lines = json_object_get_array_member (json_node_get_object (node), FRAME_RELAY);
        JsonObject *object = json_array_get_object_element (lines, i);
        g_autofree char *name = g_strdup_printf ("s%u/%u", bay, line.port.unit);

        json_object_set_string_member (object, "port", name);
        json_array_add_object_element (kept, json_object_ref (object));
      }

  return json_array_get_length (kept) > 0 ? json_node_init_array (json_node_alloc (), kept) : NULL;
}

static void
look_at_links (LabAdapterChange *self)
{
  GListModel *links = lab_topology_get_links (self->topology);
  guint n_links = g_list_model_get_n_items (links);

  self->shifts = !keeps_frame_relay (self);
  for (guint i = 0; i < n_links; i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);

      if (!keeps_names (self, link))
        {
          self->shifts = TRUE;
          break;
        }
    }
  for (guint i = 0; i < n_links; i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);

      if (lab_link_touches (link, lab_node_get_name (self->node), NULL))
        look_at_link (self, link);
    }
  g_ptr_array_add (self->lost, NULL);
  g_ptr_array_add (self->moved, NULL);
}

LabAdapterChange *
lab_adapter_change_new (LabTopology *topology, LabNode *node, guint ethernet, guint serial)
{
  LabAdapterChange *self;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);
  g_return_val_if_fail (LAB_IS_NODE (node), NULL);
  g_return_val_if_fail (lab_node_get_kind (node) == LAB_NODE_IOU, NULL);

  self = g_new0 (LabAdapterChange, 1);
  self->topology = g_object_ref (topology);
  self->node = g_object_ref (node);
  self->ethernet = ethernet;
  self->serial = serial;
  self->off = g_ptr_array_new_with_free_func (g_object_unref);
  self->on = g_ptr_array_new_with_free_func (g_object_unref);
  self->lost = g_ptr_array_new_with_free_func (g_free);
  self->moved = g_ptr_array_new_with_free_func (g_free);
  look_at_links (self);

  return self;
}

void
lab_adapter_change_free (LabAdapterChange *self)
{
  g_object_unref (self->topology);
  g_object_unref (self->node);
  g_ptr_array_unref (self->off);
  g_ptr_array_unref (self->on);
  g_ptr_array_unref (self->lost);
  g_ptr_array_unref (self->moved);
  g_free (self);
}

const char *const *
lab_adapter_change_get_lost (LabAdapterChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->lost->pdata;
}

const char *const *
lab_adapter_change_get_moved (LabAdapterChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->moved->pdata;
}

static void
add_number (LabAdapterChange *self, GPtrArray *edits, const char *key, guint number)
{
  g_autoptr (JsonNode) value = json_node_init_int (json_node_alloc (), number);

  g_ptr_array_add (edits, lab_edit_new_set_node (lab_node_get_name (self->node), key, value));
}

/* At every moment there are 16 adapters at most: one of the two orders always keeps to that. */
static void
add_numbers (LabAdapterChange *self, GPtrArray *edits)
{
  gboolean serial_first =
      lab_node_get_ethernet_adapters (self->node) + self->serial <= LAB_MAX_ADAPTERS;

  if (serial_first)
    add_number (self, edits, "serial", self->serial);
  add_number (self, edits, "ethernet", self->ethernet);
  if (!serial_first)
    add_number (self, edits, "serial", self->serial);
}

LabEdit *
lab_adapter_change_build_edit (LabAdapterChange *self)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) lines = NULL;
  g_autofree char *label = NULL;
  const char *name;
  LabFrameRelay line;

  g_return_val_if_fail (self != NULL, NULL);

  name = lab_node_get_name (self->node);
  lines = map_frame_relay (self);
  for (guint i = 0; i < self->off->len; i++)
    {
      LabLink *link = g_ptr_array_index (self->off, i);

      g_ptr_array_add (edits, lab_edit_new_remove_link (lab_link_get_node_name (link, 0),
                                                        lab_link_get_port_name (link, 0)));
    }
  if (lab_node_get_frame_relay (self->node, 0, &line))
    g_ptr_array_add (edits, lab_edit_new_set_node (name, FRAME_RELAY, NULL));
  add_numbers (self, edits);
  if (lines != NULL)
    g_ptr_array_add (edits, lab_edit_new_set_node (name, FRAME_RELAY, lines));
  for (guint i = 0; i < self->on->len; i++)
    g_ptr_array_add (edits, lab_edit_new_add_link (g_ptr_array_index (self->on, i)));
  /* Translators: a step that can be undone; a node's name */
  label = g_strdup_printf (_ ("Change adapters of %s"), name);

  return lab_edit_new_group (label, edits);
}

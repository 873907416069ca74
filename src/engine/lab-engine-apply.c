/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * Apply is declarative: the document says what there should be. Nodes are known by their id, so a
 * renamed one goes on running. What is new gets a device that is stopped; what went is stopped and
 * retired, and freed when it is down; what a running device cannot take over (its image, its
 * adapters, its memory) waits for its next start. Links, switches and hubs are the relay's, and
 * follow at once (lab-engine-relay.c). */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "iou-licence.h"

#include "lab-engine-private.h"
#include "lab-licence-store.h"
#include "lab-file.h"
#include "lab-images.h"
#include "lab-licence-store.h"
#include "lab-rights.h"

/* Why nodes of a kind cannot run; NULL: they can. */
static const char *
kind_message (LabNode *node, LabRights rights)
{
  LabRights missing = lab_rights_of_node (node) & ~rights;

  switch (lab_node_get_kind (node))
    {
    case LAB_NODE_NAT:
      if (missing == LAB_RIGHT_LOOPBACK)
        return _ ("The servers and ports of this computer are closed to this lab until you allow "
                  "it: in the window, or by “labctl allow” with its file.");
      if (missing != 0)
        return _ ("The way out is closed to this lab until you allow it: in the window, or by "
                  "“labctl allow” with its file.");
      return NULL;
    case LAB_NODE_TAP:
      if (missing != 0)
        return _ ("The interfaces of this computer are closed to this lab until you allow it: in "
                  "the window, or by “labctl allow” with its file.");
      if (lab_node_get_interface (node) == NULL)
        return _ ("No interface is named; give this device one.");
      return NULL;
    case LAB_NODE_TUNNEL:
      if (missing != 0)
        return _ ("Tunnels are closed to this lab until you allow it: in the window, or by "
                  "“labctl allow” with its file.");
      if (lab_node_get_tunnel_port (node) == 0 || lab_node_get_remote (node) == NULL)
        return _ ("It is not said where the tunnel leads; give it a port and another end.");
      return NULL;
    case LAB_NODE_PLACEHOLDER:
      return _ ("This is a foreign node: it is kept in the lab, but cannot run.");
    case LAB_NODE_IOU:
    case LAB_NODE_SWITCH:
    case LAB_NODE_HUB:
    case LAB_NODE_FRAME_RELAY_SWITCH:
    default:
      return NULL;
    }
}

/* Whether it may run now can change with its settings and with the user's will. */
static gboolean
update_message (LabEngine *self, LabEngineNode *record, LabNode *node)
{
  const char *message;

  if (record->kind != LAB_NODE_NAT && record->kind != LAB_NODE_TAP &&
      record->kind != LAB_NODE_TUNNEL)
    return FALSE;
  message = kind_message (node, self->rights);
  if (g_strcmp0 (message, record->message) == 0)
    return FALSE;
  g_free (record->message);
  record->message = g_strdup (message);
  g_clear_pointer (&record->problem, g_free);
  record->refused = FALSE;
  lab_engine_touch (self, record);
  return TRUE;
}

void
lab_engine_check_rights (LabEngine *self)
{
  gboolean changed = FALSE;

  self->rights = lab_rights_load (self->run_dir->uuid);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *record = self->nodes->pdata[i];
      LabNode *node = lab_topology_find_node_by_id (self->topology, record->id);

      if (node != NULL)
        changed |= update_message (self, record, node);
    }
  if (changed)
    lab_engine_sync_relay (self, NULL);
}

/* The device of a node that was removed and has come back (an undo) before it was down. */
static LabDevice *
revive_device (LabEngine *self, LabNode *node)
{
  for (guint i = 0; i < self->retired->len; i++)
    {
      LabDevice *device = self->retired->pdata[i];

      if (lab_device_get_id (device) == lab_node_get_id (node))
        {
          g_ptr_array_remove_index_fast (self->retired, i);
          lab_device_set_name (device, lab_node_get_name (node));
          lab_device_set_wanted (device, lab_settings_new (node));
          return device;
        }
    }
  return NULL;
}

static LabEngineNode *
add_node (LabEngine *self, LabNode *node, LabEngineBatch *batch)
{
  LabEngineNode *record = g_new0 (LabEngineNode, 1);
  g_autoptr (GError) error = NULL;

  record->id = lab_node_get_id (node);
  record->name = g_strdup (lab_node_get_name (node));
  record->kind = lab_node_get_kind (node);
  record->message = g_strdup (kind_message (node, self->rights));
  if (record->kind == LAB_NODE_IOU)
    record->device = revive_device (self, node);
  if (record->kind == LAB_NODE_IOU && record->device == NULL)
    record->device =
        lab_device_new (&self->context, record->id, record->name, lab_settings_new (node), &error);
  if (error != NULL)
    record->message = g_strdup (error->message);
  if (record->message != NULL)
    lab_engine_batch_warn (batch, "%s: %s", record->name, record->message);
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (record->id), record);
  lab_engine_touch (self, record);
  return record;
}

static void
update_node (LabEngine *self, LabEngineNode *record, LabNode *node, LabEngineBatch *batch)
{
  const char *name = lab_node_get_name (node);
  LabNodeState state;

  if (!g_str_equal (record->name, name))
    {
      lab_engine_add_removed (self, record->name);
      g_free (record->name);
      record->name = g_strdup (name);
      lab_engine_touch (self, record);
    }
  update_message (self, record, node);
  if (record->message != NULL)
    lab_engine_batch_warn (batch, "%s: %s", record->name, record->message);
  if (record->device == NULL)
    return;

  lab_device_set_name (record->device, name);
  lab_device_set_wanted (record->device, lab_settings_new (node));
  lab_device_get_state (record->device, &state);
  if (state.restart_needed)
    lab_engine_batch_warn (batch, _ ("%s: its new settings count from its next start; reload it."),
                           name);
}

/* @table: made when the first device has to be stopped. */
static void
retire_node (LabEngine *self, LabEngineNode *record, LabProcessTable **table)
{
  LabDevice *device = g_steal_pointer (&record->device);

  lab_engine_add_removed (self, record->name);
  g_hash_table_remove (self->by_id, GUINT_TO_POINTER (record->id));
  if (device == NULL)
    return;

  g_ptr_array_add (self->retired, device);
  if (lab_device_is_active (device))
    {
      if (*table == NULL)
        *table = lab_process_table_new ();
      lab_device_stop (device, *table);
    }
  lab_engine_free_retired (self);
}

static void
retire_missing (LabEngine *self)
{
  g_autoptr (LabProcessTable) table = NULL;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *record = self->nodes->pdata[i];
      LabNode *node = lab_topology_find_node_by_id (self->topology, record->id);

      record->present = node != NULL && lab_node_get_kind (node) == record->kind;
      if (!record->present)
        retire_node (self, record, &table);
    }
}

/* The records in the order of the document; those that went are freed. */
static void
apply_nodes (LabEngine *self, LabEngineBatch *batch)
{
  GListModel *model = lab_topology_get_nodes (self->topology);
  guint n_nodes = g_list_model_get_n_items (model);
  g_autoptr (GPtrArray) old = NULL;

  retire_missing (self);
  old = self->nodes;
  g_ptr_array_set_free_func (old, NULL);
  self->nodes = g_ptr_array_new_full (n_nodes, (GDestroyNotify) lab_engine_node_free);
  g_hash_table_remove_all (self->by_name);
  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (model, i);
      LabEngineNode *record =
          g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (lab_node_get_id (node)));

      if (record != NULL)
        update_node (self, record, node, batch);
      else
        record = add_node (self, node, batch);
      g_ptr_array_add (self->nodes, record);
      g_hash_table_insert (self->by_name, record->name, record);
    }
  for (guint i = 0; i < old->len; i++)
    {
      LabEngineNode *record = old->pdata[i];

      if (!record->present)
        lab_engine_node_free (record);
    }
}

static gboolean
has_foreign_images (LabEngine *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *node = self->nodes->pdata[i];

      if (node->device != NULL && !lab_images_is_open (lab_device_get_wanted (node->device)->image))
        return TRUE;
    }
  return FALSE;
}

/* The form of the licence file is all that is looked at, and never more than a warning. */
static void
check_iourc (LabEngine *self, LabEngineBatch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *iourc = has_foreign_images (self) ? lab_licence_find () : NULL;

  if (iourc != NULL && !iou_licence_check_file (iourc, g_get_host_name (), &error))
    lab_engine_batch_warn (batch, "%s", error->message);
}

gboolean
lab_engine_apply (LabEngine *self,
                  const char *document,
                  const char *path,
                  LabEngineApplied done,
                  gpointer user_data,
                  GError **error)
{
  g_autoptr (LabTopology) topology =
      lab_file_parse (document, strlen (document), *path != '\0' ? path : _ ("the lab"), error);
  LabEngineBatch *batch;

  if (topology == NULL)
    return FALSE;
  if (!g_str_equal (lab_topology_get_uuid (topology), self->run_dir->uuid))
    {
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_DOCUMENT,
                   _ ("This engine runs the lab %s, and the document is the lab %s."),
                   self->run_dir->uuid, lab_topology_get_uuid (topology));
      return FALSE;
    }

  g_set_object (&self->topology, topology);
  g_free (self->path);
  self->path = g_strdup (path);
  self->rights = lab_rights_load (self->run_dir->uuid);
  batch = lab_engine_batch_new (self, done, user_data);
  apply_nodes (self, batch);
  check_iourc (self, batch);
  lab_engine_sync_relay (self, batch);
  return TRUE;
}

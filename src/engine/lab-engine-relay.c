/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * What the relay should hold follows from the document and from the settings that devices run with.
 * It is worked out anew each time and compared with what the relay was told; only the differences
 * are sent, without waiting. What the relay refuses is taken out of what it was told, so the next
 * Apply tries again and says so again.
 *
 * An Apply answers its client when the relay has answered all its commands: that is a batch. While
 * the relay is being started batches wait for it, but not for ever. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "lab-engine-private.h"
#include "lab-impair.h"

#define PATIENCE_SECONDS 5

struct _LabEngineBatch
{
  LabEngine *engine;
  GPtrArray *warnings;
  guint outstanding; /* answers of the relay */
  guint timer;
  gboolean answered;
  LabEngineApplied done;
  gpointer user_data;
};

/* One command whose answer is awaited. */
typedef struct
{
  LabEngine *engine;
  LabEngineBatch *batch; /* (nullable) */
  char *key;
  char *title;
} Call;

LabEngineBatch *
lab_engine_batch_new (LabEngine *self, LabEngineApplied done, gpointer user_data)
{
  LabEngineBatch *batch = g_new0 (LabEngineBatch, 1);

  batch->engine = self;
  batch->warnings = g_ptr_array_new_with_free_func (g_free);
  batch->done = done;
  batch->user_data = user_data;
  return batch;
}

void
lab_engine_batch_warn (LabEngineBatch *batch, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (batch->warnings, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
batch_answer (LabEngineBatch *batch)
{
  if (batch->answered)
    return;

  batch->answered = TRUE;
  g_clear_handle_id (&batch->timer, g_source_remove);
  g_ptr_array_add (batch->warnings, NULL);
  batch->done (batch->engine, (const char *const *) batch->warnings->pdata, batch->user_data);
}

static void
batch_release (LabEngineBatch *batch)
{
  if (--batch->outstanding > 0)
    return;
  batch_answer (batch);
  g_ptr_array_unref (batch->warnings);
  g_free (batch);
}

static gboolean
batch_timeout (gpointer user_data)
{
  LabEngineBatch *batch = user_data;

  batch->timer = 0;
  lab_engine_batch_warn (batch, "%s",
                         _ ("The relay does not answer; links may not work until it does."));
  batch_answer (batch);
  return G_SOURCE_REMOVE;
}

/* The node that a command was about; NULL: it was about a link, or the node is gone. */
static LabEngineNode *
find_by_key (LabEngine *self, const char *key)
{
  if (key[0] != 'n' || strchr (key, '=') != NULL)
    return NULL;
  return g_hash_table_lookup (self->by_id,
                              GUINT_TO_POINTER ((guint) g_ascii_strtoull (key + 1, NULL, 10)));
}

/* What the relay could not do for a node stays in its state until it could. */
static void
note_answer (LabEngine *self, const char *key, const char *refusal)
{
  LabEngineNode *node = find_by_key (self, key);
  gboolean whole = strchr (key, ' ') == NULL;

  if (node == NULL || (refusal == NULL && (node->problem == NULL || node->refused != whole)))
    return;
  g_free (node->problem);
  node->problem = g_strdup (refusal);
  node->refused = refusal != NULL && whole;
  lab_engine_touch (self, node);
}

static void
command_done (LabRelayAnswer answer, const char *text, gpointer user_data)
{
  Call *call = user_data;

  if (answer != LAB_RELAY_LOST)
    note_answer (call->engine, call->key, answer == LAB_RELAY_ERROR ? text : NULL);
  if (answer == LAB_RELAY_ERROR)
    {
      g_message ("relay: %s: %s", call->title, text);
      if (call->engine->told != NULL)
        lab_relay_plan_forget (call->engine->told, call->key);
      if (call->batch != NULL && !call->batch->answered)
        lab_engine_batch_warn (call->batch, "%s: %s", call->title, text);
    }
  if (call->batch != NULL)
    batch_release (call->batch);
  g_free (call->key);
  g_free (call->title);
  g_free (call);
}

static char *
port_arguments (LabNode *node, guint number)
{
  LabSwitchPort port;

  if (!lab_node_get_switch_port (node, number, &port))
    return g_strdup ("access 1");
  if (port.mode == LAB_SWITCH_ACCESS)
    return g_strdup_printf ("access %u", port.vlan);
  if (port.mode == LAB_SWITCH_QINQ)
    return g_strdup_printf ("qinq %u", port.vlan);
  if (port.allowed == NULL)
    return g_strdup_printf ("trunk native=%u", port.vlan);
  return g_strdup_printf ("trunk native=%u allowed=%s", port.vlan, port.allowed);
}

static void
plan_switch (LabRelayPlan *plan, LabNode *node, const char *relay_name)
{
  guint n_ports = lab_node_get_n_ports (node);
  g_autofree char *arguments =
      g_strdup_printf ("ports=%u ageing=%u", n_ports, lab_node_get_ageing (node));
  g_auto (GStrv) ports = g_new0 (char *, n_ports + 1);

  for (guint i = 0; i < n_ports; i++)
    ports[i] = port_arguments (node, i);
  lab_relay_plan_add_device (plan, "switch", relay_name, arguments, (const char *const *) ports,
                             lab_node_get_name (node));
}

static void
plan_frame_relay (LabRelayPlan *plan, LabNode *node, const char *relay_name)
{
  g_autofree char *arguments = g_strdup_printf ("ports=%u", lab_node_get_n_ports (node));
  LabPvc pvc;

  lab_relay_plan_add_device (plan, "frame-relay", relay_name, arguments, NULL,
                             lab_node_get_name (node));
  for (guint i = 0; lab_node_get_pvc (node, i, &pvc); i++)
    {
      g_autofree char *map =
          g_strdup_printf ("%u:%u %u:%u", pvc.port[0], pvc.dlci[0], pvc.port[1], pvc.dlci[1]);

      lab_relay_plan_add_part (plan, "frame-relay", relay_name, map, lab_node_get_name (node));
    }
}

static void
plan_nat (LabRelayPlan *plan, LabNode *node, const char *relay_name)
{
  LabForward forward;

  lab_relay_plan_add_device (plan, "nat", relay_name,
                             lab_node_get_host_access (node) ? "host-access=on" : "host-access=off",
                             NULL, lab_node_get_name (node));
  for (guint i = 0; lab_node_get_forward (node, i, &forward); i++)
    {
      g_autofree char *arguments =
          g_strdup_printf ("%s %u %s %u", forward.udp ? "udp" : "tcp", forward.host_port,
                           forward.guest, forward.guest_port);

      lab_relay_plan_add_part (plan, "nat", relay_name, arguments, lab_node_get_name (node));
    }
}

static void
plan_node (LabEngine *self, LabRelayPlan *plan, LabNode *node)
{
  LabEngineNode *record =
      g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (lab_node_get_id (node)));
  g_autofree char *relay_name = g_strdup_printf ("n%u", lab_node_get_id (node));
  g_autofree char *arguments = NULL;

  switch (lab_node_get_kind (node))
    {
    case LAB_NODE_IOU:
      if (record == NULL || record->device == NULL)
        break;
      g_free (record->told_instance);
      record->told_instance = lab_device_dup_instance (record->device);
      lab_relay_plan_add_instance (plan, record->id, record->told_instance, record->name);
      break;
    case LAB_NODE_SWITCH:
      plan_switch (plan, node, relay_name);
      break;
    case LAB_NODE_HUB:
      arguments = g_strdup_printf ("ports=%u", lab_node_get_n_ports (node));
      lab_relay_plan_add_device (plan, "hub", relay_name, arguments, NULL,
                                 lab_node_get_name (node));
      break;
    case LAB_NODE_FRAME_RELAY_SWITCH:
      plan_frame_relay (plan, node, relay_name);
      break;
    case LAB_NODE_NAT:
      if (record != NULL && record->message == NULL)
        plan_nat (plan, node, relay_name);
      break;
    case LAB_NODE_TAP:
      if (record == NULL || record->message != NULL)
        break;
      arguments = g_strdup_printf ("interface=%s", lab_node_get_interface (node));
      lab_relay_plan_add_device (plan, "tap", relay_name, arguments, NULL,
                                 lab_node_get_name (node));
      break;
    case LAB_NODE_TUNNEL:
      if (record == NULL || record->message != NULL)
        break;
      arguments = g_strdup_printf ("port=%u remote=%s", lab_node_get_tunnel_port (node),
                                   lab_node_get_remote (node));
      lab_relay_plan_add_device (plan, "tunnel", relay_name, arguments, NULL,
                                 lab_node_get_name (node));
      break;
    case LAB_NODE_PLACEHOLDER:
    default:
      break;
    }
}

/* A device that runs has the ports it was started with. */
static gboolean
device_has_port (LabDevice *device, const LabPort *port)
{
  const LabSettings *now = lab_device_get_settings (device);
  const LabSettings *wanted = lab_device_get_wanted (device);

  if (port->kind == LAB_PORT_ETHERNET)
    return port->bay < now->ethernet;
  return now->ethernet == wanted->ethernet && port->bay < now->ethernet + now->serial;
}

/* The end of a link as the relay writes it. NULL: it cannot be linked (now); @waits: until a device
 * is started again. */
static char *
find_end (LabEngine *self, LabLink *link, guint end, gboolean *waits)
{
  LabNode *node = lab_topology_find_node (self->topology, lab_link_get_node_name (link, end));
  LabEngineNode *record = NULL;
  LabPort port;

  if (node == NULL || !lab_node_find_port (node, lab_link_get_port_name (link, end), &port))
    return NULL;
  record = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (lab_node_get_id (node)));
  if (record == NULL || record->message != NULL)
    return NULL;
  if (record->device == NULL)
    return g_strdup_printf ("n%u:%u", record->id, port.unit);
  if (device_has_port (record->device, &port))
    return g_strdup_printf ("%u:%u/%u", record->id, port.bay, port.unit);

  *waits = TRUE;
  return NULL;
}

static void
plan_link (LabEngine *self, LabRelayPlan *plan, LabLink *link, LabEngineBatch *batch)
{
  gboolean waits = FALSE;
  g_autofree char *title = lab_link_dup_title (link);
  g_autofree char *end_a = find_end (self, link, 0, &waits);
  g_autofree char *end_b = find_end (self, link, 1, &waits);

  if (end_a != NULL && end_b != NULL)
    {
      gboolean plugged;
      g_autoptr (LabLink) now = lab_engine_timeline_link (self, link, &plugged);
      g_autofree char *impair_a = lab_link_dup_impairment (now, 0);
      g_autofree char *impair_b = lab_link_dup_impairment (now, 1);

      lab_relay_plan_add_link (plan, end_a, end_b, plugged, title);
      lab_relay_plan_impair_link (plan, end_a, end_b, impair_a, impair_b);
    }
  else if (waits && batch != NULL)
    lab_engine_batch_warn (
        batch, _ ("%s: the running device does not have this port yet; reload it."), title);
}

static LabRelayPlan *
build_plan (LabEngine *self, LabEngineBatch *batch)
{
  LabRelayPlan *plan = lab_relay_plan_new ();
  GListModel *nodes = lab_topology_get_nodes (self->topology);
  GListModel *links = lab_topology_get_links (self->topology);
  guint n_nodes = g_list_model_get_n_items (nodes);
  guint n_links = g_list_model_get_n_items (links);

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      plan_node (self, plan, node);
    }
  for (guint i = 0; i < n_links; i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);

      plan_link (self, plan, link, batch);
    }
  return plan;
}

static void
send_commands (LabEngine *self, GPtrArray *commands, LabEngineBatch *batch)
{
  for (guint i = 0; i < commands->len; i++)
    {
      LabRelayCommand *command = commands->pdata[i];
      Call *call = g_new0 (Call, 1);

      call->engine = self;
      call->batch = batch;
      call->key = g_steal_pointer (&command->key);
      call->title = g_steal_pointer (&command->title);
      if (batch != NULL)
        batch->outstanding++;
      lab_relay_send (self->context.relay, command->line, command_done, call);
    }
}

void
lab_engine_sync_relay (LabEngine *self, LabEngineBatch *batch)
{
  g_autoptr (LabRelayPlan) plan = self->topology ? build_plan (self, batch) : NULL;
  g_autoptr (GPtrArray) commands = NULL;

  if (batch != NULL)
    {
      batch->outstanding++; /* ours, until all commands are sent */
      if (batch->timer == 0)
        batch->timer = g_timeout_add_seconds (PATIENCE_SECONDS, batch_timeout, batch);
    }
  if (!lab_relay_is_up (self->context.relay))
    {
      if (batch != NULL)
        g_ptr_array_add (self->waiting, batch);
      return;
    }

  if (plan != NULL)
    {
      commands = lab_relay_plan_compare (self->told, plan);
      g_clear_pointer (&self->told, lab_relay_plan_free);
      self->told = g_steal_pointer (&plan);
      lab_engine_sync_recorder (self);
      send_commands (self, commands, batch);
    }
  if (batch != NULL)
    batch_release (batch);
}

void
lab_engine_sync_node (LabEngine *self, LabEngineNode *node)
{
  g_autofree char *instance = lab_device_dup_instance (node->device);

  if (g_strcmp0 (instance, node->told_instance) != 0)
    lab_engine_sync_relay (self, NULL);
}

static void
set_blocked (LabEngine *self, LabEngineNode *record, guint64 blocked)
{
  LabNode *node = lab_topology_find_node_by_id (self->topology, record->id);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n_names = 0;
  LabPort port;

  if (blocked == record->blocked)
    return;
  record->blocked = blocked;
  g_clear_pointer (&record->loop, g_free);
  for (guint i = 0; node != NULL && lab_node_get_port (node, i, &port); i++)
    if (blocked >> i & 1)
      g_string_append_printf (names, "%s%s", n_names++ > 0 ? ", " : "", port.name);
  if (n_names > 0)
    record->loop = g_strdup_printf (
        ngettext ("There is a switching loop. Port %s is blocked until a cable of the loop is "
                  "pulled.",
                  "There are switching loops. Ports %s are blocked until a cable of each loop is "
                  "pulled.",
                  n_names),
        names->str);
  if (record->loop != NULL)
    g_message ("%s: %s", record->name, record->loop);
  lab_engine_touch (self, record);
}

void
lab_engine_relay_said (LabEngine *self, const char *text)
{
  gboolean over = g_str_has_prefix (text, "loop-over ");
  LabEngineNode *record;
  guint id;
  guint port;

  if (g_str_has_prefix (text, "capture-"))
    lab_engine_captures_said (self);
  else if (g_str_has_prefix (text, "record-saved "))
    lab_engine_recorder_said (self, text + strlen ("record-saved "), TRUE);
  else if (g_str_has_prefix (text, "record-failed "))
    lab_engine_recorder_said (self, text + strlen ("record-failed "), FALSE);
  if (self->topology == NULL ||
      sscanf (text, over ? "loop-over n%u:%u" : "loop n%u:%u", &id, &port) != 2 || port >= 64)
    return;
  record = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id));
  if (record == NULL)
    return;
  if (over)
    set_blocked (self, record, record->blocked & ~(G_GUINT64_CONSTANT (1) << port));
  else
    set_blocked (self, record, record->blocked | G_GUINT64_CONSTANT (1) << port);
}

/* A relay that was started again has found no loop yet. */
static void
forget_loops (LabEngine *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    set_blocked (self, self->nodes->pdata[i], 0);
}

void
lab_engine_relay_up (LabEngine *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);
  g_autoptr (GPtrArray) commands = NULL;

  self->waiting = g_ptr_array_new ();
  g_clear_pointer (&self->told, lab_relay_plan_free);
  if (self->topology != NULL)
    {
      forget_loops (self);
      self->told = build_plan (self, NULL);
      self->told_recorder = 0;
      lab_engine_sync_recorder (self);
      commands = lab_relay_plan_compare (NULL, self->told);
      /* What it refuses is told to the first that waits. */
      send_commands (self, commands, waiting->len > 0 ? waiting->pdata[0] : NULL);
    }
  for (guint i = 0; i < waiting->len; i++)
    batch_release (waiting->pdata[i]);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *node = self->nodes->pdata[i];

      if (node->device != NULL)
        lab_device_relay_up (node->device);
    }
}

void
lab_engine_clear_relay (LabEngine *self)
{
  g_clear_pointer (&self->told, lab_relay_plan_free);
  for (guint i = 0; i < self->waiting->len; i++)
    batch_release (self->waiting->pdata[i]);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
}

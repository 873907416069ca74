/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the engine says of each device, onto the nodes of the document.
 *
 * Devices are known by their id: the engine may not have heard yet that a node was renamed. Only
 * what the client says has changed is looked at; all nodes are gone through when the document's
 * list changed, after an Apply, and when an engine comes or goes. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-client-start.h"
#include "lab-session-private.h"

/* The exit code of a device that could not even be started. */
#define NOT_STARTED (-1)

static LabRunState
run_state (LabClientState state)
{
  static const LabRunState states[] = {
    [LAB_CLIENT_STATE_UNKNOWN] = LAB_RUN_OFF,
    [LAB_CLIENT_STATE_STOPPED] = LAB_RUN_STOPPED,
    [LAB_CLIENT_STATE_STARTING] = LAB_RUN_STARTING,
    [LAB_CLIENT_STATE_BOOTING] = LAB_RUN_BOOTING,
    [LAB_CLIENT_STATE_READY] = LAB_RUN_READY,
    [LAB_CLIENT_STATE_FROZEN] = LAB_RUN_FROZEN,
    [LAB_CLIENT_STATE_STOPPING] = LAB_RUN_STOPPING,
    [LAB_CLIENT_STATE_CRASHED] = LAB_RUN_CRASHED,
    [LAB_CLIENT_STATE_BUILTIN] = LAB_RUN_BUILTIN,
    [LAB_CLIENT_STATE_UNSUPPORTED] = LAB_RUN_UNSUPPORTED,
  };

  return state < G_N_ELEMENTS (states) ? states[state] : LAB_RUN_OFF;
}

static const char *
why_missing (LabSession *self, LabNode *node)
{
  return self->missing != NULL ? g_hash_table_lookup (self->missing, lab_node_get_name (node))
                               : NULL;
}

static void
set_node (LabSession *self,
          LabNode *node,
          LabRunState state,
          const char *message,
          gboolean restart_needed)
{
  LabRunState before = lab_node_get_run_state (node);
  const char *missing = why_missing (self, node);
  gboolean started = !lab_run_state_is_running (before) && lab_run_state_is_running (state);

  /* It would only fail to start; whoever looks shall know before. */
  if (missing != NULL && (state == LAB_RUN_OFF || state == LAB_RUN_STOPPED))
    {
      state = LAB_RUN_UNSUPPORTED;
      message = missing;
    }
  lab_node_set_run (node, state, message, restart_needed);
  if (before == state)
    return;
  if (state == LAB_RUN_CRASHED && before != LAB_RUN_OFF)
    g_ptr_array_add (self->crashed, g_strdup (lab_node_get_name (node)));
  lab_session_emit_node (self, node, started);
}

static void
take_remote (LabSession *self, LabClientNode *remote)
{
  guint id = lab_client_node_get_id (remote);
  LabNode *node = lab_topology_find_node_by_id (self->topology, id);

  if (node != NULL && id != 0)
    set_node (self, node, run_state (lab_client_node_get_state (remote)),
              lab_client_node_get_message (remote), lab_client_node_get_restart_needed (remote));
}

static void
remote_changed_cb (LabClientNode *remote, LabSession *self)
{
  take_remote (self, remote);
}

static void
watch_remotes (LabSession *self, GListModel *remotes, guint position, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (LabClientNode) remote = g_list_model_get_item (remotes, i);

      g_signal_connect_object (remote, "changed", G_CALLBACK (remote_changed_cb), self, 0);
      take_remote (self, remote);
    }
}

static void
remotes_changed_cb (
    GListModel *remotes, guint position, guint removed, guint added, LabSession *self)
{
  watch_remotes (self, remotes, position, added);
}

static void
count (LabSession *self)
{
  GListModel *nodes = lab_topology_get_nodes (self->topology);
  guint n_nodes = g_list_model_get_n_items (nodes);
  guint n_running = 0;
  guint n_changing = 0;
  guint n_devices = 0;

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);
      LabRunState state = lab_node_get_run_state (node);

      n_devices += lab_node_get_kind (node) == LAB_NODE_IOU;
      n_running += lab_run_state_is_running (state);
      n_changing += state == LAB_RUN_STARTING || state == LAB_RUN_STOPPING;
    }
  lab_session_set_counts (self, n_running, n_changing, n_devices);
}

/* One toast for all that crashed within a tick. */
static void
say_crashed (LabSession *self)
{
  g_autofree char *text = NULL;
  g_autofree char *detail = NULL;
  LabNode *node;

  if (self->crashed->len == 0)
    return;
  if (self->crashed->len == 1)
    {
      const char *name = g_ptr_array_index (self->crashed, 0);

      node = lab_topology_find_node (self->topology, name);
      /* Translators: a toast; a node's name */
      text = g_strdup_printf (_ ("%s crashed"), name);
      lab_session_say (self, LAB_SESSION_ERROR, text,
                       node != NULL ? lab_node_get_run_message (node) : NULL);
    }
  else
    {
      text =
          g_strdup_printf (ngettext ("%u device crashed", "%u devices crashed", self->crashed->len),
                           self->crashed->len);
      detail = lab_client_dup_failures (self->client);
      lab_session_say (self, LAB_SESSION_ERROR, text, detail);
    }
  g_ptr_array_set_size (self->crashed, 0);
}

/* Devices that could not be started at all (an image is missing): what the first of them says, and
 * who else. FALSE: all could. */
static gboolean
find_unstarted (LabSession *self, GString *text)
{
  GListModel *remotes = lab_client_get_nodes (self->client);
  guint n_remotes = g_list_model_get_n_items (remotes);
  guint n = 0;

  for (guint i = 0; i < n_remotes; i++)
    {
      g_autoptr (LabClientNode) remote = g_list_model_get_item (remotes, i);

      if (lab_client_node_get_state (remote) != LAB_CLIENT_STATE_CRASHED ||
          lab_client_node_get_exit_code (remote) != NOT_STARTED)
        continue;
      if (n++ == 0)
        g_string_printf (text, "%s: %s", lab_client_node_get_name (remote),
                         lab_client_node_get_message (remote));
    }
  if (n > 1)
    /* Translators: after what one device says that cannot be started */
    g_string_append_printf (
        text, ngettext (" (and %u more device)", " (and %u more devices)", n - 1), n - 1);

  return n > 0;
}

static gboolean
has_state (LabSession *self, LabClientState one, LabClientState other)
{
  GListModel *remotes = lab_client_get_nodes (self->client);
  guint n_remotes = g_list_model_get_n_items (remotes);

  for (guint i = 0; i < n_remotes; i++)
    {
      g_autoptr (LabClientNode) remote = g_list_model_get_item (remotes, i);
      LabClientState state = lab_client_node_get_state (remote);

      if (state == one || state == other)
        return TRUE;
    }

  return FALSE;
}

/* What became of the last start, while it still is so. FALSE: nothing to say. */
static gboolean
find_failed (LabSession *self, const LabClientStart *start, GString *text)
{
  guint n_late = g_strv_length (start->late);

  if (start->failed > 0 && has_state (self, LAB_CLIENT_STATE_CRASHED, LAB_CLIENT_STATE_CRASHED))
    g_string_append_printf (text,
                            ngettext ("%u of %u device did not start.",
                                      "%u of %u devices did not start.", start->total),
                            start->failed, start->total);
  if (n_late > 0 && has_state (self, LAB_CLIENT_STATE_STARTING, LAB_CLIENT_STATE_BOOTING))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", start->late[n_late - 1]);

  return text->len > 0;
}

static void
update_progress (LabSession *self, const LabClientStart *start)
{
  g_autofree char *failed = NULL;
  g_autofree char *text = NULL;

  /* A single device is seen to start where it is. */
  if (!start->active || start->total < 2)
    {
      lab_session_set_progress (self, NULL);
      return;
    }
  /* Translators: after “Starting 12 of 34” */
  failed = g_strdup_printf (_ (", %u failed"), start->failed);
  /* Translators: how many devices are ready of those that were started, as in “Starting 12 of 34”
   */
  text = g_strdup_printf (_ ("Starting %u of %u%s"), start->ready, start->total,
                          start->failed > 0 ? failed : "");
  lab_session_set_progress (self, text);
}

static void
update_warning (LabSession *self, const LabClientStart *start)
{
  GVariant *facts = lab_client_get_engine_facts (self->client);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *reason = "";
  gboolean sandbox = TRUE;

  if (find_unstarted (self, text) || find_failed (self, start, text))
    lab_session_set_warning (self, LAB_SESSION_WARNING_START, text->str);
  else if (!g_variant_lookup (facts, "sandbox", "b", &sandbox) || sandbox)
    lab_session_set_warning (self, LAB_SESSION_WARNING_NONE, NULL);
  else
    {
      g_variant_lookup (facts, "sandbox-reason", "&s", &reason);
      g_string_printf (text, _ ("There is no sandbox for devices. %s"), reason);
      lab_session_set_warning (self, LAB_SESSION_WARNING_SANDBOX, text->str);
    }
}

char *
lab_session_dup_failures (LabSession *self)
{
  g_auto (LabClientStart) start = { 0 };
  g_autofree char *late = NULL;
  g_autofree char *failures = NULL;

  g_return_val_if_fail (LAB_IS_SESSION (self), NULL);

  if (self->client == NULL || self->engine != LAB_SESSION_ENGINE_ON)
    return NULL;
  lab_client_get_start (self->client, &start);
  late = g_strjoinv ("\n", start.late);
  failures = lab_client_dup_failures (self->client);
  if (failures == NULL)
    return *late != '\0' ? g_steal_pointer (&late) : NULL;

  return g_strconcat (late, *late != '\0' ? "\n" : "", failures, NULL);
}

static void
client_changed_cb (LabSession *self)
{
  g_auto (LabClientStart) start = { 0 };

  lab_client_get_start (self->client, &start);
  count (self);
  say_crashed (self);
  update_progress (self, &start);
  update_warning (self, &start);
  lab_session_record_changed (self);
}

void
lab_session_mirror_attach (LabSession *self)
{
  GListModel *remotes = lab_client_get_nodes (self->client);

  g_signal_connect_object (remotes, "items-changed", G_CALLBACK (remotes_changed_cb), self, 0);
  g_signal_connect_swapped (self->client, "changed", G_CALLBACK (client_changed_cb), self);
  watch_remotes (self, remotes, 0, g_list_model_get_n_items (remotes));
  lab_session_mirror_sync (self);
  lab_session_record_attached (self);
  client_changed_cb (self);
}

void
lab_session_mirror_detach (LabSession *self, LabClient *client)
{
  GListModel *remotes = lab_client_get_nodes (client);
  guint n_remotes = g_list_model_get_n_items (remotes);

  lab_session_set_progress (self, NULL);
  g_signal_handlers_disconnect_by_data (remotes, self);
  for (guint i = 0; i < n_remotes; i++)
    {
      g_autoptr (LabClientNode) remote = g_list_model_get_item (remotes, i);

      g_signal_handlers_disconnect_by_data (remote, self);
    }
  lab_session_mirror_sync (self);
}

/* LabNode → LabClientNode, for those that the engine has. */
static GHashTable *
index_remotes (LabSession *self)
{
  GHashTable *index = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  GListModel *remotes;
  guint n_remotes;

  if (self->client == NULL || self->engine != LAB_SESSION_ENGINE_ON)
    return index;
  remotes = lab_client_get_nodes (self->client);
  n_remotes = g_list_model_get_n_items (remotes);
  for (guint i = 0; i < n_remotes; i++)
    {
      LabClientNode *remote = g_list_model_get_item (remotes, i);

      g_hash_table_insert (index, GUINT_TO_POINTER (lab_client_node_get_id (remote)), remote);
    }

  return index;
}

void
lab_session_mirror_sync (LabSession *self)
{
  g_autoptr (GHashTable) index = index_remotes (self);
  GListModel *nodes = lab_topology_get_nodes (self->topology);
  guint n_nodes = g_list_model_get_n_items (nodes);

  self->nodes_moved = FALSE;
  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);
      LabClientNode *remote =
          g_hash_table_lookup (index, GUINT_TO_POINTER (lab_node_get_id (node)));

      if (remote != NULL)
        take_remote (self, remote);
      else
        set_node (self, node, LAB_RUN_OFF, NULL, FALSE);
    }
  count (self);
}

GPtrArray *
lab_session_mirror_running (LabSession *self)
{
  GPtrArray *running = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *nodes = lab_topology_get_nodes (self->topology);
  guint n_nodes = g_list_model_get_n_items (nodes);

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);
      LabRunState state = lab_node_get_run_state (node);

      if (lab_run_state_is_running (state) && state != LAB_RUN_STOPPING)
        g_ptr_array_add (running, g_steal_pointer (&node));
    }

  return running;
}

static gboolean
same_texts (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  if (a == NULL || g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;
  g_hash_table_iter_init (&iter, b);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (g_strcmp0 (g_hash_table_lookup (a, key), value) != 0)
        return FALSE;
    }

  return TRUE;
}

void
lab_session_set_missing (LabSession *self, GHashTable *missing)
{
  g_return_if_fail (LAB_IS_SESSION (self));
  g_return_if_fail (missing != NULL);

  if (same_texts (self->missing, missing) ||
      (self->missing == NULL && g_hash_table_size (missing) == 0))
    return;
  g_clear_pointer (&self->missing, g_hash_table_unref);
  self->missing = g_hash_table_ref (missing);
  lab_session_mirror_sync (self);
}

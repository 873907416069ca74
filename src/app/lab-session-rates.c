/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rates and line states, from the relay's counters onto the links.
 *
 * The counters are shared memory that is looked at twice a second while an engine is on and the lab
 * is in sight; the relay notices nothing. A rate is what was sent into the cable at one end since
 * the look before. A slot that was given to another port meanwhile begins anew. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-session-private.h"

#define PERIOD_MS 500

/* What was seen of a link's ends the last time. */
typedef struct
{
  guint32 serial[2];
  guint64 bytes[2];
  guint64 frames[2];
} Seen;

/**
 * lab_session_get_counters:
 * @port_name: a port of @node
 * @counters: (out): what the relay counted there, as of the last look
 *
 * Returns: %FALSE while no engine runs, or nothing was counted at this port
 */
gboolean
lab_session_get_counters (LabSession *self,
                          LabNode *node,
                          const char *port_name,
                          RelayPortCounters *counters)
{
  LabPort port;
  char device[8];

  g_return_val_if_fail (LAB_IS_SESSION (self) && LAB_IS_NODE (node), FALSE);

  if (self->counters == NULL || !lab_node_find_port (node, port_name, &port))
    return FALSE;
  if (lab_node_get_kind (node) == LAB_NODE_IOU)
    return lab_client_counters_find_instance (self->counters, lab_node_get_id (node), port.bay,
                                              port.unit, counters);
  /* The engine calls a device inside the relay by its node's id. */
  g_snprintf (device, sizeof device, "n%u", lab_node_get_id (node));

  return lab_client_counters_find_device (self->counters, device, port.unit, counters);
}

static LabLineState
line_state (LabNode *node, const RelayPortCounters *counters)
{
  if (!lab_run_state_is_running (lab_node_get_run_state (node)))
    return LAB_LINE_UNKNOWN;
  switch (counters->line)
    {
    case RELAY_LINE_UP:
      return LAB_LINE_UP;
    case RELAY_LINE_DOWN:
      return LAB_LINE_DOWN;
    case RELAY_LINE_UNKNOWN:
    default:
      return LAB_LINE_UNKNOWN;
    }
}

static void
measure_end (
    Seen *seen, guint end, const RelayPortCounters *counters, double seconds, LabLinkRun *run)
{
  if (seen->serial[end] == counters->serial && seconds > 0 &&
      counters->in_bytes >= seen->bytes[end] && counters->in_frames >= seen->frames[end])
    {
      run->bits[end] = (double) (counters->in_bytes - seen->bytes[end]) * 8 / seconds;
      run->frames[end] = (double) (counters->in_frames - seen->frames[end]) / seconds;
    }
  seen->serial[end] = counters->serial;
  seen->bytes[end] = counters->in_bytes;
  seen->frames[end] = counters->in_frames;
}

static void
measure_link (LabSession *self, LabLink *link, double seconds)
{
  Seen *seen = g_hash_table_lookup (self->seen, link);
  LabLinkRun run = { 0 };

  if (seen == NULL)
    {
      seen = g_new0 (Seen, 1);
      g_hash_table_insert (self->seen, g_object_ref (link), seen);
    }
  for (guint end = 0; end < 2; end++)
    {
      LabNode *node = lab_topology_find_node (self->topology, lab_link_get_node_name (link, end));
      RelayPortCounters counters;

      if (node == NULL ||
          !lab_session_get_counters (self, node, lab_link_get_port_name (link, end), &counters))
        continue;
      run.line[end] = line_state (node, &counters);
      measure_end (seen, end, &counters, seconds, &run);
    }
  /* What is sent into a cable that is not plugged in goes nowhere. */
  if (!lab_link_get_plugged (link))
    {
      memset (run.bits, 0, sizeof run.bits);
      memset (run.frames, 0, sizeof run.frames);
    }
  run.captured = lab_session_is_captured (self, link);
  lab_link_set_run (link, &run);
}

static gboolean
has_left (gpointer key, gpointer value, gpointer user_data)
{
  LabSession *self = user_data;
  LabLink *link = key;
  LabLinkRun none = { 0 };

  if (lab_topology_find_link (self->topology, lab_link_get_node_name (link, 0),
                              lab_link_get_port_name (link, 0)) == link)
    return FALSE;
  lab_link_set_run (link, &none);

  return TRUE;
}

static gboolean
refresh (LabSession *self)
{
  const char *path = lab_client_get_counters_path (self->client);

  if (self->counters == NULL && *path != '\0')
    self->counters = lab_client_counters_open (path, NULL);
  else if (self->counters != NULL && !lab_client_counters_refresh (self->counters, NULL))
    g_clear_pointer (&self->counters, lab_client_counters_free);

  return self->counters != NULL;
}

static gboolean
tick_cb (gpointer user_data)
{
  LabSession *self = user_data;
  GListModel *links = lab_topology_get_links (self->topology);
  guint n_links = g_list_model_get_n_items (links);
  gint64 now = g_get_monotonic_time ();
  double seconds = self->measured_at != 0 ? (double) (now - self->measured_at) / G_USEC_PER_SEC : 0;

  /* While the relay is being started again there is nothing to see. */
  if (!refresh (self))
    return G_SOURCE_CONTINUE;
  /* Links that left the document must not be kept for ever; undo may bring them back. */
  if (g_hash_table_size (self->seen) > n_links)
    g_hash_table_foreach_remove (self->seen, has_left, self);
  for (guint i = 0; i < n_links; i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);

      measure_link (self, link, seconds);
    }
  self->measured_at = now;

  return G_SOURCE_CONTINUE;
}

static void
clear_links (LabSession *self)
{
  GHashTableIter iter;
  gpointer link;
  LabLinkRun none = { 0 };

  g_hash_table_iter_init (&iter, self->seen);
  while (g_hash_table_iter_next (&iter, &link, NULL))
    lab_link_set_run (link, &none);
  g_hash_table_remove_all (self->seen);
}

void
lab_session_rates_init (LabSession *self)
{
  self->seen = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  self->watched = TRUE;
}

void
lab_session_rates_update (LabSession *self)
{
  gboolean wanted = self->watched && self->engine == LAB_SESSION_ENGINE_ON;

  if (wanted && self->rates_source == 0)
    {
      self->rates_source = g_timeout_add (PERIOD_MS, tick_cb, self);
    }
  else if (!wanted)
    {
      g_clear_handle_id (&self->rates_source, g_source_remove);
      g_clear_pointer (&self->counters, lab_client_counters_free);
      self->measured_at = 0;
      if (self->engine != LAB_SESSION_ENGINE_ON)
        clear_links (self);
    }
}

/**
 * lab_session_set_watched:
 * @watched: whether somebody can see the links
 *
 * Rates and line states are kept up to date only while somebody sees them. The default is %TRUE.
 */
void
lab_session_set_watched (LabSession *self, gboolean watched)
{
  g_return_if_fail (LAB_IS_SESSION (self));

  self->watched = watched;
  lab_session_rates_update (self);
}

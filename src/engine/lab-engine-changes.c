/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * Each node carries the revision of its last change. Changes are collected and get a number
 * together, at once if the last number is a tenth of a second old, else when it is: so a lab that
 * boots costs ten messages a second, and one where nothing happens costs no timer. A client that
 * knows revision N is told of the nodes whose number is larger. Names that went are kept in a list
 * with their numbers; it is cut at some length, and who is older than that asks for everything. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include "lab-engine-private.h"

#define INTERVAL_US (G_USEC_PER_SEC / 10)
#define MAX_REMOVED 4096

typedef struct
{
  guint64 revision;
  char *name;
} Removed;

static void
removed_free (gpointer data)
{
  Removed *removed = data;

  g_free (removed->name);
  g_free (removed);
}

static gboolean
flush (gpointer user_data)
{
  LabEngine *self = user_data;

  self->flush_source = 0;
  lab_engine_get_revision (self);
  self->flushed_at = g_get_monotonic_time ();
  self->funcs->changed (self, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
schedule (LabEngine *self)
{
  gint64 wait;

  self->dirty = TRUE;
  if (self->flush_source != 0)
    return;
  wait = self->flushed_at + INTERVAL_US - g_get_monotonic_time ();
  if (wait <= 0)
    self->flush_source = g_idle_add_full (G_PRIORITY_DEFAULT, flush, self, NULL);
  else
    self->flush_source = g_timeout_add ((guint) (wait / 1000) + 1, flush, self);
}

void
lab_engine_touch (LabEngine *self, LabEngineNode *node)
{
  node->dirty = TRUE;
  schedule (self);
}

void
lab_engine_touch_facts (LabEngine *self)
{
  self->facts_dirty = TRUE;
  schedule (self);
}

void
lab_engine_add_removed (LabEngine *self, const char *name)
{
  Removed *removed = g_new0 (Removed, 1);

  removed->name = g_strdup (name);
  g_queue_push_tail (&self->removed, removed);
  while (self->removed.length > MAX_REMOVED)
    {
      Removed *oldest = g_queue_pop_head (&self->removed);

      self->removed_floor = oldest->revision;
      removed_free (oldest);
    }
  schedule (self);
}

void
lab_engine_clear_changes (LabEngine *self)
{
  g_clear_handle_id (&self->flush_source, g_source_remove);
  g_queue_clear_full (&self->removed, removed_free);
}

guint64
lab_engine_get_revision (LabEngine *self)
{
  if (!self->dirty)
    return self->revision;

  self->dirty = FALSE;
  self->revision++;
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *node = self->nodes->pdata[i];

      if (node->dirty)
        node->revision = self->revision;
      node->dirty = FALSE;
    }
  if (self->facts_dirty)
    self->facts_revision = self->revision;
  self->facts_dirty = FALSE;
  for (GList *l = self->removed.tail; l != NULL; l = l->prev)
    {
      Removed *removed = l->data;

      if (removed->revision != 0)
        break;
      removed->revision = self->revision;
    }
  return self->revision;
}

static GVariant *
build_node (LabEngineNode *node)
{
  LabNodeState state = { .name = node->name, .id = node->id, .ready_after = -1 };

  if (node->device != NULL)
    lab_device_get_state (node->device, &state);
  else
    {
      state.state = node->message || node->refused ? LAB_STATE_UNSUPPORTED : LAB_STATE_BUILTIN;
      state.message = node->message ? node->message : node->problem ? node->problem : node->loop;
    }
  return lab_node_state_to_variant (&state);
}

GVariant *
lab_engine_build_nodes (LabEngine *self, guint64 since)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *node = self->nodes->pdata[i];

      if (since == 0 || node->revision > since)
        g_variant_builder_add_value (&builder, build_node (node));
    }
  return g_variant_builder_end (&builder);
}

GVariant *
lab_engine_build_removed (LabEngine *self, guint64 since)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (GList *l = self->removed.head; l != NULL; l = l->next)
    {
      Removed *removed = l->data;

      /* A name that came back since is not gone. */
      if (removed->revision > since && !g_hash_table_contains (self->by_name, removed->name))
        g_variant_builder_add (&builder, "s", removed->name);
    }
  return g_variant_builder_end (&builder);
}

gboolean
lab_engine_knows_since (LabEngine *self, guint64 since)
{
  return since >= self->removed_floor;
}

static guint
read_max_dgram_qlen (void)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents ("/proc/sys/net/unix/max_dgram_qlen", &text, NULL, NULL))
    return 0;
  return (guint) g_ascii_strtoull (text, NULL, 10);
}

GVariant *
lab_engine_build_facts (LabEngine *self, guint64 since)
{
  g_autofree char *counters = g_build_filename (self->run_dir->path, "counters", NULL);
  LabRelay *relay = self->context.relay;
  LabSandbox *sandbox = self->context.sandbox;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  if (since == 0 || self->facts_revision > since)
    {
      g_variant_dict_insert (&dict, "relay-pid", "u", (guint) lab_relay_get_pid (relay));
      g_variant_dict_insert (&dict, "relay-restarts", "u", lab_relay_get_restarts (relay));
      g_variant_dict_insert (&dict, "counters", "s", counters);
      g_variant_dict_insert (&dict, "sandbox", "b", lab_sandbox_is_isolated (sandbox));
      g_variant_dict_insert (&dict, "sandbox-reason", "s", lab_sandbox_get_reason (sandbox));
      g_variant_dict_insert (&dict, "max-dgram-qlen", "u", read_max_dgram_qlen ());
      lab_engine_starts_add_facts (self, &dict);
      g_variant_dict_insert (&dict, "recorder", "u", self->told_recorder);
      g_variant_dict_insert_value (&dict, "captures", lab_engine_build_captures (self));
      g_variant_dict_insert_value (&dict, "timeline", lab_engine_build_timeline (self));
    }
  return g_variant_dict_end (&dict);
}

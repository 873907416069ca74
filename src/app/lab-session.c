/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One open lab: the object and what is asked of it. The parts are listed in lab-session-private.h.
 */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-session-private.h"

enum
{
  PROP_TITLE = 1,
  PROP_PATH,
  PROP_MODIFIED,
  PROP_ENGINE,
  PROP_N_RUNNING,
  PROP_N_DEVICES,
  PROP_BUSY,
  PROP_PROGRESS,
  PROP_WARNING,
  PROP_RECOVERY,
  N_PROPERTIES
};

enum
{
  MESSAGE,
  DOUBT,
  FILE_CHANGED,
  STARTED_NODE,
  NODE_STATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabSession, lab_session, G_TYPE_OBJECT)

static void
lab_session_dispose (GObject *object)
{
  LabSession *self = LAB_SESSION (object);

  lab_session_clear_engine (self);
  lab_session_orders_clear (self);
  lab_session_clear_file_work (self);
  lab_session_usage_clear (self);
  lab_session_watch_clear (self);
  lab_session_recovery_clear (self);
  self->engine = LAB_SESSION_ENGINE_OFF;
  lab_session_rates_update (self);
  if (self->history != NULL)
    g_signal_handlers_disconnect_by_data (self->history, self);
  if (self->topology != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->topology, self);
      g_signal_handlers_disconnect_by_data (lab_topology_get_nodes (self->topology), self);
    }

  G_OBJECT_CLASS (lab_session_parent_class)->dispose (object);
}

static void
lab_session_finalize (GObject *object)
{
  LabSession *self = LAB_SESSION (object);

  lab_session_record_clear (self);
  g_clear_pointer (&self->openers, g_ptr_array_unref);
  g_clear_pointer (&self->lost, g_ptr_array_unref);
  g_clear_pointer (&self->crashed, g_ptr_array_unref);
  g_clear_pointer (&self->samples, g_hash_table_unref);
  g_clear_pointer (&self->saved_ids, g_hash_table_unref);
  g_clear_pointer (&self->seen_names, g_hash_table_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->warned, g_hash_table_unref);
  g_clear_pointer (&self->settled, g_hash_table_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->progress, g_free);
  g_clear_pointer (&self->warning, g_free);
  g_clear_pointer (&self->missing, g_hash_table_unref);
  g_clear_object (&self->history);
  g_clear_object (&self->topology);

  G_OBJECT_CLASS (lab_session_parent_class)->finalize (object);
}

static void
lab_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LabSession *self = LAB_SESSION (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, lab_session_get_title (self));
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, lab_session_get_modified (self));
      break;
    case PROP_ENGINE:
      g_value_set_uint (value, self->engine);
      break;
    case PROP_N_RUNNING:
      g_value_set_uint (value, self->n_running);
      break;
    case PROP_N_DEVICES:
      g_value_set_uint (value, self->n_devices);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, lab_session_get_busy (self));
      break;
    case PROP_PROGRESS:
      g_value_set_string (value, self->progress);
      break;
    case PROP_WARNING:
      g_value_set_string (value, self->warning);
      break;
    case PROP_RECOVERY:
      g_value_set_boxed (value, self->recovery);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

#define FLAGS (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)

static void
install_properties (GObjectClass *object_class)
{
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, FLAGS);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, FLAGS);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, FLAGS);
  properties[PROP_ENGINE] =
      g_param_spec_uint ("engine", NULL, NULL, 0, LAB_SESSION_ENGINE_LOST, 0, FLAGS);
  properties[PROP_N_RUNNING] =
      g_param_spec_uint ("n-running", NULL, NULL, 0, LAB_MAX_NODES, 0, FLAGS);
  properties[PROP_N_DEVICES] =
      g_param_spec_uint ("n-devices", NULL, NULL, 0, LAB_MAX_NODES, 0, FLAGS);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, FLAGS);
  properties[PROP_PROGRESS] = g_param_spec_string ("progress", NULL, NULL, NULL, FLAGS);
  properties[PROP_WARNING] = g_param_spec_string ("warning", NULL, NULL, NULL, FLAGS);
  properties[PROP_RECOVERY] = g_param_spec_boxed ("recovery", NULL, NULL, LAB_TYPE_RECOVERY, FLAGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lab_session_class_init (LabSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lab_session_dispose;
  object_class->finalize = lab_session_finalize;
  object_class->get_property = lab_session_get_property;
  install_properties (object_class);

  signals[MESSAGE] = g_signal_new ("message", LAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_STRING, G_TYPE_STRING);
  signals[DOUBT] = g_signal_new ("doubt", LAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[FILE_CHANGED] = g_signal_new ("file-changed", LAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STARTED_NODE] = g_signal_new ("started-node", LAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NODE_STATE] = g_signal_new ("node-state", LAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, LAB_TYPE_NODE);
}

static void
lab_session_init (LabSession *self)
{
  self->openers = g_ptr_array_new_with_free_func (g_object_unref);
  self->crashed = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->pastes);
  lab_session_orders_init (self);
  lab_session_rates_init (self);
}

static void
history_changed_cb (LabSession *self)
{
  lab_session_apply_later (self);
  if (self->nodes_moved && !lab_history_in_group (self->history))
    {
      lab_session_see_nodes (self);
      lab_session_see_starts (self);
      lab_session_mirror_sync (self);
    }
  lab_session_recovery_update (self);
}

static void
history_saved_cb (LabSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
  lab_session_recovery_update (self);
}

static void
nodes_changed_cb (LabSession *self)
{
  self->nodes_moved = TRUE;
}

static void
name_changed_cb (LabSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * lab_session_new:
 * @topology: a document; the session keeps it
 * @path: (nullable): the file it is from; %NULL: it never was in one
 *
 * Makes the session of a document.
 *
 * Returns: (transfer full): a session
 */
LabSession *
lab_session_new (LabTopology *topology, const char *path)
{
  LabSession *self;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);

  self = g_object_new (LAB_TYPE_SESSION, NULL);
  self->topology = g_object_ref (topology);
  self->history = lab_history_new (topology);
  self->path = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
  g_signal_connect_swapped (self->history, "changed", G_CALLBACK (history_changed_cb), self);
  g_signal_connect_swapped (self->history, "notify::saved", G_CALLBACK (history_saved_cb), self);
  g_signal_connect_swapped (topology, "notify::name", G_CALLBACK (name_changed_cb), self);
  g_signal_connect_swapped (lab_topology_get_nodes (topology), "items-changed",
                            G_CALLBACK (nodes_changed_cb), self);
  lab_session_know_nodes (self, topology);
  lab_session_see_starts (self);
  lab_session_mirror_sync (self);
  lab_session_watch_update (self);

  return self;
}

LabTopology *
lab_session_get_topology (LabSession *self)
{
  g_return_val_if_fail (LAB_IS_SESSION (self), NULL);

  return self->topology;
}

LabHistory *
lab_session_get_history (LabSession *self)
{
  g_return_val_if_fail (LAB_IS_SESSION (self), NULL);

  return self->history;
}

LabClient *
lab_session_get_client (LabSession *self)
{
  g_return_val_if_fail (LAB_IS_SESSION (self), NULL);

  return self->engine == LAB_SESSION_ENGINE_ON ? self->client : NULL;
}

const char *
lab_session_get_path (LabSession *self)
{
  g_return_val_if_fail (LAB_IS_SESSION (self), NULL);

  return self->path;
}

const char *
lab_session_get_title (LabSession *self)
{
  const char *name;

  g_return_val_if_fail (LAB_IS_SESSION (self), NULL);

  name = lab_topology_get_name (self->topology);

  return *name != '\0' ? name : _ ("Untitled Lab");
}

gboolean
lab_session_get_modified (LabSession *self)
{
  g_return_val_if_fail (LAB_IS_SESSION (self), FALSE);

  return self->unsaved || !lab_history_is_saved (self->history);
}

LabSessionEngine
lab_session_get_engine (LabSession *self)
{
  g_return_val_if_fail (LAB_IS_SESSION (self), LAB_SESSION_ENGINE_OFF);

  return self->engine;
}

guint
lab_session_get_n_running (LabSession *self)
{
  g_return_val_if_fail (LAB_IS_SESSION (self), 0);

  return self->n_running;
}

guint
lab_session_get_n_devices (LabSession *self)
{
  g_return_val_if_fail (LAB_IS_SESSION (self), 0);

  return self->n_devices;
}

gboolean
lab_session_get_busy (LabSession *self)
{
  g_return_val_if_fail (LAB_IS_SESSION (self), FALSE);

  return self->engine == LAB_SESSION_ENGINE_STARTING || self->shutting_down ||
         self->n_changing > 0 || lab_session_has_orders (self);
}

LabSessionWarning
lab_session_get_warning (LabSession *self, const char **text)
{
  g_return_val_if_fail (LAB_IS_SESSION (self), LAB_SESSION_WARNING_NONE);

  if (text != NULL)
    *text = self->warning;

  return self->warning_kind;
}

const char *
lab_session_get_progress (LabSession *self)
{
  g_return_val_if_fail (LAB_IS_SESSION (self), NULL);

  return self->progress;
}

void
lab_session_set_progress (LabSession *self, const char *text)
{
  if (g_strcmp0 (self->progress, text) == 0)
    return;
  g_free (self->progress);
  self->progress = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

gboolean
lab_session_doubt (LabSession *self, guint number, const char *text)
{
  if (!g_signal_has_handler_pending (self, signals[DOUBT], 0, FALSE))
    return FALSE;
  g_signal_emit (self, signals[DOUBT], 0, number, text);

  return TRUE;
}

void
lab_session_decide (LabSession *self, guint number, gboolean start)
{
  g_return_if_fail (LAB_IS_SESSION (self));

  lab_session_order_weighed (self, number, start);
}

void
lab_session_update_busy (LabSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

void
lab_session_set_unsaved (LabSession *self, gboolean unsaved)
{
  if (self->unsaved == unsaved)
    return;
  self->unsaved = unsaved;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
  lab_session_recovery_update (self);
}

void
lab_session_set_path (LabSession *self, const char *path)
{
  if (g_strcmp0 (self->path, path) == 0)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  if (self->client != NULL)
    lab_client_set_path (self->client, path);
  lab_session_apply_later (self);
  lab_session_watch_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);
}

void
lab_session_notify_recovery (LabSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECOVERY]);
}

void
lab_session_emit_file_changed (LabSession *self)
{
  g_signal_emit (self, signals[FILE_CHANGED], 0);
}

void
lab_session_set_engine (LabSession *self, LabSessionEngine engine)
{
  if (self->engine == engine)
    return;
  self->engine = engine;
  lab_session_rates_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENGINE]);
  lab_session_update_busy (self);
}

void
lab_session_set_warning (LabSession *self, LabSessionWarning kind, const char *text)
{
  if (self->warning_kind == kind && g_strcmp0 (self->warning, text) == 0)
    return;
  self->warning_kind = kind;
  g_free (self->warning);
  self->warning = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WARNING]);
}

void
lab_session_set_counts (LabSession *self, guint n_running, guint n_changing, guint n_devices)
{
  gboolean busy = (self->n_changing > 0) != (n_changing > 0);
  gboolean running = self->n_running != n_running;
  gboolean devices = self->n_devices != n_devices;

  self->n_running = n_running;
  self->n_changing = n_changing;
  self->n_devices = n_devices;
  if (running)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
  if (devices)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DEVICES]);
  if (busy)
    lab_session_update_busy (self);
}

void
lab_session_emit_node (LabSession *self, LabNode *node, gboolean started)
{
  g_signal_emit (self, signals[NODE_STATE], 0, node);
  if (started)
    g_signal_emit (self, signals[STARTED_NODE], 0, lab_node_get_name (node));
}

/**
 * lab_session_say:
 * @kind: what a toast offers
 * @text: a sentence for people
 * @detail: (nullable): more, if somebody asks
 *
 * Has something shown to whoever looks at the lab.
 */
void
lab_session_say (LabSession *self, LabSessionMessage kind, const char *text, const char *detail)
{
  g_return_if_fail (LAB_IS_SESSION (self));
  g_return_if_fail (text != NULL);

  g_signal_emit (self, signals[MESSAGE], 0, (guint) kind, text, detail);
}

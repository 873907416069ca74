/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine as a whole: what devices share, what they and the relay report, and what a client asks
 * of some or all of them. Everything runs in the main thread: programs must be forked there. How a
 * document is applied is in lab-engine-apply.c. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <unistd.h>

#include <glib/gi18n.h>

#include "lab-engine-private.h"
#include "lab-images.h"

#define FREEZE_ROUNDS 8

void
lab_engine_node_free (LabEngineNode *node)
{
  g_free (node->name);
  g_free (node->message);
  g_free (node->problem);
  g_free (node->loop);
  g_free (node->told_instance);
  g_free (node);
}

static LabEngineNode *
find_by_device (LabEngine *self, LabDevice *device)
{
  LabEngineNode *node =
      g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (lab_device_get_id (device)));

  return node != NULL && node->device == device ? node : NULL;
}

static void
device_changed (LabDevice *device, gpointer user_data)
{
  LabEngine *self = user_data;
  LabEngineNode *node = find_by_device (self, device);

  if (node != NULL)
    lab_engine_touch (self, node);
  lab_engine_starts_look (self, device);
}

static void
device_enqueue (LabDevice *device, gpointer user_data)
{
  if (lab_engine_starts_admit (user_data, device))
    lab_engine_enqueue (user_data, device);
}

static void
device_launched (LabDevice *device, gpointer user_data)
{
  lab_engine_dequeue (user_data, device);
}

static void
device_adopted (LabDevice *device, gpointer user_data)
{
  LabEngine *self = user_data;
  LabEngineNode *node = find_by_device (self, device);

  if (node != NULL)
    lab_engine_sync_node (self, node);
}

static gboolean
free_retired (gpointer user_data)
{
  LabEngine *self = user_data;

  self->retire_idle = 0;
  for (guint i = self->retired->len; i > 0; i--)
    {
      LabDevice *device = self->retired->pdata[i - 1];

      if (lab_device_is_down (device))
        {
          g_ptr_array_remove_index_fast (self->retired, i - 1);
          lab_device_free (device);
        }
    }
  return G_SOURCE_REMOVE;
}

/* The device is still on the stack of whoever says that it is down. */
void
lab_engine_free_retired (LabEngine *self)
{
  if (self->retire_idle == 0)
    self->retire_idle = g_idle_add_full (G_PRIORITY_DEFAULT, free_retired, self, NULL);
}

static void
device_down (LabDevice *device, gpointer user_data)
{
  LabEngine *self = user_data;
  LabEngineNode *node = find_by_device (self, device);

  lab_engine_starts_dropped (self, device);
  if (node != NULL)
    lab_engine_sync_node (self, node);
  else
    lab_engine_free_retired (self);
  lab_engine_checkpoint_device_down (self);
  self->funcs->device_down (self, self->user_data);
}

static void
relay_up (LabRelay *relay, gpointer user_data)
{
  lab_engine_relay_up (user_data);
}

static void
relay_changed (LabRelay *relay, gpointer user_data)
{
  LabEngine *self = user_data;

  if (!lab_relay_is_up (relay))
    {
      g_clear_pointer (&self->told, lab_relay_plan_free);
      lab_engine_captures_lost (self);
      lab_engine_recorder_lost (self);
    }
  lab_engine_touch_facts (self);
}

static void
relay_said (LabRelay *relay, const char *text, gpointer user_data)
{
  lab_engine_relay_said (user_data, text);
}

static const LabRelayFuncs relay_funcs = { relay_up, relay_changed, relay_said };

static void
save_failed (const char *work, const GError *error, gpointer user_data)
{
  LabEngine *self = user_data;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *node = self->nodes->pdata[i];

      if (node->device != NULL)
        lab_device_save_failed (node->device, work, error);
    }
}

static gboolean
make_context (LabEngine *self, GError **error)
{
  LabDeviceContext *context = &self->context;

  context->run_dir = self->run_dir;
  context->changed = device_changed;
  context->enqueue = device_enqueue;
  context->adopted = device_adopted;
  context->launched = device_launched;
  context->down = device_down;
  context->user_data = self;
  context->images = lab_images_new ();
  context->saver = lab_saver_new (save_failed, self);
  context->guard = lab_guard_new ();
  context->sandbox = lab_sandbox_new (self->run_dir->path);
  context->poll = lab_poll_new (error);
  if (context->poll == NULL)
    return FALSE;
  context->watcher = lab_watcher_new (context->poll, error);
  if (context->watcher == NULL)
    return FALSE;
  context->relay = lab_relay_new (context->poll, self->run_dir, &relay_funcs, self);
  return lab_relay_start (context->relay, error);
}

LabEngine *
lab_engine_new (LabRunDir *run_dir, const LabEngineFuncs *funcs, gpointer user_data, GError **error)
{
  g_autoptr (LabEngine) self = g_new0 (LabEngine, 1);

  self->run_dir = run_dir;
  self->funcs = funcs;
  self->user_data = user_data;
  self->path = g_strdup ("");
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_engine_node_free);
  self->by_id = g_hash_table_new (NULL, NULL);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->retired = g_ptr_array_new ();
  self->waiting = g_ptr_array_new ();
  self->beginning = g_hash_table_new (NULL, NULL);
  lab_engine_starts_init (self);
  self->revision = 1;
  g_queue_init (&self->queue);
  g_queue_init (&self->removed);
  if (!make_context (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Where there is no sandbox the folders of the sockets are in the machine's /tmp: they go if nobody
 * else has anything there. */
static void
remove_shared_folders (LabDeviceContext *context)
{
  static const char *const names[] = { "netio", "netl1" };

  if (lab_sandbox_is_isolated (context->sandbox))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char path[32];

      g_snprintf (path, sizeof path, "/tmp/%s%u", names[i], (guint) getuid ());
      rmdir (path);
    }
}

static void
free_context (LabDeviceContext *context)
{
  g_clear_pointer (&context->watcher, lab_watcher_free);
  g_clear_pointer (&context->poll, lab_poll_free);
  remove_shared_folders (context);
  lab_sandbox_free (context->sandbox);
  lab_images_free (context->images);
  lab_saver_free (context->saver);
  lab_guard_free (context->guard);
}

void
lab_engine_free (LabEngine *self)
{
  g_clear_pointer (&self->context.relay, lab_relay_free);
  lab_engine_clear_relay (self);
  lab_engine_clear_captures (self);
  lab_engine_clear_timeline (self);
  g_clear_pointer (&self->saves, g_hash_table_unref);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *node = self->nodes->pdata[i];

      g_clear_pointer (&node->device, lab_device_free);
    }
  for (guint i = 0; i < self->retired->len; i++)
    lab_device_free (self->retired->pdata[i]);
  g_clear_handle_id (&self->retire_idle, g_source_remove);
  g_clear_handle_id (&self->queue_idle, g_source_remove);
  lab_engine_clear_changes (self);
  g_ptr_array_unref (self->retired);
  g_hash_table_unref (self->beginning);
  lab_engine_starts_clear (self);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->nodes);
  g_clear_object (&self->topology);
  free_context (&self->context);
  g_free (self->path);
  g_free (self);
}

static gboolean
can_act (LabEngineNode *node, LabEngineAction action, GError **error)
{
  if (node->device != NULL)
    return TRUE;
  if (node->message != NULL && action != LAB_ENGINE_STOP)
    {
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE, "%s: %s", node->name,
                   node->message);
      return FALSE;
    }
  if (action == LAB_ENGINE_FREEZE || action == LAB_ENGINE_FREEZE_HOLDING ||
      action == LAB_ENGINE_THAW)
    {
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE,
                   _ ("%s is a device inside the relay and cannot be frozen; unplug its links "
                      "instead."),
                   node->name);
      return FALSE;
    }
  /* Devices inside the relay always run. */
  return TRUE;
}

static void
collect_all (LabEngine *self, GPtrArray *devices)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *node = self->nodes->pdata[i];

      if (node->device != NULL)
        g_ptr_array_add (devices, node->device);
    }
}

/* The devices of @names; names that are not there are all said in one sentence. */
static GPtrArray *
collect (LabEngine *self, LabEngineAction action, const char *const *names, GError **error)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new ();
  g_autoptr (GString) unknown = g_string_new (NULL);

  if (names[0] == NULL)
    collect_all (self, devices);
  for (guint i = 0; names[i] != NULL; i++)
    {
      LabEngineNode *node = g_hash_table_lookup (self->by_name, names[i]);

      if (node == NULL)
        g_string_append_printf (unknown, "%s%s", unknown->len > 0 ? ", " : "", names[i]);
      else if (!can_act (node, action, error))
        return NULL;
      else if (node->device != NULL && !g_ptr_array_find (devices, node->device, NULL))
        g_ptr_array_add (devices, node->device);
    }
  if (unknown->len == 0)
    return g_steal_pointer (&devices);

  g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_UNKNOWN_NODE,
               _ ("The lab has no node of this name: %s."), unknown->str);
  return NULL;
}

/* A process may be born while its parent is being stopped: until a round finds no new one. */
static void
freeze_all (GPtrArray *devices, gboolean hold)
{
  gboolean fresh = TRUE;

  for (guint round = 0; fresh && round < FREEZE_ROUNDS; round++)
    {
      g_autoptr (LabProcessTable) table = lab_process_table_new ();

      fresh = FALSE;
      for (guint i = 0; i < devices->len; i++)
        fresh |= lab_device_freeze (devices->pdata[i], table, hold);
    }
}

static void
act_on (LabDevice *device, LabEngineAction action, LabProcessTable *table)
{
  switch (action)
    {
    case LAB_ENGINE_START:
      lab_device_start (device);
      break;
    case LAB_ENGINE_STOP:
      lab_device_stop (device, table);
      break;
    case LAB_ENGINE_RELOAD:
      lab_device_reload (device, table);
      break;
    case LAB_ENGINE_THAW:
      lab_device_thaw (device, table);
      break;
    case LAB_ENGINE_FREEZE:
    case LAB_ENGINE_FREEZE_HOLDING:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
check_sandbox (LabEngine *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (lab_sandbox_check (self->context.sandbox, &local_error))
    return TRUE;
  g_set_error_literal (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NO_SANDBOX, local_error->message);
  return FALSE;
}

static guint
count_devices (LabEngine *self)
{
  guint count = 0;

  for (guint i = 0; i < self->nodes->len; i++)
    count += ((LabEngineNode *) self->nodes->pdata[i])->device != NULL;
  return count;
}

gboolean
lab_engine_act (LabEngine *self, LabEngineAction action, const char *const *names, GError **error)
{
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (LabProcessTable) table = NULL;
  gboolean starts = action == LAB_ENGINE_START || action == LAB_ENGINE_RELOAD;
  gboolean was_active = lab_engine_is_active (self);

  if (starts && !lab_engine_checkpoint_allows (self, error))
    return FALSE;
  if (starts)
    lab_engine_check_rights (self);
  if (action == LAB_ENGINE_STOP && names[0] == NULL)
    lab_engine_checkpoint_forget_starts (self);
  devices = collect (self, action, names, error);
  if (devices == NULL || (starts && devices->len > 0 && !check_sandbox (self, error)))
    return FALSE;

  if (action == LAB_ENGINE_FREEZE || action == LAB_ENGINE_FREEZE_HOLDING)
    {
      freeze_all (devices, action == LAB_ENGINE_FREEZE_HOLDING);
      return TRUE;
    }
  if (starts)
    lab_engine_starts_order (self, devices, action == LAB_ENGINE_RELOAD);
  if (action != LAB_ENGINE_START)
    table = lab_process_table_new ();
  for (guint i = 0; i < devices->len; i++)
    act_on (devices->pdata[i], action, table);
  if (devices->len > 0 && devices->len == count_devices (self))
    {
      if (action == LAB_ENGINE_START && !was_active)
        lab_engine_timeline_lab_started (self);
      else if (action == LAB_ENGINE_STOP)
        lab_engine_timeline_lab_stopped (self);
    }
  return TRUE;
}

char *
lab_engine_dup_config (LabEngine *self, const char *name, GError **error)
{
  LabEngineNode *node = g_hash_table_lookup (self->by_name, name);
  g_autoptr (GError) local_error = NULL;
  char *text;

  if (node == NULL)
    {
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_UNKNOWN_NODE,
                   _ ("The lab has no node of this name: %s."), name);
      return NULL;
    }
  if (node->device == NULL)
    {
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NO_CONFIG,
                   _ ("%s is not a device that saves a configuration."), name);
      return NULL;
    }
  text = lab_device_dup_config (node->device, &local_error);
  if (text == NULL)
    g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NO_CONFIG,
                 _ ("%s has no saved configuration that can be read: %s"), name,
                 local_error->message);
  return text;
}

gboolean
lab_engine_is_active (LabEngine *self)
{
  return self->copying > 0 || lab_engine_has_active (self);
}

gboolean
lab_engine_has_active (LabEngine *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabEngineNode *node = self->nodes->pdata[i];

      if (node->device != NULL && !lab_device_is_down (node->device))
        return TRUE;
    }
  for (guint i = 0; i < self->retired->len; i++)
    {
      if (!lab_device_is_down (self->retired->pdata[i]))
        return TRUE;
    }
  return FALSE;
}

const char *
lab_engine_get_path (LabEngine *self)
{
  return self->path;
}

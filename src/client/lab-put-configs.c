/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * First all texts are held against the NVRAMs, in a thread. Then each device gets a WriteConfigs of
 * its own, so that each has a result of its own as soon as it has stopped and was written, and none
 * waits for the slowest. In a large lab several share one, because each answer makes the mirror
 * ask for the whole state. Who ran is then waited for: its states are those of the new start,
 * because the mirror is newer than the answer. A device that is started again may wait its turn as
 * one that is stopped; it has failed when nothing moves any more. */

#define G_LOG_DOMAIN "lab-client"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lab-client-paths.h"
#include "lab-put-configs.h"
#include "lab-saved-nvram.h"

#define MAX_CALLS 64
/* The time in which nothing happens, not that of the whole. */
#define PATIENCE (120 * G_USEC_PER_SEC)
/* Stopped for this long while nothing moves: nobody starts it any more. */
#define STILL (5 * G_USEC_PER_SEC)

typedef struct
{
  char *node;
  guint id;
  guint size_kb;
  GBytes *text;
  GBytes *vlans; /* (nullable) */
  gboolean resets;
  gboolean restarts;
  LabPutState state;
  char *result; /* (nullable): instead of that of the state */
} Put;

struct _LabPutConfigs
{
  GObject parent_instance;

  LabClient *client; /* (nullable) */
  GPtrArray *puts;
  gint64 moved_at; /* something happened, monotonic */
  guint n_moving;
  guint look_id;
  gboolean told;
};

G_DEFINE_FINAL_TYPE (LabPutConfigs, lab_put_configs, G_TYPE_OBJECT)

/* Those of one call. */
typedef struct
{
  LabPutConfigs *all;
  guint first;
  guint n;
} Batch;

enum
{
  CHANGED,
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
put_free (gpointer data)
{
  Put *put = data;

  g_free (put->node);
  g_bytes_unref (put->text);
  g_clear_pointer (&put->vlans, g_bytes_unref);
  g_free (put->result);
  g_free (put);
}

static void
batch_free (Batch *batch)
{
  g_object_unref (batch->all);
  g_free (batch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Batch, batch_free)

static Put *
put_at (LabPutConfigs *self, guint index)
{
  return g_ptr_array_index (self->puts, index);
}

static gboolean
is_settled (const Put *put)
{
  return put->state != LAB_PUT_WAITING && put->state != LAB_PUT_STARTING;
}

static void
tell_done (LabPutConfigs *self)
{
  if (self->told || !lab_put_configs_is_done (self))
    return;
  self->told = TRUE;
  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_signal_emit (self, signals[DONE], 0);
}

/* @result: (transfer full) (nullable) */
static void
set_state (LabPutConfigs *self, guint index, LabPutState state, char *result)
{
  Put *put = put_at (self, index);

  put->state = state;
  g_free (put->result);
  put->result = result;
  self->moved_at = g_get_monotonic_time ();
  g_signal_emit (self, signals[CHANGED], 0, index);
}

static void
fail_all (LabPutConfigs *self, const char *reason)
{
  for (guint i = 0; i < self->puts->len; i++)
    {
      if (!is_settled (put_at (self, i)))
        set_state (self, i, LAB_PUT_FAILED, g_strdup (reason));
    }
  tell_done (self);
}

/* --- ready again --- */

static gboolean
is_moving (LabClientState state)
{
  return state == LAB_CLIENT_STATE_STARTING || state == LAB_CLIENT_STATE_BOOTING ||
         state == LAB_CLIENT_STATE_STOPPING;
}

static guint
count_moving (LabPutConfigs *self)
{
  GListModel *nodes = lab_client_get_nodes (self->client);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabClientNode) node = g_list_model_get_item (nodes, i);

      n += is_moving (lab_client_node_get_state (node));
    }
  return n;
}

static char *
describe_failure (LabClientNode *node)
{
  const char *message = lab_client_node_get_message (node);

  if (*message == '\0')
    return g_strdup (_ ("It is loaded, but the device did not start with it."));
  /* Translators: %s is a sentence that says why. */
  return g_strdup_printf (_ ("It is loaded, but the device did not start with it: %s"), message);
}

static void
look_at (LabPutConfigs *self, guint index, gint64 still_for)
{
  LabClientNode *node = lab_client_find_node (self->client, put_at (self, index)->node);

  if (node == NULL)
    {
      set_state (self, index, LAB_PUT_FAILED,
                 g_strdup (_ ("The device was removed from the lab meanwhile.")));
      return;
    }
  switch (lab_client_node_get_state (node))
    {
    case LAB_CLIENT_STATE_READY:
    case LAB_CLIENT_STATE_FROZEN:
      set_state (self, index, LAB_PUT_READY, NULL);
      break;
    case LAB_CLIENT_STATE_CRASHED:
    case LAB_CLIENT_STATE_UNSUPPORTED:
      set_state (self, index, LAB_PUT_FAILED, describe_failure (node));
      break;
    case LAB_CLIENT_STATE_STOPPED:
      if (self->n_moving == 0 && still_for > STILL)
        set_state (self, index, LAB_PUT_FAILED,
                   g_strdup (_ ("It is loaded, but the device was not started again.")));
      break;
    case LAB_CLIENT_STATE_STARTING:
    case LAB_CLIENT_STATE_BOOTING:
    case LAB_CLIENT_STATE_STOPPING:
    case LAB_CLIENT_STATE_BUILTIN:
    case LAB_CLIENT_STATE_UNKNOWN:
    default:
      if (still_for > PATIENCE)
        set_state (self, index, LAB_PUT_FAILED,
                   g_strdup (_ ("It is loaded, but the device was not ready in time.")));
      break;
    }
}

static void
look (LabPutConfigs *self)
{
  gint64 now = g_get_monotonic_time ();
  guint n_moving = count_moving (self);

  if (n_moving != self->n_moving)
    self->moved_at = now;
  self->n_moving = n_moving;
  for (guint i = 0; i < self->puts->len; i++)
    {
      if (put_at (self, i)->state == LAB_PUT_STARTING)
        look_at (self, i, now - self->moved_at);
    }
  tell_done (self);
}

static gboolean
look_cb (gpointer user_data)
{
  g_autoptr (LabPutConfigs) self = g_object_ref (user_data);

  look (self);
  return self->told ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
closed_cb (LabPutConfigs *self)
{
  fail_all (self, _ ("The engine of this lab has ended."));
}

/* --- writing --- */

/* (nullable): what follows the name of @node in one of @lines */
static const char *
find_line (char **lines, const char *node)
{
  g_autofree char *prefix = g_strconcat (node, ": ", NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], prefix))
        return lines[i] + strlen (prefix);
    }
  return NULL;
}

/* What an error of a call for several says of one of them; all of it, if it names none. */
static char *
reason_of (const Batch *batch, guint index, const GError *error)
{
  g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);
  const char *reason = find_line (lines, put_at (batch->all, index)->node);

  if (reason != NULL)
    return g_strdup (reason);
  for (guint i = batch->first; i < batch->first + batch->n; i++)
    {
      if (find_line (lines, put_at (batch->all, i)->node) != NULL)
        return NULL;
    }
  return g_strdup (error->message);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Batch) batch = user_data;
  LabPutConfigs *self = batch->all;
  g_autoptr (GError) error = NULL;

  lab_client_write_configs_finish (LAB_CLIENT (object), result, &error);
  for (guint i = batch->first; i < batch->first + batch->n; i++)
    {
      Put *put = put_at (self, i);
      char *reason = error != NULL ? reason_of (batch, i, error) : NULL;

      if (is_settled (put))
        g_free (reason);
      else if (reason != NULL)
        set_state (self, i, LAB_PUT_FAILED, reason);
      else
        set_state (self, i, put->restarts ? LAB_PUT_STARTING : LAB_PUT_LOADED, NULL);
    }
  if (!self->told)
    look (self);
}

/* One that is just being stopped stays so. */
static gboolean
is_restarted (LabClientNode *node)
{
  return lab_client_node_is_running (node) &&
         lab_client_node_get_state (node) != LAB_CLIENT_STATE_STOPPING;
}

static void
write_batch (LabPutConfigs *self, guint first, guint n)
{
  g_autoptr (GHashTable) configs =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);
  g_autoptr (GHashTable) vlans =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);
  Batch *batch = g_new0 (Batch, 1);

  batch->all = g_object_ref (self);
  batch->first = first;
  batch->n = n;
  for (guint i = first; i < first + n; i++)
    {
      Put *put = put_at (self, i);
      LabClientNode *node = lab_client_find_node (self->client, put->node);

      put->restarts = node != NULL && is_restarted (node);
      g_hash_table_insert (configs, put->node, g_bytes_ref (put->text));
      if (put->vlans != NULL)
        g_hash_table_insert (vlans, put->node, g_bytes_ref (put->vlans));
      set_state (self, i, LAB_PUT_WAITING, NULL);
    }
  lab_client_write_configs_async (self->client, configs, vlans, TRUE, NULL, written_cb, batch);
}

static void
write_all (LabPutConfigs *self)
{
  guint n = (self->puts->len + MAX_CALLS - 1) / MAX_CALLS;

  for (guint i = 0; i < self->puts->len; i += n)
    write_batch (self, i, MIN (n, self->puts->len - i));
}

/* --- room --- */

static char *
check_room (const char *uuid, const Put *put)
{
  g_autofree char *state = lab_client_state_dir ();
  g_autofree char *work = g_strdup_printf ("%s/%s/%u", state, uuid, put->id);
  g_autoptr (GError) error = NULL;

  if (lab_saved_check_fits (work, put->id, put->size_kb, put->text, &error))
    return NULL;
  /* Translators: %s is a sentence that says why. */
  return g_strdup_printf (_ ("The device cannot hold this configuration: %s"), error->message);
}

/* What is read here does not change after the start. */
static void
check_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  LabPutConfigs *self = source;
  GPtrArray *reasons = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->puts->len; i++)
    g_ptr_array_add (reasons, check_room (lab_client_get_uuid (self->client), put_at (self, i)));
  g_task_return_pointer (task, reasons, (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
refuse (LabPutConfigs *self, GPtrArray *reasons)
{
  gboolean refused = FALSE;

  for (guint i = 0; i < reasons->len; i++)
    {
      if (reasons->pdata[i] == NULL)
        continue;
      set_state (self, i, LAB_PUT_FAILED, g_strdup (reasons->pdata[i]));
      refused = TRUE;
    }
  return refused;
}

static void
checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  LabPutConfigs *self = LAB_PUT_CONFIGS (object);
  g_autoptr (GPtrArray) reasons = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->told)
    return;
  if (refuse (self, reasons))
    fail_all (self, _ ("The device is left as it is, because another configuration does not fit."));
  else
    write_all (self);
}

/* --- the object --- */

static void
lab_put_configs_dispose (GObject *object)
{
  LabPutConfigs *self = LAB_PUT_CONFIGS (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (lab_put_configs_parent_class)->dispose (object);
}

static void
lab_put_configs_finalize (GObject *object)
{
  LabPutConfigs *self = LAB_PUT_CONFIGS (object);

  g_ptr_array_unref (self->puts);
  G_OBJECT_CLASS (lab_put_configs_parent_class)->finalize (object);
}

static void
lab_put_configs_class_init (LabPutConfigsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_put_configs_dispose;
  G_OBJECT_CLASS (klass)->finalize = lab_put_configs_finalize;
  signals[CHANGED] = g_signal_new ("changed", LAB_TYPE_PUT_CONFIGS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[DONE] = g_signal_new ("done", LAB_TYPE_PUT_CONFIGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
lab_put_configs_init (LabPutConfigs *self)
{
  self->puts = g_ptr_array_new_with_free_func (put_free);
}

LabPutConfigs *
lab_put_configs_new (void)
{
  return g_object_new (LAB_TYPE_PUT_CONFIGS, NULL);
}

static Put *
add (LabPutConfigs *self, LabNode *node)
{
  Put *put = g_new0 (Put, 1);

  put->node = g_strdup (lab_node_get_name (node));
  put->id = lab_node_get_id (node);
  put->size_kb = lab_node_get_nvram (node);
  g_ptr_array_add (self->puts, put);
  return put;
}

void
lab_put_configs_add (LabPutConfigs *self, LabNode *node, GBytes *text, GBytes *vlans)
{
  Put *put;

  g_return_if_fail (LAB_IS_PUT_CONFIGS (self) && self->client == NULL);
  g_return_if_fail (LAB_IS_NODE (node) && text != NULL);

  put = add (self, node);
  put->text = g_bytes_ref (text);
  put->vlans = vlans != NULL ? g_bytes_ref (vlans) : NULL;
}

void
lab_put_configs_add_reset (LabPutConfigs *self, LabNode *node)
{
  Put *put;

  g_return_if_fail (LAB_IS_PUT_CONFIGS (self) && self->client == NULL);
  g_return_if_fail (LAB_IS_NODE (node));

  put = add (self, node);
  put->text = g_bytes_new (NULL, 0);
  put->vlans = g_bytes_ref (put->text);
  put->resets = TRUE;
}

void
lab_put_configs_start (LabPutConfigs *self, LabClient *client)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LAB_IS_PUT_CONFIGS (self) && self->client == NULL);
  g_return_if_fail (LAB_IS_CLIENT (client));

  self->client = g_object_ref (client);
  self->moved_at = g_get_monotonic_time ();
  self->look_id = g_timeout_add_seconds (1, look_cb, self);
  g_signal_connect_swapped (client, "changed", G_CALLBACK (look), self);
  g_signal_connect_swapped (client, "closed", G_CALLBACK (closed_cb), self);
  task = g_task_new (self, NULL, checked_cb, NULL);
  g_task_set_source_tag (task, lab_put_configs_start);
  g_task_run_in_thread (task, check_in_thread);
}

void
lab_put_configs_fail (LabPutConfigs *self, const char *reason)
{
  g_return_if_fail (LAB_IS_PUT_CONFIGS (self));

  fail_all (self, reason);
}

guint
lab_put_configs_get_n (LabPutConfigs *self)
{
  return self->puts->len;
}

const char *
lab_put_configs_get_node (LabPutConfigs *self, guint index)
{
  return put_at (self, index)->node;
}

LabPutState
lab_put_configs_get_state (LabPutConfigs *self, guint index)
{
  return put_at (self, index)->state;
}

const char *
lab_put_configs_get_text (LabPutConfigs *self, guint index)
{
  const Put *put = put_at (self, index);

  if (put->result != NULL)
    return put->result;
  switch (put->state)
    {
    case LAB_PUT_STARTING:
      return put->resets ? _ ("reset, starts again…") : _ ("loaded, starts again…");
    case LAB_PUT_LOADED:
      return put->resets ? _ ("reset") : _ ("loaded");
    case LAB_PUT_READY:
      return put->resets ? _ ("reset, ready") : _ ("loaded, ready");
    case LAB_PUT_WAITING:
    case LAB_PUT_FAILED:
    default:
      if (put->restarts)
        return put->resets ? _ ("is stopped and reset…") : _ ("is stopped and loaded…");
      return put->resets ? _ ("is reset…") : _ ("is loaded…");
    }
}

gboolean
lab_put_configs_is_done (LabPutConfigs *self)
{
  for (guint i = 0; i < self->puts->len; i++)
    {
      if (!is_settled (put_at (self, i)))
        return FALSE;
    }
  return TRUE;
}

guint
lab_put_configs_count (LabPutConfigs *self, LabPutState state)
{
  guint n = 0;

  for (guint i = 0; i < self->puts->len; i++)
    n += put_at (self, i)->state == state;
  return n;
}

char *
lab_put_configs_dup_failures (LabPutConfigs *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->puts->len; i++)
    {
      const Put *put = put_at (self, i);

      if (put->state == LAB_PUT_FAILED)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", put->node,
                                lab_put_configs_get_text (self, i));
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copying devices with what they saved.
 *
 * The configuration in a device's NVRAM is asked of the engine; a lab that does not run has nobody
 * to ask, and then the start configuration is what is copied. A saved configuration names the
 * device itself; where that is the node's name, the copy gets "%h", which a start replaces by its
 * own. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-session-private.h"

typedef struct
{
  GPtrArray *items;    /* owned */
  GHashTable *configs; /* owned: name → owned: configuration */
  guint n_asked;
} Copy;

static void
copy_free (Copy *copy)
{
  g_ptr_array_unref (copy->items);
  g_hash_table_unref (copy->configs);
  g_free (copy);
}

static void
finish_copy (GTask *task)
{
  LabSession *self = g_task_get_source_object (task);
  Copy *copy = g_task_get_task_data (task);

  g_task_return_pointer (task, lab_clipping_new (self->topology, copy->items, copy->configs),
                         (GDestroyNotify) lab_clipping_unref);
}

/* "hostname R1" of IOS, "set pcname R1" of a light host. */
static char *
generalise (const char *config, const char *name)
{
  static const char *const commands[] = { "hostname ", "set pcname " };
  g_auto (GStrv) lines = g_strsplit (config, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (commands); j++)
      if (g_str_has_prefix (lines[i], commands[j]) &&
          g_str_equal (lines[i] + strlen (commands[j]), name))
        {
          g_free (lines[i]);
          lines[i] = g_strconcat (commands[j], "%h", NULL);
          break;
        }

  return g_strjoinv ("\n", lines);
}

typedef struct
{
  GTask *task;
  LabNode *node;
} Question;

static void
config_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (GTask) task = question->task;
  g_autoptr (LabNode) node = question->node;
  Copy *copy = g_task_get_task_data (task);
  g_autofree char *config = lab_client_get_config_finish (LAB_CLIENT (object), result, NULL);

  /* Without an answer the start configuration has to do. */
  if (config != NULL)
    g_hash_table_insert (copy->configs, g_strdup (lab_node_get_name (node)),
                         generalise (config, lab_node_get_name (node)));
  if (--copy->n_asked == 0)
    finish_copy (task);
}

static void
ask (GTask *task, LabNode *node)
{
  LabSession *self = g_task_get_source_object (task);
  Copy *copy = g_task_get_task_data (task);
  LabClientNode *remote = lab_client_find_node (self->client, lab_node_get_name (node));
  Question *question;

  if (remote == NULL || lab_client_node_get_id (remote) != lab_node_get_id (node) ||
      !lab_client_node_get_saved_config (remote))
    return;
  question = g_new0 (Question, 1);
  question->task = g_object_ref (task);
  question->node = g_object_ref (node);
  copy->n_asked++;
  lab_client_get_config_async (self->client, lab_node_get_name (node), NULL, config_cb, question);
}

/**
 * lab_session_copy_async:
 * @items: nodes, links and drawings
 *
 * Copies what is given, with the configurations that devices have saved as far as an engine knows
 * them. To cut, delete when this is done.
 */
void
lab_session_copy_async (LabSession *self,
                        GPtrArray *items,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Copy *copy;

  g_return_if_fail (LAB_IS_SESSION (self));
  g_return_if_fail (items != NULL);

  copy = g_new0 (Copy, 1);
  copy->items = g_ptr_array_new_with_free_func (g_object_unref);
  copy->configs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (copy->items, g_object_ref (g_ptr_array_index (items, i)));
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, lab_session_copy_async);
  g_task_set_task_data (task, copy, (GDestroyNotify) copy_free);

  for (guint i = 0; i < copy->items->len && self->engine == LAB_SESSION_ENGINE_ON; i++)
    if (LAB_IS_NODE (g_ptr_array_index (copy->items, i)))
      ask (task, g_ptr_array_index (copy->items, i));
  if (copy->n_asked == 0)
    finish_copy (task);
}

LabClipping *
lab_session_copy_finish (LabSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

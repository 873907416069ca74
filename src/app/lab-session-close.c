/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a session, and whose files are whose.
 *
 * Devices keep their files by id. Within a session an id is given once; but an id that was free
 * when the lab was opened may have belonged to a device of earlier days, whose window was killed
 * before it could tidy up. So when a new device gets an id, what lies under it goes to the trash.
 */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-client-paths.h"
#include "lab-session-private.h"
#include "lab-trash.h"

static GHashTable *
new_devices (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

void
lab_session_purge_trash (LabSession *self)
{
  g_autoptr (GHashTable) none = new_devices ();
  g_autofree char *state = lab_client_state_dir ();

  lab_trash_collect_async (state, lab_topology_get_uuid (self->topology), none, NULL, NULL);
}

GHashTable *
lab_session_list_ids (LabSession *self)
{
  GHashTable *ids = g_hash_table_new (NULL, NULL);
  GListModel *nodes = lab_topology_get_nodes (self->topology);
  guint n_nodes = g_list_model_get_n_items (nodes);

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      g_hash_table_add (ids, GUINT_TO_POINTER (lab_node_get_id (node)));
    }

  return ids;
}

void
lab_session_take_saved_ids (LabSession *self, GHashTable *ids)
{
  g_clear_pointer (&self->saved_ids, g_hash_table_unref);
  self->saved_ids = ids != NULL ? g_hash_table_ref (ids) : lab_session_list_ids (self);
}

static void
leftovers_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabSession) self = user_data;

  lab_session_end_file_work (self);
}

static void
move_leftovers (LabSession *self, GHashTable *leftovers)
{
  g_autofree char *state = lab_client_state_dir ();

  lab_session_begin_file_work (self);
  lab_trash_collect_async (state, lab_topology_get_uuid (self->topology), leftovers, leftovers_cb,
                           g_object_ref (self));
}

static void
see_node (LabSession *self, LabNode *node, GHashTable *leftovers)
{
  gpointer id = GUINT_TO_POINTER (lab_node_get_id (node));

  if (leftovers != NULL && !g_hash_table_contains (self->seen_names, id))
    g_hash_table_insert (leftovers, id, g_strdup ("earlier device"));
  g_hash_table_insert (self->seen_names, id, g_strdup (lab_node_get_name (node)));
}

static void
see_all (LabSession *self, LabTopology *topology, GHashTable *leftovers)
{
  GListModel *nodes = lab_topology_get_nodes (topology);
  guint n_nodes = g_list_model_get_n_items (nodes);

  if (self->seen_names == NULL)
    self->seen_names = new_devices ();
  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      see_node (self, node, leftovers);
    }
}

/* Those of a file have files of their own, whoever put them there. */
void
lab_session_know_nodes (LabSession *self, LabTopology *topology)
{
  see_all (self, topology, NULL);
}

void
lab_session_see_nodes (LabSession *self)
{
  g_autoptr (GHashTable) leftovers = new_devices ();

  /* One that was restored from a recovery copy has files of its own. */
  see_all (self, self->topology, self->recovery == NULL ? leftovers : NULL);
  if (g_hash_table_size (leftovers) > 0)
    move_leftovers (self, leftovers);
}

/* Those that were in the document some time and are not in the file, nor run. */
static GHashTable *
find_deleted (LabSession *self)
{
  GHashTable *deleted = new_devices ();
  g_autoptr (GHashTable) present = lab_session_list_ids (self);
  gboolean runs = self->engine == LAB_SESSION_ENGINE_ON;
  GHashTableIter iter;
  gpointer id;
  gpointer name;

  g_hash_table_iter_init (&iter, self->seen_names);
  while (g_hash_table_iter_next (&iter, &id, &name))
    {
      gboolean saved = self->saved_ids != NULL && g_hash_table_contains (self->saved_ids, id);

      if (!saved && !(runs && g_hash_table_contains (present, id)))
        g_hash_table_insert (deleted, id, g_strdup (name));
    }

  return deleted;
}

static void
collected_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, TRUE);
}

void
lab_session_close_collect (LabSession *self)
{
  GTask *task = g_steal_pointer (&self->closer);
  g_autoptr (GHashTable) deleted = find_deleted (self);
  g_autofree char *state = lab_client_state_dir ();

  lab_trash_collect_async (state, lab_topology_get_uuid (self->topology), deleted, collected_cb,
                           task);
}

/* Takes over @task. */
static void
collect (GTask *task)
{
  LabSession *self = g_task_get_source_object (task);

  self->closer = task;
  if (!lab_session_has_file_work (self))
    lab_session_close_collect (self);
}

static void
removed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  collect (user_data);
}

/**
 * lab_session_close_async:
 * @self: a session
 *
 * The end of a session, after whatever was to be saved is saved and whatever was to be stopped is
 * stopped: unsaved changes are given up, so no recovery copy stays, and the files of devices that
 * are not in the file go to the trash. Devices that run go on.
 */
void
lab_session_close_async (LabSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LAB_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, lab_session_close_async);
  self->closing = TRUE;
  g_clear_handle_id (&self->recovery_source, g_source_remove);
  lab_session_watch_clear (self);
  if (self->writer != NULL)
    lab_recovery_writer_remove_async (self->writer, removed_cb, task);
  else
    collect (task);
}

gboolean
lab_session_close_finish (LabSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

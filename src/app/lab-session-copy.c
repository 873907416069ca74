/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copying devices with what they saved, and pasting them.
 *
 * The saved configurations are read out of the devices' NVRAM, in a thread, whether an engine runs
 * or not; the files that the devices keep besides follow when the copies are pasted (lab-clone.h
 * says why so). A copy's folder must be empty first: what an earlier device of its id left there is
 * on its way to the trash (lab-session-close.c), and a start of the copy must wait for its files.
 * So all of this stands in one queue, which orders to the engine and the end of the session wait
 * for. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-client-paths.h"
#include "lab-clone.h"
#include "lab-session-private.h"

/* --- copying --- */

typedef struct
{
  GPtrArray *items;    /* owned */
  GHashTable *devices; /* id → owned: name */
  char *folder;
} Copy;

static void
copy_free (Copy *copy)
{
  g_ptr_array_unref (copy->items);
  g_hash_table_unref (copy->devices);
  g_free (copy->folder);
  g_free (copy);
}

static char *
lab_folder (const char *uuid)
{
  g_autofree char *state = lab_client_state_dir ();

  return g_build_filename (state, uuid, NULL);
}

static void
add_item (Copy *copy, gpointer item)
{
  g_ptr_array_add (copy->items, g_object_ref (item));
  if (LAB_IS_NODE (item) && lab_node_get_kind (item) == LAB_NODE_IOU)
    g_hash_table_insert (copy->devices, GUINT_TO_POINTER (lab_node_get_id (item)),
                         g_strdup (lab_node_get_name (item)));
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Copy *copy = task_data;

  g_task_return_pointer (task, lab_clone_read_configs (copy->folder, copy->devices),
                         (GDestroyNotify) g_hash_table_unref);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  LabSession *self = LAB_SESSION (object);
  g_autoptr (GTask) task = user_data;
  Copy *copy = g_task_get_task_data (G_TASK (result));
  g_autoptr (GHashTable) configs = g_task_propagate_pointer (G_TASK (result), NULL);

  g_task_return_pointer (task, lab_clipping_new (self->topology, copy->items, configs),
                         (GDestroyNotify) lab_clipping_unref);
}

/**
 * lab_session_copy_async:
 * @items: nodes, links and drawings
 *
 * Copies what is given, with the configurations that devices have saved. To cut, delete when this
 * is done.
 */
void
lab_session_copy_async (LabSession *self,
                        GPtrArray *items,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) reading = NULL;
  GTask *task;
  Copy *copy;

  g_return_if_fail (LAB_IS_SESSION (self));
  g_return_if_fail (items != NULL);

  copy = g_new0 (Copy, 1);
  copy->items = g_ptr_array_new_with_free_func (g_object_unref);
  copy->devices = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  copy->folder = lab_folder (lab_topology_get_uuid (self->topology));
  for (guint i = 0; i < items->len; i++)
    add_item (copy, g_ptr_array_index (items, i));
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, lab_session_copy_async);
  reading = g_task_new (self, NULL, read_cb, task);
  g_task_set_source_tag (reading, read_cb);
  g_task_set_task_data (reading, copy, (GDestroyNotify) copy_free);
  g_task_run_in_thread (reading, read_in_thread);
}

LabClipping *
lab_session_copy_finish (LabSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- the queue --- */

typedef struct
{
  char *from;
  char *to;
  GArray *pairs;
  gint64 copied_at;
} Files;

static void
files_free (Files *files)
{
  g_free (files->from);
  g_free (files->to);
  g_array_unref (files->pairs);
  g_free (files);
}

static void
files_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Files *files = task_data;
  GError *error = NULL;

  if (lab_clone_copy_files (files->from, files->to, files->pairs, files->copied_at, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
files_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  LabSession *self = LAB_SESSION (object);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    lab_session_say (self, LAB_SESSION_ERROR, error->message, NULL);
  lab_session_end_file_work (self);
}

static void
next_files (LabSession *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, files_cb, NULL);

  self->n_file_works++;
  g_task_set_source_tag (task, next_files);
  g_task_set_task_data (task, g_queue_pop_head (&self->pastes), (GDestroyNotify) files_free);
  g_task_run_in_thread (task, files_in_thread);
}

void
lab_session_begin_file_work (LabSession *self)
{
  self->n_file_works++;
}

void
lab_session_end_file_work (LabSession *self)
{
  self->n_file_works--;
  if (self->n_file_works > 0)
    return;
  if (!g_queue_is_empty (&self->pastes))
    next_files (self);
  else if (self->closer != NULL)
    lab_session_close_collect (self);
  else
    lab_session_pump (self);
}

gboolean
lab_session_has_file_work (LabSession *self)
{
  return self->n_file_works > 0 || !g_queue_is_empty (&self->pastes);
}

void
lab_session_clear_file_work (LabSession *self)
{
  g_queue_clear_full (&self->pastes, (GDestroyNotify) files_free);
}

/* --- pasting --- */

/**
 * lab_session_paste:
 *
 * lab_clipping_paste() into the document. The files that the copied devices keep (vlan.dat and
 * others) follow in a thread, also from another lab's; what is ordered meanwhile waits for them.
 */
gboolean
lab_session_paste (LabSession *self,
                   LabClipping *clipping,
                   double dx,
                   double dy,
                   const char *label,
                   GPtrArray **items,
                   GError **error)
{
  g_autoptr (GPtrArray) pasted = NULL;
  g_autoptr (GArray) pairs = NULL;
  Files *files;

  g_return_val_if_fail (LAB_IS_SESSION (self), FALSE);
  g_return_val_if_fail (clipping != NULL, FALSE);

  if (!lab_clipping_paste (clipping, self->topology, self->history, dx, dy, label, &pasted, error))
    return FALSE;
  pairs = lab_clone_pairs (clipping, pasted);
  if (pairs->len > 0)
    {
      files = g_new0 (Files, 1);
      files->from = lab_folder (lab_topology_get_uuid (lab_clipping_get_source (clipping)));
      files->to = lab_folder (lab_topology_get_uuid (self->topology));
      files->pairs = g_steal_pointer (&pairs);
      files->copied_at = lab_clipping_get_time (clipping);
      g_queue_push_tail (&self->pastes, files);
      if (self->n_file_works == 0)
        next_files (self);
    }
  if (items != NULL)
    *items = g_steal_pointer (&pasted);

  return TRUE;
}

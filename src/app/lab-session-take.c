/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking what devices saved into the document.
 *
 * What was settled is kept by time, for each device: what it saved up to then was taken, or was
 * left out, or the user has written another start configuration since. Only a later save is news.
 * The files of the devices are told when the document is in its own file (lab-saved-taken.h):
 * settled is what was saved, and not what was meant to be. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-client-paths.h"
#include "lab-session-private.h"

/* --- what is settled --- */

static gint64
settled_time (LabSession *self, guint id)
{
  const gint64 *time =
      self->settled != NULL ? g_hash_table_lookup (self->settled, GUINT_TO_POINTER (id)) : NULL;

  return time != NULL ? *time : 0;
}

static void
settle (LabSession *self, guint id, gint64 time)
{
  if (time <= settled_time (self, id))
    return;
  if (self->settled == NULL)
    self->settled = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (self->settled, GUINT_TO_POINTER (id), g_memdup2 (&time, sizeof time));
}

/* By hand, by undo, by whatever it was. */
static void
start_changed_cb (LabSession *self, GParamSpec *property, LabNode *node)
{
  if (!self->taking)
    settle (self, lab_node_get_id (node), g_get_real_time ());
}

void
lab_session_see_starts (LabSession *self)
{
  GListModel *nodes = lab_topology_get_nodes (self->topology);
  guint n_nodes = g_list_model_get_n_items (nodes);

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      g_signal_handlers_disconnect_by_func (node, start_changed_cb, self);
      g_signal_connect_object (node, "notify::start-config", G_CALLBACK (start_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

static GPtrArray *
collect (LabSession *self, GPtrArray *nodes)
{
  GPtrArray *items = lab_take_collect (self->topology, nodes);

  for (guint i = 0; i < items->len; i++)
    {
      LabTakeItem *item = items->pdata[i];

      item->since = settled_time (self, item->id);
    }
  return items;
}

/* --- reading --- */

typedef struct
{
  GPtrArray *items;
  char *folder;
  gboolean news;
} Reading;

static void
reading_free (Reading *reading)
{
  g_ptr_array_unref (reading->items);
  g_free (reading->folder);
  g_free (reading);
}

static Reading *
reading_new (LabSession *self, GPtrArray *nodes, gboolean news)
{
  g_autofree char *state = lab_client_state_dir ();
  Reading *reading = g_new0 (Reading, 1);

  reading->items = collect (self, nodes);
  reading->folder = g_build_filename (state, lab_topology_get_uuid (self->topology), NULL);
  reading->news = news;
  return reading;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Reading *reading = task_data;

  lab_take_read (reading->items, reading->folder, reading->news);
  g_task_return_pointer (task, g_ptr_array_ref (reading->items),
                         (GDestroyNotify) g_ptr_array_unref);
}

/**
 * lab_session_read_saved_async:
 * @nodes: (nullable) (element-type LabNode): some nodes; %NULL: all
 * @news: only what is not settled
 *
 * Reads what devices have saved, in a thread, whether they run or not.
 */
void
lab_session_read_saved_async (LabSession *self,
                              GPtrArray *nodes,
                              gboolean news,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LAB_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, lab_session_read_saved_async);
  g_task_set_task_data (task, reading_new (self, nodes, news), (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, read_in_thread);
}

GPtrArray *
lab_session_read_saved_finish (LabSession *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* --- taking --- */

static void
settle_items (LabSession *self, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const LabTakeItem *item = items->pdata[i];

      settle (self, item->id, item->time);
    }
}

static void
say_refused (LabSession *self, GPtrArray *items)
{
  g_autoptr (GString) detail = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const LabTakeItem *item = items->pdata[i];

      if (item->fate == LAB_TAKE_TOO_LARGE)
        g_string_append_printf (detail, "%s%s: %s", detail->len > 0 ? "\n" : "", item->name,
                                lab_take_describe (item));
    }
  if (detail->len > 0)
    lab_session_say (self, LAB_SESSION_ERROR, _ ("Not every saved configuration could be taken"),
                     detail->str);
}

guint
lab_session_take_saved (LabSession *self, GPtrArray *items)
{
  g_autoptr (LabEdit) edit = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  g_return_val_if_fail (LAB_IS_SESSION (self), 0);
  g_return_val_if_fail (items != NULL, 0);

  edit = lab_take_edit (items, self->topology);
  self->taking = TRUE;
  if (edit != NULL && lab_session_apply (self, g_steal_pointer (&edit)))
    n = lab_take_count (items, LAB_TAKE_NEW);
  self->taking = FALSE;
  settle_items (self, items);
  say_refused (self, items);
  if (n == 0)
    return 0;
  text = g_strdup_printf (ngettext ("%u saved configuration taken into the lab",
                                    "%u saved configurations taken into the lab", (gulong) n),
                          n);
  lab_session_say (self, LAB_SESSION_UNDO, text, NULL);
  return n;
}

void
lab_session_leave_saved (LabSession *self, GPtrArray *items)
{
  g_return_if_fail (LAB_IS_SESSION (self));
  g_return_if_fail (items != NULL);

  settle_items (self, items);
}

/* --- the document is in its file --- */

static void
note_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Reading *reading = task_data;
  g_autoptr (GError) error = NULL;

  /* At worst it is asked once more. */
  if (!lab_take_settle (reading->items, reading->folder, &error))
    g_message ("%s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
noted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  lab_session_end_file_work (LAB_SESSION (object));
}

void
lab_session_note_settled (LabSession *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->settled == NULL)
    return;
  lab_session_begin_file_work (self);
  task = g_task_new (self, NULL, noted_cb, NULL);
  g_task_set_source_tag (task, lab_session_note_settled);
  g_task_set_task_data (task, reading_new (self, NULL, TRUE), (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, note_in_thread);
}

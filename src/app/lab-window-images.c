/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Images that the lab names and this computer has not: their devices are marked, a notice says so,
 * and a window gives them others. The folders are read in a thread, when the lab is opened and when
 * something in them changes; after an edit only the lab is looked at again. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-image-library.h"
#include "lab-mapping-window.h"
#include "lab-window-private.h"

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (LabLibrary) library = lab_library_load (&error);

  if (library == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, lab_library_list (library, LAB_LIBRARY_LOOK, NULL),
                           (GDestroyNotify) g_ptr_array_unref);
}

/* Node's name → what it wants, a sentence. (transfer full) */
static GHashTable *
list_missing (GPtrArray *wants)
{
  GHashTable *missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < wants->len; i++)
    {
      LabImageWant *want = wants->pdata[i];
      g_autofree char *text = lab_image_want_describe (want);

      for (guint j = 0; !want->here && j < want->nodes->len; j++)
        g_hash_table_insert (missing, g_strdup (want->nodes->pdata[j]),
                             g_strdup_printf (_ ("Image missing: %s"), text));
    }
  return missing;
}

static void
say (LabWindow *self, guint n_nodes, guint n_images)
{
  g_autofree char *text = NULL;

  if (n_nodes == 0)
    {
      lab_notice_withdraw (self->notice, LAB_NOTICE_IMAGES);
      return;
    }
  text = n_images == 1
             ? g_strdup_printf (ngettext ("%u device wants an image that is not on this computer.",
                                          "%u devices want an image that is not on this computer.",
                                          n_nodes),
                                n_nodes)
             : g_strdup_printf (ngettext ("%u device wants images that are not on this computer.",
                                          "%u devices want images that are not on this computer.",
                                          n_nodes),
                                n_nodes);
  lab_notice_say (self->notice, LAB_NOTICE_IMAGES, text, _ ("_Choose Images…"), "win.map-images",
                  NULL, NULL);
}

static void
look (LabWindow *self)
{
  g_autoptr (GPtrArray) wants = NULL;
  g_autoptr (GHashTable) missing = NULL;

  if (self->session == NULL || self->images == NULL)
    return;
  wants = lab_image_map_collect (lab_session_get_topology (self->session), self->images);
  missing = list_missing (wants);
  lab_session_set_missing (self->session, missing);
  say (self, g_hash_table_size (missing), lab_image_map_n_missing (wants));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  g_autoptr (GError) error = NULL;
  GPtrArray *records = g_task_propagate_pointer (G_TASK (result), &error);

  if (records == NULL)
    {
      g_message ("%s", error->message);
      return;
    }
  g_clear_pointer (&self->images, g_ptr_array_unref);
  self->images = records;
  /* It may have been closed meanwhile. */
  if (self->notice != NULL && self->session != NULL)
    {

      look (self);
    }
}

static void
read_again (LabWindow *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, read_cb, NULL);

  g_task_set_source_tag (task, read_again);
  g_task_run_in_thread (task, read_in_thread);
}

static void
library_cb (LabWindow *self)
{
  if (self->session != NULL)
    read_again (self);
}

static void
images_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_inspector_commit (self->inspector);
  if (self->images != NULL)
    lab_mapping_window_present (GTK_WINDOW (self), self->session, self->images);
}

void
lab_window_images_attach (LabWindow *self)
{
  static const GActionEntry entries[] = { { "map-images", images_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);

  g_signal_connect_object (lab_session_get_history (self->session), "changed", G_CALLBACK (look),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lab_image_library_get_default (), "items-changed",
                           G_CALLBACK (library_cb), self, G_CONNECT_SWAPPED);
  read_again (self);
}

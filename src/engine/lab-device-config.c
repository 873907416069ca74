/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a device saves is noticed, and what it shall hold is put into its NVRAM.
 *
 * A file that was closed or renamed is read at once: the device may save again. One that is still
 * written, or whose checksum is wrong, is given a moment; then it counts as it is. An image that
 * keeps its file mapped tells inotify nothing: what it saved is seen when it ends. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <glib/gi18n.h>

#include "iou-nvram.h"

#include "lab-device-private.h"
#include "lab-saved-nvram.h"

#define SETTLE_MS 250

/* @settled: nothing writes it just now. FALSE: it must be looked at again. */
static gboolean
note_config (LabDevice *self, gboolean settled)
{
  gboolean sound = FALSE;
  gint64 time = 0;
  g_autoptr (GBytes) text =
      lab_saved_read_nvram (self->workdir->work, self->id, &time, &sound, NULL);
  gboolean saved = text != NULL;

  if (!settled && !sound)
    return FALSE;
  if (saved)
    lab_saver_add (self->context->saver, self->workdir->work, text, time);
  if (saved != self->saved_config || time > self->saved_at)
    {
      self->saved_config = saved;
      self->saved_at = MAX (self->saved_at, time);
      lab_device_changed (self);
    }
  return TRUE;
}

static gboolean
settle_timeout (gpointer user_data)
{
  LabDevice *self = user_data;

  self->settle_timer = 0;
  note_config (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
config_written (const char *name, gboolean finished, gpointer user_data)
{
  LabDevice *self = user_data;
  g_autofree char *path = iou_nvram_path (self->workdir->work, self->id);
  g_autofree char *wanted = g_path_get_basename (path);

  if (name != NULL && !g_str_equal (name, wanted))
    return;
  if (finished && note_config (self, FALSE))
    {
      g_clear_handle_id (&self->settle_timer, g_source_remove);
      return;
    }
  if (self->settle_timer == 0)
    self->settle_timer = g_timeout_add (SETTLE_MS, settle_timeout, self);
}

void
lab_device_watch_config (LabDevice *self)
{
  self->config_watch =
      lab_watcher_add (self->context->watcher, self->workdir->work, config_written, self);
}

void
lab_device_unwatch_config (LabDevice *self)
{
  lab_watcher_clear (&self->config_watch);
  g_clear_handle_id (&self->settle_timer, g_source_remove);
  note_config (self, TRUE);
}

void
lab_device_note_config (LabDevice *self)
{
  note_config (self, TRUE);
}

/* Said where the user saves. */
void
lab_device_save_failed (LabDevice *self, const char *work, const GError *error)
{
  g_autofree char *text = NULL;

  if (!g_str_equal (work, self->workdir->work))
    return;
  if (error != NULL)
    text =
        g_strdup_printf (_ ("what it saved is in its NVRAM, but not in the history, which is tried "
                            "again: %s"),
                         error->message);
  lab_device_note (self, text != NULL ? text : _ ("what it saved is in the history now"));
}

/* --- another configuration --- */

gboolean
lab_device_check_config (LabDevice *self, GBytes *text, GError **error)
{
  return lab_saved_check_fits (self->workdir->work, self->id, self->wanted->nvram, text, error);
}

/* Whoever asked for a start meanwhile gets it. */
static void
config_done (LabDevice *self, const GError *error)
{
  LabDeviceConfigDone done = self->config_done;
  gboolean start_again = self->start_again;

  self->config_done = NULL;
  self->phase = LAB_PHASE_NONE;
  self->start_again = FALSE;
  note_config (self, TRUE);
  done (self, error, self->config_data);
  if (start_again)
    lab_device_start (self);
  else
    self->context->down (self, self->context->user_data);
}

static void
nvram_written (const GError *error, gpointer user_data)
{
  LabDevice *self = user_data;

  self->pending--;
  config_done (self, error);
}

gboolean
lab_device_apply_config (LabDevice *self)
{
  g_autoptr (GBytes) text = g_steal_pointer (&self->new_config);
  g_autoptr (GBytes) vlans = g_steal_pointer (&self->new_vlans);
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    return FALSE;
  self->phase = LAB_PHASE_WRITING;
  if (!lab_workdir_make_work (self->workdir, &error))
    {
      config_done (self, error);
      return TRUE;
    }
  /* It comes after what was saved before, which is in the history then. */
  self->pending++;
  lab_saver_write (self->context->saver, self->workdir->work, self->id, self->wanted->nvram, text,
                   vlans, nvram_written, self);
  return TRUE;
}

void
lab_device_put_config (LabDevice *self,
                       GBytes *text,
                       GBytes *vlans,
                       LabProcessTable *table,
                       LabDeviceConfigDone done,
                       gpointer user_data)
{
  g_return_if_fail (self->new_config == NULL);

  self->new_config = g_bytes_ref (text);
  self->new_vlans = vlans != NULL ? g_bytes_ref (vlans) : NULL;
  self->config_done = done;
  self->config_data = user_data;
  if (!lab_device_is_active (self))
    lab_device_apply_config (self);
  else if (self->state != LAB_STATE_STOPPING)
    lab_device_reload (self, table);
}

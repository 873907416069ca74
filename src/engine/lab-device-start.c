/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * A start goes through phases, most of which wait for somebody: a place in the queue, the verdict
 * on the image (a thread), the relay's answer, a relay that is being started again. An answer that
 * is under way holds a pointer to the device, so @pending counts them, and a device is only down,
 * and may be freed, when there are none. A stop during a phase takes effect when its answer comes.
 */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <glib/gi18n.h>

#include "lab-device-private.h"
#include "lab-saved-nvram.h"

/* A device keeps its place in the queue until it is over what costs the processor most: a light
 * host until its socket is there, all else until a prompt comes. This is the longest it may. */
#define LAUNCH_SECONDS 8

static void begin_check (LabDevice *self);
static void ask_relay (LabDevice *self);

static void
fail (LabDevice *self, const GError *error)
{
  lab_device_set_text (&self->message, error->message);
  self->exit_code = -1;
  lab_device_note (self, error->message);
  lab_device_finish (self, LAB_STATE_CRASHED);
}

void
lab_device_start (LabDevice *self)
{
  if (self->state == LAB_STATE_STOPPING || self->phase == LAB_PHASE_WRITING)
    {
      self->start_again = TRUE;
      return;
    }
  if (self->state != LAB_STATE_STOPPED && self->state != LAB_STATE_CRASHED)
    return;

  lab_device_set_text (&self->message, NULL);
  lab_device_set_text (&self->last_lines, NULL);
  self->exit_code = self->exit_signal = 0;
  self->ready_after = -1;
  self->launched = FALSE;
  self->phase = LAB_PHASE_QUEUED;
  lab_device_set_state (self, LAB_STATE_STARTING);
  self->context->enqueue (self, self->context->user_data);
}

/* An answer came. FALSE: the device was told to stop meanwhile, and that is done now. */
static gboolean
goes_on (LabDevice *self)
{
  self->pending--;
  if (self->state == LAB_STATE_STARTING)
    return TRUE;
  lab_device_finish (self, LAB_STATE_STOPPED);
  return FALSE;
}

void
lab_device_begin (LabDevice *self)
{
  if (self->phase == LAB_PHASE_QUEUED)
    begin_check (self);
}

/* The image is good: what it wants to find is put there. */
static void
prepare (LabDevice *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *target = lab_sandbox_dup_image_path (self->context->sandbox, self->facts->path);

  if (!lab_workdir_prepare (self->workdir, self->running, self->name, self->facts->path, target,
                            &error))
    {
      fail (self, error);
      return;
    }
  self->context->adopted (self, self->context->user_data);
  ask_relay (self);
}

static void
nvram_fitted (const GError *error, gpointer user_data)
{
  LabDevice *self = user_data;

  if (!goes_on (self))
    return;
  if (error != NULL)
    lab_device_note (self, error->message);
  prepare (self);
}

/* It shall have an NVRAM of another size than the file is that holds what it saved: that goes into
 * one of the new size (iou contract, 12.1), or stays where it is if it does not fit. FALSE: there
 * is nothing to wait for. */
static gboolean
fit_nvram (LabDevice *self)
{
  guint old_kb = lab_workdir_get_nvram_kb (self->workdir);
  guint new_kb = self->running->nvram;
  g_autoptr (GBytes) text = NULL;
  gboolean sound;
  gint64 time;

  if (new_kb == 0 || old_kb == 0 || new_kb == old_kb)
    return FALSE;
  text = lab_saved_read_nvram (self->workdir->work, self->id, &time, &sound, NULL);
  if (text == NULL)
    return FALSE;
  if (!lab_saved_check_fits (self->workdir->work, self->id, new_kb, text, NULL))
    {
      g_autofree char *note =
          g_strdup_printf (_ ("what it saved does not fit into an NVRAM of %u KB, so it keeps that "
                              "of %u KB"),
                           new_kb, old_kb);

      lab_device_note (self, note);
      return FALSE;
    }
  self->pending++;
  lab_saver_write (self->context->saver, self->workdir->work, self->id, new_kb, text, NULL,
                   nvram_fitted, self);
  return TRUE;
}

static void
image_checked (LabImageFacts *facts, const GError *error, gpointer user_data)
{
  LabDevice *self = user_data;

  if (!goes_on (self))
    return;
  if (error != NULL)
    {
      fail (self, error);
      return;
    }

  self->facts = lab_image_facts_ref (facts);
  if (!fit_nvram (self))
    prepare (self);
}

static void
begin_check (LabDevice *self)
{
  g_autoptr (GError) error = NULL;

  self->phase = LAB_PHASE_CHECK;
  self->running = lab_settings_copy (self->wanted);
  if (!lab_sandbox_check (self->context->sandbox, &error))
    {
      fail (self, error);
      return;
    }
  self->pending++;
  lab_images_check (self->context->images, self->running->image, self->running->sha256,
                    self->running->template, image_checked, self);
}

static gboolean
launch_timeout (gpointer user_data)
{
  LabDevice *self = user_data;

  self->timer = 0;
  lab_device_say_launched (self);
  return G_SOURCE_REMOVE;
}

static void
launch (LabDevice *self)
{
  g_autoptr (GError) error = NULL;

  self->phase = LAB_PHASE_PROCESS;
  if (lab_console_has_output (self->console))
    lab_device_note (self, _ ("started"));
  self->started_at = g_get_monotonic_time ();
  if (!lab_device_spawn (self, &error))
    {
      fail (self, error);
      return;
    }
  lab_device_watch_config (self);
  lab_device_expect_output (self);
  self->timer = g_timeout_add_seconds (LAUNCH_SECONDS, launch_timeout, self);
  lab_device_changed (self);
}

static void
relay_answered (LabRelayAnswer answer, const char *text, gpointer user_data)
{
  LabDevice *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!goes_on (self))
    return;
  if (answer == LAB_RELAY_OK)
    launch (self);
  else if (answer == LAB_RELAY_LOST && !lab_relay_is_up (self->context->relay))
    self->phase = LAB_PHASE_WAIT;
  else if (answer == LAB_RELAY_LOST)
    ask_relay (self);
  else
    {
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The relay refuses this device: %s"),
                   text);
      fail (self, error);
    }
}

/* The relay's sockets are there before the device starts, and its queue is empty. */
static void
ask_relay (LabDevice *self)
{
  g_autofree char *line = g_strdup_printf ("instance restarted %u", self->id);

  self->phase = LAB_PHASE_RELAY;
  self->pending++;
  lab_relay_send (self->context->relay, line, relay_answered, self);
}

void
lab_device_relay_up (LabDevice *self)
{
  if (self->holding)
    {
      g_autofree char *line = g_strdup_printf ("instance hold %u on", self->id);

      lab_relay_send (self->context->relay, line, NULL, NULL);
    }
  if (self->phase == LAB_PHASE_WAIT)
    ask_relay (self);
}

void
lab_device_socket_seen (LabDevice *self)
{
  lab_watcher_clear (&self->socket_watch);
  lab_device_find_pids (self);
  if (self->state == LAB_STATE_STARTING)
    lab_device_set_state (self, LAB_STATE_BOOTING);
  else if (self->state == LAB_STATE_FROZEN && self->before_freeze == LAB_STATE_STARTING)
    self->before_freeze = LAB_STATE_BOOTING;
  if (!g_str_equal (self->running->image, LAB_IMAGE_PC))
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  lab_device_say_launched (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 *   stopped --start--> starting --socket--> booting --prompt--> ready <--> frozen
 *      ^                  |                  |                   |          |
 *      +---- stopping <---+-------stop-------+-------------------+----------+
 *
 * and from each of these an end that nobody asked for leads to crashed, which a start or a stop
 * leaves.
 *
 * The phases of a start are in lab-device-start.c.
 *
 * The process is told apart from its sandbox in lab-device-process.c. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <unistd.h>

#include <glib/gi18n.h>

#include "lab-console-text.h"
#include "lab-device-private.h"
#include "lab-explain.h"

#define STOP_SECONDS 3
#define LAST_BYTES   4096
#define LAST_LINES   12

void
lab_device_changed (LabDevice *self)
{
  self->context->changed (self, self->context->user_data);
}

void
lab_device_set_state (LabDevice *self, LabState state)
{
  self->state = state;
  lab_device_changed (self);
}

void
lab_device_set_text (char **where, const char *text)
{
  g_free (*where);
  *where = g_strdup (text);
}

/* Its place in the queue is free for the next one. */
void
lab_device_say_launched (LabDevice *self)
{
  if (self->launched)
    return;
  self->launched = TRUE;
  self->context->launched (self, self->context->user_data);
}

static void
console_output (LabConsole *console, gpointer user_data)
{
  lab_device_had_output (user_data);
  lab_device_check_ready (user_data);
}

static const LabConsoleFuncs console_funcs = { console_output };

static void
set_idle_text (LabDevice *self)
{
  g_autofree char *text = g_strdup_printf (_ ("\r\n[%s is not running]\r\n"), self->name);

  lab_console_set_idle_text (self->console, text);
}

LabDevice *
lab_device_new (
    LabDeviceContext *context, guint id, const char *name, LabSettings *settings, GError **error)
{
  LabDevice *self = g_new0 (LabDevice, 1);
  g_autofree char *socket_name = g_strdup_printf ("%u", id);

  self->context = context;
  self->id = id;
  self->name = g_strdup (name);
  self->pidfd = -1;
  self->ready_after = -1;
  self->launched = TRUE;
  self->wanted = settings;
  self->workdir = lab_workdir_new (id, context->run_dir->state_path, context->run_dir->path,
                                   lab_sandbox_is_isolated (context->sandbox));
  self->console_path = g_strdup_printf ("%s/c/%u", context->run_dir->path, id);
  self->console = lab_console_new (context->poll, context->run_dir->consoles_fd, socket_name,
                                   &console_funcs, self, error);
  if (self->console == NULL || !lab_workdir_make (self->workdir, error))
    {
      lab_device_free (self);
      return NULL;
    }
  set_idle_text (self);
  self->saved_config = lab_workdir_has_config (self->workdir);
  /* It may have saved when no engine was there to see it, or none that could keep it. */
  lab_saver_catch_up (context->saver, self->workdir->work, id);
  return self;
}

void
lab_device_free (LabDevice *self)
{
  g_assert (self->child == 0 && self->pending == 0);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->silent_timer, g_source_remove);
  lab_guard_clear (&self->guard_watch);
  g_clear_pointer (&self->overstepped, g_free);
  lab_watcher_clear (&self->socket_watch);
  lab_watcher_clear (&self->config_watch);
  g_clear_handle_id (&self->settle_timer, g_source_remove);
  g_clear_pointer (&self->new_config, g_bytes_unref);
  g_clear_pointer (&self->new_vlans, g_bytes_unref);
  g_clear_pointer (&self->console, lab_console_free);
  lab_workdir_free (self->workdir);
  lab_settings_free (self->wanted);
  g_clear_pointer (&self->running, lab_settings_free);
  g_clear_pointer (&self->facts, lab_image_facts_unref);
  g_free (self->console_path);
  g_free (self->message);
  g_free (self->last_lines);
  g_free (self->name);
  g_free (self);
}

guint
lab_device_get_id (LabDevice *self)
{
  return self->id;
}

const char *
lab_device_get_name (LabDevice *self)
{
  return self->name;
}

gboolean
lab_device_has_new_config (LabDevice *self)
{
  return self->new_config != NULL || self->phase == LAB_PHASE_WRITING;
}

gboolean
lab_device_is_down (LabDevice *self)
{
  return self->child == 0 && self->pending == 0 && self->phase == LAB_PHASE_NONE;
}

gboolean
lab_device_is_active (LabDevice *self)
{
  return self->child != 0 || self->phase != LAB_PHASE_NONE;
}

const LabSettings *
lab_device_get_settings (LabDevice *self)
{
  return self->running ? self->running : self->wanted;
}

const LabSettings *
lab_device_get_wanted (LabDevice *self)
{
  return self->wanted;
}

/* The start configuration counts only while nothing was saved. */
static gboolean
needs_restart (LabDevice *self)
{
  if (self->running == NULL || self->child == 0)
    return FALSE;
  if (!lab_settings_equal (self->running, self->wanted))
    return TRUE;
  return !self->saved_config &&
         g_strcmp0 (self->running->start_config, self->wanted->start_config) != 0;
}

void
lab_device_get_state (LabDevice *self, LabNodeState *state)
{
  if (self->state != LAB_STATE_STARTING)
    lab_device_find_pids (self);
  *state = (LabNodeState){
    .name = self->name,
    .id = self->id,
    .state = self->state,
    .pid = (guint) self->pid,
    .console = self->console_path,
    .message = self->message,
    .exit_code = self->exit_code,
    .exit_signal = self->exit_signal,
    .last_lines = self->last_lines,
    .started_at = self->child != 0 ? self->started_at : 0,
    .ready_after = self->ready_after,
    .restart_needed = needs_restart (self),
    .saved_config = self->saved_config,
    .saved_at = self->saved_at,
  };
}

char *
lab_device_dup_instance (LabDevice *self)
{
  const LabSettings *settings = lab_device_get_settings (self);
  gboolean keepalives =
      settings->keepalives && (self->facts == NULL || !self->facts->no_keepalives);

  return g_strdup_printf ("dir=%s pseudo=%u uid=%u keepalives=%s ethernet=%u serial=%u",
                          self->workdir->tmp, self->workdir->pseudo_id, (guint) getuid (),
                          keepalives ? "on" : "off", settings->ethernet, settings->serial);
}

void
lab_device_set_name (LabDevice *self, const char *name)
{
  if (g_str_equal (self->name, name))
    return;
  lab_device_set_text (&self->name, name);
  set_idle_text (self);
  lab_device_changed (self);
}

void
lab_device_set_wanted (LabDevice *self, LabSettings *settings)
{
  gboolean before = needs_restart (self);

  lab_settings_free (self->wanted);
  self->wanted = settings;
  if (needs_restart (self) != before)
    lab_device_changed (self);
}

/* A line in the scroll-back, as "[PC1: …]". */
void
lab_device_note (LabDevice *self, const char *text)
{
  g_autofree char *line = g_strdup_printf ("%s: %s", self->name, text);

  lab_console_note (self->console, line);
}

/* Everything a run had is put away; the state is the caller's business. */
static void
clean_up (LabDevice *self)
{
  self->phase = LAB_PHASE_NONE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->silent_timer, g_source_remove);
  lab_guard_clear (&self->guard_watch);
  g_clear_pointer (&self->overstepped, g_free);
  lab_watcher_clear (&self->socket_watch);
  lab_device_unwatch_config (self);
  lab_console_close (self->console);
  if (self->holding)
    {
      g_autofree char *line = g_strdup_printf ("instance hold %u off", self->id);

      lab_relay_send (self->context->relay, line, NULL, NULL);
      self->holding = FALSE;
    }
  if (self->facts != NULL)
    lab_workdir_clear (self->workdir, self->facts->path);
  g_clear_pointer (&self->facts, lab_image_facts_unref);
  g_clear_pointer (&self->running, lab_settings_free);
  self->start_again = FALSE;
}

void
lab_device_finish (LabDevice *self, LabState state)
{
  gboolean start_again = self->start_again && state == LAB_STATE_STOPPED;

  clean_up (self);
  lab_device_set_state (self, state);
  lab_device_say_launched (self);
  self->start_again = start_again;
  if (lab_device_apply_config (self))
    return;
  self->start_again = FALSE;
  if (start_again)
    lab_device_start (self);
  else
    self->context->down (self, self->context->user_data);
}

/* (transfer full) */
static char *
explain (LabDevice *self)
{
  g_autofree char *sentence = NULL;
  LabExplainFacts facts = {
    .code = self->exit_code,
    .signal = self->exit_signal,
    .output = self->last_lines,
    .own = !lab_images_is_open (self->running->image),
    .licence = lab_licence_get_state (NULL, &sentence),
    .host = g_get_host_name (),
    .keepalives = self->running->keepalives && !self->facts->no_keepalives,
    .ram = self->running->ram,
    .was_ready = self->ready_after >= 0,
  };

  return lab_explain_exit (&facts);
}

void
lab_device_exited (LabDevice *self, int code, int signal)
{
  g_autofree char *tail = NULL;
  gsize length;

  /* What it wrote last is still in the PTY. */
  lab_console_close (self->console);
  if (self->state == LAB_STATE_STOPPING)
    {
      lab_device_note (self, self->would_not_end
                                 ? _ ("it did not end when it was asked to, and was killed")
                                 : _ ("stopped"));
      lab_device_finish (self, LAB_STATE_STOPPED);
      return;
    }

  tail = lab_console_dup_tail (self->console, LAST_BYTES, &length);
  g_free (self->last_lines);
  self->last_lines = lab_console_text_last_lines (tail, length, LAST_LINES);
  self->exit_code = code;
  self->exit_signal = signal;
  g_free (self->message);
  self->message = self->overstepped != NULL ? g_strdup (self->overstepped) : explain (self);
  lab_device_note (self, self->message);
  lab_device_finish (self, LAB_STATE_CRASHED);
}

static gboolean
stop_timeout (gpointer user_data)
{
  LabDevice *self = user_data;

  self->timer = 0;
  self->would_not_end = TRUE;
  lab_device_kill (self);
  return G_SOURCE_REMOVE;
}

void
lab_device_stop (LabDevice *self, LabProcessTable *table)
{
  self->start_again = FALSE;
  if (self->state == LAB_STATE_CRASHED)
    {
      lab_device_set_state (self, LAB_STATE_STOPPED);
      return;
    }
  if (self->state == LAB_STATE_STOPPED || self->state == LAB_STATE_STOPPING)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  /* What was said of the way it boots. */
  lab_device_set_text (&self->message, NULL);
  lab_device_set_state (self, LAB_STATE_STOPPING);
  if (self->child != 0)
    {
      self->would_not_end = FALSE;
      self->timer = g_timeout_add_seconds (STOP_SECONDS, stop_timeout, self);
      lab_device_terminate (self, table);
    }
  else if (self->pending == 0)
    lab_device_finish (self, LAB_STATE_STOPPED);
}

void
lab_device_reload (LabDevice *self, LabProcessTable *table)
{
  lab_device_stop (self, table);
  lab_device_start (self);
}

gboolean
lab_device_freeze (LabDevice *self, LabProcessTable *table, gboolean hold)
{
  if (self->child == 0 || self->state == LAB_STATE_STOPPING)
    return FALSE;

  if (hold && !self->holding)
    {
      g_autofree char *line = g_strdup_printf ("instance hold %u on", self->id);

      lab_relay_send (self->context->relay, line, NULL, NULL);
      self->holding = TRUE;
    }
  if (self->state != LAB_STATE_FROZEN)
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      self->before_freeze = self->state;
      lab_device_say_launched (self);
      lab_device_set_state (self, LAB_STATE_FROZEN);
    }
  return lab_device_stop_signals (self, table);
}

void
lab_device_thaw (LabDevice *self, LabProcessTable *table)
{
  if (self->state != LAB_STATE_FROZEN)
    return;

  lab_device_continue (self, table);
  if (self->holding)
    {
      g_autofree char *line = g_strdup_printf ("instance hold %u off", self->id);

      lab_relay_send (self->context->relay, line, NULL, NULL);
      self->holding = FALSE;
    }
  lab_device_set_state (self, self->before_freeze);
  lab_device_check_ready (self);
}

char *
lab_device_dup_config (LabDevice *self, GError **error)
{
  return lab_workdir_dup_config (self->workdir, error);
}

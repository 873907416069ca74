/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * VTE gives by "commit" what is to be sent to the device: keys, pasted text, and its own answers to
 * questions of the device (where is the cursor, what kind of terminal is this). Two things must not
 * happen:
 *
 * - Answers to questions that stand in the scroll-back must not be sent: the device asked long ago,
 *   and would take them for typed text. The engine marks where the scroll-back ends, but VTE works
 *   off what it is fed later, and says nothing when it is through. So a question of our own with a
 *   random number in it (DECRQM of a mode that does not exist) is fed after the scroll-back; its
 *   answer comes by the same way and tells that all before it is done. Until then only what the
 * user does goes through. CAN before it ends a sequence that was cut off.
 *
 * - Answers must not be given to other consoles when the user types at all of them. What the user
 *   does is known by the event in which it happens; text without an escape that comes outside of
 * one is from an input method. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include <string.h>

#include "lab-terminal-private.h"

#define FENCE_SECONDS 5
#define CANCEL        "\030"
/* Soft reset, first screen. */
#define TO_DEFAULTS CANCEL "\033[!p\033[?1049l"

gboolean
lab_terminal_is_away (LabTerminal *self)
{
  return self->state == LAB_CLIENT_STATE_STOPPED || self->state == LAB_CLIENT_STATE_CRASHED ||
         self->state == LAB_CLIENT_STATE_FROZEN;
}

/* --- from the device --- */

static void
end_replay (LabTerminal *self)
{
  g_clear_handle_id (&self->fence_id, g_source_remove);
  self->fence = 0;
  self->in_replay = FALSE;
}

static gboolean
fence_timeout_cb (gpointer user_data)
{
  LabTerminal *self = user_data;

  g_debug ("The terminal of %s did not answer", self->node_name);
  self->fence_id = 0;
  end_replay (self);
  return G_SOURCE_REMOVE;
}

static void
begin_cb (gboolean fresh, gpointer user_data)
{
  LabTerminal *self = user_data;

  end_replay (self);
  self->in_replay = TRUE;
  if (!self->has_output)
    return;
  if (fresh)
    vte_terminal_feed (self->vte, TO_DEFAULTS "\r\n", -1);
  else
    vte_terminal_reset (self->vte, TRUE, TRUE);
}

static void
output_cb (const guint8 *data, gsize length, gboolean replayed, gpointer user_data)
{
  LabTerminal *self = user_data;

  self->has_output = TRUE;
  vte_terminal_feed (self->vte, (const char *) data, (gssize) length);
  if (!replayed)
    lab_terminal_emit_output (self);
}

static void
replay_ended_cb (gpointer user_data)
{
  LabTerminal *self = user_data;
  g_autofree char *question = NULL;

  /* Above all modes there are, and one parameter of a sequence. */
  self->fence = (guint) g_random_int_range (20000, 60000);
  question = g_strdup_printf (CANCEL "\033[?%u$p", self->fence);
  vte_terminal_feed (self->vte, question, -1);
  self->fence_id = g_timeout_add_seconds (FENCE_SECONDS, fence_timeout_cb, self);
}

const LabTerminalStreamFuncs lab_terminal_stream_funcs = {
  begin_cb,
  output_cb,
  replay_ended_cb,
};

/* TRUE: this was the answer to our question. */
static gboolean
take_fence (LabTerminal *self, const char *text, gsize length)
{
  g_autofree char *answer = NULL;

  if (self->fence == 0)
    return FALSE;
  answer = g_strdup_printf ("\033[?%u;", self->fence);
  if (!g_strstr_len (text, (gssize) length, answer))
    return FALSE;
  end_replay (self);
  return TRUE;
}

/* --- to the device --- */

/* Whether what VTE commits now was made by the user. */
static gboolean
is_from_user (LabTerminal *self, const char *text, gsize length)
{
  static const char pasted[] = "\033[200~";

  if (self->user_acts || (length >= strlen (pasted) && memcmp (text, pasted, strlen (pasted)) == 0))
    return TRUE;
  return !self->in_replay && length > 0 && text[0] != '\033';
}

void
lab_terminal_take_input (LabTerminal *self, const char *text, gsize length)
{
  if (lab_terminal_is_away (self))
    {
      if (memchr (text, '\r', length) != NULL)
        lab_terminal_emit_start_requested (self);
      return;
    }
  lab_terminal_send (self, text, length);
  lab_terminal_emit_input (self, text, length);
}

static void
commit_cb (LabTerminal *self, const char *text, guint length)
{
  if (is_from_user (self, text, length))
    lab_terminal_take_input (self, text, length);
  else if (!take_fence (self, text, length) && !self->in_replay)
    lab_terminal_send (self, text, length);
}

void
lab_terminal_send (LabTerminal *self, const char *bytes, gsize length)
{
  g_return_if_fail (LAB_IS_TERMINAL (self));

  if (lab_terminal_get_connected (self) && length > 0)
    lab_terminal_set_overfull (self, !lab_terminal_stream_send (self->stream, bytes, length));
}

void
lab_terminal_paste_text (LabTerminal *self, const char *text)
{
  self->user_acts = TRUE;
  vte_terminal_paste_text (self->vte, text);
  self->user_acts = FALSE;
}

void
lab_terminal_init_input (LabTerminal *self)
{
  self->stream = lab_terminal_stream_new (&lab_terminal_stream_funcs, self);
  g_signal_connect_swapped (self->vte, "commit", G_CALLBACK (commit_cb), self);
}

void
lab_terminal_end_input (LabTerminal *self)
{
  g_clear_handle_id (&self->fence_id, g_source_remove);
  if (self->stream != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->stream, self);
      lab_terminal_stream_close (self->stream);
    }
  g_clear_object (&self->stream);
}

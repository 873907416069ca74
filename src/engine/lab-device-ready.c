/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When a device is ready, by what stands last on its console; what an IOS without configuration
 * asks first, answered if the user wants it; and a device that writes nothing at all. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "lab-console-text.h"
#include "lab-device-private.h"
#include "lab-explain.h"

/* Images write at once; tests have no patience. */
#define SILENT_SECONDS 30

/* What is asked, and what declines it; each once in a run. */
static const struct
{
  const char *question;
  const char *answer;
} dialogue[] = {
  { "enter the initial configuration dialog?", "no\r" },
  { "terminate autoinstall?", "yes\r" },
};

static gboolean
is_pc (LabDevice *self)
{
  return self->running != NULL && g_str_equal (self->running->image, LAB_IMAGE_PC);
}

static gboolean
matches_prompt (GPtrArray *prompts, const char *line)
{
  for (guint i = 0; i < prompts->len; i++)
    if (g_regex_match (g_ptr_array_index (prompts, i), line, 0, NULL))
      return TRUE;

  return FALSE;
}

/* The place of the question that waits for an answer at the end of @line; -1: none. */
static int
find_question (const char *line)
{
  g_autofree char *lower = g_ascii_strdown (line, -1);

  if (!g_str_has_suffix (g_strchomp (lower), ":"))
    return -1;
  for (guint i = 0; i < G_N_ELEMENTS (dialogue); i++)
    if (strstr (lower, dialogue[i].question) != NULL)
      return (int) i;
  return -1;
}

/* It boots until somebody answers, and does not look as if it waited. */
static void
say_that_it_asks (LabDevice *self)
{
  lab_device_set_text (
      &self->message,
      _ ("It asks for its initial configuration dialogue, and waits for an answer at its console. "
         "The preferences, or “labctl image dialogue no”, have it declined for you."));
  lab_device_changed (self);
}

static void
answer_dialogue (LabDevice *self, const char *line)
{
  int i = find_question (line);

  if (i < 0)
    return;
  if (self->facts->dialogue != LAB_DIALOGUE_NO)
    {
      say_that_it_asks (self);
      return;
    }
  if ((self->dialogue_answers & (1u << i)) == 0)
    {
      self->dialogue_answers |= 1u << i;
      lab_console_type (self->console, dialogue[i].answer);
    }
}

void
lab_device_check_ready (LabDevice *self)
{
  g_autofree char *tail = NULL;
  g_autofree char *line = NULL;
  gboolean ready;
  gsize length;

  if ((self->state != LAB_STATE_STARTING && self->state != LAB_STATE_BOOTING) || self->child == 0 ||
      self->facts == NULL)
    return;

  tail = lab_console_dup_tail (self->console, LAB_CONSOLE_TAIL, &length);
  line = lab_console_text_last_line (tail, length);
  answer_dialogue (self, line);
  ready = self->facts->prompts->len > 0 ? matches_prompt (self->facts->prompts, line)
                                        : lab_console_text_is_ready (tail, length, is_pc (self));
  if (!ready)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  lab_device_find_pids (self);
  self->ready_after = g_get_monotonic_time () - self->started_at;
  lab_device_set_state (self, LAB_STATE_READY);
  lab_device_say_launched (self);
}

static guint
silent_ms (void)
{
  const char *given = g_getenv ("LABWRIGHT_SILENT_MS");
  guint64 value;

  if (given != NULL && g_ascii_string_to_unsigned (given, 10, 1, 3600000, &value, NULL))
    return (guint) value;
  return SILENT_SECONDS * 1000;
}

static gboolean
silent_timeout (gpointer user_data)
{
  LabDevice *self = user_data;
  g_autofree char *host = NULL;
  g_autofree char *silent = NULL;
  g_autofree char *text = NULL;

  self->silent_timer = 0;
  if (self->state != LAB_STATE_STARTING && self->state != LAB_STATE_BOOTING)
    return G_SOURCE_REMOVE;
  silent =
      g_strdup_printf (_ ("It runs, but has written nothing since it was started %u seconds ago. "
                          "An image that does not suit this system may hang so."),
                       MAX (silent_ms () / 1000, 1));
  if (!lab_images_is_open (self->running->image))
    host = lab_explain_long_host (g_get_host_name ());
  text = host != NULL ? g_strdup_printf ("%s %s", silent, host) : g_steal_pointer (&silent);
  lab_device_set_text (&self->message, text);
  lab_device_changed (self);
  return G_SOURCE_REMOVE;
}

void
lab_device_expect_output (LabDevice *self)
{
  self->dialogue_answers = 0;
  self->silent_timer = g_timeout_add (silent_ms (), silent_timeout, self);
}

void
lab_device_had_output (LabDevice *self)
{
  gboolean said = self->silent_timer == 0 && self->message != NULL && self->child != 0 &&
                  (self->state == LAB_STATE_STARTING || self->state == LAB_STATE_BOOTING);

  g_clear_handle_id (&self->silent_timer, g_source_remove);
  if (!said)
    return;
  lab_device_set_text (&self->message, NULL);
  lab_device_changed (self);
}

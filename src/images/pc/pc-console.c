/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands run one at a time. A command either ends before it returns or begins a job (ping, trace,
 * sleep, ip dhcp) and ends later; until then what is typed waits, except Ctrl+C. Lines come first
 * from scripts (the start configuration, `load`), then from the keyboard. pump() is the one place
 * that decides what comes next, so that jobs, scripts and typing cannot overtake each other. */

#include "config.h"

#include "pc-console.h"

#include <string.h>

#include "pc-commands.h"
#include "device-terminal.h"

#define MAX_TYPEAHEAD 16384
#define INTERRUPT     0x03

typedef struct
{
  char *name;
  char **lines;
  guint next;
} Script;

struct _PcConsole
{
  Pc *pc;
  PcLine *line;
  GByteArray *typeahead;
  GQueue scripts; /* of Script, the one that runs first */
  gboolean echo;
  gboolean pumping;
  gboolean started;
  gboolean prompt_shown;
  gboolean at_start; /* of a line of the terminal */
  PcJobFunc cancel;  /* NULL: no job */
  gpointer job;
};

static void pump (PcConsole *self);

static void
write_text (PcConsole *self, const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (*text == '\n')
        g_string_append_c (out, '\r');
      g_string_append_c (out, *text);
    }
  if (out->len == 0)
    return;
  self->at_start = out->str[out->len - 1] == '\n';
  device_terminal_write (out->str, out->len);
}

static void
show_prompt (PcConsole *self)
{
  g_autoptr (GString) out = g_string_new (self->pc->name);

  g_string_append (out, "> ");
  pc_line_draw (self->line, out);
  device_terminal_write (out->str, out->len);
  self->prompt_shown = TRUE;
  self->at_start = FALSE;
}

static void
script_free (Script *script)
{
  g_free (script->name);
  g_strfreev (script->lines);
  g_free (script);
}

static Script *
current_script (PcConsole *self)
{
  return g_queue_peek_head (&self->scripts);
}

static void
drop_finished_scripts (PcConsole *self)
{
  while (current_script (self) != NULL &&
         current_script (self)->lines[current_script (self)->next] == NULL)
    script_free (g_queue_pop_head (&self->scripts));
}

/* The script stays the current one while its line runs, for messages. FALSE: no line was left. */
static gboolean
run_script_line (PcConsole *self)
{
  const char *line;

  drop_finished_scripts (self);
  if (current_script (self) == NULL)
    return FALSE;

  line = current_script (self)->lines[current_script (self)->next++];
  if (self->echo && self->started)
    pc_print (self->pc, "%s> %s\n", self->pc->name, line);
  pc_commands_run (self->pc, line);
  return TRUE;
}

static void
show_help (PcConsole *self)
{
  g_autofree char *before = pc_line_dup_before (self->line);

  write_text (self, "?\n");
  pc_commands_show_help (self->pc, before);
  self->prompt_shown = FALSE;
}

static void
complete (PcConsole *self, GString *out)
{
  g_autofree char *before = pc_line_dup_before (self->line);
  g_autoptr (GPtrArray) choices = NULL;
  g_autofree char *addition = pc_commands_complete (self->pc, before, &choices);

  if (addition[0] != '\0')
    pc_line_insert (self->line, addition, out);
  else if (choices->len < 2)
    g_string_append_c (out, '\a');
  else
    {
      g_ptr_array_add (choices, NULL);
      before = (g_free (before), g_strjoinv ("  ", (char **) choices->pdata));
      write_text (self, "\n");
      pc_print (self->pc, "%s\n", before);
      self->prompt_shown = FALSE;
    }
}

static void
enter (PcConsole *self)
{
  g_autofree char *text = pc_line_take (self->line);

  self->prompt_shown = FALSE;
  self->at_start = TRUE;
  pc_commands_run (self->pc, text);
}

static void
feed (PcConsole *self, guint8 byte)
{
  g_autoptr (GString) out = g_string_new (NULL);
  PcLineEvent event = pc_line_feed (self->line, byte, out);

  if (event == PC_LINE_COMPLETE)
    complete (self, out);
  if (event == PC_LINE_INTERRUPT)
    {
      pc_line_clear (self->line);
      g_string_append (out, "^C\r\n");
    }
  device_terminal_write (out->str, out->len);

  if (event == PC_LINE_ENTER)
    enter (self);
  else if (event == PC_LINE_HELP)
    show_help (self);
  else if (event == PC_LINE_END)
    {
      write_text (self, "\n");
      pc_commands_run (self->pc, "quit");
      self->prompt_shown = FALSE;
    }
  else if (event == PC_LINE_REDRAW || event == PC_LINE_INTERRUPT)
    self->prompt_shown = FALSE;
}

static gboolean
take_typeahead (PcConsole *self, guint8 *byte)
{
  if (self->typeahead->len == 0)
    return FALSE;

  *byte = self->typeahead->data[0];
  g_byte_array_remove_index (self->typeahead, 0);
  return TRUE;
}

static void
pump (PcConsole *self)
{
  guint8 byte;

  if (self->pumping || !self->started)
    return;

  self->pumping = TRUE;
  while (self->cancel == NULL && !self->pc->stop)
    {
      if (run_script_line (self))
        continue;
      if (!self->prompt_shown)
        show_prompt (self);
      if (!take_typeahead (self, &byte))
        break;
      feed (self, byte);
    }
  self->pumping = FALSE;
}

static void
interrupt (PcConsole *self)
{
  g_byte_array_set_size (self->typeahead, 0);
  g_queue_clear_full (&self->scripts, (GDestroyNotify) script_free);
  write_text (self, "^C\n");
  self->cancel (self->job);
}

void
pc_console_feed (PcConsole *self, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (self->cancel != NULL && bytes[i] == INTERRUPT)
        interrupt (self);
      else if (self->typeahead->len < MAX_TYPEAHEAD)
        g_byte_array_append (self->typeahead, &bytes[i], 1);
      pump (self);
    }
}

static void
on_input (gpointer data, const guint8 *bytes, gsize length)
{
  pc_console_feed (data, bytes, length);
}

PcConsole *
pc_console_new (Pc *pc)
{
  PcConsole *self = g_new0 (PcConsole, 1);

  self->pc = pc;
  self->line = pc_line_new ();
  self->typeahead = g_byte_array_new ();
  self->at_start = TRUE;
  g_queue_init (&self->scripts);
  device_terminal_open (on_input, self);
  return self;
}

void
pc_console_free (PcConsole *self)
{
  if (self->cancel != NULL)
    self->cancel (self->job);
  device_terminal_close ();
  g_queue_clear_full (&self->scripts, (GDestroyNotify) script_free);
  g_byte_array_unref (self->typeahead);
  pc_line_free (self->line);
  g_free (self);
}

void
pc_console_run_script (PcConsole *self, const char *name, const char *text)
{
  Script *script = g_new0 (Script, 1);

  script->name = g_strdup (name);
  script->lines = g_strsplit_set (text, "\r\n", -1);
  g_queue_push_head (&self->scripts, script);
}

void
pc_console_start (PcConsole *self, const char *script)
{
  if (script != NULL)
    pc_console_run_script (self, "start configuration", script);
  self->started = TRUE;
  pump (self);
}

void
pc_console_begin_job (PcConsole *self, PcJobFunc cancel, gpointer job)
{
  self->cancel = cancel;
  self->job = job;
}

void
pc_console_end_job (PcConsole *self)
{
  self->cancel = NULL;
  self->job = NULL;
  pump (self);
}

void
pc_console_notify (PcConsole *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (self == NULL)
    return;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  if (self->prompt_shown)
    device_terminal_write ("\r\x1b[K", 4);
  else if (!self->at_start)
    write_text (self, "\n");
  write_text (self, text);
  write_text (self, "\n");
  if (self->prompt_shown)
    show_prompt (self);
}

PcLine *
pc_console_get_line (PcConsole *self)
{
  return self->line;
}

void
pc_console_set_echo (PcConsole *self, gboolean echo)
{
  self->echo = echo;
}

gboolean
pc_console_get_echo (PcConsole *self)
{
  return self->echo;
}

gboolean
pc_console_in_script (PcConsole *self)
{
  return current_script (self) != NULL;
}

void
pc_print (Pc *pc, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  write_text (pc->console, text);
}

void
pc_say (Pc *pc, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (pc_console_in_script (pc->console))
    return;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  write_text (pc->console, text);
}

void
pc_complain (Pc *pc, const char *format, ...)
{
  Script *script = current_script (pc->console);
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  if (script != NULL)
    pc_print (pc, "%s, line %u: ", script->name, script->next);
  pc_print (pc, "%s\n", text);
}

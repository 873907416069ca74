/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A console's bytes as the text a person would see. Devices echo with backspaces, redraw the line
 * they edit and overwrite “--More--”; patterns are to match what is left of that. Only the line of
 * the cursor can still change: no device here addresses the screen. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "lab-screen.h"

#define MAX_LINE   65536
#define MAX_TEXT   (16 * 1024 * 1024)
#define MAX_ESCAPE 256

LabScreen *
lab_screen_new (void)
{
  LabScreen *self = g_new0 (LabScreen, 1);

  self->text = g_string_new (NULL);
  self->line = g_string_new (NULL);
  self->escape = g_string_new (NULL);
  return self;
}

void
lab_screen_free (LabScreen *self)
{
  g_string_free (self->text, TRUE);
  g_string_free (self->line, TRUE);
  g_string_free (self->escape, TRUE);
  g_free (self);
}

static void
end_line (LabScreen *self)
{
  gsize length = self->line->len;

  while (length > 0 && self->line->str[length - 1] == ' ')
    length--;
  if (self->text->len > MAX_TEXT)
    g_string_erase (self->text, 0, MAX_TEXT / 2);
  g_string_append_len (self->text, self->line->str, length);
  g_string_append_c (self->text, '\n');
  g_string_truncate (self->line, 0);
  self->column = 0;
}

static void
put (LabScreen *self, char c)
{
  if (self->column >= MAX_LINE)
    return;
  while (self->line->len < self->column)
    g_string_append_c (self->line, ' ');
  if (self->column < self->line->len)
    self->line->str[self->column] = c;
  else
    g_string_append_c (self->line, c);
  self->column++;
}

static void
erase_line (LabScreen *self, long how)
{
  gsize end = MIN (self->column, self->line->len);

  if (how == 0)
    g_string_truncate (self->line, end);
  else if (how == 1)
    memset (self->line->str, ' ', end);
  else
    g_string_truncate (self->line, 0);
}

/* "ESC [ numbers letter" */
static void
control_sequence (LabScreen *self, const char *sequence, char final)
{
  long number = strtol (sequence, NULL, 10);
  gsize steps = (gsize) CLAMP (number, 1, MAX_LINE);

  switch (final)
    {
    case 'K':
      erase_line (self, number);
      break;
    case 'C':
      self->column = MIN (self->column + steps, MAX_LINE);
      break;
    case 'D':
      self->column -= MIN (self->column, steps);
      break;
    case 'G':
      self->column = steps - 1;
      break;
    case 'P':
      if (self->column < self->line->len)
        g_string_erase (self->line, self->column, MIN (steps, self->line->len - self->column));
      break;
    default:
      break;
    }
}

/* Takes one byte of a sequence that ESC began. */
static void
escape (LabScreen *self, char c)
{
  char kind;

  g_string_append_c (self->escape, c);
  kind = self->escape->str[0];
  if (kind == '[')
    {
      if (self->escape->len > 1 && c >= 0x40 && c <= 0x7e)
        {
          control_sequence (self, self->escape->str + 1, c);
          self->in_escape = FALSE;
        }
    }
  else if (kind == ']')
    {
      self->in_escape = c != '\a' && c != '\\';
    }
  else if (kind == '(' || kind == ')' || kind == '#')
    {
      self->in_escape = self->escape->len < 2;
    }
  else
    {
      self->in_escape = FALSE;
    }
  if (self->escape->len > MAX_ESCAPE)
    self->in_escape = FALSE;
}

static void
feed_byte (LabScreen *self, char c)
{
  if (c == '\033')
    {
      self->in_escape = TRUE;
      g_string_truncate (self->escape, 0);
    }
  else if (self->in_escape)
    escape (self, c);
  else if (c == '\n')
    end_line (self);
  else if (c == '\r')
    self->column = 0;
  else if (c == '\b')
    self->column -= MIN (self->column, 1);
  else if (c == '\t')
    do
      put (self, ' ');
    while (self->column % 8 != 0 && self->column < MAX_LINE);
  else if ((guchar) c >= 0x20 && c != 0x7f)
    put (self, c);
}

void
lab_screen_feed (LabScreen *self, const char *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    feed_byte (self, data[i]);
}

void
lab_screen_forget (LabScreen *self)
{
  g_string_truncate (self->text, 0);
}

char *
lab_screen_dup (LabScreen *self, gboolean all)
{
  g_autofree char *joined = g_strconcat (self->text->str, all ? self->line->str : NULL, NULL);

  return g_utf8_make_valid (joined, -1);
}

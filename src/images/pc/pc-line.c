/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line of UTF-8 text with a cursor, edited with the keys of a VT100 and of Emacs. What the
 * terminal shows is kept up by the smallest output that does it: a character typed at the end is
 * just echoed, which is also what programs at the other end of a pipe expect. The cursor is a byte
 * offset that always stands at the start of a character; each character is taken to be one column
 * wide.
 *
 * Escape sequences: ESC [ or ESC O, digits and semicolons, one final byte. Anything else after ESC
 * is dropped. CR ends a line; LF does too, unless it follows a CR. */

#include "config.h"

#include "pc-line.h"

#include <string.h>

#define KEY(letter)   ((letter) &0x1f)
#define ESCAPE        0x1b
#define BACKSPACE     0x08
#define DELETE        0x7f
#define MAX_PARAMETER 9999

typedef enum
{
  STATE_TEXT,
  STATE_ESCAPE,   /* after ESC */
  STATE_SEQUENCE, /* after ESC [ */
  STATE_QUOTE,    /* after Ctrl+V */
} State;

struct _PcLine
{
  GString *text;
  gsize cursor;
  State state;
  guint parameter;
  gboolean after_cr;
  GPtrArray *history;
  guint history_at; /* history->len: the line being typed */
  char *typed;      /* kept while the history is looked at */
};

PcLine *
pc_line_new (void)
{
  PcLine *self = g_new0 (PcLine, 1);

  self->text = g_string_new (NULL);
  self->history = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
pc_line_free (PcLine *self)
{
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->history);
  g_free (self->typed);
  g_free (self);
}

static gboolean
is_continuation (char byte)
{
  return ((guint8) byte & 0xc0) == 0x80;
}

static gsize
before (PcLine *self, gsize at)
{
  while (at > 0 && is_continuation (self->text->str[--at]))
    ;
  return at;
}

static gsize
after (PcLine *self, gsize at)
{
  if (at < self->text->len)
    at++;
  while (at < self->text->len && is_continuation (self->text->str[at]))
    at++;
  return at;
}

static guint
columns (PcLine *self, gsize from, gsize to)
{
  guint n = 0;

  for (gsize i = from; i < to; i++)
    n += !is_continuation (self->text->str[i]);
  return n;
}

static void
back (GString *out, guint n)
{
  while (n-- > 0)
    g_string_append_c (out, BACKSPACE);
}

static void
move_to (PcLine *self, gsize to, GString *out)
{
  if (to < self->cursor)
    back (out, columns (self, to, self->cursor));
  else
    g_string_append_len (out, self->text->str + self->cursor, (gssize) (to - self->cursor));
  self->cursor = to;
}

/* Shows what follows the cursor, @blanks over what stood behind it, and comes back. */
static void
draw_tail (PcLine *self, guint blanks, GString *out)
{
  g_string_append_len (out, self->text->str + self->cursor,
                       (gssize) (self->text->len - self->cursor));
  for (guint i = 0; i < blanks; i++)
    g_string_append_c (out, ' ');
  back (out, blanks + columns (self, self->cursor, self->text->len));
}

static void
erase (PcLine *self, gsize from, gsize to, GString *out)
{
  guint n = columns (self, from, to);

  if (from == to)
    return;
  move_to (self, from, out);
  g_string_erase (self->text, (gssize) from, (gssize) (to - from));
  draw_tail (self, n, out);
}

static void
replace (PcLine *self, const char *text, GString *out)
{
  guint old = columns (self, 0, self->text->len);
  guint new;

  move_to (self, 0, out);
  g_string_assign (self->text, text);
  new = columns (self, 0, self->text->len);
  draw_tail (self, old > new ? old - new : 0, out);
  move_to (self, self->text->len, out);
}

void
pc_line_insert (PcLine *self, const char *text, GString *out)
{
  gsize length = strlen (text);

  if (self->text->len + length > PC_LINE_MAX)
    {
      g_string_append_c (out, '\a');
      return;
    }

  g_string_insert (self->text, (gssize) self->cursor, text);
  g_string_append (out, text);
  self->cursor += length;
  if (self->cursor < self->text->len)
    draw_tail (self, 0, out);
}

static void
look_at_history (PcLine *self, guint at, GString *out)
{
  const char *text;

  if (at > self->history->len)
    return;
  if (self->history_at == self->history->len)
    {
      g_free (self->typed);
      self->typed = g_strdup (self->text->str);
    }

  text = at == self->history->len ? self->typed : g_ptr_array_index (self->history, at);
  replace (self, text, out);
  self->history_at = at;
}

static gsize
word_start (PcLine *self)
{
  gsize at = self->cursor;

  while (at > 0 && self->text->str[at - 1] == ' ')
    at--;
  while (at > 0 && self->text->str[at - 1] != ' ')
    at--;
  return at;
}

static gsize
word_end (PcLine *self)
{
  gsize at = self->cursor;

  while (at < self->text->len && self->text->str[at] == ' ')
    at++;
  while (at < self->text->len && self->text->str[at] != ' ')
    at++;
  return at;
}

static void
feed_sequence_end (PcLine *self, guint8 byte, GString *out)
{
  gsize end = self->text->len;

  switch (byte)
    {
    case 'A':
      if (self->history_at > 0)
        look_at_history (self, self->history_at - 1, out);
      break;
    case 'B':
      look_at_history (self, self->history_at + 1, out);
      break;
    case 'C':
      move_to (self, self->parameter > 1 ? word_end (self) : after (self, self->cursor), out);
      break;
    case 'D':
      move_to (self, self->parameter > 1 ? word_start (self) : before (self, self->cursor), out);
      break;
    case 'H':
      move_to (self, 0, out);
      break;
    case 'F':
      move_to (self, end, out);
      break;
    case '~':
      if (self->parameter == 1 || self->parameter == 7)
        move_to (self, 0, out);
      else if (self->parameter == 4 || self->parameter == 8)
        move_to (self, end, out);
      else if (self->parameter == 3)
        erase (self, self->cursor, after (self, self->cursor), out);
      break;
    default:
      break;
    }
}

static void
feed_sequence (PcLine *self, guint8 byte, GString *out)
{
  if (byte >= '0' && byte <= '9')
    self->parameter = MIN (self->parameter * 10 + (byte - '0'), MAX_PARAMETER);
  else if (byte == ';')
    self->parameter = 0; /* ESC [ 1 ; 5 C: the modifier is what matters */
  else if (byte >= 0x40 || byte < 0x20)
    {
      self->state = STATE_TEXT;
      feed_sequence_end (self, byte, out);
    }
}

static void
feed_character (PcLine *self, guint8 byte, GString *out)
{
  const char text[2] = { (char) byte, '\0' };

  pc_line_insert (self, text, out);
}

static PcLineEvent
feed_enter (PcLine *self, guint8 byte, GString *out)
{
  gboolean second_half = byte == '\n' && self->after_cr;

  self->after_cr = byte == '\r';
  if (second_half)
    return PC_LINE_NOTHING;
  g_string_append (out, "\r\n");
  return PC_LINE_ENTER;
}

static void
feed_edit (PcLine *self, guint8 byte, GString *out)
{
  switch (byte)
    {
    case KEY ('A'):
      move_to (self, 0, out);
      break;
    case KEY ('B'):
      move_to (self, before (self, self->cursor), out);
      break;
    case KEY ('D'):
      erase (self, self->cursor, after (self, self->cursor), out);
      break;
    case KEY ('E'):
      move_to (self, self->text->len, out);
      break;
    case KEY ('F'):
      move_to (self, after (self, self->cursor), out);
      break;
    case BACKSPACE:
    case DELETE:
      erase (self, before (self, self->cursor), self->cursor, out);
      break;
    case KEY ('K'):
      erase (self, self->cursor, self->text->len, out);
      break;
    case KEY ('N'):
      feed_sequence_end (self, 'B', out);
      break;
    case KEY ('P'):
      feed_sequence_end (self, 'A', out);
      break;
    case KEY ('U'):
      erase (self, 0, self->cursor, out);
      break;
    case KEY ('W'):
      erase (self, word_start (self), self->cursor, out);
      break;
    default:
      break;
    }
}

static PcLineEvent
feed_text (PcLine *self, guint8 byte, GString *out)
{
  if (byte == '\r' || byte == '\n')
    return feed_enter (self, byte, out);

  self->after_cr = FALSE;
  switch (byte)
    {
    case ESCAPE:
      self->state = STATE_ESCAPE;
      return PC_LINE_NOTHING;
    case KEY ('V'):
      self->state = STATE_QUOTE;
      return PC_LINE_NOTHING;
    case KEY ('C'):
      return PC_LINE_INTERRUPT;
    case KEY ('L'):
      g_string_append (out, "\x1b[H\x1b[2J");
      return PC_LINE_REDRAW;
    case '\t':
      return PC_LINE_COMPLETE;
    case '?':
      return PC_LINE_HELP;
    case KEY ('D'):
      if (self->text->len == 0)
        return PC_LINE_END;
      break;
    default:
      break;
    }

  if (byte >= 0x20 && byte != DELETE)
    feed_character (self, byte, out);
  else
    feed_edit (self, byte, out);
  return PC_LINE_NOTHING;
}

PcLineEvent
pc_line_feed (PcLine *self, guint8 byte, GString *out)
{
  switch (self->state)
    {
    case STATE_ESCAPE:
      self->state = byte == '[' || byte == 'O' ? STATE_SEQUENCE : STATE_TEXT;
      self->parameter = 0;
      return PC_LINE_NOTHING;
    case STATE_SEQUENCE:
      feed_sequence (self, byte, out);
      return PC_LINE_NOTHING;
    case STATE_QUOTE:
      self->state = STATE_TEXT;
      if (byte >= 0x20 && byte != DELETE)
        feed_character (self, byte, out);
      return PC_LINE_NOTHING;
    case STATE_TEXT:
    default:
      return feed_text (self, byte, out);
    }
}

static void
remember (PcLine *self, const char *text)
{
  const char *last =
      self->history->len > 0 ? g_ptr_array_index (self->history, self->history->len - 1) : "";

  if (text[strspn (text, " ")] == '\0' || strcmp (text, last) == 0)
    return;
  if (self->history->len == PC_LINE_HISTORY)
    g_ptr_array_remove_index (self->history, 0);
  g_ptr_array_add (self->history, g_strdup (text));
}

char *
pc_line_take (PcLine *self)
{
  char *text = g_strdup (self->text->str);

  remember (self, text);
  pc_line_clear (self);
  return text;
}

void
pc_line_clear (PcLine *self)
{
  g_string_truncate (self->text, 0);
  self->cursor = 0;
  self->history_at = self->history->len;
  g_clear_pointer (&self->typed, g_free);
}

const char *
pc_line_get_text (PcLine *self)
{
  return self->text->str;
}

char *
pc_line_dup_before (PcLine *self)
{
  return g_strndup (self->text->str, self->cursor);
}

void
pc_line_draw (PcLine *self, GString *out)
{
  g_string_append (out, self->text->str);
  back (out, columns (self, self->cursor, self->text->len));
}

GPtrArray *
pc_line_get_history (PcLine *self)
{
  return self->history;
}

void
pc_line_clear_history (PcLine *self)
{
  g_ptr_array_set_size (self->history, 0);
  self->history_at = 0;
}

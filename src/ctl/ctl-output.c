/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Output: tables and colours for people, JSON for scripts. */

#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl-output.h"

typedef struct
{
  char *text;
  CtlTone tone;
} Cell;

struct _CtlTable
{
  GStrv columns;
  const char *align;
  guint n_columns;
  GArray *cells;
};

gboolean
ctl_has_colours (void)
{
  const char *no_color = g_getenv ("NO_COLOR");
  const char *term = g_getenv ("TERM");

  return isatty (STDOUT_FILENO) && (no_color == NULL || *no_color == '\0') && term != NULL &&
         !g_str_equal (term, "dumb");
}

char *
ctl_tone (CtlTone tone, const char *text)
{
  static const char *const codes[] = {
    [CTL_GOOD] = "32", [CTL_BAD] = "31;1", [CTL_WARN] = "33", [CTL_DIM] = "2", [CTL_BOLD] = "1",
  };

  if (tone == CTL_PLAIN || !ctl_has_colours ())
    return g_strdup (text);
  return g_strdup_printf ("\033[%sm%s\033[0m", codes[tone], text);
}

static guint
display_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
clear_cell (gpointer data)
{
  g_free (((Cell *) data)->text);
}

CtlTable *
ctl_table_new (const char *const *columns, const char *align)
{
  CtlTable *self = g_new0 (CtlTable, 1);

  self->columns = g_strdupv ((char **) columns);
  self->n_columns = g_strv_length (self->columns);
  self->align = align;
  g_assert (strlen (align) == self->n_columns);
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (self->cells, clear_cell);
  return self;
}

void
ctl_table_free (CtlTable *self)
{
  g_strfreev (self->columns);
  g_array_unref (self->cells);
  g_free (self);
}

/* What comes from devices must not move the cursor or break the line. */
static void
make_printable (char *text)
{
  for (char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
}

void
ctl_table_add (CtlTable *self, CtlTone tone, const char *format, ...)
{
  g_autofree char *raw = NULL;
  Cell cell = { .tone = tone };
  va_list args;

  va_start (args, format);
  raw = g_strdup_vprintf (format, args);
  va_end (args);
  cell.text = g_utf8_make_valid (raw, -1);
  make_printable (cell.text);
  g_array_append_val (self->cells, cell);
}

static void
print_cell (CtlTable *self, GString *line, guint column, const Cell *cell, guint width)
{
  g_autofree char *toned = ctl_tone (cell->tone, cell->text);
  guint pad = width - display_width (cell->text);
  gboolean right = self->align[column] == 'r';

  if (column > 0)
    g_string_append (line, "  ");
  if (right)
    g_string_append_printf (line, "%*s", (int) pad, "");
  g_string_append (line, toned);
  if (!right && column + 1 < self->n_columns)
    g_string_append_printf (line, "%*s", (int) pad, "");
}

static void
end_line (GString *line, GString *text)
{
  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  g_string_append (text, line->str);
  g_string_append_c (text, '\n');
  g_string_truncate (line, 0);
}

char *
ctl_table_dup (CtlTable *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree guint *widths = g_new0 (guint, self->n_columns);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < self->n_columns; i++)
    widths[i] = display_width (self->columns[i]);
  for (guint i = 0; i < self->cells->len; i++)
    {
      guint width = display_width (g_array_index (self->cells, Cell, i).text);

      widths[i % self->n_columns] = MAX (widths[i % self->n_columns], width);
    }

  for (guint i = 0; i < self->n_columns; i++)
    {
      Cell cell = { .text = self->columns[i], .tone = CTL_DIM };

      print_cell (self, line, i, &cell, widths[i]);
    }
  end_line (line, text);
  for (guint i = 0; i < self->cells->len; i++)
    {
      guint column = i % self->n_columns;

      print_cell (self, line, column, &g_array_index (self->cells, Cell, i), widths[column]);
      if (column + 1 == self->n_columns)
        end_line (line, text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
ctl_table_print (CtlTable *self)
{
  g_autofree char *text = ctl_table_dup (self);

  g_print ("%s", text);
}

void
ctl_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  /* JSON is UTF-8 in every locale: g_print() would convert it. */
  fputs (text, stdout);
  fputc ('\n', stdout);
}

void
ctl_json_string (JsonBuilder *builder, const char *key, const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (builder, key);
  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

void
ctl_json_int (JsonBuilder *builder, const char *key, gint64 value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_int_value (builder, value);
}

void
ctl_json_bool (JsonBuilder *builder, const char *key, gboolean value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_boolean_value (builder, value);
}

void
ctl_json_ms (JsonBuilder *builder, const char *key, double seconds)
{
  ctl_json_int (builder, key, (gint64) llround (seconds * 1000));
}

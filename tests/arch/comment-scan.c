/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a header as our style has it, not as C allows it: declarations begin at the line's start,
 * one empty line ends a group, and parentheses of macros are closed in their line. */

#include "config.h"

#include <string.h>

#include "comment-scan.h"

typedef enum
{
  COVER_NONE,
  COVER_ONE,   /* a gtk-doc comment: the next declaration */
  COVER_GROUP, /* another: all that stand together */
} Cover;

typedef struct
{
  const char *text;
  const char *at;
  Cover cover;
  guint n;
  GPtrArray *found;
} Scan;

static void
skip_past (Scan *self, const char *word)
{
  const char *end = strstr (self->at, word);

  self->at = end != NULL ? end + strlen (word) : self->at + strlen (self->at);
}

static void
take_blank (Scan *self)
{
  guint lines = 0;

  for (; g_ascii_isspace (*self->at); self->at++)
    lines += *self->at == '\n';
  if (lines > 1)
    self->cover = COVER_NONE;
}

static void
take_comment (Scan *self)
{
  self->cover = g_str_has_prefix (self->at, "/**") ? COVER_ONE : COVER_GROUP;
  skip_past (self, "*/");
}

static void
take_macro (Scan *self)
{
  do
    skip_past (self, "\n");
  while (self->at - self->text > 1 && self->at[-2] == '\\');
}

/* What stands between braces, the closing one included. */
static void
skip_braces (Scan *self)
{
  guint depth = 0;

  do
    {
      if (g_str_has_prefix (self->at, "/*"))
        skip_past (self, "*/");
      depth += *self->at == '{';
      depth -= *self->at == '}';
      self->at++;
    }
  while (depth > 0 && *self->at != '\0');
}

static gboolean
has_comment_behind (Scan *self)
{
  const char *next = self->at + strspn (self->at, " \t");

  return g_str_has_prefix (next, "/*");
}

static void
judge (Scan *self, const char *start, const char *name, gsize length, gboolean commented)
{
  guint line = 1;

  self->n++;
  if (commented || self->cover != COVER_NONE)
    return;
  for (const char *at = self->text; at < start; at++)
    line += *at == '\n';
  g_ptr_array_add (self->found, g_strdup_printf ("%u: %.*s", line, (int) length, name));
}

/* The name before the parenthesis of the arguments. */
static const char *
find_name (const char *open, const char *start, gsize *length)
{
  const char *end = open;
  const char *name;

  while (end > start && end[-1] == ' ')
    end--;
  for (name = end; name > start && (g_ascii_isalnum (name[-1]) || name[-1] == '_');)
    name--;
  *length = (gsize) (end - name);

  return name;
}

static void
take_declaration (Scan *self)
{
  const char *start = self->at;
  const char *open = NULL;
  gboolean is_type = g_str_has_prefix (start, "typedef") || g_str_has_prefix (start, "struct");
  gboolean commented = FALSE;
  gboolean is_body;
  gsize length;

  for (; *self->at != '\0' && *self->at != ';' && *self->at != '{'; self->at++)
    if (g_str_has_prefix (self->at, "/*"))
      {
        commented = TRUE;
        skip_past (self, "*/");
        self->at--;
      }
    else if (*self->at == '(' && open == NULL)
      open = self->at;
  is_body = *self->at == '{';
  if (is_body)
    skip_braces (self);
  if (!is_body || open == NULL)
    skip_past (self, ";");
  if (open != NULL && !is_type)
    {
      const char *name = find_name (open, start, &length);

      judge (self, start, name, length, commented || has_comment_behind (self));
    }
  if (has_comment_behind (self))
    skip_past (self, "*/");
  if (self->cover == COVER_ONE && !(is_type && open != NULL))
    self->cover = COVER_NONE;
}

GPtrArray *
comment_scan_header (const char *text, guint *n)
{
  Scan self = { .text = text, .at = text };

  self.found = g_ptr_array_new_with_free_func (g_free);
  while (take_blank (&self), *self.at != '\0')
    if (g_str_has_prefix (self.at, "/*"))
      take_comment (&self);
    else if (*self.at == '#' || g_str_has_prefix (self.at, "G_"))
      take_macro (&self);
    else
      take_declaration (&self);
  *n = self.n;

  return self.found;
}

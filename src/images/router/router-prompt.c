/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "router-prompt.h"

#include <string.h>

static gboolean
is_of_name (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '.' || c == '_';
}

/* “(config-if)”, or nothing. */
static gboolean
is_mode (const char *text, gsize length)
{
  if (length == 0)
    return TRUE;
  if (length < 3 || text[0] != '(' || text[length - 1] != ')')
    return FALSE;
  for (gsize i = 1; i < length - 1; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-')
      return FALSE;
  return TRUE;
}

gboolean
router_prompt_parse (const char *line, gsize length, char name[ROUTER_HOST_SIZE])
{
  gsize end = 0;

  if (length < 3 || line[length - 1] != ' ' ||
      (line[length - 2] != '#' && line[length - 2] != '>') || !g_ascii_isalnum (line[0]))
    return FALSE;
  while (is_of_name (line[end]))
    end++;
  if (end >= ROUTER_HOST_SIZE || !is_mode (line + end, length - 2 - end))
    return FALSE;
  memcpy (name, line, end);
  name[end] = '\0';
  return TRUE;
}

/* Is it what was typed for this name, abbreviated or not? */
static gboolean
gives_name (const char *line, const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (line, " ", -1);
  guint n = g_strv_length (words);

  return n >= 2 && g_str_equal (words[n - 1], name) && strlen (words[n - 2]) >= 2 &&
         g_str_has_prefix ("hostname", words[n - 2]);
}

static void
end_line (RouterPrompt *self)
{
  if (self->length == 0)
    return;
  g_strlcpy (self->last, self->line, sizeof self->last);
  self->length = 0;
}

static void
see_byte (RouterPrompt *self, char byte)
{
  if (byte == '\n' || byte == '\r')
    end_line (self);
  else if (byte == '\b')
    self->length = self->length > 0 ? self->length - 1 : 0;
  else if (byte != '\0' && self->length < sizeof self->line - 1)
    self->line[self->length++] = byte;
  self->line[self->length] = '\0';
}

gboolean
router_prompt_see (RouterPrompt *self, const char *bytes, gsize length, char name[ROUTER_HOST_SIZE])
{
  for (gsize i = 0; i < length; i++)
    see_byte (self, bytes[i]);
  return router_prompt_parse (self->line, self->length, name) && gives_name (self->last, name);
}

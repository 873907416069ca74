/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a device saved as a start configuration, and back. */

#define G_LOG_DOMAIN "lab-configs"

#include "config.h"

#include <string.h>

#include "lab-start-text.h"

#define NAME_MARK "%h"

/* The next "%h" or "%%h" or longer; %NULL: there is none. @n: (out): how many percent signs it has.
 */
static const char *
find_mark (const char *text, gsize *n)
{
  for (const char *at = strchr (text, '%'); at != NULL; at = strchr (at + *n, '%'))
    {
      *n = strspn (at, "%");
      if (at[*n] == 'h')
        return at;
    }
  return NULL;
}

char *
lab_start_text_expand (const char *start, const char *name)
{
  const char *from = start != NULL ? start : "";
  GString *text;
  gsize n;

  g_return_val_if_fail (name != NULL, NULL);

  text = g_string_new (NULL);
  for (const char *at = find_mark (from, &n); at != NULL; at = find_mark (from, &n))
    {
      /* All but the first percent sign. */
      g_string_append_len (text, from, at - from + (gssize) n - 1);
      g_string_append (text, n == 1 ? name : "h");
      from = at + n + 1;
    }
  g_string_append (text, from);
  return g_string_free (text, FALSE);
}

/* With one percent sign more for each "%h" that is no mark. (transfer full) */
static char *
escape (const char *line)
{
  GString *text = g_string_new (NULL);
  const char *from = line;
  gsize n;

  for (const char *at = find_mark (from, &n); at != NULL; at = find_mark (from, &n))
    {
      g_string_append_len (text, from, at - from);
      g_string_append_c (text, '%');
      g_string_append_len (text, at, (gssize) n + 1);
      from = at + n + 1;
    }
  g_string_append (text, from);
  return g_string_free (text, FALSE);
}

static void
end_once (GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
  if (text->len > 0)
    g_string_append_c (text, '\n');
}

/* As far as it is text: an NVRAM may fill up with zeros. */
static GString *
tidy (const char *saved, gsize size)
{
  g_autofree char *valid = g_utf8_make_valid (saved, (gssize) strnlen (saved, size));
  GString *text = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p++)
    {
      if (*p == '\r' && p[1] == '\n')
        continue;
      g_string_append_c (text, *p == '\r' ? '\n' : *p);
    }
  end_once (text);
  return text;
}

/* --- names --- */

/* "hostname R1" of IOS, "set pcname R1" of a light host. (transfer full) (nullable) */
static char *
general_name (const char *line, const char *name)
{
  static const char *const commands[] = { "hostname ", "set pcname " };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_has_prefix (line, commands[i]) && g_str_equal (line + strlen (commands[i]), name))
      return g_strconcat (commands[i], NAME_MARK, NULL);
  return NULL;
}

/* As the device is given them → as they are, of those lines of @start that have the mark. */
static GHashTable *
marked_lines (const char *start, const char *name)
{
  GHashTable *marked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = g_strsplit (start != NULL ? start : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], NAME_MARK) != NULL)
      g_hash_table_insert (marked, lab_start_text_expand (lines[i], name), g_strdup (lines[i]));
  return marked;
}

char *
lab_start_text_from_saved (const char *saved, gsize size, const char *name, const char *start)
{
  g_autoptr (GHashTable) marked = NULL;
  g_autoptr (GString) text = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (saved != NULL || size == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  text = size > 0 ? tidy (saved, size) : g_string_new (NULL);
  lines = g_strsplit (text->str, "\n", -1);
  marked = marked_lines (start, name);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *before = g_hash_table_lookup (marked, lines[i]);
      char *general = before != NULL ? g_strdup (before) : general_name (lines[i], name);

      if (general == NULL)
        general = escape (lines[i]);
      g_free (lines[i]);
      lines[i] = general;
    }
  return g_strjoinv ("\n", lines);
}

/* --- comparing --- */

static char *
as_given (const char *start, const char *name)
{
  g_autofree char *given = lab_start_text_expand (start, name);
  GString *text = g_string_new (given);

  end_once (text);
  return g_string_free (text, FALSE);
}

gboolean
lab_start_text_equal (const char *a, const char *b, const char *name)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  one = as_given (a, name);
  other = as_given (b, name);
  return g_str_equal (one, other);
}

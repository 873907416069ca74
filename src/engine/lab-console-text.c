/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A prompt is recognised in the last line as a terminal would show it: escape sequences are taken
 * out, and what stands before a lone carriage return is overwritten. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <signal.h>
#include <string.h>

#include <glib/gi18n.h>

#include "lab-console-text.h"

/* The end of the escape sequence that begins at @p (which is ESC). */
static const char *
skip_escape (const char *p, const char *end)
{
  p++;
  if (p < end && *p == '[')
    {
      p++;
      while (p < end && (*p < '@' || *p > '~'))
        p++;
      return p < end ? p + 1 : end;
    }
  if (p < end && *p == ']')
    {
      while (p < end && *p != '\a' && *p != '\033')
        p++;
      return p < end && *p == '\a' ? p + 1 : p;
    }
  return p < end ? p + 1 : end;
}

/* Lines as shown: ends are LF, a CR that is not before LF begins the line anew. */
static GString *
to_plain (const char *text, gsize length)
{
  const char *end = text + length;
  GString *plain = g_string_sized_new (length);
  gsize line = 0;

  for (const char *p = text; p < end;)
    {
      const char *next = p + 1;

      if (*p == '\033')
        {
          p = skip_escape (p, end);
          continue;
        }
      while (*p == '\r' && next < end && *next == '\r')
        next++;
      if (*p == '\n')
        {
          g_string_append_c (plain, '\n');
          line = plain->len;
        }
      else if (*p == '\r' && next < end && *next != '\n')
        g_string_truncate (plain, line);
      else if (*p == '\b' && plain->len > line)
        g_string_truncate (plain, plain->len - 1);
      else if (*p == '\t' || (guchar) *p >= ' ')
        g_string_append_c (plain, *p);
      p = next;
    }
  return plain;
}

/* The line that is judged: the last one, or the one before log messages, which IOS writes at any
 * time and which then stand behind the prompt. (transfer full) */
static char *
judged_line (GString *plain)
{
  const char *end = plain->str + plain->len;

  while (TRUE)
    {
      const char *start = end;

      while (start > plain->str && start[-1] != '\n')
        start--;
      if (start == plain->str || (start != end && *start != '%' && *start != '*') ||
          (start == end && end == plain->str + plain->len))
        {
          /* An empty last line: a log message may stand before it, anything else is no prompt. */
          if (start == end && start > plain->str)
            {
              const char *before = start - 1;

              while (before > plain->str && before[-1] != '\n')
                before--;
              if (*before == '%' || *before == '*')
                {
                  end = start - 1;
                  continue;
                }
            }
          return g_strndup (start, (gsize) (end - start));
        }
      end = start - 1;
    }
}

char *
lab_console_text_last_line (const char *tail, gsize length)
{
  g_autoptr (GString) plain = to_plain (tail, length);
  g_autofree char *line = judged_line (plain);

  return g_utf8_make_valid (line, -1);
}

gboolean
lab_console_text_is_ready (const char *tail, gsize length, gboolean pc)
{
  g_autoptr (GString) plain = NULL;
  g_autofree char *line = NULL;
  const char *p;

  plain = to_plain (tail, length);
  if (!pc && strstr (plain->str, "Press RETURN to get started") != NULL)
    return TRUE;

  line = judged_line (plain);
  p = line;
  while (*p != '\0' && *p != '>' && (pc || *p != '#') && !g_ascii_isspace (*p))
    p++;
  if (p == line)
    return FALSE;
  if (pc)
    return g_str_equal (p, "> ");
  return (*p == '>' || *p == '#') && (p[1] == '\0' || g_str_equal (p + 1, " "));
}

char *
lab_console_text_last_lines (const char *tail, gsize length, guint n_lines)
{
  g_autoptr (GString) plain = to_plain (tail, length);
  g_autofree char *valid = g_utf8_make_valid (plain->str, plain->len);
  char *p;

  g_strchomp (valid);
  p = valid + strlen (valid);
  while (p > valid)
    {
      if (p[-1] == '\n' && --n_lines == 0)
        break;
      p--;
    }
  return g_strdup (p);
}

char *
lab_console_text_describe_exit (int code, int signal)
{
  if (signal == SIGSEGV)
    return g_strdup (_ ("It crashed: segmentation fault (signal 11). The usual reasons are too "
                        "little RAM for this image, or a damaged image."));
  if (signal == SIGABRT)
    return g_strdup (_ ("It gave up: abort (signal 6). The usual reasons are too little RAM for "
                        "this image, or an image that does not run on this system."));
  if (signal == SIGXFSZ)
    return g_strdup (_ ("It tried to write a file larger than a device may, and was ended (signal "
                        "25). LABWRIGHT_DEVICE_MB allows more."));
  if (signal != 0)
    return g_strdup_printf (_ ("It was ended by signal %d (%s)."), signal, g_strsignal (signal));
  return g_strdup_printf (_ ("It ended by itself with exit code %d."), code);
}

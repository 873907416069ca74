/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of JSON, by the rules of RFC 8259: texts, numbers, and true, false and null. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lab-json-private.h"
#include "lab-scanner-private.h"

#define MAX_NUMBER_BYTES 1024

static gboolean
scan_hex (LabScanner *s, gunichar *value)
{
  *value = 0;
  if (s->end - s->p < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (s->p[i]);

      if (digit < 0)
        return FALSE;
      *value = *value * 16 + (gunichar) digit;
    }
  s->p += 4;

  return TRUE;
}

/* After a backslash and 'u'. */
static gboolean
scan_unicode_escape (LabScanner *s, const char *start, GString *out)
{
  gunichar c;
  gunichar low;

  if (!scan_hex (s, &c))
    {
      lab_scanner_fail (s, start, LAB_ERROR_SYNTAX,
                        _ ("after “\\u” must stand four hexadecimal digits."));
      return FALSE;
    }
  if (c >= 0xd800 && c < 0xdc00)
    {
      if (s->end - s->p < 6 || s->p[0] != '\\' || s->p[1] != 'u')
        low = 0;
      else
        {
          s->p += 2;
          if (!scan_hex (s, &low))
            low = 0;
        }
      c = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : 0xd800;
    }
  if (c == 0 || (c >= 0xd800 && c < 0xe000))
    {
      lab_scanner_fail (s, start, LAB_ERROR_SYNTAX,
                        c == 0
                            ? _ ("a text cannot hold the character U+0000; remove it.")
                            : _ ("this is half of a surrogate pair, not a character; remove it."));
      return FALSE;
    }
  g_string_append_unichar (out, c);

  return TRUE;
}

static gboolean
scan_escape (LabScanner *s, GString *out)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char *start = s->p;
  const char *at;

  s->p++;
  if (s->p < s->end && *s->p == 'u')
    {
      s->p++;
      return scan_unicode_escape (s, start, out);
    }
  at = s->p < s->end ? strchr (from, *s->p) : NULL;
  if (at == NULL || *at == '\0')
    {
      lab_scanner_fail (s, start, LAB_ERROR_SYNTAX,
                        _ ("this is no escape of JSON; write “\\\\” for a backslash."));
      return FALSE;
    }
  g_string_append_c (out, to[at - from]);
  s->p++;

  return TRUE;
}

char *
lab_scanner_take_text (LabScanner *s)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *start = s->p;

  s->p++;
  for (;;)
    {
      const char *run = s->p;

      while (s->p < s->end && *s->p != '"' && *s->p != '\\' && (guchar) *s->p >= 0x20)
        s->p++;
      g_string_append_len (out, run, s->p - run);
      if (s->p >= s->end)
        {
          lab_scanner_fail (
              s, start, LAB_ERROR_SYNTAX,
              _ ("this text has no closing quote before the end of the file; add it."));
          return NULL;
        }
      if (*s->p == '"')
        {
          s->p++;
          return g_string_free (g_steal_pointer (&out), FALSE);
        }
      if (*s->p == '\\')
        {
          if (!scan_escape (s, out))
            return NULL;
        }
      else
        {
          lab_scanner_fail (
              s, s->p, LAB_ERROR_SYNTAX,
              _ ("a text holds a line break or control character here; close the quote, or "
                 "write it as an escape such as “\\n”."));
          return NULL;
        }
    }
}

static gboolean
skip_digits (LabScanner *s)
{
  const char *start = s->p;

  while (s->p < s->end && g_ascii_isdigit (*s->p))
    s->p++;

  return s->p > start;
}

/* Steps over a number of RFC 8259. */
static gboolean
skip_number (LabScanner *s, gboolean *whole)
{
  *whole = TRUE;
  if (*s->p == '-')
    s->p++;
  if (s->p < s->end && *s->p == '0')
    s->p++;
  else if (!skip_digits (s))
    return FALSE;
  if (s->p < s->end && *s->p == '.')
    {
      *whole = FALSE;
      s->p++;
      if (!skip_digits (s))
        return FALSE;
    }
  if (s->p < s->end && (*s->p == 'e' || *s->p == 'E'))
    {
      *whole = FALSE;
      s->p++;
      if (s->p < s->end && (*s->p == '+' || *s->p == '-'))
        s->p++;
      if (!skip_digits (s))
        return FALSE;
    }

  return TRUE;
}

JsonNode *
lab_scanner_take_number (LabScanner *s)
{
  const char *start = s->p;
  g_autofree char *copy = NULL;
  gboolean whole;

  if (!skip_number (s, &whole) || (s->p < s->end && g_ascii_isdigit (*s->p)))
    return lab_scanner_fail (s, start, LAB_ERROR_SYNTAX,
                             _ ("this is no number of JSON; write it like 12, -3 or 0.5."));
  if (s->p - start > MAX_NUMBER_BYTES)
    return lab_scanner_fail (s, start, LAB_ERROR_LIMIT, _ ("this number has more than %d digits."),
                             MAX_NUMBER_BYTES);

  copy = g_strndup (start, (gsize) (s->p - start));
  errno = 0;
  if (whole && !g_str_equal (copy, "-0"))
    {
      gint64 value = g_ascii_strtoll (copy, NULL, 10);

      if (errno == 0)
        return lab_json_new_int (value);
    }
  else
    {
      double value = g_ascii_strtod (copy, NULL);

      if (isfinite (value))
        return lab_json_new_number (value);
    }

  return lab_scanner_fail (
      s, start, LAB_ERROR_LIMIT,
      _ ("this number is too large to be kept as it is; write a smaller one, or write "
         "it as a text."));
}

JsonNode *
lab_scanner_take_word (LabScanner *s)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (s->end - s->p) >= length && memcmp (s->p, words[i], length) == 0)
        {
          s->p += length;
          return i == 2 ? json_node_new (JSON_NODE_NULL)
                        : json_node_init_boolean (json_node_alloc (), i == 0);
        }
    }

  return lab_scanner_fail_expected (s, _ ("a value"));
}

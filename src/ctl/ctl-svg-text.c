/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text for SVG: escaped, measured, printed. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "ctl-svg-private.h"

static gboolean
is_xml_character (gunichar c)
{
  return c == '\t' || c == '\n' ||
         (c >= 0x20 && c != 0xfffe && c != 0xffff && c != 0x7f && !(c >= 0x80 && c < 0xa0));
}

char *
svg_escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    if (is_xml_character (g_utf8_get_char (p)))
      g_string_append_len (clean, p, g_utf8_next_char (p) - p);
  return g_markup_escape_text (clean->str, (gssize) clean->len);
}

/* Shares of the font's size; those of common sans-serif fonts differ by a few per cent. */
static double
character_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  if (g_unichar_iswide (c))
    return 1.0;
  if (c < 128 && strchr ("iljI.,:;'|!/ ()[]ft", (int) c) != NULL)
    return 0.36;
  if (c < 128 && strchr ("mwMW@%", (int) c) != NULL)
    return 0.95;
  if (g_unichar_isupper (c) || g_unichar_isdigit (c))
    return 0.66;
  return 0.6;
}

double
svg_text_width (const char *text, double size)
{
  double width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += character_width (g_utf8_get_char (p));
  return width * size;
}

void
svg_append (GString *svg, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (svg, format, args);
  va_end (args);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Form check of a licence file. Lines are looked at one by one, as configuration parsers do; only
 * what IOU needs is judged. No message shows any part of a value. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "iou-licence.h"

#include <string.h>

#include "iou-file-private.h"

#define SECTION    "[license]"
#define KEY_LENGTH 16

/* Editors of Windows write it before a text in UTF-8. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

typedef struct
{
  const char *text;
  gsize length;
} Span;

static Span
strip (Span span)
{
  while (span.length > 0 && g_ascii_isspace (span.text[0]))
    {
      span.text++;
      span.length--;
    }
  while (span.length > 0 && g_ascii_isspace (span.text[span.length - 1]))
    span.length--;

  return span;
}

static gboolean
fail_at (GError **error, guint line, const char *what)
{
  g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID, _ ("Line %u of the licence file %s."), line,
               what);
  return FALSE;
}

static gboolean
check_ascii (const char *text, gsize length, GError **error)
{
  guint line = 1;

  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = (guint8) text[i];

      if (byte == '\n')
        line++;
      else if (byte >= 0x80 || byte == 0x7f || (byte < 0x20 && !g_ascii_isspace ((char) byte)))
        return fail_at (error, line,
                        _ ("holds a character that is not ASCII; write it in plain text"));
    }

  return TRUE;
}

static gboolean
is_host (Span key, const char *hostname)
{
  return key.length == strlen (hostname) &&
         g_ascii_strncasecmp (key.text, hostname, key.length) == 0;
}

static gboolean
check_value (Span value, guint line, GError **error)
{
  if (value.length == 0)
    return fail_at (error, line, _ ("has no value after “=”"));
  if (value.text[value.length - 1] != ';')
    return fail_at (error, line, _ ("does not end in “;”"));

  value.length--;
  for (gsize i = 0; i < value.length; i++)
    if (g_ascii_isspace (value.text[i]))
      return fail_at (error, line, _ ("has a blank inside its value"));

  if (value.length != KEY_LENGTH)
    {
      g_autofree char *what = g_strdup_printf (
          _ ("has %zu characters before “;” where there must be %d"), value.length, KEY_LENGTH);

      return fail_at (error, line, what);
    }

  return TRUE;
}

static gboolean
check_lines (const char *text, gsize length, const char *hostname, GError **error)
{
  gboolean in_section = FALSE;
  gboolean seen_section = FALSE;
  guint line = 0;

  for (const char *at = text; at < text + length;)
    {
      const char *newline = memchr (at, '\n', (gsize) (text + length - at));
      const char *end = newline != NULL ? newline : text + length;
      Span span = strip ((Span){ at, (gsize) (end - at) });
      const char *equals;

      line++;
      at = end + 1;
      if (span.length == 0 || *span.text == '#' || *span.text == ';')
        continue;

      if (*span.text == '[')
        {
          in_section =
              span.length == strlen (SECTION) && memcmp (span.text, SECTION, span.length) == 0;
          seen_section = seen_section || in_section;
          continue;
        }

      equals = in_section ? memchr (span.text, '=', span.length) : NULL;
      if (equals != NULL &&
          is_host (strip ((Span){ span.text, (gsize) (equals - span.text) }), hostname))
        return check_value (
            strip ((Span){ equals + 1, (gsize) (span.text + span.length - equals - 1) }), line,
            error);
    }

  if (!seen_section)
    g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID,
                 _ ("The licence file has no section %s. Add a line with just that."), SECTION);
  else
    g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID,
                 _ ("The licence file has no entry for this host, whose name is “%s”."), hostname);
  return FALSE;
}

gsize
iou_licence_mark_length (const char *text, gsize length)
{
  gsize mark = strlen (BYTE_ORDER_MARK);

  return length >= mark && memcmp (text, BYTE_ORDER_MARK, mark) == 0 ? mark : 0;
}

gboolean
iou_licence_check (const char *text, gsize length, const char *hostname, GError **error)
{
  gsize mark;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  if (length > IOU_LICENCE_MAX_LENGTH)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_LIMIT,
                   _ ("The licence file has %zu bytes; at most %d are read."),
                   length, IOU_LICENCE_MAX_LENGTH);
      return FALSE;
    }

  if (text == NULL)
    text = "";
  if (hostname == NULL)
    hostname = g_get_host_name ();
  mark = iou_licence_mark_length (text, length);
  text += mark;
  length -= mark;

  return check_ascii (text, length, error) && check_lines (text, length, hostname, error);
}

gboolean
iou_licence_check_file (const char *path, const char *hostname, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize length;

  g_return_val_if_fail (path != NULL, FALSE);

  bytes = iou_file_read (path, 0, IOU_LICENCE_MAX_LENGTH, error);
  if (bytes == NULL)
    return FALSE;

  text = g_bytes_get_data (bytes, &length);
  if (!iou_licence_check (text, length, hostname, error))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  return TRUE;
}

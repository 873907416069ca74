/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pc-parse.h"

#include <arpa/inet.h>
#include <string.h>

#include "iou-frame.h"

#define MAX_NAME      63
#define MAX_HOST_NAME 253

char **
pc_split (const char *line)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  while (words->len < PC_MAX_WORDS)
    {
      gsize length;

      line += strspn (line, " \t\r\n");
      length = strcspn (line, " \t\r\n");
      if (length == 0)
        break;
      g_ptr_array_add (words, g_strndup (line, length));
      line += length;
    }
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_steal (words, NULL);
}

gboolean
pc_parse_number (const char *text, guint min, guint max, guint *value)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, min, max, &number, NULL))
    return FALSE;
  *value = (guint) number;
  return TRUE;
}

gboolean
pc_parse_ip4 (const char *text, guint32 *address)
{
  guint8 bytes[4];

  for (guint i = 0; i < 4; i++)
    {
      guint digits = 0;
      guint number = 0;

      while (g_ascii_isdigit (*text) && digits < 3)
        {
          number = number * 10 + (guint) (*text++ - '0');
          digits++;
        }
      if (digits == 0 || number > 255 || *text != (i < 3 ? '.' : '\0'))
        return FALSE;
      bytes[i] = (guint8) number;
      text++;
    }

  memcpy (address, bytes, sizeof bytes);
  return TRUE;
}

gboolean
pc_parse_ip6 (const char *text, guint8 address[16])
{
  return inet_pton (AF_INET6, text, address) == 1;
}

guint32
pc_prefix_to_mask (guint prefix)
{
  return prefix == 0 ? 0 : GUINT32_TO_BE (0xffffffffu << (32 - prefix));
}

guint
pc_mask_to_prefix (guint32 mask)
{
  guint prefix = 0;

  for (mask = GUINT32_FROM_BE (mask); (mask & 0x80000000u) != 0; mask <<= 1)
    prefix++;
  return prefix;
}

gboolean
pc_parse_mask (const char *text, guint *prefix)
{
  guint32 mask;
  guint length;

  if (text[0] == '/')
    text++;
  if (!pc_parse_number (text, 1, 32, &length))
    {
      if (!pc_parse_ip4 (text, &mask))
        return FALSE;
      length = pc_mask_to_prefix (mask);
      if (length == 0 || pc_prefix_to_mask (length) != mask)
        return FALSE;
    }

  *prefix = length;
  return TRUE;
}

gboolean
pc_parse_port (const char *text, guint8 *byte)
{
  gsize letters = 0;
  g_auto (GStrv) numbers = NULL;
  guint bay, unit;

  while (g_ascii_isalpha (text[letters]))
    letters++;
  if (letters > strlen ("ethernet") || g_ascii_strncasecmp (text, "ethernet", letters) != 0)
    return FALSE;

  numbers = g_strsplit (text + letters, "/", 3);
  if (g_strv_length (numbers) != 2 || !pc_parse_number (numbers[0], 0, IOU_MAX_BAY, &bay) ||
      !pc_parse_number (numbers[1], 0, IOU_MAX_UNIT, &unit))
    return FALSE;

  *byte = IOU_PORT (bay, unit);
  return TRUE;
}

gboolean
pc_is_name (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]) || text[i] == '>')
      return FALSE;
  return length >= 1 && length <= MAX_NAME;
}

gboolean
pc_is_host_name (const char *text)
{
  gsize label = 0;

  if (text[0] == '\0' || strlen (text) > MAX_HOST_NAME)
    return FALSE;

  for (; *text != '\0'; text++)
    {
      if (*text == '.' && label == 0)
        return FALSE;
      if (*text != '.' && !g_ascii_isalnum (*text) && *text != '-' && *text != '_')
        return FALSE;
      label = *text == '.' ? 0 : label + 1;
      if (label > MAX_NAME)
        return FALSE;
    }
  return TRUE;
}

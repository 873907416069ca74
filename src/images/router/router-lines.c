/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "router-lines.h"

#include <arpa/inet.h>
#include <string.h>

#define MAX_WORDS    8
#define MAX_LOOPBACK 9999
#define MAX_GROUP    255

/* A number without sign, spaces or leading zeros; steps behind it. */
static gboolean
read_number (const char **text, guint max, guint *number)
{
  const char *at = *text;
  guint value = 0;

  if (*at == '0' && g_ascii_isdigit (at[1]))
    return FALSE;
  for (; g_ascii_isdigit (*at) && value <= max; at++)
    value = value * 10 + (guint) (*at - '0');
  if (at == *text || value > max)
    return FALSE;
  *text = at;
  *number = value;
  return TRUE;
}

static gboolean
read_port (const char **text, RouterName *name)
{
  const char *at = *text;
  guint bay;
  guint unit;

  if ((*at != 'e' && *at != 's') || (at++, !read_number (&at, 15, &bay)) || *at++ != '-' ||
      !read_number (&at, 3, &unit))
    return FALSE;
  g_strlcpy (name->port, *text, MIN ((gsize) (at - *text) + 1, sizeof name->port));
  *text = at;
  return TRUE;
}

/* ".10" or ".10n" behind an Ethernet port's name. */
static gboolean
read_sub (const char *at, RouterName *name)
{
  if (name->port[0] != 'e' || *at++ != '.' || !read_number (&at, ROUTER_VLAN_MAX, &name->number) ||
      name->number == 0)
    return FALSE;
  name->native = *at == 'n';
  return at[name->native ? 1 : 0] == '\0';
}

static gboolean
read_word (const char *text, const char *word, guint max, RouterName *name)
{
  gsize length = strlen (word);

  if (strncmp (text, word, length) != 0)
    return FALSE;
  text += length;
  return read_number (&text, max, &name->number) && *text == '\0';
}

RouterNameKind
router_name_parse (const char *text, RouterName *name)
{
  const char *at = text;

  *name = (RouterName){ .kind = ROUTER_NAME_OTHER };
  if (strlen (text) >= ROUTER_NAME_SIZE)
    return ROUTER_NAME_OTHER;
  if (read_port (&at, name))
    name->kind = *at == '\0'           ? ROUTER_NAME_PORT
                 : read_sub (at, name) ? ROUTER_NAME_SUB
                                       : ROUTER_NAME_OTHER;
  else if (read_word (text, "loopback", MAX_LOOPBACK, name) ||
           read_word (text, "lo", MAX_LOOPBACK, name))
    name->kind = ROUTER_NAME_LOOPBACK;
  else if (read_word (text, "vlan", ROUTER_VLAN_MAX, name) && name->number > 0)
    name->kind = ROUTER_NAME_VLAN;
  return name->kind;
}

/* Is @typed the command @word, of which at least @least letters are needed? */
static gboolean
is_word (const char *typed, const char *word, gsize least)
{
  gsize length = typed != NULL ? strlen (typed) : 0;

  return length >= least && length <= strlen (word) && strncmp (typed, word, length) == 0;
}

static gboolean
copy_name (char *to, const char *word)
{
  return word != NULL && g_strlcpy (to, word, ROUTER_NAME_SIZE) < ROUTER_NAME_SIZE;
}

/* “interface NAME [vrf NAME]”. */
static RouterLineKind
parse_interface (char **words, RouterLine *line)
{
  if (!copy_name (line->name, words[1]))
    return ROUTER_LINE_OTHER;
  if (words[2] == NULL)
    return ROUTER_LINE_INTERFACE;
  if (!is_word (words[2], "vrf", 1) || !copy_name (line->vrf, words[3]) || words[4] != NULL)
    return ROUTER_LINE_OTHER;
  return ROUTER_LINE_INTERFACE;
}

/* “vrrp N”, “vrrp N ip ADDRESS”, “vrrp N ipv6 ADDRESS”; its other settings are FRRouting's. */
static RouterLineKind
parse_vrrp (char **words, RouterLine *line)
{
  const char *number = words[1];
  guint8 bytes[16];

  if (number == NULL || !read_number (&number, MAX_GROUP, &line->group) || *number != '\0' ||
      line->group == 0)
    return ROUTER_LINE_OTHER;
  if (words[2] == NULL)
    return ROUTER_LINE_VRRP;
  if (words[3] == NULL || words[4] != NULL ||
      !(strcmp (words[2], "ip") == 0
            ? inet_pton (AF_INET, words[3], bytes) == 1
            : is_word (words[2], "ipv6", 3) && inet_pton (AF_INET6, words[3], bytes) == 1))
    return ROUTER_LINE_OTHER;
  g_strlcpy (line->address, words[3], sizeof line->address);
  return ROUTER_LINE_VRRP;
}

static RouterLineKind
negate (RouterLineKind kind)
{
  switch (kind)
    {
    case ROUTER_LINE_INTERFACE:
      return ROUTER_LINE_NO_INTERFACE;
    case ROUTER_LINE_VRF:
      return ROUTER_LINE_NO_VRF;
    case ROUTER_LINE_VRRP:
      return ROUTER_LINE_NO_VRRP;
    default:
      return ROUTER_LINE_OTHER;
    }
}

static RouterLineKind
parse_words (char **words, RouterLine *line)
{
  if (is_word (words[0], "interface", 3))
    return parse_interface (words, line);
  if (is_word (words[0], "vrf", 3) && words[1] != NULL && words[2] == NULL &&
      copy_name (line->name, words[1]))
    return ROUTER_LINE_VRF;
  if (is_word (words[0], "vrrp", 3))
    return parse_vrrp (words, line);
  return ROUTER_LINE_OTHER;
}

RouterLineKind
router_line_parse (const char *text, RouterLine *line)
{
  char buffer[128];
  char *words[MAX_WORDS + 1] = { NULL };
  guint n = 0;
  char *rest = buffer;
  char *word;
  gboolean no;

  *line = (RouterLine){ .kind = ROUTER_LINE_OTHER };
  /* Whatever is longer is none of ours. */
  if (g_strlcpy (buffer, text, sizeof buffer) >= sizeof buffer)
    return ROUTER_LINE_OTHER;
  while (n < MAX_WORDS && (word = strtok_r (rest, " \t\r\n", &rest)) != NULL)
    words[n++] = word;
  no = n > 0 && strcmp (words[0], "no") == 0;
  line->kind = parse_words (words + (no ? 1 : 0), line);
  if (no)
    line->kind = negate (line->kind);
  return line->kind;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line of a configuration, whose second word is a name; the same bytes as a frame. */

#include <string.h>

#include "router-lines.h"
#include "router-tag.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
tag (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_malloc (size + ROUTER_TAG_SIZE);
  guint8 *frame = copy + ROUTER_TAG_SIZE;

  memcpy (frame, data, size);
  if (!router_tag_is_there (frame, size))
    return;
  if (router_tag_read (frame, size) > 4095)
    g_error ("A VLAN has a number that does not fit.");
  frame = router_tag_take (frame);
  frame = router_tag_put (frame, 7);
  if (router_tag_read (frame, size) != 7)
    g_error ("The tag that was put is not there.");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  RouterLine line;
  RouterName name;

  if (size == 0)
    return 0;
  if (router_line_parse (text, &line) != ROUTER_LINE_OTHER)
    {
      router_name_parse (line.name, &name);
      if (strlen (line.vrf) >= sizeof line.vrf || strlen (line.address) >= sizeof line.address)
        g_error ("A word has no end.");
    }
  if (router_name_parse (text, &name) == ROUTER_NAME_SUB &&
      (name.number < 1 || name.number > ROUTER_VLAN_MAX))
    g_error ("A VLAN has no number.");
  tag (data, size);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "router-tag.h"

#include <string.h>

#define ADDRESSES 12 /* bytes: destination and source */
#define TYPE_TAG  0x8100
#define VLAN_MASK 0x0fff

gboolean
router_tag_is_there (const guint8 *frame, gsize length)
{
  return length >= ADDRESSES + ROUTER_TAG_SIZE + 2 &&
         (frame[ADDRESSES] << 8 | frame[ADDRESSES + 1]) == TYPE_TAG;
}

guint
router_tag_read (const guint8 *frame, gsize length)
{
  if (!router_tag_is_there (frame, length))
    return 0;
  return (guint) (frame[ADDRESSES + 2] << 8 | frame[ADDRESSES + 3]) & VLAN_MASK;
}

guint8 *
router_tag_put (guint8 *frame, guint vlan)
{
  guint8 *tagged = frame - ROUTER_TAG_SIZE;

  memmove (tagged, frame, ADDRESSES);
  tagged[ADDRESSES] = TYPE_TAG >> 8;
  tagged[ADDRESSES + 1] = TYPE_TAG & 0xff;
  tagged[ADDRESSES + 2] = (guint8) (vlan >> 8);
  tagged[ADDRESSES + 3] = (guint8) vlan;
  return tagged;
}

guint8 *
router_tag_take (guint8 *frame)
{
  memmove (frame + ROUTER_TAG_SIZE, frame, ADDRESSES);
  return frame + ROUTER_TAG_SIZE;
}

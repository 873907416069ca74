/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* 802.1Q tags in Ethernet frames. */

#include <glib.h>

#define ROUTER_TAG_SIZE 4

/* The VLAN of a frame; 0: it has no tag, or one that says its priority only. */
guint router_tag_read (const guint8 *frame, gsize length);
gboolean router_tag_is_there (const guint8 *frame, gsize length);
/* There is room for a tag before @frame: returns where the tagged frame begins. */
guint8 *router_tag_put (guint8 *frame, guint vlan);
/* Takes the tag off a frame that has one: returns where what is left begins. */
guint8 *router_tag_take (guint8 *frame);

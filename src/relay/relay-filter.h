/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-types.h"
#include "relay-util.h"

/* Kinds of frames, with the numbers that libpcap and capture files have for them. */
enum
{
  RELAY_LINKTYPE_ETHERNET = 1,
  RELAY_LINKTYPE_PPP = 50,
  RELAY_LINKTYPE_HDLC = 104,
  RELAY_LINKTYPE_FRAME_RELAY = 107
};

/* "hdlc", "ppp", "frame-relay" or "ethernet". */
bool relay_link_type_read (const char *word, unsigned *link_type, RelayError *error);
const char *relay_link_type_name (unsigned link_type);

/* An expression as tcpdump has them, translated. NULL with a sentence. */
RelayFilter *relay_filter_new (const char *expression, unsigned link_type, RelayError *error);
void relay_filter_free (RelayFilter *filter);
const char *relay_filter_text (const RelayFilter *filter);

/* Whether a frame (without netio header) matches. */
bool relay_filter_matches (const RelayFilter *filter, const uint8_t *data, unsigned length);

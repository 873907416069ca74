/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-types.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RELAY_MAC_SIZE        6
#define RELAY_ETHERNET_HEADER 14
#define RELAY_TPID            0x8100
#define RELAY_TAG_SIZE        4
#define RELAY_VLAN_MASK       0x0fff /* of a tag */

/* An Ethernet frame on its way through built-in devices: the bytes as they came, and the 802.1Q tag
 * it should have now. Nothing is copied or changed until it leaves towards an instance. */
struct RelayFrame
{
  const uint8_t *data;
  uint16_t length;
  uint16_t tci;  /* of the outer tag, if tagged */
  uint8_t rest;  /* offset of what follows the addresses, and the tag if there is one in data */
  bool tagged;   /* it should leave with a tag */
  bool original; /* …and that is what data holds */
};

/* Writes what stands before `rest`, unless the frame is as it came: addresses and tag. Returns how
 * many bytes that are, 16 at most. */
size_t relay_frame_write_start (const RelayFrame *frame, uint8_t *bytes);

/* Writes the frame as it has to look now; `bytes` has room for IOU_MAX_PAYLOAD. 0: too long. */
size_t relay_frame_write (const RelayFrame *frame, uint8_t *bytes);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The eight bytes before every frame on a netio socket. Plain C, no GLib: the relay uses this
 * header and nothing else of iou/. Source: iouyap.h, hypervisor_iol_bridge.c (see the contract). */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IOU_HEADER_SIZE 8
#define IOU_MAX_PAYLOAD 4096
#define IOU_MAX_DATAGRAM (IOU_HEADER_SIZE + IOU_MAX_PAYLOAD)
#define IOU_TYPE_DATA 1
#define IOU_TYPE_KEEPALIVE 3
#define IOU_MAX_ID 1024
#define IOU_MAX_BAY 15
#define IOU_MAX_UNIT 3
#define IOU_PORTS_PER_ADAPTER 4
#define IOU_MAX_ADAPTERS 16

/* Port byte: low nibble adapter (bay), high nibble port (unit): Ethernet0/1 is 0x10. */
#define IOU_PORT(bay, unit) ((uint8_t) (((unit) << 4) | ((bay) & 0x0f)))
#define IOU_PORT_BAY(port) ((port) & 0x0f)
#define IOU_PORT_UNIT(port) ((port) >> 4)

typedef struct
{
  uint16_t dst_id;
  uint16_t src_id;
  uint8_t dst_port;
  uint8_t src_port;
  uint8_t type;
  uint8_t channel;
} IouHeader;

static inline void
iou_header_write (uint8_t out[IOU_HEADER_SIZE], const IouHeader *header)
{
  out[0] = (uint8_t) (header->dst_id >> 8);
  out[1] = (uint8_t) header->dst_id;
  out[2] = (uint8_t) (header->src_id >> 8);
  out[3] = (uint8_t) header->src_id;
  out[4] = header->dst_port;
  out[5] = header->src_port;
  out[6] = header->type;
  out[7] = header->channel;
}

static inline bool
iou_header_read (IouHeader *header, const void *data, size_t length)
{
  const uint8_t *in = data;

  if (length < IOU_HEADER_SIZE)
    return false;

  header->dst_id = (uint16_t) (in[0] << 8 | in[1]);
  header->src_id = (uint16_t) (in[2] << 8 | in[3]);
  header->dst_port = in[4];
  header->src_port = in[5];
  header->type = in[6];
  header->channel = in[7];
  return true;
}

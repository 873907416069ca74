/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The eight bytes before every frame on a netio socket (contract section 6.2), and alone in every
 * layer-1 keepalive. Plain C, no GLib: the relay uses this header and nothing else of iou/.
 *
 *   0-1  destination id, big endian: bit 15 "a sub-id is present", bits 14-11 sub-id, bits 10-0
 *   application id 2-3  source id, the same 4    destination port byte 5    source port byte 6
 *   type: 1 data, 3 keepalive 7    channel, 0
 *
 * Sources: iouyap.h, hypervisor_iol_bridge.c (ubridge), as named in the contract. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** IOU_HEADER_SIZE: bytes of the header */
#define IOU_HEADER_SIZE 8
/** IOU_MAX_PAYLOAD: most bytes of a frame IOU sends, from the link-layer address on, no FCS */
#define IOU_MAX_PAYLOAD 4096
/** IOU_MAX_DATAGRAM: most bytes of a datagram on a netio socket */
#define IOU_MAX_DATAGRAM (IOU_HEADER_SIZE + IOU_MAX_PAYLOAD)
/** IOU_TYPE_DATA: type of a datagram that holds a frame */
#define IOU_TYPE_DATA 1
/** IOU_TYPE_KEEPALIVE: type of a datagram on an L1 socket: the header alone (section 7) */
#define IOU_TYPE_KEEPALIVE 3
/** IOU_MAX_ID: largest application id; the smallest is 1 */
#define IOU_MAX_ID 1024
/** IOU_MAX_BAY: largest number of an adapter */
#define IOU_MAX_BAY 15
/** IOU_MAX_UNIT: largest number of a port of an adapter */
#define IOU_MAX_UNIT 3
/** IOU_PORTS_PER_ADAPTER: Ethernet and serial alike */
#define IOU_PORTS_PER_ADAPTER 4
/** IOU_MAX_ADAPTERS: most adapters of an instance, Ethernet and serial together */
#define IOU_MAX_ADAPTERS 16

/** IOU_PORT: the port byte: low nibble adapter (bay), high nibble port (unit); e0/1 is 0x10 */
#define IOU_PORT(bay, unit) ((uint8_t) (((unit) << 4) | ((bay) & 0x0f)))
/** IOU_PORT_BAY: the adapter of a port byte, 0..15 */
#define IOU_PORT_BAY(port) ((port) & 0x0f)
/** IOU_PORT_UNIT: the port of a port byte on its adapter, 0..15 in the format, 0..3 in use */
#define IOU_PORT_UNIT(port) ((port) >> 4)

/**
 * IouHeader:
 * @dst_id: id of the receiver
 * @src_id: id of the sender
 * @dst_port: port byte of the receiver
 * @src_port: port byte of the sender
 * @type: %IOU_TYPE_DATA or %IOU_TYPE_KEEPALIVE
 * @channel: 0
 *
 * A header in the host's byte order.
 */
typedef struct
{
  uint16_t dst_id;
  uint16_t src_id;
  uint8_t dst_port;
  uint8_t src_port;
  uint8_t type;
  uint8_t channel;
} IouHeader;

/**
 * iou_header_write:
 * @out: where the bytes go
 * @header: a header
 *
 * Writes a header as it goes over the socket.
 */
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

/**
 * iou_header_read:
 * @header: (out caller-allocates): the header
 * @data: a datagram
 * @length: its length in bytes
 *
 * Reads the header of a datagram. Nothing in it is judged.
 *
 * Returns: false if the datagram is shorter than a header; @header is not touched then
 */
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

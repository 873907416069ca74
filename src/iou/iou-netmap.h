/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-error.h"
#include "iou-frame.h"

G_BEGIN_DECLS

/**
 * IOU_NETMAP_MAX_LENGTH:
 *
 * Longest NETMAP text read, in bytes: 1 MiB.
 */
#define IOU_NETMAP_MAX_LENGTH (1024 * 1024)

/**
 * IOU_NETMAP_MAX_NODES:
 *
 * Most nodes read from one NETMAP: every port of every id.
 */
#define IOU_NETMAP_MAX_NODES 65536

/**
 * IouNetmapNode:
 * @id: application id, 1..1024
 * @port: packed port byte, see IOU_PORT()
 * @sub_id: the number before a second slash, 0..15; 0 if there was none
 * @remote: whether it had an `@host`: IOU then reaches it over UDP and not over a UNIX socket
 *
 * One end named on a NETMAP line. Grammar: netmap_parse.y and netmap_scan.l of iouyap.
 */
typedef struct
{
  guint16 id;
  guint8 port;
  guint8 sub_id;
  gboolean remote;
} IouNetmapNode;

/**
 * IouNetmap:
 *
 * The segments of a NETMAP file. A segment joins two nodes (a cable) or more (all hear each other).
 */
typedef struct _IouNetmap IouNetmap;

/**
 * iou_netmap_parse:
 * @text: (array length=length): the text; need not end in NUL
 * @length: its length in bytes
 * @error: return location for an error
 *
 * Reads NETMAP text (contract section 5.1). A missing last newline is accepted here although iouyap
 * wants one. A carriage return, `#`, `;` and other bytes outside the grammar are refused: real
 * programs call them junk, each treats them in its own way, and a lost cable is hard to find.
 *
 * A port that was named before is left out of its later segment, as iouyap does; a segment that
 * loses all its nodes disappears. Local ports and ports with different hosts are different ports.
 *
 * Errors: %IOU_ERROR_INVALID names the line; %IOU_ERROR_LIMIT beyond %IOU_NETMAP_MAX_LENGTH or
 * %IOU_NETMAP_MAX_NODES.
 *
 * Returns: (transfer full): the map, or %NULL with @error set
 */
IouNetmap           *iou_netmap_parse          (const char *text, gsize length, GError **error);

/**
 * iou_netmap_load:
 * @path: the file
 * @error: return location for an error
 *
 * iou_netmap_parse() of a file's content; the message begins with the file's name.
 * Also %IOU_ERROR_MISSING, %IOU_ERROR_PERMISSION and %IOU_ERROR_IO.
 *
 * Returns: (transfer full): the map, or %NULL with @error set
 */
IouNetmap           *iou_netmap_load           (const char *path, GError **error);

/**
 * iou_netmap_free:
 * @self: (nullable): a map
 *
 * Frees a map and all nodes taken from it with iou_netmap_get_segment().
 */
void                 iou_netmap_free           (IouNetmap *self);

/**
 * iou_netmap_get_n_segments:
 * @self: a map
 *
 * Returns: the number of segments
 */
guint                iou_netmap_get_n_segments (IouNetmap *self);

/**
 * iou_netmap_get_segment:
 * @self: a map
 * @index: which one, in the order of the file
 * @n_nodes: (out): how many nodes it has, at least 1
 *
 * Returns: (transfer none) (array length=n_nodes): the segment's nodes; %NULL and 0 nodes if there
 *   is no such segment
 */
const IouNetmapNode *iou_netmap_get_segment    (IouNetmap *self, guint index, guint *n_nodes);

/**
 * iou_netmap_dup_peers:
 * @self: a map
 * @id: application id
 * @port: packed port byte
 *
 * The other nodes on the segment of a port: a sender sends one copy to each of them. The sub-id
 * does not matter for the look-up. If the port stands there both without and with `@host`, the one
 * without is meant.
 *
 * Returns: (transfer full) (nullable) (element-type IouNetmapNode): %NULL if the port is on no
 *   segment; an empty array if it is there alone
 */
GArray              *iou_netmap_dup_peers      (IouNetmap *self, guint id, guint8 port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IouNetmap, iou_netmap_free)

/**
 * iou_netmap_write_all:
 * @id: an instance's application id, 1..1024
 * @pseudo_id: the id its relay has for it, 1..1024 and another one
 *
 * What a manager writes before each start (contract section 5.2): IOU reads NETMAP once, so all
 * 64 ports of @id, bays 0..15 with units 0..3, are mapped to the same ports of @pseudo_id, whatever
 * adapters there are. Links are the relay's business from then on.
 *
 * Returns: (transfer full): 64 lines, each with its newline
 */
char                *iou_netmap_write_all      (guint id, guint pseudo_id);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-frame.h"

G_BEGIN_DECLS

/* One end named on a NETMAP line. */
typedef struct
{
  guint16 id;      /* 1..1024 */
  guint8 port;     /* packed port byte */
  guint8 sub_id;   /* 0..15 */
  gboolean remote; /* had an @host */
} IouNetmapNode;

typedef struct _IouNetmap IouNetmap;

/* Reads NETMAP text (contract section 5.1). Errors name the line. Limits: 1 MiB, 65536 nodes. */
IouNetmap           *iou_netmap_parse        (const char *text, gsize length, GError **error);
IouNetmap           *iou_netmap_load         (const char *path, GError **error);
void                 iou_netmap_free         (IouNetmap *self);
guint                iou_netmap_get_n_segments (IouNetmap *self);
const IouNetmapNode *iou_netmap_get_segment  (IouNetmap *self, guint index, guint *n_nodes);
/* The other nodes on the segment of (id, port); NULL if it is on none. Array of IouNetmapNode. (transfer full) */
GArray              *iou_netmap_dup_peers    (IouNetmap *self, guint id, guint8 port);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IouNetmap, iou_netmap_free)

/* The 64 lines a manager writes: every port of @id mapped to the same port of @pseudo_id (5.2). (transfer full) */
char                *iou_netmap_write_all    (guint id, guint pseudo_id);

G_END_DECLS

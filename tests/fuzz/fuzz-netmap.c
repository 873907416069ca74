/* SPDX-License-Identifier: GPL-3.0-or-later */

/* NETMAP text. What was read is consistent: each node of a segment finds the others as its peers.
 */

#include "iou-netmap.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_node (IouNetmap *map, const IouNetmapNode *node)
{
  g_autoptr (GArray) peers = iou_netmap_dup_peers (map, node->id, node->port);

  if (peers == NULL)
    g_error ("A node is on no segment.");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IouNetmap) map = iou_netmap_parse ((const char *) data, size, &error);
  guint n_nodes;

  if ((map == NULL) != (error != NULL))
    g_error ("There is a map and an error, or neither.");

  for (guint i = 0; map != NULL && i < iou_netmap_get_n_segments (map); i++)
    {
      const IouNetmapNode *nodes = iou_netmap_get_segment (map, i, &n_nodes);

      check_node (map, &nodes[0]);
      check_node (map, &nodes[n_nodes - 1]);
    }

  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "device-netmap.h"

static char *
find_netmap (void)
{
  const char *given = g_getenv ("NETIO_NETMAP");
  g_autofree char *home = g_build_filename (g_get_home_dir (), ".NETMAP", NULL);

  if (given != NULL && given[0] != '\0')
    return g_strdup (given);
  if (g_file_test ("NETMAP", G_FILE_TEST_EXISTS))
    return g_strdup ("NETMAP");
  return g_file_test (home, G_FILE_TEST_EXISTS) ? g_steal_pointer (&home) : NULL;
}

gboolean
device_netmap_load (IouNetmap **netmap, GError **error)
{
  g_autofree char *path = find_netmap ();

  *netmap = NULL;
  if (path == NULL)
    return TRUE;
  *netmap = iou_netmap_load (path, error);
  return *netmap != NULL;
}

GArray *
device_netmap_dup_peers (IouNetmap *netmap, guint id, guint8 port)
{
  GArray *peers = iou_netmap_dup_peers (netmap, id, port);

  for (guint i = peers != NULL ? peers->len : 0; i-- > 0;)
    if (g_array_index (peers, IouNetmapNode, i).remote)
      g_array_remove_index (peers, i);
  return peers;
}

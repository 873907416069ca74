/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pc-port.h"

#include "iou-netmap.h"
#include "pc-dhcp.h"
#include "pc-parse.h"

void
pc_ports_init (Pc *pc, guint n_adapters)
{
  pc->n_ports = n_adapters * IOU_PORTS_PER_ADAPTER;
  pc->ports = g_new0 (PcPort, MAX (pc->n_ports, 1));

  for (guint i = 0; i < pc->n_ports; i++)
    {
      PcPort *port = &pc->ports[i];
      guint bay = i / IOU_PORTS_PER_ADAPTER;
      guint unit = i % IOU_PORTS_PER_ADAPTER;

      port->pc = pc;
      port->byte = IOU_PORT (bay, unit);
      g_snprintf (port->name, sizeof port->name, "e%u/%u", bay, unit);
    }
}

void
pc_ports_clear (Pc *pc)
{
  for (guint i = 0; i < pc->n_ports; i++)
    {
      pc_dhcp_stop (&pc->ports[i]);
      g_clear_pointer (&pc->ports[i].peers, g_array_unref);
    }
}

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

/* Other machines would be reached over UDP, which this host does not do. */
static void
drop_remote (GArray *peers)
{
  for (guint i = peers->len; i-- > 0;)
    if (g_array_index (peers, IouNetmapNode, i).remote)
      g_array_remove_index (peers, i);
}

gboolean
pc_ports_load_netmap (Pc *pc, GError **error)
{
  g_autofree char *path = find_netmap ();
  g_autoptr (IouNetmap) netmap = NULL;

  if (path == NULL)
    return TRUE;
  netmap = iou_netmap_load (path, error);
  if (netmap == NULL)
    return FALSE;

  pc->has_netmap = TRUE;
  for (guint i = 0; i < pc->n_ports; i++)
    {
      PcPort *port = &pc->ports[i];

      port->peers = iou_netmap_dup_peers (netmap, pc->id, port->byte);
      if (port->peers != NULL)
        drop_remote (port->peers);
    }
  return TRUE;
}

PcPort *
pc_find_port (Pc *pc, guint8 byte)
{
  guint index = IOU_PORT_BAY (byte) * IOU_PORTS_PER_ADAPTER + IOU_PORT_UNIT (byte);

  if (IOU_PORT_UNIT (byte) > IOU_MAX_UNIT || index >= pc->n_ports)
    return NULL;
  return &pc->ports[index];
}

PcPort *
pc_port_by_name (Pc *pc, const char *name)
{
  guint8 byte;

  return pc_parse_port (name, &byte) ? pc_find_port (pc, byte) : NULL;
}

gboolean
pc_port_is_up (PcPort *port)
{
  return !port->settings.shut && port->line_up;
}

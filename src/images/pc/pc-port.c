/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pc-port.h"

#include "device-netmap.h"
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

gboolean
pc_ports_load_netmap (Pc *pc, GError **error)
{
  g_autoptr (IouNetmap) netmap = NULL;

  if (!device_netmap_load (&netmap, error))
    return FALSE;
  if (netmap == NULL)
    return TRUE;

  pc->has_netmap = TRUE;
  for (guint i = 0; i < pc->n_ports; i++)
    pc->ports[i].peers = device_netmap_dup_peers (netmap, pc->id, pc->ports[i].byte);
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

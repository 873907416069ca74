/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pc-target.h"

#include <string.h>

#include "pc-dns.h"
#include "pc-ip.h"
#include "pc-parse.h"
#include "pc-route.h"

struct _PcTarget
{
  Pc *pc;
  PcPort *port; /* (nullable) asked for */
  PcTargetFunc func;
  gpointer data;
  DeviceTimer timer;
  ip_addr_t address;
  gboolean found;
  const char *problem;
  PcDnsQuery *query;
};

static void
on_timer (gpointer data)
{
  PcTarget *self = data;
  PcPort *port = NULL;

  if (self->found)
    port = pc_route_find (self->pc, self->port, &self->address, &self->problem);
  self->func (self->data, port != NULL ? &self->address : NULL, port, self->problem);
  g_free (self);
}

static void
on_name (gpointer data, const ip_addr_t *address, const char *problem)
{
  PcTarget *self = data;

  self->query = NULL;
  self->found = address != NULL;
  self->problem = problem;
  if (address != NULL)
    self->address = *address;
  device_timer_set_after (&self->timer, 0);
}

/* fe80::1%e0/1 names the port; without it a link-local address is on @port or the first one. */
static gboolean
read_address (PcTarget *self, const char *host)
{
  g_auto (GStrv) parts = g_strsplit (host, "%", 2);
  PcPort *zone = self->port != NULL ? self->port : &self->pc->ports[0];

  if (pc_parse_ip4 (host, &ip_2_ip4 (&self->address)->addr))
    {
      IP_SET_TYPE_VAL (self->address, IPADDR_TYPE_V4);
      return TRUE;
    }

  if (parts[0] != NULL && parts[1] != NULL)
    self->port = zone = pc_port_by_name (self->pc, parts[1]);
  if (parts[0] == NULL || zone == NULL || !pc_ip6_read (zone, parts[0], ip_2_ip6 (&self->address)))
    return FALSE;
  IP_SET_TYPE_VAL (self->address, IPADDR_TYPE_V6);
  return TRUE;
}

PcTarget *
pc_target_find (Pc *pc, PcPort *port, const char *host, PcTargetFunc func, gpointer data)
{
  PcTarget *self = g_new0 (PcTarget, 1);

  self->pc = pc;
  self->port = port;
  self->func = func;
  self->data = data;
  device_timer_init (&self->timer, on_timer, self);

  self->found = read_address (self, host);
  if (self->found || strpbrk (host, ":%") != NULL || !pc_is_host_name (host))
    {
      self->problem = "is no address and no host name";
      device_timer_set_after (&self->timer, 0);
    }
  else
    self->query = pc_dns_resolve (pc, host, on_name, self);
  return self;
}

void
pc_target_cancel (PcTarget *self)
{
  if (self->query != NULL)
    pc_dns_cancel (self->query);
  device_timer_clear (&self->timer);
  g_free (self);
}

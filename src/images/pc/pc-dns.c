/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A resolver without a cache: a person asks seldom, and in a lab wants to see what the server says
 * now. A name without a dot is first tried in the domain. Each name is asked for an IPv4 address,
 * then for an IPv6 one; each question goes to the servers in turn until one answers. */

#include "config.h"

#include "pc-dns.h"

#include <string.h>

#include <lwip/udp.h>

#include "pc-dhcp.h"
#include "pc-dns-message.h"
#include "pc-parse.h"
#include "pc-route.h"
#include "pc-stack.h"

#define ATTEMPTS   3
#define TIMEOUT    (1500 * G_TIME_SPAN_MILLISECOND)
#define MAX_ANSWER 1500

struct _PcDnsQuery
{
  Pc *pc;
  char *names[3];
  guint name;
  PcDnsType type;
  guint attempt;
  guint16 id;
  ip_addr_t asked;
  struct udp_pcb *udp;
  DeviceTimer timer;
  PcDnsFunc func;
  gpointer data;
  ip_addr_t address;
  gboolean finished;
  const char *problem;
};

guint
pc_dns_get_servers (Pc *pc, ip4_addr_t servers[PC_MAX_DNS])
{
  guint n = 0;

  for (guint i = 0; i < PC_MAX_DNS; i++)
    if (!ip4_addr_isany_val (pc->dns[i]))
      servers[n++] = pc->dns[i];
  for (guint i = 0; n == 0 && i < pc->n_ports; i++)
    {
      const PcDhcpLease *lease = pc_dhcp_get_lease (&pc->ports[i]);

      for (guint j = 0; lease != NULL && j < PC_MAX_DNS; j++)
        if (!ip4_addr_isany_val (lease->dns[j]))
          servers[n++] = lease->dns[j];
    }
  return n;
}

const char *
pc_dns_get_domain (Pc *pc)
{
  if (pc->domain != NULL)
    return pc->domain;
  for (guint i = 0; i < pc->n_ports; i++)
    {
      const PcDhcpLease *lease = pc_dhcp_get_lease (&pc->ports[i]);

      if (lease != NULL && lease->domain[0] != '\0')
        return lease->domain;
    }
  return NULL;
}

/* The callback comes from the timer: never from inside lwIP, and never before the caller has us. */
static void
finish (PcDnsQuery *self, const char *problem)
{
  self->finished = TRUE;
  self->problem = problem;
  device_timer_set_after (&self->timer, 0);
}

static void
ask (PcDnsQuery *self)
{
  ip4_addr_t servers[PC_MAX_DNS];
  guint n = pc_dns_get_servers (self->pc, servers);
  g_autoptr (GByteArray) bytes = NULL;
  struct pbuf *packet;
  const char *problem = "No name server is set: see help ip";

  if (n == 0)
    {
      finish (self, problem);
      return;
    }
  ip_addr_copy_from_ip4 (self->asked, servers[self->attempt % n]);
  if (n == 1 && pc_route_find (self->pc, NULL, &self->asked, &problem) == NULL)
    {
      finish (self, problem);
      return;
    }

  self->id = (guint16) g_random_int ();
  bytes = pc_dns_message_encode (self->id, self->names[self->name], self->type);
  packet = pbuf_alloc (PBUF_TRANSPORT, (u16_t) bytes->len, PBUF_RAM);
  if (packet != NULL)
    {
      pbuf_take (packet, bytes->data, (u16_t) bytes->len);
      udp_sendto (self->udp, packet, &self->asked, PC_DNS_PORT);
      pbuf_free (packet);
    }
  device_timer_set_after (&self->timer, TIMEOUT);
  pc_stack_touched ();
}

/* This name has no address of this type. */
static void
ask_next (PcDnsQuery *self, PcDnsResult result)
{
  self->attempt = 0;
  if (result == PC_DNS_NO_DATA && self->type == PC_DNS_TYPE_A)
    self->type = PC_DNS_TYPE_AAAA;
  else if (self->names[self->name + 1] != NULL)
    {
      self->name++;
      self->type = PC_DNS_TYPE_A;
    }
  else
    {
      finish (self,
              result == PC_DNS_NO_NAME ? "the name does not exist" : "the name has no address");
      return;
    }
  ask (self);
}

static void
ask_again (PcDnsQuery *self)
{
  if (++self->attempt < ATTEMPTS)
    ask (self);
  else
    finish (self, "Cannot resolve the name: no name server answered");
}

static void
on_timer (gpointer data)
{
  PcDnsQuery *self = data;
  PcDnsFunc func = self->func;
  gpointer func_data = self->data;
  ip_addr_t address = self->address;
  const char *problem = self->problem;

  if (!self->finished)
    {
      ask_again (self);
      return;
    }
  pc_dns_cancel (self);
  func (func_data, problem == NULL ? &address : NULL, problem);
}

static void
set_address (PcDnsQuery *self, const guint8 *bytes)
{
  if (self->type == PC_DNS_TYPE_A)
    {
      memcpy (ip_2_ip4 (&self->address), bytes, 4);
      IP_SET_TYPE_VAL (self->address, IPADDR_TYPE_V4);
      return;
    }
  ip6_addr_set_zero (ip_2_ip6 (&self->address));
  memcpy (ip_2_ip6 (&self->address)->addr, bytes, 16);
  IP_SET_TYPE_VAL (self->address, IPADDR_TYPE_V6);
}

static void
on_answer (void *arg, struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *from, u16_t port)
{
  PcDnsQuery *self = arg;
  guint8 bytes[MAX_ANSWER];
  guint8 address[16];
  gsize length = pbuf_copy_partial (packet, bytes, sizeof bytes, 0);
  PcDnsResult result;

  pbuf_free (packet);
  if (self->finished || port != PC_DNS_PORT || !ip_addr_cmp (from, &self->asked))
    return;

  result =
      pc_dns_message_decode (bytes, length, self->id, self->names[self->name], self->type, address);
  switch (result)
    {
    case PC_DNS_ADDRESS:
      set_address (self, address);
      finish (self, NULL);
      break;
    case PC_DNS_NO_NAME:
    case PC_DNS_NO_DATA:
      ask_next (self, result);
      break;
    case PC_DNS_FAILED:
      ask_again (self);
      break;
    case PC_DNS_NOT_OURS:
    default:
      break;
    }
}

PcDnsQuery *
pc_dns_resolve (Pc *pc, const char *name, PcDnsFunc func, gpointer data)
{
  PcDnsQuery *self = g_new0 (PcDnsQuery, 1);
  const char *domain = pc_dns_get_domain (pc);
  guint n = 0;

  self->pc = pc;
  self->func = func;
  self->data = data;
  self->type = PC_DNS_TYPE_A;
  if (strchr (name, '.') == NULL && domain != NULL)
    {
      self->names[n] = g_strdup_printf ("%s.%s", name, domain);
      if (pc_is_host_name (self->names[n]))
        n++;
      else
        g_clear_pointer (&self->names[n], g_free);
    }
  self->names[n] = g_strdup (name);

  self->udp = udp_new_ip_type (IPADDR_TYPE_V4);
  udp_bind (self->udp, IP4_ADDR_ANY, 0);
  udp_recv (self->udp, on_answer, self);
  device_timer_init (&self->timer, on_timer, self);
  ask (self);
  return self;
}

void
pc_dns_cancel (PcDnsQuery *self)
{
  device_timer_clear (&self->timer);
  udp_remove (self->udp);
  for (guint i = 0; i < G_N_ELEMENTS (self->names); i++)
    g_free (self->names[i]);
  g_free (self);
}

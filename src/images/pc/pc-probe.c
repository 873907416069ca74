/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One probe at a time. Answers come as an ICMP echo reply, as a datagram on our UDP port, through
 * TCP's callbacks, or as an ICMP error that quotes our packet; whichever comes first ends the wait
 * and what comes later is not ours any more. A raw ICMP endpoint is open for the life of the probe:
 * it hears errors for all three protocols. */

#include "config.h"

#include <string.h>

#include <lwip/icmp6.h>
#include <lwip/ip4.h>
#include <lwip/ip6.h>
#include <lwip/prot/ip.h>

#include "pc-probe-private.h"
#include "pc-stack.h"

#define UDP_OVERHEAD 8

guint
pc_probe_current_ttl (void)
{
  if (ip_current_is_v6 ())
    return IP6H_HOPLIM (ip6_current_header ());
  return IPH_TTL (ip4_current_header ());
}

void
pc_probe_answer (PcProbe *self, PcProbeResult *result, const ip_addr_t *from)
{
  if (!self->waiting)
    return;

  if (from != NULL)
    ip_addr_copy (result->from, *from);
  result->time = device_loop_now () - self->sent_at;
  self->waiting = result->more;
  if (!result->more)
    device_timer_clear (&self->timer);
  self->func (self->data, result);
}

static void
on_timeout (gpointer data)
{
  PcProbe *self = data;
  PcProbeResult result = { .outcome = PC_PROBE_TIMEOUT, .phase = self->phase };

  pc_probe_forget_tcp (self);
  pc_probe_answer (self, &result, &self->settings.address);
}

/* Recognisable bytes: the sequence number, then letters. */
void
pc_probe_fill (PcProbe *self, struct pbuf *packet, guint offset)
{
  for (guint i = 0; i < self->settings.size; i++)
    {
      guint8 byte = (guint8) ('a' + i % 26);

      if (i < 2)
        byte = (guint8) (self->sequence >> (8 * (1 - i)));
      pbuf_put_at (packet, (u16_t) (offset + i), byte);
    }
}

static void
on_udp (void *arg, struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *from, u16_t port)
{
  PcProbe *self = arg;
  guint overhead = UDP_OVERHEAD + (ip_current_is_v6 () ? IP6_HLEN : IP_HLEN);
  PcProbeResult result = { .outcome = PC_PROBE_REPLY,
                           .bytes = packet->tot_len + overhead,
                           .ttl = pc_probe_current_ttl () };
  gboolean ours = packet->tot_len < 2 || self->settings.size < 2 ||
                  (pbuf_get_at (packet, 0) << 8 | pbuf_get_at (packet, 1)) == self->sequence;

  pbuf_free (packet);
  if (ours && port == self->settings.target_port)
    pc_probe_answer (self, &result, from);
}

static gboolean
send_udp (PcProbe *self)
{
  const PcProbeSettings *settings = &self->settings;
  struct pbuf *packet = pbuf_alloc (PBUF_TRANSPORT, (u16_t) settings->size, PBUF_RAM);
  err_t error;

  if (packet == NULL)
    return FALSE;
  pc_probe_fill (self, packet, 0);
  self->udp->ttl = (u8_t) settings->ttl;
  udp_set_multicast_ttl (self->udp, (u8_t) settings->ttl);
  error = udp_sendto (self->udp, packet, &settings->address, (u16_t) settings->target_port);
  pbuf_free (packet);
  return error == ERR_OK;
}

static gboolean
open_udp (PcProbe *self)
{
  u8_t type = IP_GET_TYPE (&self->settings.address);

  if (self->udp != NULL)
    return TRUE;
  self->udp = udp_new_ip_type (type);
  if (self->udp == NULL)
    return FALSE;
  ip_set_option (self->udp, SOF_BROADCAST);
  udp_recv (self->udp, on_udp, self);
  return udp_bind (self->udp, IP_IS_V6 (&self->settings.address) ? IP6_ADDR_ANY : IP4_ADDR_ANY,
                   (u16_t) self->settings.source_port) == ERR_OK;
}

PcProbe *
pc_probe_new (Pc *pc, const PcProbeSettings *settings, PcProbeFunc func, gpointer data)
{
  PcProbe *self = g_new0 (PcProbe, 1);
  gboolean v6 = IP_IS_V6 (&settings->address);

  self->pc = pc;
  self->settings = *settings;
  self->func = func;
  self->data = data;
  self->identity = (guint16) g_random_int ();
  device_timer_init (&self->timer, on_timeout, self);
  self->raw =
      raw_new_ip_type (v6 ? IPADDR_TYPE_V6 : IPADDR_TYPE_V4, v6 ? IP6_NEXTH_ICMP6 : IP_PROTO_ICMP);
  if (self->raw == NULL)
    g_error ("out of memory");
  raw_recv (self->raw, pc_probe_icmp_input, self);
  ip_set_option (self->raw, SOF_BROADCAST);
  return self;
}

void
pc_probe_free (PcProbe *self)
{
  device_timer_clear (&self->timer);
  pc_probe_forget_tcp (self);
  if (self->udp != NULL)
    udp_remove (self->udp);
  raw_remove (self->raw);
  g_free (self);
}

PcProbeSettings *
pc_probe_get_settings (PcProbe *self)
{
  return &self->settings;
}

static gboolean
send_now (PcProbe *self)
{
  switch (self->settings.protocol)
    {
    case PC_PROBE_UDP:
      return open_udp (self) && send_udp (self);
    case PC_PROBE_TCP:
      return pc_probe_send_tcp (self);
    case PC_PROBE_ICMP:
    default:
      return pc_probe_send_echo (self);
    }
}

void
pc_probe_send (PcProbe *self, guint sequence)
{
  PcProbeResult result = { .outcome = PC_PROBE_NOT_SENT };

  pc_probe_forget_tcp (self);
  self->sequence = (guint16) sequence;
  self->waiting = TRUE;
  self->phase = PC_PROBE_CONNECT;
  self->sent_at = device_loop_now ();
  device_timer_set_at (&self->timer, self->sent_at + self->settings.timeout);
  if (!send_now (self))
    pc_probe_answer (self, &result, &self->settings.address);
  pc_stack_touched ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TCP: connect, send, close; each step is timed from its own start. For trace the first answer is
 * enough. lwIP calls back inside the segment's handling, so the sender's TTL can be read there. */

#include "config.h"

#include <lwip/ip.h>

#include "pc-probe-private.h"

void
pc_probe_forget_tcp (PcProbe *self)
{
  struct tcp_pcb *pcb = self->tcp;

  if (pcb == NULL)
    return;

  self->tcp = NULL;
  tcp_arg (pcb, NULL);
  tcp_err (pcb, NULL);
  tcp_recv (pcb, NULL);
  tcp_sent (pcb, NULL);
  if (tcp_close (pcb) != ERR_OK)
    tcp_abort (pcb);
}

static void
answer_phase (PcProbe *self, gboolean last)
{
  PcProbeResult result = {
    .outcome = PC_PROBE_REPLY,
    .phase = self->phase,
    .more = !last,
    .ttl = pc_probe_current_ttl (),
  };

  pc_probe_answer (self, &result, &self->settings.address);
  self->phase++;
  self->sent_at = device_loop_now ();
  if (!last)
    device_timer_set_at (&self->timer, self->sent_at + self->settings.timeout);
}

static void
on_error (void *arg, err_t error)
{
  PcProbe *self = arg;
  PcProbeResult result = { .outcome = error == ERR_RST ? PC_PROBE_RESET : PC_PROBE_TIMEOUT,
                           .phase = self->phase };

  /* lwIP has freed it. */
  self->tcp = NULL;
  if (error == ERR_RST)
    result.ttl = pc_probe_current_ttl ();
  pc_probe_answer (self, &result, &self->settings.address);
}

static err_t
on_sent (void *arg, struct tcp_pcb *pcb, u16_t length)
{
  PcProbe *self = arg;

  if (self->phase != PC_PROBE_DATA || pcb->unsent != NULL || pcb->unacked != NULL)
    return ERR_OK;

  answer_phase (self, FALSE);
  if (self->tcp != NULL)
    tcp_shutdown (pcb, 0, 1);
  return ERR_OK;
}

static err_t
on_received (void *arg, struct tcp_pcb *pcb, struct pbuf *packet, err_t error)
{
  PcProbe *self = arg;

  if (packet != NULL)
    {
      tcp_recved (pcb, packet->tot_len);
      pbuf_free (packet);
      return ERR_OK;
    }

  /* The other end has closed, after us or on its own. */
  self->phase = PC_PROBE_CLOSE;
  pc_probe_forget_tcp (self);
  answer_phase (self, TRUE);
  return ERR_OK;
}

static err_t
on_connected (void *arg, struct tcp_pcb *pcb, err_t error)
{
  PcProbe *self = arg;
  g_autofree guint8 *bytes = NULL;

  answer_phase (self, self->settings.connect_only);
  if (self->settings.connect_only)
    {
      pc_probe_forget_tcp (self);
      return ERR_OK;
    }

  bytes = g_malloc (self->settings.size + 1);
  for (guint i = 0; i < self->settings.size; i++)
    bytes[i] = (guint8) ('a' + i % 26);
  if (self->settings.size == 0 ||
      tcp_write (pcb, bytes, (u16_t) self->settings.size, TCP_WRITE_FLAG_COPY) != ERR_OK)
    {
      self->phase = PC_PROBE_CLOSE;
      tcp_shutdown (pcb, 0, 1);
    }
  tcp_output (pcb);
  return ERR_OK;
}

gboolean
pc_probe_send_tcp (PcProbe *self)
{
  struct tcp_pcb *pcb = tcp_new_ip_type (IP_GET_TYPE (&self->settings.address));
  const ip_addr_t *any = IP_IS_V6 (&self->settings.address) ? IP6_ADDR_ANY : IP4_ADDR_ANY;

  if (pcb == NULL)
    return FALSE;

  self->tcp = pcb;
  pcb->ttl = (u8_t) self->settings.ttl;
  tcp_arg (pcb, self);
  tcp_err (pcb, on_error);
  tcp_recv (pcb, on_received);
  tcp_sent (pcb, on_sent);
  if ((self->settings.source_port != 0 &&
       tcp_bind (pcb, any, (u16_t) self->settings.source_port) != ERR_OK) ||
      tcp_connect (pcb, &self->settings.address, (u16_t) self->settings.target_port,
                   on_connected) != ERR_OK)
    {
      pc_probe_forget_tcp (self);
      return FALSE;
    }
  return TRUE;
}

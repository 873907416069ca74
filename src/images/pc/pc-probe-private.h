/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <lwip/raw.h>
#include <lwip/tcp.h>
#include <lwip/udp.h>

#include "pc-probe.h"

struct _PcProbe
{
  Pc *pc;
  PcProbeSettings settings;
  PcProbeFunc func;
  gpointer data;
  DeviceTimer timer;
  gboolean waiting;
  guint16 identity;
  guint16 sequence;
  gint64 sent_at;
  struct raw_pcb *raw; /* hears ICMP; sends echo requests */
  struct udp_pcb *udp;
  struct tcp_pcb *tcp;
  PcProbePhase phase;
};

/* Passes @result on with the time and the sender of the packet that is being handled. */
void pc_probe_answer (PcProbe *self, PcProbeResult *result, const ip_addr_t *from);
void pc_probe_fill (PcProbe *self, struct pbuf *packet, guint offset);
guint pc_probe_current_ttl (void);

/* FALSE: no memory, or no way there; nothing was sent. */
gboolean pc_probe_send_tcp (PcProbe *self);
/* Ends its connection, if there is one; it hears no more of it. */
void pc_probe_forget_tcp (PcProbe *self);
/* FALSE as above. */
gboolean pc_probe_send_echo (PcProbe *self);
/* lwIP's receiver of ICMP packets; @arg: the probe. */
u8_t
pc_probe_icmp_input (void *arg, struct raw_pcb *pcb, struct pbuf *packet, const ip_addr_t *from);

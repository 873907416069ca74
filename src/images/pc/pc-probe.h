/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sends a packet that should be answered and tells what became of it: what ping and trace share. */

#include "pc.h"

typedef enum
{
  PC_PROBE_ICMP = 1,
  PC_PROBE_TCP = 6,
  PC_PROBE_UDP = 17,
} PcProbeProtocol;

typedef enum
{
  PC_PROBE_REPLY,
  PC_PROBE_ERROR, /* an ICMP error about it */
  PC_PROBE_RESET, /* TCP: refused */
  PC_PROBE_TIMEOUT,
  PC_PROBE_NOT_SENT,
} PcProbeOutcome;

/* A TCP probe is answered up to three times. */
typedef enum
{
  PC_PROBE_CONNECT,
  PC_PROBE_DATA,
  PC_PROBE_CLOSE,
} PcProbePhase;

typedef struct
{
  PcProbeOutcome outcome;
  PcProbePhase phase;
  gboolean more; /* another result will follow */
  ip_addr_t from;
  guint ttl;
  guint bytes; /* of the IP packet */
  guint type;  /* of the ICMP error */
  guint code;
  const char *meaning; /* of type and code */
  gint64 time;         /* µs */
} PcProbeResult;

typedef struct
{
  ip_addr_t address;
  PcPort *port; /* where it goes */
  PcProbeProtocol protocol;
  guint size; /* bytes of data */
  guint ttl;
  guint source_port; /* 0: any */
  guint target_port;
  guint ip_protocol;
  gboolean dont_fragment;
  gboolean connect_only; /* TCP: no data */
  gint64 timeout;        /* µs */
} PcProbeSettings;

typedef struct _PcProbe PcProbe;
typedef void (*PcProbeFunc) (gpointer data, const PcProbeResult *result);

/* @settings are copied; @pc and @data are borrowed. Never NULL. (transfer full) */
PcProbe *pc_probe_new (Pc *pc, const PcProbeSettings *settings, PcProbeFunc func, gpointer data);
/* @func is not called any more. */
void pc_probe_free (PcProbe *self);
/* May be changed between two probes. */
PcProbeSettings *pc_probe_get_settings (PcProbe *self);
/* Forgets the one before. @func is called, possibly at once. */
void pc_probe_send (PcProbe *self, guint sequence);

/* For the protocols' own files. */
const char *pc_probe_icmp_meaning (gboolean v6, guint type, guint code);

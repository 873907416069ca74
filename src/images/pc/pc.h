/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The device and its ports: what every part of labwright-pc knows. */

#include <glib.h>
#include <lwip/ip_addr.h>
#include <lwip/netif.h>

#include "iou-frame.h"
#include "device-loop.h"

#define PC_MAX_PORTS        (IOU_MAX_ADAPTERS * IOU_PORTS_PER_ADAPTER)
#define PC_MAX_NAME         63
#define PC_MAX_DNS          2
#define PC_NVRAM_DEFAULT_KB 64
#define PC_RAM_DEFAULT_MB   4

typedef struct _Pc Pc;
typedef struct _PcConsole PcConsole;
typedef struct _PcDhcp PcDhcp;
typedef struct _PcNetio PcNetio;
typedef struct _PcPort PcPort;

/* What the commands asked of a port: this is what `save` writes. The netif says what is so. */
typedef struct
{
  gboolean shut;
  gboolean dhcp;
  gboolean autoconf6;
  ip4_addr_t address; /* any: none set by hand */
  ip4_addr_t netmask;
  ip4_addr_t gateway;
  ip6_addr_t address6;
  guint prefix6; /* 0: no address set by hand */
  ip6_addr_t gateway6;
} PcPortSettings;

typedef struct
{
  guint64 received;
  guint64 sent;
  guint64 ignored; /* not for us, cut, or not a frame */
  guint64 lost;    /* could not be sent */
} PcPortCounters;

struct _PcPort
{
  Pc *pc;
  char name[8]; /* e0/1 */
  guint8 byte;  /* port byte of the contract, section 3 */
  struct netif netif;
  GArray *peers; /* of IouNetmapNode: the rest of its segment; NULL: not in NETMAP */
  PcPortSettings settings;
  PcPortCounters counters;
  PcDhcp *dhcp; /* NULL: no client running */
  gboolean line_up;
  gint64 line_until;     /* when it goes down without another keepalive */
  gint64 duplicate_told; /* when the last duplicate address was reported */
  guint8 duplicate6;     /* bit i: IPv6 address i was reported as a duplicate */
};

struct _Pc
{
  guint id;
  char *name;
  guint nvram_kb;
  guint n_serial; /* adapters: they exist and do nothing */
  gboolean keepalives;
  gboolean quiet;
  gboolean packed_macs; /* the other family of addresses, contract section 14 */
  gboolean stop;        /* leave the loop */
  gint64 started;
  PcPort *ports;
  guint n_ports;
  gboolean has_netmap;
  ip4_addr_t dns[PC_MAX_DNS];
  char *domain; /* (nullable) */
  PcNetio *netio;
  PcConsole *console;
};

/* By the port byte of the contract. NULL: the device has no such Ethernet port. */
PcPort *pc_find_port (Pc *pc, guint8 byte);
/* e0/1, E0/1, eth0/1, Ethernet0/1 or 0/1. */
PcPort *pc_port_by_name (Pc *pc, const char *name);
/* Ethernet is possible there: not shut and its line is up. */
gboolean pc_port_is_up (PcPort *port);

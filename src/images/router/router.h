/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The router and its ports: what every part of labwright-router knows. */

#include <glib.h>
#include <sys/types.h>

#include "device-loop.h"
#include "iou-frame.h"

#define ROUTER_MAX_PORTS        (IOU_MAX_ADAPTERS * IOU_PORTS_PER_ADAPTER)
#define ROUTER_NVRAM_DEFAULT_KB 64
#define ROUTER_RAM_DEFAULT_MB   64

/* Folders of the router's own root: see router-namespaces.c. */
#define ROUTER_WORK_DIR    "/work"
#define ROUTER_CONFIG_DIR  "/etc/frr"
#define ROUTER_CONFIG_FILE ROUTER_CONFIG_DIR "/frr.conf"
#define ROUTER_VTY_DIR     "/var/run/frr"
#define ROUTER_VTYSH        "/usr/bin/vtysh"
#define ROUTER_BIN_DIR     "/etc/bin"

typedef struct _Router Router;
typedef struct _RouterNetio RouterNetio;
typedef struct _RouterPort RouterPort;

struct _RouterPort
{
  Router *router;
  char name[8];       /* e0-1, s2-0: what the kernel and FRR call it */
  char long_name[16]; /* Ethernet0/1, Serial2/0: what IOS would call it */
  guint8 byte;        /* port byte of the contract, section 3 */
  gboolean serial;
  int index;        /* the kernel's number of the interface */
  DeviceWatch tap;  /* TAP for Ethernet, TUN for serial */
  GArray *peers;    /* of IouNetmapNode: the rest of its segment; NULL: not in NETMAP */
  gboolean shut;    /* somebody typed “shutdown” */
  gboolean line_up; /* keepalives come, or nobody wants any */
  gint64 line_until;
  gboolean carrier; /* what the kernel was last told */

  /* Serial ports only: Cisco HDLC. */
  gboolean protocol_up;
  gint64 protocol_until;
  gint64 next_slarp;
  guint32 my_sequence;
  guint32 your_sequence;

  /* A frame that its only peer has no room for yet; the port is not read until then. */
  guint8 pending[IOU_MAX_DATAGRAM];
  gsize pending_length;
};

struct _Router
{
  guint id;
  guint nvram_kb;
  uid_t uid; /* of the user outside: names the sockets */
  gboolean keepalives;
  gboolean quiet;
  gboolean stop; /* leave the loop */
  gboolean has_netmap;
  char *config; /* -c (nullable) */
  RouterPort *ports;
  guint n_ports;
  guint n_ethernet; /* of them; the serial ones follow */
  RouterNetio *netio;
};

RouterPort *router_find_port (Router *self, guint8 byte);
/* A line on the console; ends it with CR LF. */
void router_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A device whose network is the kernel's, in namespaces of its own: what the parts of
 * labwright-router and labwright-host know of it.
 *
 * Two processes. The outer one, which the manager sees, holds the lock and the sockets, and waits.
 * Its child is the first process of the device's own namespaces and does the work; what the device
 * runs are its children, and when it ends the kernel ends them all. */

#include <glib.h>
#include <linux/netlink.h>
#include <sys/types.h>

#include "device-loop.h"
#include "iou-frame.h"

#define DEVICE_MAX_PORTS (IOU_MAX_ADAPTERS * IOU_PORTS_PER_ADAPTER)

/* Folders of the device's own root: see device-namespaces.c. */
#define DEVICE_WORK_DIR "/work"
#define DEVICE_BIN_DIR  "/etc/bin"

typedef struct _DeviceMachine DeviceMachine;
typedef struct _DeviceNetio DeviceNetio;
typedef struct _DevicePort DevicePort;
typedef struct _DeviceFrameRelay DeviceFrameRelay;

/* What tells one such device from another. The functions up to reaped() are needed. */
typedef struct
{
  const char *program; /* "labwright-router" */
  const char *noun;    /* "router": in messages */
  guint nvram_kb;      /* defaults, as -h shows them */
  guint ram_mb;
  /* Gives a port its name in the kernel and its alias. */
  void (*name_port) (DevicePort *port);
  /* Outside, as the user: is what the device is made of installed? */
  gboolean (*check) (GError **error);
  /* What is said before anything else, unless -q. */
  void (*greet) (DeviceMachine *self);
  /* Inside: what its own root has in /etc; FALSE with errno set. */
  gboolean (*make_etc) (void);
  /* Inside, with root and ports: starts what must run before frames are carried. */
  gboolean (*prepare) (DeviceMachine *self, GError **error);
  /* Inside, once frames are carried: loads the configuration, starts the console. */
  void (*start) (DeviceMachine *self);
  /* A child ended that was not the console's. */
  void (*reaped) (pid_t pid, int status);

  /* For devices with more interfaces than ports; inside, once frames are carried.
   * A frame came in by @port: TRUE if it is no business of the port's own interface. */
  gboolean (*take_frame) (DevicePort *port, guint8 *frame, gsize length);
  /* The port takes what the kernel sends, or does not until there is room. */
  void (*set_reading) (DevicePort *port, gboolean reading);
  /* The port's line came up, went down or was shut. */
  void (*carrier_changed) (DevicePort *port);
  /* The kernel's news of an interface: an RTM_NEWLINK of full length. */
  void (*link_changed) (DeviceMachine *self, const struct nlmsghdr *message);
} DeviceKind;

struct _DevicePort
{
  DeviceMachine *machine;
  char name[8];       /* e0-1, s2-0, eth1: what the kernel calls it */
  char long_name[16]; /* Ethernet0/1, Serial2/0: its alias, what IOS would call it */
  guint8 byte;        /* port byte of the contract, section 3 */
  gboolean serial;
  int index;        /* the kernel's number of the interface */
  DeviceWatch tap;  /* TAP for Ethernet, TUN for serial */
  GArray *peers;    /* of IouNetmapNode: the rest of its segment; NULL: not in NETMAP */
  gboolean shut;    /* somebody typed “shutdown” */
  gboolean line_up; /* keepalives come, or nobody wants any */
  gint64 line_until;
  gboolean carrier; /* what the kernel was last told */
  gpointer own;     /* (nullable) what the kind of device has beside it */

  /* Serial ports only. */
  gboolean protocol_up;
  DeviceFrameRelay *frame_relay; /* (nullable) instead of Cisco HDLC */

  /* Cisco HDLC. */
  gint64 protocol_until;
  gint64 next_slarp;
  guint32 my_sequence;
  guint32 your_sequence;

  /* A frame that its only peer has no room for yet; the port is not read until then. */
  guint8 pending[IOU_MAX_DATAGRAM];
  gsize pending_length;
};

struct _DeviceMachine
{
  const DeviceKind *kind;
  guint id;
  guint nvram_kb;
  uid_t uid; /* of the user outside: names the sockets */
  gboolean keepalives;
  gboolean quiet;
  gboolean stop; /* leave the loop */
  gboolean has_netmap;
  char *config; /* -c (nullable) */
  DevicePort *ports;
  guint n_ports;
  guint n_ethernet; /* of them; the serial ones follow */
  int tun;          /* the TUN driver's file, to be opened again for each interface */
  DeviceNetio *netio;
};

/* All of main(): the exit code is 0 when stopped by a signal, or for -h; 1 if it cannot run (the
 * reason is on standard error); 2 if the command line is wrong. Does not return after a fork. */
int device_machine_main (const DeviceKind *kind, int argc, char *argv[]);
/* @path, unless the environment's @variable gives another: for tests of what may be missing. */
const char *device_path_or (const char *variable, const char *path);
DevicePort *device_find_port (DeviceMachine *self, guint8 byte);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-types.h"

G_BEGIN_DECLS

/**
 * LabPort:
 * @name: short name, the one that stands in a lab file: `e0/1`, `s2/0` (iou), `e5` (switch, hub, nat, tap)
 * @long_name: what IOS or the device shows: `Ethernet0/1`, `Serial2/0`
 * @kind: Ethernet or serial; a link joins ports of one kind
 * @bay: adapter 0..15 (iou), else 0
 * @unit: port in its adapter 0..3 (iou), else the port number
 *
 * One port of a node. Ports are derived from a node's settings, never stored.
 */
typedef struct
{
  char name[16];
  char long_name[32];
  LabPortKind kind;
  guint bay;
  guint unit;
} LabPort;

/**
 * LabSwitchPortMode:
 * @LAB_SWITCH_ACCESS: untagged frames of one VLAN
 * @LAB_SWITCH_TRUNK: 802.1Q; the native VLAN goes untagged
 * @LAB_SWITCH_QINQ: a tunnel: all frames are of one VLAN, those that have a tag keep it
 */
typedef enum
{
  LAB_SWITCH_ACCESS,
  LAB_SWITCH_TRUNK,
  LAB_SWITCH_QINQ,
} LabSwitchPortMode;

/**
 * LabSwitchPort:
 * @mode: access, trunk or tunnel
 * @vlan: the access VLAN, that of a tunnel, or a trunk's native VLAN; 1..4094
 * @allowed: (nullable): VLANs a trunk carries, as `1,10,20-29`; %NULL for all; owned by the node
 */
typedef struct
{
  LabSwitchPortMode mode;
  guint vlan;
  const char *allowed;
} LabSwitchPort;

/* A circuit of a Frame Relay switch: two ports, and the DLCI it has at each. */
typedef struct
{
  guint port[2];
  guint dlci[2];
} LabPvc;

/**
 * LabFrameRelay:
 * @port: a serial port
 * @lmi: how it asks the switch: "auto", "ansi", "q933a", "cisco" or "none"
 * @encapsulation: what it puts before a packet: "cisco" or "ietf"
 * @dlcis: (element-type guint): its circuits, each an interface of its own; owned by the node
 *
 * A serial port that speaks Frame Relay.
 */
typedef struct
{
  LabPort port;
  const char *lmi;
  const char *encapsulation;
  GArray *dlcis;
} LabFrameRelay;

/* A port of this computer's loopback that leads to a port of a device behind a nat. */
typedef struct
{
  gboolean udp;
  guint host_port;
  char guest[16];
  guint guest_port;
} LabForward;

G_END_DECLS

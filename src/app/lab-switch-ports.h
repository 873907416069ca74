/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_SWITCH_PORTS (lab_switch_ports_get_type ())
G_DECLARE_FINAL_TYPE (LabSwitchPorts, lab_switch_ports, LAB, SWITCH_PORTS, AdwBin)

/* The VLANs of an Ethernet switch, a line a port: access or trunk, VLAN, what a trunk allows. Hides
 * itself for other devices. */

/* Once, before a node is set. A reference is kept. */
void lab_switch_ports_set_session (LabSwitchPorts *self, LabSession *session);
void lab_switch_ports_set_node    (LabSwitchPorts *self, LabNode *node); /* (nullable) */

G_END_DECLS

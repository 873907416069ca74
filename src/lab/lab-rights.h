/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-node.h"
#include "lab-topology.h"

G_BEGIN_DECLS

/**
 * LabRights:
 * @LAB_RIGHT_NETWORK: a nat: devices reach what the user's programs reach
 * @LAB_RIGHT_LOOPBACK: a nat with host access or forwarded ports: devices reach the servers of this
 *   computer, or programs of this computer reach devices
 * @LAB_RIGHT_INTERFACE: a tap: devices are on an interface of this computer
 * @LAB_RIGHT_TUNNEL: a tunnel: frames go to and come from a program anywhere
 *
 * What a lab asks of the computer it runs on. A lab may come from anybody, so it runs without them
 * until the user has said otherwise: a file of the user's, not the lab, says which lab has which.
 */
typedef enum
{
  LAB_RIGHT_NETWORK = 1 << 0,
  LAB_RIGHT_LOOPBACK = 1 << 1,
  LAB_RIGHT_INTERFACE = 1 << 2,
  LAB_RIGHT_TUNNEL = 1 << 3,
} LabRights;

/* What a node, or all of a lab, asks for; 0: nothing. */
LabRights   lab_rights_of_node     (LabNode *node);
LabRights   lab_rights_of_topology (LabTopology *topology);

/* `$XDG_CONFIG_HOME/labwright/allowed-labs`: a line for each lab, its uuid and words. */
char       *lab_rights_path        (void);
/* What the user lets the lab have. A file that cannot be read allows nothing. */
LabRights   lab_rights_load        (const char *uuid);
/* Writes it; other lines stay as they are. 0 takes everything back. */
gboolean    lab_rights_save        (const char *uuid, LabRights rights, GError **error);

/* A sentence about what one right lets a lab do. */
const char *lab_rights_describe    (LabRights right);

G_END_DECLS

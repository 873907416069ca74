/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-node.h"

G_BEGIN_DECLS

/* Lists of a device as a line that a person can type. What is typed wrong becomes
 * JSON that the document refuses, with its sentence. */

/* Circuits: "s0:102 s1:201, s0:103 s2:301". (transfer full) */
char     *lab_device_text_from_pvcs     (LabNode *node);
/* The member "maps"; %NULL: none. (transfer full) (nullable) */
JsonNode *lab_device_text_to_maps       (const char *text);

/* Forwarded ports: "tcp 8022 10.0.2.15:22". (transfer full) */
char     *lab_device_text_from_forwards (LabNode *node);
/* The member "forwards"; the protocol may be left out, and the address. (transfer full) (nullable) */
JsonNode *lab_device_text_to_forwards   (const char *text);

/* Serial ports that speak Frame Relay: "s1/0 ansi 102 103, s1/1 ietf 200". (transfer full) */
char     *lab_device_text_from_frame_relay (LabNode *node);
/* The member "frame-relay"; LMI and encapsulation may be left out. (transfer full) (nullable) */
JsonNode *lab_device_text_to_frame_relay   (const char *text);

G_END_DECLS

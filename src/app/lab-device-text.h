/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-node.h"

G_BEGIN_DECLS

/* Lists of a device inside the relay as a line that a person can type. What is typed wrong becomes
 * JSON that the document refuses, with its sentence. */

/* Circuits: "s0:102 s1:201, s0:103 s2:301". (transfer full) */
char     *lab_device_text_from_pvcs     (LabNode *node);
/* The member "maps"; %NULL: none. (transfer full) (nullable) */
JsonNode *lab_device_text_to_maps       (const char *text);

/* Forwarded ports: "tcp 8022 10.0.2.15:22". (transfer full) */
char     *lab_device_text_from_forwards (LabNode *node);
/* The member "forwards"; the protocol may be left out, and the address. (transfer full) (nullable) */
JsonNode *lab_device_text_to_forwards   (const char *text);

G_END_DECLS

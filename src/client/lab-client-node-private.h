/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client-node.h"

G_BEGIN_DECLS

/* (transfer full). In %LAB_CLIENT_STATE_UNKNOWN, until the first lab_client_node_update(). */
LabClientNode *lab_client_node_new    (const char *name);
/* Takes over a dictionary of GetState or Changed; keys that are missing or of another type count as
 * their defaults. Emits "changed" if anything differs. */
void           lab_client_node_update (LabClientNode *self, GVariant *dictionary);

G_END_DECLS

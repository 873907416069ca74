/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_MAC_TABLE (lab_mac_table_get_type ())
G_DECLARE_FINAL_TYPE (LabMacTable, lab_mac_table, LAB, MAC_TABLE, AdwBin)

/* What a switch has learned while the lab runs. Hidden for other devices, and while nothing runs. */

/* Once, before a node is set. A reference is kept. */
void lab_mac_table_set_session (LabMacTable *self, LabSession *session);
void lab_mac_table_set_node    (LabMacTable *self, LabNode *node); /* (nullable) */

G_END_DECLS

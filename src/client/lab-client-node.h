/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client-types.h"

G_BEGIN_DECLS

#define LAB_TYPE_CLIENT_NODE (lab_client_node_get_type ())
G_DECLARE_FINAL_TYPE (LabClientNode, lab_client_node, LAB, CLIENT_NODE, GObject)

/* What the engine last said about one node. Properties: name, state, message. Signal "changed": any
 * of it changed. Strings live until the next change. */

const char    *lab_client_node_get_name           (LabClientNode *self); /* the node's */
guint          lab_client_node_get_id             (LabClientNode *self); /* 1..1023 */
LabClientState lab_client_node_get_state          (LabClientNode *self); /* %LAB_CLIENT_STATE_UNKNOWN before the engine said */
guint          lab_client_node_get_pid            (LabClientNode *self); /* 0: none */
const char    *lab_client_node_get_console        (LabClientNode *self); /* socket path, or "" */
const char    *lab_client_node_get_message        (LabClientNode *self); /* why crashed, unsupported; or "" */
int            lab_client_node_get_exit_code      (LabClientNode *self); /* of the last run; -1: it could not be started */
int            lab_client_node_get_exit_signal    (LabClientNode *self); /* 0: none */
const char    *lab_client_node_get_last_lines     (LabClientNode *self); /* of a crashed device */
gint64         lab_client_node_get_started_at     (LabClientNode *self); /* monotonic µs, 0: never */
gint64         lab_client_node_get_ready_after    (LabClientNode *self); /* µs, -1: not yet */
gboolean       lab_client_node_get_restart_needed (LabClientNode *self); /* its settings are others than it runs with */
gboolean       lab_client_node_get_saved_config   (LabClientNode *self); /* its NVRAM holds one */
gint64         lab_client_node_get_saved_at       (LabClientNode *self); /* µs since 1970; 0: not in this run */
/* TRUE while a process of the device exists or is being made. */
gboolean       lab_client_node_is_running         (LabClientNode *self);

G_END_DECLS

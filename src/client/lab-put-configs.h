/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client.h"
#include "lab-node.h"

G_BEGIN_DECLS

#define LAB_TYPE_PUT_CONFIGS (lab_put_configs_get_type ())
G_DECLARE_FINAL_TYPE (LabPutConfigs, lab_put_configs, LAB, PUT_CONFIGS, GObject)

/* Configurations are put into the NVRAM of many devices, all at once. What does not fit is said before
 * any of them is touched. A device that runs is stopped, loaded and started again, and waited for
 * until it is ready; one that does not run is loaded only. What an NVRAM held is in the device's
 * history first. Nothing here waits.
 *
 * Signals: "changed" (guint index): the state of that device is another.
 *          "done" (): all have settled; once. */

/**
 * LabPutState:
 * @LAB_PUT_WAITING: its NVRAM is still as it was, or being written
 * @LAB_PUT_STARTING: loaded, and started again
 * @LAB_PUT_LOADED: loaded; it does not run. Settled
 * @LAB_PUT_READY: loaded, and ready with it. Settled
 * @LAB_PUT_FAILED: not loaded, or not ready with it. Settled
 */
typedef enum
{
  LAB_PUT_WAITING,
  LAB_PUT_STARTING,
  LAB_PUT_LOADED,
  LAB_PUT_READY,
  LAB_PUT_FAILED,
} LabPutState;

/* Without devices: add them, then start. (transfer full) */
LabPutConfigs *lab_put_configs_new       (void);
/**
 * lab_put_configs_add:
 * @node: a device that saves configurations, each once; before the start
 * @text: what its NVRAM shall hold
 * @vlans: (nullable): what its vlan.dat shall hold; empty: none; %NULL: as it is
 */
void           lab_put_configs_add       (LabPutConfigs *self, LabNode *node, GBytes *text, GBytes *vlans);
/* Empties the NVRAM of @node and its vlan.dat: it starts with the lab's start configuration. */
void           lab_put_configs_add_reset (LabPutConfigs *self, LabNode *node);
/* Begins with all of them. @client: open; its engine knows the nodes. Keep @self until "done". */
void           lab_put_configs_start     (LabPutConfigs *self, LabClient *client);
/* There is no engine: all that wait have failed, for this reason. Instead of a start. */
void           lab_put_configs_fail      (LabPutConfigs *self, const char *reason);
/* How many were added; the indices below are 0..n-1, in the order they were added. */
guint          lab_put_configs_get_n     (LabPutConfigs *self);
const char    *lab_put_configs_get_node  (LabPutConfigs *self, guint index);
LabPutState    lab_put_configs_get_state (LabPutConfigs *self, guint index);
/* Translated: "loaded, ready", or a sentence about what went wrong. Lives until the next change. */
const char    *lab_put_configs_get_text  (LabPutConfigs *self, guint index);
gboolean       lab_put_configs_is_done   (LabPutConfigs *self);
/* How many are in @state. */
guint          lab_put_configs_count     (LabPutConfigs *self, LabPutState state);
/* All that failed, one a line with the name before it. (transfer full) (nullable): none */
char          *lab_put_configs_dup_failures (LabPutConfigs *self);

G_END_DECLS

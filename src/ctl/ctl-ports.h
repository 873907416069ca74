/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "ctl-lab.h"
#include "lab-client-counters.h"

G_BEGIN_DECLS

/* The ports of a lab that runs and what the relay counted there, for labctl stats and labctl top. */

/**
 * CtlPortRow:
 * @node: the device
 * @port: its port
 * @peer: (nullable): the other end, "R2:e0/0"; %NULL: nothing is linked to it
 * @link: (nullable): the link
 * @before: counters of the look before
 * @now: counters of the last look
 */
typedef struct
{
  LabNode *node;
  LabPort port;
  char *peer;
  LabLink *link;
  RelayPortCounters before;
  RelayPortCounters now;
} CtlPortRow;

/* The ports that the relay knows, in the order of the document; of @only (nullable) alone. Rows belong
 * to the array, nodes and links to @topology. (transfer full) */
GArray     *ctl_ports_collect        (LabClientCounters *counters, LabTopology *topology, const char *only);
/* What was now is before. A port that was made anew has no difference. */
void        ctl_ports_look           (GArray *rows, LabClientCounters *counters);

/* What was now in @earlier is before in @rows, for ports that are in both. */
void        ctl_ports_follow         (GArray *rows, GArray *earlier);

/* Of all reasons together. */
guint64     ctl_port_count_drops     (const RelayPortCounters *counters);
/* "3 queue-full, 7 impaired"; "" if nothing was. (transfer full) */
char       *ctl_port_describe_drops  (const RelayPortCounters *counters);
/* "up", "down", "unknown" */
const char *ctl_port_line_word       (const CtlPortRow *row);
/* Why it is down: "unplugged", "R2 stopped", "silent"… (transfer full) (nullable): it is not, or nobody knows */
char       *ctl_port_dup_line_cause  (const CtlPortRow *row, LabClient *client);
/* An object. @seconds: between the looks; 0: no rates. */
void        ctl_port_add_json        (JsonBuilder *builder, const CtlPortRow *row, LabClient *client, double seconds);

G_END_DECLS

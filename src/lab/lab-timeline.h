/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

G_BEGIN_DECLS

/* What shall happen in a lab, and when: the member "timeline" of the document. It is read and written
 * as a whole; lab_edit_new_set_lab ("timeline", …) changes it. What it says of ports and nodes that
 * are not there is no mistake of the document: cables come and go. */

/**
 * LabTimelineWhat:
 * @LAB_TIMELINE_UNPLUG: pull the cable at a port
 * @LAB_TIMELINE_PLUG: plug it in
 * @LAB_TIMELINE_IMPAIR: impair the link at a port; both directions, or one
 * @LAB_TIMELINE_STOP: stop a device
 * @LAB_TIMELINE_START: start it
 * @LAB_TIMELINE_SAY: tell people something
 */
typedef enum
{
  LAB_TIMELINE_UNPLUG,
  LAB_TIMELINE_PLUG,
  LAB_TIMELINE_IMPAIR,
  LAB_TIMELINE_STOP,
  LAB_TIMELINE_START,
  LAB_TIMELINE_SAY,
} LabTimelineWhat;
#define LAB_TIMELINE_N_WHATS (LAB_TIMELINE_SAY + 1)

/**
 * LabTimelineWay:
 * @LAB_TIMELINE_BOTH: both directions
 * @LAB_TIMELINE_OUT: what leaves the port
 * @LAB_TIMELINE_IN: what comes to it
 */
typedef enum
{
  LAB_TIMELINE_BOTH,
  LAB_TIMELINE_OUT,
  LAB_TIMELINE_IN,
} LabTimelineWay;

/**
 * LabTimelineEvent:
 * @what: what happens
 * @at: when, in seconds after the beginning
 * @lasts: after so many seconds it is as before; 0: when the timeline is stopped
 * @node: (nullable): the device, or that of the port
 * @port: (nullable): of unplug, plug and impair: the short name
 * @way: of impair
 * @words: (nullable): of impair: as in "delay=100ms loss=20%"
 * @text: (nullable): of say
 * @rest: (nullable): what the document says of it that is not known here
 */
typedef struct
{
  LabTimelineWhat what;
  double at;
  double lasts;
  char *node;
  char *port;
  LabTimelineWay way;
  char *words;
  char *text;
  JsonObject *rest;
} LabTimelineEvent;

/* Without place or text yet; @at: seconds. (transfer full) */
LabTimelineEvent *lab_timeline_event_new   (LabTimelineWhat what, double at);
LabTimelineEvent *lab_timeline_event_copy  (const LabTimelineEvent *self);
void              lab_timeline_event_free  (LabTimelineEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabTimelineEvent, lab_timeline_event_free)
/* "Unplug R1 e0/0", without its time. (transfer full) */
char             *lab_timeline_event_dup_title (const LabTimelineEvent *self);
/* What the link would be if the event were going on: a copy of it. NULL: @error. (transfer full) */
LabLink          *lab_timeline_event_impair (const LabTimelineEvent *self, LabLink *link, GError **error);

/* The events in the document's order: LabTimelineEvent. (transfer full) */
GPtrArray        *lab_topology_dup_timeline (LabTopology *self);
/* Whether it begins when the lab is started, and not only by hand. */
gboolean          lab_topology_get_timeline_starts (LabTopology *self);
/* The member "timeline" with other events, and the rest as it is; NULL: there is nothing to say.
 * (transfer full) (nullable) */
JsonNode         *lab_topology_timeline_to_json (LabTopology *self, GPtrArray *events, gboolean starts);

/* "01:30", "01:30.5", "1:00:00". (transfer full) */
char             *lab_timeline_format_time (double seconds);
/* The same, and "90", "90s" or "90.5". FALSE: it is no time. */
gboolean          lab_timeline_parse_time  (const char *text, double *seconds);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-link.h"
#include "lab-node.h"

G_BEGIN_DECLS

/* What runs, as a layer over the document: never saved, never undone, set by whoever watches the
 * engine, read by whoever draws. Setting emits "run-changed" on the node or link if anything
 * differs, and never "changed". */

/**
 * LabRunState:
 * @LAB_RUN_OFF: no engine has the lab
 * @LAB_RUN_STOPPED: not running
 * @LAB_RUN_STARTING: its process is being made
 * @LAB_RUN_BOOTING: it runs, its prompt has not been seen yet
 * @LAB_RUN_READY: its prompt has been seen
 * @LAB_RUN_FROZEN: its processes are suspended
 * @LAB_RUN_STOPPING: it has been asked to end
 * @LAB_RUN_CRASHED: it ended by itself; the message says why
 * @LAB_RUN_BUILTIN: a device inside the relay
 * @LAB_RUN_UNSUPPORTED: it cannot run here; the message says why (an image is missing)
 */
typedef enum
{
  LAB_RUN_OFF,
  LAB_RUN_STOPPED,
  LAB_RUN_STARTING,
  LAB_RUN_BOOTING,
  LAB_RUN_READY,
  LAB_RUN_FROZEN,
  LAB_RUN_STOPPING,
  LAB_RUN_CRASHED,
  LAB_RUN_BUILTIN,
  LAB_RUN_UNSUPPORTED,
} LabRunState;

/* TRUE for starting, booting, ready, frozen and stopping: a process of the device exists. */
gboolean     lab_run_state_is_running   (LabRunState state);
/* For people, translated: "Running", "Stopped"… */
const char  *lab_run_state_get_label    (LabRunState state);

LabRunState  lab_node_get_run_state     (LabNode *self); /* %LAB_RUN_OFF until it was set */
const char  *lab_node_get_run_message   (LabNode *self); /* "" if there is nothing to say; also a switching loop at a device inside the relay */
gboolean     lab_node_get_restart_needed (LabNode *self); /* its settings changed while it runs */
/* @message: (nullable), or "": nothing to say. */
void         lab_node_set_run           (LabNode *self, LabRunState state, const char *message, gboolean restart_needed);

/**
 * LabLineState:
 * @LAB_LINE_UNKNOWN: nothing runs at this end, or it does not say
 * @LAB_LINE_DOWN: no layer-1 keepalives arrive
 * @LAB_LINE_UP: the line protocol of this end has a living peer
 */
typedef enum
{
  LAB_LINE_UNKNOWN,
  LAB_LINE_DOWN,
  LAB_LINE_UP,
} LabLineState;

/**
 * LabLinkRun:
 * @line: what each end sees of its line
 * @bits: bits a second: [0] from end 0 to end 1, [1] back
 * @frames: frames a second, likewise
 * @captured: its frames are being captured
 */
typedef struct
{
  LabLineState line[2];
  double bits[2];
  double frames[2];
  gint64 captured;
} LabLinkRun;

/* Zeros until it was set. @run: (out caller-allocates). */
void         lab_link_get_run           (LabLink *self, LabLinkRun *run);
/* Compared byte by byte with what it was: zero @run before filling it. */
void         lab_link_set_run           (LabLink *self, const LabLinkRun *run);

G_END_DECLS

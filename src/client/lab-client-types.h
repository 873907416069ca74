/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _LabClient LabClient;
typedef struct _LabClientCounters LabClientCounters;
typedef struct _LabClientNode LabClientNode;

/**
 * LAB_CLIENT_ERROR:
 *
 * Errors of talking to an engine. Each message is a complete sentence for a person.
 */
#define LAB_CLIENT_ERROR (lab_client_error_quark ())
GQuark lab_client_error_quark (void);

/**
 * LabClientError:
 * @LAB_CLIENT_ERROR_NOT_RUNNING: no engine runs for this lab
 * @LAB_CLIENT_ERROR_OTHER_FILE: an engine runs this uuid, but for another file
 * @LAB_CLIENT_ERROR_SPAWN: the engine could not be started
 * @LAB_CLIENT_ERROR_PROTOCOL: the engine speaks another protocol, or sent nonsense
 * @LAB_CLIENT_ERROR_REFUSED: the engine answered with an error; the message is its own
 * @LAB_CLIENT_ERROR_LOST: the engine ended, or the connection to it broke
 * @LAB_CLIENT_ERROR_NODE: the node is unknown to the engine, or has no such thing
 * @LAB_CLIENT_ERROR_IO: a file or socket could not be opened
 */
typedef enum
{
  LAB_CLIENT_ERROR_NOT_RUNNING,
  LAB_CLIENT_ERROR_OTHER_FILE,
  LAB_CLIENT_ERROR_SPAWN,
  LAB_CLIENT_ERROR_PROTOCOL,
  LAB_CLIENT_ERROR_REFUSED,
  LAB_CLIENT_ERROR_LOST,
  LAB_CLIENT_ERROR_NODE,
  LAB_CLIENT_ERROR_IO,
} LabClientError;

/**
 * LabClientState:
 * @LAB_CLIENT_STATE_UNKNOWN: a word this client does not know (a newer engine)
 * @LAB_CLIENT_STATE_STOPPED: not running
 * @LAB_CLIENT_STATE_STARTING: its process is being made
 * @LAB_CLIENT_STATE_BOOTING: it runs, its prompt has not been seen yet
 * @LAB_CLIENT_STATE_READY: its prompt has been seen
 * @LAB_CLIENT_STATE_FROZEN: its processes are suspended
 * @LAB_CLIENT_STATE_STOPPING: it has been asked to end
 * @LAB_CLIENT_STATE_CRASHED: it ended by itself
 * @LAB_CLIENT_STATE_BUILTIN: a device inside the relay
 * @LAB_CLIENT_STATE_UNSUPPORTED: it cannot run here
 *
 * What a node does now, as the engine says it.
 */
typedef enum
{
  LAB_CLIENT_STATE_UNKNOWN,
  LAB_CLIENT_STATE_STOPPED,
  LAB_CLIENT_STATE_STARTING,
  LAB_CLIENT_STATE_BOOTING,
  LAB_CLIENT_STATE_READY,
  LAB_CLIENT_STATE_FROZEN,
  LAB_CLIENT_STATE_STOPPING,
  LAB_CLIENT_STATE_CRASHED,
  LAB_CLIENT_STATE_BUILTIN,
  LAB_CLIENT_STATE_UNSUPPORTED,
} LabClientState;

/* The engine's word for a state, as it stands in engine.xml; and back. */
const char    *lab_client_state_to_string   (LabClientState state);
LabClientState lab_client_state_from_string (const char *text);

G_END_DECLS

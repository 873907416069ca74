/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-engine-bus.h"

G_BEGIN_DECLS

#define LAB_BUS_OBJECT_PATH "/io/github/labwright/Engine"
#define LAB_BUS_INTERFACE "io.github.labwright.Engine1"
#define LAB_BUS_PROTOCOL 1

/**
 * LAB_BUS_ERROR:
 *
 * Errors that travel over the engine's D-Bus socket, as `io.github.labwright.Error.*`. Once
 * lab_bus_error_quark() was called both ends see the same domain and code. Each message is a whole
 * sentence for a person; a client takes GDBus' prefix off with g_dbus_error_strip_remote_error().
 */
#define LAB_BUS_ERROR (lab_bus_error_quark ())
/* Registers the domain with GDBus, too: call it at each end before the first error can come. */
GQuark lab_bus_error_quark (void);

/**
 * LabBusError:
 * @LAB_BUS_ERROR_FAILED: anything else
 * @LAB_BUS_ERROR_PROTOCOL: client and engine do not speak the same protocol
 * @LAB_BUS_ERROR_DOCUMENT: the document cannot be read, or is another lab's
 * @LAB_BUS_ERROR_UNKNOWN_NODE: no node of that name
 * @LAB_BUS_ERROR_NOT_POSSIBLE: the node is not one that can do this
 * @LAB_BUS_ERROR_NO_CONFIG: the device has saved no configuration
 * @LAB_BUS_ERROR_NO_SANDBOX: devices cannot be isolated here and running without was not allowed
 */
typedef enum
{
  LAB_BUS_ERROR_FAILED,
  LAB_BUS_ERROR_PROTOCOL,
  LAB_BUS_ERROR_DOCUMENT,
  LAB_BUS_ERROR_UNKNOWN_NODE,
  LAB_BUS_ERROR_NOT_POSSIBLE,
  LAB_BUS_ERROR_NO_CONFIG,
  LAB_BUS_ERROR_NO_SANDBOX,
} LabBusError;

/**
 * LabState:
 *
 * What a node does just now; lab_state_to_string() gives the word that goes over the bus.
 */
typedef enum
{
  LAB_STATE_STOPPED,
  LAB_STATE_STARTING,
  LAB_STATE_BOOTING,
  LAB_STATE_READY,
  LAB_STATE_FROZEN,
  LAB_STATE_STOPPING,
  LAB_STATE_CRASHED,
  LAB_STATE_BUILTIN,
  LAB_STATE_UNSUPPORTED,
} LabState;

/* The word of engine.xml. (transfer none) */
const char *lab_state_to_string   (LabState state);
/* FALSE: not a word we know; @state is left alone. */
gboolean    lab_state_from_string (const char *word, LabState *state);

/**
 * LabNodeState:
 *
 * A node's dictionary as a struct; engine.xml says what each key means, and in which unit. Strings are
 * borrowed.
 */
typedef struct
{
  const char *name;
  guint id;
  LabState state;
  guint pid;
  const char *console;
  const char *message;
  int exit_code;
  int exit_signal;
  const char *last_lines;
  gint64 started_at;
  gint64 ready_after;
  gboolean restart_needed;
  gboolean saved_config;
  gint64 saved_at;
} LabNodeState;

/* (transfer floating) an a{sv} */
GVariant   *lab_node_state_to_variant   (const LabNodeState *state);
/* Missing keys get their defaults; strings live as long as @variant. */
void        lab_node_state_from_variant (LabNodeState *state, GVariant *variant);

G_END_DECLS

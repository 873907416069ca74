/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-client-node.h"
#include "lab-client-types.h"

G_BEGIN_DECLS

#define LAB_TYPE_CLIENT (lab_client_get_type ())
G_DECLARE_FINAL_TYPE (LabClient, lab_client, LAB, CLIENT, GObject)

/* A connection to the engine of one lab, and a mirror of what runs there. Nothing here waits: every
 * call is asynchronous and its callback runs in the main context that made the call.
 *
 * Signals: "changed" (): something in the mirror changed; at most ten a second.
 *          "closed" (): the engine ended, or the connection broke; once, after an open succeeded. */

/**
 * LabClientOpenFlags:
 * @LAB_CLIENT_OPEN_NONE: only talk to an engine that runs
 * @LAB_CLIENT_OPEN_SPAWN: start one if none runs
 */
typedef enum
{
  LAB_CLIENT_OPEN_NONE = 0,
  LAB_CLIENT_OPEN_SPAWN = 1 << 0,
} LabClientOpenFlags;

/**
 * LabClientVerb:
 * @LAB_CLIENT_START: start what is stopped
 * @LAB_CLIENT_STOP: stop what runs
 * @LAB_CLIENT_RELOAD: stop and start
 * @LAB_CLIENT_FREEZE: suspend; the links of a frozen device stay up
 * @LAB_CLIENT_FREEZE_FLAP: suspend; the links of a frozen device go down
 * @LAB_CLIENT_THAW: resume what is frozen
 */
typedef enum
{
  LAB_CLIENT_START,
  LAB_CLIENT_STOP,
  LAB_CLIENT_RELOAD,
  LAB_CLIENT_FREEZE,
  LAB_CLIENT_FREEZE_FLAP,
  LAB_CLIENT_THAW,
} LabClientVerb;

/**
 * LabClientConsole:
 * @LAB_CLIENT_CONSOLE_REPLAY: the scroll-back, then what comes
 * @LAB_CLIENT_CONSOLE_LIVE: only what comes from now on
 * @LAB_CLIENT_CONSOLE_MARKED: as REPLAY, with marks that tell where the scroll-back ends; for
 *   lab-client-replay.h
 */
typedef enum
{
  LAB_CLIENT_CONSOLE_REPLAY,
  LAB_CLIENT_CONSOLE_LIVE,
  LAB_CLIENT_CONSOLE_MARKED,
} LabClientConsole;

/**
 * lab_client_new:
 * @uuid: the document's uuid: it decides which engine
 * @path: (nullable): the file the document is from; an engine that runs the same uuid from another
 *   file that exists is refused. %NULL: take the engine as it is
 */
LabClient     *lab_client_new                 (const char *uuid, const char *path);

/* The document stands in another file from now on: the next Apply tells the engine. */
void           lab_client_set_path            (LabClient *self, const char *path);

/* Looks for the engine of the lab, or starts one (@flags), and fills the mirror. Errors: LAB_CLIENT_ERROR; the client
 * may be opened again after one, and after "closed". */
void           lab_client_open_async          (LabClient *self, LabClientOpenFlags flags, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
gboolean       lab_client_open_finish         (LabClient *self, GAsyncResult *result, GError **error);

/* What lab_client_new() was given; whether there is a connection just now. */
const char    *lab_client_get_uuid            (LabClient *self);
gboolean       lab_client_is_open             (LabClient *self);
/* Whether lab_client_open_async() started the engine. */
gboolean       lab_client_has_spawned         (LabClient *self);
/* Of the engine: the file it runs ("" before the first Apply), its process id and program version. */
const char    *lab_client_get_engine_path     (LabClient *self);
guint          lab_client_get_engine_pid      (LabClient *self);
const char    *lab_client_get_engine_version  (LabClient *self);
/* The engine's facts, keys as in engine.xml. (transfer none) */
GVariant      *lab_client_get_engine_facts    (LabClient *self);
const char    *lab_client_get_counters_path   (LabClient *self); /* "" if there are none */

/* (transfer none): LabClientNode, live. */
GListModel    *lab_client_get_nodes           (LabClient *self);
/* (transfer none) (nullable) */
LabClientNode *lab_client_find_node           (LabClient *self, const char *name);

/* @document: the text of a .lab file. @warnings: (transfer full): what could not be done or waits. */
void           lab_client_apply_async         (LabClient *self, const char *document, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
gboolean       lab_client_apply_finish        (LabClient *self, GAsyncResult *result, GStrv *warnings, GError **error);

/* @nodes: (nullable): names; %NULL or empty: all. Done as soon as the engine has taken the order; but the mirror is
 * then at least as new as the order. */
void           lab_client_control_async       (LabClient *self, LabClientVerb verb, const char * const *nodes,
                                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean       lab_client_control_finish      (LabClient *self, GAsyncResult *result, GError **error);

/* The configuration saved in the NVRAM of @node. (transfer full) */
void           lab_client_get_config_async    (LabClient *self, const char *node, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
char          *lab_client_get_config_finish   (LabClient *self, GAsyncResult *result, GError **error);

/* @configs: (element-type utf8 GBytes): by node the text its NVRAM shall hold; empty: none. Without @restart all must
 * be stopped; with it, those that run are stopped and started again. @vlans: (nullable) (element-type utf8 GBytes): the
 * VLAN databases of some of them; empty: none. On an error that comes at once nothing was touched; see WriteConfigs in
 * engine.xml. */
void           lab_client_write_configs_async  (LabClient *self, GHashTable *configs, GHashTable *vlans, gboolean restart,
                                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean       lab_client_write_configs_finish (LabClient *self, GAsyncResult *result, GError **error);

/* Keeps the lab's state of this moment; @document: the text of the .lab file as it is now. Returns the number of the
 * checkpoint, 0 on an error. See TakeCheckpoint in engine.xml. */
void           lab_client_take_checkpoint_async  (LabClient *self, const char *name, const char *document, GCancellable *cancellable,
                                                  GAsyncReadyCallback callback, gpointer user_data);
guint          lab_client_take_checkpoint_finish (LabClient *self, GAsyncResult *result, GError **error);
/* Devices keep what the checkpoint @number says; its document is applied before by the caller, who gives here the
 * one that was before. Returns the number of a checkpoint of the state before, 0 on an error. */
void           lab_client_restore_checkpoint_async  (LabClient *self, guint number, const char *document, gboolean restart,
                                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
guint          lab_client_restore_checkpoint_finish (LabClient *self, GAsyncResult *result, GError **error);

/* Stops every device and ends the engine; done when it is gone and has removed its files. */
void           lab_client_shutdown_async      (LabClient *self, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
gboolean       lab_client_shutdown_finish     (LabClient *self, GAsyncResult *result, GError **error);

/* The bytes of a console, both ways.
 * The stream outlives stop, start and crash of the device. (transfer full) */
void           lab_client_open_console_async  (LabClient *self, const char *node, LabClientConsole kind, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
GIOStream     *lab_client_open_console_finish (LabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-client.h"
#include "lab-clipping.h"
#include "lab-history.h"
#include "lab-recovery.h"
#include "lab-runtime.h"
#include "lab-take.h"
#include "relay-counters.h"

G_BEGIN_DECLS

#define LAB_TYPE_SESSION (lab_session_get_type ())
G_DECLARE_FINAL_TYPE (LabSession, lab_session, LAB, SESSION, GObject)

/* One open lab: document, history, file, engine. No widget in here. The window and its parts work on
 * this object; it keeps the engine in line with the document (each history change is applied, a
 * moment later, if an engine runs) and mirrors what runs onto the nodes and links (lab-runtime.h).
 *
 * Properties: "title" (string: the lab's name), "path" (string or NULL: never saved), "modified"
 *   (boolean), "engine" (LabSessionEngine), "n-running", "n-devices" (uint: devices that run, and that
 *   could), "busy" (boolean: starting or stopping), "progress" (string or NULL: how a start goes), "warning" (string or NULL: for a banner),
 *   "recovery" (LabRecovery or NULL: an older recovery copy of this lab to be offered).
 * Signals:
 *   "message" (LabSessionMessage kind, const char *text, const char *detail or NULL): something for a
 *     toast; UNDO: the toast offers to take the last step back
 *   "doubt" (uint number, const char *text): memory hardly suffices for a start, which waits for
 *     lab_session_decide()
 *   "file-changed" (): somebody else changed the file on disk
 *   "started-node" (const char *name), "node-state" (LabNode *): for consoles */

/**
 * LabSessionEngine:
 * @LAB_SESSION_ENGINE_OFF: none runs
 * @LAB_SESSION_ENGINE_STARTING: being started or connected to
 * @LAB_SESSION_ENGINE_ON: connected
 * @LAB_SESSION_ENGINE_LOST: it ended under us; lab_session_revive() brings the lab back
 */
typedef enum
{
  LAB_SESSION_ENGINE_OFF,
  LAB_SESSION_ENGINE_STARTING,
  LAB_SESSION_ENGINE_ON,
  LAB_SESSION_ENGINE_LOST,
} LabSessionEngine;

/* What a session refuses to do; each message is a sentence. */
#define LAB_SESSION_FAILURE (lab_session_failure_quark ())
GQuark lab_session_failure_quark (void);

/**
 * LabSessionFailure:
 * @LAB_SESSION_FAILURE_NO_PATH: the lab never was in a file; say in which to save it
 * @LAB_SESSION_FAILURE_CHANGED: another program changed the file; lab_session_accept_file() and saving
 *   again overwrites it
 * @LAB_SESSION_FAILURE_RUNNING: not while devices run
 */
typedef enum
{
  LAB_SESSION_FAILURE_NO_PATH,
  LAB_SESSION_FAILURE_CHANGED,
  LAB_SESSION_FAILURE_RUNNING,
} LabSessionFailure;

/**
 * LabSessionWarning:
 * @LAB_SESSION_WARNING_NONE: all is well
 * @LAB_SESSION_WARNING_LOST: the engine ended under us: lab_session_revive() is what to offer
 * @LAB_SESSION_WARNING_SANDBOX: devices run without a sandbox; the text says why
 * @LAB_SESSION_WARNING_START: devices did not start; lab_session_dup_failures() has them all
 *
 * What a banner has to say, the worst of it.
 */
typedef enum
{
  LAB_SESSION_WARNING_NONE,
  LAB_SESSION_WARNING_LOST,
  LAB_SESSION_WARNING_SANDBOX,
  LAB_SESSION_WARNING_START,
} LabSessionWarning;

typedef enum
{
  LAB_SESSION_INFO,
  LAB_SESSION_UNDO,
  LAB_SESSION_ERROR,
} LabSessionMessage;

/* The session of a document. @path: (nullable): the file it is from; %NULL: never saved. (transfer full) */
LabSession      *lab_session_new            (LabTopology *topology, const char *path);
/* Reads a file in a thread. (transfer full) */
void             lab_session_load_async     (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LabSession      *lab_session_load_finish    (GAsyncResult *result, GError **error);
/* Opens a recovery copy: modified, and to be saved where it was from. (transfer full) */
void             lab_session_load_recovery_async  (LabRecovery *recovery, GCancellable *cancellable, GAsyncReadyCallback callback,
                                                   gpointer user_data);
LabSession      *lab_session_load_recovery_finish (GAsyncResult *result, GError **error);
/* The end: no recovery copy stays, files of deleted devices go to the trash. What runs goes on; nothing is
 * saved. The session is of no use afterwards. */
void             lab_session_close_async    (LabSession *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean         lab_session_close_finish   (LabSession *self, GAsyncResult *result, GError **error);

/* (transfer none). What they give lives as long as the session; strings until the property changes. */
LabTopology     *lab_session_get_topology   (LabSession *self);
LabHistory      *lab_session_get_history    (LabSession *self);
LabClient       *lab_session_get_client     (LabSession *self); /* (nullable) while no engine is connected */
const char      *lab_session_get_path       (LabSession *self); /* (nullable) */
const char      *lab_session_get_title      (LabSession *self);
gboolean         lab_session_get_modified   (LabSession *self);
LabSessionEngine lab_session_get_engine     (LabSession *self);
guint            lab_session_get_n_running  (LabSession *self);
guint            lab_session_get_n_devices  (LabSession *self);
gboolean         lab_session_get_busy       (LabSession *self);
/* @text: (out) (optional) (nullable): a sentence; property "warning" tells of changes. */
LabSessionWarning lab_session_get_warning   (LabSession *self, const char **text);

/* Applies an edit; what is refused is said by "message". @edit: (transfer full). */
gboolean         lab_session_apply          (LabSession *self, LabEdit *edit);
/* Deletes what is given (nodes, links, drawings) as one step and says so with Undo. Files of deleted
 * devices go to the trash of the lab (lab-trash.h) when the lab closes. */
void             lab_session_delete         (LabSession *self, GPtrArray *items);
void             lab_session_say            (LabSession *self, LabSessionMessage kind, const char *text, const char *detail);

/* Connects to an engine that runs this lab, if one does; never starts one. */
void             lab_session_attach_async   (LabSession *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean         lab_session_attach_finish  (LabSession *self, GAsyncResult *result, GError **error);
/* Starts an engine if needed, gives it the document, then does @verb on @names (NULL: all). Errors are also said
 * by "message". */
void             lab_session_control        (LabSession *self, LabClientVerb verb, const char *const *names);
/* The answer to "doubt": start all the same, or do not. */
void             lab_session_decide         (LabSession *self, guint number, gboolean start);
/* How the start goes that is under way. (nullable) */
const char      *lab_session_get_progress   (LabSession *self);
/* Every device that did not start or ended by itself, one a line with its reason, and who was not waited for
 * any longer. (transfer full) (nullable) */
char            *lab_session_dup_failures   (LabSession *self);
/* Stops every device and ends the engine. */
void             lab_session_shutdown_async (LabSession *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean         lab_session_shutdown_finish (LabSession *self, GAsyncResult *result, GError **error);
/* After LOST: a new engine, and start again what ran. */
void             lab_session_revive         (LabSession *self);

/* Saves to @path (NULL: where it is from), in a thread. Of a lab that has a file, another @path makes a copy with a
 * uuid of its own, in which the session goes on; devices that run are left to the old file. */
void             lab_session_save_async     (LabSession *self, const char *path, GAsyncReadyCallback callback, gpointer user_data);
gboolean         lab_session_save_finish    (LabSession *self, GAsyncResult *result, GError **error);
/* After "file-changed" or a save that failed with CHANGED: the next save may overwrite the file. */
void             lab_session_accept_file    (LabSession *self);
/* What devices (@nodes: (element-type LabNode); NULL: all) have saved, as lab_take_read() says. @news: only what is not settled:
 * taken or left out before, or older than the document's start configuration. (transfer full) (element-type LabTakeItem) */
void             lab_session_read_saved_async (LabSession *self, GPtrArray *nodes, gboolean news, GAsyncReadyCallback callback,
                                               gpointer user_data);
GPtrArray       *lab_session_read_saved_finish (LabSession *self, GAsyncResult *result);
/* Takes it into the document, as one step, and says so; what cannot be taken is said, too. How many were taken. */
guint            lab_session_take_saved     (LabSession *self, GPtrArray *items);
/* Settled: it stays out, until the devices save again. */
void             lab_session_leave_saved    (LabSession *self, GPtrArray *items);
/* Of an earlier window that ended without asking, to be offered: restore (one undoable step) or forget. While it is there, an
 * engine that runs is not given the document. (transfer none) (nullable) */
LabRecovery     *lab_session_get_recovery   (LabSession *self);
void             lab_session_restore        (LabSession *self);
void             lab_session_forget_recovery (LabSession *self);
/* Reads the file again; as one undoable step. */
void             lab_session_revert_async   (LabSession *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean         lab_session_revert_finish  (LabSession *self, GAsyncResult *result, GError **error);

/* @missing: (element-type utf8 utf8): node's name → why it cannot run, of those whose image is not here. While they do not run
 * they are shown as that. */
void             lab_session_set_missing    (LabSession *self, GHashTable *missing);

/* For cut, copy and duplicate: @items as lab_clipping_new() wants them, with the configurations that devices have
 * saved, whether they run or not. %NULL without an error: there is nothing to copy. (transfer full) (nullable) */
void             lab_session_copy_async     (LabSession *self, GPtrArray *items, GAsyncReadyCallback callback, gpointer user_data);
LabClipping     *lab_session_copy_finish    (LabSession *self, GAsyncResult *result, GError **error);
/* As lab_clipping_paste(); files that the copied devices keep follow, and orders wait for them. Undo leaves them to the
 * trash. */
gboolean         lab_session_paste          (LabSession *self, LabClipping *clipping, double dx, double dy, const char *label,
                                             GPtrArray **items, GError **error);
/* Whether somebody sees the lab; only then rates and line states of its links are kept up to date. */
void             lab_session_set_watched    (LabSession *self, gboolean watched);
/* What passed a port since its relay began, as of the last look. FALSE: nothing is known of it. */
gboolean         lab_session_get_counters   (LabSession *self, LabNode *node, const char *port_name, RelayPortCounters *counters);
/* Resources of a running device, read from /proc about once a second while somebody asks. FALSE: not running. */
gboolean         lab_session_get_usage      (LabSession *self, LabNode *node, guint64 *memory_bytes, double *cpu_fraction);

G_END_DECLS

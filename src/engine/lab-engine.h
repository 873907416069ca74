/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-bus.h"
#include "lab-topology.h"

#include "lab-run-dir.h"

G_BEGIN_DECLS

/* Everything that runs of one lab: devices, relay, consoles. Knows nothing of D-Bus. */
typedef struct _LabEngine LabEngine;

typedef struct
{
  /* There is a new revision; at most ten times a second. */
  void (*changed) (LabEngine *engine, gpointer user_data);
  /* A device went down: perhaps nothing runs any more. */
  void (*device_down) (LabEngine *engine, gpointer user_data);
} LabEngineFuncs;

typedef enum
{
  LAB_ENGINE_START,
  LAB_ENGINE_STOP,
  LAB_ENGINE_RELOAD,
  LAB_ENGINE_FREEZE,
  LAB_ENGINE_FREEZE_HOLDING, /* and keepalives go out in its name */
  LAB_ENGINE_THAW,
} LabEngineAction;

/* @warnings: sentences */
typedef void (*LabEngineApplied) (LabEngine *engine, const char * const *warnings, gpointer user_data);

/* @run_dir and @funcs are borrowed, and live longer. Starts the relay; there is no document yet.
 * (transfer full) (nullable) */
LabEngine  *lab_engine_new             (LabRunDir *run_dir, const LabEngineFuncs *funcs, gpointer user_data, GError **error);
/* No device may be active. Ends the relay. */
void        lab_engine_free            (LabEngine *self);

/* FALSE: the document is refused and nothing was changed; @done is not called. */
gboolean    lab_engine_apply           (LabEngine *self, const char *document, const char *path,
                                        LabEngineApplied done, gpointer user_data, GError **error);
/* An empty array of names means all. On error nothing was done. */
gboolean    lab_engine_act             (LabEngine *self, LabEngineAction action, const char * const *names, GError **error);
/* (transfer full) */
char       *lab_engine_dup_config      (LabEngine *self, const char *name, GError **error);
/* @error: (nullable): what could not be written */
typedef void (*LabEngineWritten) (LabEngine *engine, const GError *error, gpointer user_data);
/* @configs, @vlans: a{say}, see WriteConfigs in engine.xml. FALSE: nothing was touched; @done is not called. */
gboolean    lab_engine_write_configs   (LabEngine *self, GVariant *configs, GVariant *vlans, gboolean restart,
                                        LabEngineWritten done, gpointer user_data, GError **error);
/* @number: of the checkpoint that was taken; @error: (nullable) */
typedef void (*LabEngineTaken) (LabEngine *engine, guint number, const GError *error, gpointer user_data);
/* @document: of the lab at this moment; "": as it was applied. FALSE: nothing was touched; @done is not called. */
gboolean    lab_engine_take_checkpoint (LabEngine *self, const char *name, const char *document,
                                        LabEngineTaken done, gpointer user_data, GError **error);
/* What devices keep becomes what checkpoint @number says; see RestoreCheckpoint in engine.xml. */
gboolean    lab_engine_restore_checkpoint (LabEngine *self, guint number, const char *document, gboolean restart,
                                        LabEngineTaken done, gpointer user_data, GError **error);
/* TRUE while a device has a process, or is about to have one, or files are being copied. */
gboolean    lab_engine_is_active       (LabEngine *self);

/* Of the lab's file, as the last Apply said; "" before the first. */
const char *lab_engine_get_path        (LabEngine *self);
/* Makes a new revision of what changed until now. */
guint64     lab_engine_get_revision    (LabEngine *self);
/* What changed after revision @since (0: all): (transfer floating) variants for the bus. */
GVariant   *lab_engine_build_nodes     (LabEngine *self, guint64 since);
GVariant   *lab_engine_build_removed   (LabEngine *self, guint64 since);
/* FALSE: it is too long ago to know what was removed since. */
gboolean    lab_engine_knows_since     (LabEngine *self, guint64 since);
GVariant   *lab_engine_build_facts     (LabEngine *self, guint64 since);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabEngine, lab_engine_free)

G_END_DECLS

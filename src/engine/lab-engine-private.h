/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-device.h"
#include "lab-engine-record.h"
#include "lab-engine.h"
#include "lab-relay-plan.h"
#include "lab-rights.h"

G_BEGIN_DECLS

/* A node of the document, and its device if it is one that runs as a process. */
typedef struct
{
  guint id;
  char *name;
  LabNodeKind kind;
  LabDevice *device;   /* (nullable) */
  char *message;       /* (nullable) why it cannot run */
  char *problem;       /* (nullable) what the relay says of a device inside it */
  guint64 blocked;     /* its ports that are in a switching loop, by number */
  char *loop;          /* (nullable) that in words */
  gboolean refused;    /* that is why the relay does not have it at all */
  char *told_instance; /* (nullable) what the relay was told of it last */
  guint64 revision;    /* of its last change */
  gboolean dirty;      /* changed after that */
  gboolean present;    /* in the document that is being applied */
} LabEngineNode;

typedef struct _LabEngineWave LabEngineWave;

/* How far the devices have come that were ordered to start. */
typedef struct
{
  guint total;
  guint ready;
  guint failed;
  GPtrArray *late; /* of char *: sentences about groups that were given up */
} LabEngineProgress;
typedef struct _LabEngineCheckpoint LabEngineCheckpoint;

struct _LabEngine
{
  LabRunDir *run_dir;
  LabDeviceContext context;
  const LabEngineFuncs *funcs;
  gpointer user_data;

  LabTopology *topology; /* (nullable) before the first Apply */
  char *path;
  LabRights rights;    /* what the user lets the lab have */
  GPtrArray *nodes;    /* of LabEngineNode, in the document's order */
  GHashTable *by_id;   /* id -> LabEngineNode */
  GHashTable *by_name; /* name -> LabEngineNode */
  GPtrArray *retired;  /* of LabDevice: not in the document any more, to be freed when down */
  guint retire_idle;

  LabRelayPlan *told;     /* (nullable) what the relay was told; NULL: nothing yet */
  GPtrArray *waiting;     /* of Batch, until the relay is up */

  LabCaptures *captures;    /* (nullable) */
  LabTimelineRun *timeline; /* (nullable) the timeline that runs, or has run to its end */
  gboolean timeline_acts;   /* what is started and stopped just now is its doing */
  GHashTable *saves;        /* (nullable) recordings that are being saved, by name */
  guint told_recorder;      /* megabytes that the relay was told */

  GQueue queue;          /* of LabDevice that wait to be begun */
  GHashTable *beginning; /* of LabDevice that are being begun */
  guint limit;           /* how many at once */
  guint queue_idle;
  GPtrArray *waves;      /* of LabEngineWave, see lab-engine-starts.c */
  GHashTable *starting;  /* LabDevice -> its place in its wave, until it is settled */
  LabEngineProgress progress;

  guint copying;                  /* checkpoints that are being taken or gone back to */
  LabEngineCheckpoint *restoring; /* (nullable) the one of them that is gone back to */

  guint64 revision;
  guint64 facts_revision;
  gboolean facts_dirty;
  gboolean dirty;
  GQueue removed; /* of Removed, newest last */
  guint64 removed_floor; /* before this revision we do not know what was removed */
  gint64 flushed_at;
  guint flush_source;
};

/* lab-engine.c */
/* A device of the lab, or one that left it, is not down. */
gboolean lab_engine_has_active (LabEngine *self);
void lab_engine_node_free    (LabEngineNode *node);
/* Frees the retired devices that are down, from the main loop. */
void lab_engine_free_retired (LabEngine *self);

/* lab-engine-apply.c */
/* Looks again at what the user lets the lab have. */
void lab_engine_check_rights (LabEngine *self);

/* lab-engine-changes.c */
void lab_engine_touch        (LabEngine *self, LabEngineNode *node);
void lab_engine_touch_facts  (LabEngine *self);
void lab_engine_add_removed  (LabEngine *self, const char *name);
void lab_engine_clear_changes (LabEngine *self);

/* lab-engine-relay.c */
typedef struct _LabEngineBatch LabEngineBatch;

/* Gathers what the relay refuses of one Apply, and answers it by @done once, at the latest when
 * the relay has not answered for too long. (transfer full) */
LabEngineBatch *lab_engine_batch_new  (LabEngine *self, LabEngineApplied done, gpointer user_data);
/* A whole sentence for a person. */
void            lab_engine_batch_warn (LabEngineBatch *batch, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Tells the relay what is different. @batch: (nullable) (transfer full) hears of what it refuses. */
void            lab_engine_sync_relay (LabEngine *self, LabEngineBatch *batch);
/* The same if what the relay knows of @node is not what it should be. */
void            lab_engine_sync_node  (LabEngine *self, LabEngineNode *node);
void            lab_engine_relay_up   (LabEngine *self);
/* What the relay says unasked. */
void            lab_engine_relay_said (LabEngine *self, const char *text);
void            lab_engine_clear_relay (LabEngine *self);

/* lab-engine-starts.c */
void     lab_engine_starts_init    (LabEngine *self);
void     lab_engine_starts_clear   (LabEngine *self);
/* @devices, of LabDevice, are about to be started, or stopped and started. */
void     lab_engine_starts_order   (LabEngine *self, GPtrArray *devices, gboolean reload);
/* FALSE: it must wait for its group, and is put into the queue then. */
gboolean lab_engine_starts_admit   (LabEngine *self, LabDevice *device);
/* Its state may be another. */
void     lab_engine_starts_look    (LabEngine *self, LabDevice *device);
/* It will not be started after all. */
void     lab_engine_starts_dropped (LabEngine *self, LabDevice *device);
void     lab_engine_starts_reset   (LabEngine *self);
void     lab_engine_starts_add_facts (LabEngine *self, GVariantDict *dict);
/* lab-engine-checkpoint.c */
/* A device went down. */
void lab_engine_checkpoint_device_down   (LabEngine *self);
/* FALSE: not while the lab goes back to one. */
gboolean lab_engine_checkpoint_allows    (LabEngine *self, GError **error);
/* Everything shall be stopped, and stay so. */
void lab_engine_checkpoint_forget_starts (LabEngine *self);
/* lab-engine-captures.c */
void            lab_engine_captures_said  (LabEngine *self); /* the relay: one is not as it was */
void            lab_engine_captures_lost  (LabEngine *self); /* the relay ended */
GVariant       *lab_engine_build_captures (LabEngine *self);
void            lab_engine_clear_captures (LabEngine *self);
/* A port as the relay writes it. (transfer full) */
char           *lab_engine_dup_end        (LabEngine *self, const char *node_name, const char *port_name, GError **error);

/* lab-engine-recorder.c */
void            lab_engine_sync_recorder  (LabEngine *self);
void            lab_engine_recorder_said  (LabEngine *self, const char *text, gboolean saved);
void            lab_engine_recorder_lost  (LabEngine *self);

/* lab-engine-timeline.c */
/* The link as the timeline makes it just now. (transfer full) */
LabLink        *lab_engine_timeline_link  (LabEngine *self, LabLink *link, gboolean *plugged);
GVariant       *lab_engine_build_timeline (LabEngine *self);
/* All devices were started, none of which ran; or all were stopped. */
void            lab_engine_timeline_lab_started (LabEngine *self);
void            lab_engine_timeline_lab_stopped (LabEngine *self);
void            lab_engine_clear_timeline (LabEngine *self);

/* lab-engine-queue.c */
void lab_engine_enqueue      (LabEngine *self, LabDevice *device);
void lab_engine_dequeue      (LabEngine *self, LabDevice *device);

G_END_DECLS

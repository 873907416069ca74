/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client-counters.h"
#include "lab-recovery.h"
#include "lab-session.h"
#include "lab-stamp.h"

G_BEGIN_DECLS

/* The parts of a session, each in a file of its own:
 * lab-session.c         the object: properties, signals
 * lab-session-edit.c    edits
 * lab-session-engine.c  connecting, starting, losing and ending an engine
 * lab-session-orders.c  what the engine is told: the document, and orders
 * lab-session-memory.c  whether there is memory for what is to be started
 * lab-session-mirror.c  what the engine says, onto nodes
 * lab-session-open.c    opening
 * lab-session-save.c    saving, also under another name
 * lab-session-reload.c  reverting, and restoring a recovery copy
 * lab-session-watch.c   noticing that others change the file
 * lab-session-recovery.c  the copy for the case of a crash
 * lab-session-close.c   the end, and the files of deleted devices
 * lab-session-copy.c    copying and pasting with what devices saved
 * lab-session-take.c    what devices saved, into the document
 * lab-session-rates.c   line states and rates, onto links
 * lab-session-usage.c   memory and processor time of devices */
struct _LabSession
{
  GObject parent_instance;

  LabTopology *topology;
  LabHistory *history;
  char *path;
  gboolean unsaved; /* whatever the history says: the document never was in its file */

  /* the file */
  LabStamp stamp; /* as it was when we read or wrote it */
  gboolean saving;
  GQueue saves; /* GTask of those that wait */
  gboolean overwrites;    /* the next save may overwrite what others wrote */
  GFileMonitor *monitor;  /* (nullable) */
  guint watch_source;
  LabStamp noticed;       /* the last state of the file that was told */
  GHashTable *saved_ids;  /* of the devices in the file */
  GHashTable *seen_names; /* id → name of every device that was in the document */

  /* recovery */
  LabRecovery *recovery;     /* (nullable): an earlier window's, not decided about */
  LabRecovery *adopted;      /* (nullable): goes when there is a copy of our own */
  LabRecoveryWriter *writer; /* (nullable) */
  guint recovery_source;
  gint64 dirty_since; /* 0: no edit that is not in the copy */
  gboolean copied;
  gboolean recovery_failed;
  gboolean closing;

  /* the engine */
  LabSessionEngine engine;
  LabClient *client; /* (nullable) while opening and while open */
  GPtrArray *openers; /* GTask of those who wait for the connection */
  gboolean may_spawn;
  gboolean shutting_down;
  GPtrArray *lost; /* (nullable): LabNode, the devices that ran when the engine was lost */

  /* files of devices, on their way in threads */
  guint n_file_works;
  GQueue pastes; /* those that come next */
  GTask *closer; /* (nullable): the end, which waits for them */

  /* what devices saved */
  GHashTable *settled; /* (nullable): id → up to when its saves are settled, µs since 1970 UTC */
  gboolean taking;     /* start configurations change by taking them in */

  /* orders */
  GQueue orders;
  gboolean needs_apply;
  gboolean applying;
  gboolean controlling;
  guint apply_source;
  GHashTable *warned; /* warnings of the last Apply */
  guint n_weighings;  /* starts that memory was looked at for */

  /* captures and timeline: what was said */
  GHashTable *said_captures; /* (nullable) */
  gint64 said_message_at;
  char *said_problem; /* (nullable) */

  /* usage */
  GHashTable *samples; /* (nullable): id → Sample */
  guint usage_source;
  gboolean reading_usage;

  /* rates */
  gboolean watched;
  guint rates_source;
  LabClientCounters *counters; /* (nullable) */
  GHashTable *seen;            /* LabLink → Seen */
  gint64 measured_at;          /* 0: never */

  /* mirror */
  GHashTable *missing; /* (nullable): node's name → why it cannot run */
  gboolean nodes_moved; /* the list of nodes changed: look at all of them */
  guint n_running;
  guint n_changing;
  guint n_devices;
  GPtrArray *crashed; /* names, since the last tick */
  char *progress;     /* (nullable): of a start that is under way */
  char *warning;      /* (nullable) */
  LabSessionWarning warning_kind;
};

/* lab-session.c */
void         lab_session_set_engine    (LabSession *self, LabSessionEngine engine);
void         lab_session_set_warning   (LabSession *self, LabSessionWarning kind, const char *text);
void         lab_session_set_progress  (LabSession *self, const char *text);
/* FALSE: there is nobody to ask. */
gboolean     lab_session_doubt         (LabSession *self, guint number, const char *text);
void         lab_session_set_counts    (LabSession *self, guint n_running, guint n_changing, guint n_devices);
void         lab_session_emit_node     (LabSession *self, LabNode *node, gboolean started);
void         lab_session_update_busy   (LabSession *self);
void         lab_session_set_unsaved   (LabSession *self, gboolean unsaved);
/* The lab is in another file from now on; an engine that runs is told. */
void         lab_session_set_path      (LabSession *self, const char *path);
void         lab_session_notify_recovery (LabSession *self);
void         lab_session_emit_file_changed (LabSession *self);

/* lab-session-take.c */
/* There are other nodes. */
void         lab_session_see_starts    (LabSession *self);
/* The document is in its file, and so is what was settled about it. */
void         lab_session_note_settled  (LabSession *self);

/* lab-session-watch.c */
void         lab_session_watch_update  (LabSession *self);
void         lab_session_watch_clear   (LabSession *self);
/* The file is as @stamp says, and that is what we know. */
void         lab_session_set_stamp     (LabSession *self, const LabStamp *stamp);

/* lab-session-recovery.c */
/* Has the copy written or removed, as it is right now. */
void         lab_session_recovery_update (LabSession *self);
void         lab_session_recovery_clear (LabSession *self);
/* Writes a copy of our own, after which that one goes. */
void         lab_session_recovery_adopt (LabSession *self, LabRecovery *recovery);
/* This is another lab now: what was found is that of the lab before. */
void         lab_session_recovery_left (LabSession *self);
/* What was found when the lab was opened is decided about: the engine may follow the document. */
void         lab_session_recovery_decided (LabSession *self);

/* lab-session-close.c */
GHashTable  *lab_session_list_ids      (LabSession *self); /* (transfer full): of the document's devices */
/* @ids: (nullable): of the devices in the file; %NULL: those of the document */
void         lab_session_take_saved_ids (LabSession *self, GHashTable *ids);
/* What has been in the trash too long goes. */
void         lab_session_purge_trash   (LabSession *self);
/* Notes who is in the document; the files that an earlier device of a new one's id left are moved. */
void         lab_session_see_nodes     (LabSession *self);
/* Before the document becomes what @topology, read from its file, is: the devices there keep their files. */
void         lab_session_know_nodes    (LabSession *self, LabTopology *topology);

/* The rest of the end, when nothing is on its way any more. */
void         lab_session_close_collect (LabSession *self);

/* lab-session-copy.c */
/* Something is done in a thread to the files of devices of the document; keep the session meanwhile. */
void         lab_session_begin_file_work (LabSession *self);
void         lab_session_end_file_work (LabSession *self);
gboolean     lab_session_has_file_work (LabSession *self);
void         lab_session_clear_file_work (LabSession *self);

/* lab-session-engine.c */
void         lab_session_open          (LabSession *self, gboolean may_spawn);
void         lab_session_clear_engine  (LabSession *self);
/* Lets go of it: it runs on, and this lab is one that does not run. */
void         lab_session_leave_engine  (LabSession *self);

/* lab-session-orders.c */
void         lab_session_orders_init   (LabSession *self);
void         lab_session_orders_clear  (LabSession *self);
void         lab_session_apply_later   (LabSession *self);
/* Does what is next, if the engine is there and not busy with something before it. */
void         lab_session_pump          (LabSession *self);
gboolean     lab_session_has_orders    (LabSession *self);
/* The order whose weighing has this number may be given, or is not wanted after all. */
void         lab_session_order_weighed (LabSession *self, guint number, gboolean wanted);

/* lab-session-memory.c */
/* Whether there is memory to start @names (nullable: all). 0: there is; else a number, and
 * lab_session_order_weighed() comes. */
guint        lab_session_weigh         (LabSession *self, const char *const *names);

/* lab-session-mirror.c */
void         lab_session_mirror_attach (LabSession *self);
void         lab_session_mirror_detach (LabSession *self, LabClient *client);
void         lab_session_mirror_sync   (LabSession *self);
/* LabNode, the devices that run now and were not asked to stop. (transfer full) */
GPtrArray   *lab_session_mirror_running (LabSession *self);

/* lab-session-rates.c */
void         lab_session_rates_init    (LabSession *self);
/* Starts or stops looking, as it is wanted now. */
void         lab_session_rates_update  (LabSession *self);

/* lab-session-usage.c */
void         lab_session_usage_clear   (LabSession *self);

/* lab-session-record.c */
/* The client is there, and told of a change. */
void     lab_session_record_attached (LabSession *self);
void     lab_session_record_changed  (LabSession *self);
void     lab_session_record_clear    (LabSession *self);
gboolean lab_session_is_captured     (LabSession *self, LabLink *link);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-bus.h"

G_BEGIN_DECLS

/* For what comes at once where nothing else runs. */
#define HARNESS_PATIENCE_MS 20000

/* A real engine in folders of its own, driven over its socket. */
typedef struct
{
  char *dir; /* of everything; removed at the end */
  char *runtime; /* in it */
  char *uuid;
  guint patience; /* of the lab with start groups; 0: the default */
  GPid keeper;   /* what was spawned */
  guint32 engine; /* process id that Hello gave */
  GDBusConnection *connection;
  LabBusEngine1 *proxy;
} Harness;

/* One connection to a console. */
typedef struct
{
  int fd;
  GString *text; /* what came and was not yet looked at */
} Console;

Harness  *harness_new          (void);
/* Engines that are started from now on get this in their environment. NULL: no more. */
void      harness_set_variable (const char *name, const char *value);
/* The same with a runtime folder whose path is this much longer. */
Harness  *harness_new_deep     (guint depth);
/* Shuts the engine down; nothing of it may be left. */
void      harness_free         (Harness *self);
/* Another engine for a folder and lab that are there already. */
void      harness_spawn        (Harness *self);
/* Starts an engine and gives the line it says on its ready-fd. (transfer full) */
char     *harness_spawn_line   (Harness *self, GPid *pid);
void      harness_connect      (Harness *self);
/* Drops connection and proxy. */
void      harness_disconnect   (Harness *self);
/* Waits until the keeper has ended; its wait status. */
int       harness_wait_end     (Harness *self);

/* @nodes and @links: JSON without the brackets round them. (transfer full): the warnings */
char    **harness_apply        (Harness *self, const char *nodes, const char *links);
/* R1 to Rn of the fixture image fake-iou. */
void      harness_apply_fakes  (Harness *self, guint n);
void      harness_act          (Harness *self, const char *method, const char *name);
/* The error that a call gives. (transfer full) */
GError   *harness_act_error    (Harness *self, const char *method, const char *name);
/* The dictionary of a node; @state borrows from it. (transfer full) */
GVariant *harness_get_state    (Harness *self, const char *name, LabNodeState *state);
guint32   harness_get_fact     (Harness *self, const char *key);
/* Waits up to 20 s; fails with what it is instead. */
void      harness_wait_state   (Harness *self, const char *name, LabState state);
guint32   harness_get_pid      (Harness *self, const char *name);
/* TRUE if there is no such process within @ms. */
gboolean  harness_pid_gone     (guint32 pid, guint ms);
/* All processes below the keeper: array of pid_t. (transfer full) */
GArray   *harness_list_descendants (Harness *self);
/* Until there are @n of them; FALSE: in vain. */
gboolean  harness_wait_descendants (Harness *self, guint n);
/* TRUE if all of @pids are gone within @ms. */
gboolean  harness_all_gone     (GArray *pids, guint ms);
/* Command lines of processes that name our folder or lab, one a line. (transfer full) */
char     *harness_list_processes (Harness *self);

/* A descriptor of the folder with the sockets of the lab. */
int       harness_open_run_dir (Harness *self);
/* What the relay answers first. (transfer full) */
char     *harness_ask_relay    (Harness *self, const char *command);

Console  *console_open         (Harness *self, const char *name, gboolean live);
/* The socket that marks the end of the scroll-back. */
Console  *console_open_marked  (Harness *self, const char *name);
void      console_close        (Console *self);
void      console_type         (Console *self, const char *text);
/* Waits for @text and drops everything up to its end. FALSE after @ms. */
gboolean  console_wait         (Console *self, const char *text, guint ms);
/* Everything that comes within @ms. */
const char *console_read       (Console *self, guint ms);

/* What an Ethernet-only node of an image looks like in a lab. (transfer full) */
char     *harness_node         (guint id, const char *name, const char *image, const char *start);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-console.h"
#include "lab-device.h"
#include "lab-workdir.h"

G_BEGIN_DECLS

/* How far the start of a device has come while its state is "starting". */
typedef enum
{
  LAB_PHASE_NONE,
  LAB_PHASE_QUEUED,  /* waits for room */
  LAB_PHASE_CHECK,   /* its image is looked at */
  LAB_PHASE_RELAY,   /* the relay is told */
  LAB_PHASE_WAIT,    /* for a new relay */
  LAB_PHASE_PROCESS, /* there is a process */
  LAB_PHASE_WRITING, /* stopped: its NVRAM is being written */
} LabPhase;

struct _LabDevice
{
  LabDeviceContext *context;
  guint id;
  char *name;
  LabWorkdir *workdir;
  LabConsole *console;
  char *console_path;

  LabSettings *wanted;
  LabSettings *running; /* (nullable) while active */
  LabImageFacts *facts; /* (nullable) of the image, while active */

  LabState state;
  LabState before_freeze;
  LabPhase phase;
  guint pending;     /* answers under way that hold a pointer to this device */
  gboolean launched; /* @launched was said in this start */
  gboolean start_again;
  gboolean holding; /* keepalives go out in its name */

  pid_t child; /* what we forked: the sandbox' outer process, or the device itself; 0 */
  int pidfd;
  LabPollWatch *pidfd_watch;
  pid_t init; /* first process of the sandbox; 0: not known yet, or no sandbox */
  pid_t pid;  /* the device itself; 0: not known yet */
  GArray *frozen_pids; /* (nullable) */
  LabGuardWatch *guard_watch; /* (nullable) over an image of the user's */
  char *overstepped;   /* (nullable) why it was ended by us */
  guint silent_timer;  /* to say that it writes nothing */
  guint dialogue_answers;
  guint timer;         /* to SIGKILL, or to give up the place in the queue */
  LabWatcherWatch *socket_watch;
  LabWatcherWatch *config_watch;

  gboolean would_not_end; /* SIGKILL had to end it */
  char *message;
  char *last_lines;
  int exit_code;
  int exit_signal;
  gint64 started_at;
  gint64 ready_after;
  gboolean saved_config;
  gint64 saved_at;    /* µs since 1970; 0: not since this engine began */
  guint settle_timer; /* to look at an NVRAM that is being written */
  GBytes *new_config; /* (nullable): to be written when it is down */
  GBytes *new_vlans;  /* (nullable): with it */
  LabDeviceConfigDone config_done;
  gpointer config_data;
};

/* lab-device-config.c */
void     lab_device_watch_config   (LabDevice *self);
/* Also takes in what was saved last. */
void     lab_device_unwatch_config (LabDevice *self);
/* Writes the configuration that waits for the device to be down. It is down, or started again, when that
 * is done. FALSE: there is none. */
gboolean lab_device_apply_config   (LabDevice *self);

/* lab-device-process.c */
gboolean lab_device_spawn        (LabDevice *self, GError **error);
/* Looks for the process ids that are not known yet. */
void     lab_device_find_pids    (LabDevice *self);
/* SIGTERM to what runs in the sandbox; when nothing does yet, the end of the sandbox. */
void     lab_device_terminate    (LabDevice *self, LabProcessTable *table);
void     lab_device_kill         (LabDevice *self);
gboolean lab_device_stop_signals (LabDevice *self, LabProcessTable *table);
void     lab_device_continue     (LabDevice *self, LabProcessTable *table);

/* lab-device-start.c */
void     lab_device_socket_seen  (LabDevice *self);

/* lab-device-ready.c */
/* Looks at what it wrote: is it ready, or does it ask what the user wants answered? */
void     lab_device_check_ready  (LabDevice *self);
/* It was started, and should write something soon. */
void     lab_device_expect_output (LabDevice *self);
void     lab_device_had_output   (LabDevice *self);

/* lab-device.c */
void     lab_device_changed      (LabDevice *self);
void     lab_device_set_state    (LabDevice *self, LabState state);
void     lab_device_set_text     (char **where, const char *text);
/* Its place in the queue is free for the next one. */
void     lab_device_say_launched (LabDevice *self);
/* A line in the scroll-back, as "[PC1: …]". */
void     lab_device_note         (LabDevice *self, const char *text);
/* The run is over: all it had is put away. */
void     lab_device_finish       (LabDevice *self, LabState state);
void     lab_device_exited       (LabDevice *self, int code, int signal);

G_END_DECLS

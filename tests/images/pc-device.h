/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Runs real devices, labwright-pc, -host or -router, each lab of a test in a private /tmp of its
 * own. */

#include <glib.h>
#include <sys/types.h>

typedef struct
{
  char *directory;     /* what the devices see as /tmp */
  const char *program; /* below the build folder */
  const char *prompt;  /* a regular expression */
  const char *sandbox; /* arguments of bwrap that the program needs */
} PcLab;

typedef struct
{
  PcLab *lab;
  guint id;
  pid_t pid; /* of bwrap */
  int in;
  int out;
  GString *output; /* what has not been expected yet, without CR */
} PcDevice;

/* NULL after g_test_skip(): user namespaces are off. */
PcLab *pc_lab_new (void);
/* The same for labwright-router. NULL after g_test_skip(): FRRouting or TUN is not here, either. */
PcLab *pc_lab_new_router (void);
/* The same for labwright-host. NULL after g_test_skip(): TUN is not here, either. */
PcLab *pc_lab_new_host (void);
void pc_lab_free (PcLab *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcLab, pc_lab_free)

/* A file in the working directory of device @id. */
char *pc_lab_path (PcLab *self, guint id, const char *name);
void pc_lab_write (PcLab *self, guint id, const char *name, const char *text);
/* Device @id's NETMAP: one segment a line. */
void pc_lab_wire (PcLab *self, const char *netmap, guint first, guint last);
/* The path of a socket as this process sees it. (transfer full) */
char *pc_lab_socket (PcLab *self, gboolean l1, guint id);

/* @arguments: words of the command line without the id. */
PcDevice *pc_device_start (PcLab *lab, guint id, const char *arguments);
PcDevice *pc_device_start_pty (PcLab *lab, guint id, const char *arguments);
/* @command: all the words, id included; stdout and stderr come back, and the exit code. */
char *pc_device_run (PcLab *lab, const char *command, int *code);
/* SIGTERM; returns the exit code. */
int pc_device_stop (PcDevice *self);
void pc_device_free (PcDevice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcDevice, pc_device_free)

void pc_device_type (PcDevice *self, const char *text);
/* Waits for @regex in the output and forgets what came up to its end. Fails the test after
 * @seconds. */
void pc_device_expect (PcDevice *self, const char *regex, guint seconds);
/* Types a line and waits for @regex. */
void pc_device_ask (PcDevice *self, const char *line, const char *regex);
/* Types it again and again until an answer matches. */
void pc_device_ask_until (PcDevice *self, const char *line, const char *regex, guint seconds);
/* Everything that comes in @milliseconds. */
const char *pc_device_listen (PcDevice *self, guint milliseconds);
/* The pid of the device itself. */
pid_t pc_device_get_pid (PcDevice *self);

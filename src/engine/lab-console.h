/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-poll.h"
#include "lab-ring.h"

G_BEGIN_DECLS

/* One device's console: its PTY while it runs, its scroll-back, and the clients of its sockets. */
typedef struct _LabConsole LabConsole;

typedef struct
{
  /* Bytes came, and for the moment no more. */
  void (*output) (LabConsole *console, gpointer user_data);
} LabConsoleFuncs;

/* @dir_fd: the folder of the sockets; stays the caller's. The sockets are @name, @name.live and
 * @name.marked (engine.xml). */
LabConsole *lab_console_new      (LabPoll *poll, int dir_fd, const char *name,
                                  const LabConsoleFuncs *funcs, gpointer user_data, GError **error);
void        lab_console_free     (LabConsole *self);

/* A new PTY in raw mode for a device that is about to start. @slave is the caller's to close. */
gboolean    lab_console_open     (LabConsole *self, int *slave, GError **error);
/* The device ended: reads what is still in the PTY and closes it. Clients stay. */
void        lab_console_close    (LabConsole *self);
/* A line of the engine's own in the scroll-back, for all clients. */
void        lab_console_note     (LabConsole *self, const char *text);
/* What clients who type are told while no PTY is open. */
void        lab_console_set_idle_text (LabConsole *self, const char *text);

/* Types for the user. */
void        lab_console_type     (LabConsole *self, const char *text);
gboolean    lab_console_has_output (LabConsole *self);
/* Output of the device since the last lab_console_open(), at most @max bytes. (transfer full) */
char       *lab_console_dup_tail (LabConsole *self, gsize max, gsize *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabConsole, lab_console_free)

G_END_DECLS

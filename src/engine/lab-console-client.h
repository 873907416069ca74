/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-poll.h"
#include "lab-ring.h"

G_BEGIN_DECLS

/* A client of a console's socket. It has no output buffer: it reads the ring from its own offset. */
typedef struct _LabConsoleClient LabConsoleClient;

typedef struct
{
  /* Bytes from the client. Returns how many were taken; fewer: the client is read no more until
   * lab_console_client_resume(). */
  gsize (*input) (LabConsoleClient *client, const guint8 *data, gsize length, gpointer user_data);
  /* The client is gone; to be freed by the callee. */
  void (*closed) (LabConsoleClient *client, gpointer user_data);
} LabConsoleClientFuncs;

/* Takes @fd. @offset: where in @ring it begins. */
LabConsoleClient *lab_console_client_new    (LabPoll *poll, int fd, LabRing *ring, guint64 offset,
                                             const LabConsoleClientFuncs *funcs, gpointer user_data);
void              lab_console_client_free   (LabConsoleClient *self);
/* The client wants to know where the scroll-back ends; to be called before anything is sent.
 * @console_id: a word of its own for each console there ever was. */
void              lab_console_client_mark   (LabConsoleClient *self, const char *console_id);
/* The ring has more. FALSE: the client is gone, to be freed by the caller. */
gboolean          lab_console_client_flush  (LabConsoleClient *self);
/* Text for this client alone. */
void              lab_console_client_tell   (LabConsoleClient *self, const char *text);
void              lab_console_client_resume (LabConsoleClient *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client.h"

G_BEGIN_DECLS

/* labctl does one thing after the other: these iterate the main context until a call of the client
 * library has its answer. Each takes the cancellable of ctl_interruptible(). */

/* What lab_client_open_async() says, with its errors. */
gboolean   ctl_wait_open     (LabClient *client, LabClientOpenFlags flags, GError **error);
/* Warnings go to standard error. */
gboolean   ctl_wait_apply    (LabClient *client, const char *document, GError **error);
gboolean   ctl_wait_control  (LabClient *client, LabClientVerb verb, const char * const *nodes, GError **error);
char      *ctl_wait_config   (LabClient *client, const char *node, GError **error);
gboolean   ctl_wait_write_configs (LabClient *client, GHashTable *configs, GHashTable *vlans, gboolean restart,
                                   GError **error);
/* 0: @error is set. */
guint      ctl_wait_take_checkpoint    (LabClient *client, const char *name, const char *document, GError **error);
guint      ctl_wait_restore_checkpoint (LabClient *client, guint number, const char *document, gboolean restart, GError **error);
/* Not cancelled by an interrupt that came before. */
gboolean   ctl_wait_shutdown (LabClient *client, GError **error);
typedef enum
{
  CTL_CONSOLE_REPLAY, /* the scroll-back first */
  CTL_CONSOLE_LIVE,
  CTL_CONSOLE_MARKED, /* the scroll-back, with marks (lab-client-replay.h) */
} CtlConsole;
/* (transfer full) (nullable) */
GIOStream *ctl_wait_console  (LabClient *client, const char *node, CtlConsole kind, GError **error);

/* Iterates until @done says TRUE. FALSE and an error: interrupted, or the engine ended. @done is
 * asked after every event and at least ten times a second. */
typedef gboolean (*CtlDone) (gpointer user_data);
gboolean   ctl_wait_until    (LabClient *client, CtlDone done, gpointer user_data, GError **error);

/* From here on SIGINT, SIGTERM and SIGHUP cancel what is waited for instead of ending the program.
 * (transfer none) */
GCancellable *ctl_interruptible   (void);
gboolean      ctl_was_interrupted (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl-lab.h"

G_BEGIN_DECLS

/* The control socket of the relay of a lab that runs; labwright-relay(1) has its commands. */
typedef struct _CtlRelay CtlRelay;

/* @lab: its client is open. Errors: G_IO_ERROR with a sentence. (transfer full) (nullable) */
CtlRelay *ctl_relay_open (CtlLab *lab, GError **error);
void      ctl_relay_free (CtlRelay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlRelay, ctl_relay_free)

/* One command. @details: (nullable) (transfer full) the lines of the answer before the last, without
 * the "- " in front. */
gboolean  ctl_relay_send (CtlRelay *self, GPtrArray **details, GError **error, const char *format, ...) G_GNUC_PRINTF (4, 5);
/* A word of a command with what it must not hold written as %XX. (transfer full) */
char     *ctl_relay_escape (const char *text);
/* A port as the relay writes it. (transfer full) */
char     *ctl_relay_end  (LabNode *node, const LabPort *port);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "lab-licence-store.h"

G_BEGIN_DECLS

/**
 * LabExplainFacts:
 * @code: exit code
 * @signal: signal that ended it; 0: none
 * @output: what it wrote last, as plain text
 * @own: it is an image of the user's, not one of ours
 * @licence: the iourc it was given
 * @host: this machine's name
 * @keepalives: it was started with -l
 * @ram: MB it was given; 0: its own default
 * @was_ready: it had started well
 *
 * What is known of a device that ended by itself.
 */
typedef struct
{
  int code;
  int signal;
  const char *output;
  gboolean own;
  LabLicenceState licence;
  const char *host;
  gboolean keepalives;
  guint ram;
  gboolean was_ready;
} LabExplainFacts;

/* Why it ended, as one sentence, or two with what to do. (transfer full) */
char *lab_explain_exit      (const LabExplainFacts *facts);
/* A sentence for an image of the user's that does not start, if @host, this machine's name, is longer
 * than older images bear. (transfer full) (nullable) */
char *lab_explain_long_host (const char *host);

G_END_DECLS

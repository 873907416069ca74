/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl-command.h"

G_BEGIN_DECLS

/**
 * CtlFamily:
 * @command: the command that has subcommands ("config")
 * @subcommands: their names begin with that of @command ("config list")
 * @usage: translated: what stands before the list of them in the help
 * @question: translated: the complaint when none is named
 * @lab_first: the lab may stand before the subcommand as well as after it
 */
typedef struct
{
  const CtlCommand *command;
  const CtlCommand *const *subcommands;
  gsize n_subcommands;
  const char *usage;
  const char *question;
  gboolean lab_first;
} CtlFamily;

/* Does what @argv says: the help, a subcommand, or a complaint. Returns an exit code. */
int ctl_family_run (const CtlFamily *self, int argc, char **argv);

G_END_DECLS

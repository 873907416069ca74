/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* FRR's daemons: which there are, which run, and what starts the others. */

#include "device-machine.h"

/* One sentence if FRRouting is not here. @folder: where its programs are. */
gboolean router_daemons_check (const char *folder, GError **error);
/* Starts zebra, staticd and those that @config names; waits until they answer. For the others
 * somebody listens who starts them when they are first configured. */
gboolean router_daemons_start (DeviceMachine *machine, const char *folder, const char *config,
                               GError **error);
/* Gives the daemons that run another name; those that start later ask the system. */
void router_daemons_set_host (const char *name);
/* A child ended. TRUE: it was one of the daemons. */
gboolean router_daemons_reaped (pid_t pid, int status);

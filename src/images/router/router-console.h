/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* vtysh, at the router's standard input and output. */

#include "router.h"

/* Takes the standard input and output. Nothing is typed to vtysh before it runs. */
void router_console_open (Router *self);
void router_console_close (void);
/* Runs vtysh, and runs it again whenever it has ended. */
void router_console_start (void);
/* A child ended. TRUE: it was vtysh. */
gboolean router_console_reaped (pid_t pid);
/* Lets vtysh give @config to the daemons; serves the loop until that is done. */
void router_console_load (Router *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Writes the configuration when vtysh asks for it. */

#include "device-machine.h"

/* Once: stands in for watchfrr, which vtysh asks to write. */
void router_writer_start (void);
/* A child ended. TRUE: it was the one that wrote. */
gboolean router_writer_reaped (pid_t pid, int status);

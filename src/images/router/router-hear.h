/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Hears the configuration as it is loaded and typed, and makes the interfaces that it names. */

#include "router-lines.h"
#include "device-machine.h"

/* What has been heard on one connection. */
typedef struct
{
  char interface[ROUTER_NAME_SIZE]; /* what the lines that follow are about */
} RouterHearing;

/* Before FRRouting gets the line. Returns after how many milliseconds it is to get it: it refuses
 * to forget an interface that it still sees. */
guint router_hear_line (DeviceMachine *machine, RouterHearing *hearing, const char *line);
void router_hear_config (DeviceMachine *machine, const char *config);

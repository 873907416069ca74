/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-reply.h"
#include "relay-types.h"
#include "relay-util.h"

#define RELAY_COMMAND_MAX 4096 /* bytes, line end included */

/* Runs one command and appends its answer. The line is taken apart. Returns whether it succeeded.
 */
bool relay_command_run (Relay *relay, char *line, RelayReply *reply);

/* Runs the commands of a file ("-": standard input), in which '#' begins a comment. */
bool relay_command_run_file (Relay *relay, const char *path, RelayError *error);

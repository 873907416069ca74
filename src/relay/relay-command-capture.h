/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-command-report.h"

/* "capture add NAME file=PATH …" and "capture remove NAME" */
bool relay_command_capture_add (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_capture_remove (RelayCommandContext *context, char **words, unsigned count);
/* "list captures" */
void relay_report_captures (RelayCommandContext *context);

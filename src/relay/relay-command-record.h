/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-command-report.h"

/* The flight recorder: "record on size=BYTES", "record off", "record title END=TITLE…", "record save
 * NAME file=PATH [END…]". */
bool relay_command_record_on (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_record_off (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_record_title (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_record_save (RelayCommandContext *context, char **words, unsigned count);
/* "list recordings" */
void relay_report_recordings (RelayCommandContext *context);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-command-report.h"

/* The command "impair END [off | KEY=VALUE…]". */
bool relay_command_impair (RelayCommandContext *context, char **words, unsigned count);
/* "list impairments" */
void relay_report_impairments (RelayCommandContext *context);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-command-report.h"

/* What the table of commands calls; `words` are those behind the command, and the context has the
 * kind of device that the command is for. */
bool relay_command_device_add (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_device_remove (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_switch_port (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_switch_macs (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_switch_clear (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_frame_relay_map (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_frame_relay_unmap (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_frame_relay_status (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_nat_forward (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_nat_unforward (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_list_devices (RelayCommandContext *context, char **words, unsigned count);

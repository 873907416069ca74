/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-command-report.h"

/* What the table of commands calls; `words` are those behind the command. */
bool relay_command_switch_add (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_switch_remove (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_hub_add (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_hub_remove (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_frame_relay_add (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_frame_relay_remove (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_nat_add (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_nat_remove (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_tap_add (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_tap_remove (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_tunnel_add (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_tunnel_remove (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_switch_port (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_switch_macs (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_switch_clear (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_frame_relay_map (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_frame_relay_unmap (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_frame_relay_status (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_nat_forward (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_nat_unforward (RelayCommandContext *context, char **words, unsigned count);
bool relay_command_list_devices (RelayCommandContext *context, char **words, unsigned count);

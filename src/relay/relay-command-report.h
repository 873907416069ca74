/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What commands tell: lists, counters, tables. */

#include "relay-device.h"
#include "relay-reply.h"

typedef struct
{
  Relay *relay;
  RelayReply *reply;
  RelayDeviceKind kind; /* of commands for devices */
  char ok[1024]; /* behind "ok" */
  RelayError error;
} RelayCommandContext;

void relay_report_instances (RelayCommandContext *context);
void relay_report_devices (RelayCommandContext *context, RelayDeviceKind kind);
void relay_report_links (RelayCommandContext *context);
void relay_report_macs (RelayCommandContext *context, RelayDevice *device);
void relay_report_port (RelayCommandContext *context, RelayPort *port);
void relay_report_stats (RelayCommandContext *context);
void relay_report_frame_relay (RelayCommandContext *context, RelayDevice *device);

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

/* Lists: a line in the reply for each thing, which begins with "- ". */
void relay_report_instances (RelayCommandContext *context);
void relay_report_devices (RelayCommandContext *context, RelayDeviceKind kind);
void relay_report_links (RelayCommandContext *context);
void relay_report_macs (RelayCommandContext *context, RelayDevice *device); /* of a switch */
/* Counters: behind "ok". Of one port, and the sum of all. */
void relay_report_port (RelayCommandContext *context, RelayPort *port);
void relay_report_stats (RelayCommandContext *context);
/* A list again: of a Frame Relay switch, each port and below it its PVCs. */
void relay_report_frame_relay (RelayCommandContext *context, RelayDevice *device);

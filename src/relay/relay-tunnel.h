/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-device.h"

#include <netinet/in.h>

/* Before the device is of any use. Receives at `port` of this computer, from `remote` only. */
bool relay_tunnel_open (Relay *relay,
                        RelayDevice *device,
                        unsigned port,
                        const struct sockaddr_in *remote,
                        RelayError *error);
/* Writes "port=5000 remote=192.0.2.1:5001". */
#define RELAY_TUNNEL_TEXT_SIZE 48
void relay_tunnel_describe (const RelayDevice *device, char *text);

/* The functions of its class, see RelayDeviceClass. What the socket does not take at once is
 * dropped and counted. */
void relay_tunnel_clear (Relay *relay, RelayDevice *device);
void relay_tunnel_input (Relay *relay, RelayPort *port, const RelayFrame *frame);
void relay_tunnel_run (Relay *relay, RelayDevice *device);

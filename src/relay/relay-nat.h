/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-device.h"

#include <netinet/in.h>

typedef struct
{
  bool udp;
  uint16_t host_port; /* of the host's loopback */
  struct in_addr guest;
  uint16_t guest_port;
} RelayNatForward;

/* Before the device is of any use. With `host_access` the lab reaches the host's loopback. */
bool relay_nat_open (Relay *relay, RelayDevice *device, bool host_access, RelayError *error);
bool relay_nat_forward (RelayDevice *device, const RelayNatForward *forward, RelayError *error);
bool relay_nat_unforward (RelayDevice *device, const RelayNatForward *forward, RelayError *error);
bool relay_nat_has_host_access (const RelayDevice *device);

/* The functions of its class, see RelayDeviceClass. A frame for 127.0.0.0/8 is refused without
 * host access. */
void relay_nat_clear (Relay *relay, RelayDevice *device);
void relay_nat_input (Relay *relay, RelayPort *port, const RelayFrame *frame);
void relay_nat_run (Relay *relay, RelayDevice *device);
/* RELAY_TIMER_NAT: of all nats, those whose libslirp has asked for it. */
void relay_nat_check_timers (Relay *relay);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-instance.h"

/* The RelayWatchFunc of `l1_rx`: a keepalive keeps the line up, and goes on to the peer, or is
 * answered for a peer that sends none. */
void relay_keepalive_readable (Relay *relay, RelayWatch *watch, uint32_t events);

/* One synthetic keepalive to the device, as soon as it and its peer are there. */
void relay_keepalive_owe (Relay *relay, RelayPort *port);

/* The link at this port was plugged or unplugged. */
void relay_keepalive_link_changed (Relay *relay, RelayPort *port);

/* The device was started anew: its lines are down until it says otherwise. */
void relay_keepalive_forget (Relay *relay, RelayInstance *instance);
void relay_keepalive_hold (Relay *relay, RelayInstance *instance, bool held);
void relay_keepalive_update_line (Relay *relay, RelayPort *port);

/* Timers. */
void relay_keepalive_send_owed (Relay *relay);
void relay_keepalive_send_held (Relay *relay);
void relay_keepalive_check_lines (Relay *relay);

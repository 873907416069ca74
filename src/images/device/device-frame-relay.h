/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Serial ports that speak Frame Relay: each DLCI is an interface of the kernel. */

#include "device-machine.h"

/* Reads frame-relay.cfg, if it is there. */
gboolean device_frame_relay_load (DeviceMachine *machine, GError **error);
/* The interfaces of the port's DLCIs, by @netlink, a socket of NETLINK_ROUTE. FALSE with errno. */
gboolean device_frame_relay_create (DeviceFrameRelay *self, int netlink);
void device_frame_relay_watch (DeviceFrameRelay *self);
void device_frame_relay_free (DeviceFrameRelay *self);

/* See device-serial.h. */
const guint8 *device_frame_relay_input (DeviceFrameRelay *self, const guint8 *frame, gsize length,
                                        gsize *packet_length, int *fd);
void device_frame_relay_tick (DeviceFrameRelay *self, gint64 now, gint64 pause);
void device_frame_relay_line_changed (DeviceFrameRelay *self);

/* Whether packets of the kernel are taken. */
void device_frame_relay_set_reading (DeviceFrameRelay *self, gboolean reading);
/* An interface was set up or down; it may be none of these. */
void device_frame_relay_set_shut (DeviceFrameRelay *self, int index, gboolean shut);
/* The port's line or protocol changed: tells the kernel of the carriers. */
void device_frame_relay_update (DeviceFrameRelay *self);

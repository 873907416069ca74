/* SPDX-License-Identifier: GPL-3.0-or-later */

/* With -l each port that is not shut sends one keepalive a second. Its line is up from the first
 * one received until ten seconds after the last; then the kernel's interface loses its carrier,
 * which FRR hears of as of a pulled cable. A line that comes up answers at once. Without -l every
 * line is up. */

#include "config.h"

#include "device-keepalive.h"

#include "device-netio.h"
#include "device-port.h"
#include "device-serial.h"

/* Looked at on whole seconds, and a keepalive arrives just after one. */
#define HOLD (10 * G_USEC_PER_SEC - G_USEC_PER_SEC / 2)
/* A tick that comes this late means that we were stopped, not that the peers were. */
#define PAUSE (3 * G_USEC_PER_SEC)

static DeviceTimer tick_timer;
static gint64 last_tick;

static void
set_line (DevicePort *port, gboolean up)
{
  port->line_up = up;
  if (port->serial)
    device_serial_line_changed (port);
  device_port_update_carrier (port);
}

static void
tick_line (DevicePort *port, gint64 now, gint64 pause)
{
  if (port->peers != NULL && !port->shut)
    device_netio_send_keepalive (port);
  port->line_until += port->line_up ? pause : 0;
  if (port->line_up && now >= port->line_until)
    set_line (port, FALSE);
}

static void
on_tick (gpointer data)
{
  DeviceMachine *self = data;
  gint64 now = device_loop_now ();
  gint64 pause = now - last_tick > PAUSE ? now - last_tick : 0;

  last_tick = now;
  device_timer_set_after (&tick_timer, G_USEC_PER_SEC);
  for (guint i = 0; i < self->n_ports; i++)
    {
      if (self->keepalives)
        tick_line (&self->ports[i], now, pause);
      if (self->ports[i].serial)
        device_serial_tick (&self->ports[i], now, pause);
    }
}

void
device_keepalive_start (DeviceMachine *self)
{
  last_tick = device_loop_now ();
  for (guint i = 0; i < self->n_ports; i++)
    set_line (&self->ports[i], !self->keepalives);

  device_timer_init (&tick_timer, on_tick, self);
  if (self->keepalives || self->n_ethernet < self->n_ports)
    on_tick (self);
}

void
device_keepalive_received (DevicePort *port)
{
  if (!port->machine->keepalives || port->shut)
    return;

  port->line_until = device_loop_now () + HOLD;
  if (port->line_up)
    return;
  set_line (port, TRUE);
  device_netio_send_keepalive (port);
}

void
device_keepalive_set_shut (DevicePort *port, gboolean shut)
{
  if (port->shut != shut)
    {
      port->shut = shut;
      if (port->machine->keepalives)
        set_line (port, FALSE);
      if (!shut && port->machine->keepalives && port->peers != NULL)
        device_netio_send_keepalive (port);
    }
  device_port_update_carrier (port);
}

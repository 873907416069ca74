/* SPDX-License-Identifier: GPL-3.0-or-later */

/* With -l each port that is not shut sends one keepalive a second. Its line is up from the first
 * one received until ten seconds after the last; then the kernel's interface loses its carrier,
 * which FRR hears of as of a pulled cable. A line that comes up answers at once. Without -l every
 * line is up. */

#include "config.h"

#include "router-keepalive.h"

#include "router-hdlc.h"
#include "router-netio.h"
#include "router-port.h"

/* Looked at on whole seconds, and a keepalive arrives just after one. */
#define HOLD (10 * G_USEC_PER_SEC - G_USEC_PER_SEC / 2)
/* A tick that comes this late means that we were stopped, not that the peers were. */
#define PAUSE (3 * G_USEC_PER_SEC)

static DeviceTimer tick_timer;
static gint64 last_tick;

static void
set_line (RouterPort *port, gboolean up)
{
  port->line_up = up;
  if (port->serial)
    router_hdlc_line_changed (port);
  router_port_update_carrier (port);
}

static void
tick_line (RouterPort *port, gint64 now, gint64 pause)
{
  if (port->peers != NULL && !port->shut)
    router_netio_send_keepalive (port);
  port->line_until += port->line_up ? pause : 0;
  if (port->line_up && now >= port->line_until)
    set_line (port, FALSE);
}

static void
on_tick (gpointer data)
{
  Router *self = data;
  gint64 now = device_loop_now ();
  gint64 pause = now - last_tick > PAUSE ? now - last_tick : 0;

  last_tick = now;
  device_timer_set_after (&tick_timer, G_USEC_PER_SEC);
  for (guint i = 0; i < self->n_ports; i++)
    {
      if (self->keepalives)
        tick_line (&self->ports[i], now, pause);
      if (self->ports[i].serial)
        router_hdlc_tick (&self->ports[i], now, pause);
    }
}

void
router_keepalive_start (Router *self)
{
  last_tick = device_loop_now ();
  for (guint i = 0; i < self->n_ports; i++)
    set_line (&self->ports[i], !self->keepalives);

  device_timer_init (&tick_timer, on_tick, self);
  if (self->keepalives || self->n_ethernet < self->n_ports)
    on_tick (self);
}

void
router_keepalive_received (RouterPort *port)
{
  if (!port->router->keepalives || port->shut)
    return;

  port->line_until = device_loop_now () + HOLD;
  if (port->line_up)
    return;
  set_line (port, TRUE);
  router_netio_send_keepalive (port);
}

void
router_keepalive_set_shut (RouterPort *port, gboolean shut)
{
  if (port->shut != shut)
    {
      port->shut = shut;
      if (port->router->keepalives)
        set_line (port, FALSE);
      if (!shut && port->router->keepalives && port->peers != NULL)
        router_netio_send_keepalive (port);
    }
  router_port_update_carrier (port);
}

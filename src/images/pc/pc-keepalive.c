/* SPDX-License-Identifier: GPL-3.0-or-later */

/* With -l each port that is not shut sends one keepalive a second to its peers. Its line is up from
 * the first one received until ten seconds after the last. A line that comes up answers at once, so
 * that two hosts started one after the other are both up as soon as the second one is. Without -l
 * every line is up. */

#include "config.h"

#include "pc-keepalive.h"

#include "pc-netif.h"
#include "pc-netio.h"

/* Lines are looked at on whole seconds, and a keepalive arrives just after one: with ten seconds to
 * the letter the tenth tick would find it a moment too young, and the line stay up for eleven. */
#define HOLD (10 * G_USEC_PER_SEC - G_USEC_PER_SEC / 2)
/* A tick that comes this late means that we were stopped, not that the peers were. */
#define PAUSE (3 * G_USEC_PER_SEC)

static gint64 last_tick;

static void
send_all (Pc *pc)
{
  for (guint i = 0; i < pc->n_ports; i++)
    if (pc->ports[i].peers != NULL && !pc->ports[i].settings.shut)
      pc_netio_send_keepalive (pc->netio, &pc->ports[i]);
}

void
pc_keepalive_start (Pc *pc)
{
  last_tick = device_loop_now ();
  for (guint i = 0; i < pc->n_ports; i++)
    pc->ports[i].line_up = !pc->keepalives;
  if (pc->keepalives)
    send_all (pc);
}

static void
set_line (PcPort *port, gboolean up)
{
  /* The first "up" after the start is what everybody expects. */
  gboolean announce = !up || port->line_until != 0 || device_loop_now () - port->pc->started > HOLD;

  port->line_up = up;
  pc_netif_update_link (port, announce);
}

void
pc_keepalive_tick (Pc *pc)
{
  gint64 now = device_loop_now ();
  gint64 pause = now - last_tick > PAUSE ? now - last_tick : 0;

  last_tick = now;
  if (!pc->keepalives)
    return;

  send_all (pc);
  for (guint i = 0; i < pc->n_ports; i++)
    {
      PcPort *port = &pc->ports[i];

      port->line_until += port->line_up ? pause : 0;
      if (port->line_up && now >= port->line_until)
        set_line (port, FALSE);
    }
}

void
pc_keepalive_received (PcPort *port)
{
  gint64 now = device_loop_now ();

  if (!port->pc->keepalives || port->settings.shut)
    return;

  if (!port->line_up)
    {
      set_line (port, TRUE);
      pc_netio_send_keepalive (port->pc->netio, port);
    }
  port->line_until = now + HOLD;
}

void
pc_keepalive_set_shut (PcPort *port, gboolean shut)
{
  if (port->settings.shut == shut)
    return;

  port->settings.shut = shut;
  if (port->pc->keepalives)
    port->line_up = FALSE;
  pc_netif_update_link (port, TRUE);
  if (!shut && port->pc->keepalives)
    pc_netio_send_keepalive (port->pc->netio, port);
}

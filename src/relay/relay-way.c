/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-way.h"

#include "relay-link.h"
#include "relay-private.h"

#include <stdlib.h>

void
relay_way_update (Relay *relay, RelayPort *port)
{
  RelayLink *link = port->link;
  RelayLine *line = link != NULL ? link->lines[port == link->ends[1]] : NULL;

  if (line == NULL)
    {
      relay_way_free (port);
      return;
    }
  if (port->way == NULL)
    port->way = relay_new0 (sizeof *port->way);
  port->way->line = line;
}

void
relay_way_free (RelayPort *port)
{
  free (port->way);
  port->way = NULL;
}

bool
relay_way_take_datagram (Relay *relay, RelayPort *port, const uint8_t *datagram, unsigned length)
{
  return relay_line_take_datagram (relay, port->way->line, datagram, length);
}

bool
relay_way_take_frame (Relay *relay, RelayPort *port, const RelayFrame *frame, unsigned hops)
{
  return relay_line_take_frame (relay, port->way->line, frame, hops);
}

void
relay_way_received (Relay *relay, RelayPort *from, const uint8_t *data, unsigned length)
{
}

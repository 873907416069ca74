/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A link is two ports that know each other: `peer` is set while it is plugged, and that is all a
 * frame ever looks at. */

#include "relay-link.h"

#include "relay-device.h"
#include "relay-private.h"
#include "relay-way.h"

#include <stdlib.h>
#include <string.h>

RelayLink *
relay_link_find (Relay *relay, const char *name)
{
  RelayTableNode *node = relay_table_find (&relay->links, name);

  return node != NULL ? RELAY_CONTAINER_OF (node, RelayLink, node) : NULL;
}

static bool
check_end (const RelayPort *port, RelayError *error)
{
  char name[RELAY_PORT_NAME_SIZE];

  relay_port_name (port, name);
  if (port->link != NULL)
    return relay_error_set (error, "port %s holds the link %s: remove that first", name,
                            port->link->name);
  return true;
}

bool
relay_link_end_is_serial (const RelayPort *port)
{
  if (port->instance == NULL)
    return port->device->class->serial;
  return relay_port_is_serial ((uint8_t) port->number, port->instance->ethernet);
}

bool
relay_link_is_serial (const RelayLink *link)
{
  return relay_link_end_is_serial (link->ends[0]);
}

bool
relay_link_add (
    Relay *relay, const char *name, RelayPort *a, RelayPort *b, bool plugged, RelayError *error)
{
  RelayLink *link;

  if (relay_link_find (relay, name) != NULL)
    return relay_error_set (error, "there is a link %s already: remove it first", name);
  if (a == b)
    return relay_error_set (error, "both ends of the link %s are the same port", name);
  if (!check_end (a, error) || !check_end (b, error))
    return false;
  if (relay_link_end_is_serial (a) != relay_link_end_is_serial (b))
    return relay_error_set (error, "the link %s joins a serial port and an Ethernet port", name);

  link = relay_new0 (sizeof *link);
  memcpy (link->name, name, strlen (name) + 1);
  link->node.name = link->name;
  link->ends[0] = a;
  link->ends[1] = b;
  a->link = b->link = link;
  relay_table_add (&relay->links, &link->node);
  relay_recorder_link_added (relay, link);
  relay_link_plug (relay, link, plugged);
  return true;
}

void
relay_link_plug (Relay *relay, RelayLink *link, bool plugged)
{
  if (link->plugged == plugged)
    return;
  link->plugged = plugged;
  for (unsigned i = 0; i < 2; i++)
    link->ends[i]->peer = plugged ? link->ends[1 - i] : NULL;
  for (unsigned i = 0; i < 2; i++)
    relay_way_update (relay, link->ends[i]);
  for (unsigned i = 0; i < 2; i++)
    if (link->ends[i]->device != NULL)
      relay_device_link_changed (relay, link->ends[i]);
    else
      relay_keepalive_link_changed (relay, link->ends[i]);
}

void
relay_link_remove (Relay *relay, RelayLink *link)
{
  relay_link_plug (relay, link, false);
  for (unsigned i = 0; i < 2; i++)
    {
      relay_way_free (link->ends[i]);
      if (link->lines[i] != NULL)
        relay_line_free (relay, link->lines[i]);
    }
  relay_recorder_link_removed (relay, link);
  link->ends[0]->link = link->ends[1]->link = NULL;
  relay_table_remove (&relay->links, &link->node);
  free (link);
}

void
relay_link_remove_at (Relay *relay, RelayPort *port)
{
  if (port != NULL && port->link != NULL)
    relay_link_remove (relay, port->link);
}

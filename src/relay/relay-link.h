/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-port.h"
#include "relay-recorder.h"
#include "relay-table.h"

#define RELAY_LINK_NAME_MAX 63

struct RelayLink
{
  RelayTableNode node;
  char name[RELAY_LINK_NAME_MAX + 1];
  RelayPort *ends[2];
  bool plugged;
  RelayLine *lines[2]; /* impairments of what leaves each end; NULL: none */
  RelayRecord *record; /* NULL: the flight recorder is off */
  bool record_swapped; /* the record has the ends the other way round */
};

/* NULL: there is none of this name. It stays the relay's. */
RelayLink *relay_link_find (Relay *relay, const char *name);
/* `name` has at most RELAY_LINK_NAME_MAX bytes. False with a sentence: the name or a port is
 * taken, both ends are the same, or Ethernet meets serial. */
bool relay_link_add (
    Relay *relay, const char *name, RelayPort *a, RelayPort *b, bool plugged, RelayError *error);
/* Frames that it keeps back are dropped. The ports stay. */
void relay_link_remove (Relay *relay, RelayLink *link);
/* Tells both ends if it changes: their lines go up or down. */
void relay_link_plug (Relay *relay, RelayLink *link, bool plugged);
/* The link at a port, if there is a port and a link. */
void relay_link_remove_at (Relay *relay, RelayPort *port);
bool relay_link_is_serial (const RelayLink *link);
bool relay_link_end_is_serial (const RelayPort *port);

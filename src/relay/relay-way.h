/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-capture.h"
#include "relay-line.h"
#include "relay-recorder.h"

typedef struct RelayTapList RelayTapList;

/* What frames meet that leave a port over its link, beyond the cable. Ports whose links have nothing
 * of that have none, and that is all it costs them. */
struct RelayWay
{
  RelayLine *line;        /* impairments; NULL: none */
  RelayTapList *sent;     /* captures at the port… */
  RelayTapList *received; /* …and at its peer */
  RelayRecord *record;    /* of the flight recorder, in which the port is… */
  unsigned record_end;    /* …this end */
};

/* Makes the port's way what its link and the captures say. */
void relay_way_update (Relay *relay, RelayPort *port);
void relay_way_free (RelayPort *port);

/* A frame leaves the port. False: it goes on at once, as it is. */
bool relay_way_take_datagram (
    Relay *relay, RelayPort *port, const uint8_t *datagram, unsigned length);
bool relay_way_take_frame (
    Relay *relay, RelayPort *port, const RelayFrame *frame, unsigned hops);

/* A frame that left the port reaches the other end. */
void relay_way_received (Relay *relay, RelayPort *from, const uint8_t *data, unsigned length);

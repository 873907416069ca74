/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The order of things on a link: captures at the end that sends, impairments, captures at the end
 * that receives. */

#include "relay-way.h"

#include "relay-link.h"
#include "relay-private.h"

#include <stdlib.h>
#include <string.h>

struct RelayTapList
{
  RelayTapList *next;
  RelayTap *tap;
};

static void
free_list (RelayTapList *list)
{
  while (list != NULL)
    {
      RelayTapList *next = list->next;

      free (list);
      list = next;
    }
}

static RelayTapList *
find_taps (Relay *relay, const RelayPort *port)
{
  char name[RELAY_PORT_NAME_SIZE];
  RelayTapList *list = NULL;

  if (port == NULL || relay->captures.captures == NULL)
    return NULL;
  relay_port_name (port, name);
  for (RelayCapture *capture = relay->captures.captures; capture != NULL; capture = capture->next)
    for (unsigned i = 0; i < capture->n_taps; i++)
      if (capture->writer != NULL && !capture->ending && strcmp (capture->taps[i].end, name) == 0)
        {
          RelayTapList *item = relay_new0 (sizeof *item);

          item->tap = &capture->taps[i];
          item->next = list;
          list = item;
        }
  return list;
}

void
relay_way_update (Relay *relay, RelayPort *port)
{
  RelayLink *link = port->link;
  RelayWay way = {
    .line = link != NULL ? link->lines[port == link->ends[1]] : NULL,
    .sent = link != NULL ? find_taps (relay, port) : NULL,
    .received = link != NULL ? find_taps (relay, link->ends[port == link->ends[0]]) : NULL,
    .record = link != NULL ? link->record : NULL,
    .record_end = link != NULL && (port == link->ends[1]) != link->record_swapped,
  };

  relay_way_free (port);
  if (way.line == NULL && way.sent == NULL && way.received == NULL && way.record == NULL)
    return;
  port->way = relay_new0 (sizeof *port->way);
  *port->way = way;
}

void
relay_way_free (RelayPort *port)
{
  if (port->way == NULL)
    return;
  free_list (port->way->sent);
  free_list (port->way->received);
  free (port->way);
  port->way = NULL;
}

static void
take_down (Relay *relay,
           const RelayTapList *list,
           unsigned direction,
           const uint8_t *data,
           unsigned length)
{
  for (; list != NULL; list = list->next)
    relay_tap_frame (relay, list->tap, direction, data, length);
}

static void
leave (Relay *relay, const RelayWay *way, const uint8_t *data, unsigned length)
{
  take_down (relay, way->sent, RELAY_CAPTURE_OUT, data, length);
  if (way->record != NULL)
    relay_record_frame (way->record, way->record_end, RELAY_CAPTURE_OUT, data, length);
}

/* The recorder has it twice only where it may not be the same. */
static void
arrive (Relay *relay, const RelayWay *way, const uint8_t *data, unsigned length)
{
  take_down (relay, way->received, RELAY_CAPTURE_IN, data, length);
  if (way->record != NULL && way->line != NULL)
    relay_record_frame (way->record, 1 - way->record_end, RELAY_CAPTURE_IN, data, length);
}

bool
relay_way_take_datagram (Relay *relay, RelayPort *port, const uint8_t *datagram, unsigned length)
{
  const RelayWay *way = port->way;
  const uint8_t *data = datagram + IOU_HEADER_SIZE;
  const unsigned size = length - IOU_HEADER_SIZE;

  leave (relay, way, data, size);
  if (way->line != NULL && relay_line_take_datagram (relay, way->line, datagram, length))
    return true;
  arrive (relay, way, data, size);
  return false;
}

bool
relay_way_take_frame (Relay *relay, RelayPort *port, const RelayFrame *frame, unsigned hops)
{
  const RelayWay *way = port->way;
  uint8_t bytes[IOU_MAX_PAYLOAD];
  unsigned size = (unsigned) relay_frame_write (frame, bytes);

  if (size == 0) /* too long with its tag: refused further on */
    return false;
  leave (relay, way, bytes, size);
  if (way->line != NULL && relay_line_take_frame (relay, way->line, bytes, size, hops))
    return true;
  arrive (relay, way, bytes, size);
  return false;
}

void
relay_way_received (Relay *relay, RelayPort *from, const uint8_t *data, unsigned length)
{
  if (from->way != NULL)
    arrive (relay, from->way, data, length);
}

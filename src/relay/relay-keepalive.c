/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layer-1 keepalives.
 *
 * A device sends one a second for each port that is up, and takes a port down when none has come
 * for 10 s. The relay passes each on to the port at the other end, so a peer that is shut down or
 * stopped takes the line down as on real hardware. Where the other end sends none (a switch, a hub,
 * or a device that was started without keepalives and is there), the relay answers each with one:
 * as many as the device sends, none when it is silent, and no timer of our own.
 *
 * Two ends that have both timed out are both silent. So whenever a link is plugged, a device
 * restarted or thawed, both ends are owed one synthetic keepalive; it is sent when both are there,
 * or not at all after 10 s, when a device that comes later starts by itself. While a device is
 * frozen, its peers get keepalives in its name.
 *
 * A line is up while the device sends and gets keepalives. */

#include "relay-keepalive.h"

#include "relay-private.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LIFETIME     (10 * RELAY_NS_PER_S)
#define OWED_EVERY   (200 * RELAY_NS_PER_MS)
#define HELD_EVERY   RELAY_NS_PER_S
#define MOST_AT_ONCE 256

static bool
is_recent (const Relay *relay, uint64_t when)
{
  return when != 0 && relay->loop.now - when < LIFETIME;
}

void
relay_keepalive_update_line (Relay *relay, RelayPort *port)
{
  uint32_t line = RELAY_LINE_DOWN;

  if (port->instance == NULL || !port->instance->keepalives)
    line = RELAY_LINE_UNKNOWN;
  else if (port->peer != NULL && (port->held_up || is_recent (relay, port->last_keepalive)) &&
           (port->held_up || is_recent (relay, port->last_sent)))
    line = RELAY_LINE_UP;
  if (line == RELAY_LINE_UP)
    relay_timer_arm (relay, RELAY_TIMER_LINE, LIFETIME);
  if (port->counters->line != line)
    port->counters->line = line;
}

static int
connect_l1 (RelayInstance *instance)
{
  char name[16];

  snprintf (name, sizeof name, "L1%u", instance->id);
  return relay_socket_connect (instance->dir, "netl1", instance->uid, name);
}

static bool
send_keepalive (Relay *relay, RelayPort *port)
{
  RelayInstance *instance = port->instance;
  uint8_t message[IOU_HEADER_SIZE];

  if (!instance->keepalives || relay->offline)
    return false;
  memcpy (message, port->header, sizeof message);
  message[6] = IOU_TYPE_KEEPALIVE;
  for (unsigned tries = 0; tries < 2; tries++)
    {
      if (instance->l1_tx < 0 && (instance->l1_tx = connect_l1 (instance)) < 0)
        break;
      if (send (instance->l1_tx, message, sizeof message, MSG_DONTWAIT | MSG_NOSIGNAL) > 0)
        {
          port->counters->out_keepalives++;
          port->last_sent = relay->loop.now;
          relay_keepalive_update_line (relay, port);
          return true;
        }
      if (errno == EAGAIN || errno == ENOBUFS)
        return false;
      close (instance->l1_tx);
      instance->l1_tx = -1;
    }
  instance->l1_tx = -1;
  return false;
}

/* Whether a device is there that could answer: one without keepalives says so by its data socket.
 */
static bool
is_there (Relay *relay, RelayPort *port)
{
  RelayInstance *instance = port->instance;

  if (instance == NULL)
    return true;
  if (relay->offline)
    return false;
  if (!instance->keepalives)
    return relay_instance_is_present (instance);
  if (instance->l1_tx >= 0) /* it may be connected to one that has ended */
    close (instance->l1_tx);
  instance->l1_tx = connect_l1 (instance);
  return instance->l1_tx >= 0;
}

static void
take_keepalive (Relay *relay, RelayInstance *instance, const uint8_t *message, size_t length)
{
  int index = length >= IOU_HEADER_SIZE ? relay_instance_port_index (instance, message[4]) : -1;
  RelayPort *port = relay_port_of_instance (relay, instance, index >= 0 ? message[4] : 0);

  if (index < 0 || length != IOU_HEADER_SIZE || message[6] != IOU_TYPE_KEEPALIVE ||
      memcmp (message, instance->expected, sizeof instance->expected) != 0)
    {
      if (port != NULL)
        port->counters->drops[RELAY_DROP_INVALID]++;
      return;
    }
  port->counters->in_keepalives++;
  port->last_keepalive = relay->loop.now;
  if (port->peer != NULL)
    {
      if (port->peer->instance != NULL && port->peer->instance->keepalives)
        send_keepalive (relay, port->peer);
      else if (is_there (relay, port->peer))
        send_keepalive (relay, port);
    }
  relay_keepalive_update_line (relay, port);
}

void
relay_keepalive_readable (Relay *relay, RelayWatch *watch, uint32_t events)
{
  RelayInstance *instance = RELAY_CONTAINER_OF (watch, RelayInstance, l1_rx);
  uint8_t message[IOU_HEADER_SIZE + 1];

  for (unsigned i = 0; i < MOST_AT_ONCE; i++)
    {
      ssize_t n = recv (watch->fd, message, sizeof message, MSG_DONTWAIT);

      if (n < 0)
        break;
      take_keepalive (relay, instance, message, (size_t) n);
    }
}

/* Ports of devices that send keepalives, one after the other; a NULL port starts. */
static RelayPort *
next_port (Relay *relay, unsigned *id, unsigned *index)
{
  for (; *id <= IOU_MAX_ID; (*id)++, *index = 0)
    {
      RelayInstance *instance = relay->instances[*id];

      if (instance != NULL && instance->keepalives)
        while (*index < RELAY_MAX_PORTS)
          if (instance->ports[(*index)++] != NULL)
            return instance->ports[*index - 1];
    }
  return NULL;
}

static void
settle (Relay *relay, RelayPort *port)
{
  port->synthetic = false;
  relay->synthetic_owed--;
}

void
relay_keepalive_owe (Relay *relay, RelayPort *port)
{
  if (port->instance == NULL || !port->instance->keepalives)
    return;
  if (!port->synthetic)
    relay->synthetic_owed++;
  port->synthetic = true;
  port->synthetic_until = relay->loop.now + LIFETIME;
  relay_timer_arm (relay, RELAY_TIMER_SYNTHETIC, 0);
}

void
relay_keepalive_send_owed (Relay *relay)
{
  unsigned id = 1, index = 0;
  RelayPort *port;

  while (relay->synthetic_owed > 0 && (port = next_port (relay, &id, &index)) != NULL)
    if (port->synthetic && (port->peer == NULL || relay->loop.now >= port->synthetic_until ||
                            (is_there (relay, port->peer) && send_keepalive (relay, port))))
      settle (relay, port);
  if (relay->synthetic_owed > 0)
    relay_timer_arm (relay, RELAY_TIMER_SYNTHETIC, OWED_EVERY);
}

void
relay_keepalive_link_changed (Relay *relay, RelayPort *port)
{
  port->last_sent = 0;
  if (port->peer != NULL)
    {
      relay_keepalive_owe (relay, port);
      if (port->held_up)
        relay_timer_arm (relay, RELAY_TIMER_HOLD, HELD_EVERY);
    }
  relay_keepalive_update_line (relay, port);
}

void
relay_keepalive_forget (Relay *relay, RelayInstance *instance)
{
  for (unsigned i = 0; i < RELAY_MAX_PORTS; i++)
    if (instance->ports[i] != NULL)
      {
        instance->ports[i]->last_keepalive = instance->ports[i]->last_sent = 0;
        relay_keepalive_update_line (relay, instance->ports[i]);
      }
}

void
relay_keepalive_hold (Relay *relay, RelayInstance *instance, bool held)
{
  for (unsigned i = 0; i < RELAY_MAX_PORTS; i++)
    {
      RelayPort *port = instance->ports[i];

      if (port == NULL)
        continue;
      port->held_up = held && is_recent (relay, port->last_keepalive);
      if (port->held_up)
        relay_timer_arm (relay, RELAY_TIMER_HOLD, HELD_EVERY);
      if (!held && port->peer != NULL)
        {
          relay_keepalive_owe (relay, port);
          relay_keepalive_owe (relay, port->peer);
        }
      relay_keepalive_update_line (relay, port);
    }
}

void
relay_keepalive_send_held (Relay *relay)
{
  unsigned id = 1, index = 0;
  RelayPort *port;

  while ((port = next_port (relay, &id, &index)) != NULL)
    if (port->held_up && port->peer != NULL && port->peer->instance != NULL)
      {
        send_keepalive (relay, port->peer);
        relay_timer_arm (relay, RELAY_TIMER_HOLD, HELD_EVERY);
      }
}

void
relay_keepalive_check_lines (Relay *relay)
{
  unsigned id = 1, index = 0;
  uint64_t first = UINT64_MAX;
  RelayPort *port;

  while ((port = next_port (relay, &id, &index)) != NULL)
    if (port->counters->line == RELAY_LINE_UP && !port->held_up)
      {
        uint64_t older =
            port->last_keepalive < port->last_sent ? port->last_keepalive : port->last_sent;

        if (!is_recent (relay, older))
          relay_keepalive_update_line (relay, port);
        else if (older < first)
          first = older;
      }
  relay->loop.deadlines[RELAY_TIMER_LINE] = first == UINT64_MAX ? 0 : first + LIFETIME;
}

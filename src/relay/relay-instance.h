/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-loop.h"
#include "relay-port.h"
#include "relay-queue.h"
#include "relay-socket.h"

#include <sys/types.h>

#define RELAY_MAX_PORTS (IOU_MAX_ADAPTERS * IOU_PORTS_PER_ADAPTER)

/* A device process: where its frames come from, and a destination with its queue. */
struct RelayInstance
{
  RelayWatch rx;       /* bound, never connected */
  RelayWatch tx;       /* connected to the device; fd -1 while it is not there */
  uint8_t expected[4]; /* the first bytes of everything it sends: our id, its id */
  uint16_t id, pseudo;
  bool ready;               /* in the list of those to be read */
  bool armed;               /* tx is watched */
  bool stuck;               /* does not read: what does not fit is dropped until it has drained */
  bool held;                /* frozen */
  bool keeps_lines;         /* frames of impaired links are held for it */
  bool congested;           /* in the list of those that make others wait */
  uint8_t ethernet, serial; /* adapters */
  RelayPort *ports[RELAY_MAX_PORTS];

  /* as a destination */
  RelayStage *stage;
  RelayQueue queue;
  uint64_t last_progress; /* it took a frame, or the queue was empty */
  uint64_t last_connect;
  int unread; /* bytes it had not read when we last looked */
  RelayInstance *waiters, *last_waiter, *next_congested;

  /* as a source */
  RelayInstance *next_ready;
  RelayInstance *blocked_on, *next_waiter;
  RelayQueue postponed; /* read, but a destination was full */

  /* layer-1 keepalives */
  bool keepalives;
  RelayWatch l1_rx;
  int l1_tx;

  uid_t uid;
  char *dir;
  RelaySocketPlace place, l1_place;
  int lock_fd;
};

typedef struct
{
  unsigned id, pseudo, ethernet, serial;
  bool keepalives;
  uid_t uid;
  const char *dir;
} RelayInstanceConfig;

/* `id` is free, and all numbers within their limits: the command has looked. Makes the sockets of
 * the contract in `dir`, which is copied; the device need not run yet. The relay's; NULL with a
 * sentence. */
RelayInstance *
relay_instance_add (Relay *relay, const RelayInstanceConfig *config, RelayError *error);
/* Its links have gone before. Removes the sockets' files; what waits for it or from it is
 * dropped. */
void relay_instance_remove (Relay *relay, RelayInstance *instance);

/* The device was started anew: forget the connection and what waits for the old process. */
void relay_instance_restarted (Relay *relay, RelayInstance *instance);

/* Makes sure tx is connected; false if the device is not there. Tries at most every few ms. */
bool relay_instance_connect (Relay *relay, RelayInstance *instance);
void relay_instance_disconnect (Relay *relay, RelayInstance *instance);

/* The device reads again, or is gone. */
void relay_instance_writable (Relay *relay, RelayWatch *watch, uint32_t events);

/* Frozen, or thawed: while it is, keepalives go to its peers in its name. */
void relay_instance_hold (Relay *relay, RelayInstance *instance, bool held);

/* Whether the device has its data socket bound now. */
bool relay_instance_is_present (RelayInstance *instance);

/* 0..63 for a valid port byte of this instance, else -1. */
static inline int
relay_instance_port_index (const RelayInstance *instance, uint8_t number)
{
  unsigned bay = IOU_PORT_BAY (number), unit = IOU_PORT_UNIT (number);

  if (unit > IOU_MAX_UNIT || bay >= (unsigned) instance->ethernet + instance->serial)
    return -1;
  return (int) (bay * IOU_PORTS_PER_ADAPTER + unit);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Counters of the relay in shared memory. The relay is the only writer; readers map the file
 * read-only and load each field once, relaxed: reading costs the relay nothing. Plain C; this is
 * the only header of relay/ that other rooms (bus, engine, client, ctl) may use. */

#include <stdint.h>

#define RELAY_COUNTERS_MAGIC   0x4c57524cu /* "LWRL" */
#define RELAY_COUNTERS_VERSION 2

/* Why a frame was dropped on its way out of, or in at, a port. */
enum
{
  RELAY_DROP_UNLINKED,  /* in: the port has no link */
  RELAY_DROP_UNPLUGGED, /* in: its link is unplugged */
  RELAY_DROP_PEER_GONE, /* out: the instance does not run */
  RELAY_DROP_QUEUE,     /* out: the instance runs but does not read: its queue stayed full */
  RELAY_DROP_INVALID,   /* in: wrong id, port, type or length */
  RELAY_DROP_TRUNCATED, /* in: larger than 4096 bytes */
  RELAY_DROP_VLAN,      /* VLAN or DLCI not allowed on the port */
  RELAY_DROP_LOOP,      /* built-in devices: the frame or its copies went round in a loop */
  RELAY_DROP_IMPAIRED,  /* in: impairments of the link, whatever they are */
  RELAY_DROP_REASONS
};

/* The line of a port as layer-1 keepalives show it. */
enum
{
  RELAY_LINE_UNKNOWN, /* no keepalives here (not asked for, or a built-in device) */
  RELAY_LINE_UP,      /* the device sent a keepalive within 10 s and the peer's reach it */
  RELAY_LINE_DOWN     /* unlinked, unplugged, or one of the two ends is silent */
};

/* One port. `in` is from the device to the relay, `out` from the relay to the device; for a port of
 * a switch or hub that is what it sends and what it gets. Switches and hubs have a slot for each of
 * their ports; a port of an instance has one from its first link, frame or question on. */
typedef struct
{
  uint32_t serial; /* 0: slot free; changes each time a slot is given out again */
  uint32_t id;     /* instance id, or 0 for a port of a built-in device */
  char device[24]; /* built-in device name, NUL-terminated; empty for an instance */
  uint32_t port;   /* packed port byte of an instance, or port number of a device */
  uint32_t line;   /* RELAY_LINE_… */
  uint64_t in_frames, in_bytes;
  uint64_t out_frames, out_bytes;
  uint64_t drops[RELAY_DROP_REASONS];
  uint64_t queue;     /* frames waiting now to go out */
  uint64_t queue_max; /* highest seen */
  uint64_t in_keepalives, out_keepalives;
} RelayPortCounters;

typedef struct
{
  uint32_t magic, version;
  uint32_t header_size, slot_size;
  uint32_t n_slots; /* slots in the file; may grow: map again when it did */
  uint32_t pid;
  uint64_t wakeups; /* returns of epoll_wait */
  uint64_t reserved[5];
} RelayCountersHeader; /* followed by n_slots RelayPortCounters */

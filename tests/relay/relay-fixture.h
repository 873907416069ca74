/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A real labwright-relay in a folder of its own, its control socket, and peers that speak netio. */

#include "iou-frame.h"
#include "relay-counters.h"

#include <glib.h>

#define PSEUDO    1024
#define BROADCAST "\xff\xff\xff\xff\xff\xff"
#define SHORT     150000  /* microseconds: nothing more is coming */
#define LONG      5000000 /* something must come */

typedef struct
{
  char *dir;
  GPid pid; /* 0: not running */
  int control;
  int watch; /* our end of the pipe of --watch-fd */
  GString *input;
  GPtrArray *details; /* the "- " lines of the last answer */
} Fixture;

typedef struct
{
  Fixture *fixture;
  guint id, pseudo;
  char *dir;
  int fd;
  int l1; /* -1: none */
} Peer;

Fixture *fixture_new (void); /* the folder only */
void fixture_free (Fixture *fixture);
char *fixture_path (Fixture *fixture, const char *name);

/* Starts the relay; `extra` are more arguments, or NULL. */
void fixture_start (Fixture *fixture, const char *const *extra);
void fixture_kill (Fixture *fixture, int signal); /* and waits */
Fixture *fixture_new_started (void);

/* The last line of the answer. */
char *fixture_command (Fixture *fixture, const char *format, ...) G_GNUC_PRINTF (2, 3);
void fixture_ok (Fixture *fixture, const char *format, ...) G_GNUC_PRINTF (2, 3);
void fixture_refused (Fixture *fixture, const char *reason, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
int fixture_connect (Fixture *fixture);
char *fixture_read_line (int fd, GString *input, gint64 patience); /* NULL: none, or at the end */

/* A number out of "port END" or "stats" (END NULL). */
guint64 fixture_value (Fixture *fixture, const char *end, const char *key);
char *fixture_word (Fixture *fixture, const char *end, const char *key);
/* Waits until it is at least that. */
void fixture_wait_value (Fixture *fixture, const char *end, const char *key, guint64 least);

/* Adds the instance and binds its sockets. `options` go behind "instance add". */
Peer *peer_new (Fixture *fixture, guint id, const char *options);
void peer_free (Peer *peer);
void peer_bind (Peer *peer); /* as a device does when it starts */
void peer_unbind (Peer *peer);

/* Blocks like a device. */
void peer_send (Peer *peer, guint port, gconstpointer data, gsize length);
void peer_send_raw (Peer *peer, gconstpointer data, gsize length);
/* The payload, after a look at the header; NULL if none comes in time. */
GBytes *peer_receive (Peer *peer, guint port, gint64 patience);
void peer_assert_receives (Peer *peer, guint port, gconstpointer data, gsize length);
void peer_assert_silent (Peer *peer);

void peer_send_keepalive (Peer *peer, guint port);
/* How many come within the time. */
guint peer_count_keepalives (Peer *peer, guint port, gint64 time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

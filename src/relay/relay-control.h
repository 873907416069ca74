/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-loop.h"
#include "relay-reply.h"
#include "relay-util.h"

typedef struct RelayClient RelayClient;

typedef struct
{
  RelayWatch listener;
  RelayClient *clients;
  unsigned n_clients;
  char *path;
  int spare_fd; /* given up for a moment to refuse a client when descriptors have run out */
  bool pending; /* some client has a whole command that was not looked at yet */
} RelayControl;

/* Makes the socket at `path`, which is copied. False with a sentence. */
bool relay_control_listen (Relay *relay, const char *path, RelayError *error);
/* Says to the clients what is still to be said, drops them, and removes the socket's file.
 * Harmless where nothing listens. */
void relay_control_close (Relay *relay);

/* A turn for clients that have more commands. */
void relay_control_run (Relay *relay);

/* The client whose answers go there is told from now on what happens, in lines that begin with "! ".
 * False: it is no client. */
bool relay_control_watch (Relay *relay, const RelayReply *reply);
void relay_control_tell (Relay *relay, const char *format, ...)
    __attribute__ ((format (printf, 2, 3)));

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A relay that targets feed frames to. */

#include "relay-command.h"
#include "relay-private.h"

#include <stdio.h>
#include <stdlib.h>

/* One that opens no socket and has done @commands, each of which must succeed. */
static inline Relay *
fuzz_relay_new (const char *const *commands, size_t n)
{
  RelayError error;
  Relay *relay = relay_new (NULL, &error);
  char line[128];

  if (relay == NULL)
    abort ();
  relay->offline = true;
  for (size_t i = 0; i < n; i++)
    {
      RelayReply reply = { 0 };

      snprintf (line, sizeof line, "%s", commands[i]);
      if (!relay_command_run (relay, line, &reply))
        abort ();
      relay_reply_clear (&reply);
    }
  return relay;
}

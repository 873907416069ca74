/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-private.h"

#include "relay-device.h"
#include "relay-link.h"

#include <stdlib.h>

Relay *
relay_new (const char *counters_path, RelayError *error)
{
  Relay *relay = relay_new0 (sizeof *relay);

  relay->loop.epoll_fd = -1;
  relay->control.listener.fd = -1;
  relay->pool.limit = RELAY_POOL_LIMIT;
  relay_lines_init (relay);
  relay_output_init (relay);
  relay_forward_init (relay);
  if (relay_counter_file_open (&relay->counters, counters_path, error))
    {
      if (relay_loop_open (relay))
        return relay;
      relay_error_set (error, "cannot make an epoll descriptor");
    }
  relay_free (relay);
  return NULL;
}

void
relay_reset (Relay *relay)
{
  RelayTableNode *node;
  RelayCapture *next;

  for (RelayCapture *capture = relay->captures.captures; capture != NULL; capture = next)
    {
      next = capture->next;
      relay_capture_end (relay, capture);
    }
  while ((node = relay_table_next (&relay->links, NULL)) != NULL)
    relay_link_remove (relay, RELAY_CONTAINER_OF (node, RelayLink, node));
  while ((node = relay_table_next (&relay->devices, NULL)) != NULL)
    relay_device_remove (relay, RELAY_CONTAINER_OF (node, RelayDevice, node));
  for (unsigned id = 1; id <= IOU_MAX_ID; id++)
    if (relay->instances[id] != NULL)
      relay_instance_remove (relay, relay->instances[id]);
  relay_recorder_clear (relay);
}

void
relay_free (Relay *relay)
{
  relay_reset (relay);
  relay_control_close (relay);
  relay_lines_clear (relay);
  relay_captures_clear (relay);
  relay_recorder_abandon_saves (relay);
  relay_loop_close (relay);
  relay_counter_file_close (&relay->counters);
  relay_forward_clear (relay);
  relay_output_clear (relay);
  relay_pool_clear (&relay->pool);
  free (relay);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames from a router into a Frame Relay switch: the first byte of each piece of input says how
 * long it is. What comes back must be answers, each well made and no more than there were
 * questions; what goes on must have a DLCI that is mapped. */

#include "fuzz-relay.h"
#include "relay-frame-relay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const char *const commands[] = {
  "frame-relay add f ports=3",
  "frame-relay add g ports=2",
  "frame-relay map f 0:16 1:1007",
  "frame-relay map f 0:102 1:201",
  "frame-relay map f 0:103 2:301",
  "frame-relay map f 0:104 0:105",
  "link add a f:1 g:0",
  "frame-relay map g 0:201 1:500",
};

/* The elements of an answer must fill it exactly. */
static void
check_answer (const RelayBlock *block, RelayLmiType type)
{
  size_t at = type == RELAY_LMI_ANSI ? 7 : 6;

  if (block->length <= at || block->data[2] != 0x03 || block->data[5] != 0x7d ||
      (type == RELAY_LMI_ANSI) != (block->data[6] == 0x95))
    abort ();
  while (at + 2 <= block->length)
    at += 2u + block->data[at + 1];
  if (at != block->length)
    abort ();
}

static void
send_one (Relay *relay, const uint8_t *data, size_t size)
{
  RelayDevice *device = relay_device_find (relay, "f");
  const RelayFrPort *port = relay_frame_relay_port (&device->ports[0]);
  uint8_t *frame = malloc (size); /* its own, so that a read past it is seen */
  uint64_t before = port->enquiries;
  RelayBlock *block;

  memcpy (frame, data, size);
  relay_device_input (relay, &device->ports[0], frame, (uint16_t) size);
  if (device->brought.count != port->enquiries - before)
    abort ();
  while ((block = relay_queue_pop (&device->brought)) != NULL)
    {
      check_answer (block, port->lmi);
      relay_pool_give (&relay->pool, block);
    }
  free (frame);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Relay *relay = fuzz_relay_new (commands, RELAY_N_ELEMENTS (commands));

  while (size > 1)
    {
      size_t length = *data & 0x7f;

      data++, size--;
      if (length > size)
        length = size;
      if (length > 0)
        send_one (relay, data, length);
      data += length;
      size -= length;
    }
  relay_free (relay);
  return 0;
}

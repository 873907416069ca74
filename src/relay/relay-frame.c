/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A frame as it leaves: with the tag it should have. */

#include "relay-frame.h"

#include "iou-frame.h"

#include <string.h>

size_t
relay_frame_write_start (const RelayFrame *frame, uint8_t *bytes)
{
  size_t length = 2 * RELAY_MAC_SIZE;

  if (frame->original)
    return 0;
  memcpy (bytes, frame->data, length);
  if (frame->tagged)
    {
      bytes[length++] = RELAY_TPID >> 8;
      bytes[length++] = RELAY_TPID & 0xff;
      bytes[length++] = (uint8_t) (frame->tci >> 8);
      bytes[length++] = (uint8_t) frame->tci;
    }
  return length;
}

size_t
relay_frame_write (const RelayFrame *frame, uint8_t *bytes)
{
  size_t skip = frame->original ? 0 : frame->rest;
  size_t start = relay_frame_write_start (frame, bytes);

  if (start + frame->length - skip > IOU_MAX_PAYLOAD)
    return 0;
  memcpy (bytes + start, frame->data + skip, frame->length - skip);
  return start + frame->length - skip;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A block is its type, its length, what it holds, and its length again, all in multiples of four
 * bytes. Behind the fixed fields there may be options: code, length, bytes, and a code 0 at the
 * end.
 *
 *   section header (0x0a0d0d0a): byte order, version 1.0, length of the section (-1: not known)
 *   interface (1): link type, snapshot length; name (2), filter (11), resolution of times (9)
 *   frame (6): interface, time in two halves, bytes kept, bytes there were; the bytes; flags (2)
 *   statistics (5): interface, time; frames received (4), frames dropped (5) */

#include "relay-pcapng.h"

#include <string.h>

#define SECTION      0x0a0d0d0au
#define INTERFACE    1u
#define STATISTICS   5u
#define BYTE_ORDER_1 0x1a2b3c4du
#define FRAME_FIXED  28u /* before the bytes */
#define FRAME_REST   16u /* behind them: flags, end of options, length */
#define LONGEST_TEXT 255u

static uint8_t *
put16 (uint8_t *out, unsigned value)
{
  const uint16_t bits = (uint16_t) value;

  memcpy (out, &bits, sizeof bits);
  return out + sizeof bits;
}

static uint8_t *
put32 (uint8_t *out, uint32_t value)
{
  memcpy (out, &value, sizeof value);
  return out + sizeof value;
}

/* Bytes, and zeros up to the next multiple of four. */
static uint8_t *
put_padded (uint8_t *out, const void *data, size_t length)
{
  static const uint8_t zeros[4];

  memcpy (out, data, length);
  memcpy (out + length, zeros, -length & 3);
  return out + ((length + 3) & ~(size_t) 3);
}

static uint8_t *
put_option (uint8_t *out, unsigned code, const void *data, size_t length)
{
  out = put16 (out, code);
  out = put16 (out, (unsigned) length);
  return put_padded (out, data, length);
}

static uint8_t *
put_time (uint8_t *out, uint64_t time)
{
  out = put32 (out, (uint32_t) (time >> 32));
  return put32 (out, (uint32_t) time);
}

/* The length in front and behind. */
static size_t
finish (uint8_t *block, uint8_t *end)
{
  const uint32_t length = (uint32_t) (end - block) + 4;

  put32 (block + 4, length);
  put32 (end, length);
  return length;
}

size_t
relay_pcapng_write_section (uint8_t *out)
{
  static const char program[] = "Labwright";
  static const uint8_t unknown[8] = { 255, 255, 255, 255, 255, 255, 255, 255 };
  uint8_t *end = put32 (put32 (out, SECTION) + 4, BYTE_ORDER_1);

  end = put16 (put16 (end, 1), 0);
  end = put_padded (end, unknown, sizeof unknown);
  end = put_option (end, 4, program, sizeof program - 1);
  return finish (out, put32 (end, 0));
}

size_t
relay_pcapng_write_interface (
    uint8_t *out, unsigned link_type, unsigned snap, const char *name, const char *filter)
{
  static const uint8_t nanoseconds = 9;
  uint8_t text[1 + LONGEST_TEXT] = { 0 }; /* 0: as tcpdump writes filters */
  uint8_t *end = put32 (out, INTERFACE) + 4;

  end = put32 (put16 (put16 (end, link_type), 0), snap);
  end = put_option (end, 2, name, strnlen (name, LONGEST_TEXT));
  end = put_option (end, 9, &nanoseconds, 1);
  if (filter != NULL)
    {
      size_t length = strnlen (filter, LONGEST_TEXT);

      memcpy (text + 1, filter, length);
      end = put_option (end, 11, text, 1 + length);
    }
  return finish (out, put32 (end, 0));
}

size_t
relay_pcapng_write_statistics (
    uint8_t *out, unsigned interface, uint64_t time, uint64_t received, uint64_t dropped)
{
  uint8_t *end = put_time (put32 (put32 (out, STATISTICS) + 4, interface), time);

  end = put_option (end, 4, &received, sizeof received);
  end = put_option (end, 5, &dropped, sizeof dropped);
  return finish (out, put32 (end, 0));
}

size_t
relay_pcapng_frame_size (unsigned kept)
{
  return FRAME_FIXED + ((kept + 3u) & ~3u) + FRAME_REST;
}

void
relay_pcapng_write_frame (uint8_t *out,
                          unsigned interface,
                          uint64_t time,
                          unsigned flags,
                          const uint8_t *data,
                          unsigned kept,
                          unsigned length)
{
  const uint32_t bits = flags;
  uint8_t *end = put_time (put32 (put32 (out, RELAY_PCAPNG_FRAME) + 4, interface), time);

  end = put32 (put32 (end, kept), length);
  end = put_padded (end, data, kept);
  end = put_option (end, 2, &bits, sizeof bits);
  finish (out, put32 (end, 0));
}

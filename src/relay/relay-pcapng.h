/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Blocks of a pcapng file (draft-ietf-opsawg-pcapng), in this machine's byte order, which the first
 * block tells. */

#include <stddef.h>
#include <stdint.h>

#define RELAY_PCAPNG_HEAD_MAX 256                /* section header */
#define RELAY_PCAPNG_INTERFACE_MAX 1024          /* an interface description */
#define RELAY_PCAPNG_STATISTICS_SIZE 72
#define RELAY_PCAPNG_FRAME 6u                    /* the type of a frame's block */

/* Each returns the length of what it wrote. */
size_t relay_pcapng_write_section (uint8_t *out);
size_t relay_pcapng_write_interface (
    uint8_t *out, unsigned link_type, unsigned snap, const char *name, const char *filter);
/* Times are nanoseconds since 1970. */
size_t relay_pcapng_write_statistics (
    uint8_t *out, unsigned interface, uint64_t time, uint64_t received, uint64_t dropped);

/* How long a frame's block is of which `kept` bytes are kept. */
size_t relay_pcapng_frame_size (unsigned kept);
/* `flags`: 1 inbound, 2 outbound. */
void relay_pcapng_write_frame (uint8_t *out,
                               unsigned interface,
                               uint64_t time,
                               unsigned flags,
                               const uint8_t *data,
                               unsigned kept,
                               unsigned length);

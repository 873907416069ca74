/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RELAY_NS_PER_MS UINT64_C (1000000)
#define RELAY_NS_PER_S  UINT64_C (1000000000)

#define RELAY_CONTAINER_OF(pointer, type, member)                                                  \
  ((type *) (void *) ((char *) (pointer) -offsetof (type, member)))
#define RELAY_N_ELEMENTS(array) (sizeof (array) / sizeof ((array)[0]))

/* A sentence for the person who gave the command. */
typedef struct
{
  char text[512];
} RelayError;

/* Always false, so that a function can return it. Cut off at the size of `text`. */
bool relay_error_set (RelayError *error, const char *format, ...)
    __attribute__ ((format (printf, 2, 3)));

/* Never return NULL: a relay that cannot get memory for a command ends with a message. */
void *relay_new0 (size_t size);
void *relay_resize (void *memory, size_t size);
char *relay_strdup (const char *text);

/* CLOCK_MONOTONIC in nanoseconds. */
uint64_t relay_clock (void);
/* Nanoseconds since 1970. */
uint64_t relay_wall_clock (void);

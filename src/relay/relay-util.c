/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small helpers that plain C leaves to everybody: checked allocation, an error sentence, a clock.
 */

#include "relay-util.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool
relay_error_set (RelayError *error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  vsnprintf (error->text, sizeof error->text, format, args);
  va_end (args);
  return false;
}

static void *
check_memory (void *memory)
{
  if (memory == NULL)
    {
      fputs ("labwright-relay: out of memory\n", stderr);
      exit (1);
    }
  return memory;
}

void *
relay_new0 (size_t size)
{
  return check_memory (calloc (1, size));
}

void *
relay_resize (void *memory, size_t size)
{
  return check_memory (realloc (memory, size));
}

char *
relay_strdup (const char *text)
{
  return check_memory (strdup (text));
}

uint64_t
relay_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (uint64_t) now.tv_sec * RELAY_NS_PER_S + (uint64_t) now.tv_nsec;
}

uint64_t
relay_wall_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  return (uint64_t) now.tv_sec * RELAY_NS_PER_S + (uint64_t) now.tv_nsec;
}

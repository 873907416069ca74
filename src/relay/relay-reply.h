/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Answers on their way to somebody. */
typedef struct
{
  char *text;
  size_t length, size, sent;
} RelayReply;

/* Appends a line. */
void relay_reply_line (RelayReply *reply, const char *format, ...)
    __attribute__ ((format (printf, 2, 3)));
void relay_reply_clear (RelayReply *reply);

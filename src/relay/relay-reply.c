/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-reply.h"

#include "relay-util.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void
relay_reply_line (RelayReply *reply, const char *format, ...)
{
  va_list args;
  int length;

  va_start (args, format);
  length = vsnprintf (NULL, 0, format, args);
  va_end (args);
  if (length < 0)
    return;
  if (reply->length + (size_t) length + 2 > reply->size)
    {
      reply->size = 2 * reply->size + (size_t) length + 256;
      reply->text = relay_resize (reply->text, reply->size);
    }
  va_start (args, format);
  vsnprintf (reply->text + reply->length, (size_t) length + 1, format, args);
  va_end (args);
  reply->length += (size_t) length;
  reply->text[reply->length++] = '\n';
}

void
relay_reply_clear (RelayReply *reply)
{
  free (reply->text);
  *reply = (RelayReply){ 0 };
}

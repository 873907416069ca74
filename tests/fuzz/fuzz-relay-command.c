/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Command lines for a relay whose instances have no sockets, so that no path in them is touched.
 * Each line must get exactly one last line of an answer. */

#include "relay-command.h"
#include "relay-private.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_answer (const RelayReply *reply, bool done)
{
  const char *line = reply->text, *end = reply->text + reply->length;

  if (reply->length == 0 || end[-1] != '\n')
    abort ();
  while (strncmp (line, "- ", 2) == 0)
    {
      line = memchr (line, '\n', (size_t) (end - line));
      if (line == NULL || ++line == end)
        abort ();
    }
  if (strncmp (line, done ? "ok" : "error ", done ? 2 : 6) != 0 ||
      memchr (line, '\n', (size_t) (end - line)) != end - 1)
    abort ();
}

static void
run_line (Relay *relay, const uint8_t *data, size_t size)
{
  char line[RELAY_COMMAND_MAX];
  RelayReply reply = { 0 };
  bool done;

  if (size >= sizeof line || memchr (data, '\0', size) != NULL)
    return;
  memcpy (line, data, size);
  line[size] = '\0';
  done = relay_command_run (relay, line, &reply);
  check_answer (&reply, done);
  relay_reply_clear (&reply);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RelayError error;
  Relay *relay = relay_new (NULL, &error);

  if (relay == NULL)
    abort ();
  relay->offline = true;
  while (size > 0)
    {
      const uint8_t *end = memchr (data, '\n', size);
      size_t length = end != NULL ? (size_t) (end - data) : size;

      run_line (relay, data, length);
      size -= end != NULL ? length + 1 : length;
      data += end != NULL ? length + 1 : length;
    }
  relay_free (relay);
  return 0;
}

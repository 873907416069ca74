/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-command-capture.h"

#include "relay-capture.h"
#include "relay-command.h"
#include "relay-link.h"
#include "relay-private.h"
#include "relay-words.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIN_SIZE 65536u
#define MAX_SNAP 65535u

typedef struct
{
  RelayCaptureFile file;
  unsigned snap, link_type; /* 0: what each frame is */
  char filter[RELAY_COMMAND_MAX];
} Wanted;

/* END or END=TITLE */
static bool
add_tap (Relay *relay, RelayCapture *capture, char *word, RelayError *error)
{
  char *title = strchr (word, '=');
  RelayTap *tap = &capture->taps[capture->n_taps];
  RelayPort *port;

  if (capture->n_taps == RELAY_CAPTURE_MAX_TAPS)
    return relay_error_set (error, "a capture has %d ports at most", RELAY_CAPTURE_MAX_TAPS);
  if (title != NULL)
    *title++ = '\0';
  port = relay_port_parse (relay, word, error);
  if (port == NULL)
    return false;
  relay_port_name (port, tap->end);
  if (title != NULL)
    relay_word_decode (title);
  snprintf (tap->title, sizeof tap->title, "%s",
            title != NULL && *title != '\0' ? title : tap->end);
  tap->capture = capture;
  relay_tap_set_kinds (tap, relay_link_end_is_serial (port), 0);
  capture->n_taps++;
  return true;
}

static void
join (char *text, size_t size, const char *first, char **words, unsigned count)
{
  size_t length = (size_t) snprintf (text, size, "%s", first);

  for (unsigned i = 0; i < count && length < size; i++)
    length += (size_t) snprintf (text + length, size - length, " %s", words[i]);
}

static bool
read_option (Wanted *wanted, char *word, RelayError *error)
{
  const char *value;
  unsigned size;

  if ((value = relay_word_value (word, "file")) != NULL)
    {
      relay_word_decode (word);
      wanted->file.path = value;
      return true;
    }
  if ((value = relay_word_value (word, "size")) != NULL)
    {
      if (!relay_word_number (value, "size", MIN_SIZE, UINT32_MAX, &size, error))
        return false;
      wanted->file.size = size;
      return true;
    }
  if ((value = relay_word_value (word, "files")) != NULL)
    return relay_word_number (value, "files", 1, 10000, &wanted->file.files, error);
  if ((value = relay_word_value (word, "snap")) != NULL)
    return relay_word_number (value, "snap", 16, MAX_SNAP, &wanted->snap, error);
  if ((value = relay_word_value (word, "seconds")) != NULL)
    return relay_word_number (value, "seconds", 1, 86400, &wanted->file.seconds, error);
  value = relay_word_value (word, "encapsulation");
  if (strcmp (value, "auto") == 0)
    return true;
  return relay_link_type_read (value, &wanted->link_type, error);
}

static bool
is_option (const char *word)
{
  static const char *const keys[] = { "file", "size", "seconds", "files", "snap", "encapsulation" };

  for (size_t i = 0; i < RELAY_N_ELEMENTS (keys); i++)
    if (relay_word_value (word, keys[i]) != NULL)
      return true;
  return false;
}

static bool
read_words (Relay *relay,
            RelayCapture *capture,
            Wanted *wanted,
            char **words,
            unsigned count,
            RelayError *error)
{
  for (unsigned i = 0; i < count; i++)
    {
      const char *filter = relay_word_value (words[i], "filter");

      if (filter != NULL)
        {
          join (wanted->filter, sizeof wanted->filter, filter, words + i + 1, count - i - 1);
          break;
        }
      if (is_option (words[i]) ? !read_option (wanted, words[i], error)
                               : !add_tap (relay, capture, words[i], error))
        return false;
    }
  if (wanted->file.path == NULL || wanted->file.path[0] != '/')
    return relay_error_set (error, "a capture needs file=PATH, from the root");
  if (capture->n_taps == 0)
    return relay_error_set (error, "a capture needs a port");
  if (wanted->file.files > 0 && wanted->file.size == 0 && wanted->file.seconds == 0)
    return relay_error_set (error,
                            "files= is about files of some size or time: say size= or seconds= as "
                            "well");
  return true;
}

/* Of each kind that the expression makes sense for; there must be one. */
static bool
set_filters (RelayTap *tap, const char *text, RelayError *error)
{
  bool any = false;

  for (unsigned i = 0; i < tap->n_kinds; i++)
    {
      tap->kinds[i].filter = relay_filter_new (text, tap->kinds[i].link_type, error);
      any |= tap->kinds[i].filter != NULL;
    }
  return any;
}

/* An encapsulation is that of serial ports; Ethernet ports have theirs. */
static bool
complete (RelayCapture *capture, const Wanted *wanted, RelayError *error)
{
  capture->snap = wanted->snap > 0 ? wanted->snap : MAX_SNAP;
  capture->filtered = wanted->filter[0] != '\0';
  for (unsigned i = 0; i < capture->n_taps; i++)
    {
      RelayTap *tap = &capture->taps[i];

      if (wanted->link_type != 0 && tap->kinds[0].link_type != RELAY_LINKTYPE_ETHERNET)
        relay_tap_set_kinds (tap, true, wanted->link_type);
      if (capture->filtered && !set_filters (tap, wanted->filter, error))
        return false;
    }
  return true;
}

bool
relay_command_capture_add (RelayCommandContext *context, char **words, unsigned count)
{
  Relay *relay = context->relay;
  RelayCapture *capture;
  Wanted wanted = { 0 };

  if (!relay_word_is_link_name (words[0], &context->error))
    return false;
  if (relay_capture_find (relay, words[0]) != NULL)
    return relay_error_set (&context->error, "there is a capture %s already: remove it first",
                            words[0]);
  if (relay->captures.count >= RELAY_CAPTURE_MAX)
    return relay_error_set (&context->error, "there are %d captures: remove one first",
                            RELAY_CAPTURE_MAX);
  capture = relay_new0 (sizeof *capture);
  snprintf (capture->name, sizeof capture->name, "%s", words[0]);
  if (!read_words (relay, capture, &wanted, words + 1, count - 1, &context->error) ||
      !complete (capture, &wanted, &context->error))
    {
      relay_capture_free (capture);
      return false;
    }
  return relay_capture_start (relay, capture, &wanted.file, &context->error);
}

bool
relay_command_capture_remove (RelayCommandContext *context, char **words, unsigned count)
{
  RelayCapture *capture = relay_capture_find (context->relay, words[0]);

  if (capture == NULL)
    return relay_error_set (&context->error, "there is no capture \"%.70s\"", words[0]);
  relay_capture_end (context->relay, capture);
  return true;
}

void
relay_report_captures (RelayCommandContext *context)
{
  for (RelayCapture *capture = context->relay->captures.captures; capture != NULL;
       capture = capture->next)
    {
      uint64_t frames = 0, dropped = 0;

      for (unsigned i = 0; i < capture->n_taps; i++)
        {
          frames += relay_tap_frames (&capture->taps[i]);
          dropped += relay_tap_dropped (&capture->taps[i]);
        }
      relay_reply_line (
          context->reply,
          "- %s state=%s ports=%u frames=%" PRIu64 " dropped=%" PRIu64 " bytes=%" PRIu64 "%s%s",
          capture->name,
          capture->writer == NULL ? "failed"
          : capture->ending       ? "ending"
                                  : "running",
          capture->n_taps, frames, dropped,
          capture->writer != NULL ? relay_capture_writer_written (capture->writer) : 0,
          capture->writer == NULL ? " reason=" : "",
          capture->writer == NULL ? strerror (capture->error) : "");
    }
}

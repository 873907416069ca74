/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-command-record.h"

#include "relay-command.h"
#include "relay-private.h"
#include "relay-recorder.h"
#include "relay-words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool
relay_command_record_on (RelayCommandContext *context, char **words, unsigned count)
{
  const char *value = relay_word_value (words[0], "size");
  unsigned size;

  if (value == NULL)
    return relay_error_set (&context->error, "the recorder needs size=BYTES, of each link");
  if (!relay_word_number (value, "size", RELAY_RECORD_MIN_SIZE, RELAY_RECORD_MAX_SIZE, &size,
                          &context->error))
    return false;
  relay_recorder_set (context->relay, size);
  return true;
}

bool
relay_command_record_off (RelayCommandContext *context, char **words, unsigned count)
{
  relay_recorder_clear (context->relay);
  return true;
}

static bool
check_on (RelayCommandContext *context)
{
  return context->relay->recorder.size > 0 ||
         relay_error_set (&context->error, "the flight recorder is off");
}

static bool
set_title (RelayCommandContext *context, char *word)
{
  char *title = strchr (word, '=');
  RelayRecord *record;
  unsigned end;

  if (title == NULL)
    return relay_error_set (&context->error, "a title is END=TITLE, not \"%.40s\"", word);
  *title++ = '\0';
  record = relay_recorder_find (context->relay, word);
  if (record == NULL)
    return relay_error_set (&context->error, "nothing is recorded at \"%.40s\"", word);
  end = strcmp (record->ends[0], word) == 0 ? 0 : 1;
  relay_word_decode (title);
  snprintf (record->titles[end], sizeof record->titles[end], "%s", title);
  return true;
}

bool
relay_command_record_title (RelayCommandContext *context, char **words, unsigned count)
{
  if (!check_on (context))
    return false;
  for (unsigned i = 0; i < count; i++)
    if (!set_title (context, words[i]))
      return false;
  return true;
}

bool
relay_command_record_save (RelayCommandContext *context, char **words, unsigned count)
{
  const char *path = relay_word_value (words[1], "file");

  if (!check_on (context) || !relay_word_is_link_name (words[0], &context->error))
    return false;
  if (context->relay->offline)
    return relay_error_set (&context->error, "there are no files here");
  if (path == NULL)
    return relay_error_set (&context->error, "a recording needs file=PATH, from the root");
  relay_word_decode (words[1]);
  if (path[0] != '/')
    return relay_error_set (&context->error, "a recording needs file=PATH, from the root");
  for (unsigned i = 2; i < count; i++)
    if (relay_recorder_find (context->relay, words[i]) == NULL)
      return relay_error_set (&context->error, "nothing is recorded at \"%.40s\"", words[i]);
  return relay_recorder_save (context->relay, words[0], path, words + 2, count - 2,
                              &context->error);
}

static uint64_t
first_time (const RelayRecord *record)
{
  size_t place = 0;
  const uint8_t *block = relay_record_next (record, &place);
  uint32_t high, low;

  if (block == NULL)
    return 0;
  memcpy (&high, block + 12, sizeof high);
  memcpy (&low, block + 16, sizeof low);
  return (uint64_t) high << 32 | low;
}

void
relay_report_recordings (RelayCommandContext *context)
{
  for (RelayRecord *record = context->relay->recorder.records; record != NULL;
       record = record->next)
    relay_reply_line (context->reply,
                      "- %s %s state=%s frames=%" PRIu64 " overwritten=%" PRIu64 " since=%" PRIu64
                      " size=%zu",
                      record->ends[0], record->ends[1],
                      record->ring == NULL   ? "no-memory"
                      : record->link == NULL ? "gone"
                                             : "recording",
                      record->frames, record->overwritten, first_time (record), record->size);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command that sets impairments: each time all that the direction has, so that what is not
 * named is off. */

#include "relay-command-impair.h"

#include "relay-command.h"

#include "relay-filter.h"
#include "relay-link.h"
#include "relay-private.h"
#include "relay-way.h"
#include "relay-words.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define SERIAL_HEADER 4

typedef struct
{
  RelayImpairConfig config;
  bool seeded;
  unsigned seed;
  bool typed;
  char filter[RELAY_COMMAND_MAX]; /* empty: none */
} Wanted;

/* "only=" or "drop=" and all words behind it are the expression. */
static bool
read_filter (Wanted *wanted, char **words, unsigned count)
{
  const char *value = relay_word_value (words[0], "only");
  size_t length;

  wanted->config.filter_use = RELAY_FILTER_ONLY;
  if (value == NULL && (value = relay_word_value (words[0], "drop")) != NULL)
    wanted->config.filter_use = RELAY_FILTER_DROP;
  if (value == NULL)
    {
      wanted->config.filter_use = RELAY_FILTER_NONE;
      return false;
    }
  length = (size_t) snprintf (wanted->filter, sizeof wanted->filter, "%s", value);
  for (unsigned i = 1; i < count && length < sizeof wanted->filter; i++)
    length += (size_t) snprintf (wanted->filter + length, sizeof wanted->filter - length, " %s",
                                 words[i]);
  return true;
}

static bool
read_words (Wanted *wanted, char **words, unsigned count, RelayError *error)
{
  const char *value;

  for (unsigned i = 0; i < count; i++)
    {
      if (read_filter (wanted, words + i, count - i))
        break;
      if ((value = relay_word_value (words[i], "seed")) != NULL)
        {
          if (!relay_word_number (value, "seed", 0, UINT32_MAX, &wanted->seed, error))
            return false;
          wanted->seeded = true;
        }
      else if ((value = relay_word_value (words[i], "encapsulation")) != NULL)
        {
          if (!relay_link_type_read (value, &wanted->config.link_type, error))
            return false;
          wanted->typed = true;
        }
      else if (!relay_impair_read_word (&wanted->config, words[i], error))
        return false;
    }
  if (wanted->config.filter_use != RELAY_FILTER_NONE &&
      wanted->filter[strspn (wanted->filter, " ")] == '\0')
    return relay_error_set (error, "only= and drop= need an expression, like only=icmp");
  return relay_impair_check (&wanted->config, error);
}

/* The filter is new only if its text is. */
static bool
set_filter (RelayLine *line, const Wanted *wanted, RelayError *error)
{
  RelayFilter *filter = NULL;

  if (wanted->filter[0] != '\0')
    {
      if (line->filter != NULL && wanted->config.link_type == line->impair.config.link_type &&
          strcmp (relay_filter_text (line->filter), wanted->filter) == 0)
        return true;
      filter = relay_filter_new (wanted->filter, wanted->config.link_type, error);
      if (filter == NULL)
        return false;
    }
  relay_filter_free (line->filter);
  line->filter = filter;
  return true;
}

static void
set_seed (RelayLine *line, const Wanted *wanted, unsigned direction, bool is_new)
{
  uint32_t seed = wanted->seed;

  if (!wanted->seeded && !is_new)
    return;
  if (!wanted->seeded && getrandom (&seed, sizeof seed, GRND_NONBLOCK) != sizeof seed)
    seed = (uint32_t) relay_clock ();
  if (is_new || seed != line->impair.seed)
    relay_impair_seed (&line->impair, seed, direction);
}

static bool
apply (RelayCommandContext *context, RelayPort *port, Wanted *wanted)
{
  Relay *relay = context->relay;
  RelayLink *link = port->link;
  const unsigned direction = port == link->ends[1];
  RelayLine *line = link->lines[direction];
  bool is_new = line == NULL;

  if (is_new)
    {
      line = relay_line_new (relay, port);
      line->serial = relay_link_is_serial (link);
      line->header = line->serial ? SERIAL_HEADER : RELAY_ETHERNET_HEADER;
    }
  if (!wanted->typed)
    wanted->config.link_type = line->serial ? RELAY_LINKTYPE_HDLC : RELAY_LINKTYPE_ETHERNET;
  if (!set_filter (line, wanted, &context->error))
    {
      if (is_new)
        relay_line_free (relay, line);
      return false;
    }
  line->impair.config = wanted->config;
  set_seed (line, wanted, direction, is_new || line->ends);
  line->ends = false;
  link->lines[direction] = line;
  relay_way_update (relay, port);
  return true;
}

static void
turn_off (Relay *relay, RelayPort *port)
{
  RelayLine *line = port->link->lines[port == port->link->ends[1]];

  if (line != NULL)
    relay_line_end (relay, line);
}

static void
write_line (const RelayLine *line, char *text, size_t size)
{
  char settings[RELAY_IMPAIR_TEXT_SIZE];
  int length;

  relay_impair_write (&line->impair.config, settings);
  length = snprintf (text, size, "seed=%" PRIu64 "%s in_flight=%u", line->impair.seed, settings,
                     line->in_flight);
  for (unsigned i = 0; i < RELAY_N_IMPAIR_COUNTERS; i++)
    length += snprintf (text + length, size - (size_t) length, " %s=%" PRIu64,
                        relay_impair_counter_names[i], line->impair.counters[i]);
  if (line->filter != NULL)
    snprintf (text + length, size - (size_t) length, " encapsulation=%s %s=%s",
              relay_link_type_name (line->impair.config.link_type),
              line->impair.config.filter_use == RELAY_FILTER_ONLY ? "only" : "drop",
              relay_filter_text (line->filter));
}

static void
tell (RelayCommandContext *context, RelayPort *port)
{
  RelayLine *line = port->link->lines[port == port->link->ends[1]];

  if (line == NULL || line->ends)
    snprintf (context->ok, sizeof context->ok, "off");
  else
    write_line (line, context->ok, sizeof context->ok);
}

bool
relay_command_impair (RelayCommandContext *context, char **words, unsigned count)
{
  RelayPort *port = relay_port_parse (context->relay, words[0], &context->error);
  Wanted wanted = { 0 };

  if (port == NULL)
    return false;
  if (port->link == NULL)
    return relay_error_set (&context->error, "port %.40s has no link: add one first", words[0]);
  if (count == 1)
    tell (context, port);
  else if (count == 2 && strcmp (words[1], "off") == 0)
    turn_off (context->relay, port);
  else if (!read_words (&wanted, words + 1, count - 1, &context->error))
    return false;
  else if (relay_impair_is_off (&wanted.config))
    turn_off (context->relay, port);
  else
    return apply (context, port, &wanted);
  return true;
}

void
relay_report_impairments (RelayCommandContext *context)
{
  for (const RelayLine *line = context->relay->lines.lines; line != NULL; line = line->next)
    if (!line->ends)
      {
        char name[RELAY_PORT_NAME_SIZE], text[RELAY_COMMAND_MAX + 1024];

        relay_port_name (line->from, name);
        write_line (line, text, sizeof text);
        relay_reply_line (context->reply, "- %s %s", name, text);
      }
}

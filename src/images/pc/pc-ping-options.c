/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "pc-console.h"
#include "pc-parse.h"
#include "pc-ping.h"

#define DEFAULT_COUNT 5
#define DEFAULT_SIZE  56
#define DEFAULT_MS    1000
#define DEFAULT_TTL   64
#define ECHO_PORT     7
#define MAX_MS        3600000
/* What lwIP can put together again from fragments: ten of them. */
#define MAX_SIZE 14000

typedef struct
{
  char letter;
  guint min;
  guint max;
  gsize offset; /* of a guint in PcPingOptions */
} Number;

static const Number numbers[] = {
  { 'c', 1, 1000000, G_STRUCT_OFFSET (PcPingOptions, count) },
  { 'i', 10, MAX_MS, G_STRUCT_OFFSET (PcPingOptions, interval) },
  { 'l', 0, MAX_SIZE, G_STRUCT_OFFSET (PcPingOptions, probe.size) },
  { 'p', 1, 65535, G_STRUCT_OFFSET (PcPingOptions, probe.target_port) },
  { 'P', 1, 17, G_STRUCT_OFFSET (PcPingOptions, probe.ip_protocol) },
  { 's', 1, 65535, G_STRUCT_OFFSET (PcPingOptions, probe.source_port) },
  { 'T', 1, 255, G_STRUCT_OFFSET (PcPingOptions, probe.ttl) },
};

static gboolean
read_flag (PcPingOptions *options, char letter)
{
  switch (letter)
    {
    case '1':
      options->probe.ip_protocol = PC_PROBE_ICMP;
      return TRUE;
    case '2':
      options->probe.ip_protocol = PC_PROBE_UDP;
      return TRUE;
    case '3':
      options->probe.ip_protocol = PC_PROBE_TCP;
      return TRUE;
    case 'D':
      options->probe.dont_fragment = TRUE;
      return TRUE;
    case 't':
      options->count = 0;
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
read_number (Pc *pc, PcPingOptions *options, char letter, const char *value)
{
  guint timeout;

  if (letter == 'w' && value != NULL && pc_parse_number (value, 1, MAX_MS, &timeout))
    {
      options->probe.timeout = timeout * G_TIME_SPAN_MILLISECOND;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].letter == letter)
      {
        if (value != NULL && pc_parse_number (value, numbers[i].min, numbers[i].max,
                                              &G_STRUCT_MEMBER (guint, options, numbers[i].offset)))
          return TRUE;
        pc_complain (pc, "-%c needs a number from %u to %u", letter, numbers[i].min,
                     numbers[i].max);
        return FALSE;
      }

  if (letter == 'w')
    pc_complain (pc, "-w needs a number of milliseconds from 1 to %d", MAX_MS);
  else
    pc_complain (pc, "There is no option -%c: see help ping", letter);
  return FALSE;
}

static gboolean
check (Pc *pc, PcPingOptions *options)
{
  guint protocol = options->probe.ip_protocol;

  if (options->host == NULL)
    pc_complain_usage (pc, "ping");
  else if (protocol != PC_PROBE_ICMP && protocol != PC_PROBE_TCP && protocol != PC_PROBE_UDP)
    pc_complain (pc, "-P knows the protocols 1 (ICMP), 6 (TCP) and 17 (UDP)");
  else if (options->probe.dont_fragment && protocol != PC_PROBE_ICMP)
    pc_complain (pc, "-D works with ICMP only");
  else
    {
      options->probe.protocol = protocol;
      return TRUE;
    }
  return FALSE;
}

gboolean
pc_ping_read_options (Pc *pc, PcArguments *arguments, PcPingOptions *options)
{
  gboolean given;

  *options = (PcPingOptions){
    .count = DEFAULT_COUNT,
    .interval = DEFAULT_MS,
    .probe = { .ip_protocol = PC_PROBE_ICMP,
               .size = DEFAULT_SIZE,
               .ttl = DEFAULT_TTL,
               .target_port = ECHO_PORT,
               .timeout = DEFAULT_MS * G_TIME_SPAN_MILLISECOND },
  };
  if (!pc_take_port (pc, arguments, &options->port, &given))
    return FALSE;
  if (!given)
    options->port = NULL;

  for (guint i = 0; i < arguments->count; i++)
    {
      const char *word = arguments->words[i];

      if (word[0] != '-' && options->host != NULL)
        {
          pc_complain (pc, "\"%s\" is one host too many", word);
          return FALSE;
        }
      if (word[0] != '-')
        options->host = word;
      else if (strlen (word) != 2)
        {
          pc_complain (pc, "There is no option %s: see help ping", word);
          return FALSE;
        }
      else if (!read_flag (options, word[1]) &&
               !read_number (pc, options, word[1], arguments->words[++i]))
        return FALSE;
    }
  return check (pc, options);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Filter expressions: libpcap translates them, and runs the result.
 *
 * libpcap asks name servers about every word that it takes for a host's name, and waits; frames
 * would wait with it. So a word must be one of the language, an address or a number, or stand where
 * a name is looked up in a local file (ports and protocols). */

#include "relay-filter.h"

#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>

#define SNAPSHOT   65535
#define MAX_NESTED 64

struct RelayFilter
{
  struct bpf_program program;
  char *text;
};

static const char *const language[] = {
  "address1",
  "address2",
  "address3",
  "address4",
  "ah",
  "and",
  "arp",
  "atalk",
  "bcc",
  "broadcast",
  "byte",
  "bytes",
  "clnp",
  "csnp",
  "de",
  "decnet",
  "dst",
  "es-is",
  "esp",
  "ether",
  "fddi",
  "fr",
  "frf",
  "gateway",
  "greater",
  "host",
  "icmp",
  "icmp6",
  "igmp",
  "igrp",
  "inbound",
  "ip",
  "ip6",
  "ipx",
  "is-is",
  "iso",
  "l1",
  "l2",
  "lat",
  "len",
  "less",
  "link",
  "llc",
  "mask",
  "moprc",
  "mopdl",
  "mpls",
  "multicast",
  "net",
  "netbeui",
  "not",
  "or",
  "outbound",
  "pim",
  "port",
  "portrange",
  "ppp",
  "pppoed",
  "pppoes",
  "proto",
  "protochain",
  "psnp",
  "rarp",
  "sctp",
  "slip",
  "snap",
  "src",
  "stp",
  "tcp",
  "tcpflags",
  "tcp-ack",
  "tcp-fin",
  "tcp-push",
  "tcp-rst",
  "tcp-syn",
  "tcp-urg",
  "tcp-ece",
  "tcp-cwr",
  "udp",
  "vlan",
  "vrrp",
  "carp",
  "geneve",
  "icmptype",
  "icmpcode",
  "icmp-echo",
  "icmp-echoreply",
  "icmp-unreach",
  "icmp-redirect",
  "icmp-timxceed",
  "icmp6type",
  "icmp6code",
  "icmp6-echo",
  "icmp6-echoreply",
  "icmp6-routersolicit",
  "icmp6-routeradvert",
  "icmp6-neighborsolicit",
  "icmp6-neighboradvert",
};

static bool
is_word_byte (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.' || c == ':' || c == '\\';
}

static bool
equals (const char *word, size_t length, const char *other)
{
  return strlen (other) == length && memcmp (word, other, length) == 0;
}

/* An address or a number: digits, and letters only as in 00:1b:0a or 0x1f. */
static bool
is_number (const char *word, size_t length)
{
  bool colon = memchr (word, ':', length) != NULL;

  if (length > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'X'))
    return true;
  for (size_t i = 0; i < length; i++)
    {
      bool digit = (word[i] >= '0' && word[i] <= '9') || word[i] == '.' || word[i] == '-';
      bool hex = (word[i] >= 'a' && word[i] <= 'f') || (word[i] >= 'A' && word[i] <= 'F') ||
                 word[i] == ':';

      if (!digit && !(colon && hex))
        return false;
    }
  return true;
}

static bool
is_known (const char *word, size_t length)
{
  if (word[0] == '\\') /* the name of a protocol */
    return true;
  for (size_t i = 0; i < RELAY_N_ELEMENTS (language); i++)
    if (equals (word, length, language[i]))
      return true;
  return is_number (word, length);
}

static bool
check_words (const char *text, RelayError *error)
{
  bool service = false; /* the word before says that one of a local file follows */
  unsigned nested = 0;

  while (*text != '\0')
    {
      size_t length = 0;

      while (is_word_byte (text[length]))
        length++;
      if (length == 0)
        {
          nested += *text == '(' || *text == '!' || *text == '[' || *text == '-';
          if (nested > MAX_NESTED)
            return relay_error_set (error, "the filter is nested too deeply");
          text++;
          continue;
        }
      if (!service && !is_known (text, length))
        return relay_error_set (error,
                                "\"%.*s\" is no word of a filter; names of hosts are not looked "
                                "up, write addresses",
                                length > 40 ? 40 : (int) length, text);
      nested += equals (text, length, "not");
      service = equals (text, length, "port") || equals (text, length, "portrange");
      text += length;
    }
  return true;
}

RelayFilter *
relay_filter_new (const char *expression, unsigned link_type, RelayError *error)
{
  RelayFilter *filter;
  pcap_t *pcap;

  if (!check_words (expression, error))
    return NULL;
  pcap = pcap_open_dead ((int) link_type, SNAPSHOT);
  if (pcap == NULL)
    {
      relay_error_set (error, "no memory for the filter");
      return NULL;
    }
  filter = relay_new0 (sizeof *filter);
  if (pcap_compile (pcap, &filter->program, expression, 1, PCAP_NETMASK_UNKNOWN) == 0)
    filter->text = relay_strdup (expression);
  else
    {
      relay_error_set (error, "the filter is not right: %.300s", pcap_geterr (pcap));
      free (filter);
      filter = NULL;
    }
  pcap_close (pcap);
  return filter;
}

void
relay_filter_free (RelayFilter *filter)
{
  if (filter == NULL)
    return;
  pcap_freecode (&filter->program);
  free (filter->text);
  free (filter);
}

const char *
relay_filter_text (const RelayFilter *filter)
{
  return filter->text;
}

bool
relay_filter_matches (const RelayFilter *filter, const uint8_t *data, unsigned length)
{
  return bpf_filter (filter->program.bf_insns, data, length, length) != 0;
}

static const struct
{
  const char *name;
  unsigned link_type;
} kinds[] = {
  { "ethernet", RELAY_LINKTYPE_ETHERNET },
  { "hdlc", RELAY_LINKTYPE_HDLC },
  { "ppp", RELAY_LINKTYPE_PPP },
  { "frame-relay", RELAY_LINKTYPE_FRAME_RELAY },
};

bool
relay_link_type_read (const char *word, unsigned *link_type, RelayError *error)
{
  for (size_t i = 0; i < RELAY_N_ELEMENTS (kinds); i++)
    if (strcmp (word, kinds[i].name) == 0)
      {
        *link_type = kinds[i].link_type;
        return true;
      }
  return relay_error_set (
      error, "the encapsulation must be hdlc, ppp, frame-relay or ethernet, not \"%.40s\"", word);
}

const char *
relay_link_type_name (unsigned link_type)
{
  for (size_t i = 0; i < RELAY_N_ELEMENTS (kinds); i++)
    if (kinds[i].link_type == link_type)
      return kinds[i].name;
  return "ethernet";
}

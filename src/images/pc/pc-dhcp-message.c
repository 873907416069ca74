/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A message is a fixed part of 236 bytes, a magic number and options: code, length, value. The
 * option "overload" says that the fixed part's fields for a file and a server name hold options
 * too. An option that is too short for its kind is skipped, one that runs over the end makes the
 * message bad. */

#include "config.h"

#include "pc-dhcp-message.h"

#include <string.h>

#include "pc-parse.h"

#define FIXED_LENGTH   240 /* with the magic number */
#define MIN_LENGTH     300 /* what BOOTP servers want */
#define MAGIC          0x63825363u
#define FLAG_BROADCAST 0x8000

#define OFFSET_SERVER_NAME 44
#define LENGTH_SERVER_NAME 64
#define OFFSET_FILE        108
#define LENGTH_FILE        128

#define IP_PROTOCOL_UDP          17
#define UDP_HEADER               8
#define MORE_FRAGMENTS_OR_OFFSET 0x3fff

enum
{
  OPTION_PAD = 0,
  OPTION_NETMASK = 1,
  OPTION_ROUTER = 3,
  OPTION_DNS = 6,
  OPTION_HOST_NAME = 12,
  OPTION_DOMAIN = 15,
  OPTION_REQUESTED = 50,
  OPTION_LEASE = 51,
  OPTION_OVERLOAD = 52,
  OPTION_TYPE = 53,
  OPTION_SERVER = 54,
  OPTION_PARAMETERS = 55,
  OPTION_RENEW = 58,
  OPTION_REBIND = 59,
  OPTION_CLIENT_ID = 61,
  OPTION_END = 255,
};

static guint
get16 (const guint8 *bytes)
{
  return (guint) (bytes[0] << 8 | bytes[1]);
}

static guint32
get32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static guint32
get_address (const guint8 *bytes)
{
  guint32 address;

  memcpy (&address, bytes, sizeof address);
  return address;
}

static guint32
add_words (guint32 sum, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i + 1 < length; i += 2)
    sum += get16 (bytes + i);
  if (length % 2 != 0)
    sum += (guint32) bytes[length - 1] << 8;
  return sum;
}

static gboolean
sum_is_right (guint32 sum)
{
  while (sum > 0xffff)
    sum = (sum & 0xffff) + (sum >> 16);
  return sum == 0xffff;
}

/* @udp_length: of the header and what follows */
static gboolean
udp_sum_is_right (const guint8 *packet, const guint8 *udp, gsize udp_length)
{
  if (get16 (udp + 6) == 0)
    return TRUE; /* the sender made none */
  return sum_is_right (add_words (
      add_words (IP_PROTOCOL_UDP + (guint32) udp_length, packet + 12, 8), udp, udp_length));
}

const guint8 *
pc_dhcp_message_find (const guint8 *packet, gsize length, gsize *message_length)
{
  gsize header, total, udp_length;
  const guint8 *udp;

  if (length < 20 || packet[0] >> 4 != 4)
    return NULL;
  header = (gsize) (packet[0] & 0x0f) * 4;
  total = get16 (packet + 2);
  if (header < 20 || total > length || total < header + UDP_HEADER ||
      packet[9] != IP_PROTOCOL_UDP || (get16 (packet + 6) & MORE_FRAGMENTS_OR_OFFSET) != 0)
    return NULL;

  udp = packet + header;
  udp_length = get16 (udp + 4);
  if (get16 (udp) != PC_DHCP_SERVER_PORT || get16 (udp + 2) != PC_DHCP_CLIENT_PORT ||
      udp_length < UDP_HEADER || udp_length > total - header)
    return NULL;
  if (!sum_is_right (add_words (0, packet, header)) || !udp_sum_is_right (packet, udp, udp_length))
    return NULL;

  *message_length = udp_length - UDP_HEADER;
  return udp + UDP_HEADER;
}

/* A host name as far as it is one: some servers end it with a zero byte or a dot. */
static void
decode_domain (const guint8 *value, gsize length, PcDhcpMessage *message)
{
  g_autofree char *text = g_strndup ((const char *) value, MIN (length, PC_DHCP_MAX_DOMAIN));
  gsize n = strlen (text);

  if (n > 0 && text[n - 1] == '.')
    text[n - 1] = '\0';
  if (pc_is_host_name (text))
    g_strlcpy (message->domain, text, sizeof message->domain);
}

static void
decode_dns (const guint8 *value, gsize length, PcDhcpMessage *message)
{
  for (guint i = 0; i < PC_DHCP_MAX_DNS && (i + 1) * 4 <= length; i++)
    message->dns[i] = get_address (value + i * 4);
}

static void
decode_number (guint code, const guint8 *value, PcDhcpMessage *message)
{
  switch (code)
    {
    case OPTION_NETMASK:
      message->netmask = get_address (value);
      break;
    case OPTION_ROUTER:
      message->router = get_address (value);
      break;
    case OPTION_SERVER:
      message->server = get_address (value);
      break;
    case OPTION_LEASE:
      message->lease = get32 (value);
      break;
    case OPTION_RENEW:
      message->renew_after = get32 (value);
      break;
    case OPTION_REBIND:
      message->rebind_after = get32 (value);
      break;
    default:
      break;
    }
}

static void
decode_option (
    guint code, const guint8 *value, gsize length, PcDhcpMessage *message, guint *overload)
{
  if (code == OPTION_TYPE && length >= 1)
    message->type = value[0];
  else if (code == OPTION_OVERLOAD && length >= 1)
    *overload = value[0];
  else if (code == OPTION_DOMAIN)
    decode_domain (value, length, message);
  else if (code == OPTION_DNS)
    decode_dns (value, length, message);
  else if (length >= 4)
    decode_number (code, value, message);
}

static gboolean
decode_options (const guint8 *data, gsize length, PcDhcpMessage *message, guint *overload)
{
  gsize at = 0;

  while (at < length && data[at] != OPTION_END)
    {
      gsize size;

      if (data[at] == OPTION_PAD)
        {
          at++;
          continue;
        }
      if (at + 2 > length)
        return FALSE;
      size = data[at + 1];
      if (at + 2 + size > length)
        return FALSE;
      decode_option (data[at], data + at + 2, size, message, overload);
      at += 2 + size;
    }
  return TRUE;
}

gboolean
pc_dhcp_message_decode (const guint8 *data, gsize length, PcDhcpMessage *message)
{
  guint overload = 0;
  guint ignored = 0;

  *message = (PcDhcpMessage){ 0 };
  /* An answer (2), Ethernet (1), addresses of six bytes. */
  if (length < FIXED_LENGTH || data[0] != 2 || data[1] != 1 || data[2] != 6 ||
      get32 (data + FIXED_LENGTH - 4) != MAGIC)
    return FALSE;

  message->xid = get32 (data + 4);
  message->client = get_address (data + 12);
  message->yours = get_address (data + 16);
  memcpy (message->mac, data + 28, sizeof message->mac);

  if (!decode_options (data + FIXED_LENGTH, length - FIXED_LENGTH, message, &overload))
    return FALSE;
  if ((overload & 1) != 0 && !decode_options (data + OFFSET_FILE, LENGTH_FILE, message, &ignored))
    return FALSE;
  if ((overload & 2) != 0 &&
      !decode_options (data + OFFSET_SERVER_NAME, LENGTH_SERVER_NAME, message, &ignored))
    return FALSE;
  return message->type >= PC_DHCP_DISCOVER && message->type <= PC_DHCP_INFORM;
}

static void
put32 (guint8 *bytes, guint32 value)
{
  value = GUINT32_TO_BE (value);
  memcpy (bytes, &value, sizeof value);
}

static void
append_option (GByteArray *bytes, guint8 code, gconstpointer value, gsize length)
{
  guint8 head[2] = { code, (guint8) length };

  g_byte_array_append (bytes, head, sizeof head);
  g_byte_array_append (bytes, value, (guint) length);
}

static void
append_address (GByteArray *bytes, guint8 code, guint32 address)
{
  if (address != 0)
    append_option (bytes, code, &address, sizeof address);
}

static void
append_parameters (GByteArray *bytes, PcDhcpType type)
{
  static const guint8 wanted[] = { OPTION_NETMASK, OPTION_ROUTER, OPTION_DNS,   OPTION_DOMAIN,
                                   OPTION_LEASE,   OPTION_RENEW,  OPTION_REBIND };

  if (type == PC_DHCP_DISCOVER || type == PC_DHCP_REQUEST)
    append_option (bytes, OPTION_PARAMETERS, wanted, sizeof wanted);
}

GByteArray *
pc_dhcp_message_encode (const PcDhcpMessage *message)
{
  GByteArray *bytes = g_byte_array_sized_new (MIN_LENGTH);
  guint8 fixed[FIXED_LENGTH] = { 1, 1, 6 };
  guint8 client_id[7] = { 1 };
  guint8 type = (guint8) message->type;
  guint8 end = OPTION_END;
  guint length;

  put32 (fixed + 4, message->xid);
  fixed[10] = message->broadcast ? FLAG_BROADCAST >> 8 : 0;
  memcpy (fixed + 12, &message->client, 4);
  memcpy (fixed + 28, message->mac, sizeof message->mac);
  put32 (fixed + FIXED_LENGTH - 4, MAGIC);
  g_byte_array_append (bytes, fixed, sizeof fixed);

  memcpy (client_id + 1, message->mac, sizeof message->mac);
  append_option (bytes, OPTION_TYPE, &type, 1);
  append_option (bytes, OPTION_CLIENT_ID, client_id, sizeof client_id);
  append_address (bytes, OPTION_REQUESTED, message->requested);
  append_address (bytes, OPTION_SERVER, message->server);
  if (message->host_name[0] != '\0')
    append_option (bytes, OPTION_HOST_NAME, message->host_name, strlen (message->host_name));
  append_parameters (bytes, message->type);
  g_byte_array_append (bytes, &end, 1);

  length = bytes->len;
  if (length < MIN_LENGTH)
    {
      g_byte_array_set_size (bytes, MIN_LENGTH);
      memset (bytes->data + length, 0, MIN_LENGTH - length);
    }
  return bytes;
}

static void
describe_address (GString *text, const char *name, guint32 address)
{
  guint8 bytes[4];

  memcpy (bytes, &address, sizeof bytes);
  if (address != 0)
    g_string_append_printf (text, ", %s %u.%u.%u.%u", name, bytes[0], bytes[1], bytes[2], bytes[3]);
}

char *
pc_dhcp_message_describe (const PcDhcpMessage *message)
{
  static const char *const names[] = { "?",   "DISCOVER", "OFFER",   "REQUEST", "DECLINE",
                                       "ACK", "NAK",      "RELEASE", "INFORM" };
  guint type = message->type < G_N_ELEMENTS (names) ? message->type : 0;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s, transaction %08x", names[type], message->xid);
  describe_address (text, "in use", message->client);
  describe_address (text, "address", message->yours);
  describe_address (text, "wanted", message->requested);
  describe_address (text, "server", message->server);
  describe_address (text, "mask", message->netmask);
  describe_address (text, "router", message->router);
  for (guint i = 0; i < PC_DHCP_MAX_DNS; i++)
    describe_address (text, "name server", message->dns[i]);
  if (message->domain[0] != '\0')
    g_string_append_printf (text, ", domain %s", message->domain);
  if (message->lease != 0)
    g_string_append_printf (text, ", lease %u s", message->lease);
  return g_string_free (text, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* DHCP and DNS as bytes. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "pc-dhcp-message.h"
#include "pc-dns-message.h"

#define FIXED 240

/* An answer made of a fixed part and @options. */
static GByteArray *
make_answer (const guint8 *options, gsize length)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 fixed[FIXED] = { 2, 1, 6, 0, 0x12, 0x34, 0x56, 0x78 };

  memcpy (fixed + 16, (guint8[]){ 10, 0, 0, 50 }, 4);
  memcpy (fixed + 28, (guint8[]){ 0xaa, 0xbb, 0xcc, 0, 1, 0 }, 6);
  memcpy (fixed + 236, (guint8[]){ 0x63, 0x82, 0x53, 0x63 }, 4);
  g_byte_array_append (bytes, fixed, sizeof fixed);
  g_byte_array_append (bytes, options, (guint) length);
  return bytes;
}

static void
test_dhcp_offer (void)
{
  static const guint8 options[] = { 53, 1,  2,  54, 4, 10, 0, 0, 1,  0, 1,   4,   255, 255, 0,  0,
                                    3,  4,  10, 0,  0, 9,  6, 4, 8,  8, 8,   8,   51,  4,   0,  0,
                                    14, 16, 58, 4,  0, 0,  7, 8, 15, 4, 'l', 'a', 'b', 0,   255 };
  g_autoptr (GByteArray) bytes = make_answer (options, sizeof options);
  g_autofree char *text = NULL;
  PcDhcpMessage message;

  g_assert_true (pc_dhcp_message_decode (bytes->data, bytes->len, &message));
  g_assert_cmpint (message.type, ==, PC_DHCP_OFFER);
  g_assert_cmphex (message.xid, ==, 0x12345678);
  g_assert_cmphex (GUINT32_FROM_BE (message.yours), ==, 0x0a000032);
  g_assert_cmphex (GUINT32_FROM_BE (message.server), ==, 0x0a000001);
  g_assert_cmphex (GUINT32_FROM_BE (message.netmask), ==, 0xffff0000);
  g_assert_cmphex (GUINT32_FROM_BE (message.router), ==, 0x0a000009);
  g_assert_cmphex (GUINT32_FROM_BE (message.dns[0]), ==, 0x08080808);
  g_assert_cmpuint (message.lease, ==, 3600);
  g_assert_cmpuint (message.renew_after, ==, 1800);
  g_assert_cmpstr (message.domain, ==, "lab");

  text = pc_dhcp_message_describe (&message);
  g_assert_nonnull (strstr (text, "OFFER"));
  g_assert_nonnull (strstr (text, "10.0.0.50"));
}

static void
test_dhcp_overload (void)
{
  static const guint8 options[] = { 52, 1, 1, 255 };
  g_autoptr (GByteArray) bytes = make_answer (options, sizeof options);
  PcDhcpMessage message;

  memcpy (bytes->data + 108, (guint8[]){ 53, 1, 5, 255 }, 4);
  g_assert_true (pc_dhcp_message_decode (bytes->data, bytes->len, &message));
  g_assert_cmpint (message.type, ==, PC_DHCP_ACK);
}

static void
test_dhcp_bad (void)
{
  static const guint8 good[] = { 53, 1, 5, 255 };
  static const guint8 cut[] = { 53, 1, 5, 3, 4, 10, 0 };
  static const guint8 half[] = { 53, 1, 5, 3 };
  static const guint8 no_type[] = { 255 };
  static const guint8 odd_type[] = { 53, 1, 77 };
  static const guint8 evil_domain[] = { 53, 1, 5, 15, 3, 'a', 27, 'b', 255 };
  g_autoptr (GByteArray) a = make_answer (good, sizeof good);
  g_autoptr (GByteArray) b = make_answer (cut, sizeof cut);
  g_autoptr (GByteArray) c = make_answer (half, sizeof half);
  g_autoptr (GByteArray) d = make_answer (no_type, sizeof no_type);
  g_autoptr (GByteArray) e = make_answer (odd_type, sizeof odd_type);
  g_autoptr (GByteArray) f = make_answer (evil_domain, sizeof evil_domain);
  PcDhcpMessage message;

  g_assert_false (pc_dhcp_message_decode (a->data, FIXED - 1, &message));
  a->data[0] = 1;
  g_assert_false (pc_dhcp_message_decode (a->data, a->len, &message));
  g_assert_false (pc_dhcp_message_decode (b->data, b->len, &message));
  g_assert_false (pc_dhcp_message_decode (c->data, c->len, &message));
  g_assert_false (pc_dhcp_message_decode (d->data, d->len, &message));
  g_assert_false (pc_dhcp_message_decode (e->data, e->len, &message));
  g_assert_true (pc_dhcp_message_decode (f->data, f->len, &message));
  g_assert_cmpstr (message.domain, ==, "");
}

static void
test_dhcp_encode (void)
{
  PcDhcpMessage message = {
    .type = PC_DHCP_REQUEST, .xid = 7, .broadcast = TRUE, .host_name = "PC1"
  };
  g_autoptr (GByteArray) bytes = NULL;

  message.requested = GUINT32_TO_BE (0x0a000032);
  bytes = pc_dhcp_message_encode (&message);
  g_assert_cmpuint (bytes->len, >=, 300);
  g_assert_cmpuint (bytes->data[0], ==, 1);
  g_assert_cmpuint (bytes->data[7], ==, 7);
  g_assert_cmphex (bytes->data[10], ==, 0x80);
  g_assert_cmpmem (bytes->data + FIXED, 3, ((guint8[]){ 53, 1, 3 }), 3);
  g_assert_nonnull (memmem (bytes->data, bytes->len, "\x32\x04\x0a\x00\x00\x32", 6));
  g_assert_nonnull (memmem (bytes->data, bytes->len, "\x0c\x03PC1", 5));
}

static void
test_dhcp_find (void)
{
  /* 28 bytes of IPv4 and UDP without payload; UDP checksum 0: none. */
  guint8 packet[28] = { 0x45, 0, 0,   28,  0,   0,   0, 0,  64, 17, 0, 0, 10, 0,
                        0,    1, 255, 255, 255, 255, 0, 67, 0,  68, 0, 8, 0,  0 };
  guint32 sum = 0;
  gsize length = 99;

  for (guint i = 0; i < 20; i += 2)
    sum += (guint) (packet[i] << 8 | packet[i + 1]);
  sum = (sum & 0xffff) + (sum >> 16);
  packet[10] = (guint8) (~sum >> 8);
  packet[11] = (guint8) ~sum;

  g_assert_true (pc_dhcp_message_find (packet, sizeof packet, &length) == packet + 28);
  g_assert_cmpuint (length, ==, 0);
  g_assert_null (pc_dhcp_message_find (packet, 27, &length));
  packet[8] = 63; /* the header's checksum is wrong now */
  g_assert_null (pc_dhcp_message_find (packet, sizeof packet, &length));
  packet[8] = 64;
  packet[25] = 9; /* longer than the packet */
  g_assert_null (pc_dhcp_message_find (packet, sizeof packet, &length));
  packet[25] = 8;
  packet[23] = 69;
  g_assert_null (pc_dhcp_message_find (packet, sizeof packet, &length));
}

#define QUESTION "\3www\7example\3com\0\0\1\0\1"

static PcDnsResult
decode (const char *bytes, gsize length, guint8 address[16])
{
  return pc_dns_message_decode ((const guint8 *) bytes, length, 0x1234, "www.Example.com",
                                PC_DNS_TYPE_A, address);
}

static void
test_dns_encode (void)
{
  g_autoptr (GByteArray) bytes = pc_dns_message_encode (0x1234, "www.example.com.", PC_DNS_TYPE_A);
  static const char expected[] = "\x12\x34\1\0\0\1\0\0\0\0\0\0" QUESTION;

  g_assert_cmpmem (bytes->data, bytes->len, expected, sizeof expected - 1);
}

static void
test_dns_answers (void)
{
  static const char direct[] =
      "\x12\x34\x81\x80\0\1\0\1\0\0\0\0" QUESTION "\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\x0a\1\2\3";
  static const char alias[] =
      "\x12\x34\x81\x80\0\1\0\2\0\0\0\0" QUESTION "\xc0\x0c\0\5\0\1\0\0\0\x3c\0\2\xc0\x10"
      "\xc0\x10\0\1\0\1\0\0\0\x3c\0\4\x0a\1\2\4";
  static const char other[] =
      "\x12\x34\x81\x80\0\1\0\1\0\0\0\0" QUESTION "\xc0\x10\0\1\0\1\0\0\0\x3c\0\4\x0a\1\2\3";
  static const char no_name[] = "\x12\x34\x81\x83\0\1\0\0\0\0\0\0" QUESTION;
  static const char no_data[] = "\x12\x34\x81\x80\0\1\0\0\0\0\0\0" QUESTION;
  static const char refused[] = "\x12\x34\x81\x85\0\1\0\0\0\0\0\0" QUESTION;
  guint8 address[16];

  g_assert_cmpint (decode (direct, sizeof direct - 1, address), ==, PC_DNS_ADDRESS);
  g_assert_cmpmem (address, 4, ((guint8[]){ 10, 1, 2, 3 }), 4);
  g_assert_cmpint (decode (alias, sizeof alias - 1, address), ==, PC_DNS_ADDRESS);
  g_assert_cmpmem (address, 4, ((guint8[]){ 10, 1, 2, 4 }), 4);
  g_assert_cmpint (decode (other, sizeof other - 1, address), ==, PC_DNS_NO_DATA);
  g_assert_cmpint (decode (no_name, sizeof no_name - 1, address), ==, PC_DNS_NO_NAME);
  g_assert_cmpint (decode (no_data, sizeof no_data - 1, address), ==, PC_DNS_NO_DATA);
  g_assert_cmpint (decode (refused, sizeof refused - 1, address), ==, PC_DNS_FAILED);
}

static void
test_dns_bad (void)
{
  static const char id[] = "\x12\x35\x81\x80\0\1\0\0\0\0\0\0" QUESTION;
  static const char query[] = "\x12\x34\x01\x00\0\1\0\0\0\0\0\0" QUESTION;
  static const char asked[] = "\x12\x34\x81\x80\0\1\0\0\0\0\0\0\3xxx\7example\3com\0\0\1\0\1";
  static const char loop[] = "\x12\x34\x81\x80\0\1\0\0\0\0\0\0\xc0\x0c\0\1\0\1";
  static const char forward[] =
      "\x12\x34\x81\x80\0\1\0\1\0\0\0\0" QUESTION "\xc0\x40\0\1\0\1\0\0\0\x3c\0\4\x0a\1\2\3";
  static const char cut[] =
      "\x12\x34\x81\x80\0\1\0\1\0\0\0\0" QUESTION "\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\x0a\1\2";
  guint8 address[16];

  g_assert_cmpint (decode (id, sizeof id - 1, address), ==, PC_DNS_NOT_OURS);
  g_assert_cmpint (decode (query, sizeof query - 1, address), ==, PC_DNS_NOT_OURS);
  g_assert_cmpint (decode (asked, sizeof asked - 1, address), ==, PC_DNS_NOT_OURS);
  g_assert_cmpint (decode (loop, sizeof loop - 1, address), ==, PC_DNS_NOT_OURS);
  g_assert_cmpint (decode (forward, sizeof forward - 1, address), ==, PC_DNS_NOT_OURS);
  g_assert_cmpint (decode (cut, sizeof cut - 1, address), ==, PC_DNS_NOT_OURS);
  g_assert_cmpint (decode ("", 0, address), ==, PC_DNS_NOT_OURS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pc/dhcp/offer", test_dhcp_offer);
  g_test_add_func ("/pc/dhcp/overload", test_dhcp_overload);
  g_test_add_func ("/pc/dhcp/bad", test_dhcp_bad);
  g_test_add_func ("/pc/dhcp/encode", test_dhcp_encode);
  g_test_add_func ("/pc/dhcp/find", test_dhcp_find);
  g_test_add_func ("/pc/dns/encode", test_dns_encode);
  g_test_add_func ("/pc/dns/answers", test_dns_answers);
  g_test_add_func ("/pc/dns/bad", test_dns_bad);
  return g_test_run ();
}

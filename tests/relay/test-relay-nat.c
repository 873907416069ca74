/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The nat device, seen from the lab by a peer that writes its packets byte by byte: DHCP, a page
 * fetched from a web server on this machine's loopback, a forwarded port, and what is refused. All
 * of it runs without any capability, so without the right to open raw sockets. */

#include "relay-fixture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define GATEWAY    "\x0a\x00\x02\x02"
#define GUEST      "\x0a\x00\x02\x0f"
#define MAC        "\x02\x00\x00\x00\x00\x01"
#define LOOPBACK   "\x7f\x00\x00\x01"
#define PAGE       "HTTP/1.0 200 OK\r\nContent-Length: 11\r\n\r\nhello, lab!"
#define REQUEST    "GET / HTTP/1.0\r\n\r\n"
#define GUEST_PORT 1025
#define SYN        0x02
#define PSH        0x08
#define ACK        0x10

typedef struct
{
  Fixture *f;
  Peer *peer;
  guint8 router[6]; /* its MAC address */
} Net;

static void
net_open (Net *net, const char *options)
{
  net->f = fixture_new_started ();
  net->peer = peer_new (net->f, 1, "ethernet=1");
  fixture_ok (net->f, "nat add n %s", options);
  fixture_ok (net->f, "link add l 1:0/0 n:0");
}

static void
net_close (Net *net)
{
  peer_free (net->peer);
  fixture_free (net->f);
}

static guint16
get16 (const guint8 *bytes)
{
  return (guint16) (bytes[0] << 8 | bytes[1]);
}

static guint32
get32 (const guint8 *bytes)
{
  return (guint32) get16 (bytes) << 16 | get16 (bytes + 2);
}

static void
put16 (guint8 *bytes, guint value)
{
  bytes[0] = (guint8) (value >> 8);
  bytes[1] = (guint8) value;
}

static void
put32 (guint8 *bytes, guint32 value)
{
  put16 (bytes, value >> 16);
  put16 (bytes + 2, value & 0xffff);
}

static guint16
checksum (const guint8 *bytes, gsize length, guint32 sum)
{
  for (gsize i = 0; i < length; i++)
    sum += i % 2 == 0 ? (guint32) bytes[i] << 8 : bytes[i];
  while (sum > 0xffff)
    sum = (sum & 0xffff) + (sum >> 16);
  return (guint16) ~sum;
}

/* An IPv4 packet of one protocol from the guest, or from nobody yet. */
static void
send_ip (Net *net,
         const void *mac,
         const char *from,
         const char *to,
         guint8 protocol,
         guint8 *data,
         gsize length)
{
  guint8 frame[1500] = { 0 };
  guint8 *ip = frame + 14;

  memcpy (frame, mac, 6);
  memcpy (frame + 6, MAC, 6);
  put16 (frame + 12, 0x0800);
  ip[0] = 0x45;
  put16 (ip + 2, (guint) length + 20);
  ip[8] = 64;
  ip[9] = protocol;
  memcpy (ip + 12, from, 4);
  memcpy (ip + 16, to, 4);
  put16 (ip + 10, checksum (ip, 20, 0));
  memcpy (ip + 20, data, length);
  peer_send (net->peer, 0, frame, 34 + length);
}

static void
send_tcp (Net *net,
          const char *to,
          guint port,
          guint8 flags,
          guint32 sequence,
          guint32 ack,
          const char *text)
{
  guint8 tcp[600] = { 0 };
  gsize length = 20 + strlen (text);
  guint8 pseudo[12] = { 0 };

  put16 (tcp, GUEST_PORT);
  put16 (tcp + 2, port);
  put32 (tcp + 4, sequence);
  put32 (tcp + 8, ack);
  tcp[12] = 5 << 4;
  tcp[13] = flags;
  put16 (tcp + 14, 8192);
  memcpy (tcp + 20, text, strlen (text));
  memcpy (pseudo, GUEST, 4);
  memcpy (pseudo + 4, to, 4);
  pseudo[9] = 6;
  put16 (pseudo + 10, (guint) length);
  put16 (tcp + 16, checksum (tcp, length, (guint16) ~checksum (pseudo, sizeof pseudo, 0)));
  send_ip (net, net->router, GUEST, to, 6, tcp, length);
}

static void
send_arp (Net *net, guint operation, const char *target)
{
  guint8 frame[42] = { 0 };

  memcpy (frame, BROADCAST, 6);
  memcpy (frame + 6, MAC, 6);
  put16 (frame + 12, 0x0806);
  put16 (frame + 14, 1);
  put16 (frame + 16, 0x0800);
  frame[18] = 6;
  frame[19] = 4;
  put16 (frame + 20, operation);
  memcpy (frame + 22, MAC, 6);
  memcpy (frame + 28, GUEST, 4);
  memcpy (frame + 38, target, 4);
  peer_send (net->peer, 0, frame, sizeof frame);
}

/* The next frame of a type (0x0806, or an IP protocol); others are passed over, and questions for
 * our address answered. NULL: none comes. */
static GBytes *
receive (Net *net, guint type, guint protocol, gint64 patience)
{
  gint64 until = g_get_monotonic_time () + patience;

  while (g_get_monotonic_time () < until)
    {
      g_autoptr (GBytes) frame = peer_receive (net->peer, 0, until - g_get_monotonic_time ());
      gsize length = 0;
      const guint8 *bytes = frame != NULL ? g_bytes_get_data (frame, &length) : NULL;

      if (bytes == NULL || length < 34)
        continue;
      if (get16 (bytes + 12) == 0x0806 && get16 (bytes + 20) == 1 &&
          memcmp (bytes + 38, GUEST, 4) == 0)
        send_arp (net, 2, GATEWAY);
      else if (get16 (bytes + 12) == type && (type == 0x0806 || bytes[23] == protocol))
        return g_steal_pointer (&frame);
    }
  return NULL;
}

static void
find_router (Net *net)
{
  g_autoptr (GBytes) answer = NULL;
  const guint8 *bytes;

  send_arp (net, 1, GATEWAY);
  answer = receive (net, 0x0806, 0, LONG);
  g_assert_nonnull (answer);
  bytes = g_bytes_get_data (answer, NULL);
  g_assert_cmpuint (get16 (bytes + 20), ==, 2);
  g_assert_cmpmem (bytes + 28, 4, GATEWAY, 4);
  memcpy (net->router, bytes + 6, 6);
}

/* DHCPDISCOVER (1) or DHCPREQUEST (3). */
static void
send_dhcp (Net *net, guint8 type)
{
  guint8 udp[8 + 240 + 16] = { 0 };
  guint8 *dhcp = udp + 8;

  put16 (udp, 68);
  put16 (udp + 2, 67);
  put16 (udp + 4, sizeof udp);
  dhcp[0] = 1;
  dhcp[1] = 1;
  dhcp[2] = 6;
  put32 (dhcp + 4, 0x01020304);
  memcpy (dhcp + 28, MAC, 6);
  put32 (dhcp + 236, 0x63825363);
  memcpy (dhcp + 240, (guint8[]){ 53, 1, type }, 3);
  if (type == 3)
    memcpy (dhcp + 243, "\x32\x04" GUEST, 6);
  dhcp[type == 3 ? 249 : 243] = 255;
  send_ip (net, BROADCAST, "\0\0\0\0", "\xff\xff\xff\xff", 17, udp, sizeof udp);
}

/* Looks for a DHCP option; NULL: not there. */
static const guint8 *
find_option (const guint8 *options, const guint8 *end, guint8 code)
{
  while (options + 2 <= end && options[0] != 255)
    {
      if (options[0] == code)
        return options + 2;
      options += options[0] == 0 ? 1 : 2 + options[1];
    }
  return NULL;
}

static void
expect_dhcp (Net *net, guint8 type)
{
  g_autoptr (GBytes) answer = receive (net, 0x0800, 17, LONG);
  const guint8 *dhcp, *end, *option;
  gsize length;

  g_assert_nonnull (answer);
  dhcp = g_bytes_get_data (answer, &length);
  end = dhcp + length;
  dhcp += 14 + 20 + 8;
  g_assert_cmpuint (get32 (dhcp + 4), ==, 0x01020304);
  g_assert_cmpmem (dhcp + 16, 4, GUEST, 4);
  option = find_option (dhcp + 240, end, 53);
  g_assert_nonnull (option);
  g_assert_cmpuint (option[0], ==, type);
  option = find_option (dhcp + 240, end, 3);
  g_assert_nonnull (option);
  g_assert_cmpmem (option, 4, GATEWAY, 4);
  option = find_option (dhcp + 240, end, 6);
  g_assert_nonnull (option);
  g_assert_cmpmem (option, 4, "\x0a\x00\x02\x03", 4);
}

static int
listen_on_loopback (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 4), ==, 0);
  getsockname (fd, (struct sockaddr *) &address, &length);
  *port = ntohs (address.sin_port);
  return fd;
}

static gpointer
serve_page (gpointer data)
{
  int fd = accept (GPOINTER_TO_INT (data), NULL, NULL);
  char request[256];
  ssize_t n = read (fd, request, sizeof request);

  g_assert_cmpmem (request, n, REQUEST, strlen (REQUEST));
  g_assert_cmpint (write (fd, PAGE, strlen (PAGE)), ==, (gssize) strlen (PAGE));
  close (fd);
  return NULL;
}

/* Opens a connection; the answer to the SYN. */
static guint8
connect_tcp (Net *net, const char *to, guint port, guint32 *ack)
{
  g_autoptr (GBytes) answer = NULL;
  const guint8 *tcp;

  send_tcp (net, to, port, SYN, 1000, 0, "");
  answer = receive (net, 0x0800, 6, LONG);
  g_assert_nonnull (answer);
  tcp = (const guint8 *) g_bytes_get_data (answer, NULL) + 34;
  g_assert_cmpuint (get16 (tcp), ==, port);
  g_assert_cmpuint (get16 (tcp + 2), ==, GUEST_PORT);
  *ack = get32 (tcp + 4) + 1;
  return tcp[13];
}

/* Reads until the page is there, acknowledging what comes. */
static char *
read_page (Net *net, guint port, guint32 ack)
{
  g_autoptr (GString) page = g_string_new (NULL);

  while (page->len < strlen (PAGE))
    {
      g_autoptr (GBytes) frame = receive (net, 0x0800, 6, LONG);
      const guint8 *ip, *tcp;
      gsize length;

      g_assert_nonnull (frame);
      ip = (const guint8 *) g_bytes_get_data (frame, NULL) + 14;
      tcp = ip + 20;
      length = get16 (ip + 2) - 20u - (tcp[12] >> 4) * 4u;
      if (get32 (tcp + 4) != ack || length == 0)
        continue;
      g_string_append_len (page, (const char *) tcp + (tcp[12] >> 4) * 4, (gssize) length);
      ack += (guint32) length;
      send_tcp (net, GATEWAY, port, ACK, 1001 + (guint32) strlen (REQUEST), ack, "");
    }
  return g_string_free (g_steal_pointer (&page), FALSE);
}

static void
test_fetch (void)
{
  Net net = { 0 };
  guint16 port;
  int server = listen_on_loopback (&port);
  GThread *thread;
  guint32 ack = 0;
  g_autofree char *page = NULL;

  net_open (&net, "host-access=on");
  send_dhcp (&net, 1);
  expect_dhcp (&net, 2);
  send_dhcp (&net, 3);
  expect_dhcp (&net, 5);
  find_router (&net);

  thread = g_thread_new ("server", serve_page, GINT_TO_POINTER (server));
  g_assert_cmpuint (connect_tcp (&net, GATEWAY, port, &ack), ==, SYN | ACK);
  send_tcp (&net, GATEWAY, port, ACK, 1001, ack, "");
  send_tcp (&net, GATEWAY, port, ACK | PSH, 1001, ack, REQUEST);
  page = read_page (&net, port, ack);
  g_assert_cmpstr (page, ==, PAGE);
  g_thread_join (thread);
  close (server);
  net_close (&net);
}

/* Unless asked for, this machine's loopback is out of reach, by whatever name. */
static void
test_no_host_access (void)
{
  static const char *const names[] = { LOOPBACK, "\x7f\x01\x02\x03", "\0\0\0\0" };
  Net net = { 0 };
  guint16 port;
  int server = listen_on_loopback (&port);

  net_open (&net, "");
  find_router (&net);
  send_tcp (&net, GATEWAY, port, SYN, 1000, 0, "");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    send_tcp (&net, names[i], port, SYN, 1000, 0, "");
  fixture_wait_value (net.f, "n:0", "drops_invalid", G_N_ELEMENTS (names));
  g_usleep (SHORT);
  fcntl (server, F_SETFL, O_NONBLOCK);
  g_assert_cmpint (accept (server, NULL, NULL), <, 0);
  g_assert_cmpint (errno, ==, EAGAIN);
  close (server);
  net_close (&net);
}

static guint16
find_free_port (void)
{
  guint16 port;

  close (listen_on_loopback (&port));
  return port;
}

static int
connect_loopback (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;
  close (fd);
  return -1;
}

static void
test_forward (void)
{
  Net net = { 0 };
  guint16 port = find_free_port ();
  g_autoptr (GBytes) frame = NULL;
  const guint8 *ip;
  int fd, taken;

  net_open (&net, "");
  fixture_ok (net.f, "nat forward n tcp %u 10.0.2.15 80", port);
  fixture_refused (net.f, "another program has it", "nat forward n tcp %u 10.0.2.15 81", port);
  find_router (&net);
  fd = connect_loopback (port);
  g_assert_cmpint (fd, >=, 0);
  frame = receive (&net, 0x0800, 6, LONG);
  g_assert_nonnull (frame);
  ip = (const guint8 *) g_bytes_get_data (frame, NULL) + 14;
  g_assert_cmpmem (ip + 16, 4, GUEST, 4);
  g_assert_cmpuint (get16 (ip + 22), ==, 80);
  g_assert_cmpuint (ip[33], ==, SYN);
  close (fd);

  fixture_ok (net.f, "nat unforward n tcp %u 10.0.2.15 80", port);
  fixture_refused (net.f, "not forwarded", "nat unforward n tcp %u 10.0.2.15 80", port);
  g_assert_cmpint (connect_loopback (port), <, 0);
  taken = listen_on_loopback (&port);
  fixture_refused (net.f, "another program has it", "nat forward n tcp %u 10.0.2.15 80", port);
  close (taken);
  net_close (&net);
}

static void
test_commands (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();

  fixture_refused (f, "unknown option", "nat add n ports=2");
  fixture_refused (f, "host-access must be on or off", "nat add n host-access=yes");
  fixture_ok (f, "nat add n");
  fixture_refused (f, "there is a device \"n\"", "switch add n ports=2");
  fixture_refused (f, "there is no nat \"m\"", "nat forward m tcp 1 10.0.2.15 1");
  fixture_refused (f, "tcp or udp", "nat forward n icmp 8000 10.0.2.15 1");
  fixture_refused (f, "number from 1 to 65535", "nat forward n tcp 0 10.0.2.15 1");
  fixture_refused (f, "number from 1 to 65535", "nat forward n tcp 8000 10.0.2.15 65536");
  fixture_refused (f, "not an IPv4 address", "nat forward n tcp 8000 10.0.2 1");
  fixture_ok (f, "list nats");
  g_assert_cmpuint (f->details->len, ==, 1);
  g_assert_cmpstr (f->details->pdata[0], ==, "- n host-access=off");
  fixture_ok (f, "nat remove n");
  fixture_ok (f, "list nats");
  g_assert_cmpuint (f->details->len, ==, 0);
}

/* A nat that nobody uses does not wake the relay. */
static void
test_idle (void)
{
  Net net = { 0 };
  guint64 before;

  net_open (&net, "");
  find_router (&net);
  g_usleep (SHORT);
  before = fixture_value (net.f, NULL, "wakeups");
  g_usleep (1500000);
  /* Our own question is one. */
  g_assert_cmpuint (fixture_value (net.f, NULL, "wakeups") - before, <=, 2);
  net_close (&net);
}

static void
drop_capabilities (void)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct none[2] = { 0 };

  for (int i = 0; i < 64; i++)
    prctl (PR_CAPBSET_DROP, i);
  g_assert_cmpint (syscall (SYS_capset, &header, none), ==, 0);
  g_assert_cmpint (socket (AF_INET, SOCK_RAW, IPPROTO_ICMP), <, 0);
  g_assert_cmpint (errno, ==, EPERM);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  drop_capabilities ();
  g_test_add_func ("/relay/nat/commands", test_commands);
  g_test_add_func ("/relay/nat/fetch", test_fetch);
  g_test_add_func ("/relay/nat/no-host-access", test_no_host_access);
  g_test_add_func ("/relay/nat/forward", test_forward);
  g_test_add_func ("/relay/nat/idle", test_idle);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tunnel device: frames as bare UDP datagrams, to a socket of the test and to another tunnel.
 */

#include "relay-fixture.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const guint8 frame[] = BROADCAST "\x02\x00\x00\x00\x00\x01\x88\xb6 through a tunnel";

static int
bind_loopback (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  struct timeval patience = { .tv_sec = LONG / G_USEC_PER_SEC };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  getsockname (fd, (struct sockaddr *) &address, &length);
  *port = ntohs (address.sin_port);
  return fd;
}

static guint16
find_free_port (void)
{
  guint16 port;

  close (bind_loopback (&port));
  return port;
}

static void
send_to (int fd, guint16 port, gconstpointer data, gsize length)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr = { htonl (INADDR_LOOPBACK) } };

  g_assert_cmpint (sendto (fd, data, length, 0, (struct sockaddr *) &address, sizeof address), ==,
                   (gssize) length);
}

static void
test_bare_frames (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) peer = peer_new (f, 1, "ethernet=1");
  guint16 far_port, stranger_port, near_port = find_free_port ();
  int far = bind_loopback (&far_port), stranger = bind_loopback (&stranger_port);
  guint8 bytes[2000];

  fixture_ok (f, "tunnel add t port=%u remote=127.0.0.1:%u", near_port, far_port);
  fixture_ok (f, "link add l 1:0/0 t:0");
  peer_send (peer, 0, frame, sizeof frame);
  g_assert_cmpint (recv (far, bytes, sizeof bytes, 0), ==, (gssize) sizeof frame);
  g_assert_cmpmem (bytes, sizeof frame, frame, sizeof frame);
  send_to (stranger, near_port, "from a stranger to the lab", 26);
  send_to (far, near_port, frame, sizeof frame);
  peer_assert_receives (peer, 0, frame, sizeof frame);
  peer_assert_silent (peer);

  close (far);
  for (guint i = 0; i < 4; i++) /* every other one hears of the one before */
    {
      peer_send (peer, 0, frame, sizeof frame);
      g_usleep (20000);
    }
  fixture_wait_value (f, "t:0", "drops_peer_gone", 1);
  close (stranger);
}

/* Two relays with a host each. */
static void
test_two_relays (void)
{
  g_autoptr (Fixture) one = fixture_new_started ();
  g_autoptr (Fixture) other = fixture_new_started ();
  g_autoptr (Peer) near = peer_new (one, 1, "ethernet=1");
  g_autoptr (Peer) far = peer_new (other, 1, "ethernet=1");
  guint16 port = find_free_port (), far_port = find_free_port ();

  fixture_ok (one, "tunnel add t port=%u remote=127.0.0.1:%u", port, far_port);
  fixture_ok (one, "link add l 1:0/0 t:0");
  fixture_ok (other, "tunnel add t port=%u remote=127.0.0.1:%u", far_port, port);
  fixture_ok (other, "link add l 1:0/0 t:0");
  for (guint i = 0; i < 200; i++)
    {
      peer_send (near, 0, frame, sizeof frame);
      peer_assert_receives (far, 0, frame, sizeof frame);
      peer_send (far, 0, frame, sizeof frame);
      peer_assert_receives (near, 0, frame, sizeof frame);
    }
}

static void
test_commands (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  guint16 taken;
  int fd = bind_loopback (&taken);

  fixture_refused (f, "Say port=N", "tunnel add t remote=127.0.0.1:5000");
  fixture_refused (f, "Say remote=", "tunnel add t port=5000");
  fixture_refused (f, "ADDRESS:PORT", "tunnel add t port=5000 remote=127.0.0.1");
  fixture_refused (f, "ADDRESS:PORT", "tunnel add t port=5000 remote=host:5000");
  fixture_refused (f, "number from 1 to 65535", "tunnel add t port=5000 remote=127.0.0.1:0");
  fixture_refused (f, "number from 1 to 65535", "tunnel add t port=0 remote=127.0.0.1:5000");
  fixture_refused (f, "cannot be used", "tunnel add t port=%u remote=127.0.0.1:5000", taken);
  close (fd);
  fixture_ok (f, "tunnel add t port=%u remote=127.0.0.1:5000", taken);
  fixture_ok (f, "list tunnels");
  g_assert_true (g_str_has_suffix (f->details->pdata[0], " remote=127.0.0.1:5000"));
  fixture_ok (f, "tunnel remove t");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/tunnel/commands", test_commands);
  g_test_add_func ("/relay/tunnel/bare-frames", test_bare_frames);
  g_test_add_func ("/relay/tunnel/two-relays", test_two_relays);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tap device, in a network namespace of our own: frames on the host's side are read and written
 * by a packet socket. */

#include "relay-fixture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *why_not; /* NULL: we have a namespace */

static const guint8 to_host[] =
    "\xff\xff\xff\xff\xff\xff\x02\x00\x00\x00\x00\x01\x88\xb5 to the host";
static const guint8 to_lab[] =
    "\xff\xff\xff\xff\xff\xff\x02\x00\x00\x00\x00\x02\x88\xb5 to the lab";

static gboolean
have_namespace (void)
{
  if (why_not != NULL)
    g_test_skip (why_not);
  return why_not == NULL;
}

static int
open_packet (const char *interface)
{
  struct sockaddr_ll address = { .sll_family = AF_PACKET, .sll_protocol = htons (0x88b5) };
  int fd = socket (AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons (0x88b5));

  g_assert_cmpint (fd, >=, 0);
  address.sll_ifindex = (int) if_nametoindex (interface);
  g_assert_cmpint (address.sll_ifindex, !=, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

static void
assert_exchange (Peer *peer, int fd)
{
  struct pollfd entry = { .fd = fd, .events = POLLIN };
  guint8 bytes[2000];

  peer_send (peer, 0, to_host, sizeof to_host);
  g_assert_cmpint (poll (&entry, 1, LONG / 1000), ==, 1);
  g_assert_cmpint (recv (fd, bytes, sizeof bytes, 0), ==, (gssize) sizeof to_host);
  g_assert_cmpmem (bytes, sizeof to_host, to_host, sizeof to_host);

  g_assert_cmpint (send (fd, to_lab, sizeof to_lab, 0), ==, (gssize) sizeof to_lab);
  for (;;) /* the host may say something of its own on a new interface */
    {
      g_autoptr (GBytes) frame = peer_receive (peer, 0, LONG);
      gsize length;
      const guint8 *got;

      g_assert_nonnull (frame);
      got = g_bytes_get_data (frame, &length);
      if (length == sizeof to_lab && memcmp (got, to_lab, length) == 0)
        return;
    }
}

static void
test_new_interface (void)
{
  g_autoptr (Fixture) f = NULL;
  g_autoptr (Peer) peer = NULL;
  int fd;

  if (!have_namespace ())
    return;
  f = fixture_new_started ();
  peer = peer_new (f, 1, "ethernet=1");
  fixture_ok (f, "tap add t interface=labtest0");
  fixture_ok (f, "link add l 1:0/0 t:0");
  fixture_ok (f, "list taps");
  g_assert_cmpstr (f->details->pdata[0], ==, "- t interface=labtest0");
  fd = open_packet ("labtest0");
  assert_exchange (peer, fd);
  fixture_refused (f, "used by another program", "tap add u interface=labtest0");
  fixture_ok (f, "tap remove t");
  g_assert_cmpuint (if_nametoindex ("labtest0"), ==, 0);
  close (fd);
}

static void
test_bridge (void)
{
  g_autoptr (Fixture) f = NULL;
  g_autoptr (Peer) peer = NULL;
  struct ifreq request = { .ifr_name = "labbr0" };
  int control, fd;

  if (!have_namespace ())
    return;
  control = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (ioctl (control, SIOCBRADDBR, "labbr0") < 0)
    {
      close (control);
      g_test_skip ("there are no bridges here");
      return;
    }
  request.ifr_flags = IFF_UP;
  g_assert_cmpint (ioctl (control, SIOCSIFFLAGS, &request), ==, 0);
  f = fixture_new_started ();
  peer = peer_new (f, 1, "ethernet=1");
  fixture_ok (f, "tap add t interface=labbr0");
  fixture_ok (f, "link add l 1:0/0 t:0");
  fd = open_packet ("labbr0");
  assert_exchange (peer, fd);
  close (fd);
  fixture_ok (f, "tap remove t");
  request.ifr_flags = 0;
  ioctl (control, SIOCSIFFLAGS, &request);
  ioctl (control, SIOCBRDELBR, "labbr0");
  close (control);
}

static void
test_refusals (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();

  fixture_refused (f, "neither a tap interface nor a bridge", "tap add t interface=lo");
  fixture_refused (f, "not the name of an interface", "tap add t interface=../x");
  fixture_refused (f, "not the name of an interface", "tap add t interface=abcdefghijklmnop");
  fixture_refused (f, "not the name of an interface", "tap add t interface=");
  fixture_refused (f, "usage: tap add", "tap add t");
  fixture_ok (f, "list taps");
  g_assert_cmpuint (f->details->len, ==, 0);
}

static void
write_file (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  if (fd >= 0)
    {
      (void) !write (fd, text, strlen (text));
      close (fd);
    }
}

/* Root in a namespace of its own: an id map from our own id. */
static void
enter_namespace (void)
{
  g_autofree char *uids = g_strdup_printf ("0 %u 1", (guint) getuid ());
  g_autofree char *gids = g_strdup_printf ("0 %u 1", (guint) getgid ());
  int fd;

  if (unshare (CLONE_NEWUSER | CLONE_NEWNET) < 0)
    {
      why_not = "no user namespaces here";
      return;
    }
  write_file ("/proc/self/setgroups", "deny");
  write_file ("/proc/self/uid_map", uids);
  write_file ("/proc/self/gid_map", gids);
  fd = open ("/dev/net/tun", O_RDWR | O_CLOEXEC);
  if (fd < 0)
    why_not = "no /dev/net/tun here";
  else
    close (fd);
}

int
main (int argc, char **argv)
{
  enter_namespace (); /* while there is one thread */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/tap/new-interface", test_new_interface);
  g_test_add_func ("/relay/tap/bridge", test_bridge);
  g_test_add_func ("/relay/tap/refusals", test_refusals);
  return g_test_run ();
}

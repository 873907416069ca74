/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames from device to device, and what the relay refuses. */

#include "relay-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void
test_both_ways (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=2 serial=2");
  g_autoptr (Peer) b = peer_new (f, 1023, "ethernet=1 serial=3");
  guint8 large[IOU_MAX_PAYLOAD];

  memset (large, 0x5a, sizeof large);
  fixture_ok (f, "link add cable 1:0/1 1023:0/3");
  peer_send (a, IOU_PORT (0, 1), "there", 5);
  peer_assert_receives (b, IOU_PORT (0, 3), "there", 5);
  peer_send (b, IOU_PORT (0, 3), "and back", 8);
  peer_assert_receives (a, IOU_PORT (0, 1), "and back", 8);

  /* Serial ports, and the largest frame there is. */
  fixture_ok (f, "link add wan 1:3/2 1023:1/0");
  peer_send (a, IOU_PORT (3, 2), large, sizeof large);
  peer_assert_receives (b, IOU_PORT (1, 0), large, sizeof large);

  g_assert_cmpuint (fixture_value (f, "1:0/1", "in_frames"), ==, 1);
  g_assert_cmpuint (fixture_value (f, "1:0/1", "in_bytes"), ==, 5);
  g_assert_cmpuint (fixture_value (f, "1:0/1", "out_frames"), ==, 1);
  g_assert_cmpuint (fixture_value (f, "1:0/1", "out_bytes"), ==, 8);
  g_assert_cmpuint (fixture_value (f, "1023:1/0", "out_bytes"), ==, IOU_MAX_PAYLOAD);
  g_assert_cmpuint (fixture_value (f, NULL, "in_frames"), ==, 3);
}

static void
test_to_itself (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 5, "ethernet=1");

  fixture_ok (f, "link add loop 5:0/0 5:0/1");
  peer_send (a, IOU_PORT (0, 0), "me", 2);
  peer_assert_receives (a, IOU_PORT (0, 1), "me", 2);
}

static void
test_links_change (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  g_autoptr (Peer) c = peer_new (f, 3, "ethernet=1");

  peer_send (a, 0, "lost", 4);
  fixture_wait_value (f, "1:0/0", "drops_unlinked", 1);
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  peer_send (a, 0, "to b", 4);
  peer_assert_receives (b, 0, "to b", 4);

  fixture_ok (f, "link unplug x");
  peer_send (a, 0, "lost", 4);
  fixture_wait_value (f, "1:0/0", "drops_unplugged", 1);
  fixture_ok (f, "link plug x");
  peer_send (b, 0, "again", 5);
  peer_assert_receives (a, 0, "again", 5);

  fixture_ok (f, "link remove x");
  fixture_ok (f, "link add y 1:0/0 3:0/1 unplugged");
  peer_send (a, 0, "lost", 4);
  fixture_wait_value (f, "1:0/0", "drops_unplugged", 2);
  fixture_ok (f, "link plug y");
  peer_send (a, 0, "to c", 4);
  peer_assert_receives (c, IOU_PORT (0, 1), "to c", 4);
  peer_assert_silent (b);
}

static void
test_refuses (void)
{
  /* pseudo id 1024, instance 1, port 0/0, type 1: all right; then one thing wrong in each. */
  static const struct
  {
    guint8 bytes[9];
    gsize length;
    const char *end; /* where it is counted */
  } wrong[] = {
    { { 4, 1, 0, 1, 0x10, 0x10, 1, 0, 'x' }, 9, "1:0/1" }, /* to another id */
    { { 4, 0, 0, 2, 0x10, 0x10, 1, 0, 'x' }, 9, "1:0/1" }, /* from another id */
    { { 4, 0, 0, 1, 0x10, 0x10, 0, 0, 'x' }, 9, "1:0/1" }, /* types */
    { { 4, 0, 0, 1, 0x10, 0x10, 3, 0, 'x' }, 9, "1:0/1" },
    { { 4, 0, 0, 1, 0x10, 0x10, 255, 0, 'x' }, 9, "1:0/1" },
    { { 4, 0, 0, 1, 0x10, 0x10, 1, 0 }, 8, "1:0/1" },      /* no payload */
    { { 4, 0, 0, 1, 0x01, 0x01, 1, 0, 'x' }, 9, "1:0/0" }, /* ports there are not */
    { { 4, 0, 0, 1, 0x40, 0x40, 1, 0, 'x' }, 9, "1:0/0" },
    { { 4, 0, 0, 1, 0xff, 0xff, 1, 0, 'x' }, 9, "1:0/0" },
    { { 4, 0, 0, 1, 0x10, 0x10, 1 }, 7, "1:0/0" }, /* no header */
    { { 4 }, 1, "1:0/0" },
    { { 4 }, 0, "1:0/0" },
  };
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "link add y 1:0/1 2:0/1");
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      guint64 before = fixture_value (f, wrong[i].end, "drops_invalid");

      peer_send_raw (a, wrong[i].bytes, wrong[i].length);
      fixture_wait_value (f, wrong[i].end, "drops_invalid", before + 1);
    }
  g_assert_cmpuint (fixture_value (f, NULL, "drops_invalid"), ==, G_N_ELEMENTS (wrong));
  g_assert_cmpuint (fixture_value (f, NULL, "in_frames"), ==, 0);
  peer_assert_silent (b);
}

static void
test_truncated (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  guint8 bytes[IOU_MAX_DATAGRAM + 1] = { 4, 0, 0, 1, 0, 0, 1, 0 };

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  peer_send_raw (a, bytes, sizeof bytes);
  fixture_wait_value (f, "1:0/0", "drops_truncated", 1);
  peer_assert_silent (b);
  peer_send_raw (a, bytes, sizeof bytes - 1);
  peer_assert_receives (b, 0, bytes + IOU_HEADER_SIZE, IOU_MAX_PAYLOAD);
}

static void
test_peer_comes_and_goes (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  peer_send (a, 0, "one", 3);
  peer_assert_receives (b, 0, "one", 3);
  for (guint i = 0; i < 3; i++)
    {
      guint64 gone = fixture_value (f, "2:0/0", "drops_peer_gone");

      peer_unbind (b); /* its socket file stays, without owner */
      peer_send (a, 0, "nobody", 6);
      fixture_wait_value (f, "2:0/0", "drops_peer_gone", gone + 1);
      g_usleep (10000);
      peer_bind (b);
      peer_send (a, 0, "back", 4);
      peer_assert_receives (b, 0, "back", 4);
      peer_send (b, 0, "hello", 5);
      peer_assert_receives (a, 0, "hello", 5);
    }
}

/* The old process still holds its socket when the new one has bound its own: only the engine knows.
 */
static void
test_restarted (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  int old;

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  peer_send (a, 0, "one", 3);
  peer_assert_receives (b, 0, "one", 3);
  old = b->fd;
  b->fd = -1;
  peer_bind (b);
  fixture_ok (f, "instance restarted 2");
  peer_send (a, 0, "two", 3);
  peer_assert_receives (b, 0, "two", 3);
  close (old);
}

static void
test_same_ids (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Fixture) g = fixture_new_started ();
  g_autoptr (Peer) fa = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) fb = peer_new (f, 2, "ethernet=1");
  g_autoptr (Peer) ga = peer_new (g, 1, "ethernet=1");
  g_autoptr (Peer) gb = peer_new (g, 2, "ethernet=1");

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (g, "link add x 1:0/0 2:0/0");
  peer_send (fa, 0, "first", 5);
  peer_send (ga, 0, "second", 6);
  peer_assert_receives (fb, 0, "first", 5);
  peer_assert_receives (gb, 0, "second", 6);
  peer_assert_silent (fb);
  peer_assert_silent (gb);
}

/* One folder for all, as without sandboxes: pseudo ids differ, and nobody gets another's socket. */
static void
test_shared_folder (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 pseudo=513");
  g_autofree char *path = NULL;
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  guint8 bytes[] = { 2, 2, 0, 2, 0, 0, 1, 0, 'x' };
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  a->pseudo = 513;
  fixture_ok (f, "instance add 2 dir=%s ethernet=1 pseudo=514", a->dir);
  fixture_refused (f, "instance 1 uses", "instance add 3 dir=%s pseudo=513", a->dir);
  fixture_refused (f, "instance 1 uses", "instance add 3 dir=%s pseudo=1", a->dir);
  fixture_refused (f, "instance 1 uses", "instance add 513 dir=%s pseudo=700", a->dir);
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  path = g_strdup_printf ("%s/netio%u/514", a->dir, (guint) getuid ());
  strcpy (address.sun_path, path);
  g_assert_cmpint (
      sendto (fd, bytes, sizeof bytes, 0, (struct sockaddr *) &address, sizeof address), ==,
      sizeof bytes);
  peer_assert_receives (a, 0, "x", 1);
  close (fd);
}

/* Longer than a socket address has room for. */
static void
test_long_path (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autofree char *name = g_strnfill (120, 'd');
  g_autofree char *dir = g_build_filename (f->dir, name, NULL);
  g_autofree char *netio = g_strdup_printf ("%s/netio%u", dir, (guint) getuid ());
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  guint8 bytes[] = { 4, 0, 0, 9, 0, 0, 1, 0, 'x' }, got[16];
  int folder, fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_mkdir (dir, 0700);
  fixture_ok (f, "instance add 9 dir=%s ethernet=1", dir);
  fixture_ok (f, "link add x 9:0/0 9:0/1");
  folder = open (netio, O_PATH | O_DIRECTORY);
  g_assert_cmpint (folder, >=, 0);
  g_snprintf (address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/9", folder);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_snprintf (address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/1024", folder);
  g_assert_cmpint (
      sendto (fd, bytes, sizeof bytes, 0, (struct sockaddr *) &address, sizeof address), ==,
      sizeof bytes);
  g_assert_cmpint (recv (fd, got, sizeof got, 0), ==, sizeof bytes);
  g_assert_cmpint (got[4], ==, 0x10);
  close (fd);
  close (folder);
}

/* A device can write to its /tmp: links there must not lead the relay anywhere else. */
static void
test_hostile_folder (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autofree char *dir = fixture_path (f, "device");
  g_autofree char *other = fixture_path (f, "other");
  g_autofree char *victim = fixture_path (f, "other/1024");
  g_autofree char *netio = g_strdup_printf ("%s/netio%u", dir, (guint) getuid ());
  g_autofree char *lock = g_strdup_printf ("%s/1024.lck", netio);

  g_mkdir (dir, 0700);
  g_mkdir (other, 0700);
  g_assert_true (g_file_set_contents (victim, "keep me", -1, NULL));
  g_assert_cmpint (symlink (other, netio), ==, 0);
  fixture_refused (f, "not a folder that can be used", "instance add 1 dir=%s", dir);
  g_assert_true (g_file_test (victim, G_FILE_TEST_IS_REGULAR));

  g_unlink (netio);
  g_mkdir (netio, 0700);
  g_assert_cmpint (symlink (victim, lock), ==, 0);
  fixture_refused (f, "lock file", "instance add 1 dir=%s", dir);
  g_unlink (lock);
  g_assert_cmpint (mkfifo (lock, 0600), ==, 0);
  fixture_refused (f, "lock file", "instance add 1 dir=%s", dir);
  g_unlink (lock);
  fixture_ok (f, "instance add 1 dir=%s", dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/forward/both-ways", test_both_ways);
  g_test_add_func ("/relay/forward/to-itself", test_to_itself);
  g_test_add_func ("/relay/forward/links-change", test_links_change);
  g_test_add_func ("/relay/forward/refuses", test_refuses);
  g_test_add_func ("/relay/forward/truncated", test_truncated);
  g_test_add_func ("/relay/forward/peer-comes-and-goes", test_peer_comes_and_goes);
  g_test_add_func ("/relay/forward/restarted", test_restarted);
  g_test_add_func ("/relay/forward/same-ids", test_same_ids);
  g_test_add_func ("/relay/forward/shared-folder", test_shared_folder);
  g_test_add_func ("/relay/forward/long-path", test_long_path);
  g_test_add_func ("/relay/forward/hostile-folder", test_hostile_folder);
  return g_test_run ();
}

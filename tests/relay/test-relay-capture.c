/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Captures, read by tshark. */

#include "relay-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "relay-tshark.h"

#define IP_SIZE 28

static guint
count_lines (const char *text)
{
  guint count = 0;

  for (; *text != '\0'; text++)
    count += *text == '\n';
  return count;
}

static void
assert_sound (const char *file, guint frames)
{
  g_autofree char *all = tshark (file, "-T fields -e frame.number");
  g_autofree char *malformed = tshark (file, "-Y _ws.malformed");

  g_assert_cmpuint (count_lines (all), ==, frames);
  g_assert_cmpstr (malformed, ==, "");
}

/* An ICMP echo behind `link`. Returns the length. */
static gsize
make_packet (guint8 *bytes, const void *link, gsize length, guint sequence)
{
  const guint8 ip[IP_SIZE] = { 0x45,
                               0,
                               0,
                               IP_SIZE,
                               0,
                               1,
                               0,
                               0,
                               64,
                               1,
                               0,
                               0,
                               10,
                               0,
                               0,
                               1,
                               10,
                               0,
                               0,
                               2,
                               8,
                               0,
                               0,
                               0,
                               0,
                               1,
                               (guint8) (sequence >> 8),
                               (guint8) sequence };

  memcpy (bytes, link, length);
  memcpy (bytes + length, ip, sizeof ip);
  return length + sizeof ip;
}

/* Until what was ended is written. */
static void
finish (Fixture *f, const char *name)
{
  gint64 until = g_get_monotonic_time () + LONG;
  g_autofree char *prefix = g_strdup_printf ("- %s ", name);
  gboolean there;

  fixture_ok (f, "capture remove %s", name);
  do
    {
      there = FALSE;
      fixture_ok (f, "list captures");
      for (guint i = 0; i < f->details->len; i++)
        there |= g_str_has_prefix (f->details->pdata[i], prefix);
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (5000);
    }
  while (there);
}

/* All kinds of lines, in one file: protocols are found, directions and names are right. */
static void
test_kinds (void)
{
  static const struct
  {
    const char *kind, *protocol;
    guint8 link[14];
    gsize length;
  } kinds[] = {
    { "ethernet", "eth", { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0 }, 14 },
    { "hdlc", "chdlc", { 0x0f, 0, 8, 0 }, 4 },
    { "ppp", "ppp", { 0xff, 3, 0, 0x21 }, 4 },
    { "frame-relay", "fr", { 0x18, 0x41, 3, 0xcc }, 4 },
  };
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 serial=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 serial=1");

  if (!have_tshark ())
    return;
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "link add y 1:1/0 2:1/0");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *file = g_strdup_printf ("%s/%s.pcapng", f->dir, kinds[i].kind);
      g_autofree char *expected = NULL;
      g_autofree char *fields = NULL;
      guint port = i == 0 ? 0 : IOU_PORT (1, 0);
      guint8 bytes[64];
      gsize size = make_packet (bytes, kinds[i].link, kinds[i].length, i);

      fixture_ok (f, "capture add c file=%s encapsulation=%s %s=R1%%20port", file, kinds[i].kind,
                  i == 0 ? "1:0/0" : "1:1/0");
      peer_send (a, port, bytes, size);
      peer_assert_receives (b, port, bytes, size);
      peer_send (b, port, bytes, size);
      peer_assert_receives (a, port, bytes, size);
      finish (f, "c");
      assert_sound (file, 2);
      fields = tshark (file, "-T fields -e frame.protocols -e frame.len -e frame.interface_name "
                             "-e frame.packet_flags_direction -e ip.dst");
      expected = g_strdup_printf ("%s%s:ip:icmp\t%zu\tR1 port\t0x00000002\t10.0.0.2\n"
                                  "%s%s:ip:icmp\t%zu\tR1 port\t0x00000001\t10.0.0.2\n",
                                  kinds[i].protocol, i == 0 ? ":ethertype" : "", size,
                                  kinds[i].protocol, i == 0 ? ":ethertype" : "", size);
      g_assert_cmpstr (fields, ==, expected);
    }
}

/* Several links and kinds in one file; each frame once at each port; a filter; a short snapshot. */
static void
test_merged (void)
{
  static const guint8 ethernet[14] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0 };
  static const guint8 hdlc[4] = { 0x0f, 0, 8, 0 };
  guint8 arp[60] = { 255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 1, 8, 6, 0, 1, 8, 0, 6, 4, 0, 1 };
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 serial=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 serial=1");
  g_autofree char *file = fixture_path (f, "both");
  g_autofree char *some = fixture_path (f, "some");
  g_autofree char *fields = NULL;
  guint8 bytes[64];
  gsize size;

  if (!have_tshark ())
    return;
  fixture_ok (f, "switch add s ports=2");
  fixture_ok (f, "link add x 1:0/0 s:0");
  fixture_ok (f, "link add w s:1 2:0/0");
  fixture_ok (f, "link add y 1:1/0 2:1/0");
  fixture_ok (f, "capture add all file=%s 1:0/0 2:0/0 2:1/0", file);
  fixture_ok (f, "capture add some file=%s snap=20 1:0/0 filter=arp or icmp6", some);
  size = make_packet (bytes, ethernet, sizeof ethernet, 1);
  peer_send (a, 0, bytes, size);
  peer_assert_receives (b, 0, bytes, size);
  size = make_packet (bytes, hdlc, sizeof hdlc, 2);
  peer_send (a, IOU_PORT (1, 0), bytes, size);
  peer_assert_receives (b, IOU_PORT (1, 0), bytes, size);
  peer_send (a, 0, arp, sizeof arp);
  peer_assert_receives (b, 0, arp, sizeof arp);
  fixture_ok (f, "list captures");
  g_assert_cmpuint (f->details->len, ==, 2);
  finish (f, "all");
  finish (f, "some");
  assert_sound (file, 5);
  fields = tshark (file, "-T fields -e frame.interface_name -e frame.packet_flags_direction");
  g_assert_cmpstr (fields, ==,
                   "1:0/0\t0x00000002\n2:0/0\t0x00000001\n2:1/0\t0x00000001\n1:0/0\t0x00000002\n"
                   "2:0/0\t0x00000001\n");
  {
    g_autofree char *short_fields = tshark (some, "-T fields -e frame.len -e frame.cap_len");

    g_assert_cmpstr (short_fields, ==, "60\t20\n");
  }
}

/* What is sent is taken down before the impairments, what arrives behind them. */
static void
test_impaired (void)
{
  static const guint8 ethernet[14] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0 };
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  g_autofree char *sent = fixture_path (f, "sent");
  g_autofree char *received = fixture_path (f, "received");
  guint8 bytes[64];

  if (!have_tshark ())
    return;
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "impair 1:0/0 nth=4 delay=1ms");
  fixture_ok (f, "capture add s file=%s 1:0/0", sent);
  fixture_ok (f, "capture add r file=%s 2:0/0", received);
  for (guint i = 0; i < 100; i++)
    {
      gsize size = make_packet (bytes, ethernet, sizeof ethernet, i);

      peer_send (a, 0, bytes, size);
      if (i % 4 != 3)
        peer_assert_receives (b, 0, bytes, size);
    }
  fixture_wait_value (f, "1:0/0", "drops_impaired", 25);
  finish (f, "s");
  finish (f, "r");
  assert_sound (sent, 100);
  assert_sound (received, 75);
}

/* A device ends and comes again, its cable is moved and comes back: still one file. */
static void
test_restart (void)
{
  static const guint8 ethernet[14] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0 };
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  g_autofree char *file = fixture_path (f, "file");
  guint8 bytes[64];
  gsize size = make_packet (bytes, ethernet, sizeof ethernet, 1);

  if (!have_tshark ())
    return;
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "capture add c file=%s 1:0/0", file);
  for (guint i = 0; i < 5; i++)
    {
      if (i == 1)
        {
          peer_unbind (a);
          peer_bind (a);
          fixture_ok (f, "instance restarted 1");
        }
      if (i == 2)
        {
          fixture_ok (f, "link unplug x");
          fixture_ok (f, "link plug x");
        }
      if (i == 3)
        {
          fixture_ok (f, "link remove x");
          fixture_ok (f, "link add z 2:0/0 1:0/0");
        }
      if (i == 4)
        {
          peer_unbind (a);
          fixture_ok (f, "instance remove 1");
          fixture_ok (f, "instance add 1 dir=%s ethernet=1", a->dir);
          fixture_ok (f, "link add z 2:0/0 1:0/0");
          peer_bind (a);
        }
      peer_send (a, 0, bytes, size);
      peer_assert_receives (b, 0, bytes, size);
    }
  finish (f, "c");
  assert_sound (file, 5);
}

/* Files of a size, the oldest removed. */
static void
test_ring (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  g_autofree char *file = fixture_path (f, "ring.pcapng");
  guint8 bytes[1400] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x12, 0x34 };
  guint total = 0, there = 0;

  if (!have_tshark ())
    return;
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "capture add c file=%s size=70000 files=3 1:0/0", file);
  for (guint i = 0; i < 250; i++)
    {
      peer_send (a, 0, bytes, sizeof bytes);
      peer_assert_receives (b, 0, bytes, sizeof bytes);
    }
  finish (f, "c");
  for (guint i = 1; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/ring-%u.pcapng", f->dir, i);
      g_autofree char *frames = NULL;
      struct stat info;

      if (stat (name, &info) < 0)
        continue;
      there++;
      g_assert_cmpint (info.st_size, <=, 70000);
      frames = tshark (name, "-T fields -e frame.number");
      total += count_lines (frames);
    }
  g_assert_cmpuint (there, ==, 3);
  g_assert_cmpuint (total, >=, 100);
}

static void
wait_state (Fixture *f, const char *wanted)
{
  gint64 until = g_get_monotonic_time () + LONG;

  do
    {
      fixture_ok (f, "list captures");
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (5000);
    }
  while (f->details->len == 0 || strstr (f->details->pdata[0], wanted) == NULL);
}

/* A full disk ends the capture and nothing else. */
static void
test_full_disk (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "capture add c file=/dev/full 1:0/0");
  wait_state (f, "state=failed");
  g_assert_nonnull (strstr (f->details->pdata[0], "reason=No space left on device"));
  peer_send (a, 0, "onward", 6);
  peer_assert_receives (b, 0, "onward", 6);
  finish (f, "c");
}

/* A serial port whose encapsulation nobody told: each frame is of the kind that it is, also when
 * the encapsulation changes meanwhile, and a filter counts for all of them. */
static void
test_encapsulations (void)
{
  static const guint8 links[][4] = { { 0x0f, 0, 8, 0 },
                                     { 0xff, 3, 0, 0x21 },
                                     { 0x18, 0x41, 3, 0xcc } };
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 serial=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 serial=1");
  g_autofree char *file = fixture_path (f, "file");
  g_autofree char *some = fixture_path (f, "some");
  g_autofree char *fields = NULL;
  guint8 bytes[64];

  if (!have_tshark ())
    return;
  fixture_ok (f, "link add y 1:1/0 2:1/0");
  fixture_ok (f, "capture add c file=%s 1:1/0=R1%%20s1/0", file);
  fixture_ok (f, "capture add d file=%s 1:1/0 filter=icmp", some);
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      gsize size = make_packet (bytes, links[i], 4, i);

      peer_send (a, IOU_PORT (1, 0), bytes, size);
      peer_assert_receives (b, IOU_PORT (1, 0), bytes, size);
    }
  finish (f, "c");
  finish (f, "d");
  assert_sound (file, 3);
  assert_sound (some, 3);
  fields = tshark (file, "-T fields -e frame.interface_name -e frame.protocols");
  g_assert_cmpstr (fields, ==,
                   "R1 s1/0\tchdlc:ip:icmp\nR1 s1/0\tppp:ip:icmp\nR1 s1/0\tfr:ip:icmp\n");
}

/* Files of a time: the next begins with the first frame after it. */
static void
test_ring_of_time (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  g_autofree char *file = fixture_path (f, "ring.pcapng");
  guint8 bytes[60] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x12, 0x34 };

  if (!have_tshark ())
    return;
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "capture add c file=%s seconds=1 files=2 1:0/0", file);
  for (guint i = 0; i < 3; i++)
    {
      peer_send (a, 0, bytes, sizeof bytes);
      peer_assert_receives (b, 0, bytes, sizeof bytes);
      peer_send (a, 0, bytes, sizeof bytes);
      peer_assert_receives (b, 0, bytes, sizeof bytes);
      g_usleep (1100000);
    }
  finish (f, "c");
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/ring-%u.pcapng", f->dir, i);

      if (i == 1)
        g_assert_false (g_file_test (name, G_FILE_TEST_EXISTS));
      else
        assert_sound (name, 2);
    }
}

/* How many frames were left out stands in the file, for each port. */
static void
test_statistics (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  g_autofree char *file = fixture_path (f, "file");
  g_autofree char *contents = NULL;
  guint8 bytes[60] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x12, 0x34 };
  gsize length, at = 0;
  guint found = 0;

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "capture add c file=%s 1:0/0 2:0/0", file);
  for (guint i = 0; i < 3; i++)
    {
      peer_send (a, 0, bytes, sizeof bytes);
      peer_assert_receives (b, 0, bytes, sizeof bytes);
    }
  finish (f, "c");
  g_assert_true (g_file_get_contents (file, &contents, &length, NULL));
  while (at + 8 <= length)
    {
      guint32 head[3];
      guint64 received;

      memcpy (head, contents + at, sizeof head);
      if (head[0] == 5)
        {
          /* interface, time, then the option 4: frames received */
          memcpy (&received, contents + at + 24, sizeof received);
          g_assert_cmpuint (head[2], ==, found);
          g_assert_cmpuint (received, ==, 3);
          found++;
        }
      at += head[1];
    }
  g_assert_cmpuint (at, ==, length);
  g_assert_cmpuint (found, ==, 2);
}

static gboolean
write_text (const char *path, const char *text)
{
  FILE *file = fopen (path, "w");

  if (file == NULL)
    return FALSE;
  fputs (text, file);
  return fclose (file) == 0;
}

/* A real file system that is full: in namespaces of our own. FALSE: not here. */
static gboolean
mount_small_disk (const char *path)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1\n", (guint) getuid ());
  g_autofree char *groups = g_strdup_printf ("0 %u 1\n", (guint) getgid ());

  return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 && write_text ("/proc/self/uid_map", users) &&
         write_text ("/proc/self/setgroups", "deny") && write_text ("/proc/self/gid_map", groups) &&
         g_mkdir (path, 0700) == 0 && mount ("none", path, "tmpfs", 0, "size=256k") == 0;
}

static gboolean
can_mount (void)
{
  int status = 0;
  pid_t pid = fork ();

  if (pid == 0)
    _exit (unshare (CLONE_NEWUSER | CLONE_NEWNS) < 0);
  waitpid (pid, &status, 0);
  return status == 0;
}

/* A disk that fills up ends the capture with a word, and nothing else; what fitted can be read. */
static void
test_small_disk (void)
{
  g_autoptr (Fixture) f = NULL;
  g_autofree char *disk = NULL;
  g_autofree char *file = NULL;
  guint8 bytes[1400] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x12, 0x34 };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      if (g_test_trap_has_passed ())
        return;
      if (!can_mount ())
        g_test_skip ("no file system can be mounted here");
      else
        g_test_trap_assert_passed ();
      return;
    }
  f = fixture_new ();
  disk = fixture_path (f, "disk");
  file = fixture_path (f, "disk/file.pcapng");
  if (!mount_small_disk (disk))
    exit (77);
  fixture_start (f, NULL);
  {
    g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
    g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");

    fixture_ok (f, "link add x 1:0/0 2:0/0");
    fixture_ok (f, "capture add c file=%s 1:0/0", file);
    for (guint i = 0; i < 400; i++)
      {
        peer_send (a, 0, bytes, sizeof bytes);
        peer_assert_receives (b, 0, bytes, sizeof bytes);
      }
    wait_state (f, "state=failed");
    g_assert_nonnull (strstr (f->details->pdata[0], "reason=No space left on device"));
    peer_send (a, 0, "onward", 6);
    peer_assert_receives (b, 0, "onward", 6);
  }
  if (have_tshark ())
    {
      g_autofree char *all = tshark (file, "-T fields -e frame.number");

      g_assert_cmpuint (count_lines (all), >, 100);
      g_assert_cmpuint (count_lines (all), <, 200);
    }
  fixture_kill (f, SIGTERM);
  g_unlink (file);
  umount (disk);
}

/* A pipe that nobody reads any more ends its capture; one that is read slowly loses frames, which
 * are counted, and holds nothing up. */
static void
test_pipe (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  g_autofree char *pipe = fixture_path (f, "pipe");
  guint8 bytes[1500] = { 0 };
  gint64 until = g_get_monotonic_time () + LONG;
  int reader;

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  fixture_refused (f, "nobody reads the pipe", "capture add c file=%s 1:0/0", pipe);
  reader = open (pipe, O_RDONLY | O_NONBLOCK);
  fixture_ok (f, "capture add c file=%s 1:0/0", pipe);
  for (guint i = 0; i < 8000; i++)
    {
      peer_send (a, 0, bytes, sizeof bytes);
      peer_assert_receives (b, 0, bytes, sizeof bytes);
    }
  fixture_ok (f, "list captures");
  g_assert_null (strstr (f->details->pdata[0], "dropped=0 "));
  g_assert_nonnull (strstr (f->details->pdata[0], "state=running"));
  close (reader);
  do
    {
      fixture_ok (f, "list captures");
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (5000);
    }
  while (f->details->len > 0);

  /* The relay ends though a pipe is full. */
  reader = open (pipe, O_RDONLY | O_NONBLOCK);
  fixture_ok (f, "capture add c file=%s 1:0/0", pipe);
  for (guint i = 0; i < 100; i++)
    {
      peer_send (a, 0, bytes, sizeof bytes);
      peer_assert_receives (b, 0, bytes, sizeof bytes);
    }
  fixture_kill (f, SIGTERM);
  close (reader);
}

static void
test_refuses (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autofree char *file = fixture_path (f, "file");

  fixture_refused (f, "usage", "capture add c file=%s", file);
  fixture_refused (f, "needs file=PATH", "capture add c 1:0/0 1:0/1");
  fixture_refused (f, "needs file=PATH", "capture add c file=here 1:0/0");
  fixture_refused (f, "needs a port", "capture add c file=%s snap=100", file);
  fixture_refused (f, "has no port", "capture add c file=%s 1:7/0", file);
  fixture_refused (f, "size must be", "capture add c file=%s size=1 1:0/0", file);
  fixture_refused (f, "seconds must be", "capture add c file=%s seconds=0 1:0/0", file);
  fixture_refused (f, "size= or seconds=", "capture add c file=%s files=2 1:0/0", file);
  fixture_refused (f, "snap must be", "capture add c file=%s snap=70000 1:0/0", file);
  fixture_refused (f, "encapsulation must be", "capture add c file=%s encapsulation=x 1:0/0", file);
  fixture_refused (f, "filter is not right", "capture add c file=%s 1:0/0 filter=and", file);
  fixture_refused (f, "No such file", "capture add c file=%s/none/x 1:0/0", file);
  fixture_refused (f, "there is no capture", "capture remove c");
  fixture_ok (f, "capture add c file=%s 1:0/0", file);
  fixture_refused (f, "already", "capture add c file=%s 1:0/0", file);
  fixture_ok (f, "reset");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/capture/kinds", test_kinds);
  g_test_add_func ("/relay/capture/merged", test_merged);
  g_test_add_func ("/relay/capture/impaired", test_impaired);
  g_test_add_func ("/relay/capture/restart", test_restart);
  g_test_add_func ("/relay/capture/ring", test_ring);
  g_test_add_func ("/relay/capture/full-disk", test_full_disk);
  g_test_add_func ("/relay/capture/encapsulations", test_encapsulations);
  g_test_add_func ("/relay/capture/ring-of-time", test_ring_of_time);
  g_test_add_func ("/relay/capture/statistics", test_statistics);
  g_test_add_func ("/relay/capture/small-disk", test_small_disk);
  g_test_add_func ("/relay/capture/pipe", test_pipe);
  g_test_add_func ("/relay/capture/refuses", test_refuses);
  return g_test_run ();
}

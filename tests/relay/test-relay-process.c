/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The relay as a process: how it starts, ends, is killed, sleeps, and what it holds. */

#include "relay-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Shadow memory is not the relay's. */
#ifdef __SANITIZE_ADDRESS__
#define SANITIZED TRUE
#else
#define SANITIZED FALSE
#endif

static gboolean exists (Fixture *f, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
exists (Fixture *f, const char *format, ...)
{
  g_autofree char *name = NULL, *path = NULL;
  struct stat info;
  va_list args;

  va_start (args, format);
  name = g_strdup_vprintf (format, args);
  va_end (args);
  path = fixture_path (f, name);
  return lstat (path, &info) == 0;
}

/* The devices do not notice more than lost frames: they keep their sockets. */
static void
test_killed (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 keepalives=on");

  for (guint i = 0; i < 2; i++)
    {
      fixture_ok (f, "link add x 1:0/0 2:0/0");
      peer_send (a, 0, "frame", 5);
      peer_assert_receives (b, 0, "frame", 5);
      fixture_kill (f, SIGKILL);
      g_assert_true (exists (f, "1/netio%u/1024", (guint) getuid ()));
      fixture_start (f, NULL);
      fixture_ok (f, "instance add 1 dir=%s ethernet=1 keepalives=on", a->dir);
      fixture_ok (f, "instance add 2 dir=%s ethernet=1 keepalives=on", b->dir);
    }
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  peer_send (b, 0, "back", 4);
  peer_assert_receives (a, 0, "back", 4);
}

static void
assert_cleaned_up (Fixture *f)
{
  g_assert_false (exists (f, "control"));
  g_assert_false (exists (f, "counters"));
  g_assert_false (exists (f, "1/netio%u/1024", (guint) getuid ()));
  g_assert_false (exists (f, "1/netio%u/1024.lck", (guint) getuid ()));
  g_assert_false (exists (f, "1/netl1%u/L11024", (guint) getuid ()));
  g_assert_true (exists (f, "1/netio%u/1", (guint) getuid ())); /* the device's own */
}

static void
test_terminated (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");

  g_assert_true (exists (f, "1/netio%u/1024", (guint) getuid ()));
  g_assert_true (exists (f, "1/netio%u/1024.lck", (guint) getuid ()));
  g_assert_true (exists (f, "1/netl1%u/L11024", (guint) getuid ()));
  fixture_kill (f, SIGTERM);
  assert_cleaned_up (f);
}

static void
assert_ends (Fixture *f)
{
  int status;

  g_assert_cmpint (waitpid (f->pid, &status, 0), ==, f->pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  f->pid = 0;
}

static void
test_watched_end (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");

  g_assert_cmpint (write (f->watch, "xyz", 3), ==, 3); /* bytes mean nothing */
  fixture_ok (f, "ping");
  close (f->watch);
  f->watch = -1;
  assert_ends (f);
  assert_cleaned_up (f);
}

static void
test_quit (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");

  fixture_ok (f, "quit");
  assert_ends (f);
  assert_cleaned_up (f);
}

/* Two relays cannot serve one device. */
static void
test_lock (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Fixture) g = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autofree char *owner = g_strdup_printf ("locked by process %d", f->pid);
  g_autofree char *lock = g_strdup_printf ("%s/netio%u/1024.lck", a->dir, (guint) getuid ());
  g_autofree char *contents = NULL;

  fixture_refused (g, owner, "instance add 1 dir=%s", a->dir);
  g_assert_true (g_file_get_contents (lock, &contents, NULL, NULL));
  g_assert_cmpint (g_ascii_strtoll (contents, NULL, 10), ==, f->pid);
  fixture_ok (f, "link add x 1:0/0 1:0/1");
  peer_send (a, 0, "still mine", 10);
  peer_assert_receives (a, IOU_PORT (0, 1), "still mine", 10);
  fixture_ok (f, "instance remove 1");
  fixture_ok (g, "instance add 1 dir=%s", a->dir);
}

/* What somebody else put in the place of our socket is left alone. */
static void
test_removes_its_own_only (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autofree char *path = g_strdup_printf ("%s/netio%u/1024", a->dir, (guint) getuid ());
  g_autofree char *aside = g_strconcat (path, ".aside", NULL);

  g_assert_cmpint (g_rename (path, aside), ==, 0);
  g_assert_true (g_file_set_contents (path, "not yours", -1, NULL));
  fixture_ok (f, "instance remove 1");
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_idle (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 keepalives=on");
  g_autoptr (Peer) absent = peer_new (f, 3, "ethernet=1");
  RelayCountersHeader header;
  g_autofree char *path = fixture_path (f, "counters");
  guint64 wakeups;
  int fd;

  peer_unbind (absent);
  fixture_ok (f, "switch add s ports=4 ageing=1");
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "link add y 1:0/1 s:0");
  fixture_ok (f, "link add z 3:0/0 s:1");
  fixture_ok (f, "link add u 2:0/1 3:0/1 unplugged");
  peer_send (a, 0, "frame", 5);
  peer_assert_receives (b, 0, "frame", 5);
  peer_send (a, IOU_PORT (0, 1), BROADCAST "\2\0\0\0\0\1\x08\0", 14);
  fixture_wait_value (f, "3:0/0", "drops_peer_gone", 1);
  g_usleep (300000); /* keepalives that were owed */

  fd = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (pread (fd, &header, sizeof header, 0), ==, sizeof header);
  wakeups = header.wakeups;
  g_usleep (2000000);
  g_assert_cmpint (pread (fd, &header, sizeof header, 0), ==, sizeof header);
  g_assert_cmpuint (header.wakeups, ==, wakeups);
  close (fd);
}

static const RelayPortCounters *
find_slot (const RelayCountersHeader *header, guint id, const char *device, guint port)
{
  const RelayPortCounters *slots = (const void *) ((const guint8 *) header + header->header_size);

  for (guint i = 0; i < header->n_slots; i++)
    if (slots[i].serial != 0 && slots[i].id == id && slots[i].port == port &&
        strcmp (slots[i].device, device) == 0)
      return &slots[i];
  return NULL;
}

static void
test_counters_file (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autofree char *path = fixture_path (f, "counters");
  const RelayCountersHeader *header;
  const RelayPortCounters *slot;
  guint32 serial;
  struct stat info;
  int fd;

  fixture_ok (f, "hub add a-hub ports=1000");
  fixture_ok (f, "link add x 1:0/3 a-hub:999");
  peer_send (a, IOU_PORT (0, 3), "12345", 5);
  fixture_wait_value (f, "a-hub:999", "out_frames", 1);

  fd = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fstat (fd, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  header = mmap (NULL, (gsize) info.st_size, PROT_READ, MAP_SHARED, fd, 0);
  g_assert_true (header != MAP_FAILED);
  g_assert_cmpuint (header->magic, ==, RELAY_COUNTERS_MAGIC);
  g_assert_cmpuint (header->version, ==, RELAY_COUNTERS_VERSION);
  g_assert_cmpuint (header->slot_size, ==, sizeof (RelayPortCounters));
  g_assert_cmpuint (header->pid, ==, f->pid);
  g_assert_cmpuint (header->n_slots, >, 1000);
  g_assert_cmpuint (header->header_size + (guint64) header->n_slots * header->slot_size, <=,
                    info.st_size);

  slot = find_slot (header, 1, "", IOU_PORT (0, 3));
  g_assert_nonnull (slot);
  g_assert_cmpuint (slot->in_frames, ==, 1);
  g_assert_cmpuint (slot->in_bytes, ==, 5);
  g_assert_cmpuint (find_slot (header, 0, "a-hub", 999)->out_frames, ==, 1);

  /* A slot is free when its port goes, and tells by its serial that it is another's. */
  serial = slot->serial;
  fixture_ok (f, "instance remove 1");
  g_assert_cmpuint (slot->serial, ==, 0);
  fixture_ok (f, "instance add 1 dir=%s ethernet=1", a->dir);
  fixture_ok (f, "port 1:0/3");
  slot = find_slot (header, 1, "", IOU_PORT (0, 3));
  g_assert_nonnull (slot);
  g_assert_cmpuint (slot->serial, !=, serial);
  g_assert_cmpuint (slot->in_frames, ==, 0);
  munmap ((void *) header, (gsize) info.st_size);
  close (fd);
}

static guint
count_descriptors (Fixture *f)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/fd", f->pid);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
test_no_leak (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 keepalives=on");
  guint before = 0;

  for (guint i = 0; i < 1000; i++)
    {
      fixture_ok (f, "switch add s ports=4");
      fixture_ok (f, "link add x 1:0/0 2:0/0");
      fixture_ok (f, "link add y 1:0/1 s:0");
      if (i % 100 == 0)
        {
          peer_send (a, 0, "frame", 5);
          peer_assert_receives (b, 0, "frame", 5);
        }
      fixture_ok (f, "switch remove s");
      fixture_ok (f, "instance remove 1");
      fixture_ok (f, "instance remove 2");
      if (i == 0)
        before = count_descriptors (f);
      fixture_ok (f, "instance add 1 dir=%s ethernet=1 keepalives=on", a->dir);
      fixture_ok (f, "instance add 2 dir=%s ethernet=1 keepalives=on", b->dir);
    }
  fixture_ok (f, "reset");
  g_assert_cmpuint (count_descriptors (f), ==, before);
}

static guint64
memory_of (Fixture *f)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", f->pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  words = g_strsplit (text, " ", 3);
  return g_ascii_strtoull (words[1], NULL, 10) * (guint64) sysconf (_SC_PAGESIZE);
}

/* As many devices as there are ids. */
static void
test_all_ids (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = NULL;
  g_autoptr (Peer) b = NULL;

  a = peer_new (f, 1, "ethernet=1");
  b = peer_new (f, 1023, "ethernet=1");
  for (guint id = 2; id < 1023; id++)
    {
      g_autofree char *name = g_strdup_printf ("%u", id);
      g_autofree char *dir = fixture_path (f, name);

      g_mkdir (dir, 0700);
      fixture_ok (f, "instance add %u dir=%s ethernet=1", id, dir);
    }
  for (guint id = 2; id < 1022; id += 2)
    fixture_ok (f, "link add l%u %u:0/0 %u:0/0", id, id, id + 1);
  fixture_ok (f, "link add last 1:0/0 1023:0/0");
  peer_send (a, 0, "far", 3);
  peer_assert_receives (b, 0, "far", 3);
  if (!SANITIZED)
    g_assert_cmpuint (memory_of (f), <, 8 << 20);
  fixture_refused (f, "1 to 1024", "instance add 1025 dir=%s", f->dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/process/killed", test_killed);
  g_test_add_func ("/relay/process/terminated", test_terminated);
  g_test_add_func ("/relay/process/watched-end", test_watched_end);
  g_test_add_func ("/relay/process/quit", test_quit);
  g_test_add_func ("/relay/process/lock", test_lock);
  g_test_add_func ("/relay/process/removes-its-own-only", test_removes_its_own_only);
  g_test_add_func ("/relay/process/idle", test_idle);
  g_test_add_func ("/relay/process/counters-file", test_counters_file);
  g_test_add_func ("/relay/process/no-leak", test_no_leak);
  g_test_add_func ("/relay/process/all-ids", test_all_ids);
  return g_test_run ();
}

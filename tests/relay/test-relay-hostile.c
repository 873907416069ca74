/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clients of the control socket that send rubbish, and devices that send rubbish, while an honest
 * pair exchanges frames and an honest client gets its answers. Nothing may be lost, crash or leak.
 *
 *   test-relay-hostile [SECONDS]
 *
 * is how long each of the tests lasts; a few without. */

#include "relay-fixture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define HONEST      1000 /* and the next one: ids that no fuzzed command may name */
#define PATIENCE    (30 * G_USEC_PER_SEC)
#define LARGEST     65535
#define LEAK_OF_RSS 4096 /* kB */
#define N_FUZZERS   4
#define N_FLOODS    3

static const guint baits[] = { 1, 2, 9 };
static double seconds = 3;
static gint stop;

/* --- the honest pair --- */

typedef struct
{
  Fixture *f;
  Peer *a, *b;
  gboolean baited;
  guint64 passed;
} Honest;

typedef struct
{
  char magic[8];
  guint64 number;
} Honour;

/* Closing the fixture sees that the relay ends by itself and with 0: a sanitizer's complaint would
 * be another number. */
static void
honest_close (Honest *honest)
{
  peer_free (honest->a);
  peer_free (honest->b);
  fixture_free (honest->f);
}

static void
pass_one (Honest *honest, Peer *from, Peer *to)
{
  const Honour frame = { "honest", ++honest->passed };
  gint64 until = g_get_monotonic_time () + PATIENCE;

  peer_send (from, 0, &frame, sizeof frame);
  for (;;)
    {
      g_autoptr (GBytes) bytes = peer_receive (to, 0, until - g_get_monotonic_time ());
      gsize size;
      const Honour *got;

      if (bytes == NULL)
        g_error ("the honest frame %" G_GUINT64_FORMAT " did not come", frame.number);
      got = g_bytes_get_data (bytes, &size);
      if (size == sizeof frame && strcmp (got->magic, "honest") == 0)
        {
          g_assert_cmpuint (got->number, ==, frame.number);
          return;
        }
    }
}

static void
honest_open (Honest *honest)
{
  *honest = (Honest){ .f = fixture_new_started () };
  honest->a = peer_new (honest->f, HONEST, "ethernet=1 keepalives=on");
  honest->b = peer_new (honest->f, HONEST + 1, "ethernet=1 keepalives=on");
  fixture_ok (honest->f, "link add honest %u:0/0 %u:0/0", HONEST, HONEST + 1);
  /* The relay connects to a device when it has a frame for it. */
  pass_one (honest, honest->a, honest->b);
  pass_one (honest, honest->b, honest->a);
}

/* Devices for fuzzed commands to play with: they are there again after they were removed. */
static void
put_baits (Fixture *f)
{
  for (guint i = 0; i < G_N_ELEMENTS (baits); i++)
    g_free (fixture_command (f, "instance add %u dir=%s/%u ethernet=1 serial=1 keepalives=on",
                             baits[i], f->dir, baits[i]));
}

static void
pass_for (Honest *honest, double time)
{
  gint64 until = g_get_monotonic_time () + (gint64) (time * G_USEC_PER_SEC);

  while (g_get_monotonic_time () < until)
    {
      pass_one (honest, honest->a, honest->b);
      pass_one (honest, honest->b, honest->a);
      if (honest->passed % 100 != 0)
        continue;
      fixture_ok (honest->f, "ping");
      if (honest->baited)
        put_baits (honest->f);
    }
}

/* --- what must not grow --- */

static guint
count_descriptors (Fixture *f)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/fd", (int) f->pid);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static guint64
resident (Fixture *f)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", (int) f->pid);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return g_ascii_strtoull (strstr (text, "VmRSS:") + 6, NULL, 10);
}

/* A sanitizer keeps what was freed; it finds leaks in its own way. */
static gboolean
is_sanitized (Fixture *f)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/maps", (int) f->pid);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return strstr (text, "libasan") != NULL;
}

static void
assert_no_leak (Fixture *f, guint descriptors, guint64 memory)
{
  g_test_message ("%u descriptors, %" G_GUINT64_FORMAT " kB; before %u, %" G_GUINT64_FORMAT,
                  count_descriptors (f), resident (f), descriptors, memory);
  g_assert_cmpuint (count_descriptors (f), ==, descriptors);
  if (!is_sanitized (f))
    g_assert_cmpuint (resident (f), <=, memory + LEAK_OF_RSS);
}

/* --- the control socket --- */

/* $: a number, %: an end, !: a name. The second half of what is sent is damaged. */
static const char *const templates[] = {
  "ping",
  "version",
  "stats",
  "watch",
  "list instances",
  "list links",
  "list switches",
  "list impairments",
  "list captures",
  "list !",
  "port %",
  "switch add ! ports=$ ageing=$",
  "switch add ! ports=4",
  "switch port ! $ access $",
  "switch port ! $ qinq $",
  "switch port ! $ trunk native=$ allowed=$,$-$",
  "switch macs !",
  "switch clear !",
  "switch remove !",
  "hub add ! ports=$",
  "hub remove !",
  "frame-relay add ! ports=$",
  "frame-relay map ! $:$ $:$",
  "frame-relay unmap ! $:$ $:$",
  "frame-relay status !",
  "frame-relay remove !",
  "link add ! % %",
  "link add ! % % unplugged",
  "link plug !",
  "link unplug !",
  "link remove !",
  "impair % off",
  "impair % delay=$ms jitter=$ms shape=normal order=free seed=$",
  "impair % loss=$% burst=$/$/$/$ duplicate=$ reorder=$ corrupt=$",
  "impair % rate=$kbit queue=$kB mtu=$ nth=$",
  "impair % only=ip and host $.$.$.$",
  "impair % drop=ether[$] & $ = $",
  "instance remove $",
  "instance restarted $",
  "instance hold $ on",
  "capture remove !",
};

static const char *const numbers[] = {
  "0",    "1",     "2",     "3",          "4",   "63", "64",
  "1023", "65536", "65535", "4294967295", "-1",  "",   "18446744073709551616",
  "0.5",  "1e9",   "nan",   "0x10",       "007", "+5", "99999999999999999999999999",
};
static const char *const fuzzed_ends[] = { "1:0/0", "2:0/0", "2:15/3", "9:0/0", "s:0",   "s:3",
                                           "t:1",   "t:64",  "h:0",    "f:1",   "f:-1",  ":",
                                           "s:",    "1:",    "1:0",    "1:0/",  "1:/0/", "s:1:1" };
static const char *const names[] = {
  "s", "t", "h", "f", "l1", "l2", "nobody", "", "-", "\xff\xfe"
};

#define PICK(rand, array) ((array)[g_rand_int_range (rand, 0, G_N_ELEMENTS (array))])

static GString *
make_line (GRand *rand)
{
  GString *line = g_string_new (NULL);

  for (const char *c = PICK (rand, templates); *c != '\0'; c++)
    if (*c == '$')
      g_string_append (line, PICK (rand, numbers));
    else if (*c == '%' && c[1] != ' ' && c[1] != '\0')
      g_string_append_c (line, *c);
    else if (*c == '%')
      g_string_append (line, PICK (rand, fuzzed_ends));
    else if (*c == '!')
      g_string_append (line, PICK (rand, names));
    else
      g_string_append_c (line, *c);
  return line;
}

static void
damage (GString *line, GRand *rand)
{
  for (gint i = g_rand_int_range (rand, 1, 5); i > 0 && line->len > 0; i--)
    {
      gsize at = (gsize) g_rand_int_range (rand, 0, (gint) line->len);
      guint8 byte = (guint8) g_rand_int (rand);

      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0:
          line->str[at] = (char) byte;
          break;
        case 1:
          g_string_insert_c (line, (gssize) at, (char) byte);
          break;
        case 2:
          g_string_erase (line, (gssize) at, 1);
          break;
        case 3:
          g_string_truncate (line, at);
          break;
        default:
          for (gint n = g_rand_int_range (rand, 1, 6000); n > 0; n--)
            g_string_insert_c (line, (gssize) at, (char) byte);
          break;
        }
    }
}

/* What would end the honest pair, or leave something behind, is not for fuzzing: the words, and the
 * ids that begin with 100. */
static gboolean
is_harmful (const GString *line)
{
  static const char *const words[] = { "reset", "quit",    "100", "instance add", "tap",
                                       "nat",   "capture", "tun", "honest" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (memmem (line->str, line->len, words[i], strlen (words[i])) != NULL)
      return TRUE;
  return FALSE;
}

static GString *
make_batch (GRand *rand)
{
  GString *batch = g_string_new (NULL);

  for (gint i = g_rand_int_range (rand, 1, 40); i > 0; i--)
    {
      GString *line = make_line (rand);

      if (g_rand_boolean (rand))
        damage (line, rand);
      g_string_append_len (batch, line->str, (gssize) line->len);
      if (g_rand_int_range (rand, 0, 30) > 0)
        g_string_append_c (batch, '\n');
      g_string_free (line, TRUE);
    }
  return batch;
}

static void
read_some (int fd, GRand *rand)
{
  char bytes[4096];

  if (g_rand_int_range (rand, 0, 4) > 0)
    while (recv (fd, bytes, sizeof bytes, MSG_DONTWAIT) > 0)
      ;
}

static void
close_client (int *fd)
{
  close (*fd);
  *fd = -1;
}

/* A client that comes, talks and goes as it likes. */
static gpointer
fuzz_control (gpointer data)
{
  static gint n_fuzzers;
  Fixture *f = data;
  GRand *rand = g_rand_new_with_seed (100 + (guint) g_atomic_int_add (&n_fuzzers, 1));
  guint64 batches = 0;
  int fd = -1;

  for (; !g_atomic_int_get (&stop); batches++)
    {
      GString *batch = make_batch (rand);

      if (fd < 0)
        fd = fixture_connect (f);
      if (!is_harmful (batch) &&
          send (fd, batch->str, batch->len, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno != EAGAIN)
        close_client (&fd);
      else
        read_some (fd, rand);
      if (fd >= 0 && g_rand_int_range (rand, 0, 20) == 0)
        close_client (&fd);
      g_string_free (batch, TRUE);
      g_usleep (500); /* relay and honest pair are to have something of the processor */
    }
  if (fd >= 0)
    close (fd);
  g_rand_free (rand);
  g_test_message ("%" G_GUINT64_FORMAT " batches", batches);
  return NULL;
}

/* Names of what a list tells. (transfer full) */
static GPtrArray *
list_names (Fixture *f, const char *list)
{
  GPtrArray *names_told = g_ptr_array_new_with_free_func (g_free);

  fixture_ok (f, "list %s", list);
  for (guint i = 0; i < f->details->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (f->details->pdata[i], " ", -1);

      g_ptr_array_add (names_told, g_strdup (words[1]));
    }
  return names_told;
}

/* What fuzzed commands made and left. */
static void
clear_fuzzed (Fixture *f)
{
  static const char *const kinds[] = { "switch", "hub", "frame-relay" };
  static const char *const lists[] = { "switches", "hubs", "frame-relays" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) left = list_names (f, lists[i]);

      for (guint j = 0; j < left->len; j++)
        fixture_ok (f, "%s remove %s", kinds[i], (const char *) left->pdata[j]);
    }
}

static void
test_control (void)
{
  Honest honest;
  GThread *threads[N_FUZZERS];
  guint descriptors;
  guint64 memory;

  honest_open (&honest);
  descriptors = count_descriptors (honest.f);
  for (guint i = 0; i < G_N_ELEMENTS (baits); i++)
    peer_free (peer_new (honest.f, baits[i], "ethernet=1 serial=1 keepalives=on"));
  honest.baited = TRUE;
  g_atomic_int_set (&stop, 0);
  for (guint i = 0; i < N_FUZZERS; i++)
    threads[i] = g_thread_new ("fuzzer", fuzz_control, honest.f);
  pass_for (&honest, seconds / 3);
  memory = resident (honest.f);
  pass_for (&honest, seconds * 2 / 3);
  g_atomic_int_set (&stop, 1);
  for (guint i = 0; i < N_FUZZERS; i++)
    g_thread_join (threads[i]);
  g_test_message ("%" G_GUINT64_FORMAT " honest frames", honest.passed);
  clear_fuzzed (honest.f);
  for (guint i = 0; i < G_N_ELEMENTS (baits); i++)
    g_free (fixture_command (honest.f, "instance remove %u", baits[i]));
  for (guint i = 0; i < 500 && count_descriptors (honest.f) > descriptors; i++)
    g_usleep (10000); /* clients that went */
  assert_no_leak (honest.f, descriptors, memory);
  honest_close (&honest);
}

/* --- the netio sockets --- */

typedef struct
{
  Fixture *f;
  guint seed;
  guint64 sent;
} Flood;

/* The socket of the relay that a device sends to: of an honest one, of the bad one, or for its
 * keepalives. */
static void
pick_target (const Flood *flood, GRand *rand, struct sockaddr_un *address)
{
  static const guint ids[] = { HONEST, HONEST + 1, 2 };
  gboolean l1 = g_rand_int_range (rand, 0, 8) == 0;

  *address = (struct sockaddr_un){ .sun_family = AF_UNIX };
  g_snprintf (address->sun_path, sizeof address->sun_path,
              l1 ? "%s/%u/netl1%u/L1%u" : "%s/%u/netio%u/%u", flood->f->dir, PICK (rand, ids),
              (guint) getuid (), PSEUDO);
}

static gsize
pick_length (GRand *rand)
{
  static const gsize edges[] = { 0,    1,    7,    8,    9,    21,   22,     26,
                                 1522, 4095, 4096, 4103, 4104, 4105, LARGEST };

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      return PICK (rand, edges);
    case 1:
      return (gsize) g_rand_int_range (rand, 0, LARGEST + 1);
    default:
      return (gsize) g_rand_int_range (rand, 0, 200);
    }
}

/* The header of the bad device with some of it wrong, or all; then tags, addresses, or noise. */
static void
make_datagram (guint8 *bytes, GRand *rand)
{
  static const guint8 right[] = { PSEUDO >> 8, PSEUDO & 0xff, 0, 2, 0, 0, IOU_TYPE_DATA, 0 };
  static const guint8 types[] = { 0x81, 0x88, 0x08, 0x86 };

  for (guint i = 0; i < 64; i += 4)
    {
      guint32 noise = g_rand_int (rand);

      memcpy (bytes + i, &noise, sizeof noise);
    }
  if (g_rand_int_range (rand, 0, 4) == 0)
    return;
  memcpy (bytes, right, sizeof right);
  bytes[4] = (guint8) (g_rand_int_range (rand, 0, 4) << 4 | g_rand_int_range (rand, 0, 3));
  if (g_rand_int_range (rand, 0, 4) == 0)
    bytes[g_rand_int_range (rand, 0, 8)] = (guint8) g_rand_int (rand);
  if (g_rand_boolean (rand))
    memset (bytes + 8, 0xff, 6);
  if (g_rand_boolean (rand))
    bytes[20] = PICK (rand, types);
}

/* Without a pause, and without ever waiting. */
static gpointer
flood_sockets (gpointer data)
{
  Flood *flood = data;
  GRand *rand = g_rand_new_with_seed (flood->seed);
  g_autofree guint8 *bytes = g_malloc0 (LARGEST);
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  while (!g_atomic_int_get (&stop))
    {
      struct sockaddr_un address;

      pick_target (flood, rand, &address);
      make_datagram (bytes, rand);
      for (gint i = g_rand_int_range (rand, 1, 50); i > 0; i--)
        flood->sent += sendto (fd, bytes, pick_length (rand), MSG_DONTWAIT,
                               (struct sockaddr *) &address, sizeof address) >= 0;
    }
  close (fd);
  g_rand_free (rand);
  return NULL;
}

/* The bad device is wired to everything that looks into frames, and reads what comes back. */
static gpointer
read_all (gpointer data)
{
  Peer *peer = data;
  guint8 bytes[IOU_MAX_DATAGRAM];

  while (!g_atomic_int_get (&stop))
    if (recv (peer->fd, bytes, sizeof bytes, MSG_DONTWAIT) < 0)
      g_usleep (500);
  return NULL;
}

static Peer *
add_bad_device (Fixture *f)
{
  Peer *bad = peer_new (f, 2, "ethernet=2 serial=1 keepalives=on");

  fixture_ok (f, "switch add s ports=4");
  fixture_ok (f, "switch add t ports=4");
  fixture_ok (f, "switch port s 1 trunk native=1");
  fixture_ok (f, "switch port t 1 trunk native=1");
  fixture_ok (f, "hub add h ports=4");
  fixture_ok (f, "frame-relay add f ports=4");
  fixture_ok (f, "frame-relay map f 0:100 1:200");
  fixture_ok (f, "link add l1 2:0/0 s:1");
  fixture_ok (f, "link add l2 s:2 t:1");
  fixture_ok (f, "link add l3 2:0/1 t:2");
  fixture_ok (f, "link add l4 2:0/2 h:0");
  fixture_ok (f, "link add l5 2:1/0 h:1");
  fixture_ok (f, "link add l6 2:2/0 f:0");
  fixture_ok (f, "link add l7 2:2/1 f:1");
  fixture_ok (f, "link add l8 2:1/1 2:1/2");
  fixture_ok (f,
              "impair 2:1/1 delay=5ms jitter=4ms order=free loss=5 duplicate=5 corrupt=20 mtu=900");
  return bad;
}

static void
test_datagrams (void)
{
  Honest honest;
  Flood floods[N_FLOODS] = { 0 };
  GThread *threads[N_FLOODS], *reader;
  g_autoptr (Peer) bad = NULL;
  guint descriptors;
  guint64 memory, sent = 0;

  honest_open (&honest);
  bad = add_bad_device (honest.f);
  g_atomic_int_set (&stop, 0);
  reader = g_thread_new ("reader", read_all, bad);
  for (guint i = 0; i < N_FLOODS; i++)
    {
      floods[i] = (Flood){ honest.f, 200 + i, 0 };
      threads[i] = g_thread_new ("flood", flood_sockets, &floods[i]);
    }
  pass_for (&honest, seconds / 3);
  descriptors = count_descriptors (honest.f);
  memory = resident (honest.f);
  pass_for (&honest, seconds * 2 / 3);
  g_atomic_int_set (&stop, 1);
  for (guint i = 0; i < N_FLOODS; i++)
    {
      g_thread_join (threads[i]);
      sent += floods[i].sent;
    }
  g_thread_join (reader);
  g_test_message ("%" G_GUINT64_FORMAT " honest frames among %" G_GUINT64_FORMAT " others",
                  honest.passed, sent);
  g_assert_cmpuint (fixture_value (honest.f, NULL, "drops_invalid"), >, 0);
  g_assert_cmpuint (fixture_value (honest.f, NULL, "drops_truncated"), >, 0);
  assert_no_leak (honest.f, descriptors, memory);
  honest_close (&honest);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    seconds = g_ascii_strtod (argv[1], NULL);
  g_test_add_func ("/relay/hostile/control", test_control);
  g_test_add_func ("/relay/hostile/datagrams", test_datagrams);
  return g_test_run ();
}

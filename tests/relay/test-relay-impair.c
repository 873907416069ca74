/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Impaired links in the real relay. Random numbers are seeded, so that what is checked by
 * statistics comes out the same each time; times are checked from below strictly, and from above
 * loosely, as the machine may be busy. */

#include "relay-fixture.h"

#include <math.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#define N_FRAMES 20000
#define SIZE     64

/* What is in each frame. */
typedef struct
{
  guint32 magic;
  guint32 number;
  gint64 sent;
  guint8 rest[SIZE - 16];
} Load;

/* What came of a run. */
typedef struct
{
  Peer *from;
  guint port, count;
  gsize size;
  GArray *numbers; /* guint32, in the order of their arrival */
  GArray *delays;  /* gint64, microseconds */
  guint damaged, flipped_bits;
  gint64 first, last;
} Run;

static void
run_clear (Run *run)
{
  g_array_unref (run->numbers);
  g_array_unref (run->delays);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
fill (guint8 *bytes, gsize size, guint number)
{
  Load *load = (Load *) (void *) bytes;

  memset (bytes, 0x5a, size);
  load->magic = 0x4c414257;
  load->number = number;
  load->sent = g_get_monotonic_time ();
}

static gpointer
send_all (gpointer data)
{
  Run *run = data;
  guint8 bytes[IOU_MAX_PAYLOAD] __attribute__ ((aligned (8)));

  for (guint i = 0; i < run->count; i++)
    {
      fill (bytes, run->size, i);
      peer_send (run->from, run->port, bytes, run->size);
    }
  return NULL;
}

static guint
wrong_bits (const guint8 *bytes, gsize size)
{
  guint wrong = 0;

  for (gsize i = 16; i < size; i++)
    wrong += (guint) __builtin_popcount ((guint) (bytes[i] ^ 0x5a));
  return wrong;
}

static void
note (Run *run, const guint8 *bytes, gsize size)
{
  const Load *load = (const Load *) (const void *) bytes;
  gint64 now = g_get_monotonic_time ();
  /* A flipped bit may be anywhere, in the time too. */
  gint64 delay = (gint64) ((guint64) now - (guint64) load->sent);
  guint wrong = wrong_bits (bytes, size);

  if (run->first == 0)
    run->first = now;
  run->last = now;
  run->damaged += wrong > 0 || load->magic != 0x4c414257 || load->number >= run->count;
  run->flipped_bits += wrong;
  g_array_append_val (run->numbers, load->number);
  g_array_append_val (run->delays, delay);
}

/* Sends `count` frames from one to the other and takes what arrives, until the relay has no more.
 */
static Run
run_frames (Peer *from, Peer *to, guint port, guint count, gsize size)
{
  Run run = { .from = from, .port = port, .count = count, .size = size };
  g_autofree char *end =
      g_strdup_printf ("%u:%u/%u", from->id, IOU_PORT_BAY (port), IOU_PORT_UNIT (port));
  guint64 before = fixture_value (from->fixture, end, "in_frames");
  GThread *thread;

  run.numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  run.delays = g_array_new (FALSE, FALSE, sizeof (gint64));
  thread = g_thread_new ("sender", send_all, &run);
  for (;;)
    {
      guint8 bytes[IOU_MAX_DATAGRAM] __attribute__ ((aligned (8)));
      struct pollfd entry = { .fd = to->fd, .events = POLLIN };
      ssize_t n;

      if (poll (&entry, 1, 300) <= 0)
        {
          if (fixture_value (from->fixture, end, "in_frames") - before < count)
            continue;
          break;
        }
      n = recv (to->fd, bytes, sizeof bytes, 0);
      g_assert_cmpint (n, ==, (gssize) (size + IOU_HEADER_SIZE));
      note (&run, bytes + IOU_HEADER_SIZE, (gsize) n - IOU_HEADER_SIZE);
    }
  g_thread_join (thread);
  return run;
}

static guint64
counter (Fixture *f, const char *end, const char *key)
{
  g_autofree char *answer = fixture_command (f, "impair %s", end);
  g_autofree char *prefix = g_strdup_printf (" %s=", key);
  const char *found = strstr (answer, prefix);

  if (found == NULL)
    g_error ("no %s in %s", key, answer);
  return g_ascii_strtoull (found + strlen (prefix), NULL, 10);
}

/* Whether `hits` of `n` are within the 99 % interval of a share. */
static void
assert_share (guint hits, guint n, double share)
{
  double half = 2.576 * sqrt (share * (1 - share) / n);

  g_test_message ("%u of %u is %.3f %%, set %.3f +- %.3f %%", hits, n, 100.0 * hits / n,
                  100 * share, 100 * half);
  g_assert_cmpfloat (fabs ((double) hits / n - share), <=, half);
}

typedef struct
{
  Fixture *f;
  Peer *a, *b;
} Pair;

static Pair
pair_new (void)
{
  Pair pair = { .f = fixture_new_started () };

  pair.a = peer_new (pair.f, 1, "ethernet=1 serial=1");
  pair.b = peer_new (pair.f, 2, "ethernet=1 serial=1");
  fixture_ok (pair.f, "link add x 1:0/0 2:0/0");
  return pair;
}

static void
pair_clear (Pair *pair)
{
  peer_free (pair->a);
  peer_free (pair->b);
  fixture_free (pair->f);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static void
test_loss (void)
{
  static const double shares[] = { 0.5, 5, 30 };
  g_auto (Pair) p = pair_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      guint64 before = fixture_value (p.f, "1:0/0", "drops_impaired");
      guint lost;

      fixture_ok (p.f, "impair 1:0/0 loss=%g%% seed=%u", shares[i], i + 1);
      {
        g_auto (Run) run = run_frames (p.a, p.b, 0, N_FRAMES, SIZE);

        lost = N_FRAMES - run.numbers->len;
        for (guint j = 1; j < run.numbers->len; j++)
          g_assert_cmpuint (g_array_index (run.numbers, guint32, j), >,
                            g_array_index (run.numbers, guint32, j - 1));
        g_assert_cmpuint (run.damaged, ==, 0);
      }
      assert_share (lost, N_FRAMES, shares[i] / 100);
      g_assert_cmpuint (fixture_value (p.f, "1:0/0", "drops_impaired") - before, ==, lost);
    }
  {
    /* The other direction is as it was. */
    g_auto (Run) back = run_frames (p.b, p.a, 0, 1000, SIZE);

    g_assert_cmpuint (back.numbers->len, ==, 1000);
  }
}

static void
test_burst (void)
{
  g_auto (Pair) p = pair_new ();
  guint bursts = 0, lost;

  /* 2 / (2 + 20) of the time in the bad state, for 5 frames on the average. */
  fixture_ok (p.f, "impair 1:0/0 burst=2/20 seed=3");
  {
    g_auto (Run) run = run_frames (p.a, p.b, 0, 2 * N_FRAMES, SIZE);

    lost = run.count - run.numbers->len;
    for (guint j = 1; j < run.numbers->len; j++)
      bursts += g_array_index (run.numbers, guint32, j) !=
                g_array_index (run.numbers, guint32, j - 1) + 1;
  }
  g_test_message ("%u lost in %u bursts", lost, bursts);
  g_assert_cmpfloat (fabs ((double) lost / (2 * N_FRAMES) - 2.0 / 22), <=, 0.01);
  g_assert_cmpfloat (fabs ((double) lost / bursts - 5), <=, 0.5);
}

static void
test_corrupt (void)
{
  g_auto (Pair) p = pair_new ();
  guint damaged, bits;

  fixture_ok (p.f, "impair 1:0/0 corrupt=10%% seed=4");
  {
    /* Of 16 bytes it is not known what they should be. */
    g_auto (Run) run = run_frames (p.a, p.b, 0, N_FRAMES, SIZE);

    g_assert_cmpuint (run.numbers->len, ==, N_FRAMES);
    damaged = run.damaged;
    bits = run.flipped_bits;
  }
  assert_share ((guint) counter (p.f, "1:0/0", "corrupted"), N_FRAMES, 0.10);
  g_assert_cmpuint (damaged, <=, counter (p.f, "1:0/0", "corrupted"));
  g_assert_cmpuint (bits, <=, damaged); /* one bit each */
  assert_share (bits, N_FRAMES, 0.10 * (SIZE - 16) / SIZE);
}

static gboolean
same_numbers (const Run *a, const Run *b)
{
  return a->numbers->len == b->numbers->len &&
         memcmp (a->numbers->data, b->numbers->data, a->numbers->len * sizeof (guint32)) == 0;
}

/* None overtook another; twice the same is allowed. */
static void
assert_in_order (const Run *run)
{
  for (guint j = 1; j < run->numbers->len; j++)
    g_assert_cmpuint (g_array_index (run->numbers, guint32, j), >=,
                      g_array_index (run->numbers, guint32, j - 1));
}

/* However frames are kept, they stay in order. */
static void
test_order (void)
{
  static const char *const settings[] = {
    "corrupt=0.0001",
    "delay=0.05ms",
    "delay=3ms",
    "rate=10Gbit queue=1000000",
    "rate=1Gbit queue=1000000 delay=1ms jitter=1ms",
  };
  g_auto (Pair) p = pair_new ();

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      fixture_ok (p.f, "impair 1:0/0 %s", settings[i]);
      for (guint j = 0; j < 3; j++)
        {
          g_auto (Run) run = run_frames (p.a, p.b, 0, 5000, SIZE);

          g_test_message ("%s", settings[i]);
          g_assert_cmpuint (run.numbers->len, ==, 5000);
          assert_in_order (&run);
        }
    }
}

static void
test_seed (void)
{
  g_auto (Pair) p = pair_new ();
  g_auto (Pair) q = pair_new ();
  const char *line = "impair %s loss=10 burst=1/25 duplicate=5 seed=%u";
  const char *delayed = "impair %s loss=10 burst=1/25 duplicate=5 delay=3ms rate=1Gbit "
                        "queue=1000000 seed=%u";

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  fixture_ok (p.f, line, "1:0/0", 77);
  fixture_ok (p.f, line, "2:0/0", 77);
  fixture_ok (q.f, delayed, "1:0/0", 77);
  {
    g_auto (Run) first = run_frames (p.a, p.b, 0, N_FRAMES, SIZE);
    g_auto (Run) other_relay = run_frames (q.a, q.b, 0, N_FRAMES, SIZE);
    g_auto (Run) other_direction = run_frames (p.b, p.a, 0, N_FRAMES, SIZE);
    g_auto (Run) later = run_frames (p.a, p.b, 0, N_FRAMES, SIZE);

    assert_in_order (&first);
    assert_in_order (&other_relay);
    /* What else is set does not matter, nor the time. */
    g_assert_true (same_numbers (&first, &other_relay));
    g_assert_false (same_numbers (&first, &other_direction));
    g_assert_false (same_numbers (&first, &later));

    fixture_ok (p.f, "impair 1:0/0 off");
    fixture_ok (p.f, line, "1:0/0", 77);
    {
      g_auto (Run) again = run_frames (p.a, p.b, 0, N_FRAMES, SIZE);

      g_assert_true (same_numbers (&first, &again));
    }
    fixture_ok (p.f, line, "1:0/0", 78);
    {
      g_auto (Run) other_seed = run_frames (p.a, p.b, 0, N_FRAMES, SIZE);

      g_assert_false (same_numbers (&first, &other_seed));
    }
  }
#pragma GCC diagnostic pop
}

static void
test_exact (void)
{
  g_auto (Pair) p = pair_new ();

  fixture_ok (p.f, "impair 1:0/0 nth=4");
  {
    g_auto (Run) run = run_frames (p.a, p.b, 0, 1000, SIZE);

    g_assert_cmpuint (run.numbers->len, ==, 750);
    for (guint j = 0; j < run.numbers->len; j++)
      g_assert_cmpuint (g_array_index (run.numbers, guint32, j) % 4, !=, 3);
  }
  fixture_ok (p.f, "impair 1:0/0 duplicate=100");
  {
    g_auto (Run) run = run_frames (p.a, p.b, 0, 1000, SIZE);

    g_assert_cmpuint (run.numbers->len, ==, 2000);
    for (guint j = 0; j < 2000; j++)
      g_assert_cmpuint (g_array_index (run.numbers, guint32, j), ==, j / 2);
  }
  fixture_ok (p.f, "impair 1:0/0 loss=100");
  {
    g_auto (Run) run = run_frames (p.a, p.b, 0, 100, SIZE);

    g_assert_cmpuint (run.numbers->len, ==, 0);
  }
}

static void
test_mtu (void)
{
  g_auto (Pair) p = pair_new ();
  guint8 bytes[1522] = { 0 };

  fixture_ok (p.f, "impair 1:0/0 mtu=1400");
  peer_send (p.a, 0, bytes, 1414);
  peer_assert_receives (p.b, 0, bytes, 1414);
  peer_send (p.a, 0, bytes, 1415);
  fixture_wait_value (p.f, "1:0/0", "drops_impaired", 1);
  bytes[12] = 0x81; /* a tag does not count */
  peer_send (p.a, 0, bytes, 1418);
  peer_assert_receives (p.b, 0, bytes, 1418);
  peer_send (p.a, 0, bytes, 1419);
  fixture_wait_value (p.f, "1:0/0", "drops_impaired", 2);
  g_assert_cmpuint (counter (p.f, "1:0/0", "too_long"), ==, 2);

  fixture_ok (p.f, "link add wan 1:1/0 2:1/0");
  fixture_ok (p.f, "impair 1:1/0 mtu=100");
  peer_send (p.a, IOU_PORT (1, 0), bytes, 104);
  peer_assert_receives (p.b, IOU_PORT (1, 0), bytes, 104);
  peer_send (p.a, IOU_PORT (1, 0), bytes, 105);
  fixture_wait_value (p.f, "1:1/0", "drops_impaired", 1);
}

static int
compare_delays (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double
quantile (GArray *sorted, double share)
{
  return (double) g_array_index (sorted, gint64, (guint) (share * (sorted->len - 1))) / 1000;
}

/* Delays of the whole way in milliseconds: the set one, and what the machine adds. */
static void
assert_between (const char *what, double value, double least, double most)
{
  g_test_message ("%s: %.2f ms, from %.2f to %.2f", what, value, least, most);
  g_assert_cmpfloat (value, >=, least);
  g_assert_cmpfloat (value, <=, most);
}

static void
test_delay (void)
{
  g_auto (Pair) p = pair_new ();

  fixture_ok (p.f, "impair 1:0/0 delay=50ms");
  {
    g_auto (Run) run = run_frames (p.a, p.b, 0, N_FRAMES, SIZE);

    g_assert_cmpuint (run.numbers->len, ==, N_FRAMES);
    for (guint j = 0; j < N_FRAMES; j++)
      g_assert_cmpuint (g_array_index (run.numbers, guint32, j), ==, j);
    g_array_sort (run.delays, compare_delays);
    assert_between ("least", quantile (run.delays, 0), 50, 100);
    assert_between ("median", quantile (run.delays, 0.5), 50, 150);
  }
  /* Longer than a turn of the timer wheel. */
  fixture_ok (p.f, "impair 1:0/0 delay=1.3s");
  {
    gint64 before = g_get_monotonic_time ();

    peer_send (p.a, 0, "late", 4);
    peer_assert_receives (p.b, 0, "late", 4);
    g_assert_cmpint (g_get_monotonic_time () - before, >=, 1300000);
  }
}

static void
test_jitter (void)
{
  g_auto (Pair) p = pair_new ();
  guint overtaken = 0;

  fixture_ok (p.f, "impair 1:0/0 delay=300ms jitter=250ms order=free seed=5");
  {
    g_auto (Run) run = run_frames (p.a, p.b, 0, N_FRAMES, SIZE);

    g_assert_cmpuint (run.numbers->len, ==, N_FRAMES);
    for (guint j = 1; j < N_FRAMES; j++)
      overtaken +=
          g_array_index (run.numbers, guint32, j) < g_array_index (run.numbers, guint32, j - 1);
    g_assert_cmpuint (overtaken, >, N_FRAMES / 10);
    g_array_sort (run.delays, compare_delays);
    assert_between ("least", quantile (run.delays, 0), 50, 80);
    assert_between ("quarter", quantile (run.delays, 0.25), 170, 225);
    assert_between ("median", quantile (run.delays, 0.5), 295, 350);
    assert_between ("three quarters", quantile (run.delays, 0.75), 420, 475);
  }
  fixture_ok (p.f, "impair 1:0/0 delay=30ms jitter=25ms shape=normal seed=5");
  {
    g_auto (Run) run = run_frames (p.a, p.b, 0, 2000, SIZE);

    g_assert_cmpuint (run.numbers->len, ==, 2000);
    for (guint j = 0; j < 2000; j++) /* kept in order */
      g_assert_cmpuint (g_array_index (run.numbers, guint32, j), ==, j);
  }
}

static void
test_reorder (void)
{
  g_auto (Pair) p = pair_new ();
  guint early = 0;

  fixture_ok (p.f, "impair 1:0/0 delay=200ms reorder=20%% seed=6");
  {
    g_auto (Run) run = run_frames (p.a, p.b, 0, N_FRAMES, SIZE);

    g_assert_cmpuint (run.numbers->len, ==, N_FRAMES);
    for (guint j = 0; j < N_FRAMES; j++)
      early += g_array_index (run.delays, gint64, j) < 200000;
  }
  assert_share ((guint) counter (p.f, "1:0/0", "reordered"), N_FRAMES, 0.2);
  g_assert_cmpuint (early, <=, counter (p.f, "1:0/0", "reordered"));
  g_assert_cmpuint (early, >, 0);
}

/* Never faster than what is set; on a quiet machine not slower either, and of three times it is
 * quiet once. */
static void
test_rate (void)
{
  g_auto (Pair) p = pair_new ();
  const double rate = 160e6;
  double best = 0;

  fixture_ok (p.f, "impair 1:0/0 rate=160Mbit queue=1000000");
  for (guint i = 0; i < 3 && best < 0.98 * rate; i++)
    {
      g_auto (Run) run = run_frames (p.a, p.b, 0, N_FRAMES, 1000);
      double reached;

      g_assert_cmpuint (run.numbers->len, ==, N_FRAMES);
      reached = (N_FRAMES - 1) * 8000.0 / ((double) (run.last - run.first) / 1e6);
      g_test_message ("%.2f Mbit/s of %.2f", reached / 1e6, rate / 1e6);
      g_assert_cmpfloat (reached, <=, 1.02 * rate);
      best = MAX (best, reached);
    }
  g_assert_cmpfloat (best, >=, 0.98 * rate);
}

/* A full queue drops, by frames and by bytes. */
static void
test_queue (void)
{
  g_auto (Pair) p = pair_new ();

  /* A frame takes a minute: the first is being sent, 10 wait. */
  fixture_ok (p.f, "impair 1:0/0 rate=1kbit queue=10");
  {
    guint8 bytes[1000] = { 0 };

    for (guint i = 0; i < 30; i++)
      peer_send (p.a, 0, bytes, sizeof bytes);
    fixture_wait_value (p.f, "1:0/0", "in_frames", 30);
    g_assert_cmpuint (counter (p.f, "1:0/0", "queue_full"), ==, 19);
    g_assert_cmpuint (counter (p.f, "1:0/0", "in_flight"), ==, 11);
  }
  fixture_ok (p.f, "link remove x"); /* with what is on its way */
  fixture_ok (p.f, "link add x 1:0/0 2:0/0");
  fixture_ok (p.f, "impair 1:0/0 rate=1kbit queue=5kB");
  {
    guint8 bytes[1000] = { 0 };

    for (guint i = 0; i < 30; i++)
      peer_send (p.a, 0, bytes, sizeof bytes);
    fixture_wait_value (p.f, "1:0/0", "in_frames", 60);
    g_assert_cmpuint (counter (p.f, "1:0/0", "in_flight"), ==, 5);
  }
}

static void
test_live (void)
{
  g_auto (Pair) p = pair_new ();

  /* Frames on their way are not overtaken when the delay goes down or the impairment ends. */
  fixture_ok (p.f, "impair 1:0/0 delay=500ms");
  peer_send (p.a, 0, "one", 3);
  fixture_wait_value (p.f, "1:0/0", "in_frames", 1);
  fixture_ok (p.f, "impair 1:0/0 delay=1ms");
  peer_send (p.a, 0, "two", 3);
  fixture_wait_value (p.f, "1:0/0", "in_frames", 2);
  fixture_ok (p.f, "impair 1:0/0 off");
  peer_send (p.a, 0, "three", 5);
  peer_assert_receives (p.b, 0, "one", 3);
  peer_assert_receives (p.b, 0, "two", 3);
  peer_assert_receives (p.b, 0, "three", 5);
  {
    g_autofree char *answer = fixture_command (p.f, "impair 1:0/0");

    g_assert_cmpstr (answer, ==, "ok off");
  }

  /* Pulled out: what is on its way is lost. */
  fixture_ok (p.f, "impair 1:0/0 delay=200ms");
  peer_send (p.a, 0, "lost", 4);
  fixture_wait_value (p.f, "1:0/0", "in_frames", 4);
  fixture_ok (p.f, "link unplug x");
  fixture_wait_value (p.f, "1:0/0", "drops_unplugged", 1);
  fixture_ok (p.f, "link plug x");
  peer_send (p.a, 0, "four", 4);
  peer_assert_receives (p.b, 0, "four", 4);

  fixture_ok (p.f, "impair 1:0/0 delay=10s");
  peer_send (p.a, 0, "never", 5);
  fixture_wait_value (p.f, "1:0/0", "in_frames", 6);
  fixture_ok (p.f, "instance remove 2");
  fixture_refused (p.f, "has no link", "impair 1:0/0 delay=1ms");
  fixture_ok (p.f, "reset");
}

/* A receiver that reads late loses nothing, delayed or not. */
static void
test_slow_receiver (void)
{
  g_auto (Pair) p = pair_new ();
  Run sender = { .from = p.a, .count = 5000, .size = SIZE };
  GThread *thread;

  fixture_ok (p.f, "impair 1:0/0 delay=20ms");
  thread = g_thread_new ("sender", send_all, &sender);
  g_usleep (100000);
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GBytes) frame = peer_receive (p.b, 0, LONG);
      const Load *load;

      g_assert_nonnull (frame);
      load = g_bytes_get_data (frame, NULL);
      g_assert_cmpuint (load->number, ==, i);
      if (i % 512 == 0)
        g_usleep (20000);
    }
  g_thread_join (thread);
  g_assert_cmpuint (fixture_value (p.f, "2:0/0", "drops_queue"), ==, 0);

  /* One that does not read at all is given up, and costs nothing then. */
  sender.count = 2000;
  thread = g_thread_new ("sender", send_all, &sender);
  g_thread_join (thread);
  fixture_wait_value (p.f, "2:0/0", "drops_queue", 1);
  {
    guint64 before, after;

    g_usleep (400000);
    before = fixture_value (p.f, NULL, "wakeups");
    g_usleep (300000);
    after = fixture_value (p.f, NULL, "wakeups");
    g_assert_cmpuint (after - before, <=, 60);
  }
}

static void
test_switch (void)
{
  g_auto (Pair) p = pair_new ();
  guint8 frame[SIZE] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 8 };
  gint64 before;

  fixture_ok (p.f, "switch add s ports=4");
  fixture_ok (p.f, "switch add t ports=4");
  fixture_ok (p.f, "switch port s 1 trunk native=5");
  fixture_ok (p.f, "switch port t 1 trunk native=5");
  fixture_ok (p.f, "link add y 1:0/1 s:0");
  fixture_ok (p.f, "link add z s:1 t:1");
  fixture_ok (p.f, "link add w t:0 2:0/1");
  fixture_ok (p.f, "impair 1:0/1 delay=40ms");
  fixture_ok (p.f, "impair s:1 delay=40ms corrupt=0.001");
  fixture_ok (p.f, "impair t:0 delay=40ms");
  before = g_get_monotonic_time ();
  peer_send (p.a, IOU_PORT (0, 1), frame, sizeof frame);
  peer_assert_receives (p.b, IOU_PORT (0, 1), frame, sizeof frame);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 120000);
  fixture_ok (p.f, "impair s:1 loss=100");
  peer_send (p.a, IOU_PORT (0, 1), frame, sizeof frame);
  fixture_wait_value (p.f, "s:1", "drops_impaired", 1);

  /* A loop over delayed links ends, too. */
  fixture_ok (p.f, "impair s:1 delay=1ms");
  fixture_ok (p.f, "link add loop s:2 t:2");
  fixture_ok (p.f, "switch port s 2 trunk native=5");
  fixture_ok (p.f, "switch port t 2 trunk native=5");
  peer_send (p.a, IOU_PORT (0, 1), frame, sizeof frame);
  peer_assert_receives (p.b, IOU_PORT (0, 1), frame, sizeof frame);
  fixture_ok (p.f, "switch remove t");
}

static void
test_keepalives (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 keepalives=on");

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "impair 1:0/0 loss=100 delay=10s");
  peer_count_keepalives (b, 0, LONG / 10);
  for (guint i = 0; i < 5; i++)
    peer_send_keepalive (a, 0);
  g_assert_cmpuint (peer_count_keepalives (b, 0, SHORT), ==, 5);
}

static void
test_filter (void)
{
  g_auto (Pair) p = pair_new ();
  guint8 arp[60] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 8, 6 };
  guint8 ip[60] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 8, 0, 0x45 };
  guint8 fr[60] = { 0x18, 0x41, 0x03, 0xcc, 0x45 }; /* DLCI 100, IP */

  fixture_ok (p.f, "impair 1:0/0 drop=arp or icmp6");
  peer_send (p.a, 0, arp, sizeof arp);
  peer_send (p.a, 0, ip, sizeof ip);
  peer_assert_receives (p.b, 0, ip, sizeof ip);
  g_assert_cmpuint (counter (p.f, "1:0/0", "filtered"), ==, 1);

  fixture_ok (p.f, "impair 1:0/0 loss=100 only=ip and not host 10.0.0.1");
  peer_send (p.a, 0, ip, sizeof ip);
  peer_send (p.a, 0, arp, sizeof arp);
  peer_assert_receives (p.b, 0, arp, sizeof arp);
  g_assert_cmpuint (counter (p.f, "1:0/0", "lost"), ==, 1);

  fixture_ok (p.f, "link add wan 1:1/0 2:1/0");
  fixture_ok (p.f, "impair 1:1/0 encapsulation=frame-relay drop=ip");
  peer_send (p.a, IOU_PORT (1, 0), fr, sizeof fr);
  fixture_wait_value (p.f, "1:1/0", "drops_impaired", 1);

  fixture_refused (p.f, "names of hosts", "impair 1:0/0 drop=host www.example.com");
  fixture_refused (p.f, "names of hosts", "impair 1:0/0 drop=example");
  fixture_refused (p.f, "filter is not right", "impair 1:0/0 drop=port and and");
  fixture_refused (p.f, "need an expression", "impair 1:0/0 drop=");
  fixture_refused (p.f, "encapsulation must be", "impair 1:0/0 encapsulation=x drop=ip");
  fixture_ok (p.f, "impair 1:0/0 drop=tcp port http or ether host 00:1b:0a:ff:00:01");
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *words, *reason;
  } wrong[] = {
    { "delay=61s", "up to 60s" },
    { "delay=-1", "must be a time" },
    { "delay=1e3", "must be a time" },
    { "delay=", "must be a time" },
    { "delay=nan", "must be a time" },
    { "delay=99999999999999999999", "must be a time" },
    { "loss=100.1", "from 0 to 100" },
    { "loss=x", "from 0 to 100" },
    { "burst=1", "BEGIN/END" },
    { "burst=1/2/3/4/5", "BEGIN/END" },
    { "burst=1//2", "BEGIN/END" },
    { "burst=1/0", "never ends" },
    { "rate=1", "1kbit" },
    { "rate=200Gbit", "1kbit" },
    { "queue=5", "needs a rate" },
    { "rate=1Mbit queue=0", "queue must be" },
    { "rate=1Mbit queue=99MB", "queue must be" },
    { "shape=odd", "uniform or normal" },
    { "order=free", "say jitter=" },
    { "order=mixed", "kept or free" },
    { "mtu=5000", "mtu must be" },
    { "nth=x", "nth must be" },
    { "seed=-1", "seed must be" },
    { "colour=red", "unknown option" },
  };
  g_auto (Pair) p = pair_new ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    fixture_refused (p.f, wrong[i].reason, "impair 1:0/0 %s", wrong[i].words);
  fixture_refused (p.f, "has no link", "impair 1:0/1 delay=1ms");
  fixture_refused (p.f, "does not exist", "impair 9:0/0 delay=1ms");
  {
    g_autofree char *off = fixture_command (p.f, "impair 1:0/0");

    g_assert_cmpstr (off, ==, "ok off");
  }
  fixture_ok (p.f, "impair 1:0/0 delay=1.5ms jitter=0.5 shape=normal loss=0.1%% rate=2Mbit "
                   "queue=64kB mtu=1500 burst=1/20/90/1 nth=7 seed=9");
  fixture_ok (p.f, "list impairments");
  g_assert_cmpuint (p.f->details->len, ==, 1);
  g_assert_true (g_str_has_prefix (
      p.f->details->pdata[0], "- 1:0/0 seed=9 delay=1.5ms jitter=0.5ms shape=normal order=kept "
                              "loss=0.1% burst=1/20/90/1 rate=2000000bit queue=64000B mtu=1500 "
                              "nth=7 in_flight=0 passed=0 "));
  fixture_ok (p.f, "impair 1:0/0 delay=0");
  fixture_ok (p.f, "list impairments");
  g_assert_cmpuint (p.f->details->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/impair/loss", test_loss);
  g_test_add_func ("/relay/impair/burst", test_burst);
  g_test_add_func ("/relay/impair/corrupt", test_corrupt);
  g_test_add_func ("/relay/impair/order", test_order);
  g_test_add_func ("/relay/impair/seed", test_seed);
  g_test_add_func ("/relay/impair/exact", test_exact);
  g_test_add_func ("/relay/impair/mtu", test_mtu);
  g_test_add_func ("/relay/impair/delay", test_delay);
  g_test_add_func ("/relay/impair/jitter", test_jitter);
  g_test_add_func ("/relay/impair/reorder", test_reorder);
  g_test_add_func ("/relay/impair/rate", test_rate);
  g_test_add_func ("/relay/impair/queue", test_queue);
  g_test_add_func ("/relay/impair/live", test_live);
  g_test_add_func ("/relay/impair/slow-receiver", test_slow_receiver);
  g_test_add_func ("/relay/impair/switch", test_switch);
  g_test_add_func ("/relay/impair/keepalives", test_keepalives);
  g_test_add_func ("/relay/impair/filter", test_filter);
  g_test_add_func ("/relay/impair/refuses", test_refuses);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Receivers that are slow, that do not read, that are stopped; senders that block. */

#include "relay-fixture.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  Peer *peer;
  guint port;
  guint32 count;
  gsize size;
} Flow;

/* Numbered frames, as fast as the socket takes them. */
static gpointer
send_flow (gpointer data)
{
  Flow *flow = data;
  guint8 frame[IOU_MAX_PAYLOAD] = { 0 };

  memcpy (frame, BROADCAST, 6);
  frame[6] = 2;
  frame[11] = (guint8) flow->peer->id;
  for (guint32 i = 0; i < flow->count; i++)
    {
      memcpy (frame + 14, &i, sizeof i);
      peer_send (flow->peer, flow->port, frame, flow->size);
    }
  return NULL;
}

/* Receives exactly the numbered frames of a flow, resting after every `rest_every`. */
static void
receive_flow (Peer *peer, guint port, guint32 count, gsize size, guint rest_every)
{
  for (guint32 i = 0; i < count; i++)
    {
      g_autoptr (GBytes) frame = peer_receive (peer, port, LONG);
      guint32 number;

      if (frame == NULL)
        g_error ("peer %u: frame %u did not come", peer->id, i);
      g_assert_cmpuint (g_bytes_get_size (frame), ==, size);
      memcpy (&number, (const guint8 *) g_bytes_get_data (frame, NULL) + 14, sizeof number);
      g_assert_cmpuint (number, ==, i);
      if (rest_every != 0 && i % rest_every == rest_every - 1)
        g_usleep (2000);
    }
}

static void
test_no_loss (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  Flow flow = { a, 0, 5000, 1514 };
  GThread *sender;

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  sender = g_thread_new ("sender", send_flow, &flow);
  receive_flow (b, 0, flow.count, flow.size, 40);
  g_thread_join (sender);
  peer_assert_silent (b);
  g_assert_cmpuint (fixture_value (f, "2:0/0", "drops_queue"), ==, 0);
  g_assert_cmpuint (fixture_value (f, "2:0/0", "out_frames"), ==, flow.count);
  g_assert_cmpuint (fixture_value (f, "2:0/0", "queue"), ==, 0);
  g_assert_cmpuint (fixture_value (f, "2:0/0", "queue_max"), >, 0);
}

static gpointer
receive_all (gpointer data)
{
  Flow *flow = data;

  receive_flow (flow->peer, flow->port, flow->count, flow->size, 64);
  return NULL;
}

/* One to all through a switch: the slowest sets the pace, and all get all. */
static void
test_no_loss_flooding (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  g_autoptr (Peer) c = peer_new (f, 3, "ethernet=1");
  Flow out = { a, 0, 3000, 200 }, in = { c, 0, 3000, 200 };
  GThread *sender, *receiver;

  fixture_ok (f, "switch add s ports=3");
  for (guint i = 1; i <= 3; i++)
    fixture_ok (f, "link add l%u %u:0/0 s:%u", i, i, i - 1);
  receiver = g_thread_new ("receiver", receive_all, &in);
  sender = g_thread_new ("sender", send_flow, &out);
  receive_flow (b, 0, out.count, out.size, 0);
  g_thread_join (sender);
  g_thread_join (receiver);
  g_assert_cmpuint (fixture_value (f, NULL, "drops_queue"), ==, 0);
}

/* Several to one: as many as can wait at the same time. */
static void
test_no_loss_many_to_one (void)
{
  enum
  {
    SENDERS = 6,
    FRAMES = 800
  };
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) to = peer_new (f, 100, "ethernet=1");
  Peer *from[SENDERS];
  Flow flows[SENDERS];
  GThread *threads[SENDERS];
  guint32 next[SENDERS] = { 0 };

  fixture_ok (f, "hub add h ports=%d", SENDERS + 1);
  fixture_ok (f, "link add out 100:0/0 h:%d", SENDERS);
  for (guint i = 0; i < SENDERS; i++)
    {
      /* Nobody but one end of the hub hears: the others' ports are in another instance's place. */
      from[i] = peer_new (f, i + 1, "ethernet=1");
      fixture_ok (f, "link add l%u %u:0/0 h:%u", i, i + 1, i);
      fixture_ok (f, "instance hold %u on", i + 1);
      flows[i] = (Flow){ from[i], 0, FRAMES, 600 };
    }
  for (guint i = 0; i < SENDERS; i++)
    threads[i] = g_thread_new ("sender", send_flow, &flows[i]);
  for (guint i = 0; i < SENDERS * FRAMES; i++)
    {
      g_autoptr (GBytes) frame = peer_receive (to, 0, LONG);
      const guint8 *bytes;
      guint32 number;

      g_assert_nonnull (frame);
      bytes = g_bytes_get_data (frame, NULL);
      memcpy (&number, bytes + 14, sizeof number);
      g_assert_cmpuint (number, ==, next[bytes[11] - 1]++);
      if (i % 50 == 49)
        g_usleep (2000);
    }
  for (guint i = 0; i < SENDERS; i++)
    {
      g_thread_join (threads[i]);
      g_assert_cmpuint (next[i], ==, FRAMES);
      peer_free (from[i]);
    }
  g_assert_cmpuint (fixture_value (f, "100:0/0", "drops_queue"), ==, 0);
}

static guint
count_waiting (Peer *peer)
{
  guint count = 0;

  for (;;)
    {
      g_autoptr (GBytes) frame = peer_receive (peer, 0, SHORT);

      if (frame == NULL)
        return count;
      count++;
    }
}

/* One that never reads: its sender goes on after a moment, others do not notice. */
static void
test_stuck (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) stuck = peer_new (f, 2, "ethernet=1");
  g_autoptr (Peer) c = peer_new (f, 3, "ethernet=1");
  g_autoptr (Peer) d = peer_new (f, 4, "ethernet=1");
  Flow to_stuck = { a, 0, 4000, 100 }, other = { c, 0, 4000, 100 };
  Flow past_it = { a, IOU_PORT (0, 1), 300, 100 };
  GThread *sender, *other_sender;
  guint waiting;

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "link add y 3:0/0 4:0/0");
  fixture_ok (f, "link add z 1:0/1 3:0/1");
  sender = g_thread_new ("sender", send_flow, &to_stuck);
  other_sender = g_thread_new ("other", send_flow, &other);
  receive_flow (d, 0, other.count, other.size, 0);
  g_thread_join (other_sender);
  g_thread_join (sender);
  fixture_wait_value (f, "1:0/0", "in_frames", to_stuck.count);
  g_assert_cmpuint (fixture_value (f, "2:0/0", "drops_queue"), >, 0);

  /* Known to be stuck, it does not hold up its sender's other port. */
  sender = g_thread_new ("sender", send_flow, &past_it);
  receive_flow (c, IOU_PORT (0, 1), past_it.count, past_it.size, 0);
  g_thread_join (sender);

  /* What was kept for it comes when it reads, and then everything new. */
  waiting = count_waiting (stuck);
  g_assert_cmpuint (waiting, ==, to_stuck.count - fixture_value (f, "2:0/0", "drops_queue"));
  to_stuck.count = 1000;
  sender = g_thread_new ("sender", send_flow, &to_stuck);
  receive_flow (stuck, 0, to_stuck.count, to_stuck.size, 0);
  g_thread_join (sender);
}

/* A process that reads until it has seen `frames`, and says so by its end. */
static pid_t
start_reader (Peer *peer, guint frames)
{
  pid_t pid = fork ();

  if (pid == 0)
    {
      guint8 bytes[IOU_MAX_DATAGRAM];

      for (guint i = 0; i < frames; i++)
        if (recv (peer->fd, bytes, sizeof bytes, 0) <= 0)
          _exit (1);
      _exit (0);
    }
  return pid;
}

static void
test_stopped (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  Flow flow = { a, 0, 1500, 100 };
  GThread *sender;
  guint64 sent;
  int status;
  pid_t reader;

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  reader = start_reader (b, 1);
  peer_send (a, 0, "go", 2);
  g_assert_cmpint (waitpid (reader, &status, 0), ==, reader);

  reader = start_reader (b, 100000);
  g_assert_cmpint (kill (reader, SIGSTOP), ==, 0);
  sender = g_thread_new ("sender", send_flow, &flow);
  g_thread_join (sender); /* it does not block for ever */
  fixture_wait_value (f, "1:0/0", "in_frames", 1 + flow.count);
  g_assert_cmpuint (fixture_value (f, "2:0/0", "drops_queue"), >, 0);

  kill (reader, SIGCONT);
  sent = fixture_value (f, "2:0/0", "out_frames") + fixture_value (f, "2:0/0", "queue");
  fixture_wait_value (f, "2:0/0", "out_frames", sent);
  sender = g_thread_new ("sender", send_flow, &flow);
  g_thread_join (sender);
  fixture_wait_value (f, "2:0/0", "out_frames", sent + flow.count);
  kill (reader, SIGKILL);
  waitpid (reader, NULL, 0);
}

static gpointer
receive_without_rest (gpointer data)
{
  Flow *flow = data;

  receive_flow (flow->peer, flow->port, flow->count, flow->size, 0);
  return NULL;
}

/* Twenty flows at once, through the ports of one switch or over cables of their own; the last
 * receiver's process is stopped. The others get every frame. */
static void
run_twenty (gboolean through_switch)
{
  enum
  {
    PAIRS = 20,
    FRAMES = 1500
  };
  g_autoptr (Fixture) f = fixture_new_started ();
  Peer *from[PAIRS], *to[PAIRS];
  Flow out[PAIRS], in[PAIRS];
  GThread *senders[PAIRS], *receivers[PAIRS];
  pid_t reader;

  if (through_switch)
    fixture_ok (f, "switch add s ports=%d", 2 * PAIRS);
  for (guint i = 0; i < PAIRS; i++)
    {
      from[i] = peer_new (f, i + 1, "ethernet=1");
      to[i] = peer_new (f, 101 + i, "ethernet=1");
      out[i] = (Flow){ from[i], 0, FRAMES, 200 };
      in[i] = (Flow){ to[i], 0, FRAMES, 200 };
      if (!through_switch)
        {
          fixture_ok (f, "link add l%u %u:0/0 %u:0/0", i, i + 1, 101 + i);
          continue;
        }
      /* A VLAN for each pair. */
      fixture_ok (f, "link add a%u %u:0/0 s:%u", i, i + 1, 2 * i);
      fixture_ok (f, "link add b%u %u:0/0 s:%u", i, 101 + i, 2 * i + 1);
      fixture_ok (f, "switch port s %u access %u", 2 * i, 10 + i);
      fixture_ok (f, "switch port s %u access %u", 2 * i + 1, 10 + i);
    }
  reader = start_reader (to[PAIRS - 1], G_MAXUINT);
  g_assert_cmpint (kill (reader, SIGSTOP), ==, 0);
  for (guint i = 0; i < PAIRS; i++)
    {
      if (i < PAIRS - 1)
        receivers[i] = g_thread_new ("receiver", receive_without_rest, &in[i]);
      senders[i] = g_thread_new ("sender", send_flow, &out[i]);
    }
  for (guint i = 0; i < PAIRS; i++)
    {
      g_thread_join (senders[i]);
      if (i < PAIRS - 1)
        g_thread_join (receivers[i]);
    }
  fixture_wait_value (f, "20:0/0", "in_frames", FRAMES);
  g_assert_cmpuint (fixture_value (f, "120:0/0", "drops_queue"), >, 0);
  g_assert_cmpuint (fixture_value (f, "120:0/0", "drops_queue"), ==,
                    fixture_value (f, NULL, "drops_queue"));
  kill (reader, SIGKILL);
  waitpid (reader, NULL, 0);
  for (guint i = 0; i < PAIRS; i++)
    {
      peer_free (from[i]);
      peer_free (to[i]);
    }
}

static void
test_one_of_twenty_links (void)
{
  run_twenty (FALSE);
}

static void
test_one_of_twenty_ports (void)
{
  run_twenty (TRUE);
}

static void
test_held (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  Flow flow = { a, 0, 5000, 100 };

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "instance hold 2 on");
  send_flow (&flow); /* nobody reads, and nobody waits for it */
  fixture_wait_value (f, "1:0/0", "in_frames", flow.count);
  g_assert_cmpuint (fixture_value (f, "2:0/0", "drops_queue"), >, 0);
  fixture_ok (f, "instance hold 2 off");
  g_assert_cmpuint (count_waiting (b), >, 0);
  peer_send (a, 0, "thawed", 6);
  peer_assert_receives (b, 0, "thawed", 6);
}

/* What others wait for goes away. */
static void
test_removed_while_full (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  Flow flow = { a, 0, 1200, 100 };
  GThread *sender;

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  sender = g_thread_new ("sender", send_flow, &flow);
  fixture_wait_value (f, "2:0/0", "queue", 200);
  fixture_ok (f, "instance remove 2");
  g_thread_join (sender);
  fixture_wait_value (f, "1:0/0", "in_frames", flow.count);
  g_assert_cmpuint (fixture_value (f, "1:0/0", "drops_unlinked"), >, 0);

  /* The other way about: the one that waits. */
  peer_free (g_steal_pointer (&b));
  b = peer_new (f, 2, "ethernet=1");
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  sender = g_thread_new ("sender", send_flow, &flow);
  fixture_wait_value (f, "2:0/0", "queue", 200);
  fixture_ok (f, "link remove x");
  g_thread_join (sender);
  fixture_ok (f, "instance remove 1");
  fixture_ok (f, "reset");
  g_assert_cmpuint (fixture_value (f, NULL, "instances"), ==, 0);
}

/* A device that ends while frames wait for it. */
static void
test_gone_while_full (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  Flow flow = { a, 0, 1000, 100 };
  GThread *sender;

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  sender = g_thread_new ("sender", send_flow, &flow);
  fixture_wait_value (f, "2:0/0", "queue", 200);
  peer_unbind (b);
  g_thread_join (sender);
  fixture_wait_value (f, "1:0/0", "in_frames", flow.count);
  fixture_wait_value (f, "2:0/0", "drops_peer_gone", 1);
  g_assert_cmpuint (fixture_value (f, "2:0/0", "queue"), ==, 0);
  g_usleep (10000);
  peer_bind (b);
  peer_send (a, 0, "new", 3);
  peer_assert_receives (b, 0, "new", 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/pressure/no-loss", test_no_loss);
  g_test_add_func ("/relay/pressure/no-loss-flooding", test_no_loss_flooding);
  g_test_add_func ("/relay/pressure/no-loss-many-to-one", test_no_loss_many_to_one);
  g_test_add_func ("/relay/pressure/stuck", test_stuck);
  g_test_add_func ("/relay/pressure/stopped", test_stopped);
  g_test_add_func ("/relay/pressure/one-of-twenty-links", test_one_of_twenty_links);
  g_test_add_func ("/relay/pressure/one-of-twenty-ports", test_one_of_twenty_ports);
  g_test_add_func ("/relay/pressure/held", test_held);
  g_test_add_func ("/relay/pressure/removed-while-full", test_removed_while_full);
  g_test_add_func ("/relay/pressure/gone-while-full", test_gone_while_full);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything changes while frames flow: a fixed series of random commands, devices that come and
 * go, senders that never stop. Whatever happens, the relay has to answer and to be sound
 * afterwards. */

#include "relay-fixture.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define DEVICES   6
#define STEPS     3000
#define MAX_STEPS 100000

static const char *const ends[] = {
  "1:0/0", "1:0/1", "2:0/0", "2:0/1", "3:0/0", "3:0/1", "4:0/0", "4:0/1", "5:0/0", "6:0/0",
  "s:0",   "s:1",   "s:2",   "s:3",   "t:0",   "t:1",   "t:2",   "t:3",   "h:0",   "h:1",
};

static gint stop;

/* Sends from the outside to wherever there is a socket, never waiting. */
static gpointer
send_all_the_time (gpointer data)
{
  Fixture *f = data;
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  guint8 frame[1600] = { 4, 0, 0, 0, 0, 0, 1, 0 };
  GRand *rand = g_rand_new_with_seed (7);

  while (!g_atomic_int_get (&stop))
    {
      struct sockaddr_un address = { .sun_family = AF_UNIX };
      guint id = (guint) g_rand_int_range (rand, 1, DEVICES + 1);

      g_snprintf (address.sun_path, sizeof address.sun_path, "%s/%u/netio%u/1024", f->dir, id,
                  (guint) getuid ());
      frame[3] = (guint8) id;
      frame[4] = g_rand_boolean (rand) ? 0x10 : 0;
      for (guint i = 0; i < 12; i++)
        frame[8 + i] = i % 6 == 5 ? (guint8) g_rand_int_range (rand, 0, 8) : 2;
      frame[20] = g_rand_boolean (rand) ? 0x81 : 0x08;
      frame[23] = (guint8) g_rand_int_range (rand, 0, 4);
      for (guint i = 0; i < 20; i++)
        sendto (fd, frame, (gsize) g_rand_int_range (rand, 8, sizeof frame), MSG_DONTWAIT,
                (struct sockaddr *) &address, sizeof address);
    }
  g_rand_free (rand);
  close (fd);
  return NULL;
}

static const char *
any_end (GRand *rand)
{
  return ends[g_rand_int_range (rand, 0, G_N_ELEMENTS (ends))];
}

static void
bind_or_not (Peer *peer, GRand *rand)
{
  guint8 bytes[IOU_MAX_DATAGRAM];

  if (peer->fd < 0)
    peer_bind (peer);
  else if (g_rand_int_range (rand, 0, 4) == 0)
    peer_unbind (peer);
  else
    for (guint i = 0; i < 100 && recv (peer->fd, bytes, sizeof bytes, MSG_DONTWAIT) > 0; i++)
      ;
}

static char *
random_command (Fixture *f, GRand *rand)
{
  guint id = (guint) g_rand_int_range (rand, 1, DEVICES + 1);
  guint number = (guint) g_rand_int_range (rand, 0, 12);

  switch (g_rand_int_range (rand, 0, 16))
    {
    case 0:
      return g_strdup_printf ("instance remove %u", id);
    case 1:
    case 2:
      return g_strdup_printf ("instance add %u dir=%s/%u ethernet=1 keepalives=%s", id, f->dir, id,
                              id % 2 ? "on" : "off");
    case 3:
      return g_strdup_printf ("instance hold %u %s", id, number % 2 ? "on" : "off");
    case 4:
      return g_strdup_printf ("instance restarted %u", id);
    case 5:
      return g_strdup_printf ("link remove l%u", number);
    case 6:
      return g_strdup_printf ("link plug l%u", number);
    case 7:
      return g_strdup_printf ("link unplug l%u", number);
    case 8:
      return g_strdup_printf ("switch port %s %u access %u", number % 2 ? "s" : "t", number % 4,
                              number % 3 + 1);
    case 9:
      return g_strdup_printf ("switch port %s %u trunk native=%u", number % 2 ? "s" : "t",
                              number % 4, number % 3 + 1);
    case 10:
      return g_strdup (number % 3 == 0 ? "switch remove s" : "switch add s ports=4");
    case 11:
      return g_strdup (number % 3 == 0 ? "switch clear t" : "switch add t ports=4 ageing=1");
    case 12:
      return g_strdup (number % 3 == 0 ? "hub remove h" : "hub add h ports=3");
    default:
      return g_strdup_printf ("link add l%u %s %s", number, any_end (rand), any_end (rand));
    }
}

static void
test_chaos (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  GRand *rand = g_rand_new_with_seed (42);
  GThread *sender = NULL;
  Peer *peers[DEVICES];
  gboolean carried = FALSE;
  guint done = 0;

  for (guint i = 0; i < DEVICES; i++)
    peers[i] = peer_new (f, i + 1, i % 2 ? "ethernet=1" : "ethernet=1 keepalives=on");
  g_atomic_int_set (&stop, 0);
  sender = g_thread_new ("sender", send_all_the_time, f);
  /* Counters go with their ports, and on a busy machine the sender may come late: frames must have
   * been seen at some time, not at the end. */
  for (guint i = 0; i < STEPS || (!carried && i < MAX_STEPS); i++)
    {
      g_autofree char *command = random_command (f, rand);
      g_autofree char *answer = fixture_command (f, "%s", command);

      done += g_str_has_prefix (answer, "ok");
      bind_or_not (peers[g_rand_int_range (rand, 0, DEVICES)], rand);
      if (!carried && i % 10 == 0)
        carried = fixture_value (f, NULL, "out_frames") > 0;
    }
  g_atomic_int_set (&stop, 1);
  g_thread_join (sender);
  g_rand_free (rand);
  g_assert_cmpuint (done, >, STEPS / 5);
  g_assert_true (carried);

  fixture_ok (f, "reset");
  g_assert_cmpuint (fixture_value (f, NULL, "queue"), ==, 0);
  for (guint i = 0; i < DEVICES; i++)
    peer_free (peers[i]);
  peers[0] = peer_new (f, 1, "ethernet=1");
  peers[1] = peer_new (f, 2, "ethernet=1");
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  peer_send (peers[0], 0, "sound", 5);
  peer_assert_receives (peers[1], 0, "sound", 5);
  peer_free (peers[0]);
  peer_free (peers[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/chaos", test_chaos);
  return g_test_run ();
}

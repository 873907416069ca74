/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bad bytes from the wire, many of them: the host must answer as before when they stop. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "iou-frame.h"
#include "pc-peer.h"

#define ROUNDS 20000

static void
test_headers (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcPeer) peer = NULL;
  g_autoptr (PcDevice) pc = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint8 bytes[IOU_MAX_DATAGRAM + 100] = { 0 };

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0\n", 1, 1);
  peer = pc_peer_new (lab, 2, 1);
  pc = pc_device_start (lab, 1, "-e 1 -s 0");
  for (guint i = 0; i < ROUNDS / 10; i++)
    {
      for (guint j = 0; j < 32; j++)
        bytes[j] = (guint8) g_rand_int (rand);
      if (i % 2 == 0)
        memcpy (bytes, (guint8[]){ 0, 1, 0, 2, 0, 0, IOU_TYPE_DATA, 0 }, 8);
      pc_peer_send_raw (peer, bytes,
                        (gsize) g_rand_int_range (rand, 0, i % 7 == 0 ? sizeof bytes : 64));
      while (pc_peer_receive (peer, 0))
        ;
    }
  pc_device_ask (pc, "show ports", "e0/0 +received \\d+, sent \\d+, not for us [1-9]\\d*");
}

/* Frames that were good once: the ones that two hosts send each other, with some bytes changed. */
static GPtrArray *
record_frames (PcPeer *peer, PcDevice *pc)
{
  GPtrArray *frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  pc_device_type (pc, "ip 10.0.0.7/24\rip 2001:db8::7\rping 10.0.0.7 -c 1\rping 10.0.0.9 -c 1 -2\r"
                      "ping 2001:db8::9 -c 1\rip dhcp\r");
  for (guint i = 0; i < 40 && pc_peer_receive (peer, 1500); i++)
    g_ptr_array_add (frames, g_bytes_new (peer->frame, peer->length));
  pc_device_type (pc, "\x03");
  pc_device_ask (pc, "ip 10.0.0.7/24", "PC1 : 10.0.0.7");
  return frames;
}

static void
send_mutation (PcPeer *peer, GRand *rand, GBytes *frame, const guint8 *mac)
{
  guint8 bytes[IOU_MAX_PAYLOAD] = { 0 };
  gsize length;
  const guint8 *data = g_bytes_get_data (frame, &length);
  guint changes = (guint) g_rand_int_range (rand, 0, 6);

  memcpy (bytes, data, length);
  if ((bytes[0] & 1) == 0 || g_rand_boolean (rand))
    memcpy (bytes, mac, 6);
  for (guint i = 0; i < changes; i++)
    bytes[g_rand_int_range (rand, 12, (gint32) length)] = (guint8) g_rand_int (rand);
  if (g_rand_int_range (rand, 0, 8) == 0)
    length = (gsize) g_rand_int_range (rand, 1, (gint32) length + 1);
  pc_peer_send (peer, bytes, length);
}

static gboolean
is_echo_reply (PcPeer *peer)
{
  return pc_peer_type (peer) == 0x0806 && peer->frame[21] == 2;
}

static void
test_frames (void)
{
  static const guint8 mac[6] = { 0xaa, 0xbb, 0xcc, 0, 1, 0 };
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcPeer) peer = NULL;
  g_autoptr (PcDevice) pc = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) frames = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0\n", 1, 1);
  peer = pc_peer_new (lab, 2, 1);
  pc = pc_device_start (lab, 1, "-e 1 -s 0");
  frames = record_frames (peer, pc);
  g_assert_cmpuint (frames->len, >, 5);

  for (guint i = 0; i < ROUNDS; i++)
    {
      send_mutation (peer, rand,
                     g_ptr_array_index (frames, g_rand_int_range (rand, 0, (gint32) frames->len)),
                     mac);
      while (pc_peer_receive (peer, 0))
        ;
    }

  pc_device_ask (pc, "clear arp", "PC1> $");
  pc_peer_send_arp (peer, FALSE, 0x0a000001, 0x0a000007);
  g_assert_true (pc_peer_wait (peer, is_echo_reply, 5000));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pc/flood/headers", test_headers);
  g_test_add_func ("/pc/flood/frames", test_frames);
  return g_test_run ();
}

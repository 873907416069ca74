/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a manager of IOU images sees, and what is said where something is missing. */

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iou-netmap.h"
#include "iou-nvram.h"
#include "pc-checks.h"
#include "pc-peer.h"

static void
test_help (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_router ();

  pc_check_help (lab);
}

/* An echo request to the bridge comes back as its answer. */
static gboolean
is_echo (PcPeer *peer)
{
  return pc_peer_type (peer) == 0x0800 && peer->length > 42 && peer->frame[23] == 1 &&
         peer->frame[34] == 8;
}

static void
swap (guint8 *a, guint8 *b, gsize length)
{
  guint8 kept[6];

  memcpy (kept, a, length);
  memcpy (a, b, length);
  memcpy (b, kept, length);
}

static void
echo (PcPeer *peer)
{
  guint8 *frame = peer->frame;
  guint sum = (guint) (frame[36] << 8 | frame[37]) + 0x800;

  sum = (sum & 0xffff) + (sum >> 16);
  swap (frame, frame + 6, 6);
  swap (frame + 26, frame + 30, 4);
  frame[34] = 0;
  frame[36] = (guint8) (sum >> 8);
  frame[37] = (guint8) sum;
  pc_peer_send (peer, frame, peer->length);
}

/* Frames go to the bridge and come back from it. */
static void
talk (PcDevice *device, PcPeer *bridge)
{
  pc_device_ask (device, "configure terminal", "\\(config\\)# $");
  pc_device_ask (device, "interface e0-0", "\\(config-if\\)# $");
  pc_device_ask (device, "ip address 10.0.0.2/24", "\\(config-if\\)# $");
  pc_device_ask (device, "end", "Router# $");
  pc_device_type (device, "ping 10.0.0.1\r");
  for (guint i = 0; i < 5; i++)
    {
      g_assert_true (pc_peer_wait (bridge, is_echo, 10000));
      echo (bridge);
    }
  pc_device_expect (device, " 5 received(.|\n)*# $", 20);
}

/* As the manager finds it: of the size that -n says, and valid. */
static void
save (PcDevice *device, PcLab *lab)
{
  g_autofree char *path = pc_lab_path (lab, 5, "nvram_00005");
  g_auto (IouNvram) nvram = { 0 };
  g_autoptr (GError) error = NULL;
  struct stat info;

  pc_device_ask (device, "write memory", "\\[OK\\](.|\n)*# $");
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 128 * 1024);
  g_assert_true (iou_nvram_load (path, &nvram, &error));
  g_assert_no_error (error);
  g_assert_true (nvram.checksum_ok);
  g_assert_nonnull (strstr (nvram.startup, " ip address 10.0.0.2/24\n"));
}

/* As GNS3 does: every port mapped to its bridge, pipes, the id last. */
static void
test_as_manager (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autoptr (PcDevice) device = NULL;
  g_autofree char *netmap = NULL;
  g_autofree char *data = NULL;
  g_autofree char *l1 = NULL;
  g_autofree char *lock = NULL;
  g_autoptr (PcPeer) bridge = NULL;
  struct stat info;

  if (lab == NULL)
    return;
  netmap = iou_netmap_write_all (5, 517);
  pc_lab_write (lab, 5, "NETMAP", netmap);
  data = pc_lab_socket (lab, FALSE, 5);
  l1 = pc_lab_socket (lab, TRUE, 5);
  lock = g_strconcat (data, ".lck", NULL);
  /* A leftover of a killed device is no obstacle. */
  g_assert_true (g_file_set_contents (data, "", 0, NULL));

  /* Without -l, so that lines are up. */
  bridge = pc_peer_new (lab, 517, 5);
  device = pc_device_start (lab, 5, "-e 3 -s 1 -n 128 -m 512");
  g_assert_cmpint (stat (data, &info), ==, 0);
  g_assert_true (S_ISSOCK (info.st_mode));
  g_assert_cmpint (stat (l1, &info), !=, 0);
  pc_device_ask (device, "show interface brief", "e2-3(.|\n)*s3-0(.|\n)*# $");
  pc_device_ask (device, "show interface e1-2", "Ethernet1/2(.|\n)*aa:bb:cc:00:05:21(.|\n)*# $");
  /* Ctrl+Z and Ctrl+C lead back. */
  pc_device_ask (device, "configure terminal", "\\(config\\)# $");
  pc_device_type (device, "interface e0-0\r");
  pc_device_expect (device, "\\(config-if\\)# $", 10);
  pc_device_type (device, "\x1a");
  pc_device_expect (device, "Router# $", 10);
  pc_device_type (device, "show gibberish\x03");
  pc_device_expect (device, "Router# $", 10);
  /* The console comes back. */
  pc_device_ask (device, "exit", "Hello(.|\n)*Router# $");
  talk (device, bridge);
  save (device, lab);

  g_assert_cmpint (pc_device_stop (device), ==, 0);
  g_assert_cmpint (stat (data, &info), !=, 0);
  g_assert_cmpint (stat (lock, &info), !=, 0);
  pc_device_free (g_steal_pointer (&device));

  /* Again, now with keepalives; what was saved is there. */
  device = pc_device_start (lab, 5, "-e 3 -s 1 -n 128 -m 512 -l");
  g_assert_cmpint (stat (l1, &info), ==, 0);
  pc_device_ask (device, "show running-config", "e0-0\n ip address 10\\.0\\.0\\.2/24(.|\n)*# $");
  g_assert_cmpint (pc_device_stop (device), ==, 0);
  g_assert_cmpint (stat (l1, &info), !=, 0);
}

static void
test_no_leftovers (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_router ();

  pc_check_no_leftovers (lab);
}

static void
test_missing (void)
{
  static const PcRefusal refusals[] = {
    { "--setenv LABWRIGHT_FRR_DIR /nowhere", "apt install frr" },
    { "--setenv LABWRIGHT_TUN /dev/net/nowhere", "modprobe tun" },
    { "--disable-userns", "user namespaces" },
  };
  g_autoptr (PcLab) lab = pc_lab_new_router ();

  pc_check_refusals (lab, refusals, G_N_ELEMENTS (refusals));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/start/help", test_help);
  g_test_add_func ("/router/start/as-manager", test_as_manager);
  g_test_add_func ("/router/start/no-leftovers", test_no_leftovers);
  g_test_add_func ("/router/start/missing", test_missing);
  return g_test_run ();
}

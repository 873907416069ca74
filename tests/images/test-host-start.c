/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a manager of IOU images sees of labwright-host, what is said where something is missing, and
 * that a host has nothing of the machine's but its programs. */

#include "config.h"

#include <sys/stat.h>
#include <unistd.h>

#include "iou-netmap.h"
#include "pc-checks.h"

static void
test_help (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();

  pc_check_help (lab);
}

/* As GNS3 does: every port mapped to its bridge, pipes, the id last. */
static void
test_as_manager (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();
  g_autoptr (PcDevice) device = NULL;
  g_autofree char *netmap = NULL;
  g_autofree char *data = NULL;
  g_autofree char *l1 = NULL;
  struct stat info;

  if (lab == NULL)
    return;
  netmap = iou_netmap_write_all (5, 517);
  pc_lab_write (lab, 5, "NETMAP", netmap);
  data = pc_lab_socket (lab, FALSE, 5);
  l1 = pc_lab_socket (lab, TRUE, 5);
  g_assert_true (g_file_set_contents (data, "", 0, NULL));

  device = pc_device_start (lab, 5, "-e 3 -s 1 -n 128 -m 512 -l");
  g_assert_cmpint (stat (data, &info), ==, 0);
  g_assert_true (S_ISSOCK (info.st_mode));
  g_assert_cmpint (stat (l1, &info), ==, 0);
  pc_device_ask (device, "ports", "eth11 +e2/3(.|\n)*ser3 +s3/3(.|\n)*# $");
  pc_device_ask (device, "ip link show eth6", "aa:bb:cc:00:05:21(.|\n)*alias e1/2\nhost:~# $");
  /* Ctrl+C leads back, and so does leaving. */
  pc_device_type (device, "sleep 1000\r");
  pc_device_listen (device, 300);
  pc_device_type (device, "\x03");
  pc_device_expect (device, "\nhost:~# $", 10);
  pc_device_ask (device, "exit", "exit(.|\n)*host:~# $");

  g_assert_cmpint (pc_device_stop (device), ==, 0);
  g_assert_cmpint (stat (data, &info), !=, 0);
  g_assert_cmpint (stat (l1, &info), !=, 0);
}

static void
test_alone (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  device = pc_device_start (lab, 1, "-q -e 1 -s 0");
  pc_device_ask (device, "ls /sys/class/net /home /old /etc/shadow; echo end",
                 "ls: [^\n]*/home(.|\n)*/old(.|\n)*/etc/shadow(.|\n)*\nend\n");
  pc_device_ask (device, "ip -o link | wc -l", "\n5\n");
  pc_device_ask (device, "ls -d /proc/[0-9]* | wc -l", "\n[2-6]\n");
  pc_device_ask (device, "touch /usr/x", "Read-only(.|\n)*# $");
  pc_device_ask (device, "ping -c 1 -W 1 192.0.2.1", "unreachable(.|\n)*# $");
}

static void
test_no_leftovers (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();

  pc_check_no_leftovers (lab);
}

static void
test_missing (void)
{
  static const PcRefusal refusals[] = {
    { "--setenv LABWRIGHT_IP /nowhere", "apt install iproute2" },
    { "--setenv LABWRIGHT_TUN /dev/net/nowhere", "the host's ports" },
    { "--disable-userns", "which the host runs in" },
  };
  g_autoptr (PcLab) lab = pc_lab_new_host ();

  pc_check_refusals (lab, refusals, G_N_ELEMENTS (refusals));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host/start/help", test_help);
  g_test_add_func ("/host/start/as-manager", test_as_manager);
  g_test_add_func ("/host/start/alone", test_alone);
  g_test_add_func ("/host/start/no-leftovers", test_no_leftovers);
  g_test_add_func ("/host/start/missing", test_missing);
  return g_test_run ();
}

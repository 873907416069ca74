/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a manager of IOU images sees of labwright-host, what is said where something is missing, and
 * that a host has nothing of the machine's but its programs. */

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iou-command.h"
#include "iou-netmap.h"
#include "pc-device.h"

static void
test_help (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();
  g_autofree char *text = NULL;
  IouHelp help = { 0 };
  int code;

  if (lab == NULL)
    return;
  text = pc_device_run (lab, "-h", &code);
  g_assert_cmpint (code, ==, 0);
  g_assert_true (iou_help_parse (text, &help));
  g_assert_cmpuint (help.nvram_default, ==, 64);
  g_assert_true (help.keepalives);
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

static pid_t
first_child (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", (int) pid, (int) pid);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return (pid_t) g_ascii_strtoll (text, NULL, 10);
}

static void
test_no_leftovers (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();
  g_autoptr (PcDevice) device = NULL;
  pid_t outer;
  pid_t shell;

  if (lab == NULL)
    return;
  device = pc_device_start_pty (lab, 1, "-e 1 -s 0");
  outer = pc_device_get_pid (device);
  shell = first_child (first_child (outer));
  g_assert_cmpint (kill (shell, 0), ==, 0);
  g_assert_cmpint (kill (outer, SIGKILL), ==, 0);
  for (guint i = 0; i < 100 && kill (shell, 0) == 0; i++)
    g_usleep (50000);
  g_assert_cmpint (kill (shell, 0), ==, -1);
  g_assert_cmpint (errno, ==, ESRCH);
  device->pid = 0;
}

static void
expect_refusal (PcLab *lab, const char *sandbox, const char *says)
{
  g_autofree char *all = g_strconcat (lab->sandbox, " ", sandbox, NULL);
  g_autofree char *text = NULL;
  PcLab other = *lab;
  int code;

  other.sandbox = all;
  text = pc_device_run (&other, "-q -e 1 -s 0 1", &code);
  g_test_message ("%s", text);
  g_assert_cmpint (code, ==, 1);
  g_assert_nonnull (strstr (text, says));
  /* One sentence, on one line. */
  g_assert_true (strchr (text, '\n') == text + strlen (text) - 1);
}

static void
test_missing (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();

  if (lab == NULL)
    return;
  expect_refusal (lab, "--setenv LABWRIGHT_IP /nowhere", "apt install iproute2");
  expect_refusal (lab, "--setenv LABWRIGHT_TUN /dev/net/nowhere", "the host's ports");
  expect_refusal (lab, "--disable-userns", "which the host runs in");
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

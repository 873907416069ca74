/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is saved is there again, and daemons start when they are first configured. */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "iou-nvram.h"
#include "pc-device.h"

#define ARGUMENTS "-e 1 -s 0 -n 128 -q -c start.cfg"

static void
configure (PcDevice *device, const char *const *lines)
{
  pc_device_ask (device, "configure terminal", "\\(config\\)# $");
  for (guint i = 0; lines[i] != NULL; i++)
    pc_device_ask (device, lines[i], "\\(config\\S*\\)# $");
  pc_device_ask (device, "end", "[^)]# $");
}

static void
test_saved (void)
{
  static const char *const lines[] = { "interface e0-0", "ip address 10.9.8.7/24", "exit", NULL };
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autoptr (PcDevice) device = NULL;
  g_autofree char *directory = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (IouNvram) nvram = { 0 };

  if (lab == NULL)
    return;
  pc_lab_write (lab, 7, "start.cfg", "hostname Seven\ninterface lo\n ip address 7.7.7.7/32\n");
  device = pc_device_start (lab, 7, ARGUMENTS);
  pc_device_ask (device, "show running-config", "hostname Seven\n(.|\n)*7\\.7\\.7\\.7(.|\n)*# $");
  configure (device, lines);
  pc_device_ask (device, "write memory", "\\[OK\\](.|\n)*# $");

  /* The answer is there, so the file is. */
  path = pc_lab_path (lab, 7, "nvram_00007");
  g_assert_true (iou_nvram_load (path, &nvram, &error));
  g_assert_no_error (error);
  g_assert_true (nvram.checksum_ok);
  g_assert_nonnull (strstr (nvram.startup, "hostname Seven\n"));
  g_assert_nonnull (strstr (nvram.startup, " ip address 10.9.8.7/24\n"));
  g_assert_cmpint (pc_device_stop (device), ==, 0);
  pc_device_free (g_steal_pointer (&device));

  /* What was saved wins over the start configuration. */
  pc_lab_write (lab, 7, "start.cfg", "hostname Other\n");
  device = pc_device_start (lab, 7, ARGUMENTS);
  pc_device_ask (device, "show running-config",
                 "hostname Seven\n(.|\n)*e0-0\n ip address 10\\.9\\.8\\.7/24(.|\n)*Seven# $");
}

/* A name that is typed is the only one that is shown and saved; daemons that start later know it.
 */
static void
test_renamed (void)
{
  static const char *const name[] = { "hostname Eight", NULL };
  static const char *const late[] = { "router ospf", "exit", NULL };
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autoptr (PcDevice) device = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (IouNvram) nvram = { 0 };

  if (lab == NULL)
    return;
  pc_lab_write (lab, 7, "start.cfg", "hostname Seven\nrouter rip\n");
  device = pc_device_start (lab, 7, ARGUMENTS);
  configure (device, name);
  configure (device, late);
  pc_device_ask (device, "show running-config",
                 "configuration:\n((?!Seven)(.|\n))*hostname Eight\n((?!Seven)(.|\n))*Eight# $");
  pc_device_ask (device, "write memory", "\\[OK\\](.|\n)*# $");
  path = pc_lab_path (lab, 7, "nvram_00007");
  g_assert_true (iou_nvram_load (path, &nvram, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (nvram.startup, "hostname Eight\n"));
  g_assert_null (strstr (nvram.startup, "Seven"));
}

/* The number of processes with this name below @pid. */
static guint
count_below (pid_t pid, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", (int) pid, (int) pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) children = NULL;
  guint n = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  children = g_strsplit (text, " ", -1);
  for (guint i = 0; children[i] != NULL; i++)
    {
      pid_t child = (pid_t) g_ascii_strtoll (children[i], NULL, 10);
      g_autofree char *comm_path = g_strdup_printf ("/proc/%d/comm", (int) child);
      g_autofree char *comm = NULL;

      if (child > 0 && g_file_get_contents (comm_path, &comm, NULL, NULL))
        n += (g_strcmp0 (g_strchomp (comm), name) == 0) + count_below (child, name);
    }
  return n;
}

static void
test_daemons (void)
{
  static const char *const first[] = { "route-map FROM permit 10", "set metric 3", "exit", NULL };
  static const char *const lines[] = { "rou rip", "redistribute connected route-map FROM", NULL };
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autoptr (PcDevice) device = NULL;
  pid_t pid;

  if (lab == NULL)
    return;
  pc_lab_write (lab, 7, "start.cfg", "router ospf\n ospf router-id 7.7.7.7\n");
  device = pc_device_start (lab, 7, ARGUMENTS);
  pid = pc_device_get_pid (device);
  g_assert_cmpuint (count_below (pid, "zebra"), ==, 1);
  g_assert_cmpuint (count_below (pid, "ospfd"), ==, 1);
  g_assert_cmpuint (count_below (pid, "ripd"), ==, 0);

  configure (device, first);
  g_assert_cmpuint (count_below (pid, "ripd"), ==, 0);
  configure (device, lines);
  g_assert_cmpuint (count_below (pid, "ripd"), ==, 1);
  g_assert_cmpuint (count_below (pid, "bgpd"), ==, 0);
  pc_device_ask (device, "show running-config",
                 "router rip\n redistribute connected route-map FROM(.|\n)*# $");
  /* The daemon that started late was told what went before. */
  pc_device_ask (device, "show route-map", "RIP:(.|\n)*FROM(.|\n)*metric 3(.|\n)*# $");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/config/saved", test_saved);
  g_test_add_func ("/router/config/renamed", test_renamed);
  g_test_add_func ("/router/config/daemons", test_daemons);
  return g_test_run ();
}

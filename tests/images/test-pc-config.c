/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving, starting again, start configurations. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "iou-nvram.h"
#include "pc-device.h"

static void
test_save (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  PcDevice *device;
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *text = NULL;
  g_auto (IouNvram) nvram = { 0 };
  gsize length;

  if (lab == NULL)
    return;
  device = pc_device_start (lab, 3, "-e 1 -s 0 -n 128");
  pc_device_ask (device, "set pcname host", "host> $");
  pc_device_ask (device, "ip 10.0.0.1/20 10.0.0.254", "host> $");
  pc_device_ask (device, "ip 2001:db8::1/64 2001:db8::ff dev e0/1", "host> $");
  pc_device_ask (device, "ip dns 10.0.0.53 10.0.0.54", "host> $");
  pc_device_ask (device, "ip domain example.org", "host> $");
  pc_device_ask (device, "shutdown e0/2", "host> $");
  pc_device_ask (device, "save", "Saving configuration to NVRAM...\n\\[OK\\]\nhost> $");
  pc_device_ask (device, "save notes.txt", "Saved to notes.txt");
  pc_device_ask (device, "save ../evil", "cannot be used");
  pc_device_ask (device, "save NETMAP", "cannot be used");
  g_assert_cmpint (pc_device_stop (device), ==, 0);
  pc_device_free (device);

  path = pc_lab_path (lab, 3, "nvram_00003");
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (length, ==, 128 * 1024);
  g_assert_true (iou_nvram_parse ((const guint8 *) bytes, length, &nvram, NULL));
  g_assert_true (nvram.checksum_ok);
  text = g_strndup (nvram.startup, nvram.startup_length);
  g_assert_cmpstr (g_strchomp (text), ==,
                   "set pcname host\n"
                   "ip 10.0.0.1 255.255.240.0 10.0.0.254\n"
                   "ip 2001:db8::1/64 2001:db8::ff dev e0/1\n"
                   "shutdown e0/2\n"
                   "ip dns 10.0.0.53 10.0.0.54\n"
                   "ip domain example.org");

  /* The saved configuration wins over -c, and what it says is so. */
  pc_lab_write (lab, 3, "start.cfg", "set pcname other\n");
  device = pc_device_start (lab, 3, "-e 1 -s 0 -n 128 -c start.cfg");
  pc_device_ask (
      device, "show ip",
      "NAME        : host\\[3\\]\n.*\nIP/MASK     : 10.0.0.1/20\nGATEWAY     : 10.0.0.254\n"
      "DNS         : 10.0.0.53 10.0.0.54\nDOMAIN NAME : example.org");
  pc_device_ask (device, "show", "e0/2 +shut down");
  pc_device_ask (device, "clear ip", "host> $");
  pc_device_ask (device, "set pcname gone", "gone> $");
  pc_device_ask (device, "load notes.txt", "host> $");
  pc_device_ask (device, "clear ip", "host> $");
  pc_device_ask (device, "load", "host> $");
  pc_device_ask (device, "show ip", "IP/MASK     : 10.0.0.1/20");
  pc_device_ask (device, "write memory", "\\[OK\\]");
  pc_device_free (device);
}

static void
test_start_file (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) device = NULL;
  const char *said;

  if (lab == NULL)
    return;
  pc_lab_write (lab, 1, "start.cfg",
                "! a comment\r\nset pcname Alice\r\n\r\n# another\nip 10.0.0.1/24\nip "
                "10.0.0.0/24\nfrobnicate\n"
                "echo done\n");
  device = pc_device_start (lab, 1, "-e 1 -s 0 -q -c start.cfg");
  pc_device_type (device, "show ip\r");
  said = pc_device_listen (device, 500);
  g_assert_nonnull (strstr (said, "IP/MASK     : 10.0.0.1/24"));
}

/* What is wrong is named with its line; what only confirms is not shown. */
static void
test_start_errors (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  pc_lab_write (lab, 1, "start.cfg",
                "set pcname A\nip 10.0.0.1/24\nfrobnicate\necho done\nip 10.0.0.0/24\n");
  device = pc_device_start_pty (lab, 1, "-e 1 -s 0 -q -c start.cfg");
  pc_device_ask (device, "history", "A> $");
  pc_device_free (g_steal_pointer (&device));

  device = pc_device_start (lab, 1, "-e 1 -s 0 -q");
  pc_device_ask (
      device, "load start.cfg",
      "start.cfg\nstart.cfg, line 3: Bad command: \"frobnicate\". Use \\? for help.\ndone\n"
      "start.cfg, line 5: 10.0.0.0/24 is the network itself, not a host on it\nA> $");
  pc_device_ask (device, "set echo on", "A> $");
  pc_device_ask (device, "load start.cfg", "A> ip 10.0.0.1/24\nA> frobnicate\n");
}

static void
test_broken_nvram (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  pc_lab_write (lab, 1, "nvram_00001",
                "this is no nvram, and it is longer than its header should be");
  pc_lab_write (lab, 1, "start.cfg", "set pcname A\n");
  device = pc_device_start (lab, 1, "-e 1 -s 0 -c start.cfg");
  pc_device_ask (device, "version", "Labwright PC [0-9.]+\n(.|\n)*A> $");
  pc_device_ask (device, "save", "\\[OK\\]");
}

static void
test_missing_file (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  device = pc_device_start (lab, 1, "-e 1 -s 0 -c nothing.cfg");
  pc_device_ask (device, "load", "Nothing has been saved");
  pc_device_ask (device, "load nothing.cfg", "No such file");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pc/config/save", test_save);
  g_test_add_func ("/pc/config/start-file", test_start_file);
  g_test_add_func ("/pc/config/start-errors", test_start_errors);
  g_test_add_func ("/pc/config/broken-nvram", test_broken_nvram);
  g_test_add_func ("/pc/config/missing-file", test_missing_file);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The start script of labwright-host: how commands enter it, what is saved, and what it does. */

#include "config.h"

#include <string.h>

#include "iou-nvram.h"
#include "pc-device.h"

#define ARGUMENTS "-e 1 -s 0 -n 8 -q -c start.cfg"

static void
assert_saved (PcLab *lab, guint id, const char *expected)
{
  g_autofree char *name = g_strdup_printf ("nvram_%05u", id);
  g_autofree char *path = pc_lab_path (lab, id, name);
  g_auto (IouNvram) nvram = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (iou_nvram_load (path, &nvram, &error));
  g_assert_no_error (error);
  g_assert_true (nvram.checksum_ok);
  text = g_strndup (nvram.startup, nvram.startup_length);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_script (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  device = pc_device_start (lab, 3, ARGUMENTS);
  pc_device_ask (device, "show", "The start script is empty(.|\n)*# $");
  pc_device_ask (device, "address eth0 10.0.0.1/24 10.0.0.254", "# $");
  pc_device_ask (device, "address eth0 2001:db8::1/64", "# $");
  pc_device_ask (device, "address eth1 10.1.0.1/24", "# $");
  pc_device_ask (device, "hostname Three", "Three:~# $");
  pc_device_ask (device, "dns 10.0.0.53 2001:db8::53", "# $");
  pc_device_ask (device, "keep ip route add 10.9.0.0/16 via 10.0.0.9", "# $");
  /* What contradicts a line stands in its place. */
  pc_device_ask (device, "address eth0 10.0.0.2/24", "# $");
  pc_device_ask (device, "gateway 10.0.0.253", "# $");
  /* What fails, or is taken out, does not stay. */
  pc_device_ask (device, "keep ip route add nonsense", "the script stays(.|\n)*# $");
  pc_device_ask (device, "keep true", "# $");
  pc_device_ask (device, "forget 8", "# $");
  pc_device_ask (device, "address eth9 10.0.0.1/24", "% There is no interface “eth9”(.|\n)*# $");
  pc_device_ask (device, "address eth0 10.0.0.1", "is no address with its length(.|\n)*# $");
  pc_device_ask (device, "address eth1 none", "# $");
  pc_device_ask (device, "ip addr add 10.7.7.7/24 dev eth2", "# $");
  pc_device_ask (device, "save",
                 "Not in the script: address eth2 10\\.7\\.7\\.7/24\nScript saved(.|\n)*# $");
  assert_saved (lab, 3,
                "address eth0 10.0.0.2/24\n"
                "gateway 10.0.0.253\n"
                "address eth0 2001:db8::1/64\n"
                "hostname Three\n"
                "dns 10.0.0.53 2001:db8::53\n"
                "ip route add 10.9.0.0/16 via 10.0.0.9\n");
  pc_device_free (g_steal_pointer (&device));

  /* And what was saved is done again, start.cfg or not. */
  pc_lab_write (lab, 3, "start.cfg", "hostname Other\n");
  device = pc_device_start (lab, 3, ARGUMENTS);
  pc_device_ask (device, "uname -n", "\nThree\nThree:~# $");
  pc_device_ask (device, "ip route",
                 "default via 10\\.0\\.0\\.253(.|\n)*10\\.9\\.0\\.0/16 via 10\\.0\\.0\\.9"
                 "(.|\n)*# $");
  pc_device_ask (device, "ip -br addr show eth0", "10\\.0\\.0\\.2/24 2001:db8::1/64(.|\n)*# $");
  pc_device_ask (device, "cat /etc/resolv.conf", "10\\.0\\.0\\.53\n(.|\n)*db8::53\n(.|\n)*# $");
  pc_device_ask (device, "show", "hostname Three\n(.|\n)*# $");
}

static void
test_start (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  pc_lab_write (lab, 3, "start.cfg",
                "# A comment\r\n\r\n"
                "hostname Three\r\n"
                "if true then\n"
                "no-such-command\n"
                "ip addr add 10.0.0.3/24 dev eth3\n"
                "echo hello from the script\n"
                "sleep 1000 &");
  device = pc_device_start (lab, 3, "-e 1 -s 0 -c start.cfg");
  g_test_message ("%s", device->output->str);
  pc_device_ask (device, "ip -br addr show eth3", "10\\.0\\.0\\.3/24(.|\n)*Three:~# $");
  /* Running it changes nothing of it. */
  pc_device_ask (device, "show", "8\tsleep 1000 &(.|\n)*# $");
  pc_device_ask (device, "sh -c 'kill $(pidof sleep)' && echo gone", "\ngone\n");
}

static void
test_said (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();
  g_autofree char *long_line = g_strnfill (9000, 'x');
  g_autofree char *config = g_strconcat ("#", long_line, "\nnonsense\nhostname A\n", NULL);
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  pc_lab_write (lab, 3, "start.cfg", config);
  lab->prompt = "% Line 2 of the start script failed: nonsense";
  device = pc_device_start (lab, 3, ARGUMENTS);
  pc_device_expect (device, "A:~# $", 20);
  /* More than NVRAM holds is refused, not called saved. */
  pc_device_ask (device, "save", "\n% [^\n]*\nA:~# $");
  pc_device_ask (device, "forget 1", "# $");
  pc_device_ask (device, "write memory", "\nScript saved.\nA:~# $");
  assert_saved (lab, 3, "nonsense\nhostname A\n");
  pc_device_ask (device, "gibberish", "% Unknown command “gibberish”(.|\n)*# $");
  pc_device_ask (device, "help", "address eth0(.|\n)*Programs of this machine: ip(.|\n)*# $");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host/config/script", test_script);
  g_test_add_func ("/host/config/start", test_start);
  g_test_add_func ("/host/config/said", test_said);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Interfaces that are no ports: sub-interfaces with tags, loopbacks, bridges, those of VRRP; from a
 * configuration that was there, and typed. */

#include "config.h"

#include <string.h>

#include "pc-device.h"

#define PROMPT "(.|\n)*# $"

static void
ask_until (PcDevice *device, const char *command, const char *regex, guint seconds)
{
  gint64 until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  g_autofree char *typed = g_strconcat (command, "\r", NULL);

  for (;;)
    {
      const char *output;

      pc_device_listen (device, 100);
      g_string_truncate (device->output, 0);
      pc_device_type (device, typed);
      output = pc_device_listen (device, 900);
      if (g_regex_match_simple (regex, output, G_REGEX_MULTILINE, 0))
        break;
      if (g_get_monotonic_time () > until)
        g_error ("router %u: no match of \"%s\" in %u s; it said:\n%s", device->id, regex, seconds,
                 output);
      /* A ping that does not end. */
      pc_device_type (device, "\x03");
    }
  g_string_truncate (device->output, 0);
}

static void
type_lines (PcDevice *device, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    pc_device_ask (device, lines[i], "# $");
}

static void
expect_ping (PcDevice *device, const char *address)
{
  g_autofree char *command = g_strconcat ("ping ", address, NULL);

  ask_until (device, command, "bytes from", 20);
  pc_device_type (device, "\x03");
  pc_device_expect (device, "# $", 10);
}

static PcDevice *
start (PcLab *lab, guint id, const char *config)
{
  pc_lab_write (lab, id, "start.cfg", config);
  return pc_device_start (lab, id, "-e 1 -s 0 -l -q -c start.cfg");
}

/* Between 1 and 2 a trunk with VLANs 10 and 20 and, without tags, 99; 3 is on VLAN 10 behind 2. */
static void
test_tags (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autoptr (PcDevice) a = NULL;
  g_autoptr (PcDevice) b = NULL;
  g_autoptr (PcDevice) c = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0\n2:0/1 3:0/0\n", 1, 3);
  a = start (lab, 1,
             "hostname R1\ninterface e0-0.10\n ip address 10.0.10.1/24\nexit\n"
             "interface e0-0.20\n ip address 10.0.20.1/24\nexit\n"
             "interface e0-0.99n\n ip address 10.0.99.1/24\nexit\n"
             "interface lo1\n ip address 192.0.2.1/32\n ip address 192.0.2.101/32\nexit\n");
  b = start (lab, 2, "hostname R2\n");
  c = start (lab, 3, "hostname R3\ninterface e0-0\n ip address 10.0.10.3/24\nexit\n");
  pc_device_ask (a, "show interface e0-0.10", "Ethernet0/0\\.10(.|\n)*aa:bb:cc:00:01:00" PROMPT);
  pc_device_ask (a, "show interface brief", "e0-0\\.99n(.|\n)*lo1 +up" PROMPT);

  /* Typed, in the order and the shortness that people choose. */
  type_lines (b, "configure terminal\nint e0-0.20\nip address 10.0.20.2/24\nexit\n"
                 "interface e0-0.99n\nip address 10.0.99.2/24\nexit\n"
                 "interface e0-0.10\nexit\ninterface vlan10\nip address 10.0.10.2/24\nexit\n"
                 "interface e0-1.10n\nend");
  expect_ping (b, "10.0.20.1");
  expect_ping (b, "10.0.99.1");
  expect_ping (b, "10.0.10.1");
  expect_ping (c, "10.0.10.1");
  pc_device_ask (b, "show interface vlan10", "aa:bb:cc:80:02:00" PROMPT);

  /* The line of a port is that of its sub-interfaces. */
  type_lines (b, "configure terminal\ninterface e0-0\nshutdown\nend");
  ask_until (a, "show interface e0-0.10", "line protocol is down", 15);
  type_lines (b, "configure terminal\ninterface e0-0\nno shutdown\nend");
  ask_until (a, "show interface e0-0.10", "line protocol is up", 5);
  expect_ping (b, "10.0.20.1");

  /* Taken away, saved, and named by what was saved. */
  type_lines (b, "configure terminal\nno interface e0-0.99n\nend");
  pc_device_ask (b, "show running-config",
                 "interface e0-0\\.20\n ip address 10\\.0\\.20\\.2/24(.|\n)*vlan10" PROMPT);
  ask_until (b, "show interface e0-0.99n", "Can't find interface|not found|does not exist", 5);
  pc_device_ask (b, "write memory", "\\[OK\\](.|\n)*# $");
  g_assert_cmpint (pc_device_stop (b), ==, 0);
  pc_device_free (g_steal_pointer (&b));
  b = pc_device_start (lab, 2, "-e 1 -s 0 -l -q -c start.cfg");
  expect_ping (b, "10.0.10.3");
  expect_ping (b, "10.0.20.1");
}

static void
test_refused (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  device = start (lab, 1, "hostname R1\n");
  type_lines (device, "configure terminal");
  pc_device_ask (device, "interface e7-0.10", "no port e7-0(.|\n)*# $");
  type_lines (device, "end");
}

#define VRRP_CONFIG                                                                                \
  "hostname R%u\ninterface e0-0.10\n ip address 10.0.10.%u/24\n vrrp 7\n"                          \
  " vrrp 7 priority %u\n vrrp 7 advertisement-interval 100\n vrrp 7 ip 10.0.10.254\nexit\n"

/* The address of the group answers, whoever is master, and only from there. */
static void
test_vrrp (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autoptr (PcDevice) a = NULL;
  g_autoptr (PcDevice) b = NULL;
  g_autoptr (PcDevice) c = NULL;
  g_autofree char *first = g_strdup_printf (VRRP_CONFIG, 1, 1, 110);
  g_autofree char *second = g_strdup_printf (VRRP_CONFIG, 2, 2, 90);

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0 3:0/0\n", 1, 3);
  a = start (lab, 1, first);
  b = start (lab, 2, second);
  c = start (lab, 3, "hostname R3\ninterface e0-0.10\n ip address 10.0.10.3/24\nexit\n");
  ask_until (a, "show vrrp", "Status \\(v4\\) +Master", 20);
  ask_until (b, "show vrrp", "Status \\(v4\\) +Backup", 20);
  ask_until (c, "show ip route 10.0.10.0", "connected", 20);
  expect_ping (c, "10.0.10.254");
  /* … once. */
  pc_device_ask (c, "ping 10.0.10.254", " 5 received, 0% packet loss" PROMPT);
  /* The backup has not got the address. */
  ask_until (b, "show ip route 10.0.10.254", "10\\.0\\.10\\.0/24", 5);

  type_lines (a, "configure terminal\ninterface e0-0\nshutdown\nend");
  ask_until (b, "show vrrp", "Status \\(v4\\) +Master", 15);
  expect_ping (c, "10.0.10.254");
  type_lines (a, "configure terminal\ninterface e0-0\nno shutdown\nend");
  ask_until (b, "show vrrp", "Status \\(v4\\) +Backup", 15);
  expect_ping (c, "10.0.10.254");

  /* A group that is typed. */
  type_lines (c, "configure terminal\ninterface e0-0.10\nvrrp 8\nvrrp 8 ip 10.0.10.253\nend");
  ask_until (c, "show vrrp interface e0-0.10 8", "Status \\(v4\\) +Master", 15);
  expect_ping (b, "10.0.10.253");
  type_lines (c, "configure terminal\ninterface e0-0.10\nno vrrp 8\nend");
  ask_until (c, "show ip route 10.0.10.253", "10\\.0\\.10\\.0/24", 5);
}

/* With a kernel that has VRFs the interface is in one; without, it is said. Saved is what was
 * wanted, either way. */
static void
test_vrf (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autoptr (PcDevice) device = NULL;
  gboolean has;

  if (lab == NULL)
    return;
  device = pc_device_start (lab, 1, "-e 1 -s 0");
  type_lines (device, "configure terminal");
  pc_device_type (device, "vrf RED\r");
  has = strstr (pc_device_listen (device, 1500), "This kernel has no VRFs") == NULL;
  type_lines (device, "exit\ninterface e0-1 vrf RED\nip address 10.0.1.1/24\nend");
  ask_until (device, "show interface e0-1", has ? "vrf: RED" : "vrf: default", 5);
  ask_until (device, "show interface e0-1", "10\\.0\\.1\\.1/24", 5);
  pc_device_ask (device, "write memory", "\\[OK\\](.|\n)*# $");
  g_assert_cmpint (pc_device_stop (device), ==, 0);
  pc_device_free (g_steal_pointer (&device));
  device = pc_device_start (lab, 1, "-e 1 -s 0");
  ask_until (device, "show interface e0-1", has ? "vrf: RED" : "vrf: default", 5);
  ask_until (device, "show interface e0-1", "10\\.0\\.1\\.1/24", 5);
  pc_device_ask (device, "write memory", "\\[OK\\](.|\n)*# $");
  pc_device_free (g_steal_pointer (&device));
  {
    g_autofree char *path = pc_lab_path (lab, 1, "nvram_00001");
    g_autofree char *bytes = NULL;
    gsize length;

    g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
    g_assert_nonnull (memmem (bytes, length, "vrf RED\n", 8));
    g_assert_nonnull (memmem (bytes, length, "interface e0-1 vrf RED\n", 23));
  }
  if (!has)
    g_test_skip ("this kernel has no VRFs: only that it is said was seen");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/vlan/tags", test_tags);
  g_test_add_func ("/router/vlan/refused", test_refused);
  g_test_add_func ("/router/vlan/vrrp", test_vrrp);
  g_test_add_func ("/router/vlan/vrf", test_vrf);
  return g_test_run ();
}

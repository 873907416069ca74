/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FRRouting looks for users and groups of its own, and for files at fixed places. */

#include "config.h"

#include "router-system.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "device-namespaces.h"
#include "router-frr.h"

/* vtysh gives ping no count; five, as on routers, and not until somebody presses Ctrl+C. */
#define PING "#!/bin/sh\nexec /usr/bin/ping -c 5 \"$@\"\n"

gboolean
router_system_make_etc (void)
{
  return g_mkdir_with_parents (ROUTER_CONFIG_DIR, 0755) == 0 &&
         g_mkdir_with_parents (ROUTER_VTY_DIR, 0755) == 0 &&
         g_mkdir_with_parents ("/var/tmp/frr", 0755) == 0 && symlink ("/var/run", "/run") == 0 &&
         device_namespaces_write ("/etc/passwd",
                                  "root:x:0:0::/:/bin/sh\nfrr:x:0:0::/:/bin/false\n") &&
         device_namespaces_write ("/etc/group", "root:x:0:\nfrr:x:0:\nfrrvty:x:0:\n") &&
         /* vtysh asks whether this user may use it; whoever is in here may. */
         mkdir ("/etc/pam.d", 0755) == 0 &&
         device_namespaces_write ("/etc/pam.d/frr", "auth sufficient pam_permit.so\n"
                                                    "account sufficient pam_permit.so\n") &&
         device_namespaces_write ("/etc/hosts", "127.0.0.1 localhost\n") &&
         mkdir (DEVICE_BIN_DIR, 0755) == 0 &&
         device_namespaces_write (DEVICE_BIN_DIR "/ping", PING) &&
         chmod (DEVICE_BIN_DIR "/ping", 0755) == 0 &&
         device_namespaces_write ("/etc/inputrc",
                                  "set enable-bracketed-paste off\nset bell-style none\n") &&
         device_namespaces_write (ROUTER_CONFIG_DIR "/vtysh.conf",
                                  "service integrated-vtysh-config\n");
}

static void
set_kernel (const char *setting, const char *value)
{
  g_autofree char *path = g_strconcat ("/proc/sys/net/", setting, NULL);

  /* A kernel without IPv6 or MPLS has no such file. */
  if (!device_namespaces_write (path, value))
    g_info ("Cannot write %s: %s", path, g_strerror (errno));
}

void
router_system_set (const char *interface, const char *group, const char *setting, const char *value)
{
  g_autofree char *path = g_strdup_printf ("%s/conf/%s/%s", group, interface, setting);

  set_kernel (path, value);
}

/* Labels are taken where they come in, as on a router where LDP decides. */
void
router_system_accept_labels (const char *interface)
{
  if (g_file_test (ROUTER_MPLS, G_FILE_TEST_IS_DIR))
    router_system_set (interface, "mpls", "input", "1");
}

void
router_system_set_kernel (DeviceMachine *machine)
{
  static const char *const settings[][2] = {
    { "ipv4/ip_forward", "1" },
    { "ipv4/conf/all/rp_filter", "0" },
    { "ipv4/conf/default/rp_filter", "0" },
    { "ipv4/conf/all/ignore_routes_with_linkdown", "1" },
    { "ipv4/fib_multipath_hash_policy", "1" },
    { "ipv6/conf/all/forwarding", "1" },
    { "ipv6/conf/default/forwarding", "1" },
    /* An address that was typed stays when the cable is pulled. */
    { "ipv6/conf/all/keep_addr_on_down", "1" },
    { "ipv6/conf/default/keep_addr_on_down", "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    set_kernel (settings[i][0], settings[i][1]);
  if (g_file_test (ROUTER_MPLS, G_FILE_TEST_IS_DIR))
    set_kernel ("mpls/platform_labels", "1048575");
  for (guint i = 0; i < machine->n_ports; i++)
    router_system_accept_labels (machine->ports[i].name);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Programs started by root like to become somebody else, and first let go of root's groups. All
 * users of the host are one, which is no harm, but the kernel refuses setgroups() where an ordinary
 * user made the namespace, and tcpdump, for one, gives up then. There is nothing to let go of: a
 * filter says that it was done. */

#include "config.h"

#include "host-system.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "device-namespaces.h"
#include "host-commands.h"
#include "iou-error.h"

gboolean
host_system_check (GError **error)
{
  static const char *const paths[] = { "/usr/bin/ip", "/usr/sbin/ip", "/bin/ip", "/sbin/ip" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (g_file_test (device_path_or ("LABWRIGHT_IP", paths[i]), G_FILE_TEST_IS_EXECUTABLE))
      return TRUE;
  g_set_error_literal (error, IOU_ERROR, IOU_ERROR_MISSING,
                       "iproute2 (the program ip), which this host's network is set up with, is "
                       "not installed: let an administrator install it, on Debian with “apt "
                       "install iproute2”.");
  return FALSE;
}

gboolean
host_system_make_etc (void)
{
  /* What programs are called by, and the names of services: the machine's. */
  static const char *const shared[] = { "/etc/alternatives", "/etc/services", "/etc/protocols" };

  if (mkdir ("/etc", 0755) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    if (!device_namespaces_share (shared[i]))
      return FALSE;
  return mkdir (HOST_FOLDER, 0755) == 0 && mkdir (DEVICE_BIN_DIR, 0755) == 0 &&
         mkdir (HOST_HOME, 0700) == 0 && g_mkdir_with_parents ("/var/tmp", 01777) == 0 &&
         mkdir ("/run", 0755) == 0 &&
         device_namespaces_write ("/etc/passwd", "root:x:0:0:root:" HOST_HOME ":/bin/bash\n"
                                                 "nobody:x:0:0::/:/bin/false\n"
                                                 "tcpdump:x:0:0::/:/bin/false\n"
                                                 "pcap:x:0:0::/:/bin/false\n") &&
         device_namespaces_write ("/etc/group", "root:x:0:\nnogroup:x:0:\n") &&
         device_namespaces_write ("/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n") &&
         device_namespaces_write ("/etc/resolv.conf", "") &&
         device_namespaces_write ("/etc/inputrc",
                                  "set enable-bracketed-paste off\nset bell-style none\n") &&
         host_commands_write ();
}

void
host_system_set_kernel (void)
{
  static const char *const settings[][2] = {
    /* One address can be taken for another without losing a third. */
    { "ipv4/conf/all/promote_secondaries", "1" },
    { "ipv4/conf/default/promote_secondaries", "1" },
    { "ipv4/ping_group_range", "0 0" },
    /* An address that was typed stays when the cable is pulled. */
    { "ipv6/conf/all/keep_addr_on_down", "1" },
    { "ipv6/conf/default/keep_addr_on_down", "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *path = g_strconcat ("/proc/sys/net/", settings[i][0], NULL);

      if (!device_namespaces_write (path, settings[i][1]))
        g_info ("Cannot write %s: %s", path, g_strerror (errno));
    }
}

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

void
host_system_ignore_groups (void)
{
#ifdef ARCHITECTURE
  struct sock_filter code[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, arch)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 0, 3),
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_setgroups, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 0),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { .len = G_N_ELEMENTS (code), .filter = code };

  if (prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
    g_info ("Cannot install a filter: %s", g_strerror (errno));
#endif
}

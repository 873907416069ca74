/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FRRouting wants to be root, to have a network of its own, and files at fixed places. In a user
 * namespace we are root over the other namespaces made with it, and over nothing else.
 *
 * The root of the router's processes is a small tmpfs: the system's programs read-only, a /proc of
 * the new PID namespace in which only the network's settings can be written, an /etc with the users
 * that FRR looks for (all of them us), and of the user's files the working directory only. The old
 * root is taken away once that stands.
 *
 * The kernel gives a new /proc only to whom sees one that has nothing hidden. So the engine's
 * sandbox leaves the machine's /proc in place for this program, which hides it here. */

#include "config.h"

#include "router-namespaces.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "iou-error.h"

#define OLD_ROOT "/old"

/* vtysh gives ping no count; five, as on routers, and not until somebody presses Ctrl+C. */
#define PING "#!/bin/sh\nexec /usr/bin/ping -c 5 \"$@\"\n"

static gboolean
write_text (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  gsize length = strlen (text);
  gboolean done = fd >= 0 && write (fd, text, length) == (ssize_t) length;

  if (fd >= 0)
    close (fd);
  return done;
}

static gboolean
set_error (GError **error, const char *what)
{
  g_set_error (error, IOU_ERROR, IOU_ERROR_IO,
               "The router's private system cannot be made (%s: %s)", what, g_strerror (errno));
  return FALSE;
}

/* One id each: inside we are root, outside what we were. */
static gboolean
map_ids (uid_t uid, gid_t gid)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1\n", (guint) uid);
  g_autofree char *groups = g_strdup_printf ("0 %u 1\n", (guint) gid);

  return write_text ("/proc/self/setgroups", "deny") && write_text ("/proc/self/uid_map", users) &&
         write_text ("/proc/self/gid_map", groups);
}

gboolean
router_namespaces_enter (GError **error)
{
  uid_t uid = getuid ();
  gid_t gid = getgid ();
  int flags = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS;

  if (unshare (flags) == 0 && map_ids (uid, gid))
    return TRUE;

  g_set_error (error, IOU_ERROR, IOU_ERROR_PERMISSION,
               "This user may not make user namespaces here, which the router runs in (%s): let an "
               "administrator allow them, for example with “sysctl -w "
               "user.max_user_namespaces=10000”.",
               g_strerror (errno));
  return FALSE;
}

static gboolean
bind_path (const char *path, gboolean read_only)
{
  g_autofree char *source = g_strconcat (OLD_ROOT, path, NULL);
  unsigned long flags = MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV;

  if (mount (source, path, NULL, MS_BIND | MS_REC, NULL) != 0)
    return FALSE;
  return !read_only || mount (NULL, path, NULL, flags, NULL) == 0;
}

static gboolean
bind_folder (const char *path, gboolean read_only)
{
  return g_mkdir_with_parents (path, 0755) == 0 && bind_path (path, read_only);
}

/* /lib and its like: links into /usr on merged systems, folders on others. */
static gboolean
bind_system (void)
{
  static const char *const folders[] = { "/bin", "/sbin", "/lib", "/lib32", "/lib64" };

  if (!bind_folder ("/usr", TRUE))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *old = g_strconcat (OLD_ROOT, folders[i], NULL);
      g_autofree char *target = g_file_read_link (old, NULL);

      if (target != NULL ? symlink (target, folders[i]) != 0
                         : g_file_test (old, G_FILE_TEST_IS_DIR) && !bind_folder (folders[i], TRUE))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_devices (void)
{
  static const char *const nodes[] = { "/dev/null", "/dev/zero", "/dev/full", "/dev/random",
                                       "/dev/urandom" };

  if (mkdir ("/dev", 0755) != 0 || mkdir ("/dev/pts", 0755) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    if (!write_text (nodes[i], "") || !bind_path (nodes[i], FALSE))
      return FALSE;
  return mount ("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC,
                "newinstance,ptmxmode=0666,mode=0620") == 0 &&
         symlink ("pts/ptmx", "/dev/ptmx") == 0;
}

/* All of it can be seen, only the network's settings changed: to the kernel the root of a machine
 * stays root in here if it is the one who started us. */
static gboolean
make_proc (void)
{
  unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;

  return mkdir ("/proc", 0755) == 0 && mount ("proc", "/proc", "proc", flags, NULL) == 0 &&
         mount ("/proc/sys", "/proc/sys", NULL, MS_BIND, NULL) == 0 &&
         mount ("/proc/sys/net", "/proc/sys/net", NULL, MS_BIND, NULL) == 0 &&
         mount (NULL, "/proc/sys", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | flags, NULL) == 0;
}

static gboolean
make_etc (void)
{
  return g_mkdir_with_parents (ROUTER_CONFIG_DIR, 0755) == 0 &&
         g_mkdir_with_parents (ROUTER_VTY_DIR, 0755) == 0 &&
         g_mkdir_with_parents ("/var/tmp/frr", 0755) == 0 && symlink ("/var/run", "/run") == 0 &&
         write_text ("/etc/passwd", "root:x:0:0::/:/bin/sh\nfrr:x:0:0::/:/bin/false\n") &&
         write_text ("/etc/group", "root:x:0:\nfrr:x:0:\nfrrvty:x:0:\n") &&
         /* vtysh asks whether this user may use it; whoever is in here may. */
         mkdir ("/etc/pam.d", 0755) == 0 &&
         write_text ("/etc/pam.d/frr", "auth sufficient pam_permit.so\n"
                                       "account sufficient pam_permit.so\n") &&
         write_text ("/etc/hosts", "127.0.0.1 localhost\n") && mkdir (ROUTER_BIN_DIR, 0755) == 0 &&
         write_text (ROUTER_BIN_DIR "/ping", PING) && chmod (ROUTER_BIN_DIR "/ping", 0755) == 0 &&
         write_text ("/etc/inputrc", "set enable-bracketed-paste off\nset bell-style none\n") &&
         write_text (ROUTER_CONFIG_DIR "/vtysh.conf", "service integrated-vtysh-config\n");
}

static gboolean
bind_work (Router *router)
{
  g_autofree char *netio = g_strdup_printf ("/tmp/netio%u", (guint) router->uid);
  g_autofree char *netl1 = g_strdup_printf ("/tmp/netl1%u", (guint) router->uid);

  return bind_folder (netio, FALSE) && bind_folder (netl1, FALSE) && chdir (ROUTER_WORK_DIR) == 0;
}

/* The working directory may lie below anything, even below what is hidden next. */
static gboolean
enter_new_root (void)
{
  int work = open (".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  g_autofree char *source = g_strdup_printf ("/proc/self/fd/%d", work);
  gboolean done = work >= 0 && unshare (CLONE_NEWNS) == 0 &&
                  mount (NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) == 0;

  if (done)
    {
      /* Through the path, since a descriptor of the old namespace cannot be mounted from. */
      g_autofree char *path = g_file_read_link (source, NULL);

      done = path != NULL &&
             mount ("router", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") == 0 &&
             mkdir ("/tmp/old", 0755) == 0 && mkdir ("/tmp/work", 0755) == 0 &&
             syscall (SYS_pivot_root, "/tmp", "/tmp/old") == 0 && chdir ("/") == 0;
      if (done)
        {
          g_autofree char *old = g_strconcat (OLD_ROOT, path, NULL);

          /* With what is mounted below: the kernel does not let it be taken off. */
          done = mount (old, ROUTER_WORK_DIR, NULL, MS_BIND | MS_REC, NULL) == 0;
        }
    }
  if (work >= 0)
    close (work);
  return done;
}

gboolean
router_namespaces_build_root (Router *router, GError **error)
{
  umask (0022);
  if (!enter_new_root ())
    return set_error (error, "root");
  if (!make_proc ())
    return set_error (error, "/proc");
  if (!bind_system ())
    return set_error (error, "/usr");
  if (!make_devices ())
    return set_error (error, "/dev");
  if (!make_etc ())
    return set_error (error, "/etc");
  if (!bind_work (router))
    return set_error (error, "/tmp");
  if (umount2 (OLD_ROOT, MNT_DETACH) != 0 || rmdir (OLD_ROOT) != 0)
    return set_error (error, OLD_ROOT);
  return TRUE;
}

static void
set_kernel (const char *setting, const char *value)
{
  g_autofree char *path = g_strconcat ("/proc/sys/net/", setting, NULL);

  /* A kernel without IPv6 or MPLS has no such file. */
  if (!write_text (path, value))
    g_info ("Cannot write %s: %s", path, g_strerror (errno));
}

/* Labels are taken where they come in, as on a router where LDP decides. */
static void
accept_labels (Router *router)
{
  if (!g_file_test ("/proc/sys/net/mpls", G_FILE_TEST_IS_DIR))
    return;
  set_kernel ("mpls/platform_labels", "1048575");
  for (guint i = 0; i < router->n_ports; i++)
    {
      g_autofree char *setting = g_strdup_printf ("mpls/conf/%s/input", router->ports[i].name);

      set_kernel (setting, "1");
    }
}

void
router_namespaces_set_kernel (Router *router)
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
  accept_labels (router);
}

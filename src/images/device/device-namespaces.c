/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What we run wants to be root, to have a network of its own, and files at fixed places. In a user
 * namespace we are root over the other namespaces made with it, and over nothing else.
 *
 * The root of the device's processes is a small tmpfs: the system's programs read-only, a /proc of
 * the new PID namespace in which only the network's settings can be written, an /etc of its own, in
 * which all users are us, and of the user's files the working directory only. The old root is taken
 * away once that stands.
 *
 * The kernel gives a new /proc only to whom sees one that has nothing hidden. So the engine's
 * sandbox leaves the machine's /proc in place for this program, which hides it here. */

#include "config.h"

#include "device-namespaces.h"

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

gboolean
device_namespaces_write (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  gsize length = strlen (text);
  gboolean done = fd >= 0 && write (fd, text, length) == (ssize_t) length;

  if (fd >= 0)
    close (fd);
  return done;
}

static gboolean
set_error (DeviceMachine *machine, GError **error, const char *what)
{
  g_set_error (error, IOU_ERROR, IOU_ERROR_IO, "The %s's private system cannot be made (%s: %s)",
               machine->kind->noun, what, g_strerror (errno));
  return FALSE;
}

/* One id each: inside we are root, outside what we were. */
static gboolean
map_ids (uid_t uid, gid_t gid)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1\n", (guint) uid);
  g_autofree char *groups = g_strdup_printf ("0 %u 1\n", (guint) gid);

  return device_namespaces_write ("/proc/self/setgroups", "deny") &&
         device_namespaces_write ("/proc/self/uid_map", users) &&
         device_namespaces_write ("/proc/self/gid_map", groups);
}

gboolean
device_namespaces_enter (DeviceMachine *machine, GError **error)
{
  uid_t uid = getuid ();
  gid_t gid = getgid ();
  int flags = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS;

  if (unshare (flags) == 0 && map_ids (uid, gid))
    return TRUE;

  g_set_error (error, IOU_ERROR, IOU_ERROR_PERMISSION,
               "This user may not make user namespaces here, which the %s runs in (%s): let an "
               "administrator allow them, for example with “sysctl -w "
               "user.max_user_namespaces=10000”.",
               machine->kind->noun, g_strerror (errno));
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

gboolean
device_namespaces_share (const char *path)
{
  g_autofree char *old = g_strconcat (OLD_ROOT, path, NULL);

  if (g_file_test (old, G_FILE_TEST_IS_DIR))
    return bind_folder (path, TRUE);
  return !g_file_test (old, G_FILE_TEST_IS_REGULAR) ||
         (device_namespaces_write (path, "") && bind_path (path, TRUE));
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
    if (!device_namespaces_write (nodes[i], "") || !bind_path (nodes[i], FALSE))
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
bind_work (DeviceMachine *machine)
{
  g_autofree char *netio = g_strdup_printf ("/tmp/netio%u", (guint) machine->uid);
  g_autofree char *netl1 = g_strdup_printf ("/tmp/netl1%u", (guint) machine->uid);

  return bind_folder (netio, FALSE) && bind_folder (netl1, FALSE) && chdir (DEVICE_WORK_DIR) == 0;
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
             mount ("device", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") == 0 &&
             mkdir ("/tmp/old", 0755) == 0 && mkdir ("/tmp/work", 0755) == 0 &&
             syscall (SYS_pivot_root, "/tmp", "/tmp/old") == 0 && chdir ("/") == 0;
      if (done)
        {
          g_autofree char *old = g_strconcat (OLD_ROOT, path, NULL);

          /* With what is mounted below: the kernel does not let it be taken off. */
          done = mount (old, DEVICE_WORK_DIR, NULL, MS_BIND | MS_REC, NULL) == 0;
        }
    }
  if (work >= 0)
    close (work);
  return done;
}

gboolean
device_namespaces_build_root (DeviceMachine *machine, GError **error)
{
  umask (0022);
  if (!enter_new_root ())
    return set_error (machine, error, "root");
  if (!make_proc ())
    return set_error (machine, error, "/proc");
  if (!bind_system ())
    return set_error (machine, error, "/usr");
  if (!make_devices ())
    return set_error (machine, error, "/dev");
  if (!machine->kind->make_etc ())
    return set_error (machine, error, "/etc");
  if (!bind_work (machine))
    return set_error (machine, error, "/tmp");
  if (umount2 (OLD_ROOT, MNT_DETACH) != 0 || rmdir (OLD_ROOT) != 0)
    return set_error (machine, error, OLD_ROOT);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders, whole files and UNIX sockets. What a device leaves behind is a stranger's work: removing
 * it goes from descriptor to descriptor and follows no link. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "lab-files.h"

/* Deeper than this nobody but a malicious device nests folders; it is left where it is. */
#define DEEPEST 64
#define BACKLOG 16

gboolean
lab_files_make_private_dir (const char *path, GError **error)
{
  struct stat st;

  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   _ ("The folder %s cannot be made: %s."), path, g_strerror (saved_errno));
      return FALSE;
    }
  if (lstat (path, &st) != 0 || !S_ISDIR (st.st_mode) || st.st_uid != getuid ())
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY,
                   _ ("%s is not a folder that belongs to you; move it away and try again."), path);
      return FALSE;
    }
  return TRUE;
}

typedef gboolean (*KeepFunc) (const char *name, gpointer user_data);

static void empty_dir (int dir_fd, guint depth, KeepFunc keep, gpointer user_data);

static void
remove_at (int dir_fd, const char *name, guint depth)
{
  int fd;

  if (unlinkat (dir_fd, name, 0) == 0 || errno == ENOENT)
    return;
  if (depth >= DEEPEST)
    return;

  fd = openat (dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0 && errno == EACCES && fchmodat (dir_fd, name, 0700, 0) == 0)
    fd = openat (dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd >= 0)
    {
      fchmod (fd, 0700);
      empty_dir (fd, depth + 1, NULL, NULL);
      close (fd);
    }
  unlinkat (dir_fd, name, AT_REMOVEDIR);
}

static void
empty_dir (int dir_fd, guint depth, KeepFunc keep, gpointer user_data)
{
  int fd = openat (dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;

  if (dir == NULL)
    {
      if (fd >= 0)
        close (fd);
      return;
    }

  while ((entry = readdir (dir)) != NULL)
    {
      if (g_str_equal (entry->d_name, ".") || g_str_equal (entry->d_name, ".."))
        continue;
      if (keep == NULL || !keep (entry->d_name, user_data))
        remove_at (dir_fd, entry->d_name, depth);
    }
  closedir (dir);
}

void
lab_files_remove_at (int dir_fd, const char *name)
{
  remove_at (dir_fd, name, 0);
}

void
lab_files_empty_dir (int dir_fd, KeepFunc keep, gpointer user_data)
{
  empty_dir (dir_fd, 0, keep, user_data);
}

gboolean
lab_files_write (const char *path, const char *text, gsize length, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  /* A link here would be the device's doing, and a file may be shown inside a sandbox: the new file
   * takes its place. To write another one and rename it would make GLib wait for the disk. */
  g_unlink (path);
  if (g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600,
                                &local_error))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("%s cannot be written: %s"), path,
               local_error->message);
  return FALSE;
}

/* An AF_UNIX path holds 107 bytes: the folder's descriptor stands for the long part of the path. */
static gboolean
fill_address (struct sockaddr_un *address, int dir_fd, const char *name)
{
  int n;

  *address = (struct sockaddr_un){ .sun_family = AF_UNIX };
  n = g_snprintf (address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/%s", dir_fd, name);
  return n > 0 && (gsize) n < sizeof address->sun_path;
}

int
lab_files_listen (int dir_fd, const char *name, GError **error)
{
  struct sockaddr_un address;
  int saved_errno;
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd >= 0 && fill_address (&address, dir_fd, name))
    {
      unlinkat (dir_fd, name, 0);
      if (bind (fd, (struct sockaddr *) &address, sizeof address) == 0 &&
          fchmodat (dir_fd, name, 0600, 0) == 0 && listen (fd, BACKLOG) == 0)
        return fd;
    }

  saved_errno = errno;
  if (fd >= 0)
    close (fd);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               _ ("The socket “%s” cannot be made: %s."), name, g_strerror (saved_errno));
  return -1;
}

int
lab_files_connect (int dir_fd, const char *name)
{
  struct sockaddr_un address;
  int saved_errno;
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd < 0)
    return -1;
  if (fill_address (&address, dir_fd, name) &&
      connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;

  saved_errno = errno;
  close (fd);
  errno = saved_errno;
  return -1;
}

gboolean
lab_files_is_locked (const char *path, pid_t *pid)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  gboolean locked;
  int fd = open (path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);

  if (fd < 0)
    return FALSE;
  locked = fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  *pid = locked ? lock.l_pid : 0;
  close (fd);
  return locked;
}

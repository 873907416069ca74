/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "device-socket.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "iou-error.h"

gboolean
device_socket_make_directory (const char *path, GError **error)
{
  struct stat info;

  if (mkdir (path, 0700) == 0)
    return TRUE;
  if (errno != EEXIST)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_IO, "Cannot create %s: %s", path,
                   g_strerror (errno));
      return FALSE;
    }

  /* /tmp belongs to everybody: a stranger may have been there first. */
  if (lstat (path, &info) != 0 || !S_ISDIR (info.st_mode) || info.st_uid != getuid ())
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_PERMISSION,
                   "%s is not a directory that belongs to this user: remove it and start again",
                   path);
      return FALSE;
    }
  return TRUE;
}

static void
set_locked_error (int fd, guint id, GError **error)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  if (fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK && lock.l_pid > 0)
    g_set_error (
        error, IOU_ERROR, IOU_ERROR_IO,
        "Application id %u is in use by process %d: choose another id or stop that process", id,
        (int) lock.l_pid);
  else
    g_set_error (error, IOU_ERROR, IOU_ERROR_IO, "Application id %u is in use: choose another id",
                 id);
}

int
device_socket_take_lock (const char *path, guint id, GError **error)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autofree char *pid = g_strdup_printf ("%d\n", (int) getpid ());
  int fd = open (path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_IO, "Cannot open %s: %s", path, g_strerror (errno));
      return -1;
    }
  if (fcntl (fd, F_SETLK, &lock) != 0)
    {
      set_locked_error (fd, id, error);
      close (fd);
      return -1;
    }
  if (ftruncate (fd, 0) != 0 || write (fd, pid, strlen (pid)) < 0)
    g_info ("Cannot write our pid to %s: %s", path, g_strerror (errno));
  return fd;
}

int
device_socket_bind (GError **error, const char *format, ...)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  va_list args;
  int fd;

  va_start (args, format);
  g_vsnprintf (address.sun_path, sizeof address.sun_path, format, args);
  va_end (args);

  unlink (address.sun_path);
  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd >= 0 && bind (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;

  g_set_error (error, IOU_ERROR, IOU_ERROR_IO, "Cannot bind %s: %s", address.sun_path,
               g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sockets in folders that devices can write to.
 *
 * A device may put anything into its own /tmp: a link where we expect a folder, a pipe where we
 * expect a lock file. So every step goes through a descriptor and refuses to follow links: folder,
 * then entry, then a look at what the entry is, and only then bind() or connect() through
 * /proc/self/fd, which names exactly what was looked at. The same way makes paths of any length
 * usable, where a socket address has room for 107 bytes. */

#include "relay-socket.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* Large enough for a full kernel queue of full frames: what a receiver has not read is charged to
 * us. */
#define SEND_BUFFER (8 << 20)

static struct sockaddr_un
address_at (int dir_fd, const char *name)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  if (name != NULL)
    snprintf (address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s", dir_fd, name);
  else
    snprintf (address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d", dir_fd);
  return address;
}

/* For us alone, whatever the process creates else. */
static int
bind_private (int fd, const struct sockaddr_un *address)
{
  mode_t old = umask (0177);
  int result = bind (fd, (const struct sockaddr *) address, sizeof *address);

  umask (old);
  return result;
}

static int
open_folder (int parent, const char *kind, uid_t uid)
{
  char name[32];

  snprintf (name, sizeof name, "%s%u", kind, (unsigned) uid);
  return openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int
relay_socket_open_dir (const char *dir, const char *kind, uid_t uid, RelayError *error)
{
  int parent, folder;
  char name[32];
  struct stat info;

  parent = open (dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (parent < 0)
    {
      relay_error_set (error, "cannot open the folder %s: %s", dir, strerror (errno));
      return -1;
    }
  snprintf (name, sizeof name, "%s%u", kind, (unsigned) uid);
  if (mkdirat (parent, name, 0700) == 0 && uid != geteuid ())
    (void) !fchownat (parent, name, uid, (gid_t) -1, AT_SYMLINK_NOFOLLOW);
  folder = open_folder (parent, kind, uid);
  if (folder < 0)
    relay_error_set (error, "%s/%s is not a folder that can be used: %s", dir, name,
                     strerror (errno));
  else if (fstat (folder, &info) < 0 || (info.st_uid != geteuid () && info.st_uid != uid))
    {
      relay_error_set (error, "%s/%s belongs to user %u: remove it or use another folder", dir,
                       name, (unsigned) info.st_uid);
      close (folder);
      folder = -1;
    }
  close (parent);
  return folder;
}

static int
lock_whole_file (int fd, const char *file, RelayError *error)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  char text[16];
  int length;

  if (fcntl (fd, F_SETLK, &lock) < 0)
    {
      if (fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK)
        relay_error_set (error, "%s is locked by process %d: the id is in use", file,
                         (int) lock.l_pid);
      else
        relay_error_set (error, "cannot lock %s: the id is in use", file);
      return -1;
    }
  length = snprintf (text, sizeof text, "%d\n", (int) getpid ());
  if (ftruncate (fd, 0) < 0 || write (fd, text, (size_t) length) != length)
    {
      relay_error_set (error, "cannot write %s: %s", file, strerror (errno));
      return -1;
    }
  return fd;
}

int
relay_socket_lock (int dir_fd, const char *name, RelayError *error)
{
  const int flags = O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  char file[32];
  struct stat info;
  int fd;

  snprintf (file, sizeof file, "%s.lck", name);
  fd = openat (dir_fd, file, flags);
  if (fd < 0 && errno == ENOENT)
    fd = openat (dir_fd, file, flags | O_CREAT | O_EXCL, 0600);
  if (fd < 0)
    {
      relay_error_set (error, "cannot open the lock file %s: %s", file, strerror (errno));
      return -1;
    }
  if (fstat (fd, &info) < 0 || !S_ISREG (info.st_mode))
    relay_error_set (error, "%s is not a regular file: remove it", file);
  else if (lock_whole_file (fd, file, error) == fd)
    return fd;
  close (fd);
  return -1;
}

static int
new_datagram_socket (void)
{
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  int size = SEND_BUFFER;

  if (fd >= 0 && setsockopt (fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size) < 0)
    setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  return fd;
}

int
relay_socket_bind (
    int dir_fd, const char *name, uid_t uid, RelaySocketPlace *place, RelayError *error)
{
  struct sockaddr_un address = address_at (dir_fd, name);
  struct stat folder, info;
  int fd = new_datagram_socket ();

  if (fd >= 0 && (unlinkat (dir_fd, name, 0) == 0 || errno == ENOENT) &&
      bind_private (fd, &address) == 0 && fstat (dir_fd, &folder) == 0 &&
      fstatat (dir_fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0)
    {
      if (uid != geteuid ())
        (void) !fchownat (dir_fd, name, uid, (gid_t) -1, AT_SYMLINK_NOFOLLOW);
      place->device = folder.st_dev;
      place->directory = folder.st_ino;
      place->inode = info.st_ino;
      return fd;
    }
  relay_error_set (error, "cannot bind the socket %s: %s", name, strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Opens the socket file itself, so that a link put in its place later leads nowhere. */
static int
open_socket_file (const char *dir, const char *kind, uid_t uid, const char *name)
{
  int parent, folder, file = -1;
  struct stat info;

  parent = open (dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (parent < 0)
    return -errno;
  folder = open_folder (parent, kind, uid);
  if (folder >= 0)
    file = openat (folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  if (file < 0)
    file = -errno;
  if (folder >= 0)
    close (folder);
  close (parent);
  if (file >= 0 && (fstat (file, &info) < 0 || !S_ISSOCK (info.st_mode)))
    {
      close (file);
      return -ECONNREFUSED;
    }
  return file;
}

int
relay_socket_connect (const char *dir, const char *kind, uid_t uid, const char *name)
{
  struct sockaddr_un address;
  int file, fd;

  file = open_socket_file (dir, kind, uid, name);
  if (file < 0)
    return file;
  address = address_at (file, NULL);
  fd = new_datagram_socket ();
  if (fd < 0)
    fd = -errno;
  else if (connect (fd, (struct sockaddr *) &address, sizeof address) < 0)
    {
      int saved = -errno;

      close (fd);
      fd = saved;
    }
  close (file);
  return fd;
}

static int
open_dir_again (const char *dir, const char *kind, uid_t uid)
{
  int parent, folder;

  parent = open (dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (parent < 0)
    return -1;
  folder = open_folder (parent, kind, uid);
  close (parent);
  return folder;
}

void
relay_socket_unlink (
    const char *dir, const char *kind, uid_t uid, const char *name, const RelaySocketPlace *place)
{
  int folder = open_dir_again (dir, kind, uid);
  struct stat info, entry;

  if (folder < 0)
    return;
  if (place->inode != 0 && fstat (folder, &info) == 0 && info.st_dev == place->device &&
      info.st_ino == place->directory && fstatat (folder, name, &entry, AT_SYMLINK_NOFOLLOW) == 0 &&
      entry.st_ino == place->inode)
    unlinkat (folder, name, 0);
  close (folder);
}

void
relay_socket_unlock (const char *dir, uid_t uid, const char *name, int lock_fd)
{
  int folder = open_dir_again (dir, "netio", uid);
  struct stat info, entry;
  char file[32];

  snprintf (file, sizeof file, "%s.lck", name);
  if (folder >= 0)
    {
      if (fstat (lock_fd, &info) == 0 && fstatat (folder, file, &entry, AT_SYMLINK_NOFOLLOW) == 0 &&
          entry.st_ino == info.st_ino && entry.st_dev == info.st_dev)
        unlinkat (folder, file, 0);
      close (folder);
    }
  close (lock_fd);
}

/* Whether somebody listens there. */
static bool
is_alive (int dir_fd, const char *name)
{
  struct sockaddr_un address = address_at (dir_fd, name);
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  bool alive;

  alive = fd >= 0 &&
          (connect (fd, (struct sockaddr *) &address, sizeof address) == 0 || errno == EAGAIN);
  if (fd >= 0)
    close (fd);
  return alive;
}

static int
bind_listener (int dir_fd, const char *name)
{
  struct sockaddr_un address = address_at (dir_fd, name);
  struct stat info;
  int fd;

  if (fstatat (dir_fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0)
    {
      if (!S_ISSOCK (info.st_mode))
        return errno = EEXIST, -1;
      if (is_alive (dir_fd, name))
        return errno = EADDRINUSE, -1;
      unlinkat (dir_fd, name, 0);
    }
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return -1;
  if (bind_private (fd, &address) == 0 && listen (fd, 16) == 0)
    return fd;
  close (fd);
  return -1;
}

int
relay_socket_listen (const char *path, RelayError *error)
{
  const char *slash = strrchr (path, '/');
  char *dir = relay_strdup (path);
  const char *name = slash != NULL ? slash + 1 : path;
  int dir_fd, fd = -1;

  if (slash == NULL)
    strcpy (dir, "."); /* a path is never empty */
  else
    dir[slash == path ? 1 : slash - path] = '\0';
  dir_fd = open (dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (dir_fd >= 0)
    fd = strlen (name) < 80 ? bind_listener (dir_fd, name) : (errno = ENAMETOOLONG, -1);
  if (fd < 0)
    relay_error_set (error, "cannot listen on the control socket %s: %s", path,
                     errno == EADDRINUSE ? "another relay listens there" : strerror (errno));
  if (dir_fd >= 0)
    close (dir_fd);
  free (dir);
  return fd;
}

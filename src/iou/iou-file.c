/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading and replacing small files with plain POSIX calls. Working directories belong to programs
 * we do not trust, so a name is opened without waiting (it may be a pipe) and looked at before it
 * is read, and how much is read is always bounded. A file is replaced whole or not at all: a power
 * cut leaves the old one or the new one. */

#include "iou-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static IouError
error_code_from_errno (int saved_errno)
{
  switch (saved_errno)
    {
    case ENOENT:
    case ENOTDIR:
      return IOU_ERROR_MISSING;
    case EACCES:
    case EPERM:
      return IOU_ERROR_PERMISSION;
    default:
      return IOU_ERROR_IO;
    }
}

/*
 * iou_file_set_error:
 * @verb: what failed, as in "read"
 *
 * Sets an error that says what could not be done to @path and why.
 */
void
iou_file_set_error (GError **error, int saved_errno, const char *verb, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, IOU_ERROR, error_code_from_errno (saved_errno),
               "The file %s could not be %s: %s.", name, verb, g_strerror (saved_errno));
}

static void
set_not_regular (GError **error, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID,
               "%s is not a regular file; only a regular file can be read here.", name);
}

/*
 * iou_file_open_regular:
 * @extra_flags: flags of open(2) besides `O_RDONLY`, such as `O_NOFOLLOW`
 * @size: (out): the length of the file in bytes
 *
 * Opens a file for reading and refuses anything that is not a regular file.
 *
 * Returns: a descriptor the caller closes, or -1 with @error set
 */
int
iou_file_open_regular (const char *path, int extra_flags, guint64 *size, GError **error)
{
  struct stat info;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | extra_flags);

  if (fd < 0)
    {
      if (errno == ELOOP && (extra_flags & O_NOFOLLOW) != 0)
        set_not_regular (error, path);
      else
        iou_file_set_error (error, errno, "opened", path);
      return -1;
    }

  if (fstat (fd, &info) < 0)
    {
      iou_file_set_error (error, errno, "read", path);
      close (fd);
      return -1;
    }

  if (!S_ISREG (info.st_mode))
    {
      set_not_regular (error, path);
      close (fd);
      return -1;
    }

  *size = (guint64) info.st_size;
  return fd;
}

/*
 * iou_file_read_at:
 *
 * Reads exactly @length bytes at @offset.
 *
 * Returns: %FALSE if the file is shorter or could not be read
 */
gboolean
iou_file_read_at (int fd, guint64 offset, void *buffer, gsize length)
{
  guint8 *out = buffer;

  while (length > 0)
    {
      ssize_t n = offset <= G_MAXINT64 ? pread (fd, out, length, (off_t) offset) : 0;

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;

      out += n;
      offset += (guint64) n;
      length -= (gsize) n;
    }

  return TRUE;
}

/*
 * iou_file_read:
 * @limit: the largest length accepted, in bytes
 *
 * Reads a whole regular file. The bytes are followed by a NUL that does not count.
 *
 * Returns: (transfer full): the bytes, or %NULL with @error set
 */
GBytes *
iou_file_read (const char *path, int extra_flags, gsize limit, GError **error)
{
  guint64 size;
  guint8 *data;
  gboolean complete;
  int saved_errno;
  int fd = iou_file_open_regular (path, extra_flags, &size, error);

  if (fd < 0)
    return NULL;

  if (size > limit)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, IOU_ERROR, IOU_ERROR_LIMIT,
                   "The file %s has %" G_GUINT64_FORMAT " bytes; at most %" G_GSIZE_FORMAT
                   " are accepted.",
                   name, size, limit);
      close (fd);
      return NULL;
    }

  data = g_malloc0 ((gsize) size + 1);
  errno = 0;
  complete = iou_file_read_at (fd, 0, data, (gsize) size);
  saved_errno = errno != 0 ? errno : EIO;
  close (fd);

  if (!complete)
    {
      iou_file_set_error (error, saved_errno, "read", path);
      g_free (data);
      return NULL;
    }

  return g_bytes_new_take (data, (gsize) size);
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;

      data += n;
      length -= (gsize) n;
    }

  return TRUE;
}

static gboolean
sync_directory (const char *directory)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok;

  if (fd < 0)
    return FALSE;

  /* Some file systems cannot sync a folder and say so with EINVAL: nothing more can be done there.
   */
  ok = fsync (fd) == 0 || errno == EINVAL;
  close (fd);
  return ok;
}

/* The permissions a replaced file had; a new one is the owner's alone, as it may hold passwords. */
static mode_t
mode_to_keep (const char *path)
{
  struct stat info;

  if (lstat (path, &info) == 0 && S_ISREG (info.st_mode))
    return info.st_mode & 0777;

  return 0600;
}

static gboolean
write_temporary (int fd, const char *path, GBytes *bytes)
{
  gboolean ok = write_all (fd, bytes) && fchmod (fd, mode_to_keep (path)) == 0 && fsync (fd) == 0;
  int saved_errno = errno;

  if (close (fd) < 0 && ok)
    return FALSE;

  errno = saved_errno;
  return ok;
}

/*
 * iou_file_write_durable:
 *
 * Replaces @path: temporary file in the same folder, fsync, rename, fsync of the folder. A symbolic
 * link called @path is replaced itself, not what it points to.
 */
gboolean
iou_file_write_durable (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *temporary = g_strdup_printf ("%s/.%s.XXXXXX", directory, base);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      iou_file_set_error (error, errno, "written", path);
      return FALSE;
    }

  if (!write_temporary (fd, path, bytes) || rename (temporary, path) < 0)
    {
      iou_file_set_error (error, errno, "written", path);
      unlink (temporary);
      return FALSE;
    }

  if (!sync_directory (directory))
    {
      iou_file_set_error (error, errno, "secured on disk", path);
      return FALSE;
    }

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "lab-configs"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "lab-replace.h"

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0)
    {
      ssize_t n = write (fd, data, size);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          data += n;
          size -= (gsize) n;
        }
    }
  return fsync (fd) == 0;
}

gboolean
lab_replace_at (int folder, const char *temporary, const char *name, gconstpointer data, gsize size)
{
  gboolean done;
  int saved_errno;
  int fd;

  unlinkat (folder, temporary, 0);
  fd = openat (folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return FALSE;
  done = write_all (fd, data, size);
  saved_errno = errno;
  if (close (fd) != 0 && done)
    {
      done = FALSE;
      saved_errno = errno;
    }
  if (done && renameat (folder, temporary, folder, name) == 0)
    return TRUE;
  if (done)
    saved_errno = errno;
  unlinkat (folder, temporary, 0);
  errno = saved_errno;
  return FALSE;
}

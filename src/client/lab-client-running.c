/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which engines run. An engine holds flock() on its lock file for its life; so a lock that can be
 * had means that its engine is gone, and its folder is only litter. It is removed under that lock,
 * the lock file last, as the engine itself does it: who wins a lock on a file that is no longer in
 * the folder knows that it must begin anew. */

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab-client-paths.h"
#include "lab-client-running.h"

#define LOCK_NAME "lock"
#define MAX_DEPTH 64

static int
open_dir_at (int parent, const char *name)
{
  return openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Never follows a link: a device owns part of what lies here. */
static void
empty_dir (int fd, const char *keep, guint depth)
{
  DIR *dir = fdopendir (fcntl (fd, F_DUPFD_CLOEXEC, 0));
  struct dirent *entry;

  if (dir == NULL)
    return;
  while ((entry = readdir (dir)) != NULL)
    {
      int child;

      if (g_str_equal (entry->d_name, ".") || g_str_equal (entry->d_name, "..") ||
          g_strcmp0 (entry->d_name, keep) == 0)
        continue;
      if (unlinkat (fd, entry->d_name, 0) == 0 || depth == 0)
        continue;
      child = open_dir_at (fd, entry->d_name);
      if (child < 0)
        continue;
      empty_dir (child, NULL, depth - 1);
      close (child);
      unlinkat (fd, entry->d_name, AT_REMOVEDIR);
    }
  closedir (dir);
}

static gboolean
lock_is_current (int dir_fd, int lock_fd)
{
  struct stat ours;
  struct stat there;

  return fstat (lock_fd, &ours) == 0 && fstatat (dir_fd, LOCK_NAME, &there, 0) == 0 &&
         ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

/* TRUE if the lock in @dir_fd is held; else what lies there is removed. */
static gboolean
check_run (int root_fd, const char *uuid, gboolean clean)
{
  int dir_fd = open_dir_at (root_fd, uuid);
  int lock_fd;
  gboolean locked = FALSE;

  if (dir_fd < 0)
    return FALSE;
  lock_fd = openat (dir_fd, LOCK_NAME, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (lock_fd >= 0)
    {
      locked = flock (lock_fd, LOCK_EX | LOCK_NB) != 0;
      if (!locked && clean && lock_is_current (dir_fd, lock_fd))
        {
          empty_dir (dir_fd, LOCK_NAME, MAX_DEPTH);
          unlinkat (dir_fd, LOCK_NAME, 0);
          unlinkat (root_fd, uuid, AT_REMOVEDIR);
        }
      close (lock_fd);
    }
  else if (clean && errno == ENOENT)
    {
      unlinkat (root_fd, uuid, AT_REMOVEDIR); /* only if it is empty */
    }
  close (dir_fd);
  return locked;
}

static int
open_root (void)
{
  g_autofree char *root = lab_client_runtime_dir ();

  return open (root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

GStrv
lab_client_list_running (void)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  int root_fd = open_root ();
  DIR *dir = root_fd >= 0 ? fdopendir (fcntl (root_fd, F_DUPFD_CLOEXEC, 0)) : NULL;
  struct dirent *entry;

  while (dir != NULL && (entry = readdir (dir)) != NULL)
    if (lab_client_is_uuid (entry->d_name) && check_run (root_fd, entry->d_name, TRUE))
      g_ptr_array_add (uuids, g_strdup (entry->d_name));
  if (dir != NULL)
    closedir (dir);
  if (root_fd >= 0)
    close (root_fd);

  g_ptr_array_sort (uuids, compare);
  g_ptr_array_add (uuids, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&uuids), FALSE);
}

int
lab_client_open_lock (const char *uuid)
{
  int root_fd = open_root ();
  int dir_fd = root_fd >= 0 ? open_dir_at (root_fd, uuid) : -1;
  int lock_fd = dir_fd >= 0 ? openat (dir_fd, LOCK_NAME, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;

  if (dir_fd >= 0)
    close (dir_fd);
  if (root_fd >= 0)
    close (root_fd);
  return lock_fd;
}

gboolean
lab_client_lock_is_free (int lock_fd)
{
  if (lock_fd < 0)
    return TRUE;
  if (flock (lock_fd, LOCK_SH | LOCK_NB) != 0)
    return FALSE;
  flock (lock_fd, LOCK_UN);
  return TRUE;
}

gboolean
lab_client_is_locked (const char *uuid)
{
  int root_fd = open_root ();
  gboolean locked;

  if (root_fd < 0)
    return FALSE;
  locked = check_run (root_fd, uuid, FALSE);
  close (root_fd);
  return locked;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the files of a run are, where those are that stay, and where our own programs are.
 *
 * The lock is a flock() on a file in the run's folder, held by the engine and by its keeper. As the
 * folder is removed at the end, a lock that was won may be one on a file that is gone: then all
 * begins anew. The file holds the engine's process id, so that the next engine can tell an engine
 * that runs from one that was killed and whose keeper is still clearing up. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "lab-files.h"
#include "lab-process.h"
#include "lab-run-dir.h"

#define LOCK_NAME    "lock"
#define WAIT_STEP_US 20000
#define WAIT_STEPS   300
/* A process that was killed just now looks alive for a moment. */
#define REFUSE_AFTER_STEPS 15
/* For another one's state: its end may be under way. */
#define STATE_STEPS 100

static char *
folder_from (const char *variable, const char *base)
{
  const char *value = g_getenv (variable);

  if (value != NULL && *value != '\0')
    return g_canonicalize_filename (value, NULL);
  return g_build_filename (base, "labwright", NULL);
}

static gboolean
check_runtime_path (const char *path, GError **error)
{
  for (const char *p = path; *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                       _ ("The folder for sockets, “%s”, has a blank in its name; set "
                          "LABWRIGHT_RUNTIME_DIR to one without."),
                       path);
          return FALSE;
        }
    }
  return TRUE;
}

static pid_t
read_lock_pid (int lock_fd)
{
  char text[32] = "";
  ssize_t n = pread (lock_fd, text, sizeof text - 1, 0);

  return n > 0 ? (pid_t) strtol (text, NULL, 10) : 0;
}

/* Is what is behind @fd still what has the name in @dir_fd? The engine that held its lock may have
 * removed it. */
static gboolean
is_in_place (int fd, int dir_fd, const char *name)
{
  struct stat ours;
  struct stat there;

  return fstat (fd, &ours) == 0 && fstatat (dir_fd, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
         ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

static gboolean
open_folder (LabRunDir *self, GError **error)
{
  if (!lab_files_make_private_dir (self->path, error))
    return FALSE;

  if (self->fd >= 0)
    close (self->fd);
  self->fd = open (self->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->fd >= 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               _ ("The folder %s cannot be opened: %s."), self->path, g_strerror (errno));
  return FALSE;
}

/* One attempt. @busy: somebody else has it. */
static gboolean
try_lock (LabRunDir *self, gboolean *busy, GError **error)
{
  int fd;

  *busy = FALSE;
  if (!open_folder (self, error))
    return FALSE;
  fd = openat (self->fd, LOCK_NAME, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      *busy = errno == ENOENT; /* the folder was removed just now */
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("The lock in %s cannot be made: %s."), self->path, g_strerror (errno));
      return FALSE;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 && is_in_place (fd, self->fd, LOCK_NAME))
    {
      self->lock_fd = fd;
      return TRUE;
    }

  *busy = TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               _ ("This lab runs already, in the engine with process id %d."),
               (int) read_lock_pid (fd));
  close (fd);
  return FALSE;
}

/* An engine that is alive keeps its lab; one that has ended is about to let go of the lock. */
static gboolean
owner_is_alive (LabRunDir *self)
{
  int fd = openat (self->fd, LOCK_NAME, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  pid_t pid = fd >= 0 ? read_lock_pid (fd) : 0;

  if (fd >= 0)
    close (fd);
  return lab_process_is_alive (pid);
}

LabRunDir *
lab_run_dir_open (const char *uuid, GError **error)
{
  g_autoptr (LabRunDir) self = g_new0 (LabRunDir, 1);
  g_autofree char *root = folder_from ("LABWRIGHT_RUNTIME_DIR", g_get_user_runtime_dir ());
  g_autofree char *state = folder_from ("LABWRIGHT_STATE_DIR", g_get_user_state_dir ());
  guint alive_steps = 0;

  self->root_fd = self->fd = self->lock_fd = self->consoles_fd = self->devices_fd = -1;
  self->state_fd = -1;
  self->uuid = g_strdup (uuid);
  self->path = g_build_filename (root, uuid, NULL);
  self->state_path = g_build_filename (state, uuid, NULL);
  if (!check_runtime_path (self->path, error) || !lab_files_make_private_dir (root, error))
    return NULL;
  self->root_fd = open (root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  for (guint i = 0; i < WAIT_STEPS; i++)
    {
      g_autoptr (GError) local_error = NULL;
      gboolean busy;

      if (try_lock (self, &busy, &local_error))
        return g_steal_pointer (&self);
      alive_steps = busy && owner_is_alive (self) ? alive_steps + 1 : 0;
      if (!busy || alive_steps > REFUSE_AFTER_STEPS || i + 1 == WAIT_STEPS)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      g_usleep (WAIT_STEP_US);
    }
  return NULL;
}

/* FALSE: another engine has it. Where there is no folder, or none that can be locked, the devices
 * say themselves what they cannot keep. */
static gboolean
try_state (LabRunDir *self)
{
  if (g_mkdir_with_parents (self->state_path, 0700) == 0)
    self->state_fd = open (self->state_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->state_fd < 0)
    return TRUE;
  if (flock (self->state_fd, LOCK_EX | LOCK_NB) == 0
          ? is_in_place (self->state_fd, AT_FDCWD, self->state_path)
          : errno != EWOULDBLOCK)
    return TRUE;
  close (self->state_fd);
  self->state_fd = -1;
  return FALSE;
}

gboolean
lab_run_dir_hold_state (LabRunDir *self, GError **error)
{
  for (guint i = 0; i < STATE_STEPS; i++)
    {
      if (try_state (self))
        return TRUE;
      g_usleep (WAIT_STEP_US);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               _ ("This lab runs already, in an engine whose sockets are not in %s: it was started "
                  "with another XDG_RUNTIME_DIR. Use it from there, or stop it there first."),
               self->path);
  return FALSE;
}

static gboolean
is_lock (const char *name, gpointer user_data)
{
  return g_str_equal (name, LOCK_NAME);
}

static int
make_subfolder (LabRunDir *self, const char *name, GError **error)
{
  int fd = -1;

  if (mkdirat (self->fd, name, 0700) == 0)
    fd = openat (self->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 _ ("The folder %s/%s cannot be made: %s."), self->path, name, g_strerror (errno));
  return fd;
}

gboolean
lab_run_dir_prepare (LabRunDir *self, GError **error)
{
  lab_files_empty_dir (self->fd, is_lock, NULL);
  self->consoles_fd = make_subfolder (self, "c", error);
  if (self->consoles_fd < 0)
    return FALSE;
  self->devices_fd = make_subfolder (self, "d", error);
  return self->devices_fd >= 0;
}

void
lab_run_dir_set_pid (LabRunDir *self, pid_t pid)
{
  char text[32];
  int n = g_snprintf (text, sizeof text, "%d\n", (int) pid);

  if (ftruncate (self->lock_fd, 0) != 0 || pwrite (self->lock_fd, text, n, 0) != n)
    g_warning ("The lock in %s cannot be written: %s", self->path, g_strerror (errno));
}

void
lab_run_dir_remove (LabRunDir *self)
{
  /* Only if nothing was kept. */
  if (self->state_fd >= 0)
    rmdir (self->state_path);
  lab_files_empty_dir (self->fd, is_lock, NULL);
  unlinkat (self->fd, LOCK_NAME, 0);
  unlinkat (self->root_fd, self->uuid, AT_REMOVEDIR);
}

static void
close_fd (int fd)
{
  if (fd >= 0)
    close (fd);
}

void
lab_run_dir_free (LabRunDir *self)
{
  close_fd (self->consoles_fd);
  close_fd (self->devices_fd);
  close_fd (self->state_fd);
  close_fd (self->lock_fd);
  close_fd (self->fd);
  close_fd (self->root_fd);
  g_free (self->uuid);
  g_free (self->path);
  g_free (self->state_path);
  g_free (self);
}

/* In the build folder programs find each other from where they stand. */
static char *
find_in_build_tree (const char *name)
{
  static const char *const places[] = { "relay", "images/pc", "images/host", "images/router",
                                        "engine" };
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *dir = exe ? g_path_get_dirname (exe) : NULL;
  g_autofree char *marker =
      dir ? g_build_filename (dir, "..", "..", "src", "engine", "labwright-engine", NULL) : NULL;

  if (marker == NULL || !g_file_test (marker, G_FILE_TEST_IS_EXECUTABLE))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (dir, "..", "..", "src", places[i], name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_canonicalize_filename (path, NULL);
    }
  return NULL;
}

char *
lab_run_dir_find_program (const char *name, GError **error)
{
  const char *folder = g_getenv ("LABWRIGHT_LIBEXEC_DIR");
  const char *const installed[] = { LABWRIGHT_LIBEXECDIR, LABWRIGHT_IMAGEDIR, LABWRIGHT_BINDIR };
  g_autofree char *images = folder ? g_build_filename (folder, "images", NULL) : NULL;
  const char *const given[] = { folder, images };
  const char *const *folders = folder ? given : installed;
  guint n_folders = folder ? G_N_ELEMENTS (given) : G_N_ELEMENTS (installed);
  char *path = folder ? NULL : find_in_build_tree (name);

  for (guint i = 0; path == NULL && i < n_folders; i++)
    {
      g_autofree char *candidate = g_build_filename (folders[i], name, NULL);

      if (g_file_test (candidate, G_FILE_TEST_IS_REGULAR))
        path = g_steal_pointer (&candidate);
    }
  if (path == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("The program %s is missing; install Labwright again."), name);
  return path;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * A sandbox hides files, network and processes, but an image can still fork without end and fill
 * the disk through the two folders that are its own. The kernel bounds the size of one file
 * (RLIMIT_FSIZE) and, in a user namespace and for anybody but root, the number of processes
 * (RLIMIT_NPROC); control groups would bound the rest, but are not to be had without rights. So the
 * engine looks twice a second, in a thread, how many processes and how many bytes there are, and
 * ends a device that has too many, with a sentence. Files without a name take the disk, too, as
 * long as somebody has them open: those are found at the processes. Nothing is looked at while no
 * image of the user's runs. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "lab-guard.h"
#include "lab-process.h"
#include "lab-saved.h"

#define INTERVAL_MS       500
#define DEFAULT_MEGABYTES 512
#define MAX_FILES         20000
#define MAX_DEPTH         32

struct _LabGuard
{
  GHashTable *watches; /* number -> LabGuardWatch */
  guint64 last;
  guint timer;
  gboolean looking;
  GCancellable *cancellable;
};

struct _LabGuardWatch
{
  LabGuard *guard;
  guint64 number;
  GStrv folders;
  guint ram;
  const LabGuardFuncs *funcs;
  gpointer user_data;
  gboolean told;
};

/* What the thread gets and gives. */
typedef struct
{
  guint64 number;
  pid_t pid;
  GStrv folders;
  guint ram;  /* MB */
  char *text; /* (nullable) */
} Look;

static void
look_free (Look *self)
{
  g_strfreev (self->folders);
  g_free (self->text);
  g_free (self);
}

guint
lab_guard_get_megabytes (void)
{
  const char *given = g_getenv ("LABWRIGHT_DEVICE_MB");
  guint64 value;

  if (given != NULL && g_ascii_string_to_unsigned (given, 10, 1, 1024 * 1024, &value, NULL))
    return (guint) value;
  return DEFAULT_MEGABYTES;
}

/* --- in the thread --- */

typedef struct
{
  guint64 bytes;
  guint files;
} Usage;

static void
measure (int dir_fd, const char *name, guint depth, Usage *usage)
{
  int fd = openat (dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;

  if (dir == NULL)
    {
      if (fd >= 0)
        close (fd);
      return;
    }
  while (usage->files <= MAX_FILES && (entry = readdir (dir)) != NULL)
    {
      struct stat info;

      if (g_str_equal (entry->d_name, ".") || g_str_equal (entry->d_name, "..") ||
          (depth == 0 && g_str_equal (entry->d_name, LAB_SAVED_FOLDER)) ||
          fstatat (fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        continue;
      usage->files++;
      usage->bytes += (guint64) info.st_blocks * 512;
      if (S_ISDIR (info.st_mode) && depth < MAX_DEPTH)
        measure (fd, entry->d_name, depth + 1, usage);
    }
  closedir (dir);
}

/* Memory that looks like a file takes no disk. */
static gboolean
is_memory (int dir_fd, const char *name)
{
  static const char mark[] = "/memfd:";
  char target[sizeof mark - 1];

  return readlinkat (dir_fd, name, target, sizeof target) == (ssize_t) sizeof target &&
         memcmp (target, mark, sizeof target) == 0;
}

/* What a process has open that no folder names any more, once for all that share it. */
static void
measure_unnamed (pid_t pid, GHashTable *seen, Usage *usage)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/fd", (int) pid);
  DIR *dir = opendir (path);
  struct dirent *entry;

  while (dir != NULL && usage->files <= MAX_FILES && (entry = readdir (dir)) != NULL)
    {
      struct stat info;
      char *key;

      if (*entry->d_name == '.' || fstatat (dirfd (dir), entry->d_name, &info, 0) != 0 ||
          !S_ISREG (info.st_mode) || info.st_nlink > 0 || is_memory (dirfd (dir), entry->d_name))
        continue;
      key = g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64) info.st_dev,
                             (guint64) info.st_ino);
      if (!g_hash_table_add (seen, key))
        continue;
      usage->files++;
      usage->bytes += (guint64) info.st_blocks * 512;
    }
  if (dir != NULL)
    closedir (dir);
}

/* An image may keep its memory in such a file: that much is its own. */
static void
measure_processes (Look *look, LabProcessTable *table, Usage *usage)
{
  g_autoptr (GArray) found = lab_process_table_descendants (table, look->pid);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint64 memory = (guint64) look->ram * 1024 * 1024;
  Usage unnamed = { 0 };

  for (guint i = 0; i < found->len; i++)
    measure_unnamed (g_array_index (found, pid_t, i), seen, &unnamed);
  usage->files += unnamed.files;
  usage->bytes += unnamed.bytes - MIN (unnamed.bytes, memory);
}

static char *
judge_folders (Look *look, LabProcessTable *table)
{
  guint limit = lab_guard_get_megabytes ();
  Usage usage = { 0 };

  for (guint i = 0; look->folders[i] != NULL; i++)
    measure (AT_FDCWD, look->folders[i], 0, &usage);
  if (look->pid != 0)
    measure_processes (look, table, &usage);
  if (usage.bytes > (guint64) limit * 1024 * 1024)
    return g_strdup_printf (_ ("It wrote more than %u MB, and was ended. What it wrote is in %s; "
                               "LABWRIGHT_DEVICE_MB allows more."),
                            limit, look->folders[0]);
  if (usage.files > MAX_FILES)
    return g_strdup_printf (_ ("It made more than %d files, and was ended. They are in %s."),
                            MAX_FILES, look->folders[0]);

  return NULL;
}

static char *
judge_processes (Look *look, LabProcessTable *table)
{
  g_autoptr (GArray) found = lab_process_table_descendants (table, look->pid);

  if (found->len <= LAB_GUARD_PROCESSES)
    return NULL;

  return g_strdup_printf (_ ("It started more than %d processes, and was ended with all of them."),
                          LAB_GUARD_PROCESSES);
}

static void
look_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (LabProcessTable) table = lab_process_table_new ();
  GPtrArray *looks = task_data;

  for (guint i = 0; i < looks->len; i++)
    {
      Look *look = looks->pdata[i];

      if (look->pid != 0)
        look->text = judge_processes (look, table);
      if (look->text == NULL)
        look->text = judge_folders (look, table);
    }
  g_task_return_boolean (task, TRUE);
}

/* --- in the main loop --- */

static void
looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabGuard *self = user_data;
  GPtrArray *looks = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return; /* the guard is gone */
  self->looking = FALSE;
  for (guint i = 0; i < looks->len; i++)
    {
      Look *look = looks->pdata[i];
      LabGuardWatch *watch =
          look->text != NULL ? g_hash_table_lookup (self->watches, &look->number) : NULL;

      if (watch == NULL || watch->told)
        continue;
      watch->told = TRUE;
      watch->funcs->over (look->text, watch->user_data);
    }
}

static GPtrArray *
make_looks (LabGuard *self)
{
  GPtrArray *looks = g_ptr_array_new_with_free_func ((GDestroyNotify) look_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LabGuardWatch *watch = value;
      Look *look = g_new0 (Look, 1);

      look->number = watch->number;
      look->pid = watch->funcs->find (watch->user_data);
      look->folders = g_strdupv (watch->folders);
      look->ram = watch->ram;
      g_ptr_array_add (looks, look);
    }

  return looks;
}

static gboolean
tick (gpointer user_data)
{
  LabGuard *self = user_data;
  g_autoptr (GTask) task = NULL;

  if (g_hash_table_size (self->watches) == 0)
    {
      self->timer = 0;
      return G_SOURCE_REMOVE;
    }
  if (self->looking)
    return G_SOURCE_CONTINUE;
  self->looking = TRUE;
  task = g_task_new (NULL, self->cancellable, looked, self);
  g_task_set_source_tag (task, tick);
  g_task_set_task_data (task, make_looks (self), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, look_thread);

  return G_SOURCE_CONTINUE;
}

static void
watch_free (LabGuardWatch *self)
{
  g_strfreev (self->folders);
  g_free (self);
}

LabGuard *
lab_guard_new (void)
{
  LabGuard *self = g_new0 (LabGuard, 1);

  self->watches =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) watch_free);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
lab_guard_free (LabGuard *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->watches);
  g_free (self);
}

LabGuardWatch *
lab_guard_add (LabGuard *self,
               const char *const *folders,
               guint ram,
               const LabGuardFuncs *funcs,
               gpointer user_data)
{
  LabGuardWatch *watch = g_new0 (LabGuardWatch, 1);

  watch->guard = self;
  watch->number = ++self->last;
  watch->folders = g_strdupv ((char **) folders);
  watch->ram = ram;
  watch->funcs = funcs;
  watch->user_data = user_data;
  g_hash_table_insert (self->watches, &watch->number, watch);
  if (self->timer == 0)
    self->timer = g_timeout_add (INTERVAL_MS, tick, self);
  return watch;
}

void
lab_guard_clear (LabGuardWatch **watch)
{
  LabGuardWatch *self = g_steal_pointer (watch);

  if (self != NULL)
    g_hash_table_remove (self->guard->watches, &self->number);
}

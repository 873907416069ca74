/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * An entry is a file that holds the text and nothing else, so that any program can read it. Its
 * name is NUMBER-FIRST-LAST.cfg: the number orders the entries, whatever the clock did, and a text
 * that is saved again only has its file renamed. Files are written under another name, flushed and
 * renamed; what is there under its name is whole.
 *
 * Several processes may add (an engine, and labctl when none runs), so whoever writes holds a lock
 * (flock) on a file beside the entries. Readers need none: a file that is renamed or removed while
 * a list is read is looked for again.
 *
 * The folder lies in that of the device, which is a stranger: its sandbox hides it, and without a
 * sandbox nothing here follows a link or reads anything but a regular file of bounded size. */

#define G_LOG_DOMAIN "lab-configs"

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "lab-replace.h"
#include "lab-saved-private.h"

#define LOCK_NAME  ".lock"
#define NEW_NAME   ".new"
#define SUFFIX     ".cfg"
#define READ_TRIES 8

static void
set_error (GError **error, const char *path)
{
  int saved_errno = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               _ ("The saved configurations in %s cannot be used: %s."), path,
               g_strerror (saved_errno));
}

char *
lab_saved_build_name (const LabSavedEntry *entry)
{
  return g_strdup_printf ("%06u-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT SUFFIX, entry->number,
                          entry->first, entry->last);
}

gboolean
lab_saved_parse_name (const char *name, LabSavedEntry *entry)
{
  g_auto (GStrv) parts = g_strsplit (name, "-", 4);
  g_autofree char *built = NULL;
  guint64 number;
  guint64 first;
  guint64 last;

  if (g_strv_length (parts) != 3 || !g_str_has_suffix (parts[2], SUFFIX))
    return FALSE;
  parts[2][strlen (parts[2]) - strlen (SUFFIX)] = '\0';
  if (!g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXUINT32, &number, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXINT64, &first, NULL) ||
      !g_ascii_string_to_unsigned (parts[2], 10, first, G_MAXINT64, &last, NULL))
    return FALSE;

  *entry =
      (LabSavedEntry){ .number = (guint) number, .first = (gint64) first, .last = (gint64) last };
  /* Two names for one entry there are not. */
  built = lab_saved_build_name (entry);
  return g_str_equal (built, name);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const LabSavedEntry *one = a;
  const LabSavedEntry *other = b;

  return one->number < other->number ? -1 : one->number > other->number;
}

static void
add_entry (GArray *entries, int dir_fd, const char *name)
{
  LabSavedEntry entry;
  struct stat st;

  if (!lab_saved_parse_name (name, &entry) ||
      fstatat (dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG (st.st_mode))
    return;
  entry.size = (gsize) st.st_size;
  g_array_append_val (entries, entry);
}

/* A rename while the folder is read may show an entry under both names: the later one counts. */
static void
drop_doubles (GArray *entries)
{
  for (guint i = entries->len; i > 1; i--)
    {
      LabSavedEntry *entry = &g_array_index (entries, LabSavedEntry, i - 1);
      LabSavedEntry *before = &g_array_index (entries, LabSavedEntry, i - 2);

      if (entry->number != before->number)
        continue;
      before->last = MAX (before->last, entry->last);
      g_array_remove_index (entries, i - 1);
    }
}

/* FALSE with errno set: it was not read to its end. */
static gboolean
read_folder (GArray *entries, int dir_fd)
{
  int fd = openat (dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *file;
  int saved_errno;

  if (dir == NULL)
    {
      saved_errno = errno;
      if (fd >= 0)
        close (fd);
      errno = saved_errno;
      return FALSE;
    }
  while (errno = 0, (file = readdir (dir)) != NULL)
    add_entry (entries, dir_fd, file->d_name);
  saved_errno = errno;
  closedir (dir);
  errno = saved_errno;
  return saved_errno == 0;
}

/* NULL with errno set: whoever took that for an empty folder would use a number twice. */
static GArray *
list_folder (int dir_fd)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (LabSavedEntry));

  if (!read_folder (entries, dir_fd))
    return NULL;
  g_array_sort (entries, compare_entries);
  drop_doubles (entries);
  return g_steal_pointer (&entries);
}

/* -1 without an error: there is none. */
static int
open_folder (const char *work, GError **error)
{
  g_autofree char *path = g_build_filename (work, LAB_SAVED_FOLDER, NULL);
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

  if (fd < 0 && errno != ENOENT)
    set_error (error, path);
  return fd;
}

GArray *
lab_saved_list (const char *work, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GArray *entries;
  int fd;

  g_return_val_if_fail (work != NULL, NULL);

  fd = open_folder (work, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (fd < 0)
    return g_array_new (FALSE, FALSE, sizeof (LabSavedEntry));
  entries = list_folder (fd);
  if (entries == NULL)
    set_error (error, work);
  close (fd);
  return entries;
}

static GBytes *
read_all (int fd)
{
  struct stat st;
  g_autofree char *text = NULL;
  gsize size = 0;
  ssize_t n = 1;

  if (fstat (fd, &st) != 0)
    return NULL;
  if (!S_ISREG (st.st_mode) || st.st_size > LAB_SAVED_MAX_BYTES)
    {
      errno = EFBIG;
      return NULL;
    }
  text = g_malloc ((gsize) st.st_size + 1);
  while (n > 0 && size < (gsize) st.st_size)
    {
      n = read (fd, text + size, (gsize) st.st_size - size);
      if (n > 0)
        size += (gsize) n;
      else if (n < 0 && errno == EINTR)
        n = 1;
    }
  if (n < 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&text), size);
}

static GBytes *
read_entry (int dir_fd, const LabSavedEntry *entry)
{
  g_autofree char *name = lab_saved_build_name (entry);
  int fd = openat (dir_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  GBytes *text;
  int saved_errno;

  if (fd < 0)
    return NULL;
  text = read_all (fd);
  saved_errno = errno;
  close (fd);
  errno = saved_errno;
  return text;
}

static const LabSavedEntry *
find_entry (GArray *entries, guint number)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const LabSavedEntry *entry = &g_array_index (entries, LabSavedEntry, i);

      if (entry->number == number)
        return entry;
    }
  return NULL;
}

GBytes *
lab_saved_read (const char *work, guint number, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const LabSavedEntry *entry = NULL;
  GBytes *text = NULL;
  int fd;

  g_return_val_if_fail (work != NULL, NULL);

  fd = open_folder (work, &local_error);
  /* It may be renamed between the list and the reading: its text was saved again. */
  for (guint i = 0; fd >= 0 && text == NULL && i < READ_TRIES; i++)
    {
      g_autoptr (GArray) entries = list_folder (fd);

      if (entries == NULL)
        {
          set_error (&local_error, work);
          break;
        }
      entry = find_entry (entries, number);
      text = entry != NULL ? read_entry (fd, entry) : NULL;
      if (entry == NULL || errno != ENOENT)
        break;
    }
  if (text == NULL && local_error == NULL)
    {
      if (entry == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                     _ ("There is no saved configuration %u."), number);
      else
        set_error (error, work);
    }
  if (fd >= 0)
    close (fd);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return text;
}

/* --- writing --- */

gboolean
lab_saved_hold (LabSavedHold *self, const char *work, GError **error)
{
  self->path = g_build_filename (work, LAB_SAVED_FOLDER, NULL);
  self->fd = self->lock_fd = -1;
  if (g_mkdir_with_parents (self->path, 0700) == 0)
    self->fd = open (self->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (self->fd >= 0)
    self->lock_fd =
        openat (self->fd, LOCK_NAME, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
  while (self->lock_fd >= 0 && flock (self->lock_fd, LOCK_EX) != 0)
    {
      if (errno == EINTR)
        continue;
      set_error (error, self->path);
      lab_saved_release (self);
      return FALSE;
    }
  if (self->lock_fd >= 0)
    return TRUE;

  set_error (error, self->path);
  lab_saved_release (self);
  return FALSE;
}

void
lab_saved_release (LabSavedHold *self)
{
  if (self->path == NULL)
    return;
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->path, g_free);
}

static gboolean
write_entry (LabSavedHold *self, const LabSavedEntry *entry, GBytes *text)
{
  g_autofree char *name = lab_saved_build_name (entry);
  gsize size;
  gconstpointer data = g_bytes_get_data (text, &size);

  return lab_replace_at (self->fd, NEW_NAME, name, data, size) && fsync (self->fd) == 0;
}

static gboolean
touch_entry (LabSavedHold *self, const LabSavedEntry *entry, gint64 time)
{
  LabSavedEntry later = *entry;
  g_autofree char *from = lab_saved_build_name (entry);
  g_autofree char *to = NULL;

  if (time <= entry->last)
    return TRUE;
  later.last = time;
  to = lab_saved_build_name (&later);
  return renameat (self->fd, from, self->fd, to) == 0;
}

/* The oldest go, never the last. */
static void
thin_out (LabSavedHold *self)
{
  g_autoptr (GArray) entries = list_folder (self->fd);
  guint64 bytes = 0;

  for (guint i = entries != NULL ? entries->len : 0; i > 0; i--)
    {
      const LabSavedEntry *entry = &g_array_index (entries, LabSavedEntry, i - 1);
      g_autofree char *name = NULL;

      bytes += entry->size;
      if (i == entries->len ||
          (entries->len - i < LAB_SAVED_MAX_ENTRIES && bytes <= LAB_SAVED_MAX_BYTES))
        continue;
      name = lab_saved_build_name (entry);
      unlinkat (self->fd, name, 0);
    }
}

gboolean
lab_saved_append (LabSavedHold *self, GBytes *text, gint64 time, GError **error)
{
  g_autoptr (GArray) entries = list_folder (self->fd);
  LabSavedEntry entry = { .number = 1, .first = MAX (time, 0), .last = MAX (time, 0) };

  if (entries == NULL)
    {
      set_error (error, self->path);
      return FALSE;
    }
  if (entries->len > 0)
    {
      const LabSavedEntry *newest = &g_array_index (entries, LabSavedEntry, entries->len - 1);
      g_autoptr (GBytes) before = read_entry (self->fd, newest);

      if (before != NULL && g_bytes_equal (before, text))
        {
          if (touch_entry (self, newest, time))
            return TRUE;
          set_error (error, self->path);
          return FALSE;
        }
      entry.number = newest->number + 1;
    }
  if (!write_entry (self, &entry, text))
    {
      set_error (error, self->path);
      return FALSE;
    }
  thin_out (self);
  return TRUE;
}

gboolean
lab_saved_add (const char *work, GBytes *text, gint64 time, GError **error)
{
  g_auto (LabSavedHold) hold = { 0 };

  g_return_val_if_fail (work != NULL && text != NULL, FALSE);

  return lab_saved_hold (&hold, work, error) && lab_saved_append (&hold, text, time, error);
}

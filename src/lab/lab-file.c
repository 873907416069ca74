/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lab files on a disk.
 *
 * Saving: a temporary file beside the old one is written, flushed to the disk and renamed over it,
 * then the folder is flushed: at every moment one whole file stands under the name. Before that the
 * text is read back, so that what was saved can always be opened again. Whatever fails, the old
 * file is as it was and the temporary one is gone. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab-file.h"

#define READ_STEP (1024 * 1024)

static gboolean
fail_read (const char *path, const char *reason, GError **error)
{
  g_set_error (error, LAB_ERROR, LAB_ERROR_IO, _ ("%s cannot be read: %s."), path, reason);

  return FALSE;
}

/* One byte more than allowed is enough to refuse the file. */
static gboolean
read_all (int fd, GByteArray *bytes, const char *path, GError **error)
{
  for (;;)
    {
      gsize length = bytes->len;
      gssize n;

      if (length > LAB_MAX_FILE_BYTES)
        return TRUE;
      g_byte_array_set_size (bytes, (guint) length + READ_STEP);
      do
        n = read (fd, bytes->data + length, READ_STEP);
      while (n < 0 && errno == EINTR);
      if (n < 0)
        return fail_read (path, g_strerror (errno), error);
      g_byte_array_set_size (bytes, (guint) (length + (gsize) n));
      if (n == 0)
        return TRUE;
    }
}

/**
 * lab_file_load:
 * @path: a lab file
 * @error: return location for a #LabError
 *
 * Reads a lab file. A file that is too large is refused without reading it all.
 *
 * Returns: (transfer full) (nullable): the document
 */
LabTopology *
lab_file_load (const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *shown = NULL;
  gboolean done;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  shown = g_filename_display_name (path);
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0)
    {
      fail_read (shown, g_strerror (errno), error);
      return NULL;
    }
  done = read_all (fd, bytes, shown, error);
  close (fd);

  return done ? lab_file_parse ((const char *) bytes->data, bytes->len, shown, error) : NULL;
}

/* Where the file is that a chain of symbolic links leads to; the last need not exist. */
static char *
follow_links (const char *path)
{
  g_autofree char *current = g_strdup (path);

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *target = g_file_read_link (current, NULL);
      g_autofree char *folder = NULL;

      if (target == NULL)
        break;
      folder = g_path_get_dirname (current);
      g_free (current);
      current = g_path_is_absolute (target) ? g_steal_pointer (&target)
                                            : g_build_filename (folder, target, NULL);
    }

  return g_steal_pointer (&current);
}

static gboolean
write_all (int fd, const char *text, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, text, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      text += n;
      length -= (gsize) n;
    }

  return TRUE;
}

static int
flush (int fd)
{
  int result;

  do
    result = fsync (fd);
  while (result < 0 && errno == EINTR);

  return result;
}

static gboolean
write_temporary (int fd, const struct stat *old, const char *text, gsize length)
{
  if (old != NULL && fchmod (fd, old->st_mode & 07777) < 0)
    return FALSE;

  return write_all (fd, text, length) && flush (fd) == 0;
}

/* Not every file system can flush a folder: then the rename is all there is. */
static void
flush_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  flush (fd);
  close (fd);
}

/* Sets errno. */
static gboolean
check_target (const char *path, struct stat *old, gboolean *exists)
{
  *exists = stat (path, old) == 0;
  if (!*exists)
    return errno == ENOENT;
  if (!S_ISREG (old->st_mode))
    {
      errno = S_ISDIR (old->st_mode) ? EISDIR : EINVAL;
      return FALSE;
    }

  /* A file that must not be written must not be replaced either. */
  return access (path, W_OK) == 0;
}

/* Sets errno. */
static gboolean
replace_file (const char *path, const char *text, gsize length)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = g_build_filename (folder, ".labwright-XXXXXX", NULL);
  struct stat old;
  gboolean exists;
  gboolean done;
  int saved_errno;
  int fd;

  if (!check_target (path, &old, &exists))
    return FALSE;
  fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    return FALSE;
  done = write_temporary (fd, exists ? &old : NULL, text, length);
  saved_errno = errno;
  if (close (fd) < 0 && done)
    {
      done = FALSE;
      saved_errno = errno;
    }
  if (done && rename (temporary, path) < 0)
    {
      done = FALSE;
      saved_errno = errno;
    }
  if (done)
    flush_folder (folder);
  else
    unlink (temporary);
  errno = saved_errno;

  return done;
}

/**
 * lab_file_save_text:
 * @text: what lab_file_to_string() gave
 * @length: its length in bytes
 * @path: where to; a symbolic link is followed
 * @error: return location for a #LabError
 *
 * Saves a document that was written down already: either all of it stands under @path afterwards,
 * or what was there before. May run in any thread, since it does not look at the document.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
lab_file_save_text (const char *text, gsize length, const char *path, GError **error)
{
  g_autofree char *target = NULL;
  g_autofree char *shown = NULL;
  g_autoptr (LabTopology) again = NULL;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  shown = g_filename_display_name (path);
  again = lab_file_parse (text, length, shown, error);
  if (again == NULL)
    {
      g_prefix_error (error, _ ("%s was not saved, because it could not be opened again: "), shown);
      return FALSE;
    }
  target = follow_links (path);
  if (!replace_file (target, text, length))
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_IO,
                   _ ("%s was not saved: %s. What was there before is unchanged."), shown,
                   g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}

/**
 * lab_file_save:
 * @topology: a document
 * @path: where to; a symbolic link is followed
 * @error: return location for a #LabError
 *
 * Saves a document, as lab_file_save_text() does.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
lab_file_save (LabTopology *topology, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  text = lab_file_to_string (topology, &length);

  return lab_file_save_text (text, length, path, error);
}

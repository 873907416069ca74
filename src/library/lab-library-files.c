/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adding, removing and mending files. */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "iou-image.h"
#include "lab-library-private.h"

#define MAX_OUTPUT (64 * 1024)

/* Only what some machine could run; what this one lacks for it can be mended later. */
static gboolean
check_source (const char *source, GError **error)
{
  g_auto (IouImage) image = { 0 };
  g_autoptr (GError) local_error = NULL;

  if (iou_image_check_file (source, &image, &local_error) || image.bits != 0)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gboolean
make_own_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               _ ("The folder %s cannot be made: %s."), folder, g_strerror (errno));

  return FALSE;
}

/* In our own folder: one of the user's may be a memory stick's, gone tomorrow. */
static LabImageRecord *
find_same (LabLibrary *library, const char *sha256, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) records = lab_library_list (library, LAB_LIBRARY_IDENTIFY, cancellable);

  for (guint i = 0; i < records->len; i++)
    {
      LabImageRecord *record = g_ptr_array_index (records, i);

      if (record->own && g_strcmp0 (record->sha256, sha256) == 0)
        return lab_image_record_ref (record);
    }

  return NULL;
}

static gboolean
stat_source (const char *source, struct stat *info, GError **error)
{
  if (stat (source, info) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               _ ("The file %s cannot be read: %s."), source, g_strerror (errno));

  return FALSE;
}

/* FALSE: whoever makes the file has not finished with it. */
static gboolean
check_unchanged (const char *source, const struct stat *before, GError **error)
{
  struct stat now;

  if (stat (source, &now) == 0 && now.st_size == before->st_size && now.st_ino == before->st_ino &&
      now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
      now.st_mtim.tv_nsec == before->st_mtim.tv_nsec)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               _ ("The file %s was changed while it was read; add it when it is complete."),
               source);

  return FALSE;
}

/* Copies beside the place and renames, so that a copy that is cut off is never taken for an image.
 * @before: the source when its checksum was begun, which is to be that of the copy. */
static gboolean
copy_to (const char *source,
         const char *target,
         guint mode,
         const struct stat *before,
         GFileProgressCallback progress,
         gpointer user_data,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *dir = g_path_get_dirname (target);
  /* Of its own: two may add at once, and the target's name may be as long as names can be. */
  g_autofree char *word = g_uuid_string_random ();
  g_autofree char *hidden = g_strdup_printf ("%s/.%s.part", dir, word);
  g_autoptr (GFile) from = g_file_new_for_path (source);
  g_autoptr (GFile) to = g_file_new_for_path (hidden);
  int fd;

  if (!g_file_copy (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable,
                    progress, user_data, error) ||
      !check_unchanged (source, before, error))
    {
      g_unlink (hidden);
      return FALSE;
    }
  fd = open (hidden, O_RDONLY | O_CLOEXEC);
  if (fd >= 0 && fchmod (fd, mode) == 0 && fsync (fd) == 0 && g_rename (hidden, target) == 0)
    {
      close (fd);
      return TRUE;
    }
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               _ ("The file %s cannot be written: %s."), target, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  g_unlink (hidden);

  return FALSE;
}

static gboolean
check_new_name (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (!lab_image_guess_is_name (name) || strchr (name, '/') != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                   _ ("“%s” cannot be the name of an image; give it another name."), name);
      return FALSE;
    }
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               _ ("The library has another image of the name %s; give this one another name."),
               name);

  return FALSE;
}

LabImageRecord *
lab_library_add (const char *source,
                 const char *name,
                 gboolean *was_there,
                 GFileProgressCallback progress,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autofree char *folder = lab_library_dup_own_folder ();
  g_autofree char *base = name != NULL ? g_strdup (name) : g_path_get_basename (source);
  g_autofree char *target = g_build_filename (folder, base, NULL);
  g_autoptr (LabLibrary) library = NULL;
  g_auto (LabImageDigest) digest = { 0 };
  LabImageRecord *record;
  struct stat before = { 0 };
  struct stat info;

  *was_there = FALSE;
  if (!check_source (source, error) || !stat_source (source, &before, error) ||
      !lab_image_digest_file (source, &digest, cancellable, error) ||
      (library = lab_library_load (error)) == NULL)
    return NULL;
  record = find_same (library, digest.sha256, cancellable);
  *was_there = record != NULL;
  if (record != NULL)
    return record;

  if (!make_own_folder (folder, error) || !check_new_name (folder, base, error) ||
      !copy_to (source, target, 0700, &before, progress, user_data, cancellable, error))
    return NULL;
  if (stat (target, &info) == 0)
    lab_library_keep_digest (library, target, &info, &digest);

  return lab_library_find (library, base, LAB_LIBRARY_IDENTIFY, error);
}

gboolean
lab_library_remove (LabImageRecord *record, GError **error)
{
  if (!record->own)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                   _ ("The image %s lies in your folder %s, and Labwright deletes nothing there; "
                      "delete it yourself, or take the folder out of the library."),
                   record->name, record->folder);
      return FALSE;
    }
  if (g_unlink (record->path) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               _ ("The file %s cannot be deleted: %s."), record->path, g_strerror (errno));

  return FALSE;
}

gboolean
lab_library_fix_mode (LabImageRecord *record, GError **error)
{
  struct stat info;

  if (stat (record->path, &info) == 0 &&
      chmod (record->path, (info.st_mode & 07777) | S_IRUSR | S_IXUSR) == 0 &&
      access (record->path, R_OK | X_OK) == 0)
    return TRUE;
  g_set_error (
      error, G_IO_ERROR, g_io_error_from_errno (errno),
      _ ("The file %s cannot be made executable: %s. Where its folder does not allow that, "
         "add the file to the library, which makes a copy of it."),
      record->path, g_strerror (errno));

  return FALSE;
}

gboolean
lab_library_add_library (LabImageRecord *record,
                         const char *soname,
                         const char *source,
                         GError **error)
{
  g_autofree char *folder = lab_library_dup_library_folder ();
  g_autofree char *target = g_build_filename (folder, soname, NULL);
  g_auto (IouImage) image = { 0 };
  g_autoptr (GError) local_error = NULL;
  struct stat before;

  if (record->missing == NULL || !g_strv_contains ((const char *const *) record->missing, soname))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("The image %s does not lack a library %s."), record->name, soname);
      return FALSE;
    }
  iou_image_check_file (source, &image, &local_error);
  if (image.bits == 0)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (image.bits != record->bits)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("%s is a %u-bit library, and the image %s needs a %u-bit one."), source,
                   image.bits, record->name, record->bits);
      return FALSE;
    }

  return stat_source (source, &before, error) && make_own_folder (folder, error) &&
         copy_to (source, target, 0700, &before, NULL, NULL, NULL, error);
}

/* --- asking --- */

static char *
read_output (GSubprocess *process, GError **error)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (process);
  g_autofree char *text = g_malloc (MAX_OUTPUT + 1);
  gsize length;

  if (!g_input_stream_read_all (stream, text, MAX_OUTPUT, &length, NULL, error))
    return NULL;
  text[length] = '\0';

  return g_steal_pointer (&text);
}

gboolean
lab_library_probe (const char *engine, const char *path, IouHelp *help, char **said, GError **error)
{
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, error,
                        engine, "--probe", path, NULL);
  g_autofree char *text = NULL;
  struct stat info;
  gboolean there = stat (path, &info) == 0;

  *help = (IouHelp){ 0 };
  if (said != NULL)
    *said = NULL;
  if (process == NULL)
    return FALSE;
  /* The engine bounds time and length itself. */
  text = read_output (process, error);
  if (text == NULL || !g_subprocess_wait (process, NULL, error))
    return FALSE;
  if (!g_subprocess_get_if_exited (process) || g_subprocess_get_exit_status (process) != 0)
    {
      GInputStream *errors = g_subprocess_get_stderr_pipe (process);
      char why[1000] = { 0 };

      if (g_input_stream_read (errors, why, sizeof why - 1, NULL, NULL) <= 0)
        g_strlcpy (why, _ ("The image could not be asked for its options."), sizeof why);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", g_strchomp (why));
      return FALSE;
    }
  iou_help_parse (text, help);
  if (there)
    lab_library_keep_probe (path, &info, help, text);
  if (said != NULL)
    *said = g_utf8_make_valid (text, -1);

  return TRUE;
}

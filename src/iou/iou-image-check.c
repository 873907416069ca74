/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether an image can be started on this system (contract section 11, 1 to 5). The checks go from
 * the plain to the particular, and the first that fails gives the message: what is wrong, and what
 * to do about it.
 *
 * What an image says of itself comes from a stranger: it is escaped and cut before it goes into a
 * message. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "iou-image-private.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "iou-file-private.h"

#define MAX_SHOWN 100

/* Debian's packages of the libraries images ask for. */
static const struct
{
  const char *library;
  const char *package;
} packages[] = {
  { "libc.so.6", "libc6" },           { "libcrypto.so.1.1", "libssl1.1" },
  { "libcrypto.so.3", "libssl3" },    { "libdl.so.2", "libc6" },
  { "libgcc_s.so.1", "libgcc-s1" },   { "libm.so.6", "libc6" },
  { "libpthread.so.0", "libc6" },     { "librt.so.1", "libc6" },
  { "libssl.so.1.1", "libssl1.1" },   { "libssl.so.3", "libssl3" },
  { "libstdc++.so.6", "libstdc++6" }, { "libz.so.1", "zlib1g" },
};

static char *
show (const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  return g_strndup (escaped, MAX_SHOWN);
}

static gboolean
check_exists (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *target = NULL;
  struct stat info;

  if (stat (path, &info) == 0)
    return TRUE;
  if (errno != ENOENT)
    {
      iou_file_set_error (error, errno, "opened", path);
      return FALSE;
    }

  target = g_file_read_link (path, NULL);
  if (target != NULL)
    {
      g_autofree char *shown = g_filename_display_name (target);

      g_set_error (error, IOU_ERROR, IOU_ERROR_MISSING,
                   _ ("The image %s is a link to %s, which is not there. Choose the image again."),
                   name, shown);
    }
  else
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_MISSING,
                   _ ("The image %s is not there. Choose the image again."), name);
    }

  return FALSE;
}

static gboolean
read_descriptor (gpointer source, guint64 offset, void *buffer, gsize length)
{
  return iou_file_read_at (GPOINTER_TO_INT (source), offset, buffer, length);
}

static gboolean
parse_file (const char *path, IouImage *image, char **run_path, GError **error)
{
  guint64 size;
  gboolean ok;
  int fd = iou_file_open_regular (path, 0, &size, error);

  if (fd < 0)
    return FALSE;

  ok = iou_image_parse_source (read_descriptor, GINT_TO_POINTER (fd), image, run_path, error);
  close (fd);

  if (!ok)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "%s: ", name);
    }

  return ok;
}

/* Said in the sentence, and apart from it, as that is written in many languages.
 * @fix: (transfer full) */
static void
set_fix (IouImage *image, char *fix)
{
  g_free (image->fix);
  image->fix = fix;
}

static gboolean
check_executable (const char *path, IouImage *image, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *quoted = NULL;
  struct statvfs place;

  if (access (path, X_OK) == 0)
    return TRUE;

  name = g_filename_display_name (path);
  quoted = g_shell_quote (name);
  if (statvfs (path, &place) == 0 && (place.f_flag & ST_NOEXEC) != 0)
    {
      set_fix (image, g_strconcat ("labctl image add ", quoted, NULL));
      g_set_error (
          error, IOU_ERROR, IOU_ERROR_PERMISSION,
          _ ("The image %s lies on a file system from which nothing may be executed (noexec)."
             " Copy it into the library with: %s"),
          name, image->fix);
      return FALSE;
    }
  set_fix (image, g_strconcat ("chmod u+x ", quoted, NULL));
  g_set_error (error, IOU_ERROR, IOU_ERROR_PERMISSION,
               _ ("The image %s may not be executed. Allow it with: %s"), name, image->fix);
  return FALSE;
}

static gboolean
check_interpreter (const char *root, const char *path, IouImage *image, GError **error)
{
  g_autofree char *full = NULL;
  g_autofree char *name = NULL;
  g_autofree char *loader = NULL;

  if (image->interpreter == NULL)
    return TRUE;

  full = g_strconcat (root, image->interpreter, NULL);
  if (image->interpreter[0] == '/' && g_file_test (full, G_FILE_TEST_EXISTS))
    return TRUE;

  name = g_filename_display_basename (path);
  loader = show (image->interpreter);
  image->loader_missing = TRUE;
  set_fix (image, g_strdup (image->bits == 32 ? "dpkg --add-architecture i386 && apt-get update && "
                                                "apt-get install libc6:i386"
                                              : "apt-get install libc6:amd64"));
  if (image->bits == 32)
    g_set_error (
        error, IOU_ERROR, IOU_ERROR_MISSING,
        _ ("%s is a 32-bit program and its loader %s is missing: this system has no 32-bit support."
           " On Debian and Ubuntu install it with: %s"),
        name, loader, image->fix);
  else
    g_set_error (error, IOU_ERROR, IOU_ERROR_MISSING,
                 _ ("%s is a 64-bit program and its loader %s is missing from this system."
                    " On Debian and Ubuntu install it with: %s"),
                 name, loader, image->fix);

  return FALSE;
}

static gboolean
fits (const char *file, const IouImage *image)
{
  guint64 size;
  guint bits = 0;
  guint machine = 0;
  int fd = iou_file_open_regular (file, 0, &size, NULL);

  if (fd < 0)
    return FALSE;

  if (!iou_image_read_machine (read_descriptor, GINT_TO_POINTER (fd), &bits, &machine))
    bits = 0;

  close (fd);
  return bits == image->bits && machine == image->machine;
}

static gboolean
is_there (const char *root, const char *library, GPtrArray *dirs, const IouImage *image)
{
  if (strchr (library, '/') != NULL)
    {
      g_autofree char *full = g_strconcat (library[0] == '/' ? root : "", library, NULL);

      return fits (full, image);
    }

  for (guint i = 0; i < dirs->len; i++)
    {
      g_autofree char *full = g_build_filename (g_ptr_array_index (dirs, i), library, NULL);

      if (fits (full, image))
        return TRUE;
    }

  return FALSE;
}

/* $ORIGIN is the folder the image lies in. Parts with other variables are left out. */
static void
add_run_path (const char *root, const char *path, const char *run_path, GPtrArray *dirs)
{
  g_autofree char *real = g_canonicalize_filename (path, NULL);
  g_autofree char *origin = g_path_get_dirname (real);
  g_auto (GStrv) parts = g_strsplit (run_path, ":", 64);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *rest = parts[i];

      if (g_str_has_prefix (rest, "$ORIGIN"))
        rest += strlen ("$ORIGIN");
      else if (g_str_has_prefix (rest, "${ORIGIN}"))
        rest += strlen ("${ORIGIN}");

      if (strchr (rest, '$') != NULL)
        continue;
      if (rest != parts[i])
        g_ptr_array_add (dirs, g_strconcat (origin, rest, NULL));
      else if (rest[0] == '/')
        g_ptr_array_add (dirs, g_strconcat (root, rest, NULL));
    }
}

static char **
find_missing (const char *root,
              const char *path,
              const char *run_path,
              const char *const *library_dirs,
              const IouImage *image)
{
  g_autoptr (GPtrArray) dirs = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *missing = g_ptr_array_new ();

  for (guint i = 0; library_dirs != NULL && library_dirs[i] != NULL; i++)
    g_ptr_array_add (dirs, g_strdup (library_dirs[i]));
  if (run_path != NULL)
    add_run_path (root, path, run_path, dirs);
  g_ptr_array_extend_and_steal (dirs, iou_image_library_dirs (root, image->bits));

  for (guint i = 0; image->libraries[i] != NULL; i++)
    if (!is_there (root, image->libraries[i], dirs, image))
      g_ptr_array_add (missing, g_strdup (image->libraries[i]));

  g_ptr_array_add (missing, NULL);
  return (char **) g_ptr_array_free (missing, FALSE);
}

static const char *
find_package (const char *library)
{
  for (guint i = 0; i < G_N_ELEMENTS (packages); i++)
    if (strcmp (packages[i].library, library) == 0)
      return packages[i].package;

  return NULL;
}

/* @others: of some it is not known which package has them. */
static void
append_files_advice (GString *message, const IouImage *image, gboolean others)
{
  gboolean crypto = g_strv_contains ((const char *const *) image->missing, "libcrypto.so.4");

  if (crypto || others)
    g_string_append_c (message, ' ');
  if (crypto)
    g_string_append_printf (
        message,
        _ ("No current system has libcrypto.so.4: give the image a %u-bit libcrypto of"
           " OpenSSL 0.9.8 or 1.0 under that name."),
        image->bits);
  else if (others)
    g_string_append_printf (
        message,
        _ ("Install the %u-bit packages that hold them, or give the image files of"
           " these libraries."),
        image->bits);
}

static void
append_advice (GString *message, IouImage *image)
{
  g_autoptr (GString) install = g_string_new (NULL);
  gboolean others = FALSE;

  for (guint i = 0; image->missing[i] != NULL; i++)
    {
      const char *package = find_package (image->missing[i]);
      g_autofree char *word = NULL;

      if (package == NULL)
        {
          others = TRUE;
          continue;
        }
      word = g_strdup_printf (" %s:%s", package, image->bits == 32 ? "i386" : "amd64");
      if (strstr (install->str, word) == NULL)
        g_string_append (install, word);
    }

  if (install->len > 0)
    {
      set_fix (image, g_strconcat ("apt-get install", install->str, NULL));
      g_string_append_c (message, ' ');
      g_string_append_printf (message, _ ("On Debian and Ubuntu: %s."), image->fix);
    }
  append_files_advice (message, image, others);
}

static gboolean
check_libraries (const char *path, IouImage *image, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GString) message = NULL;

  if (image->missing[0] == NULL)
    return TRUE;

  message = g_string_new (NULL);
  g_string_append_printf (message, _ ("%s needs libraries that this system does not have:"), name);
  for (guint i = 0; image->missing[i] != NULL && i < 10; i++)
    {
      g_autofree char *shown = show (image->missing[i]);

      g_string_append_printf (message, "%s %s", i > 0 ? "," : "", shown);
    }

  g_string_append_c (message, '.');
  append_advice (message, image);
  g_set_error_literal (error, IOU_ERROR, IOU_ERROR_MISSING, message->str);
  return FALSE;
}

gboolean
iou_image_check_in_root (const char *root,
                         const char *path,
                         const char *const *library_dirs,
                         IouImage *image,
                         GError **error)
{
  g_auto (IouImage) own = { 0 };
  g_autofree char *run_path = NULL;
  gboolean ok;

  if (!check_exists (path, error) || !parse_file (path, &own, &run_path, error))
    return FALSE;

  g_strfreev (own.missing);
  own.missing = find_missing (root, path, run_path, library_dirs, &own);
  ok = check_executable (path, &own, error) && check_interpreter (root, path, &own, error) &&
       check_libraries (path, &own, error);

  if (image != NULL)
    {
      *image = own;
      memset (&own, 0, sizeof own);
    }

  return ok;
}

gboolean
iou_image_check_file_full (const char *path,
                           const char *const *library_dirs,
                           IouImage *image,
                           GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return iou_image_check_in_root ("", path, library_dirs, image, error);
}

gboolean
iou_image_check_file (const char *path, IouImage *image, GError **error)
{
  return iou_image_check_file_full (path, NULL, image, error);
}

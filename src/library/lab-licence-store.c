/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <errno.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "iou-licence.h"
#include "lab-licence-store.h"

char *
lab_licence_dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "labwright", "iourc", NULL);
}

char *
lab_licence_find (void)
{
  const char *named = g_getenv ("IOURC");
  g_autofree char *own = lab_licence_dup_path ();
  g_autofree char *home = g_build_filename (g_get_home_dir (), ".iourc", NULL);

  if (named != NULL && g_file_test (named, G_FILE_TEST_IS_REGULAR))
    return g_canonicalize_filename (named, NULL);
  if (g_file_test (own, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&own);

  return g_file_test (home, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&home) : NULL;
}

gboolean
lab_licence_set (const char *text, gsize length, GError **error)
{
  g_autofree char *path = lab_licence_dup_path ();
  g_autofree char *dir = g_path_get_dirname (path);
  g_autoptr (GString) plain = NULL;
  gsize mark;

  if (!iou_licence_check (text, length, NULL, error))
    return FALSE;
  mark = iou_licence_mark_length (text, length);
  plain = g_string_new_len (text + mark, (gssize) (length - mark));
  g_string_replace (plain, "\r\n", "\n", 0);
  if (plain->len > 0 && plain->str[plain->len - 1] != '\n')
    g_string_append_c (plain, '\n');
  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("The folder %s cannot be made: %s."), dir, g_strerror (errno));
      return FALSE;
    }
  /* An older file may have another mode, which would stay. */
  if (g_chmod (path, 0600) != 0 && errno != ENOENT)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("The file %s cannot be written: %s."), path, g_strerror (errno));
      return FALSE;
    }

  return g_file_set_contents_full (path, plain->str, (gssize) plain->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

gboolean
lab_licence_set_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *text = NULL;
  gsize length;

  /* Says what is wrong with the file itself, too. */
  if (!iou_licence_check_file (path, NULL, error))
    return FALSE;
  stream = g_file_read (file, NULL, error);
  if (stream == NULL)
    return FALSE;
  text = g_malloc (IOU_LICENCE_MAX_LENGTH + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, IOU_LICENCE_MAX_LENGTH + 1, &length,
                                NULL, error))
    return FALSE;

  return lab_licence_set (text, length, error);
}

gboolean
lab_licence_remove (GError **error)
{
  g_autofree char *path = lab_licence_dup_path ();

  if (g_unlink (path) == 0)
    return TRUE;
  if (errno == ENOENT)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("No iourc is kept."));
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 _ ("The file %s cannot be deleted: %s."), path, g_strerror (errno));

  return FALSE;
}

/* A file of others goes to the images as it is, and they know no line ends of Windows. */
static gboolean
is_plain (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;

  return !g_file_get_contents (path, &text, &length, NULL) ||
         (iou_licence_mark_length (text, length) == 0 && strchr (text, '\r') == NULL);
}

/* Put there by hand, it may be anybody's to read. */
static gboolean
is_private (const char *path)
{
  g_autofree char *own = lab_licence_dup_path ();
  GStatBuf info;

  return !g_str_equal (path, own) || g_stat (path, &info) != 0 || (info.st_mode & 0077) == 0;
}

static void
append_others (char **sentence, const char *path)
{
  g_autofree char *first = g_steal_pointer (sentence);
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *more = g_strdup_printf (
      _ ("Others may read it; “labctl licence set %s” keeps it to you alone."), quoted);

  *sentence = g_strdup_printf ("%s %s", first, more);
}

LabLicenceState
lab_licence_get_state (char **path, char **sentence)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = lab_licence_find ();
  LabLicenceState state;

  if (found == NULL)
    {
      state = LAB_LICENCE_NONE;
      *sentence = g_strdup (_ ("No iourc is set. Newer images need none; an older one says so when "
                               "it starts."));
    }
  else if (iou_licence_check_file (found, NULL, &error) && !is_plain (found))
    {
      g_autofree char *quoted = g_shell_quote (found);

      state = LAB_LICENCE_BAD;
      *sentence = g_strdup_printf (
          _ ("The file %s has line ends or a mark of Windows, which images may not read. Choose it "
             "in the preferences, or write “labctl licence set %s”: what is kept there has none."),
          found, quoted);
    }
  else if (error == NULL)
    {
      state = LAB_LICENCE_GOOD;
      *sentence = g_strdup_printf (
          _ ("The iourc has an entry of the right form for this host, “%s”."), g_get_host_name ());
      if (!is_private (found))
        append_others (sentence, found);
    }
  else
    {
      state = LAB_LICENCE_BAD;
      *sentence = g_strdup (error->message);
    }
  if (path != NULL)
    *path = g_steal_pointer (&found);

  return state;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* vlan.dat of switches. */

#define G_LOG_DOMAIN "lab-configs"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "lab-saved-vlans.h"
#include "lab-saved.h"

static char *
vlans_path (const char *work, guint id)
{
  return g_strdup_printf ("%s/vlan.dat-%05u", work, id);
}

static GBytes *
read_fd (int fd)
{
  struct stat st;
  g_autofree char *data = NULL;
  ssize_t n;

  if (fstat (fd, &st) != 0 || !S_ISREG (st.st_mode) || st.st_size > LAB_SAVED_MAX_VLANS)
    return NULL;
  data = g_malloc (LAB_SAVED_MAX_VLANS);
  n = read (fd, data, LAB_SAVED_MAX_VLANS);
  return n > 0 ? g_bytes_new (data, (gsize) n) : NULL;
}

/* The folder belongs to a program that is not trusted: no link is followed, also not one that takes
 * the file's place while we look. */
GBytes *
lab_saved_read_vlans (const char *work, guint id)
{
  g_autofree char *path = vlans_path (work, id);
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  GBytes *data;

  if (fd < 0)
    return NULL;
  data = read_fd (fd);
  close (fd);
  return data;
}

static gboolean
write_whole (const char *path, GBytes *data, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (data, &size);

  return g_file_set_contents_full (path, bytes, (gssize) size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

static gboolean
keep_old (const char *work, GBytes *old, GError **error)
{
  g_autofree char *folder = g_build_filename (work, LAB_SAVED_FOLDER, NULL);
  g_autofree char *path = g_build_filename (folder, "vlan.dat", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("The folder “%s” cannot be made: %s."), folder, g_strerror (errno));
      return FALSE;
    }
  return write_whole (path, old, error);
}

gboolean
lab_saved_write_vlans (const char *work, guint id, GBytes *data, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) old = NULL;

  g_return_val_if_fail (work != NULL && data != NULL, FALSE);

  path = vlans_path (work, id);
  old = lab_saved_read_vlans (work, id);
  if (old != NULL && g_bytes_equal (old, data))
    return TRUE;
  if (old != NULL && !keep_old (work, old, error))
    return FALSE;
  if (g_bytes_get_size (data) > 0)
    return write_whole (path, data, error);
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               _ ("The file “%s” cannot be removed: %s."), path, g_strerror (errno));
  return FALSE;
}

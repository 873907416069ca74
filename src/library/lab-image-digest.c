/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One pass over an image: two checksums, and the line by which it names itself, which is looked for
 * in each block together with the end of the one before. */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "lab-image-digest.h"

#define BLOCK    (256 * 1024)
#define OVERLAP  512
#define MARK     "Software ("
#define MAX_LINE 256

void
lab_image_digest_clear (LabImageDigest *self)
{
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->md5, g_free);
  g_clear_pointer (&self->release, g_free);
  self->role = LAB_ROLE_UNKNOWN;
}

static void
look_for_banner (const char *block, gsize length, LabImageDigest *digest)
{
  const char *at = block;
  const char *end = block + length;

  while (digest->release == NULL &&
         (at = memmem (at, (gsize) (end - at), MARK, strlen (MARK))) != NULL)
    {
      gsize n = MIN ((gsize) (end - at), MAX_LINE);
      g_autofree char *line = g_strndup (at, n);

      lab_image_guess_banner (line, &digest->role, &digest->release);
      at += strlen (MARK);
    }
}

static gssize
read_some (int fd, char *buffer)
{
  gssize n;

  do
    n = read (fd, buffer, BLOCK);
  while (n < 0 && errno == EINTR);

  return n;
}

static int
open_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info;

  if (fd >= 0 && fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    return fd;
  if (fd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 _ ("The file %s cannot be read: %s."), path, g_strerror (errno));
  else
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _ ("%s is not a regular file, and an image must be one."), path);
      close (fd);
    }

  return -1;
}

gboolean
lab_image_digest_file (const char *path,
                       LabImageDigest *digest,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GChecksum) sha256 = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GChecksum) md5 = g_checksum_new (G_CHECKSUM_MD5);
  g_autofree char *buffer = g_malloc (OVERLAP + BLOCK);
  g_auto (LabImageDigest) found = { 0 };
  gsize kept = 0;
  gssize n = 0;
  int fd = open_file (path, error);

  if (fd < 0)
    return FALSE;
  while (!g_cancellable_set_error_if_cancelled (cancellable, error) &&
         (n = read_some (fd, buffer + kept)) > 0)
    {
      gsize length = kept + (gsize) n;

      g_checksum_update (sha256, (guchar *) buffer + kept, n);
      g_checksum_update (md5, (guchar *) buffer + kept, n);
      look_for_banner (buffer, length, &found);
      kept = MIN (length, OVERLAP);
      memmove (buffer, buffer + length - kept, kept);
    }
  if (n < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 _ ("The file %s cannot be read: %s."), path, g_strerror (errno));
  close (fd);
  if (n != 0 || g_cancellable_is_cancelled (cancellable))
    return FALSE;

  found.sha256 = g_strdup (g_checksum_get_string (sha256));
  found.md5 = g_strdup (g_checksum_get_string (md5));
  *digest = found;
  memset (&found, 0, sizeof found);

  return TRUE;
}

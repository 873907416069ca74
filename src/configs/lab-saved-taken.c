/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small file beside the history's entries, where the device cannot reach it. */

#define G_LOG_DOMAIN "lab-configs"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "lab-replace.h"
#include "lab-saved-private.h"
#include "lab-saved-taken.h"

#define NEW_NAME  LAB_SAVED_TAKEN ".new"
#define MAX_BYTES 32

/* Also one in the future. */
static gint64
read_any_time (int folder)
{
  char text[MAX_BYTES + 1];
  guint64 time = 0;
  ssize_t n;
  int fd = openat (folder, LAB_SAVED_TAKEN, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    return 0;
  n = read (fd, text, MAX_BYTES);
  close (fd);
  if (n <= 0)
    return 0;
  text[n] = '\0';
  g_strchomp (text);
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &time, NULL))
    return 0;
  return (gint64) time;
}

static gint64
read_time (int folder)
{
  gint64 time = read_any_time (folder);

  return time <= g_get_real_time () ? time : 0;
}

static int
open_folder (const char *work)
{
  g_autofree char *path = g_build_filename (work, LAB_SAVED_FOLDER, NULL);

  return open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

gint64
lab_saved_get_taken (const char *work)
{
  gint64 time;
  int folder;

  g_return_val_if_fail (work != NULL, 0);

  folder = open_folder (work);
  if (folder < 0)
    return 0;
  time = read_time (folder);
  close (folder);
  return time;
}

static gboolean
write_time (int folder, gint64 time)
{
  char text[MAX_BYTES];
  int length = g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT "\n", time);

  return lab_replace_at (folder, NEW_NAME, LAB_SAVED_TAKEN, text, (gsize) length);
}

gboolean
lab_saved_set_taken (const char *work, gint64 time, GError **error)
{
  g_auto (LabSavedHold) hold = { 0 };
  int saved_errno;

  g_return_val_if_fail (work != NULL, FALSE);

  if (!lab_saved_hold (&hold, work, error))
    return FALSE;
  if (time <= read_time (hold.fd) || write_time (hold.fd, time))
    return TRUE;
  saved_errno = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               _ ("What is settled about the saved configurations in %s cannot be noted: %s."),
               hold.path, g_strerror (saved_errno));
  return FALSE;
}

/* Without the lock, which may be held: what is there is replaced whole. */
void
lab_saved_taken_bring_back (const char *work, gint64 then, gint64 now)
{
  int folder = open_folder (work);
  gint64 time;

  if (folder < 0)
    return;
  time = read_any_time (folder);
  if (time > now)
    write_time (folder, time >= then ? now : 0);
  close (folder);
}

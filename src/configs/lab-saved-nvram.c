/* SPDX-License-Identifier: GPL-3.0-or-later */

/* NVRAM is the truth: what a device saved is what its NVRAM file holds. Its text goes into the
 * history with the time of the file, so that reading the same file twice changes nothing. */

#define G_LOG_DOMAIN "lab-configs"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "iou-nvram.h"

#include "lab-saved-nvram.h"
#include "lab-saved-private.h"

#define SETTLE_WAIT (50 * 1000)

static gint64
time_of (const struct timespec *time)
{
  return (gint64) time->tv_sec * G_USEC_PER_SEC + time->tv_nsec / 1000;
}

/* One from a future that the clock went back from is of now, and stays so: it must not be later
 * than everything that comes. */
static gint64
bring_back (const char *work, const char *path, gint64 then)
{
  gint64 now = g_get_real_time ();
  const struct timespec times[] = { { .tv_nsec = UTIME_OMIT },
                                    { now / G_USEC_PER_SEC, now % G_USEC_PER_SEC * 1000 } };

  if (utimensat (AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) == 0)
    lab_saved_taken_bring_back (work, then, now);
  return now;
}

static gint64
file_time (const char *work, const char *path)
{
  gint64 time;
  struct stat st;

  if (lstat (path, &st) != 0)
    return g_get_real_time ();
  time = time_of (&st.st_mtim);
  return time > g_get_real_time () ? bring_back (work, path, time) : MAX (time, 0);
}

GBytes *
lab_saved_read_nvram (const char *work, guint id, gint64 *time, gboolean *sound, GError **error)
{
  g_autofree char *path = NULL;
  g_auto (IouNvram) nvram = { 0 };
  gint64 before;

  g_return_val_if_fail (work != NULL, NULL);

  path = iou_nvram_path (work, id);
  before = file_time (work, path);
  if (!iou_nvram_load (path, &nvram, error))
    return NULL;
  if (time != NULL)
    *time = before;
  if (sound != NULL)
    *sound = nvram.checksum_ok;
  return g_bytes_new (nvram.startup, nvram.startup_length);
}

gint64
lab_saved_nvram_time (const char *work, guint id)
{
  g_autofree char *path = NULL;
  struct stat st;

  g_return_val_if_fail (work != NULL, 0);

  path = iou_nvram_path (work, id);
  return lstat (path, &st) == 0 ? file_time (work, path) : 0;
}

/* IOU writes its NVRAM in place. */
GBytes *
lab_saved_read_settled (const char *work, guint id, gint64 deadline, gint64 *time, GError **error)
{
  gboolean sound = TRUE;
  GBytes *text = lab_saved_read_nvram (work, id, time, &sound, error);

  while (text != NULL && !sound && g_get_monotonic_time () < deadline)
    {
      g_usleep (SETTLE_WAIT);
      g_bytes_unref (text);
      text = lab_saved_read_nvram (work, id, time, &sound, error);
    }
  return text;
}

/* A file that cannot be read holds nothing that could be kept. */
static gboolean
catch_up (LabSavedHold *hold, const char *work, guint id, gboolean settled, GError **error)
{
  gboolean sound = FALSE;
  gint64 time = 0;
  g_autoptr (GBytes) text = lab_saved_read_nvram (work, id, &time, &sound, NULL);

  if (text == NULL || (!sound && !settled))
    return TRUE;
  return lab_saved_append (hold, text, time, error);
}

static gboolean
has_nvram (const char *work, guint id)
{
  g_autofree char *path = iou_nvram_path (work, id);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
lab_saved_catch_up (const char *work, guint id, gboolean settled, GError **error)
{
  g_auto (LabSavedHold) hold = { 0 };

  g_return_val_if_fail (work != NULL, FALSE);

  /* A device that never ran gets no folder by being looked at. */
  if (!has_nvram (work, id))
    return TRUE;
  return lab_saved_hold (&hold, work, error) && catch_up (&hold, work, id, settled, error);
}

static GBytes *
read_old (const char *work, guint id)
{
  g_autofree char *path = iou_nvram_path (work, id);
  g_autofree char *data = NULL;
  gsize size;
  struct stat st;

  if (lstat (path, &st) != 0 || !S_ISREG (st.st_mode) || st.st_size > IOU_NVRAM_MAX_KB * 1024 ||
      !g_file_get_contents (path, &data, &size, NULL))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

gboolean
lab_saved_check_fits (const char *work, guint id, guint size_kb, GBytes *text, GError **error)
{
  g_autoptr (GBytes) old = NULL;
  g_autoptr (GBytes) built = NULL;
  const char *data;
  gsize size;

  g_return_val_if_fail (work != NULL && text != NULL, FALSE);

  data = g_bytes_get_data (text, &size);
  old = read_old (work, id);
  built = iou_nvram_build (old, size_kb, data, size, NULL, 0, error);
  return built != NULL;
}

gboolean
lab_saved_write_nvram (const char *work, guint id, guint size_kb, GBytes *text, GError **error)
{
  g_auto (LabSavedHold) hold = { 0 };
  g_autofree char *path = NULL;
  const char *data;
  gsize size;

  g_return_val_if_fail (work != NULL && text != NULL, FALSE);

  data = g_bytes_get_data (text, &size);
  if (size == 0 && !has_nvram (work, id))
    return TRUE;
  if (!lab_saved_check_fits (work, id, size_kb, text, error) ||
      !lab_saved_hold (&hold, work, error) || !catch_up (&hold, work, id, TRUE, error))
    return FALSE;
  path = iou_nvram_path (work, id);
  /* The NVRAM may end the text with line ends of its own: its text is what counts from now on. */
  return iou_nvram_save (path, size_kb, data, size, NULL, 0, error) &&
         catch_up (&hold, work, id, TRUE, error);
}

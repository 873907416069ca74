/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of deleted devices. The date that counts stands in a folder's name: moving it does not
 * change its own times, and copying a home folder does. */

#define G_LOG_DOMAIN "lab-state"

#include "config.h"

#include <errno.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "lab-trash.h"

#define TRASH_NAME  "trash"
#define DATE_LENGTH 8
#define MAX_OPEN    16
#define MAX_TRIES   1000

typedef struct
{
  char *state;
  char *uuid;
  GHashTable *devices;
} Collect;

static void
collect_free (Collect *collect)
{
  g_free (collect->state);
  g_free (collect->uuid);
  g_hash_table_unref (collect->devices);
  g_free (collect);
}

static int
remove_cb (const char *path, const struct stat *st, int type, struct FTW *ftw)
{
  remove (path);

  return 0;
}

/* Never follows a link: a device owned what lies here. */
static void
remove_tree (const char *path)
{
  nftw (path, remove_cb, MAX_OPEN, FTW_DEPTH | FTW_PHYS);
}

static char *
date_text (guint32 julian)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);

  return g_strdup_printf ("%04u%02u%02u", (guint) g_date_get_year (&date),
                          (guint) g_date_get_month (&date), (guint) g_date_get_day (&date));
}

/* A name may hold anything that is no control character. */
static char *
name_and_id (const char *name, guint id)
{
  g_autofree char *safe = g_strdelimit (g_strdup (name), "/", '-');

  return g_strdup_printf ("%s-%u", safe, id);
}

static char *
trash_path (const char *trash, guint id, const char *name, guint32 today)
{
  g_autofree char *who = name_and_id (name, id);
  g_autofree char *date = date_text (today);
  g_autofree char *stem = g_strdup_printf ("%s/%s-%s", trash, date, who);

  for (guint i = 2; i < MAX_TRIES; i++)
    {
      g_autofree char *path = i == 2 ? g_strdup (stem) : g_strdup_printf ("%s.%u", stem, i - 1);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }

  return g_steal_pointer (&stem);
}

static void
move_to_trash (const char *folder, guint id, const char *name, guint32 today)
{
  g_autofree char *from = g_strdup_printf ("%s/%u", folder, id);
  g_autofree char *trash = g_build_filename (folder, TRASH_NAME, NULL);
  g_autofree char *to = NULL;

  /* A device that never ran, or kept nothing. */
  if (g_rmdir (from) == 0 || errno == ENOENT)
    return;
  g_mkdir_with_parents (trash, 0700);
  to = trash_path (trash, id, name, today);
  if (g_rename (from, to) != 0)
    g_warning ("%s cannot be moved to %s: %s", from, to, g_strerror (errno));
}

/* The days since then; a name that is none of ours is never old. */
static guint32
age_of (const char *name, guint32 today)
{
  guint year;
  guint month;
  guint day;
  GDate date;

  if (strlen (name) <= DATE_LENGTH || name[DATE_LENGTH] != '-' ||
      sscanf (name, "%4u%2u%2u", &year, &month, &day) != 3 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return today > g_date_get_julian (&date) ? today - g_date_get_julian (&date) : 0;
}

static void
purge (const char *folder, guint32 today)
{
  g_autofree char *trash = g_build_filename (folder, TRASH_NAME, NULL);
  g_autoptr (GDir) dir = g_dir_open (trash, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (trash, name, NULL);

      if (age_of (name, today) > LAB_TRASH_DAYS)
        remove_tree (path);
    }
  g_rmdir (trash); /* only if nothing is in it */
}

static void
purge_all (const char *state, guint32 today)
{
  g_autoptr (GDir) dir = g_dir_open (state, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (state, name, NULL);

      if (g_uuid_string_is_valid (name))
        purge (folder, today);
    }
}

void
lab_trash_collect (const char *state, const char *uuid, GHashTable *devices, guint32 today)
{
  g_autofree char *folder = NULL;
  GHashTableIter iter;
  gpointer id;
  gpointer name;

  g_return_if_fail (g_uuid_string_is_valid (uuid));
  g_return_if_fail (state != NULL && devices != NULL);

  folder = g_build_filename (state, uuid, NULL);
  g_hash_table_iter_init (&iter, devices);
  while (g_hash_table_iter_next (&iter, &id, &name))
    move_to_trash (folder, GPOINTER_TO_UINT (id), name, today);
  purge_all (state, today);
}

void
lab_trash_collect_today (const char *state, const char *uuid, GHashTable *devices)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_time_t (&date, time (NULL));
  lab_trash_collect (state, uuid, devices, g_date_get_julian (&date));
}

static void
collect_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Collect *collect = task_data;

  lab_trash_collect_today (collect->state, collect->uuid, collect->devices);
  g_task_return_boolean (task, TRUE);
}

void
lab_trash_collect_async (const char *state,
                         const char *uuid,
                         GHashTable *devices,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Collect *collect;

  g_return_if_fail (state != NULL && uuid != NULL && devices != NULL);

  collect = g_new0 (Collect, 1);
  collect->state = g_strdup (state);
  collect->uuid = g_strdup (uuid);
  collect->devices = g_hash_table_ref (devices);
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, lab_trash_collect_async);
  g_task_set_task_data (task, collect, (GDestroyNotify) collect_free);
  g_task_run_in_thread (task, collect_in_thread);
}

gboolean
lab_trash_collect_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* "DATE-NAME-ID", or the same with ".2" and so on behind it. */
static gboolean
is_of (const char *entry, const char *who)
{
  gsize length = strlen (who);
  const char *rest;

  if (strlen (entry) < DATE_LENGTH + 1 + length || entry[DATE_LENGTH] != '-' ||
      strncmp (entry + DATE_LENGTH + 1, who, length) != 0)
    return FALSE;
  rest = entry + DATE_LENGTH + 1 + length;

  return *rest == '\0' || (*rest == '.' && rest[1 + strspn (rest + 1, "0123456789")] == '\0');
}

/* Moving a folder changes no time of it but this one. */
static gint64
moved_at (const char *path)
{
  struct stat info;

  if (lstat (path, &info) != 0 || !S_ISDIR (info.st_mode))
    return -1;

  return info.st_ctim.tv_sec * G_USEC_PER_SEC + info.st_ctim.tv_nsec / 1000;
}

char *
lab_trash_find (const char *folder, guint id, const char *name, gint64 since)
{
  g_autofree char *trash = g_build_filename (folder, TRASH_NAME, NULL);
  g_autofree char *who = name_and_id (name, id);
  g_autoptr (GDir) dir = g_dir_open (trash, 0, NULL);
  g_autofree char *found = NULL;
  gint64 last = since;
  const char *entry;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (trash, entry, NULL);
      gint64 time = is_of (entry, who) ? moved_at (path) : -1;

      if (time < last)
        continue;
      last = time;
      g_free (found);
      found = g_steal_pointer (&path);
    }

  return g_steal_pointer (&found);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A device's folder belongs to a program that is not trusted: nothing here follows a link, only
 * regular files of bounded size count, and what is taken out of the folder is never a program. */

#define G_LOG_DOMAIN "lab-state"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "iou-nvram.h"

#include "lab-replace.h"
#include "lab-saved-nvram.h"
#include "lab-saved-taken.h"
#include "lab-state.h"

#define MAX_OPEN     16
#define DAY          (24 * 60 * 60)
#define NVRAM_TRIES  20
#define NVRAM_WAIT   (50 * 1000)
#define CONFIG_NAME  "startup-config.cfg"
#define VLAN_FORMAT  "vlan.dat-%05u"
#define NVRAM_FORMAT "nvram_%05u"

static void
set_error (GError **error, const char *path)
{
  int saved_errno = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), _ ("%s cannot be used: %s."),
               path, g_strerror (saved_errno));
}

/* --- files --- */

gboolean
lab_state_make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  set_error (error, path);
  return FALSE;
}

static int
remove_cb (const char *path, const struct stat *st, int type, struct FTW *ftw)
{
  remove (path);
  return 0;
}

void
lab_state_remove_tree (const char *path)
{
  nftw (path, remove_cb, MAX_OPEN, FTW_DEPTH | FTW_PHYS);
}

void
lab_state_remove_leftovers (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat st;

      if ((g_str_has_prefix (name, LAB_STATE_NEW) || g_str_has_suffix (name, LAB_STATE_GONE)) &&
          lstat (path, &st) == 0 && S_ISDIR (st.st_mode) && st.st_mtime < time (NULL) - DAY)
        lab_state_remove_tree (path);
    }
}

void
lab_state_sync (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  syncfs (fd);
  close (fd);
}

gboolean
lab_state_write_file (const char *path, const char *data, gsize size, GError **error)
{
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);

  if (lab_replace_at (AT_FDCWD, temporary, path, data, size))
    return TRUE;
  set_error (error, path);
  return FALSE;
}

static GBytes *
read_fd (int fd, const char *path, gsize max, GError **error)
{
  g_autofree char *data = NULL;
  gsize size = 0;
  ssize_t n = 1;
  struct stat st;

  if (fstat (fd, &st) != 0)
    {
      set_error (error, path);
      return NULL;
    }
  if (!S_ISREG (st.st_mode) || (gsize) st.st_size > max)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("%s is no regular file of at most %zu bytes."), path, max);
      return NULL;
    }
  data = g_malloc ((gsize) st.st_size + 1);
  while (n > 0 && size < (gsize) st.st_size)
    {
      n = read (fd, data + size, (gsize) st.st_size - size);
      if (n > 0)
        size += (gsize) n;
      else if (n < 0 && errno == EINTR)
        n = 1;
    }
  if (n < 0)
    {
      set_error (error, path);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

GBytes *
lab_state_read_file (const char *path, gsize max, GError **error)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  GBytes *bytes;

  if (fd < 0)
    {
      set_error (error, path);
      return NULL;
    }
  bytes = read_fd (fd, path, max, error);
  close (fd);
  return bytes;
}

/* --- what is kept --- */

gboolean
lab_state_is_kept_name (const char *name)
{
  static const char *const of_a_run[] = { "NETMAP", CONFIG_NAME, LAB_SAVED_FOLDER, "iourc" };

  for (guint i = 0; i < G_N_ELEMENTS (of_a_run); i++)
    {
      if (g_str_equal (name, of_a_run[i]))
        return FALSE;
    }
  return name[0] != '.' && strchr (name, '/') == NULL && !g_str_has_suffix (name, ".lck") &&
         !g_str_has_suffix (name, ".new") && g_utf8_validate (name, -1, NULL);
}

static gboolean
is_program (const char *path)
{
  char magic[4] = { 0 };
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  gboolean result;

  if (fd < 0)
    return FALSE;
  result = read (fd, magic, sizeof magic) == sizeof magic && memcmp (magic, "\177ELF", 4) == 0;
  close (fd);
  return result;
}

static gboolean
is_kept (const char *work, const char *name)
{
  g_autofree char *path = g_build_filename (work, name, NULL);
  struct stat st;

  return lab_state_is_kept_name (name) && lstat (path, &st) == 0 && S_ISREG (st.st_mode) &&
         !is_program (path);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What cannot be looked at is not taken for empty: who goes back to it would remove what is there.
 */
static gboolean
add_kept (GPtrArray *names, const char *work, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GDir) dir = g_dir_open (work, 0, &local_error);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (is_kept (work, name))
        g_ptr_array_add (names, g_strdup (name));
    }
  if (dir != NULL || g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", local_error->message);
  return FALSE;
}

GPtrArray *
lab_state_list_files (const char *work, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (work != NULL, NULL);

  if (!add_kept (names, work, error))
    return NULL;
  if (names->len > LAB_STATE_MAX_FILES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("%s holds more than %d files; remove some in the device."), work,
                   LAB_STATE_MAX_FILES);
      return NULL;
    }
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

char *
lab_state_rename_for (const char *name, guint from, guint to)
{
  g_autofree char *nvram = g_strdup_printf (NVRAM_FORMAT, from);
  g_autofree char *vlan = g_strdup_printf (VLAN_FORMAT, from);

  if (g_str_equal (name, nvram))
    return g_strdup_printf (NVRAM_FORMAT, to);
  if (g_str_equal (name, vlan))
    return g_strdup_printf (VLAN_FORMAT, to);
  return g_strdup (name);
}

/* --- copying --- */

static gboolean
is_sound (GBytes *bytes)
{
  g_auto (IouNvram) nvram = { 0 };
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  /* One that holds no configuration cannot be half written in a way that matters. */
  return !iou_nvram_parse (data, size, &nvram, NULL) || nvram.checksum_ok;
}

/* IOU writes its NVRAM in place; one that stays wrong is taken as it is, as IOU itself would. */
GBytes *
lab_state_read_kept (const char *work, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (work, name, NULL);
  gboolean is_nvram = g_str_has_prefix (name, "nvram_");
  GBytes *bytes = lab_state_read_file (path, LAB_STATE_MAX_FILE, error);

  for (guint i = 0; is_nvram && bytes != NULL && !is_sound (bytes) && i < NVRAM_TRIES; i++)
    {
      g_usleep (NVRAM_WAIT);
      g_bytes_unref (bytes);
      bytes = lab_state_read_file (path, LAB_STATE_MAX_FILE, error);
    }
  return bytes;
}

/* The file keeps its time: it says when the configuration was saved. */
static void
keep_time (const char *source, const char *target)
{
  struct stat st;

  if (lstat (source, &st) == 0)
    {
      struct timespec times[] = { { .tv_nsec = UTIME_OMIT }, st.st_mtim };

      utimensat (AT_FDCWD, target, times, AT_SYMLINK_NOFOLLOW);
    }
}

static gboolean
copy_file (const char *from, const char *name, const char *to, const char *new_name, GError **error)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autofree char *target = g_build_filename (to, new_name, NULL);
  g_autoptr (GBytes) bytes = lab_state_read_kept (from, name, error);
  gsize size;
  const char *data;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  if (!lab_state_write_file (target, data, size, error))
    return FALSE;
  keep_time (source, target);
  return TRUE;
}

static gboolean
copy_history (const char *from, const char *to, GError **error)
{
  g_autofree char *source = g_build_filename (from, LAB_SAVED_FOLDER, NULL);
  g_autofree char *target = g_build_filename (to, LAB_SAVED_FOLDER, NULL);
  g_autoptr (GArray) entries = lab_saved_list (from, error);
  gint64 taken = lab_saved_get_taken (from);

  if (entries == NULL)
    return FALSE;
  if (entries->len > 0 && !lab_state_make_folder (target, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      g_autofree char *name = lab_saved_build_name (&g_array_index (entries, LabSavedEntry, i));

      if (!copy_file (source, name, target, name, error))
        return FALSE;
    }
  return taken == 0 || lab_saved_set_taken (to, taken, error);
}

static void
leave_nvram (GPtrArray *names, guint id)
{
  g_autofree char *nvram = g_strdup_printf (NVRAM_FORMAT, id);
  guint index;

  if (g_ptr_array_find_with_equal_func (names, nvram, g_str_equal, &index))
    g_ptr_array_remove_index (names, index);
}

gboolean
lab_state_copy_device (const char *from,
                       guint from_id,
                       const char *to,
                       guint to_id,
                       LabStateFlags flags,
                       GError **error)
{
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  names = lab_state_list_files (from, error);
  if (names != NULL && (flags & LAB_STATE_NO_NVRAM) != 0)
    leave_nvram (names, from_id);
  if (names == NULL || (names->len > 0 && !lab_state_make_folder (to, error)))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *new_name = lab_state_rename_for (names->pdata[i], from_id, to_id);

      if (!copy_file (from, names->pdata[i], to, new_name, error))
        return FALSE;
    }
  return (flags & LAB_STATE_HISTORY) == 0 || copy_history (from, to, error);
}

gboolean
lab_state_copy_devices (
    const char *from, const char *to, GHashTable *ids, LabStateFlags flags, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint id = GPOINTER_TO_UINT (key);
      g_autofree char *source = g_strdup_printf ("%s/%u", from, id);
      g_autofree char *target = g_strdup_printf ("%s/%u", to, id);

      if (!lab_state_copy_device (source, id, target, id, flags, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
lab_state_copy_lab (const char *from, const char *to, GHashTable *ids, GError **error)
{
  g_return_val_if_fail (from != NULL && to != NULL && ids != NULL, FALSE);

  return lab_state_copy_devices (from, to, ids, LAB_STATE_HISTORY, error);
}

/* --- going back --- */

static void
remove_others (const char *to, GPtrArray *present, GPtrArray *wanted)
{
  for (guint i = 0; i < present->len; i++)
    {
      g_autofree char *path = g_build_filename (to, present->pdata[i], NULL);

      if (!g_ptr_array_find_with_equal_func (wanted, present->pdata[i], g_str_equal, NULL))
        g_unlink (path);
    }
}

/* It is saved now: the history is searched by time. */
static void
touch_nvram (const char *work, guint id)
{
  g_autofree char *path = iou_nvram_path (work, id);

  utimensat (AT_FDCWD, path, NULL, AT_SYMLINK_NOFOLLOW);
}

gboolean
lab_state_restore_device (const char *from, const char *to, guint id, GError **error)
{
  g_autoptr (GPtrArray) wanted = NULL;
  g_autoptr (GPtrArray) present = NULL;

  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  wanted = lab_state_list_files (from, error);
  present = wanted != NULL ? lab_state_list_files (to, error) : NULL;
  if (present == NULL || !lab_saved_catch_up (to, id, TRUE, error) ||
      !lab_state_copy_device (from, id, to, id, LAB_STATE_PLAIN, error))
    return FALSE;
  remove_others (to, present, wanted);
  touch_nvram (to, id);
  return lab_saved_catch_up (to, id, TRUE, error);
}

GHashTable *
lab_state_device_ids (LabTopology *topology)
{
  GHashTable *ids = g_hash_table_new (NULL, NULL);
  GListModel *nodes = lab_topology_get_nodes (topology);

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      if (lab_node_get_kind (node) == LAB_NODE_IOU)
        g_hash_table_add (ids, GUINT_TO_POINTER (lab_node_get_id (node)));
    }
  return ids;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Configurations into a folder. */

#define G_LOG_DOMAIN "lab-configs"

#include "config.h"

#include <errno.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "lab-config-folder-private.h"
#include "lab-saved-nvram.h"
#include "lab-saved-vlans.h"

/* What a device may be writing just now is waited for, for all of them together. */
#define PATIENCE G_USEC_PER_SEC

/* Two names that differ only in what a path may not hold would be one file. */
static gboolean
check_names (GPtrArray *nodes, GError **error)
{
  g_autoptr (GHashTable) stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      const LabConfigNode *node = nodes->pdata[i];

      if (!g_hash_table_add (stems, lab_config_names_stem (node->name)))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                       _ ("The file of “%s” would have the name of another device’s; rename one."),
                       node->name);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_file (const char *folder, const char *node, const char *ending, GBytes *bytes, GError **error)
{
  g_autofree char *path = lab_config_names_path (folder, node, ending);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0666, error);
}

int
lab_config_folder_write (const char *folder, GPtrArray *nodes, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE;
  int n = 0;

  if (!check_names (nodes, error))
    return -1;
  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("The folder “%s” cannot be made: %s."), folder, g_strerror (errno));
      return -1;
    }
  for (guint i = 0; i < nodes->len; i++)
    {
      const LabConfigNode *node = nodes->pdata[i];
      g_autoptr (GBytes) text = lab_saved_read_settled (node->work, node->id, deadline, NULL, NULL);
      g_autoptr (GBytes) vlans = lab_saved_read_vlans (node->work, node->id);

      if (text != NULL && !write_file (folder, node->name, LAB_CONFIG_TEXT_ENDING, text, error))
        return -1;
      if (vlans != NULL && !write_file (folder, node->name, LAB_CONFIG_VLANS_ENDING, vlans, error))
        return -1;
      n += text != NULL;
    }
  return n;
}

/* What @bytes would replace is noted. */
static void
note_old (GPtrArray *names, const char *folder, const char *node, const char *ending, GBytes *bytes)
{
  g_autofree char *path = lab_config_names_path (folder, node, ending);
  g_autoptr (GBytes) old = NULL;

  if (bytes == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  old = lab_config_read_file (path);
  if (old == NULL || !g_bytes_equal (old, bytes))
    g_ptr_array_add (names, g_path_get_basename (path));
}

GStrv
lab_config_folder_find_old (const char *folder, GPtrArray *nodes, guint *n, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  *n = 0;
  if (!check_names (nodes, error))
    return NULL;
  for (guint i = 0; i < nodes->len; i++)
    {
      const LabConfigNode *node = nodes->pdata[i];
      g_autoptr (GBytes) text = lab_saved_read_nvram (node->work, node->id, NULL, NULL, NULL);
      g_autoptr (GBytes) vlans = lab_saved_read_vlans (node->work, node->id);

      *n += text != NULL;
      note_old (names, folder, node->name, LAB_CONFIG_TEXT_ENDING, text);
      note_old (names, folder, node->name, LAB_CONFIG_VLANS_ENDING, vlans);
    }
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

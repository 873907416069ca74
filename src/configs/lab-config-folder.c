/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders of configurations. */

#define G_LOG_DOMAIN "lab-configs"

#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "lab-config-folder.h"
#include "lab-saved-nvram.h"
#include "lab-saved-vlans.h"

#define TEXT_ENDING  ".cfg"
#define VLANS_ENDING ".vlan.dat"

static const char *const endings[] = {
  TEXT_ENDING, ".txt", ".conf", "_startup-config.cfg", "-startup-config.cfg", "-confg", "",
};

static void
node_free (gpointer data)
{
  LabConfigNode *node = data;

  g_free (node->name);
  g_free (node->work);
  g_free (node);
}

static void
item_free (gpointer data)
{
  LabConfigItem *item = data;

  g_free (item->file);
  g_free (item->node);
  g_clear_pointer (&item->text, g_bytes_unref);
  g_clear_pointer (&item->now, g_bytes_unref);
  g_clear_pointer (&item->vlans, g_bytes_unref);
  g_free (item);
}

GPtrArray *
lab_config_nodes_new (void)
{
  return g_ptr_array_new_with_free_func (node_free);
}

void
lab_config_nodes_add (GPtrArray *nodes, const char *name, const char *work, guint id, guint size_kb)
{
  LabConfigNode *node = g_new0 (LabConfigNode, 1);

  node->name = g_strdup (name);
  node->work = g_strdup (work);
  node->id = id;
  node->size_kb = size_kb;
  g_ptr_array_add (nodes, node);
}

/* --- names --- */

/* A node's name as a file's name: it may hold what a path may not. */
static char *
file_stem (const char *node)
{
  char *name = g_strdelimit (g_strdup (node), "/", '_');

  if (name[0] == '.')
    name[0] = '_';
  return name;
}

static char *
file_path (const char *folder, const char *node, const char *ending)
{
  g_autofree char *stem = file_stem (node);
  g_autofree char *name = g_strconcat (stem, ending, NULL);

  return g_build_filename (folder, name, NULL);
}

char *
lab_config_folder_path (const char *folder, const char *node)
{
  return file_path (folder, node, TEXT_ENDING);
}

static guint
match_stem (const char *bare, const char *node)
{
  g_autofree char *stem = file_stem (node);
  g_autofree char *folded_stem = g_utf8_casefold (stem, -1);
  g_autofree char *folded = NULL;

  if (g_str_equal (bare, stem))
    return 2;
  if (!g_utf8_validate (bare, -1, NULL))
    return 0;
  folded = g_utf8_casefold (bare, -1);
  return g_str_equal (folded, folded_stem) ? 1 : 0;
}

static guint
match_ending (const char *name, const char *ending, const char *node)
{
  g_autofree char *bare = NULL;

  if (!g_str_has_suffix (name, ending))
    return 0;
  bare = g_strndup (name, strlen (name) - strlen (ending));
  return match_stem (bare, node);
}

guint
lab_config_match_name (const char *name, const char *node)
{
  guint best = 0;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    best = MAX (best, match_ending (name, endings[i], node));
  return best;
}

/* The node a file is for; two that match equally well are none. @ending: (nullable): only this. */
static const LabConfigNode *
find_owner (GPtrArray *nodes, const char *name, const char *ending)
{
  const LabConfigNode *found = NULL;
  guint best = 0;

  for (guint i = 0; i < nodes->len; i++)
    {
      const LabConfigNode *node = nodes->pdata[i];
      guint match = ending != NULL ? match_ending (name, ending, node->name)
                                   : lab_config_match_name (name, node->name);

      if (match == 0 || match < best)
        continue;
      found = match > best ? node : NULL;
      best = match;
    }
  return found;
}

/* --- what happens --- */

gboolean
lab_config_item_loads (const LabConfigItem *self)
{
  return self->fate == LAB_CONFIG_NEW || self->fate == LAB_CONFIG_SAME ||
         self->fate == LAB_CONFIG_REPLACES;
}

const char *
lab_config_item_describe (const LabConfigItem *self)
{
  switch (self->fate)
    {
    case LAB_CONFIG_NEW:
      return _ ("is loaded");
    case LAB_CONFIG_SAME:
      return _ ("is loaded; it is the same");
    case LAB_CONFIG_REPLACES:
      return _ ("replaces what was saved");
    case LAB_CONFIG_TAKEN:
      return _ ("skipped: another file is for this node too");
    case LAB_CONFIG_NO_TEXT:
      return _ ("skipped: not a text, empty, or larger than 1 MiB");
    case LAB_CONFIG_NO_ROOM:
      return _ ("skipped: too large for the NVRAM of this node");
    case LAB_CONFIG_NO_FILE:
      return _ ("left as it is: no file is for this node");
    case LAB_CONFIG_NO_NODE:
    default:
      return _ ("skipped: no node of this name");
    }
}

guint
lab_config_count_lines (GBytes *text)
{
  gsize length = 0;
  const char *data = text != NULL ? g_bytes_get_data (text, &length) : NULL;
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    n += data[i] == '\n';
  return n + (length > 0 && data[length - 1] != '\n');
}

/* --- scan --- */

static GBytes *
read_file (const char *path)
{
  g_autofree char *data = NULL;
  gsize length;
  struct stat st;

  if (stat (path, &st) != 0 || !S_ISREG (st.st_mode) || st.st_size == 0 ||
      st.st_size > LAB_CONFIG_FOLDER_MAX_TEXT || !g_file_get_contents (path, &data, &length, NULL))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

/* Line ends as devices want them; NULL: not a text. */
static GBytes *
read_text (const char *path)
{
  g_autoptr (GBytes) bytes = read_file (path);
  gsize length;
  const char *data;
  GString *text;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  if (memchr (data, '\0', length) != NULL)
    return NULL;
  text = g_string_new_len (data, (gssize) length);
  g_string_replace (text, "\r\n", "\n", 0);
  return g_string_free_to_bytes (text);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_files (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (name[0] == '.' || g_file_test (path, G_FILE_TEST_IS_DIR))
        continue;
      if (names->len == LAB_CONFIG_FOLDER_MAX_FILES)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       _ ("“%s” holds more than %d files; choose the folder of the "
                          "configurations themselves."),
                       folder, LAB_CONFIG_FOLDER_MAX_FILES);
          return NULL;
        }
      g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean
is_taken (GPtrArray *items, const char *node)
{
  for (guint i = 0; i < items->len; i++)
    {
      if (g_strcmp0 (((LabConfigItem *) items->pdata[i])->node, node) == 0)
        return TRUE;
    }
  return FALSE;
}

/* But for line ends at the end: an NVRAM may add some. */
static gboolean
is_same (GBytes *a, GBytes *b)
{
  gsize na;
  gsize nb;
  const char *pa = g_bytes_get_data (a, &na);
  const char *pb = g_bytes_get_data (b, &nb);

  while (na > 0 && pa[na - 1] == '\n')
    na--;
  while (nb > 0 && pb[nb - 1] == '\n')
    nb--;
  return na == nb && memcmp (pa, pb, na) == 0;
}

static void
decide (LabConfigItem *item, const LabConfigNode *owner, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, item->file, NULL);

  item->text = read_text (path);
  item->now = lab_saved_read_nvram (owner->work, owner->id, NULL, NULL, NULL);
  if (item->text == NULL)
    item->fate = LAB_CONFIG_NO_TEXT;
  else if (!lab_saved_check_fits (owner->work, owner->id, owner->size_kb, item->text, NULL))
    item->fate = LAB_CONFIG_NO_ROOM;
  else if (item->now == NULL)
    item->fate = LAB_CONFIG_NEW;
  else
    item->fate = is_same (item->now, item->text) ? LAB_CONFIG_SAME : LAB_CONFIG_REPLACES;
}

static void
add_file (GPtrArray *items, GPtrArray *nodes, const char *folder, const char *name)
{
  LabConfigItem *item = g_new0 (LabConfigItem, 1);
  const LabConfigNode *owner = find_owner (nodes, name, NULL);

  item->file = g_strdup (name);
  if (owner == NULL)
    {
      item->fate = LAB_CONFIG_NO_NODE;
    }
  else
    {
      gboolean taken = is_taken (items, owner->name);

      item->node = g_strdup (owner->name);
      if (taken)
        item->fate = LAB_CONFIG_TAKEN;
      else
        decide (item, owner, folder);
    }
  g_ptr_array_add (items, item);
}

/* The VLAN database goes with the configuration of its node. */
static gboolean
add_vlans (GPtrArray *items, GPtrArray *nodes, const char *folder, const char *name)
{
  const LabConfigNode *owner =
      g_str_has_suffix (name, VLANS_ENDING) ? find_owner (nodes, name, VLANS_ENDING) : NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);

  for (guint i = 0; owner != NULL && i < items->len; i++)
    {
      LabConfigItem *item = items->pdata[i];

      if (lab_config_item_loads (item) && g_str_equal (item->node, owner->name) &&
          item->vlans == NULL)
        {
          item->vlans = read_file (path);
          return item->vlans != NULL;
        }
    }
  return FALSE;
}

static void
add_nodes_without (GPtrArray *items, GPtrArray *nodes)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      const LabConfigNode *node = nodes->pdata[i];
      LabConfigItem *item;

      if (is_taken (items, node->name))
        continue;
      item = g_new0 (LabConfigItem, 1);
      item->node = g_strdup (node->name);
      item->now = lab_saved_read_nvram (node->work, node->id, NULL, NULL, NULL);
      item->fate = LAB_CONFIG_NO_FILE;
      g_ptr_array_add (items, item);
    }
}

GPtrArray *
lab_config_folder_scan (const char *folder, GPtrArray *nodes, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  g_autoptr (GPtrArray) names = list_files (folder, error);

  if (names == NULL)
    return NULL;
  for (guint i = 0; i < names->len; i++)
    {
      if (!g_str_has_suffix (names->pdata[i], VLANS_ENDING))
        add_file (items, nodes, folder, names->pdata[i]);
    }
  for (guint i = 0; i < names->len; i++)
    {
      if (g_str_has_suffix (names->pdata[i], VLANS_ENDING) &&
          !add_vlans (items, nodes, folder, names->pdata[i]))
        {
          LabConfigItem *item = g_new0 (LabConfigItem, 1);

          item->file = g_strdup (names->pdata[i]);
          item->fate = LAB_CONFIG_NO_NODE;
          g_ptr_array_add (items, item);
        }
    }
  add_nodes_without (items, nodes);
  return g_steal_pointer (&items);
}

/* --- write --- */

/* Two names that differ only in what a path may not hold would be one file. */
static gboolean
check_names (GPtrArray *nodes, GError **error)
{
  g_autoptr (GHashTable) stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      const LabConfigNode *node = nodes->pdata[i];

      if (!g_hash_table_add (stems, file_stem (node->name)))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                       _ ("The file of “%s” would have the name of another node’s; rename one."),
                       node->name);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_file (const char *folder, const char *node, const char *ending, GBytes *bytes, GError **error)
{
  g_autofree char *path = file_path (folder, node, ending);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0666, error);
}

int
lab_config_folder_write (const char *folder, GPtrArray *nodes, GError **error)
{
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
      g_autoptr (GBytes) text = lab_saved_read_nvram (node->work, node->id, NULL, NULL, NULL);
      g_autoptr (GBytes) vlans = lab_saved_read_vlans (node->work, node->id);

      if (text != NULL && !write_file (folder, node->name, TEXT_ENDING, text, error))
        return -1;
      if (vlans != NULL && !write_file (folder, node->name, VLANS_ENDING, vlans, error))
        return -1;
      n += text != NULL;
    }
  return n;
}

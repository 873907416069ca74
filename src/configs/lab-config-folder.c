/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is in a folder of configurations, and what would happen with it. */

#define G_LOG_DOMAIN "lab-configs"

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n.h>

#include "lab-config-folder-private.h"
#include "lab-saved-nvram.h"

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
      return _ ("skipped: another file is for this device too");
    case LAB_CONFIG_NO_TEXT:
      return _ ("skipped: not a text, empty, or larger than 1 MiB");
    case LAB_CONFIG_NO_ROOM:
      return _ ("skipped: too large for the NVRAM of this device");
    case LAB_CONFIG_NO_FILE:
      return _ ("left as it is: no file is for this device");
    case LAB_CONFIG_ALONE:
      return _ ("skipped: no configuration is loaded that these VLANs would go with");
    case LAB_CONFIG_NO_NODE:
    default:
      return _ ("skipped: no device of this name");
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

/* --- files --- */

GBytes *
lab_config_read_file (const char *path)
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
  g_autoptr (GBytes) bytes = lab_config_read_file (path);
  gsize length;
  const char *data;
  GByteArray *text;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  if (memchr (data, '\0', length) != NULL)
    return NULL;
  text = g_byte_array_sized_new ((guint) length);
  /* In one pass: g_string_replace() moves the rest of the text at each line. */
  for (gsize i = 0; i < length; i++)
    if (data[i] != '\r' || i + 1 == length || data[i + 1] != '\n')
      g_byte_array_append (text, (const guint8 *) data + i, 1);
  return g_byte_array_free_to_bytes (text);
}

/* R2 before R10. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  g_autofree char *first_name = g_filename_display_name (first);
  g_autofree char *second_name = g_filename_display_name (second);
  g_autofree char *first_key = g_utf8_collate_key_for_filename (first_name, -1);
  g_autofree char *second_key = g_utf8_collate_key_for_filename (second_name, -1);
  int order = strcmp (first_key, second_key);

  return order != 0 ? order : strcmp (first, second);
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

/* --- who gets which file --- */

typedef struct
{
  const char *folder;
  GPtrArray *nodes;
  GHashTable *chosen;           /* (nullable): file → node */
  GPtrArray *names;             /* of files, sorted */
  const LabConfigNode **owners; /* of each; NULL: nobody, or it is a VLAN database */
  GHashTable *claims;           /* node → the file that counts */
  GPtrArray *items;
} Scan;

static const LabConfigNode *
find_node (GPtrArray *nodes, const char *name)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      const LabConfigNode *node = nodes->pdata[i];

      if (g_str_equal (node->name, name))
        return node;
    }
  return NULL;
}

/* FALSE: its name says it. @owner: (out) (nullable): nobody. */
static gboolean
is_chosen (const Scan *scan, const char *file, const LabConfigNode **owner)
{
  const char *node = scan->chosen != NULL ? g_hash_table_lookup (scan->chosen, file) : NULL;

  if (node == NULL)
    return FALSE;
  *owner = find_node (scan->nodes, node);
  return TRUE;
}

static const LabConfigNode *
owner_of (const Scan *scan, const char *file)
{
  const LabConfigNode *owner = NULL;

  return is_chosen (scan, file, &owner) ? owner
                                        : lab_config_names_find_owner (scan->nodes, file, NULL);
}

static void
claim (Scan *scan, gboolean chosen)
{
  for (guint i = 0; i < scan->names->len; i++)
    {
      const char *file = scan->names->pdata[i];
      const LabConfigNode *owner = scan->owners[i];
      const LabConfigNode *ignored;

      if (owner != NULL && is_chosen (scan, file, &ignored) == chosen &&
          !g_hash_table_contains (scan->claims, owner->name))
        g_hash_table_insert (scan->claims, owner->name, (char *) file);
    }
}

static LabConfigItem *
add_item (Scan *scan, const char *file, const LabConfigNode *owner, LabConfigFate fate)
{
  LabConfigItem *item = g_new0 (LabConfigItem, 1);

  item->file = g_strdup (file);
  item->node = owner != NULL ? g_strdup (owner->name) : NULL;
  item->fate = fate;
  g_ptr_array_add (scan->items, item);
  return item;
}

static void
add_file (Scan *scan, const char *file, const LabConfigNode *owner)
{
  if (owner == NULL)
    add_item (scan, file, NULL, LAB_CONFIG_NO_NODE);
  else if (g_hash_table_lookup (scan->claims, owner->name) != file)
    add_item (scan, file, owner, LAB_CONFIG_TAKEN);
  else
    decide (add_item (scan, file, owner, LAB_CONFIG_NEW), owner, scan->folder);
}

/* --- VLAN databases --- */

/* It follows its configuration, wherever that was chosen to go. */
static const LabConfigNode *
owner_of_vlans (const Scan *scan, const char *vlans)
{
  const LabConfigNode *owner = NULL;
  GHashTableIter iter;
  gpointer file;

  if (is_chosen (scan, vlans, &owner))
    return owner;
  if (scan->chosen != NULL)
    {
      g_hash_table_iter_init (&iter, scan->chosen);
      while (g_hash_table_iter_next (&iter, &file, NULL))
        {
          if (lab_config_names_are_siblings (file, vlans) && is_chosen (scan, file, &owner))
            return owner;
        }
    }
  return lab_config_names_find_owner (scan->nodes, vlans, LAB_CONFIG_VLANS_ENDING);
}

static LabConfigItem *
find_loaded (const Scan *scan, const char *node)
{
  for (guint i = 0; i < scan->items->len; i++)
    {
      LabConfigItem *item = scan->items->pdata[i];

      if (lab_config_item_loads (item) && g_str_equal (item->node, node))
        return item;
    }
  return NULL;
}

static void
add_vlans (Scan *scan, const char *file)
{
  const LabConfigNode *owner = owner_of_vlans (scan, file);
  LabConfigItem *item = owner != NULL ? find_loaded (scan, owner->name) : NULL;
  g_autofree char *path = g_build_filename (scan->folder, file, NULL);

  if (item != NULL && item->vlans == NULL)
    item->vlans = lab_config_read_file (path);
  else
    item = NULL;
  if (item == NULL || item->vlans == NULL)
    add_item (scan, file, owner, owner != NULL ? LAB_CONFIG_ALONE : LAB_CONFIG_NO_NODE);
}

/* --- scan --- */

static void
add_nodes_without (Scan *scan)
{
  for (guint i = 0; i < scan->nodes->len; i++)
    {
      const LabConfigNode *node = scan->nodes->pdata[i];

      if (!g_hash_table_contains (scan->claims, node->name))
        add_item (scan, NULL, node, LAB_CONFIG_NO_FILE)->now =
            lab_saved_read_nvram (node->work, node->id, NULL, NULL, NULL);
    }
}

static void
scan_names (Scan *scan)
{
  GPtrArray *names = scan->names;

  for (guint i = 0; i < names->len; i++)
    {
      if (!lab_config_names_is_vlans (names->pdata[i]))
        scan->owners[i] = owner_of (scan, names->pdata[i]);
    }
  claim (scan, TRUE);
  claim (scan, FALSE);
  for (guint i = 0; i < names->len; i++)
    {
      if (!lab_config_names_is_vlans (names->pdata[i]))
        add_file (scan, names->pdata[i], scan->owners[i]);
    }
  for (guint i = 0; i < names->len; i++)
    {
      if (lab_config_names_is_vlans (names->pdata[i]))
        add_vlans (scan, names->pdata[i]);
    }
  add_nodes_without (scan);
}

GPtrArray *
lab_config_folder_scan (const char *folder, GPtrArray *nodes, GHashTable *chosen, GError **error)
{
  g_autoptr (GPtrArray) names = list_files (folder, error);
  g_autoptr (GHashTable) claims = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree const LabConfigNode **owners = NULL;
  Scan scan = { folder, nodes, chosen, names, NULL, claims, NULL };

  if (names == NULL)
    return NULL;
  owners = g_new0 (const LabConfigNode *, names->len + 1);
  scan.owners = owners;
  scan.items = g_ptr_array_new_with_free_func (item_free);
  scan_names (&scan);
  return scan.items;
}

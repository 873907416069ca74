/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl config export and import: a folder with one file a node.
 *
 * A file is for the node whose name it bears: NAME.cfg as export writes it, .txt and .conf, and the
 * names that others give (NAME_startup-config.cfg, NAME-confg). Upper and lower case count only if
 * it takes that to tell two nodes apart. */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "ctl-config.h"
#include "ctl-output.h"

#define MAX_TEXT (1024 * 1024)

static const char *const endings[] = {
  ".cfg", ".txt", ".conf", "_startup-config.cfg", "-startup-config.cfg", "-confg", "",
};

/* A node's name as a file's name: it may hold what a path may not. */
static char *
file_name (const char *node)
{
  char *name = g_strdelimit (g_strdup (node), "/", '_');

  if (name[0] == '.')
    name[0] = '_';
  return name;
}

char *
ctl_config_path (const char *folder, const char *node)
{
  g_autofree char *stem = file_name (node);
  g_autofree char *name = g_strconcat (stem, ".cfg", NULL);

  return g_build_filename (folder, name, NULL);
}

guint
ctl_config_match_name (const char *name, const char *node)
{
  g_autofree char *stem = file_name (node);
  g_autofree char *folded_stem = g_utf8_casefold (stem, -1);
  guint best = 0;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *bare = NULL;
      g_autofree char *folded = NULL;

      if (!g_str_has_suffix (name, endings[i]))
        continue;
      bare = g_strndup (name, strlen (name) - strlen (endings[i]));
      folded = g_utf8_validate (bare, -1, NULL) ? g_utf8_casefold (bare, -1) : g_strdup ("");
      if (g_str_equal (bare, stem))
        best = MAX (best, 2);
      else if (g_str_equal (folded, folded_stem))
        best = MAX (best, 1);
    }
  return best;
}

/* --- export --- */

static gboolean
export_node (CtlLab *lab, LabNode *node, const char *folder, guint *n, GError **error)
{
  g_autofree char *path = ctl_config_path (folder, lab_node_get_name (node));
  g_autoptr (GBytes) text = ctl_config_in_nvram (lab, node);
  const char *data;
  gsize length;

  if (text == NULL)
    return TRUE;
  data = g_bytes_get_data (text, &length);
  if (!g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0666,
                                 error))
    return FALSE;
  (*n)++;
  return TRUE;
}

/* Two names that differ only in what a path may not hold would be one file. */
static gboolean
check_names (GPtrArray *nodes)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      const char *node = lab_node_get_name (nodes->pdata[i]);
      char *name = file_name (node);

      if (!g_hash_table_insert (names, name, nodes->pdata[i]))
        {
          ctl_complain (_ ("The file of “%s” would have the name of another node’s; rename one."),
                        node);
          return FALSE;
        }
    }
  return TRUE;
}

static int
export_all (CtlLab *lab, const char *folder)
{
  char *none[] = { NULL };
  g_autoptr (GPtrArray) nodes = ctl_config_find_nodes (lab, none);
  guint n = 0;

  if (!check_names (nodes))
    return CTL_CANNOT;
  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      ctl_complain (_ ("The folder “%s” cannot be made: %s."), folder, g_strerror (errno));
      return CTL_CANNOT;
    }
  for (guint i = 0; i < nodes->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!export_node (lab, nodes->pdata[i], folder, &n, &error))
        {
          ctl_complain ("%s", error->message);
          return CTL_CANNOT;
        }
    }
  g_printerr (g_dngettext (GETTEXT_PACKAGE, "%u configuration saved in “%s”.\n",
                           "%u configurations saved in “%s”.\n", n),
              n, folder);
  return CTL_OK;
}

static int
run_export (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  int code;

  if (!ctl_parse_options (&ctl_config_export_command, NULL, &argc, &argv))
    return CTL_USAGE;
  code = ctl_config_open (&lab, &ctl_config_export_command, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc != 1)
    return ctl_usage (&ctl_config_export_command, _ ("One folder is needed."));
  return export_all (&lab, argv[0]);
}

/* --- import --- */

typedef struct
{
  char *name;      /* of the file */
  LabNode *node;   /* (nullable) whose it is */
  GBytes *text;    /* (nullable) */
  const char *say; /* what will happen */
  gboolean loads;
} Item;

static void
item_free (Item *item)
{
  g_free (item->name);
  g_clear_object (&item->node);
  g_clear_pointer (&item->text, g_bytes_unref);
  g_free (item);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *one = *(const Item *const *) a;
  const Item *other = *(const Item *const *) b;

  return strcmp (one->name, other->name);
}

/* The node a file is for; two that match equally well are none. */
static LabNode *
find_owner (GPtrArray *nodes, const char *name)
{
  LabNode *found = NULL;
  guint best = 0;

  for (guint i = 0; i < nodes->len; i++)
    {
      guint match = ctl_config_match_name (name, lab_node_get_name (nodes->pdata[i]));

      if (match == 0 || match < best)
        continue;
      found = match > best ? nodes->pdata[i] : NULL;
      best = match;
    }
  return found;
}

/* Line ends as devices want them; NULL: not a text. */
static GBytes *
read_text (const char *path)
{
  g_autofree char *data = NULL;
  GString *text;
  gsize length;
  struct stat st;

  if (stat (path, &st) != 0 || !S_ISREG (st.st_mode) || st.st_size > MAX_TEXT ||
      !g_file_get_contents (path, &data, &length, NULL) || memchr (data, '\0', length) != NULL)
    return NULL;
  text = g_string_new_len (data, (gssize) length);
  g_string_replace (text, "\r\n", "\n", 0);
  return g_string_free_to_bytes (text);
}

static void
decide (CtlLab *lab, GPtrArray *items, Item *item, LabNode *owner, const char *path)
{
  g_autoptr (GBytes) now = NULL;

  if (owner == NULL)
    {
      item->say = _ ("skipped: no node of this name");
      return;
    }
  for (guint i = 0; i < items->len; i++)
    {
      if (((Item *) items->pdata[i])->node == owner)
        {
          item->say = _ ("skipped: another file is for this node too");
          return;
        }
    }
  item->node = g_object_ref (owner);
  item->text = read_text (path);
  if (item->text == NULL || g_bytes_get_size (item->text) == 0)
    {
      item->say = _ ("skipped: not a text, empty, or larger than 1 MiB");
      return;
    }
  now = ctl_config_in_nvram (lab, item->node);
  item->loads = TRUE;
  item->say = now == NULL                       ? _ ("is loaded")
              : g_bytes_equal (now, item->text) ? _ ("is loaded; it is the same")
                                                : _ ("replaces what was saved");
}

static GPtrArray *
find_items (CtlLab *lab, GPtrArray *nodes, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      Item *item;

      if (name[0] == '.' || g_file_test (path, G_FILE_TEST_IS_DIR))
        continue;
      item = g_new0 (Item, 1);
      item->name = g_strdup (name);
      g_ptr_array_add (items, item);
    }
  g_ptr_array_sort (items, compare_items);
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = items->pdata[i];
      g_autofree char *path = g_build_filename (folder, item->name, NULL);
      LabNode *owner = find_owner (nodes, item->name);

      decide (lab, items, item, owner, path);
    }
  return g_steal_pointer (&items);
}

static guint
print_items (CtlLab *lab, GPtrArray *items)
{
  const char *const columns[] = { _ ("FILE"), _ ("NODE"), _ ("STATE"), _ ("WHAT HAPPENS"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "llll");
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = items->pdata[i];
      g_autofree char *name = g_filename_display_name (item->name);
      const char *state = item->node == NULL                        ? ""
                          : ctl_config_is_running (lab, item->node) ? _ ("running: restarts")
                                                                    : _ ("stopped");

      n += item->loads;
      ctl_table_add (table, CTL_PLAIN, "%s", name);
      ctl_table_add (table, CTL_BOLD, "%s",
                     item->node != NULL ? lab_node_get_name (item->node) : "–");
      ctl_table_add (table, CTL_PLAIN, "%s", state);
      ctl_table_add (table, item->loads ? CTL_PLAIN : CTL_WARN, "%s", item->say);
    }
  ctl_table_print (table);
  return n;
}

static int
load_items (CtlLab *lab, GPtrArray *items)
{
  g_autoptr (GHashTable) configs =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  guint n;
  int code;

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = items->pdata[i];

      if (item->loads)
        g_hash_table_insert (configs, g_strdup (lab_node_get_name (item->node)),
                             g_bytes_ref (item->text));
    }
  n = g_hash_table_size (configs);
  code = ctl_config_write (lab, configs, TRUE);
  if (code == CTL_OK)
    g_printerr (g_dngettext (GETTEXT_PACKAGE, "%u configuration was loaded.\n",
                             "%u configurations were loaded.\n", n),
                n);
  return code;
}

static int
import_all (CtlLab *lab, const char *folder, gboolean yes)
{
  char *none[] = { NULL };
  g_autoptr (GPtrArray) nodes = ctl_config_find_nodes (lab, none);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = find_items (lab, nodes, folder, &error);

  if (items == NULL)
    {
      ctl_complain ("%s", error->message);
      return CTL_CANNOT;
    }
  if (print_items (lab, items) == 0)
    {
      ctl_complain (_ ("No file in “%s” is for a node of this lab."), folder);
      return CTL_CANNOT;
    }
  if (yes)
    return load_items (lab, items);
  g_printerr (_ ("Nothing was changed. Add --yes to do it.\n"));
  return CTL_OK;
}

static int
run_import (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean yes = FALSE;
  int code;
  GOptionEntry entries[] = {
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, N_ ("Do it, instead of showing what would be done"),
      NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_config_import_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_config_open (&lab, &ctl_config_import_command, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc != 1)
    return ctl_usage (&ctl_config_import_command, _ ("One folder is needed."));
  return import_all (&lab, argv[0], yes);
}

const CtlCommand ctl_config_export_command = {
  .name = "config export",
  .arguments = "[FILE] FOLDER",
  .summary = N_ ("Write the saved configurations into a folder"),
  .details = N_ ("One file NODE.cfg for each device that has saved one.\n\n"
                 "Example:\n  labctl config export campus.lab day1/"),
  .run = run_export,
};

const CtlCommand ctl_config_import_command = {
  .name = "config import",
  .arguments = "[FILE] FOLDER",
  .summary = N_ ("Load a folder of configurations into devices"),
  .details = N_ (
      "Shows which file goes to which node, and with --yes does it: the configuration replaces "
      "what "
      "the\ndevice has saved (which stays in the history), and devices that run are restarted with "
      "it.\n\n"
      "Files are NODE.cfg, NODE.txt, NODE.conf, NODE_startup-config.cfg or NODE-confg.\n\n"
      "Examples:\n"
      "  labctl config import campus.lab day2/\n"
      "  labctl config import campus.lab day2/ --yes"),
  .run = run_import,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl config list, show and diff. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "ctl-config.h"
#include "ctl-output.h"
#include "lab-text-diff.h"

#define CONTEXT 3

/* Whether the newest entry is what the NVRAM holds. It is not after a reset. */
static gboolean
newest_is_current (CtlLab *lab, LabNode *node, GArray *entries)
{
  g_autofree char *work = ctl_config_work (lab, node);
  g_autoptr (GBytes) nvram = ctl_config_in_nvram (lab, node);
  g_autoptr (GBytes) newest = NULL;

  if (nvram == NULL || entries->len == 0)
    return FALSE;
  newest =
      lab_saved_read (work, g_array_index (entries, LabSavedEntry, entries->len - 1).number, NULL);
  return newest != NULL && g_bytes_equal (nvram, newest);
}

static guint
add_rows (CtlTable *table, LabNode *node, GArray *entries, gboolean current)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const LabSavedEntry *entry = &g_array_index (entries, LabSavedEntry, i);
      gboolean is_current = current && i + 1 == entries->len;
      g_autofree char *time = ctl_config_time_text (entry->last);

      ctl_table_add (table, CTL_BOLD, "%s", lab_node_get_name (node));
      ctl_table_add (table, CTL_PLAIN, "%u", entry->number);
      ctl_table_add (table, CTL_PLAIN, "%s", time);
      ctl_table_add (table, CTL_PLAIN, "%" G_GSIZE_FORMAT, entry->size);
      ctl_table_add (table, CTL_GOOD, "%s", is_current ? _ ("in NVRAM") : "");
    }
  return entries->len;
}

static void
add_time (JsonBuilder *builder, const char *key, gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) exact = date != NULL ? g_date_time_add (date, time % G_USEC_PER_SEC) : NULL;
  g_autofree char *text = exact != NULL ? g_date_time_format_iso8601 (exact) : NULL;

  ctl_json_string (builder, key, text);
}

static void
add_json (JsonBuilder *builder, LabNode *node, GArray *entries, gboolean current)
{
  json_builder_begin_object (builder);
  ctl_json_string (builder, "name", lab_node_get_name (node));
  ctl_json_int (builder, "id", lab_node_get_id (node));
  json_builder_set_member_name (builder, "entries");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    {
      const LabSavedEntry *entry = &g_array_index (entries, LabSavedEntry, i);

      json_builder_begin_object (builder);
      ctl_json_int (builder, "entry", entry->number);
      add_time (builder, "first", entry->first);
      add_time (builder, "last", entry->last);
      ctl_json_int (builder, "size", (gint64) entry->size);
      ctl_json_bool (builder, "current", current && i + 1 == entries->len);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static int
list_nodes (CtlLab *lab, GPtrArray *nodes, gboolean json)
{
  const char *const columns[] = { _ ("NODE"), _ ("ENTRY"), _ ("SAVED"), _ ("BYTES"), "", NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "lrlrl");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n = 0;

  json_builder_begin_object (builder);
  ctl_json_string (builder, "uuid", lab_topology_get_uuid (lab->topology));
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < nodes->len; i++)
    {
      g_autoptr (GArray) entries = ctl_config_list (lab, nodes->pdata[i]);
      gboolean current;

      if (entries == NULL)
        return CTL_CANNOT;
      current = newest_is_current (lab, nodes->pdata[i], entries);
      n += add_rows (table, nodes->pdata[i], entries, current);
      add_json (builder, nodes->pdata[i], entries, current);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (json)
    ctl_print_json (builder);
  else if (n > 0)
    ctl_table_print (table);
  else
    g_printerr (_ ("Nothing has been saved yet.\n"));
  return CTL_OK;
}

static int
run_list (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_autoptr (GPtrArray) nodes = NULL;
  gboolean json = FALSE;
  int code;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_config_list_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_config_open (&lab, &ctl_config_list_command, &argc, &argv);
  if (code != CTL_OK)
    return code;
  nodes = ctl_config_find_nodes (&lab, argv);
  return nodes != NULL ? list_nodes (&lab, nodes, json) : CTL_CANNOT;
}

static int
run_show (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_autoptr (LabNode) node = NULL;
  g_autoptr (GBytes) text = NULL;
  int code;

  if (!ctl_parse_options (&ctl_config_show_command, NULL, &argc, &argv))
    return CTL_USAGE;
  code = ctl_config_open (&lab, &ctl_config_show_command, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc < 1 || argc > 2)
    return ctl_usage (&ctl_config_show_command, _ ("A node is needed, and an entry at most."));
  node = ctl_config_find_node (&lab, argv[0]);
  if (node != NULL)
    text = ctl_config_read (&lab, node, argc > 1 ? argv[1] : "newest");
  if (text == NULL)
    return CTL_CANNOT;
  fwrite (g_bytes_get_data (text, NULL), 1, g_bytes_get_size (text), stdout);
  return CTL_OK;
}

static void
print_diff (const char *diff)
{
  g_auto (GStrv) lines = g_strsplit (diff, "\n", -1);

  for (guint i = 0; lines[i] != NULL && (lines[i + 1] != NULL || *lines[i] != '\0'); i++)
    {
      CtlTone tone = lines[i][0] == '+'   ? CTL_GOOD
                     : lines[i][0] == '-' ? CTL_BAD
                     : lines[i][0] == '@' ? CTL_DIM
                                          : CTL_PLAIN;
      g_autofree char *line = ctl_tone (tone, lines[i]);

      fputs (line, stdout);
      fputc ('\n', stdout);
    }
}

static int
diff_texts (const char *node, const char *a_name, GBytes *a, const char *b_name, GBytes *b)
{
  g_autofree char *from = g_strdup_printf ("%s %s", node, a_name);
  g_autofree char *to = g_strdup_printf ("%s %s", node, b_name);
  gsize a_length;
  gsize b_length;
  const char *a_text = g_bytes_get_data (a, &a_length);
  const char *b_text = g_bytes_get_data (b, &b_length);
  g_autofree char *diff =
      lab_text_diff_unified (a_text, a_length, from, b_text, b_length, to, CONTEXT);

  print_diff (diff);
  return *diff == '\0' ? CTL_OK : CTL_FAILED;
}

static int
run_diff (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_autoptr (LabNode) node = NULL;
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;
  const char *b_name;
  int code;

  if (!ctl_parse_options (&ctl_config_diff_command, NULL, &argc, &argv))
    return CTL_USAGE;
  code = ctl_config_open (&lab, &ctl_config_diff_command, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc < 2 || argc > 3)
    return ctl_usage (&ctl_config_diff_command, _ ("A node and one or two entries are needed."));
  b_name = argc > 2 ? argv[2] : "newest";
  node = ctl_config_find_node (&lab, argv[0]);
  if (node != NULL)
    a = ctl_config_read (&lab, node, argv[1]);
  if (a != NULL)
    b = ctl_config_read (&lab, node, b_name);
  return b != NULL ? diff_texts (argv[0], argv[1], a, b_name, b) : CTL_CANNOT;
}

const CtlCommand ctl_config_list_command = {
  .name = "config list",
  .arguments = "[FILE] [NODE…]",
  .summary = N_ ("Show the histories of saved configurations"),
  .details =
      N_ ("Oldest first. “In NVRAM” is what the device starts with; after a reset none is.\n\n"
          "Examples:\n"
          "  labctl config list campus.lab\n"
          "  labctl config list campus.lab PC1 --json"),
  .run = run_list,
};

const CtlCommand ctl_config_show_command = {
  .name = "config show",
  .arguments = "[FILE] NODE [ENTRY]",
  .summary = N_ ("Print a saved configuration"),
  .details =
      N_ ("ENTRY is a number of “labctl config list”, “newest” (the default), or “start” for "
          "the lab’s\nstart configuration.\n\n"
          "Examples:\n"
          "  labctl config show campus.lab PC1\n"
          "  labctl config show campus.lab PC1 3"),
  .run = run_show,
};

const CtlCommand ctl_config_diff_command = {
  .name = "config diff",
  .arguments = "[FILE] NODE ENTRY [ENTRY]",
  .summary = N_ ("Compare two saved configurations"),
  .details =
      N_ ("Prints what changed from the first to the second (default: the newest), as patch(1) "
          "reads it.\nExits 0 if they are the same, 1 if they differ. Entries are as for "
          "“labctl config show”.\n\n"
          "Examples:\n"
          "  labctl config diff campus.lab PC1 3 4\n"
          "  labctl config diff campus.lab PC1 start"),
  .run = run_diff,
};

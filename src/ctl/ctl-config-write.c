/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl config restore and reset. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ctl-config.h"
#include "lab-saved-moments.h"

typedef struct
{
  char *at;
  gboolean all;
  gboolean restart;
  gboolean wait;
} Options;

static int
write_configs (CtlLab *lab, GHashTable *configs, GHashTable *vlans, const Options *options)
{
  g_auto (GStrv) restarted = ctl_config_list_running (lab, configs);
  int code = ctl_config_write (lab, configs, vlans, options->restart);

  return code == CTL_OK && options->wait ? ctl_config_wait_ready (lab, restarted) : code;
}

static int
restore (CtlLab *lab, const char *name, const char *word, const Options *options)
{
  g_autoptr (GHashTable) configs = ctl_config_texts ();
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);
  LabNode *node = ctl_config_find_node (lab, name);
  GBytes *text;

  if (node == NULL)
    return CTL_CANNOT;
  g_ptr_array_add (nodes, node);
  if (g_str_equal (word, "start"))
    return ctl_usage (&ctl_config_restore_command,
                      _ ("“labctl config reset” goes back to the start configuration."));
  text = ctl_config_read (lab, node, word);
  if (text == NULL)
    return CTL_CANNOT;
  g_hash_table_insert (configs, g_strdup (name), text);
  if (!options->restart && !ctl_config_all_stopped (lab, nodes))
    return CTL_CANNOT;
  return write_configs (lab, configs, NULL, options);
}

/* "2026-11-26 18:00" or with seconds, by the clock here; -1 after a complaint. */
static gint64
parse_time (const char *text)
{
  g_autofree char *iso = g_strdelimit (g_strdup (text), " ", 'T');
  g_autofree char *full =
      strlen (iso) == strlen ("2026-11-26T18:00") ? g_strconcat (iso, ":00", NULL) : g_strdup (iso);
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (full, here);

  if (date == NULL)
    {
      ctl_usage (&ctl_config_restore_command,
                 _ ("“%s” is not a time; write it as 2026-11-26 18:00."), text);
      return -1;
    }
  /* To the end of that second: what a list shows is found by what it shows. */
  return g_date_time_to_unix (date) * G_USEC_PER_SEC + G_USEC_PER_SEC - 1;
}

static gboolean
add_as_of (CtlLab *lab, LabNode *node, gint64 time, GHashTable *configs)
{
  const char *name = lab_node_get_name (node);
  g_autoptr (GArray) entries = ctl_config_list (lab, node);
  const LabSavedEntry *entry = entries != NULL ? lab_saved_find_at (entries, time) : NULL;
  g_autofree char *word = NULL;
  GBytes *text;

  if (entries == NULL)
    return FALSE;
  if (entry == NULL)
    {
      g_printerr (_ ("%s had saved nothing by then, and is left as it is.\n"), name);
      return TRUE;
    }
  word = g_strdup_printf ("%u", entry->number);
  text = ctl_config_read (lab, node, word);
  if (text == NULL)
    return FALSE;
  g_print (_ ("%s: entry %u\n"), name, entry->number);
  g_hash_table_insert (configs, g_strdup (name), text);
  return TRUE;
}

static int
restore_as_of (CtlLab *lab, char **names, const Options *options)
{
  g_autoptr (GHashTable) configs = ctl_config_texts ();
  gint64 time = parse_time (options->at);
  g_autoptr (GPtrArray) nodes = time >= 0 ? ctl_config_find_nodes (lab, names) : NULL;

  if (time < 0)
    return CTL_USAGE;
  if (nodes == NULL || (!options->restart && !ctl_config_all_stopped (lab, nodes)))
    return CTL_CANNOT;
  for (guint i = 0; i < nodes->len; i++)
    {
      if (!add_as_of (lab, nodes->pdata[i], time, configs))
        return CTL_CANNOT;
    }
  return g_hash_table_size (configs) > 0 ? write_configs (lab, configs, NULL, options) : CTL_OK;
}

static int
run_restore (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  Options options = { 0 };
  g_autofree char *at = NULL;
  int code;
  GOptionEntry entries[] = {
    { "at", 0, 0, G_OPTION_ARG_STRING, &at,
      N_ ("What the nodes (none: all) had saved at this time"), N_ ("TIME") },
    { "restart", 0, 0, G_OPTION_ARG_NONE, &options.restart,
      N_ ("Stop the device if it runs, and start it again"), NULL },
    { "wait", 'w', 0, G_OPTION_ARG_NONE, &options.wait,
      N_ ("Wait until the devices that were restarted are ready"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_config_restore_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_config_open (&lab, &ctl_config_restore_command, &argc, &argv);
  if (code != CTL_OK)
    return code;
  options.at = at;
  if (at != NULL)
    return restore_as_of (&lab, argv, &options);
  if (argc != 2)
    return ctl_usage (&ctl_config_restore_command, _ ("A node and an entry are needed."));
  return restore (&lab, argv[0], argv[1], &options);
}

static int
reset (CtlLab *lab, char **names, const Options *options)
{
  g_autoptr (GHashTable) configs = ctl_config_texts ();
  g_autoptr (GPtrArray) nodes = ctl_config_find_nodes (lab, names);

  if (nodes == NULL || (!options->restart && !ctl_config_all_stopped (lab, nodes)))
    return CTL_CANNOT;
  for (guint i = 0; i < nodes->len; i++)
    g_hash_table_insert (configs, g_strdup (lab_node_get_name (nodes->pdata[i])),
                         g_bytes_new (NULL, 0));
  /* A switch at its start knows no VLANs of before either: all of the one map are empty. */
  return write_configs (lab, configs, configs, options);
}

static int
run_reset (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  Options options = { 0 };
  int code;
  GOptionEntry entries[] = {
    { "all", 'a', 0, G_OPTION_ARG_NONE, &options.all, N_ ("All devices of the lab"), NULL },
    { "restart", 0, 0, G_OPTION_ARG_NONE, &options.restart,
      N_ ("Stop devices that run, and start them again"), NULL },
    { "wait", 'w', 0, G_OPTION_ARG_NONE, &options.wait,
      N_ ("Wait until the devices that were restarted are ready"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_config_reset_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_config_open (&lab, &ctl_config_reset_command, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (options.all == (argc > 0))
    return ctl_usage (&ctl_config_reset_command, _ ("Either nodes or --all."));
  return reset (&lab, argv, &options);
}

const CtlCommand ctl_config_restore_command = {
  .name = "config restore",
  .arguments = "[FILE] NODE ENTRY | --at TIME [NODE…]",
  .summary = N_ ("Put a saved configuration back into a device"),
  .details =
      N_ ("The device starts with it the next time, or at once with --restart. What it held is "
          "in the history.\n\n"
          "Examples:\n"
          "  labctl config restore campus.lab PC1 3 --restart\n"
          "  labctl config restore campus.lab --at '2026-11-26 18:00' --restart"),
  .run = run_restore,
};

const CtlCommand ctl_config_reset_command = {
  .name = "config reset",
  .arguments = "[FILE] NODE… | --all",
  .summary = N_ ("Go back to the lab’s start configurations"),
  .details = N_ ("The saved configuration leaves the device’s NVRAM and stays in the history.\n"
                 "The VLANs of a switch (vlan.dat) go as well.\n\n"
                 "Examples:\n"
                 "  labctl config reset campus.lab PC1\n"
                 "  labctl config reset campus.lab --all --restart"),
  .run = run_reset,
};

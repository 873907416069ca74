/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl config take: what devices saved becomes their start configurations, in the lab's file. */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-config.h"
#include "ctl-link.h"
#include "ctl-output.h"
#include "lab-take.h"

static CtlTone
tone_of (const LabTakeItem *item)
{
  switch (item->fate)
    {
    case LAB_TAKE_NEW:
      return CTL_GOOD;
    case LAB_TAKE_TOO_LARGE:
      return CTL_BAD;
    case LAB_TAKE_SAME:
    case LAB_TAKE_NOTHING:
    default:
      return CTL_DIM;
    }
}

static void
print_table (GPtrArray *items)
{
  const char *const columns[] = { _ ("NODE"), _ ("RESULT"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "ll");

  for (guint i = 0; i < items->len; i++)
    {
      const LabTakeItem *item = items->pdata[i];

      ctl_table_add (table, CTL_BOLD, "%s", item->name);
      ctl_table_add (table, tone_of (item), "%s", lab_take_describe (item));
    }
  ctl_table_print (table);
}

static void
print_json (GPtrArray *items)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    {
      const LabTakeItem *item = items->pdata[i];

      json_builder_begin_object (builder);
      ctl_json_string (builder, "name", item->name);
      ctl_json_int (builder, "id", item->id);
      ctl_json_string (builder, "result", lab_take_word (item));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  ctl_print_json (builder);
}

/* Told after the file is written: what was not taken then is no success. */
static int
tell (GPtrArray *items, gboolean json)
{
  if (json)
    print_json (items);
  else
    print_table (items);
  return lab_take_count (items, LAB_TAKE_TOO_LARGE) > 0 ? CTL_FAILED : CTL_OK;
}

static void
settle (CtlLab *lab, GPtrArray *items)
{
  g_autofree char *folder = ctl_lab_state (lab);
  g_autoptr (GError) error = NULL;

  /* The lab has what it was told to take; at worst the window asks once more. */
  if (!lab_take_settle (items, folder, &error))
    ctl_complain ("%s", error->message);
}

static int
take (CtlLab *lab, char **names, gboolean dry, gboolean json)
{
  g_autoptr (GPtrArray) nodes = ctl_config_find_nodes (lab, names);
  g_autofree char *folder = ctl_lab_state (lab);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (LabEdit) edit = NULL;
  int code;

  if (nodes == NULL)
    return CTL_CANNOT;
  items = lab_take_collect (lab->topology, nodes);
  lab_take_read (items, folder, FALSE);
  edit = lab_take_edit (items, lab->topology);
  if (!dry)
    {
      code = edit != NULL ? ctl_apply_edit (lab, edit) : CTL_OK;
      if (code != CTL_OK)
        return code;
      settle (lab, items);
    }
  code = tell (items, json);
  if (dry && !json)
    g_printerr (_ ("Nothing was changed.\n"));
  return code;
}

static int
run_take (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean dry = FALSE;
  gboolean json = FALSE;
  int code;
  GOptionEntry entries[] = {
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry,
      N_ ("Say what would be taken, and change nothing"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_config_take_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_config_open (&lab, &ctl_config_take_command, &argc, &argv);
  if (code != CTL_OK)
    return code;
  return take (&lab, argv, dry, json);
}

const CtlCommand ctl_config_take_command = {
  .name = "config take",
  .arguments = "[FILE] [NODE…]",
  .summary = N_ ("Take saved configurations into the lab’s file"),
  .details = N_ (
      "What the nodes (none: all) have saved becomes their start configurations, with “%h” where "
      "a\ndevice is told its own name. The devices are left alone: one that has saved something "
      "reads\nits start configuration only after a reset. Exits 1 if something cannot be taken.\n\n"
      "Examples:\n"
      "  labctl config take campus.lab --dry-run\n"
      "  labctl config take campus.lab PC1 PC2"),
  .run = run_take,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl checkpoint: the lab's whole state at a moment, and back to it. The engine takes and
 * restores, since it knows what runs; the rest is done with the files. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ctl-config.h"
#include "ctl-family.h"
#include "ctl-output.h"
#include "ctl-wait.h"
#include "lab-checkpoint.h"
#include "lab-text-diff.h"

#define CONTEXT 3

static const CtlCommand take_command;
static const CtlCommand list_command;
static const CtlCommand diff_command;
static const CtlCommand restore_command;
static const CtlCommand rename_command;
static const CtlCommand remove_command;

static const CtlCommand *const subcommands[] = {
  &take_command, &list_command, &diff_command, &restore_command, &rename_command, &remove_command,
};

static gboolean
parse_number (const CtlCommand *command, const char *word, guint *number)
{
  guint64 value;

  if (word != NULL && g_ascii_string_to_unsigned (word, 10, 1, G_MAXUINT32, &value, NULL))
    {
      *number = (guint) value;
      return TRUE;
    }
  if (word == NULL)
    ctl_usage (command, _ ("Which checkpoint? “labctl checkpoint list” shows their numbers."));
  else
    ctl_usage (command, _ ("“%s” is not the number of a checkpoint."), word);
  return FALSE;
}

/* The checkpoint of a number. NULL after a complaint. */
static LabCheckpoint *
find (CtlLab *lab, guint number)
{
  g_autofree char *folder = ctl_lab_state (lab);
  GError *error = NULL;
  LabCheckpoint *checkpoint = lab_checkpoint_find (folder, number, &error);

  if (checkpoint == NULL)
    ctl_fail (error);
  return checkpoint;
}

/* --- take --- */

static int
run_take (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *document = NULL;
  GError *error = NULL;
  guint number = 0;
  int code;

  if (!ctl_parse_options (&take_command, NULL, &argc, &argv))
    return CTL_USAGE;
  code = ctl_config_open (&lab, &take_command, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc > 1)
    return ctl_usage (&take_command, _ ("Put the name into quotation marks."));
  name = argc > 0 ? g_strdup (argv[0]) : ctl_config_time_text (g_get_real_time ());
  document = lab_file_to_string (lab.topology, NULL);
  if (ctl_lab_have_engine (&lab, &error))
    number = ctl_wait_take_checkpoint (lab.client, name, document, &error);
  if (number > 0)
    g_print (_ ("Checkpoint %u: %s\n"), number, name);
  return ctl_lab_leave_engine (&lab, number > 0 ? CTL_OK : ctl_fail (error));
}

static const CtlCommand take_command = {
  .name = "checkpoint take",
  .arguments = "[FILE] [NAME]",
  .summary = N_ ("Keep the lab's state of this moment"),
  .details = N_ ("\nThe document and what every device has saved (its NVRAM, VLAN database and "
                 "files) are\ncopied; devices that run go on. What they have not saved is not in "
                 "it: see\n“labctl config save”.\n\n"
                 "  labctl checkpoint take campus.lab 'before OSPF'"),
  .run = run_take,
};

/* --- list --- */

static void
print_list (GPtrArray *list)
{
  const char *const columns[] = { _ ("NUMBER"), _ ("TAKEN"), _ ("DEVICES"), _ ("NAME"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "rlrl");

  for (guint i = 0; i < list->len; i++)
    {
      const LabCheckpoint *checkpoint = list->pdata[i];
      g_autofree char *time = ctl_config_time_text (checkpoint->time);

      ctl_table_add (table, CTL_BOLD, "%u", checkpoint->number);
      ctl_table_add (table, CTL_PLAIN, "%s", time);
      ctl_table_add (table, CTL_PLAIN, "%u", checkpoint->n_devices);
      ctl_table_add (table, checkpoint->automatic ? CTL_DIM : CTL_PLAIN, "%s", checkpoint->name);
    }
  ctl_table_print (table);
}

static void
print_json (GPtrArray *list)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    {
      const LabCheckpoint *checkpoint = list->pdata[i];

      json_builder_begin_object (builder);
      ctl_json_int (builder, "number", checkpoint->number);
      ctl_json_string (builder, "name", checkpoint->name);
      ctl_json_int (builder, "taken-at", checkpoint->time / G_USEC_PER_SEC);
      ctl_json_int (builder, "devices", checkpoint->n_devices);
      ctl_json_bool (builder, "automatic", checkpoint->automatic);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  ctl_print_json (builder);
}

static int
run_list (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean json = FALSE;
  GOptionEntry options[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("For programs"), NULL }, { NULL }
  };
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) list = NULL;
  GError *error = NULL;
  int code;

  if (!ctl_parse_options (&list_command, options, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &list_command, CTL_LAB_DOCUMENT, &argc, &argv);
  if (code != CTL_OK)
    return code;
  folder = ctl_lab_state (&lab);
  list = lab_checkpoint_list (folder, &error);
  if (list == NULL)
    return ctl_fail (error);
  if (json)
    print_json (list);
  else if (list->len > 0)
    print_list (list);
  else
    g_print (_ ("There are no checkpoints of this lab.\n"));
  return CTL_OK;
}

static const CtlCommand list_command = {
  .name = "checkpoint list",
  .arguments = "[FILE]",
  .summary = N_ ("List the lab's checkpoints"),
  .run = run_list,
};

/* --- diff --- */

static void
print_difference (const LabStateDifference *difference)
{
  g_autofree char *patch = NULL;

  g_print ("%s: %s\n", difference->node != NULL ? difference->node : _ ("The lab"),
           difference->text);
  if (difference->before == NULL)
    return;
  patch =
      lab_text_diff_unified (difference->before, strlen (difference->before), _ ("now"),
                             difference->after, strlen (difference->after), _ ("then"), CONTEXT);
  g_print ("%s", patch);
}

/* From @one (NULL: now) to @other. */
static GPtrArray *
compare (CtlLab *lab, LabCheckpoint *one, LabCheckpoint *other, GError **error)
{
  g_autofree char *folder = ctl_lab_state (lab);
  g_autofree char *before = one != NULL ? lab_checkpoint_read_document (one, error)
                                        : lab_file_to_string (lab->topology, NULL);
  g_autofree char *after = before != NULL ? lab_checkpoint_read_document (other, error) : NULL;

  if (after == NULL)
    return NULL;
  return lab_state_compare (before, one != NULL ? one->path : folder, after, other->path, error);
}

static int
run_diff (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_autoptr (LabCheckpoint) one = NULL;
  g_autoptr (LabCheckpoint) other = NULL;
  g_autoptr (GPtrArray) list = NULL;
  GError *error = NULL;
  guint first;
  guint second = 0;
  int code;

  if (!ctl_parse_options (&diff_command, NULL, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &diff_command, CTL_LAB_DOCUMENT, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (!parse_number (&diff_command, argc > 0 ? argv[0] : NULL, &first) ||
      (argc > 1 && !parse_number (&diff_command, argv[1], &second)))
    return CTL_USAGE;
  other = find (&lab, argc > 1 ? second : first);
  if (argc > 1 && other != NULL)
    one = find (&lab, first);
  if (other == NULL || (argc > 1 && one == NULL))
    return CTL_CANNOT;
  list = compare (&lab, one, other, &error);
  if (list == NULL)
    return ctl_fail (error);
  for (guint i = 0; i < list->len; i++)
    print_difference (list->pdata[i]);
  if (list->len == 0)
    g_print (_ ("There is no difference.\n"));
  return list->len == 0 ? CTL_OK : CTL_FAILED;
}

static const CtlCommand diff_command = {
  .name = "checkpoint diff",
  .arguments = "[FILE] NUMBER [NUMBER]",
  .summary = N_ ("Show what a checkpoint would change, or how two differ"),
  .details = N_ ("\nThe exit code is 0 if there is no difference, 1 if there is one."),
  .run = run_diff,
};

/* --- restore --- */

/* The document of the checkpoint, for this lab: a copy of a lab has the checkpoints of another. */
static LabTopology *
read_topology (CtlLab *lab, LabCheckpoint *checkpoint, GError **error)
{
  g_autofree char *document = lab_checkpoint_read_document (checkpoint, error);
  LabTopology *topology =
      document != NULL ? lab_file_parse (document, strlen (document), checkpoint->path, error)
                       : NULL;

  if (topology != NULL)
    lab_topology_set_uuid (topology, lab_topology_get_uuid (lab->topology));
  return topology;
}

/* The document first; if then the devices cannot follow, it goes back. */
static guint
go_back (CtlLab *lab, LabTopology *target, guint number, gboolean restart, GError **error)
{
  g_autofree char *before = lab_file_to_string (lab->topology, NULL);
  g_autofree char *after = lab_file_to_string (target, NULL);
  guint kept;

  if (!ctl_lab_have_engine (lab, error) || !ctl_wait_apply (lab->client, after, error))
    return 0;
  kept = ctl_wait_restore_checkpoint (lab->client, number, before, restart, error);
  if (kept > 0 && lab_file_save (target, lab->path, error))
    return kept;
  if (kept > 0)
    ctl_complain (
        _ ("What the devices keep went back, and the lab’s file did not; as it was before "
           "it is checkpoint %u."),
        kept);
  if (lab_client_is_open (lab->client))
    ctl_wait_apply (lab->client, before, NULL);
  return 0;
}

static int
run_restore (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean restart = FALSE;
  GOptionEntry options[] = { { "restart", 'r', 0, G_OPTION_ARG_NONE, &restart,
                               N_ ("Stop the devices that run, and start them again"), NULL },
                             { NULL } };
  g_autoptr (LabCheckpoint) checkpoint = NULL;
  g_autoptr (LabTopology) target = NULL;
  GError *error = NULL;
  guint number;
  guint kept;
  int code;

  if (!ctl_parse_options (&restore_command, options, &argc, &argv))
    return CTL_USAGE;
  code = ctl_config_open (&lab, &restore_command, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (!parse_number (&restore_command, argc > 0 ? argv[0] : NULL, &number))
    return CTL_USAGE;
  checkpoint = find (&lab, number);
  if (checkpoint == NULL)
    return CTL_CANNOT;
  target = read_topology (&lab, checkpoint, &error);
  kept = target != NULL ? go_back (&lab, target, number, restart, &error) : 0;
  if (kept > 0)
    g_print (_ ("The lab is as it was at “%s”; as it was before it is checkpoint %u.\n"),
             checkpoint->name, kept);
  return ctl_lab_leave_engine (&lab, kept > 0 ? CTL_OK : ctl_fail (error));
}

static const CtlCommand restore_command = {
  .name = "checkpoint restore",
  .arguments = "[FILE] NUMBER",
  .summary = N_ ("Go back to a checkpoint"),
  .details = N_ ("\nThe document and what devices keep become what they were. The state before is "
                 "a checkpoint\nof its own then, so that this can be undone; the last five of "
                 "these are kept."),
  .run = run_restore,
};

/* --- rename and remove --- */

static int
run_rename (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_autoptr (LabCheckpoint) checkpoint = NULL;
  GError *error = NULL;
  guint number;
  int code;

  if (!ctl_parse_options (&rename_command, NULL, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &rename_command, CTL_LAB_DOCUMENT, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (!parse_number (&rename_command, argc > 0 ? argv[0] : NULL, &number))
    return CTL_USAGE;
  if (argc != 2)
    return ctl_usage (&rename_command, _ ("Say the new name, in quotation marks."));
  checkpoint = find (&lab, number);
  if (checkpoint == NULL)
    return CTL_CANNOT;
  return lab_checkpoint_rename (checkpoint, argv[1], &error) ? CTL_OK : ctl_fail (error);
}

static const CtlCommand rename_command = {
  .name = "checkpoint rename",
  .arguments = "[FILE] NUMBER NAME",
  .summary = N_ ("Give a checkpoint another name"),
  .details = N_ ("\nOne that was taken by itself before a restore is kept for good then."),
  .run = run_rename,
};

static int
run_remove (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  GError *error = NULL;
  guint number;
  int code;

  if (!ctl_parse_options (&remove_command, NULL, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &remove_command, CTL_LAB_DOCUMENT, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc == 0)
    return ctl_usage (&remove_command, _ ("Which checkpoint?"));
  for (int i = 0; i < argc; i++)
    {
      g_autoptr (LabCheckpoint) checkpoint = NULL;

      if (!parse_number (&remove_command, argv[i], &number))
        return CTL_USAGE;
      checkpoint = find (&lab, number);
      if (checkpoint == NULL)
        return CTL_CANNOT;
      if (!lab_checkpoint_remove (checkpoint, &error))
        return ctl_fail (error);
    }
  return CTL_OK;
}

static const CtlCommand remove_command = {
  .name = "checkpoint remove",
  .arguments = "[FILE] NUMBER…",
  .summary = N_ ("Remove checkpoints for good"),
  .run = run_remove,
};

/* --- the command --- */

static int
run_checkpoint (int argc, char **argv)
{
  const CtlFamily family = {
    .command = &ctl_checkpoint_command,
    .subcommands = subcommands,
    .n_subcommands = G_N_ELEMENTS (subcommands),
    .usage = _ ("Usage: labctl checkpoint SUBCOMMAND [OPTION…] [FILE] …\n\n"
                "The state of a whole lab at a moment, and back to it.\n\nSubcommands:\n"),
    .question = _ ("What shall be done with checkpoints?"),
    .lab_first = TRUE,
  };

  return ctl_family_run (&family, argc, argv);
}

const CtlCommand ctl_checkpoint_command = {
  .name = "checkpoint",
  .arguments = "SUBCOMMAND [FILE] …",
  .summary = N_ ("Keep the state of the whole lab, and go back to it"),
  .details = N_ ("\nExamples:\n"
                 "  labctl checkpoint take campus.lab 'before OSPF'\n"
                 "  labctl checkpoint diff campus.lab 1            what going back would change\n"
                 "  labctl checkpoint restore campus.lab 1 --restart\n"
                 "  labctl checkpoint SUBCOMMAND --help            all about a subcommand"),
  .run = run_checkpoint,
};

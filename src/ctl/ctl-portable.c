/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl pack and unpack: a lab with all that its devices keep, as one file to share. Only files
 * are read and written, so no engine is needed. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ctl-lab.h"
#include "lab-client-paths.h"
#include "lab-portable.h"

static char *
with_suffix (const char *path, const char *old_suffix, const char *new_suffix)
{
  gsize length = strlen (path);

  if (g_str_has_suffix (path, old_suffix))
    length -= strlen (old_suffix);
  return g_strdup_printf ("%.*s%s", (int) length, path, new_suffix);
}

/* --- pack --- */

typedef struct
{
  char *output;
  char **captures;
  gboolean history;
  gboolean checkpoints;
  gboolean force;
} Pack;

static int
pack (CtlLab *lab, const Pack *options)
{
  g_autofree char *path = options->output != NULL
                              ? g_strdup (options->output)
                              : with_suffix (lab->path, ".lab", LAB_PORTABLE_SUFFIX);
  g_autofree char *folder = ctl_lab_state (lab);
  g_autofree char *document = lab_file_to_string (lab->topology, NULL);
  g_autoptr (GPtrArray) captures = g_ptr_array_new ();
  LabPortableFlags flags = LAB_PORTABLE_PLAIN;
  GError *error = NULL;

  for (char **capture = options->captures; capture != NULL && *capture != NULL; capture++)
    g_ptr_array_add (captures, *capture);
  if (options->history)
    flags |= LAB_PORTABLE_HISTORY;
  if (options->checkpoints)
    flags |= LAB_PORTABLE_CHECKPOINTS;
  if (!options->force && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      ctl_complain (_ ("There is a file %s already; add --force to replace it."), path);
      return CTL_CANNOT;
    }
  if (!lab_portable_write (path, document, folder, flags, captures, &error))
    return ctl_fail (error);
  g_print ("%s\n", path);
  return CTL_OK;
}

static int
run_pack (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_autofree char *output = NULL;
  g_auto (GStrv) captures = NULL;
  Pack pack_options = { 0 };
  GOptionEntry options[] = { { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
                               N_ ("Write to this file"), N_ ("FILE.labz") },
                             { "history", 0, 0, G_OPTION_ARG_NONE, &pack_options.history,
                               N_ ("With earlier configurations"), NULL },
                             { "checkpoints", 0, 0, G_OPTION_ARG_NONE, &pack_options.checkpoints,
                               N_ ("With the lab's checkpoints"), NULL },
                             { "capture", 'c', 0, G_OPTION_ARG_FILENAME_ARRAY, &captures,
                               N_ ("With this capture; may be given again"), N_ ("FILE") },
                             { "force", 'f', 0, G_OPTION_ARG_NONE, &pack_options.force,
                               N_ ("Replace a file that is there"), NULL },
                             { NULL } };
  int code;

  if (!ctl_parse_options (&ctl_pack_command, options, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_pack_command, CTL_LAB_DOCUMENT, &argc, &argv);
  if (code != CTL_OK)
    return code;
  pack_options.output = output;
  pack_options.captures = captures;
  return pack (&lab, &pack_options);
}

const CtlCommand ctl_pack_command = {
  .name = "pack",
  .arguments = "[FILE]",
  .summary = N_ ("Write the lab with all its devices keep into one file to share"),
  .details = N_ (
      "\nThe file, NAME.labz, is a zip archive. It holds the document and what the devices have\n"
      "saved; never an image, never a licence file. A lab whose devices have saved nothing needs\n"
      "no more than its .lab file.\n\n"
      "  labctl pack campus.lab --checkpoints"),
  .run = run_pack,
};

/* --- unpack --- */

static void
print_about (const LabPortable *about)
{
  g_autofree char *size = g_format_size (about->n_bytes);

  g_print (_ ("Lab:             %s\n"), about->name);
  g_print (_ ("Nodes:           %u, of which %u have saved something\n"), about->n_nodes,
           about->n_devices);
  g_print (_ ("Earlier configs: %u\n"), about->n_configs);
  g_print (_ ("Checkpoints:     %u\n"), about->n_checkpoints);
  g_print (_ ("Captures:        %u\n"), about->n_captures);
  g_print (_ ("Unpacked size:   %s\n"), size);
  for (guint i = 0; i < about->left_out->len; i++)
    g_print (_ ("Left out:        %s\n"), (const char *) about->left_out->pdata[i]);
}

static int
unpack (const char *path, const char *lab_path)
{
  g_autofree char *state = lab_client_state_dir ();
  g_autofree char *captures = NULL;
  GError *error = NULL;
  g_autofree char *uuid = lab_portable_open (path, lab_path, state, &captures, &error);

  if (uuid == NULL)
    return ctl_fail (error);
  g_print ("%s\n", lab_path);
  if (captures != NULL)
    g_print ("%s\n", captures);
  return CTL_OK;
}

static int
run_unpack (int argc, char **argv)
{
  gboolean list = FALSE;
  GOptionEntry options[] = {
    { "list", 'l', 0, G_OPTION_ARG_NONE, &list, N_ ("Only show what is inside"), NULL }, { NULL }
  };
  g_autoptr (LabPortable) about = NULL;
  g_autofree char *base = NULL;
  g_autofree char *lab_path = NULL;
  GError *error = NULL;

  if (!ctl_parse_options (&ctl_unpack_command, options, &argc, &argv))
    return CTL_USAGE;
  if (argc < 1 || argc > 2 || (list && argc > 1))
    return ctl_usage (&ctl_unpack_command, _ ("Say the portable lab, and where its lab shall be."));
  about = lab_portable_look (argv[0], &error);
  if (about == NULL)
    return ctl_fail (error);
  print_about (about);
  if (list)
    return CTL_OK;
  base = g_path_get_basename (argv[0]);
  lab_path = argc > 1 ? g_strdup (argv[1]) : with_suffix (base, LAB_PORTABLE_SUFFIX, ".lab");
  return unpack (argv[0], lab_path);
}

const CtlCommand ctl_unpack_command = {
  .name = "unpack",
  .arguments = "FILE.labz [NEW.lab]",
  .summary = N_ ("Make a lab of a file that “labctl pack” wrote"),
  .details = N_ (
      "\nWhat is inside is shown first. Without NEW.lab the lab is put into the current folder.\n"
      "Where this machine knows the lab already, the new one is a copy with an identity of its "
      "own:\n"
      "nothing that is here is overwritten."),
  .run = run_unpack,
};

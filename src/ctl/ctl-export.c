/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl export: the picture of a lab, and the configurations its devices saved. */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "ctl-lab.h"
#include "ctl-svg.h"
#include "ctl-wait.h"
#include "lab-config-folder.h"

typedef struct
{
  char *svg;
  char *config;
  char *configs;
} ExportOptions;

/* "-" is standard output. */
static gboolean
write_text (const char *path, const char *text, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (g_str_equal (path, "-"))
    {
      if (fputs (text, stdout) != EOF && fflush (stdout) == 0)
        return TRUE;
      g_set_error (error, LAB_ERROR, LAB_ERROR_IO, _ ("Standard output cannot be written: %s."),
                   g_strerror (errno));
      return FALSE;
    }
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, &local_error))
    return TRUE;
  g_set_error (error, LAB_ERROR, LAB_ERROR_IO, "%s", local_error->message);
  return FALSE;
}

static int
export_svg (CtlLab *lab, const char *path)
{
  g_autofree char *svg = ctl_svg_draw (lab->topology);
  GError *error = NULL;

  return write_text (path, svg, &error) ? CTL_OK : ctl_fail (error);
}

static int
export_config (CtlLab *lab, const char *node)
{
  GError *error = NULL;
  g_autofree char *text = ctl_wait_config (lab->client, node, &error);

  if (text == NULL || !write_text ("-", text, &error))
    return ctl_fail (error);
  return CTL_OK;
}

static int
export_configs (CtlLab *lab, const char *folder)
{
  GListModel *nodes = lab_client_get_nodes (lab->client);
  guint n = 0;

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      ctl_complain (_ ("The folder “%s” cannot be made: %s."), folder, g_strerror (errno));
      return CTL_CANNOT;
    }
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabClientNode) node = g_list_model_get_item (nodes, i);
      const char *name = lab_client_node_get_name (node);
      g_autofree char *path = lab_config_folder_path (folder, name);
      g_autofree char *text = NULL;
      GError *error = NULL;

      if (!lab_client_node_get_saved_config (node))
        continue;
      text = ctl_wait_config (lab->client, name, &error);
      if (text == NULL || !write_text (path, text, &error))
        return ctl_fail (error);
      n++;
    }
  g_printerr (g_dngettext (GETTEXT_PACKAGE, "%u configuration saved in “%s”.\n",
                           "%u configurations saved in “%s”.\n", n),
              n, folder);
  return CTL_OK;
}

/* Configurations come from the engine. If none runs, one is started for the question; it starts no
 * device. */
static int
export_from_engine (CtlLab *lab, const ExportOptions *options)
{
  GError *error = NULL;
  int code = ctl_lab_have_engine (lab, &error) ? CTL_OK : ctl_fail (error);

  if (code == CTL_OK && options->config != NULL)
    code = export_config (lab, options->config);
  if (code == CTL_OK && options->configs != NULL)
    code = export_configs (lab, options->configs);
  return ctl_lab_leave_engine (lab, code);
}

static int
export_lab (const ExportOptions *options, int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean from_engine = options->config != NULL || options->configs != NULL;
  CtlLabFlags flags = CTL_LAB_DOCUMENT | (from_engine ? CTL_LAB_IF_RUNNING : 0);
  char *names[] = { options->config, NULL };
  int code = ctl_lab_open (&lab, &ctl_export_command, flags, &argc, &argv);

  if (code != CTL_OK)
    return code;
  if (argc > 0)
    return ctl_usage (&ctl_export_command, _ ("“%s” is too much."), argv[0]);
  if (!ctl_lab_knows (&lab, names))
    return CTL_CANNOT;
  if (options->svg != NULL)
    code = export_svg (&lab, options->svg);
  if (code == CTL_OK && from_engine)
    code = export_from_engine (&lab, options);
  return code;
}

static int
run_export (int argc, char **argv)
{
  ExportOptions options = { 0 };
  int code;
  GOptionEntry entries[] = {
    { "svg", 0, 0, G_OPTION_ARG_FILENAME, &options.svg,
      N_ ("Draw the topology (- is standard output)"), N_ ("OUT.svg") },
    { "config", 0, 0, G_OPTION_ARG_STRING, &options.config,
      N_ ("Print the configuration that a device saved"), N_ ("NODE") },
    { "configs", 0, 0, G_OPTION_ARG_FILENAME, &options.configs,
      N_ ("Save every saved configuration in a folder"), N_ ("FOLDER") },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_export_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (options.svg == NULL && options.config == NULL && options.configs == NULL)
    code = ctl_usage (&ctl_export_command, _ ("One of --svg, --config and --configs is needed."));
  else
    code = export_lab (&options, argc, argv);
  g_free (options.svg);
  g_free (options.config);
  g_free (options.configs);
  return code;
}

const CtlCommand ctl_export_command = {
  .name = "export",
  .arguments = "[FILE]",
  .summary = N_ ("Draw a lab, or fetch saved configurations"),
  .details = N_ ("Configurations are those in the devices’ NVRAM, as text, of a lab that runs or "
                 "not.\n\n"
                 "Examples:\n"
                 "  labctl export campus.lab --svg campus.svg\n"
                 "  labctl export campus.lab --config R1\n"
                 "  labctl export campus.lab --configs saved/"),
  .run = run_export,
};

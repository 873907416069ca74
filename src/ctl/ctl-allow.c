/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl allow: what a lab may do beyond its own devices. */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-lab.h"
#include "ctl-wait.h"
#include "lab-rights.h"

/* An engine that runs reads the rights when something is started. It says of itself what it
 * refuses, so an error is no news here. */
static void
tell_engine (CtlLab *lab)
{
  GListModel *nodes = lab_topology_get_nodes (lab->topology);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  if (lab->client == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      if (lab_rights_of_node (node) != 0)
        g_ptr_array_add (names, g_strdup (lab_node_get_name (node)));
    }
  if (names->len == 0)
    return;
  g_ptr_array_add (names, NULL);
  ctl_wait_control (lab->client, LAB_CLIENT_START, (const char *const *) names->pdata, &error);
}

static void
print_rights (CtlLab *lab, LabRights rights)
{
  if (rights == 0)
    g_print (_ ("%s may not reach out of itself.\n"), lab->path);
  else
    g_print (_ ("%s may now reach out of itself:\n"), lab->path);
  for (LabRights right = LAB_RIGHT_NETWORK; right <= LAB_RIGHT_TUNNEL; right <<= 1)
    if (rights & right)
      g_print ("  %s\n", lab_rights_describe (right));
}

static int
run_allow (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean none = FALSE;
  LabRights rights;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "none", 0, 0, G_OPTION_ARG_NONE, &none, N_ ("Take everything back"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_allow_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_allow_command,
                       CTL_LAB_DOCUMENT | CTL_LAB_IF_RUNNING | CTL_LAB_EXPLICIT, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc > 0)
    return ctl_usage (&ctl_allow_command, _ ("“%s” is too much."), argv[0]);

  rights = none ? 0 : lab_rights_of_topology (lab.topology);
  if (!none && rights == 0)
    {
      g_print (_ ("%s asks for nothing that must be allowed.\n"), lab.path);
      return CTL_OK;
    }
  if (!lab_rights_save (lab_topology_get_uuid (lab.topology), rights, &error))
    return ctl_fail (error);
  print_rights (&lab, rights);
  tell_engine (&lab);
  return CTL_OK;
}

const CtlCommand ctl_allow_command = {
  .name = "allow",
  .arguments = "FILE",
  .summary = N_ ("Let a lab reach out of itself"),
  .details =
      N_ ("A lab may come from anybody, so its NAT and its host interfaces are off until you "
          "allow them.\nWhat the lab asks for now is what it gets; it is said in words.\n\n"
          "Examples:\n"
          "  labctl allow home.lab\n"
          "  labctl allow --none home.lab     take it back"),
  .run = run_allow,
};

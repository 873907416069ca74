/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words for the shells' completions. */

#include "config.h"

#include "ctl-command.h"
#include "ctl-complete.h"
#include "ctl-lab.h"
#include "ctl-wait.h"
#include "lab-client-running.h"
#include "lab-library.h"

/* Every lab that may be meant: the one named, else those that run. */
static GPtrArray *
labs_meant (int argc, char **argv)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  const char *from_environment = g_getenv ("LABWRIGHT_LAB");
  g_auto (GStrv) uuids = NULL;

  if (argc > 0 && ctl_word_is_lab (argv[0]))
    g_ptr_array_add (paths, g_strdup (argv[0]));
  else if (from_environment != NULL && *from_environment != '\0')
    g_ptr_array_add (paths, g_strdup (from_environment));
  if (paths->len > 0)
    return paths;

  uuids = lab_client_list_running ();
  for (guint i = 0; uuids[i] != NULL; i++)
    {
      g_autoptr (LabClient) client = lab_client_new (uuids[i], NULL);

      if (ctl_wait_open (client, LAB_CLIENT_OPEN_NONE, NULL))
        g_ptr_array_add (paths, g_strdup (lab_client_get_engine_path (client)));
    }
  return paths;
}

static void
print_node (LabNode *node, gboolean ports)
{
  LabPort port;

  if (!ports)
    g_print ("%s\n", lab_node_get_name (node));
  for (guint i = 0; ports && lab_node_get_port (node, i, &port); i++)
    g_print ("%s:%s\n", lab_node_get_name (node), port.name);
}

static int
complete_images (void)
{
  g_autoptr (LabLibrary) library = lab_library_load (NULL);
  g_autoptr (GPtrArray) records =
      library != NULL ? lab_library_list (library, LAB_LIBRARY_LOOK, NULL) : NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    g_print ("%s\n", ((LabImageRecord *) g_ptr_array_index (records, i))->name);
  return CTL_OK;
}

int
ctl_complete (int argc, char **argv)
{
  g_autoptr (GPtrArray) paths = NULL;
  gboolean ports;

  if (argc < 1)
    return CTL_USAGE;
  if (g_str_equal (argv[0], "images"))
    return complete_images ();
  ports = g_str_equal (argv[0], "ports");
  paths = labs_meant (argc - 1, argv + 1);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (LabTopology) topology = NULL;
      GListModel *nodes;

      if (g_str_equal (argv[0], "running"))
        {
          g_print ("%s\n", (const char *) g_ptr_array_index (paths, i));
          continue;
        }
      topology = lab_file_load (g_ptr_array_index (paths, i), NULL);
      nodes = topology != NULL ? lab_topology_get_nodes (topology) : NULL;
      for (guint j = 0; nodes != NULL && j < g_list_model_get_n_items (nodes); j++)
        {
          g_autoptr (LabNode) node = g_list_model_get_item (nodes, j);

          print_node (node, ports);
        }
    }
  return CTL_OK;
}

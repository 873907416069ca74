/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Labs to measure the canvas with. */

#include "canvas-lab.h"

#include <math.h>

#include "lab-file.h"
#include "lab-runtime.h"

#define SPACING 120

static guint
n_columns (guint n_nodes)
{
  return (guint) ceil (sqrt (n_nodes * 1.6));
}

static void
add_nodes (GString *text, guint n_nodes)
{
  guint columns = n_columns (n_nodes);

  for (guint i = 0; i < n_nodes; i++)
    {
      g_string_append_printf (text, "%s{\"name\":\"N%u\",\"id\":%u,\"x\":%u,\"y\":%u,",
                              i > 0 ? "," : "", i, i + 1, i % columns * SPACING,
                              i / columns * SPACING);
      if (i % 4 == 0)
        g_string_append (text,
                         "\"kind\":\"switch\",\"ports\":["
                         "{\"mode\":\"access\",\"vlan\":1},{\"mode\":\"access\",\"vlan\":1},"
                         "{\"mode\":\"access\",\"vlan\":1},{\"mode\":\"access\",\"vlan\":1}]}");
      else
        g_string_append (text, "\"kind\":\"iou\",\"image\":{\"name\":\"router.bin\"},"
                               "\"ethernet\":1,\"serial\":0}");
    }
}

/* Ports 0 and 1 lead right and down, 2 and 3 come from the left and from above. */
static void
add_link (GString *text, guint from, guint to, guint port)
{
  const char *a = from % 4 == 0 ? "e" : "e0/";
  const char *b = to % 4 == 0 ? "e" : "e0/";

  g_string_append_printf (text,
                          "%s{\"a\":{\"node\":\"N%u\",\"port\":\"%s%u\"},"
                          "\"b\":{\"node\":\"N%u\",\"port\":\"%s%u\"}}",
                          g_str_has_suffix (text->str, "[") ? "" : ",", from, a, port, to, b,
                          port + 2);
}

LabTopology *
canvas_lab_new (guint n_nodes)
{
  g_autoptr (GString) text = g_string_new ("{\"format\":\"labwright\",\"version\":1,"
                                           "\"uuid\":\"6c0a7f1e-3b52-4d0e-9a51-7d1f0c2b8e99\","
                                           "\"name\":\"Bench\",\"nodes\":[");
  g_autoptr (GError) error = NULL;
  guint columns = n_columns (n_nodes);
  LabTopology *topology;

  add_nodes (text, n_nodes);
  g_string_append (text, "],\"links\":[");
  for (guint i = 0; i < n_nodes; i++)
    {
      if (i % columns + 1 < columns && i + 1 < n_nodes)
        add_link (text, i, i + 1, 0);
      if (i + columns < n_nodes)
        add_link (text, i, i + columns, 1);
    }
  g_string_append (text, "]}");
  topology = lab_file_parse (text->str, text->len, "bench", &error);
  if (topology == NULL)
    g_error ("%s", error->message);

  return topology;
}

void
canvas_lab_toggle (LabTopology *topology, guint first, guint n_nodes, guint turn)
{
  static const LabRunState states[] = { LAB_RUN_READY, LAB_RUN_BOOTING, LAB_RUN_STOPPED,
                                        LAB_RUN_CRASHED, LAB_RUN_FROZEN };
  GListModel *nodes = lab_topology_get_nodes (topology);
  guint n = g_list_model_get_n_items (nodes);

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, (first + i) % n);

      lab_node_set_run (node, states[(first + i + turn) % G_N_ELEMENTS (states)], NULL, FALSE);
    }
}

void
canvas_lab_run (LabTopology *topology, guint turn)
{
  GListModel *links = lab_topology_get_links (topology);
  LabLinkRun run = { .line = { LAB_LINE_UP, LAB_LINE_UP } };

  canvas_lab_toggle (topology, 0, g_list_model_get_n_items (lab_topology_get_nodes (topology)),
                     turn);
  for (guint i = 0; i < g_list_model_get_n_items (links); i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);

      run.line[1] = i % 7 == 0 ? LAB_LINE_DOWN : LAB_LINE_UP;
      lab_link_set_run (link, &run);
    }
}

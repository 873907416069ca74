/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Symbols of devices: the SVG files of data/symbols/, which the window has, too. Each that a lab
 * needs is defined once at the top of the picture and used by its nodes. */

#include "config.h"

#include <string.h>

#include "ctl-svg-private.h"
#include "lab-symbol-resources.h"
#include "lab-symbol.h"

#define RESOURCE_PATH "/io/github/labwright/Labwright/symbols/"

/* One of ours always: other people's drawings are not taken into a picture. */
static const char *
symbol_of (LabNode *node)
{
  const char *own = lab_node_get_symbol (node);
  const char *name = own != NULL ? lab_symbol_guess (own) : NULL;
  LabNodeKind kind = lab_node_get_kind (node);

  if (name != NULL)
    return name;
  return lab_symbol_for_kind (kind, kind == LAB_NODE_IOU ? lab_node_get_image_name (node) : NULL);
}

/* What stands between <svg …> and </svg>. Our own files, so no more care than that. */
static void
append_shapes (GString *svg, const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_PATH, name, ".svg", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (lab_symbols_data_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  const char *text;
  const char *start;
  const char *end;

  g_assert_no_error (error);
  text = g_bytes_get_data (bytes, NULL);
  start = strstr (text, "<svg");
  start = strchr (start, '>') + 1;
  end = strstr (start, "</svg>");
  g_string_append_len (svg, start, end - start);
}

void
svg_symbols_define (GString *svg, LabTopology *topology)
{
  g_autoptr (GHashTable) defined = g_hash_table_new (g_str_hash, g_str_equal);
  GListModel *nodes = lab_topology_get_nodes (topology);

  g_string_append (svg, "<defs>\n");
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);
      const char *name = symbol_of (node);

      if (!g_hash_table_add (defined, (gpointer) name))
        continue;
      svg_append (svg, "<g id='symbol-%s'>", name);
      append_shapes (svg, name);
      g_string_append (svg, "</g>\n");
    }
  g_string_append (svg, "</defs>\n");
}

void
svg_symbol_append (GString *svg, LabNode *node)
{
  svg_append (svg, "<use xlink:href='#symbol-%s' x='%g' y='%g'/>\n", symbol_of (node),
              lab_node_get_x (node) - LAB_SYMBOL_GRID / 2.0,
              lab_node_get_y (node) - LAB_SYMBOL_GRID / 2.0);
}

void
svg_symbol_extent (LabNode *node, double *half_width, double *half_height)
{
  lab_symbol_get_size (symbol_of (node), half_width, half_height);
}

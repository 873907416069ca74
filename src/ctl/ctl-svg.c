/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A lab as an SVG picture: drawings behind, links, drawings before, nodes, labels. Everything that
 * has one place only (symbols, names, links) is known to the placer before the port labels, which
 * have a choice, find theirs. */

#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "ctl-svg-private.h"
#include "ctl-svg.h"
#include "lab-impair.h"
#include "lab-link-geometry.h"

#define MARGIN    24.0
#define NAME_SIZE 13.0
#define PORT_SIZE 10.5
/* A port label beside a line that turns does not follow it further. */
#define BENT_REACH 40.0

typedef struct
{
  LabLink *link;
  LabNode *nodes[2];
  guint position[2]; /* of the nodes, in the document */
  LabLinkPlace place;
  LabLinkGeometry line;
} Wire;

typedef struct
{
  LabTopology *topology;
  GArray *wires;
  SvgPlacer *placer;
  SvgBox bounds;
  GString *links;
  GString *nodes;
  GString *labels;
} Scene;

static char *
pair_key (const Wire *wire)
{
  guint a = wire->position[0];
  guint b = wire->position[1];

  return g_strdup_printf ("%u-%u", MIN (a, b), MAX (a, b));
}

/* Links that join the same two nodes run side by side, as in the window. */
static void
spread_wires (Scene *scene)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < scene->wires->len; i++)
    {
      Wire *wire = &g_array_index (scene->wires, Wire, i);
      char *key = pair_key (wire);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

      wire->place.lane = count;
      g_hash_table_replace (counts, key, GUINT_TO_POINTER (count + 1));
    }
  for (guint i = 0; i < scene->wires->len; i++)
    {
      Wire *wire = &g_array_index (scene->wires, Wire, i);
      g_autofree char *key = pair_key (wire);

      wire->place.n_lanes = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));
      lab_link_geometry_compute (&wire->line, &wire->place);
    }
}

static gboolean
is_serial (const Wire *wire)
{
  LabPort port;

  return lab_node_find_port (wire->nodes[0], lab_link_get_port_name (wire->link, 0), &port) &&
         port.kind == LAB_PORT_SERIAL;
}

static void
place_wire (Scene *scene, Wire *wire)
{
  LabLinkPlace *place = &wire->place;

  for (guint end = 0; end < 2; end++)
    {
      place->centre[end] =
          (LabPoint){ lab_node_get_x (wire->nodes[end]), lab_node_get_y (wire->nodes[end]) };
      svg_symbol_extent (wire->nodes[end], &place->half_width[end], &place->half_height[end]);
    }
  if (!lab_link_get_shape (wire->link, &place->shape))
    place->shape = lab_topology_get_link_shape (scene->topology);
  place->bend = lab_link_get_bend (wire->link);
  place->turned = wire->position[0] > wire->position[1];
  place->serial = is_serial (wire);
}

static void
collect_wires (Scene *scene)
{
  GListModel *links = lab_topology_get_links (scene->topology);
  GListModel *nodes = lab_topology_get_nodes (scene->topology);
  g_autoptr (GHashTable) positions = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      g_hash_table_insert (positions, node, GUINT_TO_POINTER (i));
    }
  for (guint i = 0; i < g_list_model_get_n_items (links); i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);
      Wire wire = { .link = link };

      for (guint end = 0; end < 2; end++)
        {
          LabNode *node =
              lab_topology_find_node (scene->topology, lab_link_get_node_name (link, end));

          wire.nodes[end] = node;
          wire.position[end] = GPOINTER_TO_UINT (g_hash_table_lookup (positions, node));
        }
      if (wire.nodes[0] == NULL || wire.nodes[1] == NULL)
        continue;
      place_wire (scene, &wire);
      g_array_append_val (scene->wires, wire);
    }
  spread_wires (scene);
}

/* Nearer to where the frames come from that something is done to: a disc with an arrowhead, and
 * what it is, for who points at it. */
static void
draw_impair_mark (Scene *scene, const Wire *wire, guint end)
{
  g_autofree char *what = lab_link_describe_impairment (wire->link, end);
  g_autofree char *escaped = what != NULL ? svg_escape (what) : NULL;
  double share = end == 0 ? 0.36 : 0.64;
  LabPoint way;
  LabPoint at = lab_link_geometry_get_point (&wire->line, wire->line.length * share, &way);
  double angle = atan2 (way.y, way.x) * 180 / G_PI;

  if (what == NULL)
    return;
  svg_append (scene->links,
              "<g transform='translate(%g %g) rotate(%g)'><title>%s</title>"
              "<circle r='7' fill='#c64600' stroke='#fff' stroke-width='1.5'/>"
              "<path d='M-1.8-3.5 2.5 0-1.8 3.5' fill='none' stroke='#fff' stroke-width='2' "
              "stroke-linecap='round'/></g>\n",
              at.x, at.y, end == 0 ? angle : angle + 180, escaped);
  svg_placer_add_box (scene->placer, svg_box_around (at.x, at.y, 16, 16));
}

static const char *
dash_of (LabLink *link)
{
  const char *dash = lab_link_get_dash (link);

  if (!lab_link_get_plugged (link) || g_str_equal (dash, "dash"))
    return " stroke-dasharray='6 5'";
  return g_str_equal (dash, "dot") ? " stroke-dasharray='2 4'" : "";
}

static void
draw_wire (Scene *scene, const Wire *wire)
{
  const char *own = lab_link_get_colour (wire->link);
  const char *colour = own != NULL ? own : is_serial (wire) ? "#b3541e" : "#5b6a79";
  double width = lab_link_get_width (wire->link) + (lab_link_get_plugged (wire->link) ? 0.5 : 0);
  const LabLinkGeometry *line = &wire->line;

  /* The symbols cover each other. */
  if (line->n_points == 0)
    return;
  svg_append (scene->links, "<polyline points='");
  for (guint i = 0; i < line->n_points; i++)
    svg_append (scene->links, "%s%g,%g", i > 0 ? " " : "", line->points[i].x, line->points[i].y);
  svg_append (scene->links,
              "' fill='none' stroke='%s' stroke-width='%g' stroke-linejoin='round'%s/>\n", colour,
              width, dash_of (wire->link));
  for (guint i = 1; i < line->n_points; i++)
    svg_placer_add_line (scene->placer, line->points[i - 1].x, line->points[i - 1].y,
                         line->points[i].x, line->points[i].y);
  svg_box_add (&scene->bounds,
               (SvgBox){ line->bounds.x0, line->bounds.y0, line->bounds.x1, line->bounds.y1 });
  for (guint end = 0; end < 2; end++)
    draw_impair_mark (scene, wire, end);
}

/* A label with a light seam around the letters, so that lines beneath do not run into them. Twice
 * the text, because not every reader of SVG knows "paint-order". */
static void
draw_label (
    Scene *scene, SvgBox box, const char *text, double size, const char *weight, const char *colour)
{
  g_autofree char *escaped = svg_escape (text);
  double x = (box.x0 + box.x1) / 2;
  double y = (box.y0 + box.y1) / 2 + size * 0.36;

  svg_append (scene->labels,
              "<g text-anchor='middle' font-size='%g' font-weight='%s'>"
              "<text x='%g' y='%g' fill='#fff' stroke='#fff' stroke-width='4' "
              "stroke-linejoin='round' opacity='.92'>%s</text>"
              "<text x='%g' y='%g' fill='%s'>%s</text></g>\n",
              size, weight, x, y, escaped, x, y, colour, escaped);
  svg_box_add (&scene->bounds, box);
}

static void
draw_node (Scene *scene, LabNode *node)
{
  double x = lab_node_get_x (node);
  double y = lab_node_get_y (node);
  const char *name = lab_node_get_name (node);
  double half_width;
  double half_height;
  SvgBox symbol;
  SvgBox label;

  svg_symbol_extent (node, &half_width, &half_height);
  symbol = svg_box_around (x, y, 2 * half_width, 2 * half_height);
  label = svg_box_around (x, y + half_height + 13, svg_text_width (name, NAME_SIZE) * 1.08 + 8,
                          NAME_SIZE + 5);
  svg_symbol_append (scene->nodes, node);
  svg_box_add (&scene->bounds, symbol);
  draw_label (scene, label, name, NAME_SIZE, "600", "#1d2630");
  svg_placer_add_box (scene->placer, symbol);
  svg_placer_add_box (scene->placer, label);
}

static gboolean
is_straight (const Wire *wire)
{
  return wire->place.shape == LAB_LINK_STRAIGHT && wire->place.bend == 0 &&
         wire->nodes[0] != wire->nodes[1];
}

/* What the user wrote on the link. */
static void
label_middle (Scene *scene, const Wire *wire)
{
  const char *text = lab_link_get_label (wire->link);
  LabPoint at = wire->line.middle;
  SvgBox box;

  if (text == NULL || *text == '\0' || wire->line.n_points == 0)
    return;
  box = svg_box_around (at.x, at.y, svg_text_width (text, PORT_SIZE) + 4, PORT_SIZE + 4);
  draw_label (scene, box, text, PORT_SIZE, "600", "#1d2630");
  svg_placer_add_box (scene->placer, box);
}

static void
label_end (Scene *scene, const Wire *wire, guint end)
{
  const char *text = lab_link_get_port_name (wire->link, end);
  LabPoint way = { end == 0 ? -0.6 : 0.6, -0.8 };
  LabPoint from = wire->place.centre[end];
  double to = BENT_REACH;
  SvgBox box;

  if (lab_link_get_port_label_hidden (wire->link, end))
    return;
  if (wire->line.n_points > 0)
    {
      from = lab_link_geometry_get_end (&wire->line, end, 0, &way);
      to = is_straight (wire) ? wire->line.length / 2 : MIN (wire->line.length / 2, BENT_REACH);
    }
  box = svg_placer_place (scene->placer, from.x, from.y, way.x, way.y, 0, to,
                          svg_text_width (text, PORT_SIZE) + 4, PORT_SIZE + 2);
  draw_label (scene, box, text, PORT_SIZE, "400", "#4a5663");
}

static void
draw_drawings (Scene *scene, GString *svg, gboolean behind)
{
  GListModel *drawings = lab_topology_get_drawings (scene->topology);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (drawings); i++)
    {
      g_autoptr (LabDrawing) drawing = g_list_model_get_item (drawings, i);
      guint place = sorted->len;

      if ((lab_drawing_get_layer (drawing) < 0) != behind)
        continue;
      /* By layer; those of one layer in the order of the document. */
      while (place > 0 && lab_drawing_get_layer (g_ptr_array_index (sorted, place - 1)) >
                              lab_drawing_get_layer (drawing))
        place--;
      g_ptr_array_insert (sorted, (int) place, g_steal_pointer (&drawing));
    }
  for (guint i = 0; i < sorted->len; i++)
    {
      LabDrawing *drawing = g_ptr_array_index (sorted, i);
      SvgBox box = svg_drawing_box (drawing);

      svg_drawing_append (svg, drawing);
      svg_box_add (&scene->bounds, box);
      if (lab_drawing_get_kind (drawing) == LAB_DRAWING_TEXT)
        svg_placer_add_box (scene->placer, box);
    }
}

static char *
assemble (Scene *scene, const char *behind, const char *before)
{
  g_autoptr (GString) svg = g_string_new (NULL);
  g_autofree char *title = svg_escape (lab_topology_get_name (scene->topology));
  SvgBox box = scene->bounds;

  if (box.x1 < box.x0)
    box = svg_box_around (0, 0, 160, 80);
  box.x0 = floor (box.x0 - MARGIN);
  box.y0 = floor (box.y0 - MARGIN);
  box.x1 = ceil (box.x1 + MARGIN);
  box.y1 = ceil (box.y1 + MARGIN);
  svg_append (svg,
              "<?xml version='1.0' encoding='UTF-8'?>\n"
              "<svg xmlns='http://www.w3.org/2000/svg' "
              "xmlns:xlink='http://www.w3.org/1999/xlink' width='%g' height='%g' "
              "viewBox='%g %g %g %g' font-family='Cantarell, \"DejaVu Sans\", sans-serif'>\n"
              "<title>%s</title>\n"
              "<rect x='%g' y='%g' width='%g' height='%g' fill='#fff'/>\n",
              box.x1 - box.x0, box.y1 - box.y0, box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0,
              title, box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0);
  svg_symbols_define (svg, scene->topology);
  g_string_append (svg, behind);
  g_string_append (svg, scene->links->str);
  g_string_append (svg, before);
  g_string_append (svg, scene->nodes->str);
  g_string_append (svg, scene->labels->str);
  g_string_append (svg, "</svg>\n");
  return g_string_free (g_steal_pointer (&svg), FALSE);
}

static void
draw_scene (Scene *scene)
{
  GListModel *nodes = lab_topology_get_nodes (scene->topology);

  collect_wires (scene);
  for (guint i = 0; i < scene->wires->len; i++)
    draw_wire (scene, &g_array_index (scene->wires, Wire, i));
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      draw_node (scene, node);
    }
  for (guint i = 0; i < scene->wires->len; i++)
    label_middle (scene, &g_array_index (scene->wires, Wire, i));
  for (guint i = 0; i < scene->wires->len; i++)
    for (guint end = 0; end < 2; end++)
      label_end (scene, &g_array_index (scene->wires, Wire, i), end);
}

char *
ctl_svg_draw (LabTopology *topology)
{
  g_autoptr (GArray) wires = g_array_new (FALSE, FALSE, sizeof (Wire));
  g_autoptr (SvgPlacer) placer = svg_placer_new ();
  g_autoptr (GString) behind = g_string_new (NULL);
  g_autoptr (GString) links = g_string_new (NULL);
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) nodes = g_string_new (NULL);
  g_autoptr (GString) labels = g_string_new (NULL);
  g_autofree char *numeric = g_strdup (setlocale (LC_NUMERIC, NULL));
  Scene scene = {
    .topology = topology,
    .wires = wires,
    .placer = placer,
    .bounds = SVG_BOX_EMPTY,
    .links = links,
    .nodes = nodes,
    .labels = labels,
  };
  char *svg;

  /* SVG has a decimal point, whatever the user's locale has. */
  setlocale (LC_NUMERIC, "C");
  draw_drawings (&scene, behind, TRUE);
  draw_drawings (&scene, before, FALSE);
  draw_scene (&scene);
  svg = assemble (&scene, behind->str, before->str);
  setlocale (LC_NUMERIC, numeric);
  return svg;
}

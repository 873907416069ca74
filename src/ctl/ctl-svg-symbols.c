/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Symbols of devices: drawn for this project, of few plain shapes, so that they are legible small
 * and in print. Each is drawn around 0,0. */

#include "config.h"

#include <string.h>

#include "ctl-svg-private.h"

typedef struct
{
  const char *name; /* found within the node's own symbol name, too */
  double half_width;
  double half_height;
  const char *shapes;
} Symbol;

static const Symbol symbols[] = {
  { "router", 27, 27,
    "<circle r='26' fill='#dce9fb' stroke='#1f5fbf' stroke-width='2'/>"
    "<g fill='none' stroke='#1f5fbf' stroke-width='2.4' stroke-linecap='round' "
    "stroke-linejoin='round'>"
    "<path d='M-20 0H-6m-5-5l5 5l-5 5'/><path d='M20 0H6m5-5l-5 5l5 5'/>"
    "<path d='M0-6V-20m-5 5l5-5l5 5'/><path d='M0 6V20m-5-5l5 5l5-5'/></g>" },
  { "frame-relay-switch", 31, 20,
    "<rect x='-30' y='-19' width='60' height='38' rx='5' fill='#eadff8' stroke='#6b3fa0' "
    "stroke-width='2'/>"
    "<text y='6' text-anchor='middle' font-size='17' font-weight='bold' fill='#6b3fa0'>FR</text>" },
  { "switch", 31, 20,
    "<rect x='-30' y='-19' width='60' height='38' rx='5' fill='#d9f2e6' stroke='#1b7f5a' "
    "stroke-width='2'/>"
    "<g fill='none' stroke='#1b7f5a' stroke-width='2.2' stroke-linecap='round' "
    "stroke-linejoin='round'>"
    "<path d='M-4-9H20m-5-4l5 4l-5 4'/><path d='M4 0H-20m5-4l-5 4l5 4'/>"
    "<path d='M-4 9H20m-5-4l5 4l-5 4'/></g>" },
  { "hub", 31, 20,
    "<rect x='-30' y='-19' width='60' height='38' rx='5' fill='#fdf1d3' stroke='#a26c00' "
    "stroke-width='2'/>"
    "<path d='M-19 0H19m-6-5l6 5l-6 5M-13-5l-6 5l6 5' fill='none' stroke='#a26c00' "
    "stroke-width='2.4' stroke-linecap='round' stroke-linejoin='round'/>" },
  { "server", 20, 27,
    "<rect x='-18' y='-26' width='36' height='52' rx='4' fill='#eceff4' stroke='#46536a' "
    "stroke-width='2'/>"
    "<path d='M-11-16h22M-11-8h22M-11 0h22' stroke='#46536a' stroke-width='2.2' "
    "stroke-linecap='round'/><circle cx='8' cy='16' r='3' fill='#1b9e5a'/>" },
  { "host", 27, 24,
    "<path d='M-7 12h14l3 9h-20z' fill='#c9d1dd' stroke='#46536a' stroke-width='1.6' "
    "stroke-linejoin='round'/>"
    "<rect x='-26' y='-23' width='52' height='36' rx='4' fill='#eceff4' stroke='#46536a' "
    "stroke-width='2'/>"
    "<rect x='-21' y='-18' width='42' height='26' rx='1.5' fill='#cfe0fb'/>"
    "<path d='M-16-11l5 4l-5 4M-8-2h8' fill='none' stroke='#46536a' stroke-width='2' "
    "stroke-linecap='round' stroke-linejoin='round'/>"
    "<path d='M-12 22h24' stroke='#46536a' stroke-width='2' stroke-linecap='round'/>" },
  { "cloud", 38, 25,
    "<path d='M-22 22a14 14 0 0 1-3-27.500a19 19 0 0 1 35-8.500a16 16 0 0 1 18 15.500a11 11 0 0 "
    "1-4 "
    "20.500z' fill='#eef4fa' stroke='#4f7193' stroke-width='2' stroke-linejoin='round'/>" },
  { "unknown", 27, 25,
    "<rect x='-26' y='-24' width='52' height='48' rx='6' fill='#f5f5f5' stroke='#777' "
    "stroke-width='2' stroke-dasharray='5 3'/>"
    "<text y='10' text-anchor='middle' font-size='28' font-weight='bold' fill='#777'>?</text>" },
};

static const Symbol *
find_symbol (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (strstr (name, symbols[i].name) != NULL)
      return &symbols[i];
  return NULL;
}

static const char *
usual_symbol (LabNode *node)
{
  switch (lab_node_get_kind (node))
    {
    case LAB_NODE_IOU:
      return g_strcmp0 (lab_node_get_image_name (node), "labwright-pc") == 0 ? "host" : "router";
    case LAB_NODE_SWITCH:
      return "switch";
    case LAB_NODE_HUB:
      return "hub";
    case LAB_NODE_FRAME_RELAY_SWITCH:
      return "frame-relay-switch";
    case LAB_NODE_NAT:
    case LAB_NODE_TAP:
      return "cloud";
    case LAB_NODE_PLACEHOLDER:
    default:
      return "unknown";
    }
}

static const Symbol *
symbol_of (LabNode *node)
{
  const char *own = lab_node_get_symbol (node);
  const Symbol *symbol = own != NULL ? find_symbol (own) : NULL;

  return symbol != NULL ? symbol : find_symbol (usual_symbol (node));
}

void
svg_symbol_append (GString *svg, LabNode *node)
{
  svg_append (svg, "<g transform='translate(%g %g)'>%s", lab_node_get_x (node),
              lab_node_get_y (node), symbol_of (node)->shapes);
  if (lab_node_get_kind (node) == LAB_NODE_NAT || lab_node_get_kind (node) == LAB_NODE_TAP)
    svg_append (svg,
                "<text y='10' text-anchor='middle' font-size='13' font-weight='bold' "
                "fill='#4f7193'>%s</text>",
                lab_node_get_kind (node) == LAB_NODE_NAT ? "NAT" : "TAP");
  g_string_append (svg, "</g>\n");
}

void
svg_symbol_extent (LabNode *node, double *half_width, double *half_height)
{
  const Symbol *symbol = symbol_of (node);

  *half_width = symbol->half_width;
  *half_height = symbol->half_height;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

G_BEGIN_DECLS

/* How things look on the canvas: optional members of nodes, links and the lab, each with a default.
 * They are changed by lab_edit_new_set_node(), lab_edit_new_set_link() and lab_edit_new_set_lab()
 * with the key given here. */

/**
 * LabLinkShape:
 * @LAB_LINK_STRAIGHT: one line (default; parallel links are fanned out)
 * @LAB_LINK_CURVED: an arc
 * @LAB_LINK_STEPPED: horizontal and vertical pieces
 *
 * In a file: "shape": "straight", "curved", "stepped".
 */
typedef enum
{
  LAB_LINK_STRAIGHT,
  LAB_LINK_CURVED,
  LAB_LINK_STEPPED,
} LabLinkShape;

/* Node: "label": { "x": 0, "y": 34 }: the label's centre relative to the node's. FALSE: placed by the painter. */
gboolean     lab_node_get_label_offset   (LabNode *self, double *x, double *y);
/* Node: "layer": higher is in front; default 0, -1000..1000. */
int          lab_node_get_layer          (LabNode *self);

/* Link: "shape"; without it the lab's own "view": { "shape": … }, see lab_topology_get_link_shape(). */
gboolean     lab_link_get_shape          (LabLink *self, LabLinkShape *shape); /* FALSE: the lab's */
const char  *lab_link_get_colour         (LabLink *self); /* "colour": (nullable) #rrggbb */
double       lab_link_get_width          (LabLink *self); /* "width": 0.5..20, default 1.5 */
const char  *lab_link_get_dash           (LabLink *self); /* "dash": "solid" (default), "dash", "dot" */
/* Link: "label": (nullable) a text in its middle. */
const char  *lab_link_get_label          (LabLink *self);
/* Link: "bend": how far an arc's or a step's middle is moved sideways, world units; default 0. */
double       lab_link_get_bend           (LabLink *self);
/* Link: "a": { "label": { "x":, "y": } }: an interface label's centre relative to its node's centre. FALSE: automatic. */
gboolean     lab_link_get_port_label_offset (LabLink *self, guint end, double *x, double *y);
/* Link: "a": { "hidden": true }: this interface label is not shown. */
gboolean     lab_link_get_port_label_hidden (LabLink *self, guint end);

/* Drawing: "locked". */
gboolean     lab_drawing_get_locked      (LabDrawing *self);
/* Line: "arrows": "none" (default), "start", "end", "both". @end: 0 start, 1 end. */
gboolean     lab_drawing_get_arrow       (LabDrawing *self, guint end);
/* Rectangle: "radius" of its corners, 0..1000, default 6. */
double       lab_drawing_get_radius      (LabDrawing *self);

/* Lab: "view": an object of the lab's head. */
double       lab_topology_get_grid       (LabTopology *self); /* "grid": 5..200, default 20 */
gboolean     lab_topology_get_show_grid  (LabTopology *self); /* "show-grid": default TRUE */
gboolean     lab_topology_get_snap       (LabTopology *self); /* "snap": default TRUE */
gboolean     lab_topology_get_port_labels (LabTopology *self); /* "port-labels": default TRUE */
gboolean     lab_topology_get_rates      (LabTopology *self); /* "rates": rate on every link; default FALSE */
LabLinkShape lab_topology_get_link_shape (LabTopology *self); /* "shape": of links without one; default straight */
/* An edit that sets member @key of "view" and keeps the others. @value: (nullable) removes it. (transfer full) */
LabEdit     *lab_edit_new_set_view       (LabTopology *self, const char *key, JsonNode *value);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-link-geometry.h"

G_BEGIN_DECLS

/**
 * LabPortLabel:
 * @path: the cable it belongs to
 * @end: at which end
 * @middle: not at an end but on the cable, in its middle if there is room: a rate
 * @width: of the text, world units
 * @height: likewise
 * @fixed: the user has put it at @centre, where it stays
 * @choice: which of the places it had last time, -1 if none; on return, the one it has
 * @centre: the middle of the text
 *
 * The name of an interface, near its end of the cable, or a rate.
 */
typedef struct
{
  const LabLinkGeometry *path;
  guint end;
  gboolean middle;
  double width;
  double height;
  gboolean fixed;
  int choice;
  LabPoint centre;
} LabPortLabel;

/* How many places a label has to choose from, the best first. */
#define LAB_PORT_LABEL_PLACES 18

/* The middle of the text at one of its places. */
LabPoint lab_port_label_get_place (const LabPortLabel *self, guint choice);
/* Where a label stands if nothing is in its way. */
LabPoint lab_link_geometry_place_label (const LabLinkGeometry *self, guint end, double width, double height);
/* Where a text in the middle stands; @aside: beside the line, which has something of its own there. */
LabPoint lab_link_geometry_place_text  (const LabLinkGeometry *self, double width, double height, gboolean aside);
/* Gives each label a place where it covers no other label and none of @obstacles, or as little as can
 * be. Who had a good place keeps it, so that labels do not jump when something moves a little. */
void     lab_port_labels_place    (LabPortLabel *labels, guint n_labels, const LabBox *obstacles, guint n_obstacles);

G_END_DECLS

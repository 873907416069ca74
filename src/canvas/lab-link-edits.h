/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-edit.h"

G_BEGIN_DECLS

/* Edits of links as the canvas and its menus make them. Each is one step to undo. All return
 * (transfer full) (nullable): %NULL if there is nothing to do. @links: (element-type LabLink). */

/* Puts @end into another port; what else the link has stays. */
LabEdit *lab_link_edit_move_end    (LabLink *link, guint end, LabNode *node, const char *port);
LabEdit *lab_links_edit_delete     (GPtrArray *links);
LabEdit *lab_links_edit_plug       (GPtrArray *links, gboolean plugged);
/* Unplugs if any is plugged, else plugs all. */
LabEdit *lab_links_edit_toggle     (GPtrArray *links);
/* Sets a member that says how they look; @value: (nullable): as if never set. */
LabEdit *lab_links_edit_look       (GPtrArray *links, const char *key, JsonNode *value);
/* Puts the interface label of @end at @x, @y from its node's centre. */
LabEdit *lab_link_edit_port_label  (LabLink *link, guint end, double x, double y);
/* Interface labels: placed by themselves and shown again. */
LabEdit *lab_links_edit_reset_labels (GPtrArray *links);
/* Hides the interface labels if any is shown, else shows them. */
LabEdit *lab_links_edit_toggle_labels (GPtrArray *links);

G_END_DECLS

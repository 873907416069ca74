/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-topology.h"

G_BEGIN_DECLS

/* @ports: short names of one port of each node. */
typedef void (*LabPortsChosen) (const char *const ports[2], gpointer user_data);

/* Opens a popover at @x, @y of @parent with the ports of two nodes, the used ones greyed with what
 * they are joined to; @fixed: (nullable members): a port that is not to be chosen. @callback is called
 * if a pair was chosen; @destroy in any case, when the popover goes. */
void lab_port_chooser_open (GtkWidget *parent, double x, double y, LabTopology *topology,
                            LabNode *const nodes[2], const char *const fixed[2],
                            LabPortsChosen callback, gpointer user_data, GDestroyNotify destroy);

G_END_DECLS

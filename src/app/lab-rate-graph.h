/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How many samples the graph holds: one a second. */
#define LAB_RATE_GRAPH_SAMPLES 60

#define LAB_TYPE_RATE_GRAPH (lab_rate_graph_get_type ())
G_DECLARE_FINAL_TYPE (LabRateGraph, lab_rate_graph, LAB, RATE_GRAPH, GtkWidget)

/* The rates of a link over the last minute: one direction above the middle, the other below. */

/* Without samples. (transfer floating) */
GtkWidget *lab_rate_graph_new   (void);
/* A second's rates, bits a second: from end 0 to end 1, and back. */
void       lab_rate_graph_add   (LabRateGraph *self, double forth, double back);
void       lab_rate_graph_clear (LabRateGraph *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-history.h"
#include "lab-selection.h"

G_BEGIN_DECLS

#define LAB_TYPE_CANVAS (lab_canvas_get_type ())
G_DECLARE_FINAL_TYPE (LabCanvas, lab_canvas, LAB, CANVAS, GtkWidget)

/* The plane with devices and cables. One widget draws everything; it implements GtkScrollable. It
 * reads the document, changes it by edits through the history, and knows no engine.
 *
 * Properties: "zoom" (double), "tool" (LabCanvasTool, writable).
 *
 * Signals:
 *   "activate-node" (LabNode): double click or Enter on a device: its console is wanted
 *   "activate-item" (GObject): the same on a link or a drawing
 *   "context-menu" (GObject *item or NULL, double x, double y): a menu is wanted, widget coordinates;
 *     the item is selected already; NULL: the empty plane
 *   "problem" (const char *text): an edit was refused; a sentence for a toast
 *   "drop-template" (LabNodeTemplate *template, double x, double y, gboolean ask_count): a device
 *     template (lab-node-template.h) was dropped, world coordinates on the grid
 *   "delete-requested" (GPtrArray *items) -> gboolean: Delete; a handler that returns TRUE has done it,
 *     else the canvas deletes by an edit
 *
 * Class actions: listed in lab-canvas-actions.c; keys: lab-canvas-keys.c. */

typedef enum
{
  LAB_CANVAS_TOOL_SELECT,
  LAB_CANVAS_TOOL_LINK,
  LAB_CANVAS_TOOL_TEXT,
  LAB_CANVAS_TOOL_RECTANGLE,
  LAB_CANVAS_TOOL_ELLIPSE,
  LAB_CANVAS_TOOL_LINE,
} LabCanvasTool;

/* It keeps references to all three; @history is that of @topology. (transfer floating) */
GtkWidget    *lab_canvas_new           (LabTopology *topology, LabHistory *history, LabSelection *selection);
/* (transfer none) */
LabTopology  *lab_canvas_get_topology  (LabCanvas *self);
LabHistory   *lab_canvas_get_history   (LabCanvas *self);
LabSelection *lab_canvas_get_selection (LabCanvas *self);

/* Pixels a world unit. */
double        lab_canvas_get_zoom      (LabCanvas *self);
void          lab_canvas_set_zoom      (LabCanvas *self, double zoom); /* 0.1..4, about the centre */
/* The world point in the middle of the view. */
void          lab_canvas_get_centre    (LabCanvas *self, double *x, double *y);
/* Scrolls @x, @y (world) there, as far as the plane goes. */
void          lab_canvas_centre_on     (LabCanvas *self, double x, double y);
/* Everything in view, zoom 1 at most. So it stays when the canvas gets another size, until somebody zooms or pans. */
void          lab_canvas_fit           (LabCanvas *self);
gboolean      lab_canvas_get_fitted    (LabCanvas *self);
/* Scrolls as little as needed to have @item (a node, link or drawing) in view. */
void          lab_canvas_reveal        (LabCanvas *self, gpointer item);
/* A moment's highlight, for what a search found. */
void          lab_canvas_flash         (LabCanvas *self, gpointer item);

/* Another tool takes back what the last one has begun. */
void          lab_canvas_set_tool      (LabCanvas *self, LabCanvasTool tool);
LabCanvasTool lab_canvas_get_tool      (LabCanvas *self);
/* Begins a cable at a node, as its menu does; @port: (nullable) a port's short name. */
void          lab_canvas_begin_link    (LabCanvas *self, LabNode *node, const char *port);
/* Opens the name of @node for editing in place. */
void          lab_canvas_edit_name     (LabCanvas *self, LabNode *node);

/* Between pixels from the widget's left top and world units. */
void          lab_canvas_widget_to_world (LabCanvas *self, double x, double y, double *world_x, double *world_y);
void          lab_canvas_world_to_widget (LabCanvas *self, double world_x, double world_y, double *x, double *y);

G_END_DECLS

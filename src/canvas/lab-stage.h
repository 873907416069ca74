/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-canvas.h"
#include "lab-scene.h"
#include "lab-viewport.h"

G_BEGIN_DECLS

#define LAB_TYPE_STAGE (lab_stage_get_type ())
G_DECLARE_FINAL_TYPE (LabStage, lab_stage, LAB, STAGE, GObject)

/* What tools work on: the document with its history, selection, scene and viewport. The canvas has
 * one; a test makes one without a display.
 *
 * Signals: "redraw" (): the tool's overlay changed; "problem" (const char *text): an edit was refused;
 *   "tool-wanted" (guint LabCanvasTool): a tool is done and hands over to another. */

/* @history is that of @topology. (transfer full) */
LabStage     *lab_stage_new            (LabTopology *topology, LabHistory *history, LabSelection *selection);
/* (transfer none) */
LabTopology  *lab_stage_get_topology   (LabStage *self);
LabHistory   *lab_stage_get_history    (LabStage *self);
LabSelection *lab_stage_get_selection  (LabStage *self);
LabScene     *lab_stage_get_scene      (LabStage *self);
LabViewport  *lab_stage_get_viewport   (LabStage *self); /* changed by the canvas only */
/* The canvas, for popovers. (nullable) in tests. */
GtkWidget    *lab_stage_get_widget     (LabStage *self);
void          lab_stage_set_widget     (LabStage *self, GtkWidget *widget);

/* Applies an edit; what is refused is said by "problem". @edit: (transfer full). */
gboolean      lab_stage_apply          (LabStage *self, LabEdit *edit);
void          lab_stage_problem        (LabStage *self, const char *text);
void          lab_stage_redraw         (LabStage *self);
void          lab_stage_want_tool      (LabStage *self, LabCanvasTool tool);
/* To the lab's grid, unless snapping is off or Alt is held in @state. */
LabPoint      lab_stage_snap           (LabStage *self, double x, double y, GdkModifierType state);
/* Those of @items (LabNode, LabDrawing) that are not locked. (transfer container) */
GPtrArray    *lab_stage_get_movable    (GPtrArray *items);
/* One edit that moves each of @items (LabNode, LabDrawing) to its place. (transfer full) (nullable) */
LabEdit      *lab_stage_move_edit      (GPtrArray *items, const LabPoint *places);
/* Moves nodes and drawings by a step, as one edit step with one label. Locked ones stay. @items:
 * LabNode, LabDrawing; others are passed over. FALSE: nothing could move. */
gboolean      lab_stage_nudge          (LabStage *self, GPtrArray *items, double dx, double dy);

G_END_DECLS

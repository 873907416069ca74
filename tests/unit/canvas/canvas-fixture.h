/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-tool.h"

/* A small lab on a stage, without a display:
 *
 *   A (0, 0) ═══ B (200, 0)       two links between A and B, one from B to C
 *                 ║
 *   N (0, 200)   C (200, 200)     N is locked; a filled rectangle of 80 by 60 at 300, 300 (id 1),
 *                                  behind the links one of 40 by 40 at -200, 0 (id 2) */
typedef struct
{
  LabTopology *topology;
  LabHistory *history;
  LabSelection *selection;
  LabStage *stage;
  LabScene *scene;
  char *problem; /* the last one said */
} CanvasFixture;

void          canvas_fixture_set_up    (CanvasFixture *fixture, gconstpointer unused);
void          canvas_fixture_tear_down (CanvasFixture *fixture, gconstpointer unused);
LabNode      *canvas_node              (CanvasFixture *fixture, const char *name);
LabSceneNode *canvas_scene_node        (CanvasFixture *fixture, const char *name);
LabDrawing   *canvas_drawing           (CanvasFixture *fixture, guint position);
void          canvas_apply             (CanvasFixture *fixture, LabEdit *edit); /* (transfer full) */
void          canvas_select            (CanvasFixture *fixture, const char *first, const char *second);
/* One call of a tool at a point, as the canvas makes it at zoom 1. */
gboolean      canvas_begin             (CanvasFixture *fixture, LabTool *tool, double x, double y, GdkModifierType state);
void          canvas_move              (LabTool *tool, double x, double y, GdkModifierType state);
void          canvas_end               (LabTool *tool, double x, double y, gboolean moved);
void          canvas_assert_at         (LabNode *node, double x, double y);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-canvas.h"
#include "lab-name-editor.h"
#include "lab-node-proxy.h"
#include "lab-tool.h"

G_BEGIN_DECLS

/* What a stroke of the pointer is. */
typedef enum
{
  LAB_STROKE_NONE,
  LAB_STROKE_TOOL,
  LAB_STROKE_PAN,
} LabStroke;

/* What the view shall show once it has a size. */
typedef enum
{
  LAB_PENDING_NONE,
  LAB_PENDING_FIT,
  LAB_PENDING_CENTRE,
} LabPending;

struct _LabCanvas
{
  GtkWidget parent_instance;

  LabStage *stage;

  /* lab-canvas-scroll.c */
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  guint hscroll_policy : 1;
  guint vscroll_policy : 1;
  gboolean adjusting;
  LabPending pending;
  LabPoint pending_centre;
  gboolean fitted; /* all there was came into view, and nobody zoomed or panned since */

  /* lab-canvas-snapshot.c */
  LabPalette palette;
  LabPaintContext context;
  char *font;            /* that the text is measured with */
  guint64 style_epoch;
  guint64 painted_epoch; /* style_epoch the context was made for */
  GArray *chunks[3];     /* of back, links, front */
  GskRenderNode *grid;   /* (nullable) */
  guint64 grid_epoch[2]; /* of context and viewport */

  /* lab-canvas-input.c */
  LabCanvasTool tool;
  LabTool *select;
  LabTool *rubber;
  LabTool *label;
  LabTool *link;
  LabTool *bend;
  LabTool *resize;
  LabTool *draw;    /* (nullable): while a drawing is being made */
  LabTool *current; /* (nullable), borrowed: whose stroke it is */
  LabStroke stroke;
  GtkGesture *drag;
  LabPoint pressed;       /* widget coordinates */
  LabPoint pointer;       /* likewise, the last one */
  LabPoint pan_from;      /* the viewport's origin as a pan began */
  GdkModifierType state;
  guint button;
  gboolean moved;
  LabPoint clicked;       /* the last press, widget coordinates */
  guint32 clicked_time;   /* of its event, ms */
  guint clicked_button;
  guint n_clicks;         /* in a row, this one included */
  gboolean space_held;
  gboolean space_used;
  double wheel;           /* part of a zoom step */
  double pinch_zoom;      /* as the pinch began */
  guint autoscroll;       /* tick callback */
  gint64 autoscroll_time;
  GObject *hovered;       /* (nullable), owned */

  /* lab-canvas-proxies.c */
  GHashTable *proxies;    /* LabNode → LabNodeProxy, a child */
  guint update_source;
  LabSceneChange update_what; /* since the last one */
  gboolean proxies_listed;
  gboolean proxies_told;  /* names and descriptions are right */
  guint allocate_source;

  LabNameEditor *editor;  /* (nullable), a child: while a name is edited */
  LabNode *edited;        /* (nullable), owned */

  GObject *flashed;       /* (nullable), owned */
  guint flash_source;
};

/* lab-canvas.c */
gboolean lab_canvas_activate_item      (LabCanvas *self, GObject *object);
void     lab_canvas_open_menu          (LabCanvas *self, GObject *object, double x, double y);

/* lab-canvas-scroll.c */
gboolean lab_canvas_scroll_set_property (LabCanvas *self, const char *name, const GValue *value);
gboolean lab_canvas_scroll_get_property (LabCanvas *self, const char *name, GValue *value);
void     lab_canvas_dispose_scrolling  (LabCanvas *self);
void     lab_canvas_resize_view        (LabCanvas *self, int width, int height);
/* The viewport or the plane's extent is another: adjustments follow. */
void     lab_canvas_update_adjustments (LabCanvas *self);
/* The viewport was changed. */
void     lab_canvas_view_changed       (LabCanvas *self);
void     lab_canvas_zoom_at            (LabCanvas *self, double zoom, double x, double y);
void     lab_canvas_pan_to             (LabCanvas *self, double world_x, double world_y);

/* lab-canvas-snapshot.c */
void     lab_canvas_init_painting      (LabCanvas *self);
void     lab_canvas_dispose_painting   (LabCanvas *self);
/* Colours, fonts or symbols may be others. @forced: they are. */
void     lab_canvas_restyle            (LabCanvas *self, gboolean forced);
void     lab_canvas_snapshot           (GtkWidget *widget, GtkSnapshot *snapshot);

/* lab-canvas-input.c */
void     lab_canvas_init_input         (LabCanvas *self);
void     lab_canvas_cancel_stroke      (LabCanvas *self);
LabHit   lab_canvas_hit                (LabCanvas *self, double x, double y);
void     lab_canvas_update_hover       (LabCanvas *self);
LabTool *lab_canvas_get_chosen_tool    (LabCanvas *self); /* (nullable): the select tool decides by what is hit */

/* lab-canvas-gestures.c */
void     lab_canvas_init_gestures      (LabCanvas *self);

/* lab-canvas-keys.c */
void     lab_canvas_install_keys       (GtkWidgetClass *widget_class);
/* lab-canvas-actions.c */
void     lab_canvas_install_actions    (GtkWidgetClass *widget_class);
void     lab_canvas_update_actions     (LabCanvas *self);
gboolean lab_canvas_request_delete     (LabCanvas *self);

/* lab-canvas-looks.c */
void     lab_canvas_install_looks      (GtkWidgetClass *widget_class);
void     lab_canvas_update_looks       (LabCanvas *self);
/* FALSE: it is no note. */
gboolean lab_canvas_edit_note          (LabCanvas *self, LabDrawing *drawing);

/* lab-canvas-proxies.c */
void     lab_canvas_init_proxies       (LabCanvas *self);
void     lab_canvas_dispose_proxies    (LabCanvas *self);
void     lab_canvas_queue_update       (LabCanvas *self, LabSceneChange what);
void     lab_canvas_allocate_proxies   (LabCanvas *self);
void     lab_canvas_queue_allocate_proxies (LabCanvas *self);
gboolean lab_canvas_focus              (GtkWidget *widget, GtkDirectionType direction);
void     lab_canvas_focus_node         (LabCanvas *self, LabNode *node);
LabNode *lab_canvas_get_focused_node   (LabCanvas *self); /* (nullable) */
void     lab_canvas_selection_changed  (LabCanvas *self);

/* lab-canvas-name.c */
void     lab_canvas_allocate_editor    (LabCanvas *self);
void     lab_canvas_close_editor       (LabCanvas *self);

/* lab-canvas-drop.c */
void     lab_canvas_init_drop          (LabCanvas *self);

G_END_DECLS

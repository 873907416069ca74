/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The canvas widget. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-canvas.h"

struct _LabCanvas
{
  GtkWidget parent_instance;

  LabTopology *topology;
  LabHistory *history;
  LabSelection *selection;
};

G_DEFINE_FINAL_TYPE (LabCanvas, lab_canvas, GTK_TYPE_WIDGET)

static void
lab_canvas_dispose (GObject *object)
{
  LabCanvas *self = LAB_CANVAS (object);

  g_clear_object (&self->topology);
  g_clear_object (&self->history);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (lab_canvas_parent_class)->dispose (object);
}

static void
lab_canvas_class_init (LabCanvasClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_canvas_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "labcanvas");
}

static void
lab_canvas_init (LabCanvas *self)
{
}

GtkWidget *
lab_canvas_new (LabTopology *topology, LabHistory *history, LabSelection *selection)
{
  LabCanvas *self = g_object_new (LAB_TYPE_CANVAS, NULL);

  self->topology = g_object_ref (topology);
  self->history = g_object_ref (history);
  self->selection = g_object_ref (selection);

  return GTK_WIDGET (self);
}

LabTopology *
lab_canvas_get_topology (LabCanvas *self)
{
  return self->topology;
}

LabHistory *
lab_canvas_get_history (LabCanvas *self)
{
  return self->history;
}

LabSelection *
lab_canvas_get_selection (LabCanvas *self)
{
  return self->selection;
}

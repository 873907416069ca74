/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A minute of rates as bars. Bars, not a curve: a colour node each, no cairo. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-labels.h"
#include "lab-rate-graph.h"

#define MIN_SCALE 1000.0 /* bits a second that fill the height at least */
#define HEIGHT    64

struct _LabRateGraph
{
  GtkWidget parent_instance;

  double rates[2][LAB_RATE_GRAPH_SAMPLES]; /* oldest first */
};

G_DEFINE_FINAL_TYPE (LabRateGraph, lab_rate_graph, GTK_TYPE_WIDGET)

static double
highest (LabRateGraph *self)
{
  double most = MIN_SCALE;

  for (guint i = 0; i < LAB_RATE_GRAPH_SAMPLES; i++)
    most = MAX (most, MAX (self->rates[0][i], self->rates[1][i]));

  return most;
}

static void
lab_rate_graph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LabRateGraph *self = LAB_RATE_GRAPH (widget);
  float width = (float) gtk_widget_get_width (widget);
  float middle = (float) gtk_widget_get_height (widget) / 2;
  float step = width / LAB_RATE_GRAPH_SAMPLES;
  double scale = (middle - 1) / highest (self);
  GdkRGBA colour;
  GdkRGBA faint;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  faint = colour;
  faint.alpha *= 0.3f;
  for (guint i = 0; i < LAB_RATE_GRAPH_SAMPLES; i++)
    {
      float forth = (float) (self->rates[0][i] * scale);
      float back = (float) (self->rates[1][i] * scale);
      float x = (float) i * step;

      if (forth > 0)
        gtk_snapshot_append_color (
            snapshot, &colour, &GRAPHENE_RECT_INIT (x, middle - forth, MAX (step - 1, 1), forth));
      if (back > 0)
        gtk_snapshot_append_color (snapshot, &colour,
                                   &GRAPHENE_RECT_INIT (x, middle, MAX (step - 1, 1), back));
    }
  gtk_snapshot_append_color (snapshot, &faint, &GRAPHENE_RECT_INIT (0, middle, width, 1));
}

static void
lab_rate_graph_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : LAB_RATE_GRAPH_SAMPLES;
}

static void
lab_rate_graph_class_init (LabRateGraphClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = lab_rate_graph_snapshot;
  widget_class->measure = lab_rate_graph_measure;
  gtk_widget_class_set_css_name (widget_class, "labrategraph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lab_rate_graph_init (LabRateGraph *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Rates of the last minute"), -1);
}

GtkWidget *
lab_rate_graph_new (void)
{
  return g_object_new (LAB_TYPE_RATE_GRAPH, NULL);
}

static void
describe (LabRateGraph *self)
{
  g_autofree char *most = lab_label_rate (highest (self));
  /* Translators: the highest rate that a graph shows, as "1.2 Mbit/s" */
  g_autofree char *text = g_strdup_printf (_ ("Full height: %s"), most);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
}

void
lab_rate_graph_add (LabRateGraph *self, double forth, double back)
{
  g_return_if_fail (LAB_IS_RATE_GRAPH (self));

  for (guint end = 0; end < 2; end++)
    {
      memmove (self->rates[end], self->rates[end] + 1,
               (LAB_RATE_GRAPH_SAMPLES - 1) * sizeof (double));
      self->rates[end][LAB_RATE_GRAPH_SAMPLES - 1] = end == 0 ? forth : back;
    }
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lab_rate_graph_clear (LabRateGraph *self)
{
  g_return_if_fail (LAB_IS_RATE_GRAPH (self));

  memset (self->rates, 0, sizeof self->rates);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Panes with sizes that are remembered. Three GtkPaned:
 *
 *   rows [ columns [ dock | side [ canvas | inspector ] ] / consoles ]
 *
 * GtkPaned counts its position from the start, but a side pane at the end shall keep its own size
 * whatever becomes of the window while it is hidden. So the sizes are kept here, and put into
 * positions at the next allocation after something was shown. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-panes.h"

#define HANDLE 1 /* a thin handle's width */

struct _LabPanes
{
  GtkWidget parent_instance;

  GtkPaned *rows;
  GtkPaned *columns;
  GtkPaned *side;

  GtkWidget *children[LAB_N_PANES]; /* borrowed; NULL: none */
  gboolean wanted[LAB_N_PANES];
  int sizes[LAB_N_PANES]; /* pixels; the canvas takes the rest */
  LabSizeClass size_class;
  LabPane front; /* with little room: the side pane that was asked for; LAB_PANE_CANVAS: none */
  gboolean filled;
  gboolean place;   /* put the sizes into positions */
  gboolean placing; /* it is us who moves a handle */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabPanes, lab_panes, GTK_TYPE_WIDGET)

static gboolean
decide (LabPanes *self, LabPane pane)
{
  if (self->children[pane] == NULL)
    return FALSE;
  if (pane == LAB_PANE_CONSOLES)
    return self->wanted[pane];
  if (self->filled && self->wanted[LAB_PANE_CONSOLES] && self->children[LAB_PANE_CONSOLES] != NULL)
    return FALSE;
  switch (self->size_class)
    {
    case LAB_SIZE_NARROW:
      return pane == self->front;
    case LAB_SIZE_MEDIUM:
      if (pane == LAB_PANE_INSPECTOR || self->front == LAB_PANE_INSPECTOR)
        return pane == self->front || pane == LAB_PANE_CANVAS;
      return self->wanted[pane];
    case LAB_SIZE_WIDE:
    default:
      return self->wanted[pane];
    }
}

static void
update (LabPanes *self)
{
  gboolean top = FALSE;

  for (guint i = 0; i < LAB_N_PANES; i++)
    if (self->children[i] != NULL)
      {
        gboolean shown = decide (self, i);

        gtk_widget_set_visible (self->children[i], shown);
        if (i != LAB_PANE_CONSOLES)
          top |= shown;
      }
  gtk_widget_set_visible (GTK_WIDGET (self->side),
                          decide (self, LAB_PANE_CANVAS) || decide (self, LAB_PANE_INSPECTOR));
  gtk_widget_set_visible (GTK_WIDGET (self->columns), top);
  self->place = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- sizes --- */

/* A GtkPaned moves a position by what its size changed. So each learns its size first, from the
 * outside in. */
static void
place (LabPanes *self, int width, int height, int baseline)
{
  int side;

  self->place = FALSE;
  self->placing = TRUE;
  gtk_paned_set_position (self->columns, self->sizes[LAB_PANE_DOCK]);
  gtk_paned_set_position (self->rows, MAX (0, height - HANDLE - self->sizes[LAB_PANE_CONSOLES]));
  gtk_widget_allocate (GTK_WIDGET (self->rows), width, height, baseline, NULL);
  side = gtk_widget_get_width (GTK_WIDGET (self->side));
  gtk_paned_set_position (self->side, MAX (0, side - HANDLE - self->sizes[LAB_PANE_INSPECTOR]));
  gtk_widget_allocate (GTK_WIDGET (self->rows), width, height, baseline, NULL);
  self->placing = FALSE;
}

static void
lab_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LabPanes *self = LAB_PANES (widget);

  gtk_widget_allocate (GTK_WIDGET (self->rows), width, height, baseline, NULL);
  if (self->place)
    place (self, width, height, baseline);
}

static void
lab_panes_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  LabPanes *self = LAB_PANES (widget);

  gtk_widget_measure (GTK_WIDGET (self->rows), orientation, for_size, minimum, natural, NULL, NULL);
}

/* A handle was moved, by the user or by a window that became smaller. */
static void
position_cb (LabPanes *self, GParamSpec *pspec, GtkPaned *paned)
{
  gboolean vertical = paned == self->rows;
  LabPane pane = vertical                 ? LAB_PANE_CONSOLES
                 : paned == self->columns ? LAB_PANE_DOCK
                                          : LAB_PANE_INSPECTOR;
  int position = gtk_paned_get_position (paned);
  int size = vertical ? gtk_widget_get_height (GTK_WIDGET (paned))
                      : gtk_widget_get_width (GTK_WIDGET (paned));

  if (self->placing || self->place || size == 0 || !lab_panes_get_shown (self, pane) ||
      (pane != LAB_PANE_DOCK && self->filled))
    return;
  if (pane != LAB_PANE_DOCK)
    position = size - HANDLE - position;
  if (position > 40)
    self->sizes[pane] = position;
}

static GtkPaned *
make_paned (LabPanes *self, GtkOrientation orientation)
{
  GtkPaned *paned = GTK_PANED (gtk_paned_new (orientation));

  gtk_paned_set_shrink_start_child (paned, FALSE);
  gtk_paned_set_shrink_end_child (paned, FALSE);
  g_signal_connect_object (paned, "notify::position", G_CALLBACK (position_cb), self,
                           G_CONNECT_SWAPPED);

  return paned;
}

/* --- class --- */

static void
lab_panes_dispose (GObject *object)
{
  LabPanes *self = LAB_PANES (object);

  memset (self->children, 0, sizeof self->children);
  if (self->rows != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->rows));
  self->rows = NULL;

  G_OBJECT_CLASS (lab_panes_parent_class)->dispose (object);
}

static void
lab_panes_class_init (LabPanesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_panes_dispose;
  widget_class->measure = lab_panes_measure;
  widget_class->size_allocate = lab_panes_size_allocate;

  signals[CHANGED] = g_signal_new ("changed", LAB_TYPE_PANES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
lab_panes_init (LabPanes *self)
{
  self->size_class = LAB_SIZE_WIDE;
  self->front = LAB_PANE_CANVAS;
  self->sizes[LAB_PANE_DOCK] = 220;
  self->sizes[LAB_PANE_INSPECTOR] = 300;
  self->sizes[LAB_PANE_CONSOLES] = 240;
  self->wanted[LAB_PANE_DOCK] = TRUE;
  self->wanted[LAB_PANE_CANVAS] = TRUE;
  self->wanted[LAB_PANE_INSPECTOR] = TRUE;
  self->place = TRUE;

  self->rows = make_paned (self, GTK_ORIENTATION_VERTICAL);
  self->columns = make_paned (self, GTK_ORIENTATION_HORIZONTAL);
  self->side = make_paned (self, GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_resize_start_child (self->columns, FALSE);
  gtk_paned_set_resize_end_child (self->side, FALSE);
  gtk_paned_set_resize_end_child (self->rows, FALSE);
  gtk_paned_set_end_child (self->columns, GTK_WIDGET (self->side));
  gtk_paned_set_start_child (self->rows, GTK_WIDGET (self->columns));
  gtk_widget_set_parent (GTK_WIDGET (self->rows), GTK_WIDGET (self));
}

/* --- public --- */

GtkWidget *
lab_panes_new (void)
{
  return g_object_new (LAB_TYPE_PANES, NULL);
}

void
lab_panes_set_child (LabPanes *self, LabPane pane, GtkWidget *child)
{
  g_return_if_fail (LAB_IS_PANES (self));

  self->children[pane] = child;
  switch (pane)
    {
    case LAB_PANE_DOCK:
      gtk_paned_set_start_child (self->columns, child);
      break;
    case LAB_PANE_CANVAS:
      gtk_paned_set_start_child (self->side, child);
      break;
    case LAB_PANE_INSPECTOR:
      gtk_paned_set_end_child (self->side, child);
      break;
    case LAB_PANE_CONSOLES:
      gtk_paned_set_end_child (self->rows, child);
      break;
    case LAB_N_PANES:
    default:
      g_return_if_reached ();
    }
  update (self);
}

void
lab_panes_set_size_class (LabPanes *self, LabSizeClass size_class)
{
  g_return_if_fail (LAB_IS_PANES (self));

  if (self->size_class == size_class)
    return;
  self->size_class = size_class;
  self->front = LAB_PANE_CANVAS;
  update (self);
}

gboolean
lab_panes_get_shown (LabPanes *self, LabPane pane)
{
  g_return_val_if_fail (LAB_IS_PANES (self), FALSE);

  return decide (self, pane);
}

void
lab_panes_set_shown (LabPanes *self, LabPane pane, gboolean shown)
{
  g_return_if_fail (LAB_IS_PANES (self));

  if (shown == decide (self, pane))
    return;
  if (pane == LAB_PANE_CONSOLES)
    self->filled = self->filled && shown;
  else
    self->filled = FALSE;
  if (pane == LAB_PANE_CONSOLES || self->size_class == LAB_SIZE_WIDE)
    self->wanted[pane] = shown;
  else if (self->size_class == LAB_SIZE_MEDIUM && pane == LAB_PANE_DOCK)
    {
      self->wanted[pane] = shown;
      self->front = LAB_PANE_CANVAS;
    }
  else
    self->front = shown ? pane : LAB_PANE_CANVAS;
  update (self);
}

gboolean
lab_panes_get_filled (LabPanes *self)
{
  g_return_val_if_fail (LAB_IS_PANES (self), FALSE);

  return self->filled;
}

void
lab_panes_set_filled (LabPanes *self, gboolean filled)
{
  g_return_if_fail (LAB_IS_PANES (self));

  if (self->filled == filled)
    return;
  self->filled = filled;
  if (filled)
    self->wanted[LAB_PANE_CONSOLES] = TRUE;
  update (self);
}

static const struct
{
  LabPane pane;
  const char *size;
  const char *visible;
} keys[] = {
  { LAB_PANE_DOCK, "dock-width", "dock-visible" },
  { LAB_PANE_INSPECTOR, "inspector-width", "inspector-visible" },
  { LAB_PANE_CONSOLES, "console-height", "console-visible" },
};

void
lab_panes_restore (LabPanes *self, GSettings *settings)
{
  g_return_if_fail (LAB_IS_PANES (self));

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      self->sizes[keys[i].pane] = g_settings_get_int (settings, keys[i].size);
      self->wanted[keys[i].pane] = g_settings_get_boolean (settings, keys[i].visible);
    }
  update (self);
}

void
lab_panes_save (LabPanes *self, GSettings *settings)
{
  g_return_if_fail (LAB_IS_PANES (self));

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_settings_set_int (settings, keys[i].size, self->sizes[keys[i].pane]);
      g_settings_set_boolean (settings, keys[i].visible, self->wanted[keys[i].pane]);
    }
}

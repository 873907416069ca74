/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Panes with sizes that are remembered.
 *
 *   dock | canvas | inspector
 *   -------------------------
 *   consoles
 *
 * Not GtkPaned: it counts from its start, so a pane at the end would change whenever the window
 * does while it is hidden. Here each pane but the canvas has a size, and the canvas takes the rest.
 * The handles between them lie over the panes and are a little wider than the line that is seen. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-panes-handle.h"
#include "lab-panes.h"

#define LINE   1 /* between two panes */
#define HANDLE 7 /* what can be grabbed */

struct _LabPanes
{
  GtkWidget parent_instance;

  GtkWidget *children[LAB_N_PANES]; /* NULL: none */
  GtkWidget *handles[LAB_N_PANES];  /* of the panes that have a size */
  gboolean wanted[LAB_N_PANES];
  int sizes[LAB_N_PANES]; /* pixels; the canvas takes the rest */
  LabSizeClass size_class;
  LabPane front; /* with little room: the side pane that was asked for; LAB_PANE_CANVAS: none */
  gboolean filled;
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

static gboolean
top_shown (LabPanes *self)
{
  return decide (self, LAB_PANE_DOCK) || decide (self, LAB_PANE_CANVAS) ||
         decide (self, LAB_PANE_INSPECTOR);
}

static void
update (LabPanes *self)
{
  for (LabPane pane = LAB_PANE_DOCK; pane < LAB_N_PANES; pane++)
    if (self->children[pane] != NULL)
      gtk_widget_set_visible (self->children[pane], decide (self, pane));
  gtk_widget_set_visible (self->handles[LAB_PANE_DOCK],
                          decide (self, LAB_PANE_DOCK) && decide (self, LAB_PANE_CANVAS));
  gtk_widget_set_visible (self->handles[LAB_PANE_INSPECTOR],
                          decide (self, LAB_PANE_INSPECTOR) && decide (self, LAB_PANE_CANVAS));
  gtk_widget_set_visible (self->handles[LAB_PANE_CONSOLES],
                          decide (self, LAB_PANE_CONSOLES) && top_shown (self));
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- sizes --- */

/* The least a pane takes; 0 if it is not shown. */
static int
least (LabPanes *self, LabPane pane, GtkOrientation orientation)
{
  int minimum = 0;

  if (decide (self, pane))
    gtk_widget_measure (self->children[pane], orientation, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* The size that a pane gets of @total, when the others need at least @others. */
static int
fit (LabPanes *self, LabPane pane, GtkOrientation orientation, int total, int others)
{
  int minimum = least (self, pane, orientation);
  gboolean alone = pane == LAB_PANE_CONSOLES ? !top_shown (self) : !decide (self, LAB_PANE_CANVAS);

  if (!decide (self, pane))
    return 0;
  if (alone)
    return total;

  return MAX (minimum, MIN (self->sizes[pane], total - LINE - others));
}

static void
allocate (GtkWidget *panes, GtkWidget *child, int x, int y, int width, int height)
{
  GtkAllocation place = { x, y, width, height };

  if (gtk_widget_get_direction (panes) == GTK_TEXT_DIR_RTL)
    place.x = gtk_widget_get_width (panes) - x - width;
  if (child != NULL && gtk_widget_get_visible (child))
    gtk_widget_size_allocate (child, &place, -1);
}

static void
allocate_columns (LabPanes *self, int width, int height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int canvas = least (self, LAB_PANE_CANVAS, GTK_ORIENTATION_HORIZONTAL);
  int dock = fit (self, LAB_PANE_DOCK, GTK_ORIENTATION_HORIZONTAL, width,
                  canvas + least (self, LAB_PANE_INSPECTOR, GTK_ORIENTATION_HORIZONTAL));
  int left = dock > 0 ? dock + LINE : 0;
  int inspector = fit (self, LAB_PANE_INSPECTOR, GTK_ORIENTATION_HORIZONTAL, width - left, canvas);
  int right = inspector > 0 ? inspector + LINE : 0;

  allocate (widget, self->children[LAB_PANE_DOCK], 0, 0, dock, height);
  allocate (widget, self->children[LAB_PANE_CANVAS], left, 0, MAX (canvas, width - left - right),
            height);
  allocate (widget, self->children[LAB_PANE_INSPECTOR], width - inspector, 0, inspector, height);
  allocate (widget, self->handles[LAB_PANE_DOCK], dock - HANDLE / 2, 0, HANDLE, height);
  allocate (widget, self->handles[LAB_PANE_INSPECTOR], width - right - HANDLE / 2, 0, HANDLE,
            height);
}

static int
least_height_of_top (LabPanes *self)
{
  return MAX (least (self, LAB_PANE_DOCK, GTK_ORIENTATION_VERTICAL),
              MAX (least (self, LAB_PANE_CANVAS, GTK_ORIENTATION_VERTICAL),
                   least (self, LAB_PANE_INSPECTOR, GTK_ORIENTATION_VERTICAL)));
}

static void
lab_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LabPanes *self = LAB_PANES (widget);
  int top = least_height_of_top (self);
  int consoles = fit (self, LAB_PANE_CONSOLES, GTK_ORIENTATION_VERTICAL, height, top);
  int below = consoles > 0 ? consoles + LINE : 0;

  if (top_shown (self))
    allocate_columns (self, width, MAX (top, height - below));
  allocate (widget, self->children[LAB_PANE_CONSOLES], 0, height - consoles, width, consoles);
  allocate (widget, self->handles[LAB_PANE_CONSOLES], 0, height - below - HANDLE / 2, width,
            HANDLE);
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
  int consoles = least (self, LAB_PANE_CONSOLES, orientation);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = least_height_of_top (self) + LINE + consoles;
  else
    *minimum = MAX (consoles, least (self, LAB_PANE_DOCK, orientation) + LINE +
                                  least (self, LAB_PANE_CANVAS, orientation) + LINE +
                                  least (self, LAB_PANE_INSPECTOR, orientation));
  *natural = *minimum;
}

/* --- handles --- */

static LabPane
pane_of_handle (LabPanes *self, GtkWidget *handle)
{
  for (LabPane pane = LAB_PANE_DOCK; pane < LAB_N_PANES; pane++)
    if (self->handles[pane] == handle)
      return pane;

  g_return_val_if_reached (LAB_PANE_DOCK);
}

static int
shown_size (LabPanes *self, LabPane pane)
{
  return pane == LAB_PANE_CONSOLES ? gtk_widget_get_height (self->children[pane])
                                   : gtk_widget_get_width (self->children[pane]);
}

/* Grows towards the canvas, whichever side the pane is at. */
static void
resize_cb (LabPanes *self, int x, int y, GtkWidget *handle)
{
  LabPane pane = pane_of_handle (self, handle);
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int across = mirrored ? -x : x;
  int grow = pane == LAB_PANE_DOCK ? across : pane == LAB_PANE_INSPECTOR ? -across : -y;
  GtkOrientation orientation =
      pane == LAB_PANE_CONSOLES ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  self->sizes[pane] = MAX (shown_size (self, pane) + grow, least (self, pane, orientation));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
add_handle (LabPanes *self, LabPane pane, GtkOrientation orientation, const char *label)
{
  self->handles[pane] = lab_panes_handle_new (orientation, label);
  g_signal_connect_object (self->handles[pane], "resize", G_CALLBACK (resize_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->handles[pane], GTK_WIDGET (self));
}

/* --- class --- */

static void
lab_panes_dispose (GObject *object)
{
  LabPanes *self = LAB_PANES (object);

  for (LabPane pane = LAB_PANE_DOCK; pane < LAB_N_PANES; pane++)
    {
      g_clear_pointer (&self->children[pane], gtk_widget_unparent);
      g_clear_pointer (&self->handles[pane], gtk_widget_unparent);
    }

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
  add_handle (self, LAB_PANE_DOCK, GTK_ORIENTATION_VERTICAL, _ ("Width of the devices"));
  add_handle (self, LAB_PANE_INSPECTOR, GTK_ORIENTATION_VERTICAL, _ ("Width of the properties"));
  add_handle (self, LAB_PANE_CONSOLES, GTK_ORIENTATION_HORIZONTAL, _ ("Height of the consoles"));
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
  g_return_if_fail (pane < LAB_N_PANES);

  g_clear_pointer (&self->children[pane], gtk_widget_unparent);
  self->children[pane] = child;
  /* Before the handles, which lie over the panes. */
  if (child != NULL)
    gtk_widget_insert_before (child, GTK_WIDGET (self), self->handles[LAB_PANE_DOCK]);
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
lab_panes_has_focus (LabPanes *self, LabPane pane)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (LAB_IS_PANES (self), FALSE);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && self->children[pane] != NULL &&
         (focus == self->children[pane] || gtk_widget_is_ancestor (focus, self->children[pane]));
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

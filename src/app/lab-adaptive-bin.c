/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bin that classifies its width. The class is announced from an idle, never while sizes are being
 * given out: who hears of it shows and hides widgets. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-adaptive-bin.h"

#define NARROW_BELOW 640
#define MEDIUM_BELOW 960
#define MIN_WIDTH    360
#define MIN_HEIGHT   294

struct _LabAdaptiveBin
{
  GtkWidget parent_instance;

  GtkWidget *child;
  LabSizeClass size_class;
  LabSizeClass seen; /* at the last allocation */
  guint idle;
};

enum
{
  PROP_0,
  PROP_CHILD,
  PROP_SIZE_CLASS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void lab_adaptive_bin_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LabAdaptiveBin,
                               lab_adaptive_bin,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      lab_adaptive_bin_buildable_init))

static GtkBuildableIface *parent_buildable;

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    g_object_set (buildable, "child", child, NULL);
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
lab_adaptive_bin_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

LabSizeClass
lab_size_class_of_width (int width)
{
  if (width < NARROW_BELOW)
    return LAB_SIZE_NARROW;
  return width < MEDIUM_BELOW ? LAB_SIZE_MEDIUM : LAB_SIZE_WIDE;
}

static void
announce (LabAdaptiveBin *self)
{
  if (self->size_class == self->seen)
    return;
  self->size_class = self->seen;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIZE_CLASS]);
}

static gboolean
announce_cb (gpointer user_data)
{
  LabAdaptiveBin *self = user_data;

  self->idle = 0;
  announce (self);

  return G_SOURCE_REMOVE;
}

static void
lab_adaptive_bin_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  LabAdaptiveBin *self = LAB_ADAPTIVE_BIN (widget);
  int least = 0;

  *minimum = *natural = 0;
  if (self->child == NULL)
    return;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      for_size = for_size < 0 ? -1 : MAX (for_size, least);
    }
  gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  *minimum = MIN (*minimum, orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT);
}

static void
lab_adaptive_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LabAdaptiveBin *self = LAB_ADAPTIVE_BIN (widget);
  int least_width = 0;
  int least_height = 0;

  self->seen = lab_size_class_of_width (width);
  if (self->seen != self->size_class && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH, announce_cb, self, NULL);
  if (self->child == NULL)
    return;
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  width = MAX (width, least_width);
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, width, &least_height, NULL, NULL,
                      NULL);
  gtk_widget_allocate (self->child, width, MAX (height, least_height), baseline, NULL);
}

static void
set_child (LabAdaptiveBin *self, GtkWidget *child)
{
  if (self->child == child)
    return;
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHILD]);
}

static void
lab_adaptive_bin_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LabAdaptiveBin *self = LAB_ADAPTIVE_BIN (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_SIZE_CLASS:
      g_value_set_int (value, self->size_class);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lab_adaptive_bin_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CHILD:
      set_child (LAB_ADAPTIVE_BIN (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lab_adaptive_bin_dispose (GObject *object)
{
  LabAdaptiveBin *self = LAB_ADAPTIVE_BIN (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (lab_adaptive_bin_parent_class)->dispose (object);
}

static void
lab_adaptive_bin_class_init (LabAdaptiveBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lab_adaptive_bin_dispose;
  object_class->get_property = lab_adaptive_bin_get_property;
  object_class->set_property = lab_adaptive_bin_set_property;
  widget_class->measure = lab_adaptive_bin_measure;
  widget_class->size_allocate = lab_adaptive_bin_size_allocate;

  props[PROP_CHILD] =
      g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_SIZE_CLASS] =
      g_param_spec_int ("size-class", NULL, NULL, LAB_SIZE_NARROW, LAB_SIZE_WIDE, LAB_SIZE_WIDE,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
lab_adaptive_bin_init (LabAdaptiveBin *self)
{
  self->size_class = LAB_SIZE_WIDE;
  self->seen = LAB_SIZE_WIDE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

LabSizeClass
lab_adaptive_bin_get_size_class (LabAdaptiveBin *self)
{
  g_return_val_if_fail (LAB_IS_ADAPTIVE_BIN (self), LAB_SIZE_WIDE);

  return self->size_class;
}

void
lab_adaptive_bin_expect_width (LabAdaptiveBin *self, int width)
{
  g_return_if_fail (LAB_IS_ADAPTIVE_BIN (self));

  self->seen = lab_size_class_of_width (width);
  announce (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Property notification by comparing before and after. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include "lab-notify-private.h"

static void
read_value (GObject *object, GParamSpec *property, GValue *value)
{
  g_value_init (value, G_PARAM_SPEC_VALUE_TYPE (property));
  g_object_get_property (object, g_param_spec_get_name (property), value);
}

GArray *
lab_notify_begin (GObject *object, GParamSpec **properties, guint n_properties)
{
  GArray *before = g_array_sized_new (FALSE, TRUE, sizeof (GValue), n_properties);

  g_array_set_clear_func (before, (GDestroyNotify) g_value_unset);
  g_array_set_size (before, n_properties - 1);
  for (guint i = 1; i < n_properties; i++)
    read_value (object, properties[i], &g_array_index (before, GValue, i - 1));

  return before;
}

void
lab_notify_end (GObject *object, GParamSpec **properties, guint n_properties, GArray *before)
{
  g_object_freeze_notify (object);
  for (guint i = 1; i < n_properties; i++)
    {
      g_auto (GValue) now = G_VALUE_INIT;

      read_value (object, properties[i], &now);
      if (g_param_values_cmp (properties[i], &g_array_index (before, GValue, i - 1), &now) != 0)
        g_object_notify_by_pspec (object, properties[i]);
    }
  g_array_unref (before);
  g_object_thaw_notify (object);
}

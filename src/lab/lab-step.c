/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include "lab-drawing.h"
#include "lab-step-private.h"

LabStep *
lab_step_new (const char *label)
{
  LabStep *self = g_new0 (LabStep, 1);

  self->label = g_strdup (label);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_change_free);

  return self;
}

void
lab_step_free (LabStep *self)
{
  g_free (self->label);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

gboolean
lab_step_holds (LabStep *self, GType type, guint id)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      LabChange *change = g_ptr_array_index (self->changes, i);

      if (G_OBJECT_TYPE (change->item) == type &&
          id == (type == LAB_TYPE_NODE ? lab_node_get_id (LAB_NODE (change->item))
                                       : lab_drawing_get_id (LAB_DRAWING (change->item))))
        return TRUE;
    }

  return FALSE;
}

void
lab_step_add (LabStep *self, LabStep *more)
{
  while (more->changes->len > 0)
    {
      LabChange *change = g_ptr_array_steal_index (more->changes, 0);
      LabChange *last = g_ptr_array_index (self->changes, self->changes->len - 1);

      if (change->kind != LAB_CHANGE_JSON || last->kind != LAB_CHANGE_JSON ||
          change->item != last->item)
        {
          g_ptr_array_add (self->changes, change);
          continue;
        }
      json_object_unref (last->after);
      last->after = json_object_ref (change->after);
      lab_change_free (change);
    }
}

void
lab_step_drop_empty (LabStep *self)
{
  for (guint i = self->changes->len; i-- > 0;)
    if (lab_change_is_empty (g_ptr_array_index (self->changes, i)))
      g_ptr_array_remove_index (self->changes, i);
}

void
lab_step_do (LabStep *self, LabTopology *topology)
{
  for (guint i = 0; i < self->changes->len; i++)
    lab_change_do (g_ptr_array_index (self->changes, i), topology);
}

void
lab_step_undo (LabStep *self, LabTopology *topology)
{
  for (guint i = self->changes->len; i-- > 0;)
    lab_change_undo (g_ptr_array_index (self->changes, i), topology);
}

void
lab_step_cut (LabStep *self, guint length, LabTopology *topology, LabChangeFunc take_back)
{
  while (self->changes->len > length)
    {
      LabChange *change = g_ptr_array_steal_index (self->changes, self->changes->len - 1);

      take_back (change, topology);
      lab_change_free (change);
    }
}

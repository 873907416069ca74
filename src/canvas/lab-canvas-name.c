/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The name of a device, changed where it stands. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-canvas-private.h"

/* The canvas' editor is gone, or has another place: the focus goes back to the device. */
void
lab_canvas_close_editor (LabCanvas *self)
{
  g_autoptr (LabNode) node = g_steal_pointer (&self->edited);
  LabNameEditor *editor = g_steal_pointer (&self->editor);
  gboolean focused;

  if (editor == NULL)
    return;
  focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) == GTK_WIDGET (editor);
  g_signal_handlers_disconnect_by_data (editor, self);
  if (focused && node != NULL)
    lab_canvas_focus_node (self, node);
  gtk_widget_unparent (GTK_WIDGET (editor));
}

static void
done_cb (LabCanvas *self, const char *name, LabNameEditor *editor)
{
  g_autoptr (LabEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *trimmed = NULL;

  if (name != NULL && self->edited != NULL)
    {
      trimmed = g_strstrip (g_strdup (name));
      edit = lab_edit_new_rename_node (lab_node_get_name (self->edited), trimmed);
      if (!lab_history_apply (lab_stage_get_history (self->stage), edit, &error))
        {
          lab_name_editor_refuse (editor, error->message);
          gtk_widget_queue_allocate (GTK_WIDGET (self));
          return;
        }
    }
  lab_canvas_close_editor (self);
}

void
lab_canvas_edit_name (LabCanvas *self, LabNode *node)
{
  g_return_if_fail (LAB_IS_CANVAS (self));
  g_return_if_fail (LAB_IS_NODE (node));

  if (lab_scene_find (lab_stage_get_scene (self->stage), node) == NULL)
    return;
  lab_canvas_close_editor (self);
  lab_canvas_reveal (self, node);
  self->edited = g_object_ref (node);
  self->editor = LAB_NAME_EDITOR (lab_name_editor_new (lab_node_get_name (node)));
  g_signal_connect_swapped (self->editor, "done", G_CALLBACK (done_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->editor), GTK_WIDGET (self));
  lab_name_editor_start (self->editor);
}

void
lab_canvas_allocate_editor (LabCanvas *self)
{
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  LabSceneNode *node;
  GtkRequisition natural;
  GtkAllocation place;
  LabPoint at;

  if (self->editor == NULL)
    return;
  node = lab_scene_item_node (lab_scene_find (lab_stage_get_scene (self->stage), self->edited));
  if (node == NULL)
    return;
  gtk_widget_get_preferred_size (GTK_WIDGET (self->editor), NULL, &natural);
  at = lab_viewport_to_view (viewport, (node->label.x0 + node->label.x1) / 2, node->label.y0);
  place.width = natural.width;
  place.height = natural.height;
  /* Wholly in view where that can be. */
  place.x = (int) CLAMP (at.x - natural.width / 2.0, 0, MAX (0, viewport->width - natural.width));
  place.y = (int) CLAMP (at.y - 4, 0, MAX (0, viewport->height - natural.height));
  gtk_widget_size_allocate (GTK_WIDGET (self->editor), &place, -1);
}

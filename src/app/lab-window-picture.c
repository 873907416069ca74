/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures on the canvas, from a dialog or dropped. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-file-dialog.h"
#include "lab-picture-file.h"
#include "lab-window-private.h"

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LabDrawing) drawing = lab_picture_file_finish (result, &error);

  if (self->canvas == NULL)
    return;
  if (drawing == NULL)
    lab_window_say (self, LAB_SESSION_ERROR, error->message, NULL);
  else if (lab_session_apply (self->session, lab_edit_new_add_drawing (drawing)))
    {
      GListModel *drawings = lab_topology_get_drawings (lab_session_get_topology (self->session));
      g_autoptr (GObject) added =
          g_list_model_get_item (drawings, g_list_model_get_n_items (drawings) - 1);

      lab_selection_set_single (self->selection, added);
    }
}

void
lab_window_insert_picture (LabWindow *self, GFile *file, double x, double y)
{
  lab_picture_file_async (file, x, y, NULL, read_cb, g_object_ref (self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);
  double x;
  double y;

  if (file == NULL || self->canvas == NULL)
    return;
  lab_canvas_get_centre (self->canvas, &x, &y);
  lab_window_insert_picture (self, file, x, y);
}

static void
insert_picture_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_file_dialog_async (GTK_WINDOW (self), LAB_FILE_DIALOG_OPEN_PICTURE, NULL, NULL, chosen_cb,
                         g_object_ref (self));
}

void
lab_window_picture_attach (LabWindow *self)
{
  static const GActionEntry entries[] = { { "insert-picture", insert_picture_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

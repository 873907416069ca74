/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures put into the document. They are decoded in a thread before, to learn their size and that
 * they can be shown at all. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <librsvg/rsvg.h>

#include "lab-canvas-private.h"
#include "lab-drawing-edits.h"
#include "lab-drawing-texture.h"

/* Larger ones are shown smaller: the longer side, world units. */
#define USUAL_SIDE 400.0

typedef struct
{
  GBytes *bytes;
  char *type;
  LabPoint middle;
  double width;
  double height;
} Insert;

static void
insert_free (gpointer data)
{
  Insert *insert = data;

  g_bytes_unref (insert->bytes);
  g_free (insert->type);
  g_free (insert);
}

/* A vector picture says what it wants, or only its proportions, or nothing. */
static void
measure_svg (Insert *insert)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (insert->bytes);
  RsvgHandle *handle =
      rsvg_handle_new_from_stream_sync (stream, NULL, RSVG_HANDLE_FLAGS_NONE, NULL, NULL);
  gboolean has_box = FALSE;
  RsvgRectangle box;

  insert->width = insert->height = USUAL_SIDE / 2;
  if (handle == NULL)
    return;
  if (!rsvg_handle_get_intrinsic_size_in_pixels (handle, &insert->width, &insert->height))
    {
      rsvg_handle_get_intrinsic_dimensions (handle, NULL, NULL, NULL, NULL, &has_box, &box);
      insert->width = has_box ? box.width : USUAL_SIDE / 2;
      insert->height = has_box ? box.height : USUAL_SIDE / 2;
    }
  g_object_unref (handle);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Insert *insert = data;
  GError *error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  double longer;

  if (g_str_equal (insert->type, "image/svg+xml"))
    measure_svg (insert);
  texture = lab_drawing_texture_decode (insert->bytes, insert->type, 64, 64, &error);
  if (texture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!g_str_equal (insert->type, "image/svg+xml"))
    {
      insert->width = gdk_texture_get_width (texture);
      insert->height = gdk_texture_get_height (texture);
    }
  longer = MAX (MAX (insert->width, insert->height), 1);
  if (longer > USUAL_SIDE)
    {
      insert->width *= USUAL_SIDE / longer;
      insert->height *= USUAL_SIDE / longer;
    }
  g_task_return_boolean (task, TRUE);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LabCanvas *self = LAB_CANVAS (source);
  Insert *insert = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (LabDrawing) drawing = NULL;

  /* The canvas may have been put away. */
  if (self->stage == NULL)
    return;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    drawing =
        lab_drawing_new_picture (insert->type, insert->bytes, insert->middle.x - insert->width / 2,
                                 insert->middle.y - insert->height / 2, MAX (insert->width, 1),
                                 MAX (insert->height, 1), &error);
  if (drawing == NULL)
    lab_stage_problem (self->stage, error->message);
  else if (lab_stage_apply (self->stage, lab_edit_new_add_drawing (drawing)))
    lab_selection_set_single (lab_stage_get_selection (self->stage), drawing);
}

void
lab_canvas_insert_picture (LabCanvas *self, const char *mime, GBytes *bytes, double x, double y)
{
  g_autoptr (GTask) task = NULL;
  Insert *insert;

  g_return_if_fail (LAB_IS_CANVAS (self));
  g_return_if_fail (mime != NULL && bytes != NULL);

  if (g_bytes_get_size (bytes) > LAB_MAX_PICTURE_BYTES)
    {
      g_autofree char *text =
          g_strdup_printf (_ ("The picture is larger than %d MiB; make it smaller."),
                           LAB_MAX_PICTURE_BYTES / (1024 * 1024));

      lab_stage_problem (self->stage, text);
      return;
    }
  insert = g_new0 (Insert, 1);
  insert->bytes = g_bytes_ref (bytes);
  insert->type = g_strdup (mime);
  insert->middle = (LabPoint){ x, y };
  task = g_task_new (self, NULL, looked_cb, NULL);
  g_task_set_source_tag (task, lab_canvas_insert_picture);
  g_task_set_task_data (task, insert, insert_free);
  g_task_run_in_thread (task, look_in_thread);
}

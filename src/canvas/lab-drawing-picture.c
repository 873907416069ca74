/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A drawing from a picture. It is decoded before, to learn its size and that it can be shown at
 * all. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <librsvg/rsvg.h>
#include <math.h>

#include "lab-drawing-edits.h"
#include "lab-drawing-texture.h"

/* Larger ones are shown smaller: the longer side, world units. */
#define USUAL_SIDE 600.0
/* A plan or a photograph lies behind the devices. */
#define LAYER -1

/* A vector picture says what it wants, or only its proportions, or nothing. */
static void
measure_svg (GBytes *bytes, double *width, double *height)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  RsvgHandle *handle =
      rsvg_handle_new_from_stream_sync (stream, NULL, RSVG_HANDLE_FLAGS_NONE, NULL, NULL);
  gboolean has_box = FALSE;
  RsvgRectangle box;

  *width = *height = USUAL_SIDE / 2;
  if (handle == NULL)
    return;
  if (!rsvg_handle_get_intrinsic_size_in_pixels (handle, width, height))
    {
      rsvg_handle_get_intrinsic_dimensions (handle, NULL, NULL, NULL, NULL, &has_box, &box);
      *width = has_box ? box.width : USUAL_SIDE / 2;
      *height = has_box ? box.height : USUAL_SIDE / 2;
    }
  g_object_unref (handle);
}

/* FALSE: it cannot be shown. */
static gboolean
measure (const char *type, GBytes *bytes, double *width, double *height, GError **error)
{
  gboolean is_svg = g_strcmp0 (type, "image/svg+xml") == 0;
  g_autoptr (GdkTexture) texture = NULL;

  if (is_svg)
    measure_svg (bytes, width, height);
  texture = lab_drawing_texture_decode (bytes, type, 64, 64, error);
  if (texture == NULL)
    return FALSE;
  if (!is_svg)
    {
      *width = gdk_texture_get_width (texture);
      *height = gdk_texture_get_height (texture);
    }

  return TRUE;
}

static JsonNode *
picture_node (const char *type, GBytes *bytes, double x, double y, double width, double height)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  g_autofree char *encoded = g_base64_encode (data, size);
  JsonObject *object = json_object_new ();
  JsonObject *picture = json_object_new ();
  JsonNode *node;

  json_object_set_string_member (object, "kind", "picture");
  json_object_set_double_member (object, "x", round (x));
  json_object_set_double_member (object, "y", round (y));
  json_object_set_double_member (object, "width", round (width));
  json_object_set_double_member (object, "height", round (height));
  json_object_set_int_member (object, "layer", LAYER);
  json_object_set_string_member (picture, "type", type);
  json_object_set_string_member (picture, "data", encoded);
  json_object_set_object_member (object, "picture", picture);
  node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);

  return node;
}

LabDrawing *
lab_drawing_new_picture (const char *type, GBytes *bytes, double x, double y, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  double width;
  double height;
  double shrink;

  if (g_bytes_get_size (bytes) > LAB_MAX_PICTURE_BYTES)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_LIMIT,
                   _ ("The picture is larger than %d MiB; make it smaller."),
                   LAB_MAX_PICTURE_BYTES / (1024 * 1024));
      return NULL;
    }
  if (!measure (type, bytes, &width, &height, error))
    return NULL;
  shrink = MIN (1, USUAL_SIDE / MAX (MAX (width, height), 1));
  width = MAX (width * shrink, 1);
  height = MAX (height * shrink, 1);
  node = picture_node (type, bytes, x - width / 2, y - height / 2, width, height);

  return lab_drawing_new_from_json (node, error);
}

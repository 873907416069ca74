/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures on the canvas: decoded once, in a thread.
 *
 * What was decoded hangs at the drawing, with the bytes it was made from: a document's drawing
 * keeps its bytes object as long as the picture is the same. A picture comes with somebody's lab,
 * so it is told how large it may become before it is decoded, and only the kinds a lab may hold
 * are. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <librsvg/rsvg.h>
#include <string.h>

#include "lab-drawing-texture.h"

#define MAX_SIDE   4096      /* pixels kept */
#define MAX_PIXELS 100000000 /* that a file may unpack to */
#define SVG_SIDE   2048

typedef struct
{
  GBytes *bytes;
  GdkTexture *texture; /* (nullable) */
  char *problem;       /* (nullable) */
  int width;           /* asked for */
  int height;
  gboolean loading;
} Picture;

/* A decoding on its way. */
typedef struct
{
  GBytes *bytes;
  char *type;
  int width;
  int height;
  GWeakRef scene;
} Job;

static G_DEFINE_QUARK (lab_drawing_texture, picture);

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_bytes_unref (picture->bytes);
  g_clear_object (&picture->texture);
  g_free (picture->problem);
  g_free (picture);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_bytes_unref (job->bytes);
  g_free (job->type);
  g_weak_ref_clear (&job->scene);
  g_free (job);
}

static GdkTexture *
fail (GError **error, const char *sentence)
{
  g_set_error_literal (error, LAB_ERROR, LAB_ERROR_INVALID, sentence);

  return NULL;
}

/* Pixels of a cairo surface. */
static GdkTexture *
texture_from_surface (cairo_surface_t *surface)
{
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) stride * (gsize) height);

  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), height,
                                 GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
}

static GdkTexture *
decode_svg (GBytes *bytes, int width, int height, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  /* Without a base it can name no file. */
  RsvgHandle *handle =
      rsvg_handle_new_from_stream_sync (stream, NULL, RSVG_HANDLE_FLAGS_NONE, NULL, NULL);
  const RsvgRectangle whole = { 0, 0, width, height };
  cairo_surface_t *surface;
  cairo_t *cr;
  GdkTexture *texture = NULL;

  if (handle == NULL)
    return fail (error, _ ("This picture is damaged."));
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (surface);
  if (rsvg_handle_render_document (handle, cr, &whole, NULL) &&
      cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    texture = texture_from_surface (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_object_unref (handle);

  return texture != NULL ? texture : fail (error, _ ("This picture is damaged."));
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gboolean *too_large)
{
  double scale = MIN (1, (double) MAX_SIDE / MAX (MAX (width, height), 1));

  *too_large = (gint64) width * height > MAX_PIXELS;
  /* No size at all makes the loader give up before it unpacks anything. */
  if (*too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale)),
                                MAX (1, (int) (height * scale)));
}

static GdkTexture *
decode_pixels (GBytes *bytes, const char *type, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (type, NULL);
  gboolean too_large = FALSE;
  gboolean loaded;
  GdkPixbuf *pixbuf;

  if (loader == NULL)
    return fail (error, _ ("This computer cannot show pictures of this kind."));
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &too_large);
  loaded = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  loaded = gdk_pixbuf_loader_close (loader, NULL) && loaded;
  pixbuf = loaded ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (too_large)
    return fail (error, _ ("This picture has too many pixels."));
  if (pixbuf == NULL)
    return fail (error, _ ("This picture is damaged."));

  return gdk_texture_new_for_pixbuf (pixbuf);
}

GdkTexture *
lab_drawing_texture_decode (GBytes *bytes, const char *type, int width, int height, GError **error)
{
  if (g_strcmp0 (type, "image/svg+xml") == 0)
    return decode_svg (bytes, CLAMP (width, 1, SVG_SIDE), CLAMP (height, 1, SVG_SIDE), error);

  return decode_pixels (bytes, type, error);
}

static void
decode_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GdkTexture *texture =
      lab_drawing_texture_decode (job->bytes, job->type, job->width, job->height, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Picture *picture = g_object_get_qdata (source, picture_quark ());
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (LabScene) scene = g_weak_ref_get (&job->scene);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);

  /* The drawing has another picture by now. */
  if (picture == NULL || picture->bytes != job->bytes)
    return;
  picture->loading = FALSE;
  g_clear_pointer (&picture->problem, g_free);
  if (texture != NULL)
    g_set_object (&picture->texture, texture);
  else
    picture->problem = g_strdup (error->message);
  if (scene != NULL)
    lab_scene_repaint (scene, source);
}

static void
start (LabDrawing *drawing, Picture *picture, LabScene *scene)
{
  g_autoptr (GTask) task = g_task_new (drawing, NULL, decoded_cb, NULL);
  Job *job = g_new0 (Job, 1);

  job->bytes = g_bytes_ref (picture->bytes);
  job->type = g_strdup (lab_drawing_get_picture_type (drawing));
  job->width = picture->width;
  job->height = picture->height;
  g_weak_ref_init (&job->scene, scene);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, job_free);
  picture->loading = TRUE;
  g_task_run_in_thread (task, decode_in_thread);
}

/* As large as it is shown, to the next power of two, so that zooming seldom draws it anew. */
static void
wanted_size (LabDrawing *drawing, double scale, int *width, int *height)
{
  double w = MAX (fabs (lab_drawing_get_width (drawing)), 1);
  double h = MAX (fabs (lab_drawing_get_height (drawing)), 1);
  double step = exp2 (ceil (log2 (MAX (scale, 0.125))));

  step = MIN (step, SVG_SIDE / MAX (w, h));
  *width = MAX ((int) (w * step), 1);
  *height = MAX ((int) (h * step), 1);
}

GdkTexture *
lab_drawing_texture_get (LabDrawing *drawing, double scale, LabScene *scene, const char **problem)
{
  Picture *picture = g_object_get_qdata (G_OBJECT (drawing), picture_quark ());
  GBytes *bytes = lab_drawing_get_picture (drawing);
  gboolean is_svg = g_strcmp0 (lab_drawing_get_picture_type (drawing), "image/svg+xml") == 0;
  int width;
  int height;

  *problem = NULL;
  if (bytes == NULL)
    return NULL;
  wanted_size (drawing, scale, &width, &height);
  if (picture == NULL || picture->bytes != bytes)
    {
      picture = g_new0 (Picture, 1);
      picture->bytes = g_bytes_ref (bytes);
      g_object_set_qdata_full (G_OBJECT (drawing), picture_quark (), picture, picture_free);
    }
  if (!picture->loading &&
      (picture->width == 0 || (is_svg && (picture->width != width || picture->height != height))))
    {
      picture->width = width;
      picture->height = height;
      start (drawing, picture, scene);
    }
  *problem = picture->problem;

  return picture->texture;
}

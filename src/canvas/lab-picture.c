/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of a lab in files. The document is not thread safe, so the thread gets it as text and
 * reads that anew. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-file.h"
#include "lab-picture-painter.h"
#include "lab-picture.h"

#define DEFAULT_MARGIN 24.0
#define SMALL_MARGIN   12.0
#define PLAIN_SCALE    0.6  /* below it interface labels are left out */
#define POINTS         0.75 /* a CSS pixel in points */
#define MAX_SIDE       32000
#define MAX_PIXELS     (200.0 * 1000 * 1000)

typedef struct
{
  char *text;
  gsize length;
  LabPictureOptions options;
  char *path; /* (nullable) to measure only */
} Job;

typedef struct
{
  int width;
  int height;
} Size;

void
lab_picture_options_init (LabPictureOptions *self)
{
  *self = (LabPictureOptions){ .format = LAB_PICTURE_SVG, .scale = 1, .margin = DEFAULT_MARGIN };
}

void
lab_picture_options_clear (LabPictureOptions *self)
{
  g_clear_pointer (&self->nodes, g_strfreev);
  g_clear_pointer (&self->drawings, g_array_unref);
}

static void
options_copy (LabPictureOptions *self, const LabPictureOptions *other)
{
  *self = *other;
  self->nodes = g_strdupv (other->nodes);
  self->drawings = other->drawings != NULL ? g_array_copy (other->drawings) : NULL;
}

static void
add_name (GStrvBuilder *names, GHashTable *seen, const char *name)
{
  if (g_hash_table_add (seen, (gpointer) name))
    g_strv_builder_add (names, name);
}

void
lab_picture_options_set_selection (LabPictureOptions *self, LabSelection *selection)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint size = lab_selection_get_size (selection);

  lab_picture_options_clear (self);
  if (size == 0)
    return;
  self->drawings = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < size; i++)
    {
      gpointer item = lab_selection_get_item (selection, i);

      if (LAB_IS_NODE (item))
        add_name (names, seen, lab_node_get_name (item));
      else if (LAB_IS_DRAWING (item))
        g_array_append_vals (self->drawings, (guint[]){ lab_drawing_get_id (item) }, 1);
      else if (LAB_IS_LINK (item))
        for (guint end = 0; end < 2; end++)
          add_name (names, seen, lab_link_get_node_name (item, end));
    }
  self->nodes = g_strv_builder_end (names);
}

const char *
lab_picture_format_get_extension (LabPictureFormat format)
{
  static const char *const extensions[] = { "svg", "pdf", "png" };

  g_return_val_if_fail (format < G_N_ELEMENTS (extensions), "svg");

  return extensions[format];
}

static double
get_scale (const LabPictureOptions *options)
{
  return options->format == LAB_PICTURE_PNG
             ? CLAMP (options->scale, LAB_PICTURE_MIN_SCALE, LAB_PICTURE_MAX_SCALE)
             : 1;
}

static gboolean
get_size (const LabPictureOptions *options, const LabBox *bounds, Size *size, GError **error)
{
  double scale = get_scale (options);
  double width = ceil ((bounds->x1 - bounds->x0) * scale);
  double height = ceil ((bounds->y1 - bounds->y0) * scale);

  if (options->format == LAB_PICTURE_PNG &&
      (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS))
    {
      g_set_error (
          error, LAB_ERROR, LAB_ERROR_LIMIT,
          _ ("The picture would be %.0f × %.0f pixels, which is more than a PNG picture may "
             "have here. Choose a smaller scale, or SVG or PDF."),
          width, height);
      return FALSE;
    }
  *size = (Size){ (int) width, (int) height };

  return TRUE;
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
make_surface (LabPictureFormat format, Size size, GByteArray *bytes)
{
  cairo_surface_t *surface;

  switch (format)
    {
    case LAB_PICTURE_PNG:
      return cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size.width, size.height);
    case LAB_PICTURE_PDF:
      return cairo_pdf_surface_create_for_stream (write_cb, bytes, size.width * POINTS,
                                                  size.height * POINTS);
    case LAB_PICTURE_SVG:
    default:
      surface = cairo_svg_surface_create_for_stream (write_cb, bytes, size.width, size.height);
      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
      return surface;
    }
}

static void
set_pdf_metadata (cairo_surface_t *surface, const char *title, const char *description)
{
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, description);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Labwright");
}

/* Cairo writes letters as shapes, so the words go into the picture's title and description, where
 * searches and screen readers find them. */
static void
name_svg (GByteArray *bytes, const char *title, const char *description)
{
  g_autofree char *words =
      g_markup_printf_escaped ("\n<title>%s</title>\n<desc>%s</desc>", title, description);
  const char *root = g_strstr_len ((const char *) bytes->data, bytes->len, "<svg");
  const char *end =
      root != NULL ? memchr (root, '>', bytes->len - (root - (const char *) bytes->data)) : NULL;
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  guint head;

  if (end == NULL)
    return;
  head = (guint) (end + 1 - (const char *) bytes->data);
  g_byte_array_append (rest, bytes->data + head, bytes->len - head);
  g_byte_array_set_size (bytes, head);
  g_byte_array_append (bytes, (const guint8 *) words, (guint) strlen (words));
  g_byte_array_append (bytes, rest->data, rest->len);
}

static void
draw (LabPicturePainter *painter, cairo_surface_t *surface, const LabBox *bounds, double scale)
{
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -bounds->x0, -bounds->y0);
  lab_picture_painter_draw (painter, cr);
  cairo_destroy (cr);
}

GBytes *
lab_picture_render (LabTopology *topology, const LabPictureOptions *options, GError **error)
{
  g_autoptr (LabPicturePainter) painter = lab_picture_painter_new (topology, options);
  LabBox bounds = lab_picture_painter_get_bounds (painter);
  g_autofree char *description = lab_picture_painter_describe (painter);
  const char *title = lab_topology_get_name (topology);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  Size size;

  if (!get_size (options, &bounds, &size, error))
    return NULL;
  surface = make_surface (options->format, size, bytes);
  if (options->format == LAB_PICTURE_PDF)
    set_pdf_metadata (surface, title, description);
  draw (painter, surface, &bounds,
        options->format == LAB_PICTURE_PDF ? POINTS : get_scale (options));
  if (options->format == LAB_PICTURE_PNG)
    cairo_surface_write_to_png_stream (surface, write_cb, bytes);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_IO, _ ("The picture cannot be drawn: %s."),
                   cairo_status_to_string (status));
      return NULL;
    }
  if (options->format == LAB_PICTURE_SVG)
    name_svg (bytes, title, description);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

cairo_surface_t *
lab_picture_render_small (LabTopology *topology, int width, int height, gboolean dark)
{
  LabPictureOptions options = { .dark = dark, .transparent = TRUE, .margin = SMALL_MARGIN };
  g_autoptr (LabPicturePainter) painter = lab_picture_painter_new (topology, &options);
  LabBox bounds = lab_picture_painter_get_bounds (painter);
  double lab_width = bounds.x1 - bounds.x0;
  double lab_height = bounds.y1 - bounds.y0;
  double scale = MIN (1, MIN (width / lab_width, height / lab_height));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);

  if (scale < PLAIN_SCALE)
    lab_picture_painter_set_plain (painter);
  /* The middle of the lab in the middle of the picture. */
  bounds.x0 -= (width / scale - lab_width) / 2;
  bounds.y0 -= (height / scale - lab_height) / 2;
  draw (painter, surface, &bounds, scale);
  cairo_surface_flush (surface);

  return surface;
}

static void
job_free (Job *job)
{
  g_free (job->text);
  g_free (job->path);
  lab_picture_options_clear (&job->options);
  g_free (job);
}

static Job *
job_new (LabTopology *topology, const LabPictureOptions *options, const char *path)
{
  Job *job = g_new0 (Job, 1);

  job->text = lab_file_to_string (topology, &job->length);
  job->path = g_strdup (path);
  options_copy (&job->options, options);

  return job;
}

static gboolean export(Job *job, GError **error)
{
  g_autoptr (LabTopology) topology = lab_file_parse (job->text, job->length, job->path, error);
  g_autoptr (GBytes) bytes =
      topology != NULL ? lab_picture_render (topology, &job->options, error) : NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *shown = g_filename_display_name (job->path);

  if (bytes == NULL)
    return FALSE;
  if (!g_file_set_contents_full (
          job->path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
          G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &reason))
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_IO, _ ("The picture %s was not written: %s"), shown,
                   reason->message);
      return FALSE;
    }

  return TRUE;
}

static void
export_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (export(data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lab_picture_export_async (LabTopology *topology,
                          const LabPictureOptions *options,
                          const char *path,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LAB_IS_TOPOLOGY (topology));
  g_return_if_fail (options != NULL && path != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lab_picture_export_async);
  g_task_set_task_data (task, job_new (topology, options, path), (GDestroyNotify) job_free);
  g_task_run_in_thread (task, export_thread);
}

gboolean
lab_picture_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
measure_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (LabTopology) topology = lab_file_parse (job->text, job->length, "", &error);
  g_autoptr (LabPicturePainter) painter = NULL;
  Size size;
  LabBox bounds;

  if (topology == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  painter = lab_picture_painter_new (topology, &job->options);
  bounds = lab_picture_painter_get_bounds (painter);
  if (get_size (&job->options, &bounds, &size, &error))
    g_task_return_pointer (task, g_memdup2 (&size, sizeof size), g_free);
  else
    g_task_return_error (task, error);
}

void
lab_picture_measure_async (LabTopology *topology,
                           const LabPictureOptions *options,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LAB_IS_TOPOLOGY (topology));
  g_return_if_fail (options != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lab_picture_measure_async);
  g_task_set_task_data (task, job_new (topology, options, NULL), (GDestroyNotify) job_free);
  g_task_run_in_thread (task, measure_thread);
}

gboolean
lab_picture_measure_finish (GAsyncResult *result, int *width, int *height, GError **error)
{
  g_autofree Size *size = g_task_propagate_pointer (G_TASK (result), error);

  if (size == NULL)
    return FALSE;
  *width = size->width;
  *height = size->height;

  return TRUE;
}

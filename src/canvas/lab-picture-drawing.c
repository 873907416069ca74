/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes, shapes and pictures with cairo. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <librsvg/rsvg.h>
#include <pango/pangocairo.h>

#include "lab-picture-painter.h"

#define ARROW_LENGTH 12.0
#define ARROW_WIDTH  10.0
#define MAX_SIDE     4096 /* a picture in a picture is made smaller than this each way */
#define MAX_PIXELS   (100.0 * 1000 * 1000) /* that a file may unpack to */

/* FALSE: it has no such colour. */
static gboolean
set_colour (cairo_t *cr, const char *colour, const GdkRGBA *fallback)
{
  GdkRGBA rgba;

  if (colour != NULL && gdk_rgba_parse (&rgba, colour))
    gdk_cairo_set_source_rgba (cr, &rgba);
  else if (fallback != NULL)
    gdk_cairo_set_source_rgba (cr, fallback);
  else
    return FALSE;

  return TRUE;
}

static void
stroke (cairo_t *cr, LabDrawing *drawing, const GdkRGBA *fallback)
{
  double width = lab_drawing_get_stroke_width (drawing);
  const char *dash = lab_drawing_get_dash (drawing);
  double dashes[] = { 4 * width, 3 * width };
  double dots[] = { 0, 2 * width };

  if (width <= 0 || !set_colour (cr, lab_drawing_get_stroke (drawing), fallback))
    {
      cairo_new_path (cr);
      return;
    }
  cairo_set_line_width (cr, width);
  if (g_strcmp0 (dash, "dash") == 0)
    cairo_set_dash (cr, dashes, 2, 0);
  else if (g_strcmp0 (dash, "dot") == 0)
    {
      cairo_set_dash (cr, dots, 2, 0);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
    }
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
fill_and_stroke (cairo_t *cr, LabDrawing *drawing)
{
  if (set_colour (cr, lab_drawing_get_fill (drawing), NULL))
    cairo_fill_preserve (cr);
  stroke (cr, drawing, NULL);
}

static void
rectangle_path (cairo_t *cr, double width, double height, double radius)
{
  double r = MIN (radius, MIN (width, height) / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, width - r, r, r, -G_PI / 2, 0);
  cairo_arc (cr, width - r, height - r, r, 0, G_PI / 2);
  cairo_arc (cr, r, height - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, r, r, r, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
ellipse_path (cairo_t *cr, double width, double height)
{
  cairo_save (cr);
  cairo_translate (cr, width / 2, height / 2);
  cairo_scale (cr, width / 2, height / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_close_path (cr);
  cairo_restore (cr);
}

/* A head at @x, @y that points along @angle. */
static void
draw_arrow (
    cairo_t *cr, LabDrawing *drawing, double x, double y, double angle, const GdkRGBA *fallback)
{
  double size = MAX (1, lab_drawing_get_stroke_width (drawing) / 2);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rotate (cr, angle);
  cairo_move_to (cr, 0, 0);
  cairo_line_to (cr, -ARROW_LENGTH * size, -ARROW_WIDTH * size / 2);
  cairo_line_to (cr, -ARROW_LENGTH * size, ARROW_WIDTH * size / 2);
  cairo_close_path (cr);
  set_colour (cr, lab_drawing_get_stroke (drawing), fallback);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_line (cairo_t *cr, LabDrawing *drawing, double width, double height, const GdkRGBA *fallback)
{
  double angle = atan2 (height, width);

  cairo_move_to (cr, 0, 0);
  cairo_line_to (cr, width, height);
  stroke (cr, drawing, fallback);
  if (lab_drawing_get_arrow (drawing, 0))
    draw_arrow (cr, drawing, 0, 0, angle + G_PI, fallback);
  if (lab_drawing_get_arrow (drawing, 1))
    draw_arrow (cr, drawing, width, height, angle, fallback);
}

static void
draw_note (cairo_t *cr, LabDrawing *drawing, LabText *text, const GdkRGBA *fallback)
{
  const char *words = lab_drawing_get_text (drawing);
  g_autoptr (PangoLayout) layout = NULL;
  const char *colour = lab_drawing_get_fill (drawing);

  if (words == NULL)
    return;
  layout = lab_text_make_layout (text, LAB_TEXT_DRAWING, lab_drawing_get_font (drawing), words);
  /* The colour of a text is its fill; a stroke alone is taken for it. */
  set_colour (cr, colour != NULL ? colour : lab_drawing_get_stroke (drawing), fallback);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  double scale = MIN (1, (double) MAX_SIDE / MAX (width, height));

  /* No size at all makes the loader give up before it unpacks anything. */
  if ((double) width * height > MAX_PIXELS)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale)),
                                MAX (1, (int) (height * scale)));
}

static GdkPixbuf *
load_pixels (GBytes *bytes, const char *type)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (type, NULL);
  gboolean loaded;
  GdkPixbuf *pixbuf;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), NULL);
  loaded = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  loaded = gdk_pixbuf_loader_close (loader, NULL) && loaded;
  pixbuf = loaded ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;

  return pixbuf != NULL ? g_object_ref (pixbuf) : NULL;
}

static void
draw_pixels (cairo_t *cr, GBytes *bytes, const char *type, double width, double height)
{
  g_autoptr (GdkPixbuf) pixbuf = load_pixels (bytes, type);

  if (pixbuf == NULL)
    return;
  cairo_save (cr);
  cairo_scale (cr, width / gdk_pixbuf_get_width (pixbuf), height / gdk_pixbuf_get_height (pixbuf));
  gdk_cairo_set_source_pixbuf (cr, pixbuf, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
}

static void
draw_vectors (cairo_t *cr, GBytes *bytes, double width, double height)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  /* Without a base it can name no file. */
  RsvgHandle *handle =
      rsvg_handle_new_from_stream_sync (stream, NULL, RSVG_HANDLE_FLAGS_NONE, NULL, NULL);
  const RsvgRectangle whole = { 0, 0, width, height };

  if (handle == NULL)
    return;
  rsvg_handle_render_document (handle, cr, &whole, NULL);
  g_object_unref (handle);
}

static void
draw_picture (cairo_t *cr, LabDrawing *drawing, double width, double height)
{
  GBytes *bytes = lab_drawing_get_picture (drawing);
  const char *type = lab_drawing_get_picture_type (drawing);

  if (bytes == NULL)
    return;
  if (g_strcmp0 (type, "image/svg+xml") == 0)
    draw_vectors (cr, bytes, width, height);
  else
    draw_pixels (cr, bytes, type, width, height);
}

static void
draw_shape (cairo_t *cr, LabSceneDrawing *place, LabText *text, const GdkRGBA *fallback)
{
  LabDrawing *drawing = place->item.object;

  switch (lab_drawing_get_kind (drawing))
    {
    case LAB_DRAWING_TEXT:
      draw_note (cr, drawing, text, fallback);
      break;
    case LAB_DRAWING_PICTURE:
      draw_picture (cr, drawing, place->width, place->height);
      break;
    case LAB_DRAWING_LINE:
      draw_line (cr, drawing, place->width, place->height, fallback);
      break;
    case LAB_DRAWING_ELLIPSE:
      ellipse_path (cr, place->width, place->height);
      fill_and_stroke (cr, drawing);
      break;
    case LAB_DRAWING_RECTANGLE:
    default:
      rectangle_path (cr, place->width, place->height, lab_drawing_get_radius (drawing));
      fill_and_stroke (cr, drawing);
    }
}

void
lab_picture_draw_drawing (cairo_t *cr,
                          LabSceneDrawing *drawing,
                          LabText *text,
                          const LabPalette *palette)
{
  gboolean is_line = lab_drawing_get_kind (drawing->item.object) == LAB_DRAWING_LINE;

  /* A box without an area would make a matrix that cannot be inverted. */
  if (!is_line && (drawing->width <= 0 || drawing->height <= 0))
    return;
  cairo_save (cr);
  cairo_translate (cr, drawing->x + drawing->width / 2, drawing->y + drawing->height / 2);
  cairo_rotate (cr, drawing->rotation * G_PI / 180);
  cairo_translate (cr, -drawing->width / 2, -drawing->height / 2);
  draw_shape (cr, drawing, text, lab_palette_get (palette, LAB_COLOUR_DRAWING));
  cairo_restore (cr);
}

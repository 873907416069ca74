/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drawings of devices, from SVG or PNG bytes. The bytes may be a stranger's: sizes are checked
 * before anything is unpacked, and an SVG has no base address, so that it can load nothing else. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <librsvg/rsvg.h>
#include <string.h>

#include "lab-symbol-art.h"
#include "lab-types.h"

#define PNG_HEAD_BYTES 24 /* signature, length and name of IHDR, width, height */

struct _LabSymbolArt
{
  /* One of the two. */
  RsvgHandle *handle;
  cairo_surface_t *surface;

  double aspect;
};

typedef struct
{
  const guint8 *data;
  gsize left;
} Reader;

static cairo_status_t
read_cb (void *closure, unsigned char *data, unsigned int length)
{
  Reader *reader = closure;

  if (length > reader->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, reader->data, length);
  reader->data += length;
  reader->left -= length;

  return CAIRO_STATUS_SUCCESS;
}

static guint32
big_endian (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static gboolean
is_png (const guint8 *data, gsize size)
{
  return size >= PNG_HEAD_BYTES && memcmp (data, "\211PNG\r\n\032\n", 8) == 0;
}

static gboolean
load_png (LabSymbolArt *self, const guint8 *data, gsize size, GError **error)
{
  guint32 width = big_endian (data + 16);
  guint32 height = big_endian (data + 20);
  Reader reader = { data, size };

  if (width == 0 || height == 0 || width > LAB_SYMBOL_MAX_PIXELS || height > LAB_SYMBOL_MAX_PIXELS)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_LIMIT,
                   _ ("The picture is %u × %u pixels; a symbol has at most %d each way."), width,
                   height, LAB_SYMBOL_MAX_PIXELS);
      return FALSE;
    }
  self->surface = cairo_image_surface_create_from_png_stream (read_cb, &reader);
  if (cairo_surface_status (self->surface) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_INVALID, _ ("The PNG picture is damaged."));
      return FALSE;
    }
  self->aspect = (double) width / height;

  return TRUE;
}

/* From the size that the file gives, or else its view box. */
static double
svg_aspect (RsvgHandle *handle)
{
  gboolean has_width;
  gboolean has_height;
  gboolean has_box;
  RsvgLength width;
  RsvgLength height;
  RsvgRectangle box;
  double pixel_width;
  double pixel_height;

  if (rsvg_handle_get_intrinsic_size_in_pixels (handle, &pixel_width, &pixel_height) &&
      pixel_width > 0 && pixel_height > 0)
    return pixel_width / pixel_height;
  rsvg_handle_get_intrinsic_dimensions (handle, &has_width, &width, &has_height, &height, &has_box,
                                        &box);
  if (has_box && box.width > 0 && box.height > 0)
    return box.width / box.height;

  return 1;
}

static gboolean
load_svg (LabSymbolArt *self, const guint8 *data, gsize size, GError **error)
{
  g_autoptr (GError) reason = NULL;

  self->handle = rsvg_handle_new_from_data (data, size, &reason);
  if (self->handle == NULL)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_INVALID,
                   _ ("It is neither an SVG nor a PNG picture: %s"), g_strchomp (reason->message));
      return FALSE;
    }
  rsvg_handle_set_dpi (self->handle, 96);
  self->aspect = svg_aspect (self->handle);

  return TRUE;
}

LabSymbolArt *
lab_symbol_art_new (GBytes *bytes, GError **error)
{
  g_autoptr (LabSymbolArt) self = g_new0 (LabSymbolArt, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gboolean loaded;

  if (size > LAB_SYMBOL_MAX_BYTES)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_LIMIT,
                   _ ("The file is larger than a symbol may be (%d KB)."),
                   LAB_SYMBOL_MAX_BYTES / 1024);
      return NULL;
    }
  loaded =
      is_png (data, size) ? load_png (self, data, size, error) : load_svg (self, data, size, error);

  return loaded ? g_steal_pointer (&self) : NULL;
}

void
lab_symbol_art_free (LabSymbolArt *self)
{
  g_clear_object (&self->handle);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_free (self);
}

double
lab_symbol_art_get_aspect (LabSymbolArt *self)
{
  return self->aspect;
}

static gboolean
draw_surface (LabSymbolArt *self, cairo_t *cr, double x, double y, double width, double height)
{
  double surface_width = cairo_image_surface_get_width (self->surface);
  double surface_height = cairo_image_surface_get_height (self->surface);
  double scale = MIN (width / surface_width, height / surface_height);

  cairo_save (cr);
  cairo_translate (cr, x + (width - surface_width * scale) / 2,
                   y + (height - surface_height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);

  return TRUE;
}

static gboolean
draw_svg (LabSymbolArt *self, cairo_t *cr, double x, double y, double width, double height)
{
  RsvgRectangle viewport = { x, y, width, height };
  g_autoptr (GError) error = NULL;

  if (!rsvg_handle_render_document (self->handle, cr, &viewport, &error))
    {
      g_debug ("A symbol could not be drawn: %s", error->message);
      return FALSE;
    }

  return TRUE;
}

gboolean
lab_symbol_art_draw (
    LabSymbolArt *self, cairo_t *cr, double x, double y, double width, double height)
{
  g_return_val_if_fail (self != NULL && cr != NULL, FALSE);

  if (!(width > 0 && height > 0))
    return FALSE;
  if (self->surface != NULL)
    return draw_surface (self, cr, x, y, width, height);

  return draw_svg (self, cr, x, y, width, height);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "lab-selection.h"

G_BEGIN_DECLS

/* A lab as a picture in a file: symbols, links and drawings as vectors, text as text, all where the
 * canvas has them, without what runs. Made in a thread, from a copy of the document. */

typedef enum
{
  LAB_PICTURE_SVG,
  LAB_PICTURE_PDF,
  LAB_PICTURE_PNG,
} LabPictureFormat;

#define LAB_PICTURE_MIN_SCALE 0.1
#define LAB_PICTURE_MAX_SCALE 16.0

/**
 * LabPictureOptions:
 * @format: of the file
 * @scale: PNG only: pixels a world unit; LAB_PICTURE_MIN_SCALE..LAB_PICTURE_MAX_SCALE
 * @dark: light on dark
 * @transparent: without a ground
 * @margin: around everything, world units
 * @nodes: (nullable): only these devices, with the links between them; owned
 * @drawings: (nullable) (element-type guint): only drawings of these ids; owned. Both %NULL: the whole lab.
 */
typedef struct
{
  LabPictureFormat format;
  double scale;
  gboolean dark;
  gboolean transparent;
  double margin;
  GStrv nodes;
  GArray *drawings;
} LabPictureOptions;

/* SVG, scale 1, light, margin 24, the whole lab. */
void               lab_picture_options_init  (LabPictureOptions *self);
void               lab_picture_options_clear (LabPictureOptions *self);
/* Only what is selected; a selected link counts as its two devices. With nothing selected: the whole lab. */
void               lab_picture_options_set_selection (LabPictureOptions *self, LabSelection *selection);

const char        *lab_picture_format_get_extension (LabPictureFormat format); /* "svg", "pdf", "png" */

/* Writes the picture of @topology as it is now. Either all of it stands under @path afterwards, or what
 * was there before. Errors: LAB_ERROR, a sentence that names the file. */
void               lab_picture_export_async  (LabTopology *topology, const LabPictureOptions *options, const char *path,
                                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean           lab_picture_export_finish (GAsyncResult *result, GError **error);

/* How large a picture would be: pixels (PNG), else CSS pixels. */
void               lab_picture_measure_async (LabTopology *topology, const LabPictureOptions *options, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
gboolean           lab_picture_measure_finish (GAsyncResult *result, int *width, int *height, GError **error);

/* The same in this thread, which must be the one of @topology. */
GBytes            *lab_picture_render        (LabTopology *topology, const LabPictureOptions *options, GError **error);
/* Fits the whole lab into @width x @height pixels, on a transparent ground; no larger than life. (transfer full) */
cairo_surface_t   *lab_picture_render_small  (LabTopology *topology, int width, int height, gboolean dark);

G_END_DECLS

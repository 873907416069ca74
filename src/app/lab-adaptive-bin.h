/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LAB_TYPE_ADAPTIVE_BIN (lab_adaptive_bin_get_type ())
G_DECLARE_FINAL_TYPE (LabAdaptiveBin, lab_adaptive_bin, LAB, ADAPTIVE_BIN, GtkWidget)

/* Holds the content of a window and says how wide it is, so that parts can be hidden before they do not
 * fit. It asks for little itself: the window can always be made small; what does not fit in the moment
 * between is clipped.
 *
 * Properties: "child" (GtkWidget), "size-class" (int, a LabSizeClass, read-only). */

typedef enum
{
  LAB_SIZE_NARROW, /* below 640: one pane at a time */
  LAB_SIZE_MEDIUM, /* below 960: the canvas and one pane */
  LAB_SIZE_WIDE,
} LabSizeClass;

/* As the property: a moment after the width has changed. */
LabSizeClass lab_adaptive_bin_get_size_class (LabAdaptiveBin *self);
/* How wide it will be, so that it begins with the right class. */
void         lab_adaptive_bin_expect_width   (LabAdaptiveBin *self, int width);
/* The class of a width in pixels. */
LabSizeClass lab_size_class_of_width         (int width);

G_END_DECLS

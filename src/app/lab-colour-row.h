/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LAB_TYPE_COLOUR_ROW (lab_colour_row_get_type ())
G_DECLARE_FINAL_TYPE (LabColourRow, lab_colour_row, LAB, COLOUR_ROW, AdwActionRow)

/* A row with a colour, and a button that takes it away: it has the default colour, or none, again.
 *
 * Property: "use-alpha" (boolean, writable): whether it may be translucent.
 * Signal: "edited" (const char *colour or NULL): "#rrggbb", or "#rrggbbaa". By the user only. */

/* @colour: (nullable). */
void lab_colour_row_set_colour (LabColourRow *self, const char *colour);

G_END_DECLS

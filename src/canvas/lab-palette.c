/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Named colours of the style sheets, as GdkRGBA for painters. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-palette.h"

typedef struct
{
  const char *name;
  const char *fallback;
} Entry;

/* In the order of LabColour. The fallbacks are those of ui/style.css. */
static const Entry entries[LAB_N_COLOURS] = {
  { "canvas_background", "#fafafa" },
  { "canvas_grid", "rgba(0,0,0,0.05)" },
  { "canvas_grid_major", "rgba(0,0,0,0.10)" },
  { "canvas_text", "#241f31" },
  { "canvas_dim_text", "#5e5c64" },
  { "canvas_halo", "rgba(250,250,250,0.7)" },
  { "canvas_accent", "#1c71d8" },
  { "canvas_hover", "rgba(28,113,216,0.12)" },
  { "canvas_flash", "#f5c211" },
  { "canvas_link", "#5e5c64" },
  { "canvas_serial", "#986a44" },
  { "canvas_unplugged", "#9a9996" },
  { "canvas_line_up", "#26a269" },
  { "canvas_line_down", "#c01c28" },
  { "canvas_line_unknown", "#9a9996" },
  { "canvas_traffic", "#1a5fb4" },
  { "canvas_impaired", "#c64600" },
  { "canvas_stopped", "#77767b" },
  { "canvas_starting", "#b5730a" },
  { "canvas_ready", "#26a269" },
  { "canvas_frozen", "#1c71d8" },
  { "canvas_crashed", "#c01c28" },
  { "canvas_unsupported", "#b5730a" },
  { "canvas_drawing", "#5e5c64" },
};

void
lab_palette_init (LabPalette *self)
{
  for (guint i = 0; i < LAB_N_COLOURS; i++)
    if (!gdk_rgba_parse (&self->colours[i], entries[i].fallback))
      g_assert_not_reached ();
}

gboolean
lab_palette_load (LabPalette *self, GtkWidget *widget)
{
  /* GTK deprecates the style context later on, without another way to named colours. */
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  LabPalette before = *self;

  lab_palette_init (self);
  for (guint i = 0; i < LAB_N_COLOURS; i++)
    {
      GdkRGBA colour;

      if (gtk_style_context_lookup_color (context, entries[i].name, &colour))
        self->colours[i] = colour;
    }
  for (guint i = 0; i < LAB_N_COLOURS; i++)
    if (!gdk_rgba_equal (&before.colours[i], &self->colours[i]))
      return TRUE;

  return FALSE;
}

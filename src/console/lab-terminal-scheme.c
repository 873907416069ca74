/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of colours that a console can have. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include <glib/gi18n.h>

#include "lab-terminal-scheme.h"

/* Sixteen colours as 0xrrggbb. */
typedef guint32 Palette[LAB_TERMINAL_N_COLOURS];

static const Palette on_light = {
  0x1e1e1e, 0xc01c28, 0x1f7a45, 0x8a5a00, 0x1a5fb4, 0x8e3a9e, 0x157580, 0x77767b,
  0x5e5c64, 0xe01b24, 0x26a269, 0xb07000, 0x1c71d8, 0xa347ba, 0x1d93a0, 0xdeddda,
};

static const Palette on_dark = {
  0x241f31, 0xf66151, 0x57e389, 0xf8e45c, 0x62a0ea, 0xdc8add, 0x5bc8d6, 0xc0bfbc,
  0x77767b, 0xff7b63, 0x8ff0a4, 0xf9f06b, 0x99c1f1, 0xe8a9e9, 0x93ddc2, 0xffffff,
};

static const Palette solarized = {
  0x073642, 0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198, 0xeee8d5,
  0x002b36, 0xcb4b16, 0x586e75, 0x657b83, 0x839496, 0x6c71c4, 0x93a1a1, 0xfdf6e3,
};

static const Palette greens = {
  0x001a00, 0x7fbf3f, 0x33ff33, 0xbfff3f, 0x2faf6f, 0x5fcf5f, 0x3fdf9f, 0x9fe89f,
  0x2f7f2f, 0x9fdf5f, 0x5fff5f, 0xdfff5f, 0x5fcf8f, 0x8fef8f, 0x6fffbf, 0xd0ffd0,
};

static const Palette high_contrast = {
  0x000000, 0xff8080, 0x80ff80, 0xffff60, 0xa0c0ff, 0xffa0ff, 0x80ffff, 0xffffff,
  0xb0b0b0, 0xffb0b0, 0xb0ffb0, 0xffffa0, 0xd0e0ff, 0xffd0ff, 0xb0ffff, 0xffffff,
};

typedef struct
{
  guint32 foreground;
  guint32 background;
  guint32 cursor;
  const Palette *palette;
} Colours;

typedef struct
{
  const char *name;
  const char *title;
  Colours light;
  const Colours *dark; /* (nullable): the same as light */
} Scheme;

static const Colours dark_colours = { 0xf6f5f4, 0x1e1e1e, 0xf6f5f4, &on_dark };

static const Scheme schemes[] = {
  { LAB_TERMINAL_SCHEME_SYSTEM,
    N_ ("Like the Desktop"),
    { 0x241f31, 0xffffff, 0x241f31, &on_light },
    &dark_colours },
  { "light", N_ ("Light"), { 0x241f31, 0xffffff, 0x241f31, &on_light }, NULL },
  { "dark", N_ ("Dark"), { 0xf6f5f4, 0x1e1e1e, 0xf6f5f4, &on_dark }, NULL },
  { "solarized-light", N_ ("Solarized Light"), { 0x586e75, 0xfdf6e3, 0x586e75, &solarized }, NULL },
  { "solarized-dark", N_ ("Solarized Dark"), { 0x93a1a1, 0x002b36, 0x93a1a1, &solarized }, NULL },
  { "green", N_ ("Green on Black"), { 0x33ff33, 0x000000, 0x33ff33, &greens }, NULL },
  { "high-contrast", N_ ("High Contrast"), { 0xffffff, 0x000000, 0xffff00, &high_contrast }, NULL },
};

guint
lab_terminal_scheme_get_n (void)
{
  return G_N_ELEMENTS (schemes);
}

const char *
lab_terminal_scheme_get_name (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (schemes), NULL);

  return schemes[index].name;
}

const char *
lab_terminal_scheme_get_title (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (schemes), NULL);

  return _ (schemes[index].title);
}

static GdkRGBA
to_rgba (guint32 colour)
{
  return (GdkRGBA){
    .red = (float) (colour >> 16 & 0xff) / 255.f,
    .green = (float) (colour >> 8 & 0xff) / 255.f,
    .blue = (float) (colour & 0xff) / 255.f,
    .alpha = 1.f,
  };
}

void
lab_terminal_scheme_load (const char *name, gboolean dark, LabTerminalColours *colours)
{
  const Scheme *scheme = &schemes[0];
  const Colours *table;

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_strcmp0 (schemes[i].name, name) == 0)
      scheme = &schemes[i];
  table = dark && scheme->dark != NULL ? scheme->dark : &scheme->light;
  colours->foreground = to_rgba (table->foreground);
  colours->background = to_rgba (table->background);
  colours->cursor = to_rgba (table->cursor);
  for (guint i = 0; i < LAB_TERMINAL_N_COLOURS; i++)
    colours->palette[i] = to_rgba ((*table->palette)[i]);
}

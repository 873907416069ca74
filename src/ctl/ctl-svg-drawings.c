/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drawings: texts, shapes and pictures that the lab's author put on the canvas. A drawing's place
 * is the upper left corner of its box; it is turned about the middle of the box. */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ctl-svg-private.h"

#define DEFAULT_TEXT_SIZE 15.0
#define LINE_HEIGHT       1.3

typedef struct
{
  char *family;
  double size; /* px */
  gboolean bold;
  gboolean italic;
} Font;

/* A Pango description: "Family words, style words, points". */
static Font
parse_font (const char *description)
{
  Font font = { .size = DEFAULT_TEXT_SIZE };
  g_autoptr (GString) family = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit_set (description != NULL ? description : "", " ,", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      double number = g_ascii_strtod (words[i], NULL);

      if (g_ascii_strcasecmp (words[i], "bold") == 0)
        font.bold = TRUE;
      else if (g_ascii_strcasecmp (words[i], "italic") == 0)
        font.italic = TRUE;
      else if (g_ascii_isdigit (words[i][0]) && number >= 1 && number <= 400)
        font.size = g_str_has_suffix (words[i], "px") ? number : number * 4 / 3;
      else if (*words[i] != '\0')
        g_string_append_printf (family, "%s%s", family->len > 0 ? " " : "", words[i]);
    }
  font.family = g_string_free (g_steal_pointer (&family), FALSE);
  return font;
}

static void
text_size (LabDrawing *drawing, double *width, double *height)
{
  Font font = parse_font (lab_drawing_get_font (drawing));
  const char *text = lab_drawing_get_text (drawing);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  guint n = g_strv_length (lines);

  if (n > 1 && *lines[n - 1] == '\0')
    n--;
  *width = 0;
  for (guint i = 0; i < n; i++)
    *width = MAX (*width, svg_text_width (lines[i], font.size) * (font.bold ? 1.08 : 1));
  *height = n * font.size * LINE_HEIGHT;
  g_free (font.family);
}

/* Upper left corner and size, whatever the kind. */
static void
get_box (LabDrawing *drawing, double *x, double *y, double *width, double *height)
{
  *x = lab_drawing_get_x (drawing);
  *y = lab_drawing_get_y (drawing);
  *width = lab_drawing_get_width (drawing);
  *height = lab_drawing_get_height (drawing);
  if (lab_drawing_get_kind (drawing) == LAB_DRAWING_TEXT)
    text_size (drawing, width, height);
}

SvgBox
svg_drawing_box (LabDrawing *drawing)
{
  double x;
  double y;
  double width;
  double height;
  double angle = lab_drawing_get_rotation (drawing) * G_PI / 180;
  double turned_width;
  double turned_height;

  get_box (drawing, &x, &y, &width, &height);
  turned_width = fabs (width * cos (angle)) + fabs (height * sin (angle));
  turned_height = fabs (width * sin (angle)) + fabs (height * cos (angle));
  return svg_box_around (x + width / 2, y + height / 2,
                         turned_width + lab_drawing_get_stroke_width (drawing),
                         turned_height + lab_drawing_get_stroke_width (drawing));
}

/* "#rrggbbaa" as the two attributes that every reader of SVG knows. */
static void
append_colour (GString *svg, const char *attribute, const char *colour, const char *fallback)
{
  if (colour == NULL)
    colour = fallback;
  if (strlen (colour) != 9)
    {
      svg_append (svg, " %s='%s'", attribute, colour);
      return;
    }
  svg_append (svg, " %s='%.7s' %s-opacity='%.3g'", attribute, colour, attribute,
              (double) strtoul (colour + 7, NULL, 16) / 255);
}

static void
append_stroke (GString *svg, LabDrawing *drawing, const char *fallback)
{
  double width = lab_drawing_get_stroke_width (drawing);
  const char *dash = lab_drawing_get_dash (drawing);

  append_colour (svg, "stroke", lab_drawing_get_stroke (drawing), fallback);
  svg_append (svg, " stroke-width='%g'", width);
  if (g_strcmp0 (dash, "dash") == 0)
    svg_append (svg, " stroke-dasharray='%g %g'", width * 4, width * 3);
  else if (g_strcmp0 (dash, "dot") == 0)
    svg_append (svg, " stroke-dasharray='0 %g' stroke-linecap='round'", width * 2);
}

static void
append_text (GString *svg, LabDrawing *drawing, double x, double y)
{
  Font font = parse_font (lab_drawing_get_font (drawing));
  g_autofree char *family = svg_escape (font.family);
  const char *text = lab_drawing_get_text (drawing);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  svg_append (svg, "<text font-size='%g' xml:space='preserve'", font.size);
  if (*family != '\0')
    svg_append (svg, " font-family='%s'", family);
  if (font.bold)
    g_string_append (svg, " font-weight='bold'");
  if (font.italic)
    g_string_append (svg, " font-style='italic'");
  /* The colour of a text is its fill; a stroke alone is taken for it. */
  append_colour (svg, "fill",
                 lab_drawing_get_fill (drawing) != NULL ? lab_drawing_get_fill (drawing)
                                                        : lab_drawing_get_stroke (drawing),
                 "#2e3436");
  g_string_append_c (svg, '>');
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = svg_escape (lines[i]);

      svg_append (svg, "<tspan x='%g' y='%g'>%s</tspan>", x, y + font.size * (LINE_HEIGHT * i + 1),
                  line);
    }
  g_string_append (svg, "</text>");
  g_free (font.family);
}

static void
append_picture (GString *svg, LabDrawing *drawing, SvgBox box)
{
  GBytes *bytes = lab_drawing_get_picture (drawing);
  const char *type = lab_drawing_get_picture_type (drawing);
  gsize size;
  gconstpointer data;
  g_autofree char *encoded = NULL;

  if (bytes == NULL || type == NULL)
    return;
  data = g_bytes_get_data (bytes, &size);
  encoded = g_base64_encode (data, size);
  svg_append (svg,
              "<image x='%g' y='%g' width='%g' height='%g' preserveAspectRatio='none' "
              "xlink:href='data:%s;base64,%s'/>",
              box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0, type, encoded);
}

static void
append_shape (GString *svg, LabDrawing *drawing, double x, double y, double width, double height)
{
  switch (lab_drawing_get_kind (drawing))
    {
    case LAB_DRAWING_TEXT:
      append_text (svg, drawing, x, y);
      break;
    case LAB_DRAWING_PICTURE:
      append_picture (svg, drawing, (SvgBox){ x, y, x + width, y + height });
      break;
    case LAB_DRAWING_LINE:
      svg_append (svg, "<line x1='%g' y1='%g' x2='%g' y2='%g'", x, y, x + width, y + height);
      append_stroke (svg, drawing, "#555753");
      g_string_append (svg, "/>");
      break;
    case LAB_DRAWING_ELLIPSE:
      svg_append (svg, "<ellipse cx='%g' cy='%g' rx='%g' ry='%g'", x + width / 2, y + height / 2,
                  width / 2, height / 2);
      append_colour (svg, "fill", lab_drawing_get_fill (drawing), "none");
      append_stroke (svg, drawing, "none");
      g_string_append (svg, "/>");
      break;
    case LAB_DRAWING_RECTANGLE:
    default:
      svg_append (svg, "<rect x='%g' y='%g' width='%g' height='%g' rx='6'", x, y, width, height);
      append_colour (svg, "fill", lab_drawing_get_fill (drawing), "none");
      append_stroke (svg, drawing, "none");
      g_string_append (svg, "/>");
    }
}

void
svg_drawing_append (GString *svg, LabDrawing *drawing)
{
  double rotation = lab_drawing_get_rotation (drawing);
  double x;
  double y;
  double width;
  double height;

  get_box (drawing, &x, &y, &width, &height);
  if (rotation != 0)
    svg_append (svg, "<g transform='rotate(%g %g %g)'>", rotation, x + width / 2, y + height / 2);
  append_shape (svg, drawing, x, y, width, height);
  g_string_append (svg, rotation != 0 ? "</g>\n" : "\n");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scene drawn with cairo. Order: drawings behind, links, drawings and devices by layer, then all
 * text, so that no line runs through a name. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <pango/pangocairo.h>

#include "lab-impair-mark.h"
#include "lab-picture-painter.h"
#include "lab-symbols.h"

#define FONT       "Cantarell, Sans 11"
#define HALO_WIDTH 3.5

struct _LabPicturePainter
{
  const LabPictureOptions *options;
  LabScene *scene;
  LabText *text;
  PangoContext *context;
  LabPalette palette;
  GHashTable *nodes;    /* (nullable) LabNode objects that are drawn */
  GHashTable *drawings; /* (nullable) ids */
  gboolean plain;
};

typedef struct
{
  LabColour colour;
  const char *value;
} Shade;

/* Paper is white. */
static const Shade light[] = {
  { LAB_COLOUR_BACKGROUND, "#ffffff" },
  { LAB_COLOUR_HALO, "rgba(255,255,255,0.9)" },
};

static const Shade dark[] = {
  { LAB_COLOUR_BACKGROUND, "#1e1e1e" }, { LAB_COLOUR_HALO, "rgba(30,30,30,0.9)" },
  { LAB_COLOUR_TEXT, "#ffffff" },       { LAB_COLOUR_DIM_TEXT, "#c0bfbc" },
  { LAB_COLOUR_LINK, "#c0bfbc" },       { LAB_COLOUR_SERIAL, "#e5a50a" },
  { LAB_COLOUR_UNPLUGGED, "#77767b" },  { LAB_COLOUR_DRAWING, "#c0bfbc" },
};

static void
choose_colours (LabPalette *palette, gboolean is_dark)
{
  const Shade *shades = is_dark ? dark : light;
  guint n_shades = is_dark ? G_N_ELEMENTS (dark) : G_N_ELEMENTS (light);

  lab_palette_init (palette);
  for (guint i = 0; i < n_shades; i++)
    gdk_rgba_parse (&palette->colours[shades[i].colour], shades[i].value);
}

static void
measure_symbol_cb (LabNode *node, double *half_width, double *half_height, gpointer data)
{
  lab_symbols_get_size (lab_symbols_for_node (node), half_width, half_height);
}

/* Fonts in this thread and at 96 dpi, so that a picture has the size that the canvas has at zoom 1.
 */
static PangoContext *
make_context (void)
{
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (fonts);
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_font_description (context, font);
  cairo_font_options_destroy (options);
  pango_font_description_free (font);

  return context;
}

static void
choose_items (LabPicturePainter *self, LabTopology *topology)
{
  const LabPictureOptions *options = self->options;

  if (options->nodes == NULL && options->drawings == NULL)
    return;
  self->nodes = g_hash_table_new (NULL, NULL);
  self->drawings = g_hash_table_new (NULL, NULL);
  for (guint i = 0; options->nodes != NULL && options->nodes[i] != NULL; i++)
    {
      LabNode *node = lab_topology_find_node (topology, options->nodes[i]);

      if (node != NULL)
        g_hash_table_add (self->nodes, node);
    }
  for (guint i = 0; options->drawings != NULL && i < options->drawings->len; i++)
    g_hash_table_add (self->drawings,
                      GUINT_TO_POINTER (g_array_index (options->drawings, guint, i)));
}

LabPicturePainter *
lab_picture_painter_new (LabTopology *topology, const LabPictureOptions *options)
{
  LabPicturePainter *self = g_new0 (LabPicturePainter, 1);

  self->options = options;
  self->context = make_context ();
  self->text = lab_text_new (self->context);
  self->scene = lab_scene_new (topology);
  lab_scene_set_measure (self->scene, lab_text_measure, measure_symbol_cb, self->text);
  choose_colours (&self->palette, options->dark);
  choose_items (self, topology);

  return self;
}

void
lab_picture_painter_free (LabPicturePainter *self)
{
  g_clear_object (&self->scene);
  g_clear_pointer (&self->text, lab_text_free);
  g_clear_object (&self->context);
  g_clear_pointer (&self->nodes, g_hash_table_unref);
  g_clear_pointer (&self->drawings, g_hash_table_unref);
  g_free (self);
}

void
lab_picture_painter_set_plain (LabPicturePainter *self)
{
  self->plain = TRUE;
}

static gboolean
shows_node (LabPicturePainter *self, LabSceneNode *node)
{
  return node != NULL &&
         (self->nodes == NULL || g_hash_table_contains (self->nodes, node->item.object));
}

static gboolean
shows_link (LabPicturePainter *self, LabSceneLink *link)
{
  return link->geometry.n_points > 1 && shows_node (self, link->ends[0]) &&
         shows_node (self, link->ends[1]);
}

static gboolean
shows_drawing (LabPicturePainter *self, LabSceneDrawing *drawing)
{
  guint id = lab_drawing_get_id (drawing->item.object);

  return self->drawings == NULL || g_hash_table_contains (self->drawings, GUINT_TO_POINTER (id));
}

/* A box that may be empty. */
static LabBox
add_box (LabBox sum, const LabBox *box)
{
  return lab_box_is_empty (box) ? sum : lab_box_union (sum, *box);
}

static LabBox
drawing_box (LabSceneDrawing *drawing)
{
  double grow = lab_drawing_get_stroke_width (drawing->item.object) / 2 + 1;

  return lab_box_grow (lab_scene_drawing_box (drawing), grow);
}

LabBox
lab_picture_painter_get_bounds (LabPicturePainter *self)
{
  GPtrArray *nodes = lab_scene_get_nodes (self->scene);
  GPtrArray *links = lab_scene_get_links (self->scene);
  GPtrArray *drawings = lab_scene_get_drawings (self->scene);
  LabBox bounds = LAB_BOX_EMPTY;

  for (guint i = 0; i < nodes->len; i++)
    {
      LabSceneNode *node = g_ptr_array_index (nodes, i);
      LabBox symbol = lab_box_around (node->x, node->y, node->half_width, node->half_height);

      if (shows_node (self, node))
        bounds = add_box (add_box (bounds, &symbol), &node->label);
    }
  for (guint i = 0; i < links->len; i++)
    {
      LabSceneLink *link = g_ptr_array_index (links, i);

      if (!shows_link (self, link))
        continue;
      bounds = add_box (add_box (bounds, &link->geometry.bounds), &link->label);
      bounds = add_box (add_box (bounds, &link->port_label[0]), &link->port_label[1]);
    }
  for (guint i = 0; i < drawings->len; i++)
    {
      LabSceneDrawing *drawing = g_ptr_array_index (drawings, i);
      LabBox box = drawing_box (drawing);

      if (shows_drawing (self, drawing))
        bounds = add_box (bounds, &box);
    }
  if (lab_box_is_empty (&bounds))
    bounds = lab_box_around (0, 0, 80, 40);
  bounds = lab_box_grow (bounds, self->options->margin);

  /* Whole units, so that lines on the grid stay sharp. */
  return (LabBox){ floor (bounds.x0), floor (bounds.y0), ceil (bounds.x1), ceil (bounds.y1) };
}

static void
set_line_style (LabPicturePainter *self, cairo_t *cr, LabSceneLink *link)
{
  LabLink *object = link->item.object;
  const char *own = lab_link_get_colour (object);
  const char *dash = lab_link_get_dash (object);
  double width = lab_link_get_width (object);
  double dashes[] = { 4 * width, 3 * width };
  double dots[] = { 0, 2.5 * width };
  GdkRGBA colour =
      *lab_palette_get (&self->palette, link->place.serial ? LAB_COLOUR_SERIAL : LAB_COLOUR_LINK);

  if (own != NULL)
    gdk_rgba_parse (&colour, own);
  if (!lab_link_get_plugged (object))
    {
      colour = *lab_palette_get (&self->palette, LAB_COLOUR_UNPLUGGED);
      dash = "dash";
    }
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, g_str_equal (dash, "dash") ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  if (g_str_equal (dash, "dash"))
    cairo_set_dash (cr, dashes, 2, 0);
  else if (g_str_equal (dash, "dot"))
    cairo_set_dash (cr, dots, 2, 0);
  else
    cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_link (LabPicturePainter *self, cairo_t *cr, LabSceneLink *link)
{
  const LabLinkGeometry *geometry = &link->geometry;

  cairo_save (cr);
  set_line_style (self, cr, link);
  for (guint i = 0; i < geometry->n_points; i++)
    cairo_line_to (cr, geometry->points[i].x, geometry->points[i].y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_impair_mark (LabPicturePainter *self, cairo_t *cr, const LabImpairMark *mark)
{
  const double radius = LAB_IMPAIR_MARK_RADIUS;

  cairo_save (cr);
  cairo_translate (cr, mark->centre.x, mark->centre.y);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, lab_palette_get (&self->palette, LAB_COLOUR_IMPAIRED));
  cairo_fill (cr);
  for (guint i = 0; i < 3; i++)
    cairo_line_to (cr, mark->arrow[i].x * radius, mark->arrow[i].y * radius);
  gdk_cairo_set_source_rgba (cr, lab_palette_get (&self->palette, LAB_COLOUR_BACKGROUND));
  cairo_set_line_width (cr, 2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_impair_marks (LabPicturePainter *self, cairo_t *cr, LabSceneLink *link)
{
  LabImpairMark marks[2];
  guint n = lab_impair_marks_place (link, marks);

  for (guint i = 0; i < n; i++)
    draw_impair_mark (self, cr, &marks[i]);
}

static void
draw_symbol (cairo_t *cr, LabSceneNode *node)
{
  double half = LAB_SYMBOL_GRID / 2.0;

  lab_symbols_render_cairo (lab_symbols_for_node (node->item.object), cr, node->x - half,
                            node->y - half, 2 * half, 2 * half);
}

/* Text in the middle of @box, with a seam around the letters that keeps lines out of them. */
static void
draw_text (LabPicturePainter *self,
           cairo_t *cr,
           LabTextStyle style,
           const char *text,
           const LabBox *box,
           LabColour colour)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width;
  int height;

  if (lab_box_is_empty (box) || text == NULL || *text == '\0')
    return;
  layout = lab_text_make_layout (self->text, style, NULL, text);
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_save (cr);
  cairo_translate (cr, (box->x0 + box->x1 - width) / 2, (box->y0 + box->y1 - height) / 2);
  cairo_move_to (cr, 0, 0);
  pango_cairo_layout_path (cr, layout);
  gdk_cairo_set_source_rgba (cr, lab_palette_get (&self->palette, LAB_COLOUR_HALO));
  cairo_set_line_width (cr, HALO_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  cairo_move_to (cr, 0, 0);
  gdk_cairo_set_source_rgba (cr, lab_palette_get (&self->palette, colour));
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
  cairo_restore (cr);
}

/* The text of a link stands on the line: it gets a ground of its own. */
static void
draw_link_text (LabPicturePainter *self, cairo_t *cr, LabSceneLink *link)
{
  const LabBox *box = &link->label;

  if (lab_box_is_empty (box))
    return;
  gdk_cairo_set_source_rgba (cr, lab_palette_get (&self->palette, LAB_COLOUR_HALO));
  cairo_rectangle (cr, box->x0 - 3, box->y0, box->x1 - box->x0 + 6, box->y1 - box->y0);
  cairo_fill (cr);
  draw_text (self, cr, LAB_TEXT_LINK, lab_link_get_label (link->item.object), box, LAB_COLOUR_TEXT);
}

static void
draw_items (LabPicturePainter *self, cairo_t *cr, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      LabSceneItem *item = g_ptr_array_index (items, i);
      LabSceneNode *node = lab_scene_item_node (item);
      LabSceneDrawing *drawing = lab_scene_item_drawing (item);

      if (node != NULL && shows_node (self, node))
        draw_symbol (cr, node);
      else if (drawing != NULL && shows_drawing (self, drawing))
        lab_picture_draw_drawing (cr, drawing, self->text, &self->palette);
    }
}

static void
draw_labels (LabPicturePainter *self, cairo_t *cr)
{
  GPtrArray *nodes = lab_scene_get_nodes (self->scene);
  GPtrArray *links = lab_scene_get_links (self->scene);

  for (guint i = 0; i < links->len; i++)
    {
      LabSceneLink *link = g_ptr_array_index (links, i);

      if (!shows_link (self, link))
        continue;
      for (guint end = 0; end < 2; end++)
        draw_text (self, cr, LAB_TEXT_PORT, lab_link_get_port_name (link->item.object, end),
                   &link->port_label[end], LAB_COLOUR_DIM_TEXT);
      draw_link_text (self, cr, link);
    }
  for (guint i = 0; i < nodes->len; i++)
    {
      LabSceneNode *node = g_ptr_array_index (nodes, i);

      if (shows_node (self, node))
        draw_text (self, cr, LAB_TEXT_NODE, lab_node_get_name (node->item.object), &node->label,
                   LAB_COLOUR_TEXT);
    }
}

void
lab_picture_painter_draw (LabPicturePainter *self, cairo_t *cr)
{
  GPtrArray *links = lab_scene_get_links (self->scene);

  if (!self->options->transparent)
    {
      gdk_cairo_set_source_rgba (cr, lab_palette_get (&self->palette, LAB_COLOUR_BACKGROUND));
      cairo_paint (cr);
    }
  draw_items (self, cr, lab_scene_get_back (self->scene));
  for (guint i = 0; i < links->len; i++)
    if (shows_link (self, g_ptr_array_index (links, i)))
      {
        draw_link (self, cr, g_ptr_array_index (links, i));
        draw_impair_marks (self, cr, g_ptr_array_index (links, i));
      }
  draw_items (self, cr, lab_scene_get_front (self->scene));
  if (!self->plain)
    draw_labels (self, cr);
}

char *
lab_picture_painter_describe (LabPicturePainter *self)
{
  GPtrArray *nodes = lab_scene_get_nodes (self->scene);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      LabSceneNode *node = g_ptr_array_index (nodes, i);

      if (shows_node (self, node))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                                lab_node_get_name (node->item.object));
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-drawing.h"
#include "lab-node.h"
#include "lab-topology.h"

G_BEGIN_DECLS

/* A rectangle by its corners; empty while x1 < x0. */
typedef struct
{
  double x0, y0, x1, y1;
} SvgBox;

#define SVG_BOX_EMPTY ((SvgBox){ G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE })

/* @x, @y: the middle. */
static inline SvgBox
svg_box_around (double x, double y, double width, double height)
{
  return (SvgBox){ x - width / 2, y - height / 2, x + width / 2, y + height / 2 };
}

/* @self becomes the smallest box with both in it. */
static inline void
svg_box_add (SvgBox *self, SvgBox other)
{
  self->x0 = MIN (self->x0, other.x0);
  self->y0 = MIN (self->y0, other.y0);
  self->x1 = MAX (self->x1, other.x1);
  self->y1 = MAX (self->y1, other.y1);
}

/* Escaped for XML; what XML cannot hold is left out. (transfer full) */
char   *svg_escape        (const char *text);
/* About as wide as a sans-serif font sets it. */
double  svg_text_width    (const char *text, double size);
/* g_string_append_printf(), shorter. ctl_svg_draw() sees to the decimal point. */
void    svg_append        (GString *svg, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Before all others: the symbols that the nodes of @topology need. */
void    svg_symbols_define (GString *svg, LabTopology *topology);
/* A node's symbol with its middle at the node's place; how far it reaches from there. */
void    svg_symbol_append (GString *svg, LabNode *node);
void    svg_symbol_extent (LabNode *node, double *half_width, double *half_height);

/* A drawing as it stands in the document, turned; and the box that it then needs, without half of
 * its line's width. */
void    svg_drawing_append (GString *svg, LabDrawing *drawing);
SvgBox  svg_drawing_box    (LabDrawing *drawing);

/* Where the labels go that have a choice. */
typedef struct _SvgPlacer SvgPlacer;

/* An empty plane: first all that must stay free, then the labels. (transfer full) */
SvgPlacer *svg_placer_new      (void);
void       svg_placer_free     (SvgPlacer *self);
/* Something that must not be covered. */
void       svg_placer_add_box  (SvgPlacer *self, SvgBox box);
void       svg_placer_add_line (SvgPlacer *self, double x0, double y0, double x1, double y1);
/* The best place for a label @width x @height near the line from @x,@y in direction @dx,@dy (unit
 * length), not before @from and not after @to along it. The place is taken. */
SvgBox     svg_placer_place    (SvgPlacer *self, double x, double y, double dx, double dy,
                                double from, double to, double width, double height);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SvgPlacer, svg_placer_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Painting the plane.
 *
 * Each item has up to four render nodes in its record's cache, painted in plane coordinates
 * (lab-paint.h) and kept until the item's serial or the context's epoch changes. A frame puts the
 * nodes of what is in view into one container a layer, and moves the lot by one translation.
 * Nothing else is built anew, so building a frame costs little, and GSK's comparison of two frames
 * ends at equal pointers. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <gsk/gsk.h>

#include "lab-canvas-private.h"
#include "lab-look.h"
#include "lab-symbol-folder.h"
#include "lab-symbols.h"

/* Plane coordinates are kept this small, in pixels: they are floats in render nodes. */
#define MAX_PLANE_PIXELS 16384.0
/* How many items are one container. */
#define CHUNK_ITEMS 32
/* In view, or nearly: overlays reach out of their items. */
#define CULL_PIXELS 16.0

typedef enum
{
  SLOT_BODY,
  SLOT_LABEL,
  SLOT_MARKS, /* under the bodies of nodes */
  SLOT_OVER,  /* handles */
  N_SLOTS
} Slot;

typedef struct
{
  guint64 epoch;
  guint64 serial;
  GskRenderNode *nodes[N_SLOTS]; /* (nullable) */
} Cache;

static void
cache_clear (Cache *cache)
{
  for (guint i = 0; i < N_SLOTS; i++)
    g_clear_pointer (&cache->nodes[i], gsk_render_node_unref);
}

static void
cache_free (gpointer data)
{
  cache_clear (data);
  g_free (data);
}

/* Some items that follow each other in the painting order, as one container a slot. As long as none
 * of them is painted anew, comes into view or leaves it, the containers are those of the last
 * frame. */
typedef struct
{
  guint64 key;
  GskRenderNode *nodes[N_SLOTS];
} Chunk;

static void
chunk_clear (gpointer data)
{
  Chunk *chunk = data;

  for (guint i = 0; i < N_SLOTS; i++)
    g_clear_pointer (&chunk->nodes[i], gsk_render_node_unref);
}

static void
measure_symbol (LabNode *node, double *half_width, double *half_height, gpointer user_data)
{
  lab_symbols_get_size (lab_symbols_for_node (node), half_width, half_height);
}

/* Style changes are told for every state of the widget too; fonts and colours are often the same.
 */
static gboolean
font_changed (LabCanvas *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  g_autofree char *name =
      pango_font_description_to_string (pango_context_get_font_description (context));
  g_autofree char *font =
      g_strdup_printf ("%s@%g", name, pango_cairo_context_get_resolution (context));

  if (g_strcmp0 (font, self->font) == 0)
    return FALSE;
  g_free (self->font);
  self->font = g_steal_pointer (&font);

  return TRUE;
}

void
lab_canvas_restyle (LabCanvas *self, gboolean forced)
{
  gboolean font;
  gboolean colours;

  if (self->context.text == NULL)
    return;
  font = font_changed (self);
  colours = lab_palette_load (&self->palette, GTK_WIDGET (self));
  if (!font && !colours && !forced)
    return;
  lab_text_clear (self->context.text);
  lab_sprites_clear (self->context.sprites);
  self->style_epoch++;
  lab_scene_invalidate (lab_stage_get_scene (self->stage));
}

static void
symbols_changed_cb (LabCanvas *self)
{
  lab_canvas_restyle (self, TRUE);
}

void
lab_canvas_init_painting (LabCanvas *self)
{
  LabScene *scene = lab_stage_get_scene (self->stage);

  lab_palette_init (&self->palette);
  self->context.palette = &self->palette;
  self->context.text = lab_text_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  self->context.sprites = lab_sprites_new ();
  self->style_epoch = 1;
  for (guint i = 0; i < G_N_ELEMENTS (self->chunks); i++)
    {
      self->chunks[i] = g_array_new (FALSE, TRUE, sizeof (Chunk));
      g_array_set_clear_func (self->chunks[i], chunk_clear);
    }
  lab_scene_set_cache_free (scene, cache_free);
  lab_scene_set_measure (scene, lab_text_measure, measure_symbol, self->context.text);
  g_signal_connect_object (lab_symbol_folder_get_default (), "changed",
                           G_CALLBACK (symbols_changed_cb), self, G_CONNECT_SWAPPED);
}

void
lab_canvas_dispose_painting (LabCanvas *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->chunks); i++)
    g_clear_pointer (&self->chunks[i], g_array_unref);
  g_clear_pointer (&self->grid, gsk_render_node_unref);
  g_clear_pointer (&self->context.text, lab_text_free);
  g_clear_pointer (&self->context.sprites, lab_sprites_free);
  g_clear_pointer (&self->font, g_free);
}

static gboolean
is_software (LabCanvas *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;

  return renderer == NULL || GSK_IS_CAIRO_RENDERER (renderer);
}

/* Moves the base point if the view is too far from it for floats. */
static gboolean
needs_base (LabCanvas *self, const LabViewport *viewport)
{
  return fabs (viewport->x - self->context.base_x) * viewport->zoom > MAX_PLANE_PIXELS ||
         fabs (viewport->y - self->context.base_y) * viewport->zoom > MAX_PLANE_PIXELS;
}

static void
update_context (LabCanvas *self)
{
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  LabPaintContext *context = &self->context;
  gboolean rates = lab_topology_get_rates (lab_stage_get_topology (self->stage));
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  gboolean software = is_software (self);
  gboolean rebase = needs_base (self, viewport);

  if (context->zoom == viewport->zoom && context->scale == scale && context->software == software &&
      context->rates == rates && self->painted_epoch == self->style_epoch && !rebase)
    return;
  context->zoom = viewport->zoom;
  context->scale = scale;
  context->software = software;
  context->rates = rates;
  context->lod = lab_lod_for_zoom (viewport->zoom);
  if (rebase)
    {
      context->base_x = round (viewport->x);
      context->base_y = round (viewport->y);
    }
  self->painted_epoch = self->style_epoch;
  context->epoch++;
}

static void
paint_item (const LabPaintContext *context, LabSceneItem *item, Cache *cache)
{
  LabSceneNode *node = lab_scene_item_node (item);
  LabSceneLink *link = lab_scene_item_link (item);
  LabSceneDrawing *drawing = lab_scene_item_drawing (item);

  cache_clear (cache);
  if ((item->flags & LAB_SCENE_HIDDEN) != 0)
    return;
  if (node != NULL)
    {
      cache->nodes[SLOT_BODY] = lab_paint_node (context, node);
      cache->nodes[SLOT_LABEL] = lab_paint_node_label (context, node);
      cache->nodes[SLOT_MARKS] = lab_paint_node_marks (context, node);
      cache->nodes[SLOT_OVER] = lab_paint_node_handles (context, node);
    }
  else if (link != NULL)
    {
      cache->nodes[SLOT_BODY] = lab_paint_link (context, link);
      cache->nodes[SLOT_LABEL] = lab_paint_link_labels (context, link);
    }
  else
    {
      cache->nodes[SLOT_BODY] = lab_paint_drawing (context, drawing);
      cache->nodes[SLOT_OVER] = lab_paint_drawing_marks (context, drawing);
    }
}

static Cache *
get_cache (const LabPaintContext *context, LabSceneItem *item)
{
  Cache *cache = item->cache;

  if (cache == NULL)
    item->cache = cache = g_new0 (Cache, 1);
  if (cache->epoch == context->epoch && cache->serial == item->serial)
    return cache;
  paint_item (context, item, cache);
  cache->epoch = context->epoch;
  cache->serial = item->serial;

  return cache;
}

/* A node for what is not there, so that all others keep their number. */
static GskRenderNode *
get_nothing (void)
{
  static GskRenderNode *nothing;

  if (nothing == NULL)
    nothing = gsk_container_node_new (NULL, 0);

  return nothing;
}

/* Borrowed caches of the items in view, %NULL for the others. Returns a number for just this sight.
 */
static guint64
look_at_items (const LabPaintContext *context,
               LabSceneItem **items,
               guint n_items,
               const LabBox *view,
               Cache **caches)
{
  guint64 key = context->epoch;

  for (guint i = 0; i < n_items; i++)
    {
      gboolean seen = lab_box_meets (&items[i]->bounds, view);

      caches[i] = seen ? get_cache (context, items[i]) : NULL;
      key = (key ^ (seen ? items[i]->serial : 0)) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
      key ^= key >> 29;
    }

  return key;
}

static void
fill_chunk (Chunk *chunk, Cache **caches, guint n_items)
{
  GskRenderNode *nodes[CHUNK_ITEMS];

  chunk_clear (chunk);
  for (guint slot = 0; slot < N_SLOTS; slot++)
    {
      gboolean empty = TRUE;

      for (guint i = 0; i < n_items; i++)
        {
          nodes[i] = caches[i] != NULL ? caches[i]->nodes[slot] : NULL;
          empty = empty && nodes[i] == NULL;
          if (nodes[i] == NULL)
            nodes[i] = get_nothing ();
        }
      chunk->nodes[slot] =
          empty ? gsk_render_node_ref (get_nothing ()) : gsk_container_node_new (nodes, n_items);
    }
}

/* The layers of @items: a container of chunks for each slot, (transfer full). */
static void
paint_items (const LabPaintContext *context,
             GPtrArray *items,
             const LabBox *view,
             GArray *chunks,
             GskRenderNode *layers[N_SLOTS])
{
  guint n_chunks = (items->len + CHUNK_ITEMS - 1) / CHUNK_ITEMS;
  g_autofree GskRenderNode **nodes = g_new (GskRenderNode *, n_chunks + 1);
  Cache *caches[CHUNK_ITEMS];

  g_array_set_size (chunks, n_chunks);
  for (guint i = 0; i < n_chunks; i++)
    {
      Chunk *chunk = &g_array_index (chunks, Chunk, i);
      guint n_items = MIN (CHUNK_ITEMS, items->len - i * CHUNK_ITEMS);
      guint64 key = look_at_items (context, (LabSceneItem **) &items->pdata[i * CHUNK_ITEMS],
                                   n_items, view, caches);

      if (chunk->nodes[0] != NULL && chunk->key == key)
        continue;
      fill_chunk (chunk, caches, n_items);
      chunk->key = key;
    }
  for (guint slot = 0; slot < N_SLOTS; slot++)
    {
      for (guint i = 0; i < n_chunks; i++)
        nodes[i] = g_array_index (chunks, Chunk, i).nodes[slot];
      layers[slot] = gsk_container_node_new (nodes, n_chunks);
    }
}

static GskRenderNode *
get_grid (LabCanvas *self, const LabBox *view)
{
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  LabTopology *topology = lab_stage_get_topology (self->stage);
  graphene_rect_t box;

  if (!lab_topology_get_show_grid (topology))
    return NULL;
  if (self->grid != NULL && self->grid_epoch[0] == self->context.epoch &&
      self->grid_epoch[1] == viewport->epoch)
    return gsk_render_node_ref (self->grid);
  g_clear_pointer (&self->grid, gsk_render_node_unref);
  graphene_rect_init (&box, (float) lab_paint_x (&self->context, view->x0),
                      (float) lab_paint_y (&self->context, view->y0),
                      (float) ((view->x1 - view->x0) * viewport->zoom),
                      (float) ((view->y1 - view->y0) * viewport->zoom));
  self->grid = lab_paint_grid (&self->context, lab_topology_get_grid (topology), &box);
  self->grid_epoch[0] = self->context.epoch;
  self->grid_epoch[1] = viewport->epoch;

  return self->grid != NULL ? gsk_render_node_ref (self->grid) : NULL;
}

static GskRenderNode *
paint_tools (LabCanvas *self)
{
  LabTool *chosen = lab_canvas_get_chosen_tool (self);
  LabNodeList list = { .n = 0 };

  if (self->current != NULL)
    lab_node_list_take (&list, lab_tool_paint (self->current, &self->context));
  if (chosen != NULL && chosen != self->current)
    lab_node_list_take (&list, lab_tool_paint (chosen, &self->context));

  return lab_node_list_finish (&list);
}

static void
take (GPtrArray *all, GskRenderNode *node)
{
  g_ptr_array_add (all, node != NULL ? node : gsk_render_node_ref (get_nothing ()));
}

static GskRenderNode *
build_plane (LabCanvas *self)
{
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  LabScene *scene = lab_stage_get_scene (self->stage);
  LabBox seen = lab_viewport_get_box (viewport);
  LabBox view = lab_box_grow (seen, CULL_PIXELS / viewport->zoom);
  g_autoptr (GPtrArray) all =
      g_ptr_array_new_with_free_func ((GDestroyNotify) gsk_render_node_unref);
  GskRenderNode *back[N_SLOTS];
  GskRenderNode *links[N_SLOTS];
  GskRenderNode *front[N_SLOTS];

  paint_items (&self->context, lab_scene_get_back (scene), &view, self->chunks[0], back);
  paint_items (&self->context, lab_scene_get_links (scene), &view, self->chunks[1], links);
  paint_items (&self->context, lab_scene_get_front (scene), &view, self->chunks[2], front);
  take (all, get_grid (self, &seen));
  take (all, back[SLOT_BODY]);
  take (all, links[SLOT_BODY]);
  take (all, front[SLOT_MARKS]);
  take (all, front[SLOT_BODY]);
  take (all, links[SLOT_LABEL]);
  take (all, front[SLOT_LABEL]);
  take (all, back[SLOT_OVER]);
  take (all, front[SLOT_OVER]);
  take (all, paint_tools (self));
  /* Slots that have nothing in these layers. */
  gsk_render_node_unref (back[SLOT_LABEL]);
  gsk_render_node_unref (back[SLOT_MARKS]);
  gsk_render_node_unref (links[SLOT_MARKS]);
  gsk_render_node_unref (links[SLOT_OVER]);

  return gsk_container_node_new ((GskRenderNode **) all->pdata, all->len);
}

void
lab_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LabCanvas *self = LAB_CANVAS (widget);
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  g_autoptr (GskRenderNode) plane = NULL;
  g_autoptr (GskRenderNode) moved = NULL;
  g_autoptr (GskTransform) transform = NULL;
  graphene_point_t by;

  update_context (self);
  plane = build_plane (self);
  by.x = (float) lab_paint_snap (&self->context,
                                 (self->context.base_x - viewport->x) * viewport->zoom);
  by.y = (float) lab_paint_snap (&self->context,
                                 (self->context.base_y - viewport->y) * viewport->zoom);
  transform = gsk_transform_translate (NULL, &by);
  /* Without a translation there is no transform. */
  moved =
      transform != NULL ? gsk_transform_node_new (plane, transform) : gsk_render_node_ref (plane);
  gtk_snapshot_append_node (snapshot, moved);
  /* The proxies draw nothing. */
  if (self->editor != NULL)
    gtk_widget_snapshot_child (widget, GTK_WIDGET (self->editor), snapshot);
}

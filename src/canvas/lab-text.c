/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text as render nodes, laid out once. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <string.h>

#include "lab-text.h"

/* Enough for the names and interfaces of any lab; more are rates that came and went. */
#define MAX_ENTRIES 16384

typedef struct
{
  int width;
  int height;
  PangoLayout *layout; /* (nullable): only until the node is made */
  GskRenderNode *node; /* (nullable) */
  GdkRGBA colour;
} Entry;

struct _LabText
{
  PangoContext *context;
  GHashTable *entries; /* style, font and text → Entry */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->layout);
  g_clear_pointer (&entry->node, gsk_render_node_unref);
  g_free (entry);
}

LabText *
lab_text_new (PangoContext *context)
{
  LabText *self = g_new0 (LabText, 1);

  self->context = g_object_ref (context);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);

  return self;
}

void
lab_text_free (LabText *self)
{
  g_hash_table_unref (self->entries);
  g_object_unref (self->context);
  g_free (self);
}

void
lab_text_clear (LabText *self)
{
  g_hash_table_remove_all (self->entries);
}

static PangoFontDescription *
describe (LabText *self, LabTextStyle style, const char *font)
{
  static const double sizes[] = { 0.95, 0.78, 0.85, 1.0 };
  const PangoFontDescription *base = pango_context_get_font_description (self->context);
  PangoFontDescription *description = base != NULL ? pango_font_description_copy (base)
                                                   : pango_font_description_from_string ("Sans 11");
  int size = pango_font_description_get_size (description);

  if (font != NULL)
    {
      g_autoptr (PangoFontDescription) own = pango_font_description_from_string (font);

      pango_font_description_merge (description, own, TRUE);
      return description;
    }
  size = (int) ((size > 0 ? size : 11 * PANGO_SCALE) * sizes[style]);
  if (pango_font_description_get_size_is_absolute (description))
    pango_font_description_set_absolute_size (description, size);
  else
    pango_font_description_set_size (description, size);
  if (style == LAB_TEXT_NODE)
    pango_font_description_set_weight (description, PANGO_WEIGHT_MEDIUM);

  return description;
}

PangoLayout *
lab_text_make_layout (LabText *self, LabTextStyle style, const char *font, const char *text)
{
  g_autoptr (PangoFontDescription) description = describe (self, style, font);
  PangoLayout *layout = pango_layout_new (self->context);

  pango_layout_set_font_description (layout, description);
  /* A text of many lines ends in a line break, which is no further line. */
  pango_layout_set_text (layout, text, (int) (strlen (text) - g_str_has_suffix (text, "\n")));

  return layout;
}

static Entry *
get_entry (LabText *self, LabTextStyle style, const char *font, const char *text)
{
  g_autofree char *key = g_strdup_printf ("%d\n%s\n%s", style, font != NULL ? font : "", text);
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry != NULL)
    return entry;
  if (g_hash_table_size (self->entries) >= MAX_ENTRIES)
    lab_text_clear (self);
  entry = g_new0 (Entry, 1);
  entry->layout = lab_text_make_layout (self, style, font, text);
  pango_layout_get_pixel_size (entry->layout, &entry->width, &entry->height);
  g_hash_table_insert (self->entries, g_steal_pointer (&key), entry);

  return entry;
}

void
lab_text_measure (LabTextStyle style,
                  const char *font,
                  const char *text,
                  double *width,
                  double *height,
                  gpointer user_data)
{
  Entry *entry = get_entry (user_data, style, font, text);

  *width = entry->width;
  *height = entry->height;
}

static GskRenderNode *
entry_node (LabText *self,
            Entry *entry,
            LabTextStyle style,
            const char *font,
            const char *text,
            const GdkRGBA *colour)
{
  GtkSnapshot *snapshot;

  if (entry->node != NULL && gdk_rgba_equal (&entry->colour, colour))
    return entry->node;
  g_clear_pointer (&entry->node, gsk_render_node_unref);
  if (entry->layout == NULL)
    entry->layout = lab_text_make_layout (self, style, font, text);
  snapshot = gtk_snapshot_new ();
  gtk_snapshot_append_layout (snapshot, entry->layout, colour);
  entry->node = gtk_snapshot_free_to_node (snapshot);
  entry->colour = *colour;
  g_clear_object (&entry->layout);

  return entry->node;
}

GskRenderNode *
lab_text_get_node (
    LabText *self, LabTextStyle style, const char *font, const char *text, const GdkRGBA *colour)
{
  return entry_node (self, get_entry (self, style, font, text), style, font, text, colour);
}

GskRenderNode *
lab_text_place (LabText *self,
                LabTextStyle style,
                const char *text,
                const GdkRGBA *colour,
                double x,
                double y,
                double scale,
                int device_scale)
{
  Entry *entry = get_entry (self, style, NULL, text);
  GskRenderNode *node = entry_node (self, entry, style, NULL, text, colour);
  g_autoptr (GskTransform) transform = NULL;
  graphene_point_t at;

  if (node == NULL)
    return NULL;
  at.x = (float) (round ((x - entry->width * scale / 2) * device_scale) / device_scale);
  at.y = (float) (round ((y - entry->height * scale / 2) * device_scale) / device_scale);
  transform = gsk_transform_translate (NULL, &at);
  if (scale != 1)
    transform = gsk_transform_scale (transform, (float) scale, (float) scale);
  /* No step at all is no transform. */
  if (transform == NULL)
    return gsk_render_node_ref (node);

  return gsk_transform_node_new (node, transform);
}

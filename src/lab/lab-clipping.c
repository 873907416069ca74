/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was copied, as a small lab document. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-clipping.h"
#include "lab-file.h"
#include "lab-names.h"

struct _LabClipping
{
  grefcount references;
  char *text;
  gsize length;
  LabTopology *topology; /* what @text says */
  gint64 copied_at;
};

G_DEFINE_BOXED_TYPE (LabClipping, lab_clipping, lab_clipping_ref, lab_clipping_unref)

LabClipping *
lab_clipping_ref (LabClipping *self)
{
  g_ref_count_inc (&self->references);

  return self;
}

void
lab_clipping_unref (LabClipping *self)
{
  if (!g_ref_count_dec (&self->references))
    return;
  g_free (self->text);
  g_object_unref (self->topology);
  g_free (self);
}

LabClipping *
lab_clipping_new_from_text (const char *text, gsize length, GError **error)
{
  g_autoptr (LabTopology) topology = NULL;
  LabClipping *self;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  /* Translators: in front of what is wrong with it, with line and column */
  topology = lab_file_parse (text, length, _ ("The clipboard"), error);
  if (topology == NULL)
    return NULL;
  self = g_new0 (LabClipping, 1);
  g_ref_count_init (&self->references);
  self->text = lab_file_to_string (topology, &self->length);
  self->topology = g_steal_pointer (&topology);

  return self;
}

/* --- copying --- */

static void
begin_document (JsonBuilder *builder, const char *uuid)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_string_value (builder, "labwright");
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "uuid");
  json_builder_add_string_value (builder, uuid);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, "");
}

static JsonNode *
copy_node (LabNode *node, GHashTable *configs)
{
  JsonNode *json = lab_node_to_json (node);
  const char *config =
      configs != NULL ? g_hash_table_lookup (configs, lab_node_get_name (node)) : NULL;

  if (config != NULL)
    json_object_set_string_member (json_node_get_object (json), "start", config);

  return json;
}

static void
add_nodes (JsonBuilder *builder, GPtrArray *items, GHashTable *configs, GHashTable *names)
{
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    {
      gpointer item = g_ptr_array_index (items, i);

      if (LAB_IS_NODE (item) && g_hash_table_add (names, (char *) lab_node_get_name (item)))
        json_builder_add_value (builder, copy_node (item, configs));
    }
  json_builder_end_array (builder);
}

static void
add_links (JsonBuilder *builder, LabTopology *topology, GHashTable *names)
{
  GListModel *links = lab_topology_get_links (topology);
  guint n_links = g_list_model_get_n_items (links);

  json_builder_set_member_name (builder, "links");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_links; i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);

      if (g_hash_table_contains (names, lab_link_get_node_name (link, 0)) &&
          g_hash_table_contains (names, lab_link_get_node_name (link, 1)))
        json_builder_add_value (builder, lab_link_to_json (link));
    }
  json_builder_end_array (builder);
}

static void
add_drawings (JsonBuilder *builder, GPtrArray *items)
{
  json_builder_set_member_name (builder, "drawings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    if (LAB_IS_DRAWING (g_ptr_array_index (items, i)))
      json_builder_add_value (builder, lab_drawing_to_json (g_ptr_array_index (items, i)));
  json_builder_end_array (builder);
}

LabClipping *
lab_clipping_new (LabTopology *topology, GPtrArray *items, GHashTable *configs)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (LabClipping) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);
  g_return_val_if_fail (items != NULL, NULL);

  begin_document (builder, lab_topology_get_uuid (topology));
  add_nodes (builder, items, configs, names);
  add_links (builder, topology, names);
  add_drawings (builder, items);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  self = lab_clipping_new_from_text (text, strlen (text), &error);
  if (self == NULL)
    g_warning ("A selection cannot be copied: %s", error->message);
  else if (lab_clipping_get_n_items (self) == 0)
    return NULL;
  else
    self->copied_at = g_get_real_time ();

  return g_steal_pointer (&self);
}

const char *
lab_clipping_get_text (LabClipping *self, gsize *length)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (length != NULL)
    *length = self->length;

  return self->text;
}

guint
lab_clipping_get_n_items (LabClipping *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_list_model_get_n_items (lab_topology_get_nodes (self->topology)) +
         g_list_model_get_n_items (lab_topology_get_drawings (self->topology));
}

gint64
lab_clipping_get_time (LabClipping *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->copied_at;
}

static void
extend (double bounds[4], double x, double y)
{
  bounds[0] = MIN (bounds[0], x);
  bounds[1] = MIN (bounds[1], y);
  bounds[2] = MAX (bounds[2], x);
  bounds[3] = MAX (bounds[3], y);
}

LabTopology *
lab_clipping_get_source (LabClipping *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->topology;
}

void
lab_clipping_get_centre (LabClipping *self, double *x, double *y)
{
  GListModel *nodes = lab_topology_get_nodes (self->topology);
  GListModel *drawings = lab_topology_get_drawings (self->topology);
  double bounds[4] = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };

  g_return_if_fail (self != NULL && x != NULL && y != NULL);

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      extend (bounds, lab_node_get_x (node), lab_node_get_y (node));
    }
  for (guint i = 0; i < g_list_model_get_n_items (drawings); i++)
    {
      g_autoptr (LabDrawing) drawing = g_list_model_get_item (drawings, i);

      extend (bounds, lab_drawing_get_x (drawing), lab_drawing_get_y (drawing));
      extend (bounds, lab_drawing_get_x (drawing) + lab_drawing_get_width (drawing),
              lab_drawing_get_y (drawing) + lab_drawing_get_height (drawing));
    }
  *x = bounds[0] <= bounds[2] ? (bounds[0] + bounds[2]) / 2 : 0;
  *y = bounds[1] <= bounds[3] ? (bounds[1] + bounds[3]) / 2 : 0;
}

/* --- pasting --- */

typedef struct
{
  LabTopology *target;
  GHashTable *names; /* owned: old name → owned: new name */
  GHashTable *taken; /* new names, unowned */
  GPtrArray *edits;
  GPtrArray *items; /* owned until they are in the document */
  double dx;
  double dy;
} Paste;

static void
shift (JsonObject *json, double dx, double dy)
{
  double x = json_object_get_double_member_with_default (json, "x", 0) + dx;
  double y = json_object_get_double_member_with_default (json, "y", 0) + dy;

  json_object_set_double_member (json, "x", CLAMP (x, -LAB_MAX_COORDINATE, LAB_MAX_COORDINATE));
  json_object_set_double_member (json, "y", CLAMP (y, -LAB_MAX_COORDINATE, LAB_MAX_COORDINATE));
}

/* Takes over both. */
static void
take_item (Paste *self, gpointer item, LabEdit *edit)
{
  g_ptr_array_add (self->items, item);
  g_ptr_array_add (self->edits, edit);
}

static gboolean
paste_node (Paste *self, LabNode *source, GError **error)
{
  g_autoptr (JsonNode) json = lab_node_to_json (source);
  JsonObject *object = json_node_get_object (json);
  const char *old_name = lab_node_get_name (source);
  char *name = lab_names_next_like (self->target, old_name, self->taken);
  LabNode *node;

  g_hash_table_insert (self->names, g_strdup (old_name), name);
  g_hash_table_add (self->taken, name);
  json_object_remove_member (object, "id");
  json_object_set_string_member (object, "name", name);
  shift (object, self->dx, self->dy);
  node = lab_node_new_from_json (json, error);
  if (node == NULL)
    return FALSE;
  take_item (self, node, lab_edit_new_add_node (node));

  return TRUE;
}

static gboolean
paste_link (Paste *self, LabLink *source, GError **error)
{
  static const char *const ends[] = { "a", "b" };
  g_autoptr (JsonNode) json = lab_link_to_json (source);
  LabLink *link;

  for (guint end = 0; end < 2; end++)
    json_object_set_string_member (
        json_object_get_object_member (json_node_get_object (json), ends[end]), "node",
        g_hash_table_lookup (self->names, lab_link_get_node_name (source, end)));
  link = lab_link_new_from_json (json, error);
  if (link == NULL)
    return FALSE;
  take_item (self, link, lab_edit_new_add_link (link));

  return TRUE;
}

static gboolean
paste_drawing (Paste *self, LabDrawing *source, GError **error)
{
  g_autoptr (JsonNode) json = lab_drawing_to_json (source);
  LabDrawing *drawing;

  json_object_remove_member (json_node_get_object (json), "id");
  shift (json_node_get_object (json), self->dx, self->dy);
  drawing = lab_drawing_new_from_json (json, error);
  if (drawing == NULL)
    return FALSE;
  take_item (self, drawing, lab_edit_new_add_drawing (drawing));

  return TRUE;
}

static gboolean
paste_item (Paste *self, gpointer source, GError **error)
{
  if (LAB_IS_NODE (source))
    return paste_node (self, source, error);
  if (LAB_IS_LINK (source))
    return paste_link (self, source, error);

  return paste_drawing (self, source, error);
}

static gboolean
paste_list (Paste *self, GListModel *sources, GError **error)
{
  guint n_sources = g_list_model_get_n_items (sources);

  for (guint i = 0; i < n_sources; i++)
    {
      g_autoptr (GObject) source = g_list_model_get_item (sources, i);

      if (!paste_item (self, source, error))
        return FALSE;
    }

  return TRUE;
}

static char *
describe (Paste *self)
{
  guint n = self->items->len;
  gpointer first = g_ptr_array_index (self->items, 0);

  if (n == 1 && LAB_IS_NODE (first))
    /* Translators: a step that can be undone; a node's name */
    return g_strdup_printf (_ ("Paste %s"), lab_node_get_name (first));

  return g_strdup_printf (ngettext ("Paste %u item", "Paste %u items", n), n);
}

static gboolean
apply_paste (Paste *self, LabHistory *history, const char *label, GError **error)
{
  g_autofree char *own_label = label == NULL ? describe (self) : NULL;
  g_autoptr (LabEdit) edit = lab_edit_new_group (label != NULL ? label : own_label, self->edits);

  return lab_history_apply (history, edit, error);
}

/* The document holds them from here on. */
static GPtrArray *
borrow_items (Paste *self)
{
  GPtrArray *items = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (items, g_ptr_array_index (self->items, i));

  return items;
}

gboolean
lab_clipping_paste (LabClipping *self,
                    LabTopology *topology,
                    LabHistory *history,
                    double dx,
                    double dy,
                    const char *label,
                    GPtrArray **items,
                    GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_object_unref);
  Paste paste = { topology, names, taken, edits, made, dx, dy };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), FALSE);
  g_return_val_if_fail (LAB_IS_HISTORY (history), FALSE);

  if (items != NULL)
    *items = NULL;
  if (!paste_list (&paste, lab_topology_get_nodes (self->topology), error) ||
      !paste_list (&paste, lab_topology_get_links (self->topology), error) ||
      !paste_list (&paste, lab_topology_get_drawings (self->topology), error))
    return FALSE;
  if (made->len > 0 && !apply_paste (&paste, history, label, error))
    return FALSE;
  if (items != NULL)
    *items = borrow_items (&paste);

  return TRUE;
}

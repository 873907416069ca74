/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-node-images.h"
#include "lab-open-image.h"
#include "lab-panel-edit.h"

const char *
lab_node_images_get_common (GPtrArray *nodes)
{
  const char *name = lab_node_get_image_name (g_ptr_array_index (nodes, 0));

  for (guint i = 1; i < nodes->len; i++)
    if (g_strcmp0 (lab_node_get_image_name (g_ptr_array_index (nodes, i)), name) != 0)
      return NULL;

  return name;
}

GStrv
lab_node_images_list (GPtrArray *nodes, LabImageLibrary *library)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_files = g_list_model_get_n_items (G_LIST_MODEL (library));

  for (guint i = 0; i < n_files; i++)
    {
      g_autoptr (LabImageFile) file = g_list_model_get_item (G_LIST_MODEL (library), i);

      g_strv_builder_add (builder, lab_image_file_get_name (file));
    }
  for (guint i = 0; i < nodes->len; i++)
    {
      const char *name = lab_node_get_image_name (g_ptr_array_index (nodes, i));

      if (lab_image_library_find (library, name) == NULL &&
          g_hash_table_add (listed, (gpointer) name))
        g_strv_builder_add (builder, name);
    }

  return g_strv_builder_end (builder);
}

char *
lab_node_images_describe (const char *name)
{
  const LabOpenImage *image = lab_open_image_find (name);
  g_autofree char *memory = image != NULL ? lab_open_image_dup_memory (image) : NULL;

  if (image == NULL)
    return NULL;

  /* Translators: sentences on what an image can do, then a size of memory */
  return g_strdup_printf (_ ("%s Memory: %s."), lab_open_image_get_abilities (image), memory);
}

static gboolean
has_template (LabImageLibrary *library, const char *image, const char *template)
{
  LabImageFile *file = lab_image_library_find (library, image);
  LabImageRecord *record = file != NULL ? lab_image_file_get_record (file) : NULL;

  return record != NULL && lab_image_record_find_template (record, template) != NULL;
}

/* Templates of the images that the nodes had before. */
static gboolean
forget_templates (GPtrArray *nodes,
                  LabImageLibrary *library,
                  LabSession *session,
                  const char *image)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (guint i = 0; i < nodes->len; i++)
    {
      const char *template = lab_node_get_template (g_ptr_array_index (nodes, i));

      if (template != NULL && !has_template (library, image, template))
        g_ptr_array_add (others, g_ptr_array_index (nodes, i));
    }

  return others->len == 0 || lab_panel_set_nodes (session, others, "template", NULL);
}

void
lab_node_images_set (GPtrArray *nodes,
                     LabImageLibrary *library,
                     LabSession *session,
                     const char *name)
{
  LabHistory *history = lab_session_get_history (session);
  LabImageFile *file = lab_image_library_find (library, name);
  LabImageRecord *record = file != NULL ? lab_image_file_get_record (file) : NULL;
  JsonObject *image = json_object_new ();
  JsonNode *value = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (image, "name", name);
  /* Who gets the lab may have it under another name. */
  if (record != NULL && record->sha256 != NULL)
    json_object_set_string_member (image, "sha256", record->sha256);
  json_node_take_object (value, image);
  lab_history_begin_group (history, NULL);
  if (lab_panel_set_nodes (session, nodes, "image", value) &&
      forget_templates (nodes, library, session, name))
    lab_history_end_group (history);
  else
    lab_history_cancel_group (history);
}

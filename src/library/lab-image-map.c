/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-image-map.h"
#include "lab-open-image.h"

#define OPEN_ROUTER  "labwright-router"
#define NAMES_SHOWN  3
#define DIGITS_SHOWN 8

static void
want_free (gpointer data)
{
  LabImageWant *self = data;

  g_free (self->name);
  g_free (self->sha256);
  g_ptr_array_unref (self->nodes);
  g_free (self->choice);
  g_free (self);
}

char *
lab_image_want_dup_nodes (LabImageWant *self)
{
  GString *text = g_string_new (NULL);
  guint rest = self->nodes->len > NAMES_SHOWN + 1 ? self->nodes->len - NAMES_SHOWN : 0;

  for (guint i = 0; i < self->nodes->len - rest; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *) self->nodes->pdata[i]);
  if (rest > 0)
    /* Translators: after names of devices */
    g_string_append_printf (text, ngettext (" and %u more", " and %u more", rest), rest);
  return g_string_free (text, FALSE);
}

char *
lab_image_want_describe (LabImageWant *self)
{
  GString *text = g_string_new (self->name);
  const char *role = self->role != LAB_ROLE_UNKNOWN ? lab_image_role_get_title (self->role) : NULL;

  if (role != NULL && self->sha256 != NULL)
    g_string_append_printf (text, " (%s, %.*s…)", role, DIGITS_SHOWN, self->sha256);
  else if (role != NULL)
    g_string_append_printf (text, " (%s)", role);
  else if (self->sha256 != NULL)
    g_string_append_printf (text, " (%.*s…)", DIGITS_SHOWN, self->sha256);
  return g_string_free (text, FALSE);
}

void
lab_image_want_set_choice (LabImageWant *self, const char *image)
{
  g_free (self->choice);
  self->choice = g_strdup (image);
}

/* --- what is wanted --- */

static LabImageWant *
find_want (GPtrArray *wants, const char *name, const char *sha256)
{
  for (guint i = 0; i < wants->len; i++)
    {
      LabImageWant *want = wants->pdata[i];

      if (g_str_equal (want->name, name) && g_strcmp0 (want->sha256, sha256) == 0)
        return want;
    }
  return NULL;
}

static LabImageWant *
need_want (GPtrArray *wants, const char *name, const char *sha256)
{
  LabImageWant *want = find_want (wants, name, sha256);

  if (want != NULL)
    return want;
  want = g_new0 (LabImageWant, 1);
  want->name = g_strdup (name);
  want->sha256 = g_strdup (sha256);
  want->role = lab_image_guess_role (name);
  want->nodes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (wants, want);
  return want;
}

/* As the engine finds it: by its name, unless that is known to be another image; else by checksum.
 */
static LabImageRecord *
find_here (LabImageWant *want, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      LabImageRecord *record = records->pdata[i];
      gboolean same = want->sha256 != NULL && g_strcmp0 (record->sha256, want->sha256) == 0;
      gboolean other = want->sha256 != NULL && record->sha256 != NULL && !same;

      if (record->fault != LAB_IMAGE_GONE &&
          (same || (!other && g_str_equal (record->name, want->name))))
        return record;
    }
  return NULL;
}

static void
choose (LabImageWant *want, GPtrArray *records)
{
  LabImageRecord *record;

  want->here = lab_open_image_find (want->name) != NULL || find_here (want, records) != NULL;
  if (want->here)
    {
      want->match = LAB_MATCH_NAME;
      return;
    }
  record = lab_library_best_match (records, want->name, want->sha256, want->role, &want->match);
  if (record != NULL && want->match != LAB_MATCH_NONE)
    lab_image_want_set_choice (want, record->name);
  else if (want->role == LAB_ROLE_ROUTER || want->role == LAB_ROLE_UNKNOWN)
    {
      want->match = LAB_MATCH_ROLE;
      lab_image_want_set_choice (want, OPEN_ROUTER);
    }
}

/* A name may say nothing: then what its nodes are shown as does, if all are shown as switches. */
static void
guess_by_symbol (LabImageWant *want, LabTopology *topology)
{
  for (guint i = 0; i < want->nodes->len; i++)
    {
      LabNode *node = lab_topology_find_node (topology, want->nodes->pdata[i]);
      const char *symbol = lab_node_get_symbol (node);

      if (symbol == NULL || strstr (symbol, "switch") == NULL)
        return;
    }
  want->role = LAB_ROLE_SWITCH;
}

GPtrArray *
lab_image_map_collect (LabTopology *topology, GPtrArray *records)
{
  GPtrArray *wants = g_ptr_array_new_with_free_func (want_free);
  GListModel *nodes = lab_topology_get_nodes (topology);
  guint n_nodes = g_list_model_get_n_items (nodes);

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);
      LabImageWant *want;

      if (lab_node_get_kind (node) != LAB_NODE_IOU || lab_node_get_image_name (node) == NULL)
        continue;
      want = need_want (wants, lab_node_get_image_name (node), lab_node_get_image_sha256 (node));
      g_ptr_array_add (want->nodes, g_strdup (lab_node_get_name (node)));
    }
  for (guint i = 0; i < wants->len; i++)
    {
      LabImageWant *want = wants->pdata[i];

      if (want->role == LAB_ROLE_UNKNOWN && lab_open_image_find (want->name) == NULL)
        guess_by_symbol (want, topology);
      choose (want, records);
    }
  return wants;
}

guint
lab_image_map_n_missing (GPtrArray *wants)
{
  guint n = 0;

  for (guint i = 0; i < wants->len; i++)
    n += !((LabImageWant *) wants->pdata[i])->here;
  return n;
}

/* --- giving it --- */

static const char *
sha256_of (GPtrArray *records, const char *image)
{
  for (guint i = 0; i < records->len; i++)
    {
      LabImageRecord *record = records->pdata[i];

      if (g_str_equal (record->name, image))
        return record->sha256;
    }
  return NULL;
}

gboolean
lab_image_want_changes (LabImageWant *self, GPtrArray *records)
{
  if (self->choice == NULL)
    return FALSE;
  /* Of the same name, and yet another one. */
  return !g_str_equal (self->choice, self->name) ||
         (self->sha256 != NULL && g_strcmp0 (sha256_of (records, self->choice), self->sha256) != 0);
}

JsonNode *
lab_image_map_value (LabNode *node, const char *image, const char *sha256)
{
  g_autoptr (JsonNode) json = lab_node_to_json (node);
  JsonObject *object = json_node_get_object (json);
  JsonObject *value = json_object_has_member (object, "image") &&
                              JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "image"))
                          ? json_object_ref (json_object_get_object_member (object, "image"))
                          : json_object_new ();
  JsonNode *result = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (value, "name", image);
  if (sha256 != NULL)
    json_object_set_string_member (value, "sha256", sha256);
  else
    json_object_remove_member (value, "sha256");
  json_node_take_object (result, value);
  return result;
}

static void
add_edits (GPtrArray *edits, LabTopology *topology, LabImageWant *want, GPtrArray *records)
{
  for (guint i = 0; i < want->nodes->len; i++)
    {
      LabNode *node = lab_topology_find_node (topology, want->nodes->pdata[i]);
      g_autoptr (JsonNode) value = NULL;

      if (node == NULL)
        continue;
      value = lab_image_map_value (node, want->choice, sha256_of (records, want->choice));
      g_ptr_array_add (edits, lab_edit_new_set_node (want->nodes->pdata[i], "image", value));
    }
}

LabEdit *
lab_image_map_edit (LabTopology *topology, GPtrArray *wants, GPtrArray *records)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < wants->len; i++)
    {
      LabImageWant *want = wants->pdata[i];

      if (lab_image_want_changes (want, records))
        add_edits (edits, topology, want, records);
    }
  if (edits->len == 0)
    return NULL;
  return lab_edit_new_group (_ ("Change images"), edits);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A kind of device that can be put on the canvas. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-node-template.h"

struct _LabNodeTemplate
{
  char *title;
  char *pattern;
  char *symbol;
  JsonNode *json;
};

G_DEFINE_BOXED_TYPE (LabNodeTemplate,
                     lab_node_template,
                     lab_node_template_ref,
                     lab_node_template_unref)

LabNodeTemplate *
lab_node_template_new (const char *title, const char *pattern, const char *symbol, JsonNode *json)
{
  LabNodeTemplate *self;

  g_return_val_if_fail (title != NULL && pattern != NULL, NULL);
  g_return_val_if_fail (json != NULL && JSON_NODE_HOLDS_OBJECT (json), NULL);

  self = g_rc_box_new0 (LabNodeTemplate);
  self->title = g_strdup (title);
  self->pattern = g_strdup (pattern);
  self->symbol = g_strdup (symbol);
  self->json = json_node_copy (json);

  return self;
}

LabNodeTemplate *
lab_node_template_ref (LabNodeTemplate *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  LabNodeTemplate *self = data;

  g_free (self->title);
  g_free (self->pattern);
  g_free (self->symbol);
  json_node_unref (self->json);
}

void
lab_node_template_unref (LabNodeTemplate *self)
{
  g_rc_box_release_full (self, clear);
}

const char *
lab_node_template_get_title (LabNodeTemplate *self)
{
  return self->title;
}

const char *
lab_node_template_get_pattern (LabNodeTemplate *self)
{
  return self->pattern;
}

const char *
lab_node_template_get_symbol (LabNodeTemplate *self)
{
  return self->symbol;
}

LabNode *
lab_node_template_make (LabNodeTemplate *self, const char *name, double x, double y, GError **error)
{
  g_autoptr (JsonNode) json = NULL;
  JsonObject *source;
  JsonObject *object;
  g_autoptr (GList) keys = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  /* Members are shared, the object is new. */
  source = json_node_get_object (self->json);
  object = json_object_new ();
  keys = json_object_get_members (source);
  for (GList *key = keys; key != NULL; key = key->next)
    json_object_set_member (object, key->data,
                            json_node_copy (json_object_get_member (source, key->data)));
  json_object_set_string_member (object, "name", name);
  json_object_set_double_member (object, "x", x);
  json_object_set_double_member (object, "y", y);
  json_object_remove_member (object, "id");
  json = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (json, object);

  return lab_node_new_from_json (json, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the user says of images: it stands in library.json under the image's checksum, so that it
 * holds for the image whatever its file is called. */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-library-private.h"

typedef struct
{
  const char *sha256;
  const char *key;
  const char *value;
  JsonArray *templates;
} Said;

static JsonObject *
need_image (JsonObject *root, const char *sha256)
{
  return lab_library_json_need (lab_library_json_need (root, "images"), sha256);
}

static void
put_text (JsonObject *root, gpointer user_data)
{
  const Said *said = user_data;
  JsonObject *image = need_image (root, said->sha256);

  if (said->value == NULL || *said->value == '\0')
    json_object_remove_member (image, said->key);
  else
    json_object_set_string_member (image, said->key, said->value);
}

static gboolean
set_text (const char *sha256, const char *key, const char *value, GError **error)
{
  Said said = { .sha256 = sha256, .key = key, .value = value };

  if (value != NULL && !g_utf8_validate (value, -1, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The text is not UTF-8."));
      return FALSE;
    }

  return lab_library_change (put_text, &said, error);
}

gboolean
lab_library_set_role (const char *sha256, LabImageRole role, GError **error)
{
  return set_text (sha256, "role", lab_image_role_to_string (role), error);
}

gboolean
lab_library_set_release (const char *sha256, const char *release, GError **error)
{
  return set_text (sha256, "release", release, error);
}

gboolean
lab_library_set_notes (const char *sha256, const char *notes, GError **error)
{
  return set_text (sha256, "notes", notes, error);
}

/* --- templates --- */

static void
put_templates (JsonObject *root, gpointer user_data)
{
  const Said *said = user_data;

  json_object_set_array_member (need_image (root, said->sha256), "templates",
                                json_array_ref (said->templates));
}

static gboolean
need_identity (LabImageRecord *record, GError **error)
{
  if (record->sha256 != NULL)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               _ ("The image %s cannot be read, and so nothing can be kept of it."), record->name);

  return FALSE;
}

static gboolean
save_templates (LabImageRecord *record, GPtrArray *templates, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  Said said = { .sha256 = record->sha256, .templates = array };

  for (guint i = 0; i < templates->len; i++)
    json_array_add_object_element (array,
                                   lab_image_template_to_json (g_ptr_array_index (templates, i)));

  return lab_library_change (put_templates, &said, error);
}

gboolean
lab_library_set_template (LabImageRecord *record,
                          const char *old,
                          const LabImageTemplate *template,
                          GError **error)
{
  g_autoptr (GPtrArray) templates = g_ptr_array_new ();
  LabImageTemplate *replaced = old != NULL ? lab_image_record_find_template (record, old) : NULL;
  LabImageTemplate *same = lab_image_record_find_template (record, template->name);

  if (!need_identity (record, error) || !lab_image_template_check (template, error))
    return FALSE;
  if (old != NULL && replaced == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("The image %s has no template “%s”."), record->name, old);
      return FALSE;
    }
  if (same != NULL && same != replaced)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   _ ("The image %s has a template “%s” already."), record->name, same->name);
      return FALSE;
    }
  for (guint i = 0; i < record->templates->len; i++)
    {
      gpointer one = g_ptr_array_index (record->templates, i);

      g_ptr_array_add (templates, one == replaced ? (gpointer) template : one);
    }
  if (replaced == NULL)
    g_ptr_array_add (templates, (gpointer) template);

  return save_templates (record, templates, error);
}

gboolean
lab_library_drop_template (LabImageRecord *record, const char *name, GError **error)
{
  g_autoptr (GPtrArray) templates = g_ptr_array_new ();
  LabImageTemplate *dropped = lab_image_record_find_template (record, name);

  if (dropped == NULL || !record->has_templates)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   dropped == NULL ? _ ("The image %s has no template “%s”.")
                                   : _ ("The image %s has only the template that its role gives."),
                   record->name, name);
      return FALSE;
    }
  for (guint i = 0; i < record->templates->len; i++)
    if (g_ptr_array_index (record->templates, i) != dropped)
      g_ptr_array_add (templates, g_ptr_array_index (record->templates, i));

  return need_identity (record, error) && save_templates (record, templates, error);
}

/* --- the dialogue, and what the engine asks --- */

LabDialogue
lab_library_get_dialogue (LabLibrary *self)
{
  const char *word = lab_library_json_string (self->root, "dialogue");
  LabDialogue dialogue = LAB_DIALOGUE_LEAVE;

  if (word != NULL && *word != '\0')
    lab_dialogue_from_string (word, &dialogue);

  return dialogue;
}

static void
put_dialogue (JsonObject *root, gpointer user_data)
{
  json_object_set_string_member (root, "dialogue", user_data);
}

gboolean
lab_library_set_dialogue (LabDialogue dialogue, GError **error)
{
  return lab_library_change (put_dialogue, (gpointer) lab_dialogue_to_string (dialogue), error);
}

static gboolean
is_named (JsonObject *json, const char *name)
{
  const char *own = lab_library_json_string (json, "name");

  return own != NULL && name != NULL && g_ascii_strcasecmp (own, name) == 0;
}

static gboolean
has_named (JsonArray *array, const char *name)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (is_named (lab_library_json_at (array, i), name))
      return TRUE;

  return FALSE;
}

GStrv
lab_library_dup_prompts (LabLibrary *self,
                         const char *path,
                         const char *name,
                         LabDialogue *dialogue)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  struct stat info;
  JsonObject *entry = stat (path, &info) == 0 ? lab_library_cached (self, path, &info) : NULL;
  JsonObject *said = lab_library_said (self, lab_library_json_string (entry, "sha256"));
  JsonArray *array = lab_library_json_array (said, "templates");
  gboolean only = has_named (array, name);
  LabDialogue own = LAB_DIALOGUE_DEFAULT;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *json = lab_library_json_at (array, i);
      const char *prompt = lab_library_json_string (json, "prompt");
      const char *word = lab_library_json_string (json, "dialogue");

      if (only && !is_named (json, name))
        continue;
      if (prompt != NULL && *prompt != '\0')
        g_strv_builder_add (builder, prompt);
      if (own == LAB_DIALOGUE_DEFAULT && word != NULL)
        lab_dialogue_from_string (word, &own);
    }
  *dialogue = own != LAB_DIALOGUE_DEFAULT ? own : lab_library_get_dialogue (self);

  return g_strv_builder_end (builder);
}

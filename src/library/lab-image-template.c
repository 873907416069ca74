/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Templates of images, and how they stand in files. */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <gio/gio.h>

#include "lab-image-template.h"
#include "lab-library-json.h"

#define MAX_ADAPTERS 16
#define MAX_RAM      65536
#define MIN_NVRAM    8
#define MAX_NVRAM    1024
#define MAX_NAME     100
#define MAX_PROMPT   1000
#define MAX_CONFIG   (1024 * 1024)

static const char *const dialogue_words[] = { "", "leave", "no" };

const char *
lab_dialogue_to_string (LabDialogue dialogue)
{
  return dialogue_words[dialogue];
}

gboolean
lab_dialogue_from_string (const char *word, LabDialogue *dialogue)
{
  for (guint i = 0; i < G_N_ELEMENTS (dialogue_words); i++)
    if (g_str_equal (word, dialogue_words[i]))
      {
        *dialogue = i;
        return TRUE;
      }

  return FALSE;
}

LabImageTemplate *
lab_image_template_new (const char *name, LabImageRole role)
{
  LabImageTemplate *self = g_new0 (LabImageTemplate, 1);

  self->name = g_strdup (name);
  self->keepalives = TRUE;
  switch (role)
    {
    case LAB_ROLE_SWITCH:
      self->pattern = g_strdup ("SW{n}");
      self->symbol = g_strdup ("switch");
      self->ethernet = 4;
      break;
    case LAB_ROLE_HOST:
      self->pattern = g_strdup ("H{n}");
      self->symbol = g_strdup ("host");
      self->ethernet = 1;
      break;
    case LAB_ROLE_ROUTER:
    case LAB_ROLE_UNKNOWN:
    default:
      self->pattern = g_strdup ("R{n}");
      self->symbol = g_strdup ("router");
      self->ethernet = 2;
      self->serial = 2;
      break;
    }

  return self;
}

LabImageTemplate *
lab_image_template_copy (const LabImageTemplate *self)
{
  LabImageTemplate *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->pattern = g_strdup (self->pattern);
  copy->symbol = g_strdup (self->symbol);
  copy->start_config = g_strdup (self->start_config);
  copy->prompt = g_strdup (self->prompt);

  return copy;
}

void
lab_image_template_free (LabImageTemplate *self)
{
  g_free (self->name);
  g_free (self->pattern);
  g_free (self->symbol);
  g_free (self->start_config);
  g_free (self->prompt);
  g_free (self);
}

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, format, args);
  va_end (args);

  return FALSE;
}

/* A lab's file has it in a line of its own. */
static gboolean
has_control (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

static gboolean
check_names (const LabImageTemplate *self, GError **error)
{
  const char *hole = strstr (self->pattern, "{n}");

  if (*self->name == '\0' || strlen (self->name) > MAX_NAME || has_control (self->name))
    return refuse (error, _ ("A template needs a name of one line and at most %d bytes."),
                   MAX_NAME);
  if (hole == NULL || strlen (self->pattern) > MAX_NAME)
    return refuse (error, _ ("“%s” is no pattern of names; write {n} for the number, as in R{n}."),
                   self->pattern);

  return TRUE;
}

static gboolean
check_prompt (const LabImageTemplate *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GRegex) regex = NULL;

  if (self->prompt == NULL)
    return TRUE;
  if (strlen (self->prompt) > MAX_PROMPT)
    return refuse (error, _ ("The prompt’s pattern is longer than %d bytes."), MAX_PROMPT);
  regex = g_regex_new (self->prompt, 0, 0, &local_error);
  if (regex == NULL)
    return refuse (error, _ ("The prompt’s pattern “%s” is no regular expression: %s."),
                   self->prompt, local_error->message);

  return TRUE;
}

gboolean
lab_image_template_check (const LabImageTemplate *self, GError **error)
{
  if (!check_names (self, error) || !check_prompt (self, error))
    return FALSE;
  if (self->ethernet + self->serial > MAX_ADAPTERS)
    return refuse (error,
                   _ ("%u Ethernet and %u serial adapters are too many; an image has 16 at most, "
                      "both together."),
                   self->ethernet, self->serial);
  if (self->ram > MAX_RAM)
    return refuse (error, _ ("%u MB of RAM are too much; at most %d are possible."), self->ram,
                   MAX_RAM);
  if (self->nvram != 0 && (self->nvram < MIN_NVRAM || self->nvram > MAX_NVRAM))
    return refuse (error,
                   _ ("An NVRAM of %u KB is not possible; write 0 for the image’s default, or %d "
                      "to %d."),
                   self->nvram, MIN_NVRAM, MAX_NVRAM);
  if (self->start_config != NULL && strlen (self->start_config) > MAX_CONFIG)
    return refuse (error, _ ("The start configuration is larger than 1 MiB."));

  return TRUE;
}

static void
take_text (JsonObject *json, const char *key, char **where)
{
  const char *text = lab_library_json_string (json, key);

  if (text == NULL)
    return;
  g_free (*where);
  *where = *text != '\0' ? g_strdup (text) : NULL;
}

/* Lines, as a lab's file has them. (transfer full) (nullable) */
static char *
read_lines (JsonObject *json, const char *key)
{
  JsonArray *lines = lab_library_json_array (json, key);
  GString *text;

  if (lines == NULL || json_array_get_length (lines) == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      JsonNode *line = json_array_get_element (lines, i);

      if (JSON_NODE_HOLDS_VALUE (line) && json_node_get_value_type (line) == G_TYPE_STRING)
        g_string_append_printf (text, "%s\n", json_node_get_string (line));
    }

  return g_string_free (text, FALSE);
}

LabImageTemplate *
lab_image_template_from_json (JsonObject *json, const char *name, LabImageRole role)
{
  g_autoptr (LabImageTemplate) self = lab_image_template_new (name, role);
  g_autoptr (LabImageTemplate) usual = lab_image_template_copy (self);
  const char *dialogue = lab_library_json_string (json, "dialogue");

  take_text (json, "name", &self->name);
  take_text (json, "pattern", &self->pattern);
  take_text (json, "symbol", &self->symbol);
  take_text (json, "prompt", &self->prompt);
  self->ethernet = lab_library_json_uint (json, "ethernet", self->ethernet);
  self->serial = lab_library_json_uint (json, "serial", self->serial);
  self->ram = lab_library_json_uint (json, "ram", 0);
  self->nvram = lab_library_json_uint (json, "nvram", 0);
  self->keepalives = lab_library_json_bool (json, "keepalives", TRUE);
  self->start_config = read_lines (json, "start");
  if (dialogue != NULL)
    lab_dialogue_from_string (dialogue, &self->dialogue);

  if (self->name != NULL && self->pattern != NULL && lab_image_template_check (self, NULL))
    return g_steal_pointer (&self);

  return g_steal_pointer (&usual);
}

static void
set_text (JsonObject *json, const char *key, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (json, key, text);
}

static void
set_lines (JsonObject *json, const char *key, const char *text)
{
  JsonArray *array = json_array_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);

  for (guint i = 0; i < n; i++)
    if (i + 1 < n || *lines[i] != '\0')
      json_array_add_string_element (array, g_strchomp (lines[i]));
  json_object_set_array_member (json, key, array);
}

JsonObject *
lab_image_template_to_json (const LabImageTemplate *self)
{
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "name", self->name);
  json_object_set_string_member (json, "pattern", self->pattern);
  set_text (json, "symbol", self->symbol);
  json_object_set_int_member (json, "ethernet", self->ethernet);
  json_object_set_int_member (json, "serial", self->serial);
  json_object_set_int_member (json, "ram", self->ram);
  json_object_set_int_member (json, "nvram", self->nvram);
  json_object_set_boolean_member (json, "keepalives", self->keepalives);
  set_text (json, "prompt", self->prompt);
  set_text (json, "dialogue", lab_dialogue_to_string (self->dialogue));
  if (self->start_config != NULL)
    set_lines (json, "start", self->start_config);

  return json;
}

JsonObject *
lab_image_template_to_node (const LabImageTemplate *self,
                            const char *image,
                            const char *sha256,
                            gboolean named_so)
{
  JsonObject *json = json_object_new ();
  JsonObject *named = json_object_new ();

  json_object_set_string_member (json, "kind", "iou");
  json_object_set_string_member (named, "name", image);
  set_text (named, "sha256", sha256);
  json_object_set_object_member (json, "image", named);
  if (named_so)
    json_object_set_string_member (json, "template", self->name);
  json_object_set_int_member (json, "ethernet", self->ethernet);
  json_object_set_int_member (json, "serial", self->serial);
  json_object_set_int_member (json, "ram", self->ram);
  json_object_set_int_member (json, "nvram", self->nvram);
  if (!self->keepalives)
    json_object_set_boolean_member (json, "keepalives", FALSE);
  set_text (json, "symbol", self->symbol);
  if (self->start_config != NULL)
    set_lines (json, "start", self->start_config);

  return json;
}

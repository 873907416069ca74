/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading GNS3's appliances. In schema versions up to 7 the settings are the member "iou"; version
 * 8 has "settings", an array, of which the first for IOU counts. */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-appliance.h"
#include "lab-library-json.h"

#define MAX_FILES 500
#define MAX_TEXT  200

static void
file_free (LabApplianceFile *self)
{
  g_free (self->file_name);
  g_free (self->md5);
  g_free (self->version);
  g_free (self);
}

void
lab_appliance_free (LabAppliance *self)
{
  g_free (self->name);
  g_free (self->usage);
  g_free (self->start_config);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->template, lab_image_template_free);
  g_free (self);
}

gboolean
lab_appliance_is_name (const char *path)
{
  return g_str_has_suffix (path, ".gns3a") || g_str_has_suffix (path, ".gns3appliance");
}

/* One line of bounded length. (transfer full) (nullable) */
static char *
dup_line (JsonObject *json, const char *key)
{
  const char *text = lab_library_json_string (json, key);
  g_autofree char *cut = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_TEXT));

  return g_strdup (g_strstrip (g_strdelimit (cut, "\n\r\t", ' ')));
}

static gboolean
is_md5 (const char *text)
{
  return text != NULL && strlen (text) == 32 && strspn (text, "0123456789abcdefABCDEF") == 32;
}

static void
read_files (LabAppliance *self, JsonArray *images)
{
  for (guint i = 0; images != NULL && i < MIN (json_array_get_length (images), MAX_FILES); i++)
    {
      JsonObject *json = lab_library_json_at (images, i);
      const char *name = lab_library_json_string (json, "filename");
      const char *md5 = lab_library_json_string (json, "md5sum");
      LabApplianceFile *file;

      if (md5 == NULL)
        md5 = lab_library_json_string (json, "checksum");
      if (name == NULL || strchr (name, '/') != NULL || !lab_image_guess_is_name (name))
        continue;
      file = g_new0 (LabApplianceFile, 1);
      file->file_name = g_strdup (name);
      file->md5 = is_md5 (md5) ? g_strdup (md5) : NULL;
      file->version = dup_line (json, "version");
      file->size = (guint64) MAX (lab_library_json_int (json, "filesize", 0), 0);
      g_ptr_array_add (self->files, file);
    }
}

/* The settings for IOU; NULL: it is another kind of device. */
static JsonObject *
find_settings (JsonObject *root)
{
  JsonArray *array = lab_library_json_array (root, "settings");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *json = lab_library_json_at (array, i);

      if (g_strcmp0 (lab_library_json_string (json, "template_type"), "iou") == 0)
        return lab_library_json_need (json, "template_properties");
    }

  return lab_library_json_object (root, "iou");
}

/* "{name}-{0}", "R{0}": the number is ours. (transfer full) */
static char *
pattern_of (JsonObject *json, const char *name, const char *usual)
{
  const char *format = lab_library_json_string (json, "default_name_format");
  GString *pattern;

  if (format == NULL || strlen (format) > MAX_TEXT)
    return g_strdup (usual);
  pattern = g_string_new (format);
  g_string_replace (pattern, "{name}", name, 0);
  if (g_string_replace (pattern, "{0}", "{n}", 1) == 0)
    g_string_append (pattern, "{n}");

  return g_string_free (pattern, FALSE);
}

static void
read_template (LabAppliance *self, JsonObject *root, JsonObject *settings)
{
  LabImageTemplate *template = lab_image_template_new (self->name, self->role);
  g_autoptr (LabImageTemplate) usual = lab_image_template_copy (template);
  g_autofree char *config = dup_line (settings, "startup_config");

  self->template = template;
  template->ethernet = lab_library_json_uint (settings, "ethernet_adapters", template->ethernet);
  template->serial = lab_library_json_uint (settings, "serial_adapters", template->serial);
  template->ram = lab_library_json_uint (settings, "ram", 0);
  template->nvram = lab_library_json_uint (settings, "nvram", 0);
  g_free (template->pattern);
  template->pattern = pattern_of (root, self->name, usual->pattern);
  self->start_config = g_steal_pointer (&config);
  /* What cannot be is not taken over. */
  if (template->ethernet + template->serial > 16)
    {
      template->ethernet = usual->ethernet;
      template->serial = usual->serial;
    }
  if (template->nvram != 0 && (template->nvram < 8 || template->nvram > 1024))
    template->nvram = 0;
  if (template->ram > 65536)
    template->ram = 0;
}

static LabImageRole
role_of (JsonObject *root)
{
  const char *category = lab_library_json_string (root, "category");

  if (category != NULL && strstr (category, "switch") != NULL)
    return LAB_ROLE_SWITCH;

  return category != NULL && g_str_equal (category, "guest") ? LAB_ROLE_HOST : LAB_ROLE_ROUTER;
}

/* @message: (transfer full). */
static LabAppliance *
refuse (LabAppliance *self, GError **error, char *message)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, message);
  g_free (message);
  lab_appliance_free (self);

  return NULL;
}

LabAppliance *
lab_appliance_parse (const char *text, gsize length, const char *label, GError **error)
{
  g_autoptr (JsonObject) root = lab_library_json_parse (text, length, label, error);
  LabAppliance *self;
  JsonObject *settings;

  if (root == NULL)
    return NULL;
  self = g_new0 (LabAppliance, 1);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  self->name = dup_line (root, "name");
  self->usage = dup_line (root, "usage");
  self->role = role_of (root);
  settings = find_settings (root);
  if (self->name == NULL || *self->name == '\0' || strlen (self->name) > 100)
    return refuse (self, error,
                   g_strdup_printf (_ ("%s is no GNS3 appliance: it has no name."), label));
  if (settings == NULL)
    return refuse (self, error,
                   g_strdup_printf (_ ("The GNS3 appliance %s is for another kind of device than "
                                       "IOU, which Labwright cannot run."),
                                    label));
  read_files (self, lab_library_json_array (root, "images"));
  if (self->files->len == 0)
    return refuse (self, error,
                   g_strdup_printf (_ ("The GNS3 appliance %s names no image."), label));
  read_template (self, root, settings);

  return self;
}

LabAppliance *
lab_appliance_load (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                         G_FILE_QUERY_INFO_NONE, NULL, error);
  g_autofree char *text = NULL;
  gsize length;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR ||
      g_file_info_get_size (info) > 4 * 1024 * 1024)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("%s is too large for a GNS3 appliance, or no file."), path);
      return NULL;
    }
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;

  return lab_appliance_parse (text, length, path, error);
}

LabApplianceFile *
lab_appliance_match (LabAppliance *self, LabImageRecord *record)
{
  LabApplianceFile *named = NULL;

  for (guint i = 0; i < self->files->len; i++)
    {
      LabApplianceFile *file = g_ptr_array_index (self->files, i);

      if (file->md5 != NULL && record->md5 != NULL &&
          g_ascii_strcasecmp (file->md5, record->md5) == 0)
        return file;
      if (g_str_equal (file->file_name, record->name) && (file->md5 == NULL || record->md5 == NULL))
        named = file;
    }

  return named;
}

/* One of another checksum is another image. */
static gboolean
is_wanted (LabApplianceFile *file, const char *path)
{
  g_auto (LabImageDigest) digest = { 0 };

  return file->md5 == NULL || (lab_image_digest_file (path, &digest, NULL, NULL) &&
                               g_ascii_strcasecmp (digest.md5, file->md5) == 0);
}

static gboolean
is_of_library (LabLibrary *library, const char *folder)
{
  g_auto (GStrv) folders = lab_library_dup_folders (library);

  return g_strv_contains ((const char *const *) folders, folder);
}

/* Those that lie beside the appliance. */
static void
add_from_folder (LabAppliance *self, const char *folder)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      LabApplianceFile *file = g_ptr_array_index (self->files, i);
      g_autofree char *path = g_build_filename (folder, file->file_name, NULL);
      g_autoptr (GError) error = NULL;
      gboolean was_there;

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && is_wanted (file, path))
        {
          g_autoptr (LabImageRecord) record =
              lab_library_add (path, NULL, &was_there, NULL, NULL, NULL, &error);

          if (record == NULL)
            g_message ("%s is not taken: %s", path, error->message);
        }
    }
}

static gboolean
make_template (LabAppliance *self, LabImageRecord *record, GError **error)
{
  LabImageTemplate *old = lab_image_record_find_template (record, self->name);
  const char *name = old != NULL ? old->name : NULL;

  /* The template that only the role gives is replaced by this better one. */
  if (!record->has_templates)
    name = ((LabImageTemplate *) g_ptr_array_index (record->templates, 0))->name;

  return lab_library_set_template (record, name, self->template, error);
}

static void
set_wanted (LabAppliance *self, GError **error)
{
  g_autoptr (GString) wanted = g_string_new (NULL);

  for (guint i = 0; i < MIN (self->files->len, 5); i++)
    {
      LabApplianceFile *file = g_ptr_array_index (self->files, i);

      g_string_append_printf (wanted, "%s%s", i > 0 ? ", " : "", file->file_name);
      if (file->md5 != NULL)
        g_string_append_printf (wanted, " (MD5 %s)", file->md5);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               _ ("The appliance “%s” wants one of these images, and none is here: %s. Put one "
                  "beside the appliance’s file, or add it to the library, and add the appliance "
                  "again."),
               self->name, wanted->str);
}

gboolean
lab_appliance_install (LabAppliance *self, const char *folder, guint *n_added, GError **error)
{
  g_autoptr (LabLibrary) library = NULL;
  g_autoptr (GPtrArray) records = NULL;

  *n_added = 0;
  library = lab_library_load (error);
  if (library == NULL)
    return FALSE;
  if (folder != NULL && !is_of_library (library, folder))
    {
      add_from_folder (self, folder);
      lab_library_free (library);
      library = lab_library_load (error);
      if (library == NULL)
        return FALSE;
    }
  records = lab_library_list (library, LAB_LIBRARY_IDENTIFY, NULL);
  for (guint i = 0; i < records->len; i++)
    {
      LabImageRecord *record = g_ptr_array_index (records, i);

      if (lab_appliance_match (self, record) == NULL)
        continue;
      if (!make_template (self, record, error))
        return FALSE;
      (*n_added)++;
    }
  if (*n_added == 0)
    set_wanted (self, error);

  return *n_added > 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All that is known of one image, put together: from the file, from the cache, and from what the
 * user said, which wins. */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "iou-image.h"
#include "lab-library-private.h"

static void
record_clear (gpointer data)
{
  LabImageRecord *self = data;

  g_free (self->path);
  g_free (self->name);
  g_free (self->folder);
  g_free (self->sha256);
  g_free (self->md5);
  g_free (self->release);
  g_free (self->notes);
  g_free (self->fault_text);
  g_strfreev (self->missing);
  g_free (self->fix);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
}

LabImageRecord *
lab_image_record_ref (LabImageRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
lab_image_record_unref (LabImageRecord *self)
{
  g_atomic_rc_box_release_full (self, record_clear);
}

const char *
lab_image_fault_to_string (LabImageFault fault)
{
  static const char *const words[] = { "good",       "gone",   "unreadable", "no-program",
                                       "executable", "loader", "library" };

  return words[fault];
}

/* --- the check of the file --- */

static LabImageFault
classify (const char *path, const IouImage *image, const GError *error)
{
  if (image->bits == 0)
    {
      if (g_error_matches (error, IOU_ERROR, IOU_ERROR_MISSING))
        return LAB_IMAGE_GONE;
      return g_error_matches (error, IOU_ERROR, IOU_ERROR_PERMISSION) ||
                     g_error_matches (error, IOU_ERROR, IOU_ERROR_IO)
                 ? LAB_IMAGE_UNREADABLE
                 : LAB_IMAGE_NO_PROGRAM;
    }
  if (g_error_matches (error, IOU_ERROR, IOU_ERROR_PERMISSION))
    return LAB_IMAGE_NOT_EXECUTABLE;

  return image->loader_missing ? LAB_IMAGE_NO_LOADER : LAB_IMAGE_NO_LIBRARY;
}

static void
check_file (LabImageRecord *self, const char *const *library_dirs)
{
  g_auto (IouImage) image = { 0 };
  g_autoptr (GError) error = NULL;

  if (!iou_image_check_file_full (self->path, library_dirs, &image, &error))
    {
      self->fault = classify (self->path, &image, error);
      self->fault_text = g_strdup (error->message);
      self->fix = g_strdup (image.fix);
      self->fix_root = self->fault != LAB_IMAGE_NOT_EXECUTABLE;
    }
  self->bits = image.bits;
  if (self->fault == LAB_IMAGE_NO_LIBRARY)
    self->missing = g_strdupv (image.missing);
}

/* --- what is known --- */

JsonObject *
lab_library_said (LabLibrary *self, const char *sha256)
{
  JsonObject *images = lab_library_json_object (self->root, "images");

  return sha256 != NULL ? lab_library_json_object (images, sha256) : NULL;
}

static void
take_cached (LabImageRecord *self, JsonObject *entry)
{
  JsonObject *probe = lab_library_json_object (entry, "probe");
  const char *role = lab_library_json_string (entry, "role");

  self->sha256 = g_strdup (lab_library_json_string (entry, "sha256"));
  self->md5 = g_strdup (lab_library_json_string (entry, "md5"));
  self->release = g_strdup (lab_library_json_string (entry, "release"));
  if (role != NULL)
    lab_image_role_from_string (role, &self->role);
  if (probe == NULL)
    return;
  self->probed = TRUE;
  self->help.nvram_default = lab_library_json_uint (probe, "nvram", 0);
  self->help.ram_default = lab_library_json_uint (probe, "ram", 0);
  self->help.keepalives = lab_library_json_bool (probe, "keepalives", FALSE);
}

static void
take_said (LabImageRecord *self, JsonObject *said)
{
  const char *role = lab_library_json_string (said, "role");
  const char *release = lab_library_json_string (said, "release");
  const char *notes = lab_library_json_string (said, "notes");

  self->role_said = role != NULL && lab_image_role_from_string (role, &self->role);
  self->release_said = release != NULL;
  if (release != NULL)
    {
      g_free (self->release);
      self->release = g_strdup (release);
    }
  self->notes = g_strdup (notes);
}

static void
take_templates (LabImageRecord *self, JsonObject *said)
{
  JsonArray *array = lab_library_json_array (said, "templates");

  self->templates = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_image_template_free);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *json = lab_library_json_at (array, i);

      if (json != NULL)
        g_ptr_array_add (self->templates,
                         lab_image_template_from_json (json, self->name, self->role));
    }
  self->has_templates = self->templates->len > 0;
  if (!self->has_templates)
    g_ptr_array_add (self->templates, lab_image_template_new (self->name, self->role));
}

static gboolean
is_program (const char *path, struct stat *info)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  char start[4] = { 0 };
  gboolean yes;

  if (fd < 0)
    return FALSE;
  yes = fstat (fd, info) == 0 && S_ISREG (info->st_mode) &&
        read (fd, start, sizeof start) == sizeof start &&
        lab_image_guess_is_program (start, sizeof start);
  close (fd);

  return yes;
}

/* A link into nowhere, or a file that may not be read: it is shown, with its fault, if its name is
 * an image's. */
static gboolean
is_blocked (const char *path, struct stat *info)
{
  if (stat (path, info) == 0)
    return S_ISREG (info->st_mode) && access (path, R_OK) != 0 && errno == EACCES;

  return errno == ENOENT && lstat (path, info) == 0;
}

/* @info: (out): the file's, or of a link into nowhere its own */
static gboolean
may_be_image (const char *path, const char *name, struct stat *info)
{
  return lab_image_guess_is_name (name) &&
         (is_program (path, info) ||
          (lab_image_guess_is_usual_name (name) && is_blocked (path, info)));
}

gboolean
lab_library_may_be_image (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  struct stat info;

  return may_be_image (path, name, &info);
}

/* The name decides where the image does not say. */
static void
guess (LabImageRecord *self)
{
  LabImageRole role = lab_image_guess_role (self->name);

  if (self->role == LAB_ROLE_UNKNOWN)
    self->role = role != LAB_ROLE_UNKNOWN ? role : LAB_ROLE_ROUTER;
  if (self->release == NULL)
    self->release = lab_image_guess_release (self->name);
}

LabImageRecord *
lab_library_make_record (LabLibrary *self,
                         const char *folder,
                         const char *name,
                         LabLibraryDepth depth,
                         GCancellable *cancellable)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *own = lab_library_dup_own_folder ();
  g_auto (GStrv) dirs = NULL;
  LabImageRecord *record;
  struct stat info;
  JsonObject *said;

  if (!may_be_image (path, name, &info))
    return NULL;
  record = g_atomic_rc_box_new0 (LabImageRecord);
  record->path = g_strdup (path);
  record->name = g_strdup (name);
  record->folder = g_strdup (folder);
  record->own = g_str_equal (folder, own);
  record->size = (guint64) info.st_size;
  dirs = lab_library_dup_library_dirs (self);
  check_file (record, (const char *const *) dirs);
  if (depth == LAB_LIBRARY_IDENTIFY)
    {
      g_auto (LabImageDigest) digest = { 0 };

      lab_library_need_digest (self, path, &digest, cancellable, NULL);
    }
  take_cached (record, lab_library_cached (self, path, &info));
  guess (record);
  said = lab_library_said (self, record->sha256);
  take_said (record, said);
  take_templates (record, said);

  return record;
}

LabImageTemplate *
lab_image_record_find_template (LabImageRecord *self, const char *name)
{
  for (guint i = 0; i < self->templates->len; i++)
    {
      LabImageTemplate *template = g_ptr_array_index (self->templates, i);

      if (g_ascii_strcasecmp (template->name, name) == 0)
        return template;
    }

  return NULL;
}

/* As it stands in a sentence: the titles begin with a capital. */
static const char *
word_of_role (LabImageRole role)
{
  switch (role)
    {
    case LAB_ROLE_ROUTER:
      return C_ ("what an image is", "router");
    case LAB_ROLE_SWITCH:
      return C_ ("what an image is", "switch");
    case LAB_ROLE_HOST:
      return C_ ("what an image is", "host");
    case LAB_ROLE_UNKNOWN:
    default:
      return C_ ("what an image is", "unknown");
    }
}

char *
lab_image_record_describe (LabImageRecord *self)
{
  g_autofree char *size = g_format_size (self->size);
  const char *role = word_of_role (self->role);

  if (self->bits == 0)
    return g_strdup (size);
  if (self->release != NULL)
    /* Translators: word size, role (“router”), release (“15.4(1)T”), size of the file */
    return g_strdup_printf (_ ("%u-bit %s %s, %s"), self->bits, role, self->release, size);

  /* Translators: word size, role (“router”), size of the file */
  return g_strdup_printf (_ ("%u-bit %s, %s"), self->bits, role, size);
}

/* --- matching --- */

LabImageMatch
lab_image_record_match (LabImageRecord *self,
                        const char *name,
                        const char *sha256,
                        LabImageRole role)
{
  g_autofree char *release = lab_image_guess_release (name);

  if (sha256 != NULL && self->sha256 != NULL && g_ascii_strcasecmp (sha256, self->sha256) == 0)
    return LAB_MATCH_HASH;
  if (g_ascii_strcasecmp (name, self->name) == 0)
    return LAB_MATCH_NAME;
  if (role == LAB_ROLE_UNKNOWN)
    role = lab_image_guess_role (name);
  if (role == LAB_ROLE_UNKNOWN || role != self->role)
    return LAB_MATCH_NONE;
  if (release != NULL && self->release != NULL)
    {
      /* "15.4.1T" in a name is "15.4(1)T" in the image. */
      g_autofree char *own = g_strdelimit (g_strdup (self->release), "(", '.');
      g_auto (GStrv) parts = g_strsplit (own, ")", -1);
      g_autofree char *plain = g_strjoinv ("", parts);

      if (g_ascii_strcasecmp (release, plain) == 0)
        return LAB_MATCH_RELEASE;
    }

  return LAB_MATCH_ROLE;
}

LabImageRecord *
lab_library_best_match (GPtrArray *records,
                        const char *name,
                        const char *sha256,
                        LabImageRole role,
                        LabImageMatch *match)
{
  LabImageRecord *best = NULL;

  *match = LAB_MATCH_NONE;
  for (guint i = 0; i < records->len; i++)
    {
      LabImageRecord *record = g_ptr_array_index (records, i);
      LabImageMatch one = lab_image_record_match (record, name, sha256, role);
      /* Of two that serve alike, one that can be started. */
      gboolean better = one == *match && best != NULL && best->fault != LAB_IMAGE_GOOD &&
                        record->fault == LAB_IMAGE_GOOD;

      if (record->fault != LAB_IMAGE_GONE && (one > *match || better))
        {
          *match = one;
          best = record;
        }
    }

  return best;
}

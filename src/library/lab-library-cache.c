/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was found out of a file, kept while its size and its times are what they were. */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <string.h>

#include "lab-library-private.h"

#define MAX_FILES 2000
#define MAX_SAID  2000

static gint64
time_of (const struct stat *info)
{
  return (gint64) info->st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info->st_mtim.tv_nsec;
}

static gboolean
is_of (JsonObject *entry, const struct stat *info)
{
  return lab_library_json_int (entry, "size", -1) == (gint64) info->st_size &&
         lab_library_json_int (entry, "time", -1) == time_of (info) &&
         lab_library_json_int (entry, "inode", -1) == (gint64) info->st_ino;
}

JsonObject *
lab_library_cached (LabLibrary *self, const char *path, const struct stat *info)
{
  JsonObject *files = lab_library_json_object (self->cache, "files");
  JsonObject *entry = lab_library_json_object (files, path);

  return entry != NULL && is_of (entry, info) ? entry : NULL;
}

/* The entry of a file as it is now, without what belonged to an older one. */
static JsonObject *
need_entry (JsonObject *cache, const char *path, const struct stat *info)
{
  JsonObject *files = lab_library_json_need (cache, "files");
  JsonObject *entry = lab_library_json_object (files, path);

  if (entry != NULL && is_of (entry, info))
    return entry;
  if (entry == NULL && json_object_get_size (files) >= MAX_FILES)
    {
      json_object_remove_member (cache, "files");
      files = lab_library_json_need (cache, "files");
    }
  entry = json_object_new ();
  json_object_set_int_member (entry, "size", info->st_size);
  json_object_set_int_member (entry, "time", time_of (info));
  json_object_set_int_member (entry, "inode", (gint64) info->st_ino);
  json_object_set_object_member (files, path, entry);

  return entry;
}

typedef struct
{
  const char *path;
  const struct stat *info;
  const LabImageDigest *digest;
  const IouHelp *help;
  const char *said;
} Learnt;

static void
put_digest (JsonObject *cache, gpointer user_data)
{
  const Learnt *learnt = user_data;
  JsonObject *entry = need_entry (cache, learnt->path, learnt->info);

  json_object_set_string_member (entry, "sha256", learnt->digest->sha256);
  json_object_set_string_member (entry, "md5", learnt->digest->md5);
  json_object_set_string_member (entry, "role", lab_image_role_to_string (learnt->digest->role));
  if (learnt->digest->release != NULL)
    json_object_set_string_member (entry, "release", learnt->digest->release);
}

void
lab_library_keep_digest (LabLibrary *self,
                         const char *path,
                         const struct stat *info,
                         const LabImageDigest *digest)
{
  Learnt learnt = { .path = path, .info = info, .digest = digest };

  lab_library_change_cache (put_digest, &learnt);
  if (self != NULL)
    put_digest (self->cache, &learnt);
}

gboolean
lab_library_need_digest (LabLibrary *self,
                         const char *path,
                         LabImageDigest *digest,
                         GCancellable *cancellable,
                         GError **error)
{
  struct stat info;
  gboolean there = stat (path, &info) == 0;
  JsonObject *entry = there ? lab_library_cached (self, path, &info) : NULL;
  const char *sha256 = lab_library_json_string (entry, "sha256");
  const char *md5 = lab_library_json_string (entry, "md5");
  const char *role = lab_library_json_string (entry, "role");

  if (sha256 != NULL && md5 != NULL)
    {
      digest->sha256 = g_strdup (sha256);
      digest->md5 = g_strdup (md5);
      digest->release = g_strdup (lab_library_json_string (entry, "release"));
      if (role != NULL)
        lab_image_role_from_string (role, &digest->role);
      return TRUE;
    }
  if (!lab_image_digest_file (path, digest, cancellable, error))
    return FALSE;
  /* As it was before it was read: what grows meanwhile is read again next time. */
  if (there)
    lab_library_keep_digest (self, path, &info, digest);

  return TRUE;
}

static void
put_probe (JsonObject *cache, gpointer user_data)
{
  const Learnt *learnt = user_data;
  JsonObject *entry = need_entry (cache, learnt->path, learnt->info);
  JsonObject *probe = json_object_new ();
  g_autofree char *valid = g_utf8_make_valid (learnt->said, -1);

  if (strlen (valid) > MAX_SAID)
    *g_utf8_find_prev_char (valid, valid + MAX_SAID) = '\0';
  json_object_set_int_member (probe, "nvram", learnt->help->nvram_default);
  json_object_set_int_member (probe, "ram", learnt->help->ram_default);
  json_object_set_boolean_member (probe, "keepalives", learnt->help->keepalives);
  json_object_set_string_member (probe, "said", valid);
  json_object_set_object_member (entry, "probe", probe);
}

void
lab_library_keep_probe (const char *path,
                        const struct stat *info,
                        const IouHelp *help,
                        const char *said)
{
  Learnt learnt = { .path = path, .info = info, .help = help, .said = said };

  lab_library_change_cache (put_probe, &learnt);
}

gboolean
lab_library_get_probe (LabLibrary *self, const char *path, IouHelp *help)
{
  struct stat info;
  JsonObject *entry = stat (path, &info) == 0 ? lab_library_cached (self, path, &info) : NULL;
  JsonObject *probe = lab_library_json_object (entry, "probe");

  *help = (IouHelp){ 0 };
  if (probe == NULL)
    return FALSE;
  help->nvram_default = lab_library_json_uint (probe, "nvram", 0);
  help->ram_default = lab_library_json_uint (probe, "ram", 0);
  help->keepalives = lab_library_json_bool (probe, "keepalives", FALSE);

  return TRUE;
}

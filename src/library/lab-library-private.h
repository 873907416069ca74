/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/stat.h>

#include "lab-image-digest.h"
#include "lab-library-json.h"
#include "lab-library.h"

G_BEGIN_DECLS

struct _LabLibrary
{
  JsonObject *root;  /* library.json */
  JsonObject *cache; /* images.json */
};

/* --- lab-library-store.c: the two files --- */

typedef void (*LabLibraryChange) (JsonObject *root, gpointer user_data);

JsonObject *lab_library_read_root   (GError **error);  /* an empty one if there is no file */
JsonObject *lab_library_read_cache  (void);            /* an empty one if it cannot be read */
/* Reads, changes and writes a file while no other process does. */
gboolean    lab_library_change      (LabLibraryChange change, gpointer user_data, GError **error);
void        lab_library_change_cache (LabLibraryChange change, gpointer user_data);

/* --- lab-library-cache.c: what was found out of files --- */

/* What the cache says of a file as it is now; NULL: nothing. */
JsonObject *lab_library_cached      (LabLibrary *self, const char *path, const struct stat *info);
/* Puts what was read into both the file and @self (nullable). */
void        lab_library_keep_digest (LabLibrary *self, const char *path, const struct stat *info,
                                     const LabImageDigest *digest);
void        lab_library_keep_probe  (const char *path, const struct stat *info, const IouHelp *help,
                                     const char *said);

/* --- lab-image-record.c --- */
/* A program, or what cannot be read and is called as images are; not a library. */
gboolean        lab_library_may_be_image (const char *path);

/* A record of the file at @path. (transfer full) (nullable): no file an image may be in */
LabImageRecord *lab_library_make_record (LabLibrary *self, const char *folder, const char *name,
                                         LabLibraryDepth depth, GCancellable *cancellable);
JsonObject     *lab_library_said        (LabLibrary *self, const char *sha256); /* (nullable) */

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-error.h"

G_BEGIN_DECLS

/* The NVRAM file of an IOU instance (contract section 12; learnt from iou_import.py and
 * iou_export.py and from files real IOU wrote). All numbers in it are big endian. */

/** IOU_NVRAM_MIN_KB: smallest NVRAM IOU takes, in KB */
#define IOU_NVRAM_MIN_KB 8
/** IOU_NVRAM_MAX_KB: largest NVRAM IOU takes, in KB */
#define IOU_NVRAM_MAX_KB 1024
/** IOU_NVRAM_DEFAULT_KB: size of the NVRAM of most images, in KB */
#define IOU_NVRAM_DEFAULT_KB 64

/* Whether an NVRAM file can be of so many bytes: whole KB, no fewer and no more than IOU takes. */
gboolean  iou_nvram_is_size      (gsize size);

/**
 * IouNvram:
 * @startup: the startup configuration as stored, expanded if it was compressed; a NUL that does not
 *   count follows it. Never empty
 * @startup_length: its length in bytes; it may hold NULs
 * @private_config: (nullable): the private configuration; %NULL: there is none, or only
 *   `"\nend\n"`, which means none
 * @private_length: its length in bytes
 * @ios_version: version of the IOS that wrote it: 0x0f04 for 15.4
 * @compressed: whether it was compressed (format 2, `service compress-config`)
 * @checksum_ok: whether the checksum is right. A wrong one is reported only: IOS may refuse the
 *   file, the text is still what a person wants back
 *
 * What an NVRAM file holds. Initialise with zeros and free with iou_nvram_clear().
 */
typedef struct
{
  char *startup;
  gsize startup_length;
  char *private_config;
  gsize private_length;
  guint16 ios_version;
  gboolean compressed;
  gboolean checksum_ok;
} IouNvram;

/**
 * iou_nvram_clear:
 * @self: what to clear
 *
 * Frees the texts and sets everything to zero.
 */
void      iou_nvram_clear        (IouNvram *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IouNvram, iou_nvram_clear)

/**
 * iou_nvram_parse:
 * @data: (array length=length): the file
 * @length: its length in bytes
 * @nvram: (out caller-allocates): what it holds; not touched on an error
 * @error: return location for an error
 *
 * Reads an NVRAM file. Bytes may come from anybody: all lengths are checked, and what a compressed
 * text grows to is bounded.
 *
 * Errors: %IOU_ERROR_NO_CONFIG for an empty but sound file (erased, or a text of length 0),
 * %IOU_ERROR_INVALID for anything else that is not such a file, %IOU_ERROR_LIMIT for more than
 * %IOU_NVRAM_MAX_KB, or a text that expands beyond bounds.
 *
 * Returns: %TRUE if there is a startup configuration
 */
gboolean  iou_nvram_parse        (const guint8 *data, gsize length,
                                  IouNvram *nvram, GError **error);

/**
 * iou_nvram_build:
 * @old: (nullable): the file as it was
 * @size_kb: size of the new one in KB, 8..1024; 0: as @old, or 64 without one that can be kept
 * @startup: (array length=startup_length) (nullable): the startup configuration
 * @startup_length: its length in bytes; 0 erases the configurations and keeps the files
 * @private_config: (array length=private_length) (nullable): the private configuration; %NULL keeps
 *   that of @old
 * @private_length: its length in bytes
 * @error: return location for an error
 *
 * Makes an NVRAM file with these configurations, uncompressed, with its checksum.
 *
 * Of an @old of the size wanted, the IOS version, the addresses, the sectors with files IOS wrote
 * (keys and the like) and the second half are kept byte for byte. Any other @old gives only its
 * private configuration.
 *
 * Where no IOS has written a configuration yet, nothing says which padding it expects before the
 * private part, and some refuse the other one. Then **up to three newlines are appended to the
 * text**, so that no padding is needed. When @old holds a configuration the text is stored exactly
 * as given.
 *
 * Errors: %IOU_ERROR_NO_SPACE says what is needed and what there is; %IOU_ERROR_LIMIT for a size
 * outside 8..1024.
 *
 * Returns: (transfer full): the file's bytes, or %NULL with @error set
 */
GBytes   *iou_nvram_build        (GBytes *old, guint size_kb,
                                  const char *startup, gsize startup_length,
                                  const char *private_config, gsize private_length,
                                  GError **error);

/**
 * iou_nvram_path:
 * @directory: an instance's working directory
 * @id: its application id
 *
 * Returns: (transfer full): the path of its NVRAM file, `nvram_00007` for id 7
 */
char     *iou_nvram_path         (const char *directory, guint id);

/**
 * iou_nvram_load:
 * @path: the file
 * @nvram: (out caller-allocates): what it holds; not touched on an error
 * @error: return location for an error
 *
 * iou_nvram_parse() of a file's content. The folder belongs to a program that is not trusted, so
 * symbolic links and anything but a regular file are refused. Also %IOU_ERROR_MISSING,
 * %IOU_ERROR_PERMISSION, %IOU_ERROR_IO.
 *
 * Returns: %TRUE if there is a startup configuration
 */
gboolean  iou_nvram_load         (const char *path, IouNvram *nvram, GError **error);

/**
 * iou_nvram_save:
 * @path: the file; its folder must exist
 * @size_kb: as for iou_nvram_build(), like all that follow
 * @startup: (array length=startup_length) (nullable): the startup configuration
 * @startup_length: its length in bytes
 * @private_config: (array length=private_length) (nullable): the private configuration, or %NULL
 * @private_length: its length in bytes
 * @error: return location for an error
 *
 * iou_nvram_build() from the file at @path, if there is one, and replacement of it by temporary
 * file, fsync, rename and fsync of the folder: after a power cut there is the old file or the new
 * one. Not to be called while the instance runs: IOU would overwrite it.
 *
 * Returns: %TRUE if it is on disk
 */
gboolean  iou_nvram_save         (const char *path, guint size_kb,
                                  const char *startup, gsize startup_length,
                                  const char *private_config, gsize private_length,
                                  GError **error);

G_END_DECLS

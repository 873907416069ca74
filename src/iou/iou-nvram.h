/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-error.h"

G_BEGIN_DECLS

/* The NVRAM container (contract section 12). */

#define IOU_NVRAM_MIN_KB 8
#define IOU_NVRAM_MAX_KB 1024
#define IOU_NVRAM_DEFAULT_KB 64

/* What an NVRAM file holds. */
typedef struct
{
  char *startup;          /* startup-config text as stored, expanded if it was compressed; (nullable) */
  gsize startup_length;
  char *private_config;   /* (nullable): none, or only "\nend\n" */
  gsize private_length;
  guint16 ios_version;    /* 0x0f04 for 15.4 */
  gboolean compressed;    /* format 2 */
  gboolean checksum_ok;
} IouNvram;

void      iou_nvram_clear        (IouNvram *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IouNvram, iou_nvram_clear)

/* IOU_ERROR_NO_CONFIG: an empty but sound file. */
gboolean  iou_nvram_parse        (const guint8 *data, gsize length, IouNvram *nvram, GError **error);

/* A new image of the file. @old (nullable) with the size wanted keeps its version, file sectors and
 * second half; @private_config NULL keeps the old one. @size_kb 0: @old's size, or 64. (transfer full) */
GBytes   *iou_nvram_build        (GBytes *old, guint size_kb,
                                  const char *startup, gsize startup_length,
                                  const char *private_config, gsize private_length,
                                  GError **error);

/* nvram_%05u in @directory. */
char     *iou_nvram_path         (const char *directory, guint id);
gboolean  iou_nvram_load         (const char *path, IouNvram *nvram, GError **error);
/* Reads the old file if there is one, writes by temporary file, fsync and rename. Never while the device runs. */
gboolean  iou_nvram_save         (const char *path, guint size_kb,
                                  const char *startup, gsize startup_length,
                                  const char *private_config, gsize private_length,
                                  GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-nvram.h"

G_BEGIN_DECLS

#define NVRAM_STARTUP_MAGIC 0xabcd
#define NVRAM_STARTUP_HEADER 36
#define NVRAM_PRIVATE_MAGIC 0xfedc
#define NVRAM_PRIVATE_HEADER 16
#define NVRAM_FORMAT_RAW 1
#define NVRAM_FORMAT_LZC 2
#define NVRAM_BASE_ADDRESS 0x10000000u
#define NVRAM_DEFAULT_VERSION 0x0f04
#define NVRAM_FILE_MAGIC 0xdcba
#define NVRAM_SECTOR 1024
#define NVRAM_FILE_AREA (2 * NVRAM_SECTOR)
#define NVRAM_FILE_MAX_LENGTH 992
#define NVRAM_FILE_MAX_FLAGS 7

/* Where things lie in a file that has a startup header. Every offset and length is within it. */
typedef struct
{
  guint16 format;
  guint16 ios_version;
  guint32 base;            /* address of byte 0 in the memory of the IOS that wrote it */
  gsize startup_length;    /* as stored */
  gboolean has_private;
  gboolean extra_padding;  /* four more bytes before the private header */
  gsize private_offset;    /* of its text */
  gsize private_length;
  gsize end;               /* of all configuration */
} NvramLayout;

/* Finds the parts of a file and checks that they lie within it. %IOU_ERROR_NO_CONFIG: an empty
 * one. */
gboolean iou_nvram_read_layout   (const guint8 *data, gsize length,
                                  NvramLayout *layout, GError **error);
/* One's complement sum of 16-bit words, not complemented: 0xffff where a right checksum is in
 * place. */
guint16  iou_nvram_checksum_word (const guint8 *data, gsize length);

/* Numbers in an NVRAM are big-endian. Nobody checks @offset. */
static inline guint16
nvram_get16 (const guint8 *data, gsize offset)
{
  return (guint16) (data[offset] << 8 | data[offset + 1]);
}

/* Likewise. */
static inline guint32
nvram_get32 (const guint8 *data, gsize offset)
{
  return (guint32) nvram_get16 (data, offset) << 16 | nvram_get16 (data, offset + 2);
}

/* Up to a multiple of four, where the parts begin. */
static inline gsize
nvram_align (gsize offset)
{
  return (offset + 3) & ~(gsize) 3;
}

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writer of IOU's NVRAM file. iou-nvram.c describes the layout.
 *
 * A file is put together from two sources: the configurations given, which fill it from the front,
 * and everything from the lowest file sector on, which is copied from the old file. Which padding
 * stands before the private part depends on the IOS that is going to read it, and cannot be known
 * for sure. In this order:
 *
 *   1. no configuration in the old file: newlines fill the text up, so that no padding is needed;
 *   2. the old file shows it: its text needed padding, and 4 bytes more stood there or did not;
 *   3. else 4 more up to IOS 15.0, where a half has 64 KB or more, or where the addresses have
 *      their top bit set. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "iou-nvram.h"

#include <fcntl.h>
#include <string.h>

#include "iou-file-private.h"
#include "iou-nvram-private.h"

typedef struct
{
  const guint8 *old;   /* (nullable): an old file of the new one's size */
  gboolean has_config; /* the old file has a configuration that can be read */
  NvramLayout layout;  /* then: where it lies */
  gsize size;
  gsize half;
  gsize limit; /* configurations end here at the latest */
} Writer;

gboolean
iou_nvram_is_size (gsize size)
{
  return size % 1024 == 0 && size >= IOU_NVRAM_MIN_KB * 1024 && size <= IOU_NVRAM_MAX_KB * 1024;
}

static gboolean
is_file_sector (const guint8 *sector)
{
  return nvram_get16 (sector, 0) == NVRAM_FILE_MAGIC &&
         nvram_get16 (sector, 4) <= NVRAM_FILE_MAX_FLAGS &&
         nvram_get16 (sector, 6) <= NVRAM_FILE_MAX_LENGTH;
}

static gboolean
is_empty_sector (const guint8 *sector)
{
  for (guint i = 0; i < NVRAM_SECTOR; i++)
    if (sector[i] != 0)
      return FALSE;

  return TRUE;
}

/* The start of the lowest file below the 2 KB that always belong to files, or of these 2 KB. The
 * old configuration ends the search: a text could look like a sector. */
static gsize
find_limit (const Writer *self)
{
  gsize limit = self->half - NVRAM_FILE_AREA;
  gsize floor = self->has_config ? self->layout.end : 0;

  if (self->old == NULL)
    return limit;

  for (gsize at = limit; at >= floor + NVRAM_SECTOR;)
    {
      at -= NVRAM_SECTOR;
      if (is_file_sector (self->old + at))
        limit = at;
      else if (!is_empty_sector (self->old + at))
        break;
    }

  return limit;
}

static gboolean
writer_init (Writer *self, GBytes *old, guint size_kb, GError **error)
{
  gsize old_size = 0;
  const guint8 *old_data = old != NULL ? g_bytes_get_data (old, &old_size) : NULL;

  memset (self, 0, sizeof *self);

  if (size_kb == 0 && !iou_nvram_is_size (old_size))
    size_kb = IOU_NVRAM_DEFAULT_KB;
  if (size_kb != 0 && (size_kb < IOU_NVRAM_MIN_KB || size_kb > IOU_NVRAM_MAX_KB))
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_LIMIT,
                   _ ("An NVRAM of %u KB is not possible; choose %d to %d KB."), size_kb,
                   IOU_NVRAM_MIN_KB, IOU_NVRAM_MAX_KB);
      return FALSE;
    }

  self->size = size_kb != 0 ? (gsize) size_kb * 1024 : old_size;
  self->half = self->size / 2;
  if (old_size == self->size)
    {
      self->old = old_data;
      self->has_config = iou_nvram_read_layout (old_data, self->half, &self->layout, NULL);
    }

  self->limit = find_limit (self);
  return TRUE;
}

static gboolean
needs_extra_padding (const Writer *self)
{
  const NvramLayout *layout = &self->layout;

  if (!self->has_config)
    return FALSE;

  if (layout->has_private && layout->startup_length % 4 != 0)
    return layout->extra_padding;

  return layout->ios_version <= 0x0f00 || self->half >= 64 * 1024 ||
         (layout->base & 0x80000000u) != 0;
}

static guint
padding_after (const Writer *self, gsize length)
{
  guint align = (guint) (-length & 3);

  return align != 0 && needs_extra_padding (self) ? align + 4 : align;
}

static void
append16 (GByteArray *bytes, guint16 value)
{
  guint16 big = GUINT16_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &big, sizeof big);
}

static void
append32 (GByteArray *bytes, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &big, sizeof big);
}

static void
append_fill (GByteArray *bytes, guint8 fill, gsize n)
{
  guint from = bytes->len;

  g_byte_array_set_size (bytes, from + (guint) n);
  memset (bytes->data + from, fill, n);
}

static void
append_text (GByteArray *bytes, const char *text, gsize length)
{
  if (length > 0)
    g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
}

static guint32
base_address (const Writer *self)
{
  return self->has_config ? self->layout.base : NVRAM_BASE_ADDRESS;
}

static void
append_startup (const Writer *self, GByteArray *bytes, const char *text, gsize length)
{
  guint padding = padding_after (self, length);
  guint newlines = self->has_config ? 0 : padding;
  guint32 start = base_address (self) + NVRAM_STARTUP_HEADER;
  guint32 stored = (guint32) (length + newlines);

  append16 (bytes, NVRAM_STARTUP_MAGIC);
  append16 (bytes, NVRAM_FORMAT_RAW);
  append16 (bytes, 0);
  append16 (bytes, self->has_config ? self->layout.ios_version : NVRAM_DEFAULT_VERSION);
  append32 (bytes, start);
  append32 (bytes, start + stored);
  append32 (bytes, stored);
  append_fill (bytes, 0, 16);

  append_text (bytes, text, length);
  append_fill (bytes, self->has_config ? 0 : '\n', padding);
}

static void
append_private (const Writer *self, GByteArray *bytes, const char *text, gsize length)
{
  guint32 start = base_address (self) + bytes->len + NVRAM_PRIVATE_HEADER;

  append16 (bytes, NVRAM_PRIVATE_MAGIC);
  append16 (bytes, NVRAM_FORMAT_RAW);
  append32 (bytes, start);
  append32 (bytes, start + (guint32) length);
  append32 (bytes, (guint32) length);
  append_text (bytes, text, length);
}

/* Before anything is copied, as the lengths may be anything. */
static gboolean
check_space (const Writer *self, gsize startup_length, gsize private_length, GError **error)
{
  guint64 needed = NVRAM_STARTUP_HEADER + (guint64) MIN (startup_length, G_MAXUINT32) +
                   padding_after (self, startup_length) + NVRAM_PRIVATE_HEADER +
                   (guint64) MIN (private_length, G_MAXUINT32);

  if (startup_length == 0 || needed <= self->limit)
    return TRUE;

  g_set_error (
      error, IOU_ERROR, IOU_ERROR_NO_SPACE,
      _ ("The configuration needs %zu bytes of NVRAM, and of %zu KB only %zu bytes can hold it. "
         "Give the device a larger NVRAM."),
      (gsize) needed, self->size / 1024, self->limit);
  return FALSE;
}

/* Everything but the configurations: the old file from the limit on, and the checksum. */
static GBytes *
finish (const Writer *self, GByteArray *bytes)
{
  guint16 sum;

  append_fill (bytes, 0, self->limit - bytes->len);
  if (self->old != NULL)
    g_byte_array_append (bytes, self->old + self->limit, (guint) (self->size - self->limit));
  else
    append_fill (bytes, 0, self->size - self->limit);

  if (nvram_get16 (bytes->data, 0) == NVRAM_STARTUP_MAGIC)
    {
      sum = (guint16) ~iou_nvram_checksum_word (bytes->data, self->half);
      bytes->data[4] = (guint8) (sum >> 8);
      bytes->data[5] = (guint8) sum;
    }

  return g_byte_array_free_to_bytes (bytes);
}

/* That of any readable old file, of whatever size: keys are hard to replace. */
static void
keep_private (GBytes *old, const char **text, gsize *length)
{
  NvramLayout layout;
  gsize old_length;
  const guint8 *data = g_bytes_get_data (old, &old_length);

  if (old_length > IOU_NVRAM_MAX_KB * 1024 ||
      !iou_nvram_read_layout (data, old_length, &layout, NULL) || !layout.has_private)
    return;

  *text = (const char *) data + layout.private_offset;
  *length = layout.private_length;
}

GBytes *
iou_nvram_build (GBytes *old,
                 guint size_kb,
                 const char *startup,
                 gsize startup_length,
                 const char *private_config,
                 gsize private_length,
                 GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  Writer writer;

  g_return_val_if_fail (startup != NULL || startup_length == 0, NULL);
  g_return_val_if_fail (private_config != NULL || private_length == 0, NULL);

  if (!writer_init (&writer, old, size_kb, error))
    return NULL;

  if (private_config == NULL && old != NULL)
    keep_private (old, &private_config, &private_length);

  if (!check_space (&writer, startup_length, private_length, error))
    return NULL;

  bytes = g_byte_array_sized_new ((guint) writer.size);
  if (startup_length > 0)
    {
      append_startup (&writer, bytes, startup, startup_length);
      append_private (&writer, bytes, private_config, private_length);
    }

  return finish (&writer, g_steal_pointer (&bytes));
}

gboolean
iou_nvram_save (const char *path,
                guint size_kb,
                const char *startup,
                gsize startup_length,
                const char *private_config,
                gsize private_length,
                GError **error)
{
  g_autoptr (GBytes) old = NULL;
  g_autoptr (GBytes) new = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  old = iou_file_read (path, O_NOFOLLOW, IOU_NVRAM_MAX_KB * 1024, &local_error);
  if (old == NULL && (g_error_matches (local_error, IOU_ERROR, IOU_ERROR_PERMISSION) ||
                      g_error_matches (local_error, IOU_ERROR, IOU_ERROR_IO)))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  new = iou_nvram_build (old, size_kb, startup, startup_length, private_config, private_length,
                         error);
  if (new == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  return iou_file_write_durable (path, new, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reader of IOU's NVRAM file (contract section 12).
 *
 *   0       startup header, 36 bytes: magic abcd, format, checksum, IOS version, start and end
 *           address, length
 *   36      startup text, raw or as a .Z stream
 *   ...     padding to a multiple of 4, sometimes 4 bytes more; IOS leaves old bytes in it
 *   ...     private header, 16 bytes: magic fedc, format, start and end address, length
 *   ...     private text, then zeros
 *   half-2K files of IOS, in sectors of 1 KB that grow downwards from here
 *   half    second half: kept, never understood
 *
 * The addresses are those of IOS's own memory and differ from file to file: only lengths are
 * believed. */

#include "iou-nvram.h"

#include <fcntl.h>
#include <string.h>

#include "iou-file-private.h"
#include "iou-lzc.h"
#include "iou-nvram-private.h"

#define NO_PRIVATE_CONFIG "\nend\n"

void
iou_nvram_clear (IouNvram *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->startup);
  g_free (self->private_config);
  memset (self, 0, sizeof *self);
}

/* One's-complement sum of 16-bit words, not complemented: 0xffff where a right checksum is in
 * place. */
guint16
iou_nvram_checksum_word (const guint8 *data, gsize length)
{
  guint64 sum = 0;

  for (gsize i = 0; i + 1 < length; i += 2)
    sum += nvram_get16 (data, i);
  while (sum >> 16)
    sum = (sum & 0xffff) + (sum >> 16);

  return (guint16) sum;
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, IOU_ERROR, IOU_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
is_zero (const guint8 *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (data[i] != 0)
      return FALSE;

  return TRUE;
}

static gboolean
is_private_header (const guint8 *data, gsize length, gsize offset)
{
  return offset + NVRAM_PRIVATE_HEADER <= length &&
         nvram_get16 (data, offset) == NVRAM_PRIVATE_MAGIC &&
         nvram_get16 (data, offset + 2) == NVRAM_FORMAT_RAW;
}

/* A private part that is not whole counts as absent: the startup text is what people want back. */
static void
read_private_layout (const guint8 *data, gsize length, NvramLayout *layout)
{
  gsize offset = nvram_align (layout->end);
  gsize private_length;

  layout->extra_padding = is_private_header (data, length, offset + 4);
  if (layout->extra_padding)
    offset += 4;
  else if (!is_private_header (data, length, offset))
    return;

  private_length = nvram_get32 (data, offset + 12);
  offset += NVRAM_PRIVATE_HEADER;
  if (private_length > length - offset)
    return;

  layout->has_private = TRUE;
  layout->private_offset = offset;
  layout->private_length = private_length;
  layout->end = offset + private_length;
}

/*
 * iou_nvram_read_layout:
 *
 * Finds the parts of a file and checks that they lie within it.
 */
gboolean
iou_nvram_read_layout (const guint8 *data, gsize length, NvramLayout *layout, GError **error)
{
  memset (layout, 0, sizeof *layout);

  if (length < NVRAM_STARTUP_HEADER)
    return fail (error, "The NVRAM file is shorter than its header of 36 bytes.");

  if (is_zero (data, NVRAM_STARTUP_HEADER))
    {
      g_set_error_literal (error, IOU_ERROR, IOU_ERROR_NO_CONFIG,
                           "The NVRAM file is empty: nothing was saved in it yet.");
      return FALSE;
    }

  if (nvram_get16 (data, 0) != NVRAM_STARTUP_MAGIC)
    return fail (error, "This is not an NVRAM file of IOU: it does not begin with ab cd.");

  layout->format = nvram_get16 (data, 2);
  layout->ios_version = nvram_get16 (data, 6);
  layout->base = nvram_get32 (data, 8) - NVRAM_STARTUP_HEADER;
  layout->startup_length = nvram_get32 (data, 16);

  if (layout->format != NVRAM_FORMAT_RAW && layout->format != NVRAM_FORMAT_LZC)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID,
                   "The NVRAM file has its configuration in format %u; 1 and 2 are known.",
                   layout->format);
      return FALSE;
    }

  if (layout->startup_length > length - NVRAM_STARTUP_HEADER)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID,
                   "The NVRAM file is damaged: it has %" G_GSIZE_FORMAT " bytes and says its"
                   " configuration has %" G_GSIZE_FORMAT ".",
                   length, layout->startup_length);
      return FALSE;
    }

  layout->end = NVRAM_STARTUP_HEADER + layout->startup_length;
  read_private_layout (data, length, layout);
  return TRUE;
}

static char *
copy_text (const guint8 *data, gsize length)
{
  char *text = g_malloc (length + 1);

  memcpy (text, data, length);
  text[length] = '\0';
  return text;
}

static gboolean
read_startup (const guint8 *data, const NvramLayout *layout, IouNvram *nvram, GError **error)
{
  const guint8 *stored = data + NVRAM_STARTUP_HEADER;
  GByteArray *expanded;
  gsize expanded_length;

  if (layout->format == NVRAM_FORMAT_RAW || layout->startup_length == 0)
    {
      nvram->startup = copy_text (stored, layout->startup_length);
      nvram->startup_length = layout->startup_length;
    }
  else
    {
      expanded = iou_lzc_expand (stored, layout->startup_length, error);
      if (expanded == NULL)
        return FALSE;

      nvram->startup = (char *) g_byte_array_steal (expanded, &expanded_length);
      nvram->startup_length = expanded_length;
      g_byte_array_unref (expanded);
    }

  if (nvram->startup_length == 0)
    {
      g_set_error_literal (error, IOU_ERROR, IOU_ERROR_NO_CONFIG,
                           "The NVRAM file holds a configuration without a character.");
      return FALSE;
    }

  return TRUE;
}

gboolean
iou_nvram_parse (const guint8 *data, gsize length, IouNvram *nvram, GError **error)
{
  g_auto (IouNvram) result = { 0 };
  NvramLayout layout;

  g_return_val_if_fail (data != NULL || length == 0, FALSE);
  g_return_val_if_fail (nvram != NULL, FALSE);

  if (length > IOU_NVRAM_MAX_KB * 1024)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_LIMIT,
                   "The NVRAM file has %" G_GSIZE_FORMAT " bytes; IOU's have at most %d KB.",
                   length, IOU_NVRAM_MAX_KB);
      return FALSE;
    }

  if (!iou_nvram_read_layout (data, length, &layout, error) ||
      !read_startup (data, &layout, &result, error))
    return FALSE;

  if (layout.private_length > 0 &&
      (layout.private_length != strlen (NO_PRIVATE_CONFIG) ||
       memcmp (data + layout.private_offset, NO_PRIVATE_CONFIG, layout.private_length) != 0))
    {
      result.private_config = copy_text (data + layout.private_offset, layout.private_length);
      result.private_length = layout.private_length;
    }

  result.ios_version = layout.ios_version;
  result.compressed = layout.format == NVRAM_FORMAT_LZC;
  result.checksum_ok = iou_nvram_checksum_word (data, length / 2) == 0xffff;

  *nvram = result;
  memset (&result, 0, sizeof result);
  return TRUE;
}

char *
iou_nvram_path (const char *directory, guint id)
{
  g_autofree char *name = g_strdup_printf ("nvram_%05u", id);

  g_return_val_if_fail (directory != NULL, NULL);

  return g_build_filename (directory, name, NULL);
}

gboolean
iou_nvram_load (const char *path, IouNvram *nvram, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;
  gsize length;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (nvram != NULL, FALSE);

  bytes = iou_file_read (path, O_NOFOLLOW, IOU_NVRAM_MAX_KB * 1024, error);
  if (bytes == NULL)
    return FALSE;

  data = g_bytes_get_data (bytes, &length);
  if (!iou_nvram_parse (data, length, nvram, error))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Just enough of zip to read a portable project in a test: the central directory at the end says
 * where each file's local header lies; raw deflate is GIO's. */

#include "zip-reader.h"

#include <gio/gio.h>
#include <string.h>

#define END_SIZE   22
#define ENTRY_SIZE 46
#define LOCAL_SIZE 30

static guint32
get (const guint8 *data, guint n_bytes)
{
  guint32 value = 0;

  while (n_bytes-- > 0)
    value = value << 8 | data[n_bytes];
  return value;
}

static GBytes *
inflate (const guint8 *data, gsize length, gsize size)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);
  guint8 *out = g_malloc0 (size + 1);
  gsize got = 0;
  gsize used = 0;

  while (got < size)
    {
      gsize n_read;
      gsize n_written;
      GConverterResult result =
          g_converter_convert (G_CONVERTER (zlib), data + used, length - used, out + got,
                               size - got, G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);

      if (result == G_CONVERTER_ERROR)
        break;
      used += n_read;
      got += n_written;
      if (result == G_CONVERTER_FINISHED)
        break;
    }

  return g_bytes_new_take (out, got);
}

static gboolean
read_entry (const guint8 *data, gsize length, const guint8 *entry, GHashTable *files)
{
  guint method = get (entry + 10, 2);
  gsize packed = get (entry + 20, 4);
  gsize size = get (entry + 24, 4);
  gsize local = get (entry + 42, 4);
  char *name = g_strndup ((const char *) entry + ENTRY_SIZE, get (entry + 28, 2));
  gsize start;
  GBytes *bytes;

  if (length < LOCAL_SIZE || local > length - LOCAL_SIZE)
    {
      g_free (name);
      return FALSE;
    }

  start = local + LOCAL_SIZE + get (data + local + 26, 2) + get (data + local + 28, 2);
  if (start > length || packed > length - start)
    {
      g_free (name);
      return FALSE;
    }

  bytes = method == 8 ? inflate (data + start, packed, size) : g_bytes_new (data + start, packed);
  g_hash_table_insert (files, name, bytes);
  return TRUE;
}

GHashTable *
zip_read (const guint8 *data, gsize length)
{
  g_autoptr (GHashTable) files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  gsize end = length;
  gsize at;
  guint n;

  if (length < END_SIZE)
    return NULL;
  for (end = length - END_SIZE; get (data + end, 4) != 0x06054b50; end--)
    if (end == 0)
      return NULL;

  n = get (data + end + 10, 2);
  at = get (data + end + 16, 4);
  for (guint i = 0; i < n; i++)
    {
      if (at > end || end - at < ENTRY_SIZE || get (data + at, 4) != 0x02014b50 ||
          !read_entry (data, length, data + at, files))
        return NULL;
      at +=
          ENTRY_SIZE + get (data + at + 28, 2) + get (data + at + 30, 2) + get (data + at + 32, 2);
    }

  return g_steal_pointer (&files);
}

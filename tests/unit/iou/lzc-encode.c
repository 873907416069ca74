/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes Unix compress streams for the tests. The order of things is that of the encoder, not a
 * mirror of our decoder: the width is looked at before the table is filled, groups are written out
 * when they are full or when the width changes. gzip -d reads what comes out. */

#include "lzc-encode.h"

#include <string.h>

typedef struct
{
  GByteArray *out;
  guint8 group[16];
  guint n_bits; /* in the group */
  guint width;
  guint limit; /* the widest */
} Writer;

static void
write_group (Writer *self)
{
  if (self->n_bits > 0)
    g_byte_array_append (self->out, self->group, self->width);
  memset (self->group, 0, sizeof self->group);
  self->n_bits = 0;
}

static void
write_code (Writer *self, guint code)
{
  for (guint i = 0; i < self->width; i++, self->n_bits++)
    if ((code >> i & 1) != 0)
      self->group[self->n_bits / 8] |= (guint8) (1u << self->n_bits % 8);

  if (self->n_bits == self->width * 8)
    write_group (self);
}

/* The last group is as long as its codes need. */
static void
write_end (Writer *self)
{
  g_byte_array_append (self->out, self->group, (self->n_bits + 7) / 8);
}

static void
set_width (Writer *self, guint width)
{
  write_group (self);
  self->width = width;
}

GByteArray *
lzc_encode (
    const guint8 *data, gsize length, guint max_width, gboolean block_mode, guint clear_every)
{
  g_autoptr (GHashTable) table = g_hash_table_new (NULL, NULL);
  const guint first_free = block_mode ? 257 : 256;
  guint8 header[3] = { 0x1f, 0x9d, (guint8) (max_width | (block_mode ? 0x80 : 0)) };
  Writer writer = { .out = g_byte_array_new (), .width = 9, .limit = MAX (max_width, 10) };
  guint next_free = first_free;
  guint n_codes = 0;
  guint prefix;

  g_byte_array_append (writer.out, header, sizeof header);
  if (length == 0)
    return writer.out;

  prefix = data[0];
  for (gsize i = 1; i < length; i++)
    {
      gpointer key = GUINT_TO_POINTER ((prefix << 8 | data[i]) + 1);
      guint known = GPOINTER_TO_UINT (g_hash_table_lookup (table, key));

      if (known != 0)
        {
          prefix = known;
          continue;
        }

      write_code (&writer, prefix);
      n_codes++;
      prefix = data[i];

      /* The decoder is one entry behind: it learns this one with the next code, a clear too. */
      if (next_free > (1u << writer.width) - 1 && writer.width < writer.limit)
        set_width (&writer, writer.width + 1);

      if (clear_every != 0 && n_codes % clear_every == 0)
        {
          write_code (&writer, 256);
          set_width (&writer, 9);
          g_hash_table_remove_all (table);
          next_free = first_free;
          continue;
        }

      if (next_free < (1u << max_width))
        g_hash_table_insert (table, key, GUINT_TO_POINTER (next_free++));
    }

  write_code (&writer, prefix);
  write_end (&writer);
  return writer.out;
}

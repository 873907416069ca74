/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Expander for Unix compress streams, the LZW dialect of IOS's compressed configurations.
 *
 * Three bytes of header: 1f 9d, then flags: bits 0-4 the largest code width (9 to 16), bit 7 block
 * mode, in which code 256 clears the table. Then codes, least significant bit first, 9 bits wide at
 * first. Each code after the first (after a clear) adds one string to the table: the string of the
 * code before it plus the first byte of its own. When the next free entry needs one more bit, codes
 * get one bit wider.
 *
 * The peculiar part: codes are written in groups of eight, that is of `width` bytes. When the width
 * changes or the table is cleared inside a group, the rest of the group is padding and is skipped.
 *
 * And one old mistake that all programs keep: a largest width of 9 grows to 10 all the same, though
 * the table stops at 512 entries. */

#include "iou-lzc.h"

#include <string.h>

#define HEADER_SIZE 3
#define MIN_WIDTH   9
#define MAX_WIDTH   16
#define CLEAR_CODE  256
#define MAX_ENTRIES (1u << MAX_WIDTH)

typedef struct
{
  const guint8 *data;
  gsize length;
  gsize group; /* offset of the group's first byte */
  guint used;  /* bits of the group read so far */
  guint width; /* of the next code, in bits */

  guint max_width;
  guint max_entries;
  guint first_free; /* of an empty table */
  guint next_free;
  gint previous; /* the last code, or -1 after the start and after a clear */
  gboolean block_mode;

  /* The string of an entry is that of its prefix and one byte more. */
  guint16 prefix[MAX_ENTRIES];
  guint8 suffix[MAX_ENTRIES];
  guint8 string[MAX_ENTRIES]; /* one string, filled from its end */
} Expander;

static void
skip_group (Expander *self)
{
  if (self->used > 0)
    self->group += self->width;
  self->used = 0;
}

static gboolean
next_code (Expander *self, guint *code)
{
  gsize bit;
  guint32 bits = 0;

  if (self->next_free >= (1u << self->width) && self->width < self->max_width)
    {
      skip_group (self);
      self->width++;
    }
  else if (self->used == self->width * 8)
    {
      skip_group (self);
    }

  bit = self->group * 8 + self->used;
  if (bit + self->width > self->length * 8)
    return FALSE;

  for (guint i = 0; i < 3 && bit / 8 + i < self->length; i++)
    bits |= (guint32) self->data[bit / 8 + i] << (8 * i);

  *code = (bits >> (bit % 8)) & ((1u << self->width) - 1);
  self->used += self->width;
  return TRUE;
}

static void
clear_table (Expander *self)
{
  skip_group (self);
  self->width = MIN_WIDTH;
  self->next_free = self->first_free;
  self->previous = -1;
}

/* Writes the string of @code so that it ends at the end of self->string; returns its start. */
static guint
unwind (Expander *self, guint code)
{
  guint at = MAX_ENTRIES;

  while (code >= self->first_free)
    {
      self->string[--at] = self->suffix[code];
      code = self->prefix[code];
    }

  self->string[--at] = (guint8) code;
  return at;
}

static gboolean
expand_code (Expander *self, guint code, GByteArray *out, GError **error)
{
  gboolean is_next = self->previous >= 0 && code == self->next_free;
  guint at;

  if (code >= 256 && (code < self->first_free || (code >= self->next_free && !is_next)))
    {
      g_set_error (
          error, IOU_ERROR, IOU_ERROR_INVALID,
          "The compressed configuration is damaged: code %u stands where there are only %u.", code,
          self->next_free);
      return FALSE;
    }

  /* A code may name the entry it is about to make: the string before it and that string's first
   * byte. */
  at = unwind (self, is_next ? (guint) self->previous : code);
  if (out->len + (MAX_ENTRIES - at) + 1 > IOU_LZC_MAX_LENGTH)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_LIMIT,
                   "The compressed configuration grows beyond %d bytes.", IOU_LZC_MAX_LENGTH);
      return FALSE;
    }

  g_byte_array_append (out, self->string + at, MAX_ENTRIES - at);
  if (is_next)
    g_byte_array_append (out, self->string + at, 1);

  if (self->previous >= 0 && self->next_free < self->max_entries)
    {
      self->prefix[self->next_free] = (guint16) self->previous;
      self->suffix[self->next_free] = self->string[at];
      self->next_free++;
    }

  self->previous = (gint) code;
  return TRUE;
}

static gboolean
read_header (Expander *self, const guint8 *data, gsize length, GError **error)
{
  if (length < HEADER_SIZE || data[0] != 0x1f || data[1] != 0x9d)
    {
      g_set_error_literal (error, IOU_ERROR, IOU_ERROR_INVALID,
                           "The compressed configuration does not begin with 1f 9d.");
      return FALSE;
    }

  self->data = data;
  self->length = length;
  self->group = HEADER_SIZE;
  self->block_mode = (data[2] & 0x80) != 0;
  self->max_width = data[2] & 0x1f;
  if (self->max_width < MIN_WIDTH || self->max_width > MAX_WIDTH)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID,
                   "The compressed configuration asks for codes of %u bits; 9 to 16 are known.",
                   self->max_width);
      return FALSE;
    }

  self->max_entries = 1u << self->max_width;
  self->max_width = MAX (self->max_width, MIN_WIDTH + 1);
  self->first_free = self->block_mode ? CLEAR_CODE + 1 : CLEAR_CODE;
  return TRUE;
}

GByteArray *
iou_lzc_expand (const guint8 *data, gsize length, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree Expander *self = NULL;
  guint code;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  self = g_new0 (Expander, 1);
  if (!read_header (self, data, length, error))
    return NULL;

  clear_table (self);
  while (next_code (self, &code))
    {
      if (self->block_mode && code == CLEAR_CODE)
        clear_table (self);
      else if (!expand_code (self, code, out, error))
        return NULL;
    }

  g_byte_array_append (out, (const guint8 *) "", 1);
  g_byte_array_set_size (out, out->len - 1);
  return g_steal_pointer (&out);
}

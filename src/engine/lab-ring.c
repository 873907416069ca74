/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * A queue of chunks, allocated as bytes come: the first has 512 bytes, each next one is twice as
 * large up to 16 KiB, so a console that only showed its prompt costs next to nothing and a full
 * megabyte is some seventy chunks. When there are more bytes than the limit the oldest chunk goes
 * as a whole, and the start moves on to the next line, so that a replay never begins in the middle
 * of one. Readers at the front are few: a chunk is looked up from the newest backwards. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <string.h>

#include "lab-ring.h"

#define FIRST_CHUNK   512
#define LARGEST_CHUNK (16 * 1024)

typedef struct
{
  GList link;
  guint64 start;
  guint32 size;
  guint32 used;
  guint8 data[];
} Chunk;

void
lab_ring_init (LabRing *self, gsize limit)
{
  *self = (LabRing){ .limit = limit };
  g_queue_init (&self->chunks);
}

static void
drop_oldest (LabRing *self)
{
  Chunk *chunk = self->chunks.head->data;

  g_queue_unlink (&self->chunks, &chunk->link);
  g_free (chunk);
}

void
lab_ring_clear (LabRing *self)
{
  while (self->chunks.head != NULL)
    drop_oldest (self);
  self->start = self->end;
}

static Chunk *
add_chunk (LabRing *self)
{
  Chunk *last = self->chunks.tail ? self->chunks.tail->data : NULL;
  guint32 size = last ? MIN (last->size * 2, LARGEST_CHUNK) : FIRST_CHUNK;
  Chunk *chunk = g_malloc (sizeof (Chunk) + size);

  chunk->link = (GList){ .data = chunk };
  chunk->start = self->end;
  chunk->size = size;
  chunk->used = 0;
  g_queue_push_tail_link (&self->chunks, &chunk->link);
  return chunk;
}

guint8 *
lab_ring_reserve (LabRing *self, gsize *length)
{
  Chunk *chunk = self->chunks.tail ? self->chunks.tail->data : NULL;

  if (chunk == NULL || chunk->used == chunk->size)
    chunk = add_chunk (self);
  *length = chunk->size - chunk->used;
  return chunk->data + chunk->used;
}

void
lab_ring_commit (LabRing *self, gsize length)
{
  Chunk *chunk = self->chunks.tail->data;

  g_assert (length <= chunk->size - chunk->used);

  chunk->used += length;
  self->end += length;
  while (self->end - self->start > self->limit && self->chunks.length > 1)
    {
      drop_oldest (self);
      self->start = ((Chunk *) self->chunks.head->data)->start;
      self->start = lab_ring_line_start (self, self->start, LARGEST_CHUNK);
    }
}

void
lab_ring_append (LabRing *self, const void *data, gsize length)
{
  const guint8 *bytes = data;

  while (length > 0)
    {
      gsize room;
      guint8 *space = lab_ring_reserve (self, &room);
      gsize n = MIN (room, length);

      memcpy (space, bytes, n);
      lab_ring_commit (self, n);
      bytes += n;
      length -= n;
    }
}

const guint8 *
lab_ring_peek (LabRing *self, guint64 offset, gsize *length)
{
  *length = 0;
  if (offset < self->start || offset >= self->end)
    return NULL;

  for (GList *l = self->chunks.tail; l != NULL; l = l->prev)
    {
      Chunk *chunk = l->data;

      if (offset >= chunk->start)
        {
          *length = chunk->start + chunk->used - offset;
          return *length > 0 ? chunk->data + (offset - chunk->start) : NULL;
        }
    }
  return NULL;
}

guint64
lab_ring_line_start (LabRing *self, guint64 offset, gsize reach)
{
  guint64 at = offset;

  while (at - offset < reach)
    {
      gsize length;
      const guint8 *data = lab_ring_peek (self, at, &length);
      const guint8 *found;

      if (data == NULL)
        break;
      found = memchr (data, '\n', length);
      if (found != NULL)
        {
          at += (gsize) (found - data) + 1;
          return at - offset <= reach ? at : offset;
        }
      at += length;
    }
  return offset;
}

char *
lab_ring_dup_tail (LabRing *self, guint64 from, gsize max, gsize *length)
{
  guint64 at = MAX (MAX (from, self->start), self->end > max ? self->end - max : 0);
  GString *tail = g_string_sized_new (self->end > at ? self->end - at : 1);

  while (at < self->end)
    {
      gsize n;
      const guint8 *data = lab_ring_peek (self, at, &n);

      if (data == NULL)
        break;
      g_string_append_len (tail, (const char *) data, n);
      at += n;
    }
  if (length != NULL)
    *length = tail->len;
  return g_string_free (tail, FALSE);
}

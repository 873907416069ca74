/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LAB_RING_LIMIT (1024 * 1024)

/* The last bytes of a console. A byte has an offset that never changes; bytes from start to end are
 * there. Readers hold an offset of their own. */
typedef struct
{
  GQueue chunks;
  guint64 start;
  guint64 end;
  gsize limit;
} LabRing;

/* Empty. @limit: bytes that are kept, about; older ones go. */
void          lab_ring_init       (LabRing *self, gsize limit);
/* Frees all bytes. Offsets go on from there: @end stays. */
void          lab_ring_clear      (LabRing *self);
/* Room for the next bytes, at least one; lab_ring_commit() says how many were put there. */
guint8       *lab_ring_reserve    (LabRing *self, gsize *length);
void          lab_ring_commit     (LabRing *self, gsize length);
void          lab_ring_append     (LabRing *self, const void *data, gsize length);
/* The bytes at @offset (start..end) as far as they lie together; NULL at the end. */
const guint8 *lab_ring_peek       (LabRing *self, guint64 offset, gsize *length);
/* The first line that begins at @offset or within @reach bytes after it, or @offset. */
guint64       lab_ring_line_start (LabRing *self, guint64 offset, gsize reach);
/* The last bytes, at most @max, none before @from; NUL-terminated. (transfer full) */
char         *lab_ring_dup_tail   (LabRing *self, guint64 from, gsize max, gsize *length);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * A marked console begins with "replay MARK ID\n"; the scroll-back ends where MARK stands again.
 * The stream may be cut anywhere, so what could be the beginning of a mark is held until more
 * comes. That is the only buffering: everything else goes through at once. */

#include "config.h"

#include <string.h>

#include "lab-client-replay.h"

#define WORD     "replay "
#define MAX_LINE 128

typedef enum
{
  AT_HEAD,
  IN_REPLAY,
  LIVE,
} Phase;

struct _LabClientReplay
{
  Phase phase;
  GString *held; /* not yet told from a mark */
  char *mark;
  char *id;
};

LabClientReplay *
lab_client_replay_new (void)
{
  LabClientReplay *self = g_new0 (LabClientReplay, 1);

  self->held = g_string_new (NULL);
  return self;
}

void
lab_client_replay_free (LabClientReplay *self)
{
  g_string_free (self->held, TRUE);
  g_free (self->mark);
  g_free (self->id);
  g_free (self);
}

/* Puts the first @length held bytes out. */
static void
release (LabClientReplay *self, gsize length, GByteArray *out)
{
  g_byte_array_append (out, (const guint8 *) self->held->str, (guint) length);
  g_string_erase (self->held, 0, (gssize) length);
}

/* FALSE: more is needed to know. */
static gboolean
read_head (LabClientReplay *self)
{
  gsize known = MIN (self->held->len, strlen (WORD));
  const char *end = memchr (self->held->str, '\n', self->held->len);
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;

  if (strncmp (self->held->str, WORD, known) != 0 || (end == NULL && self->held->len >= MAX_LINE))
    {
      self->phase = LIVE;
      return TRUE;
    }
  if (end == NULL)
    return FALSE;
  line = g_strndup (self->held->str, (gsize) (end - self->held->str));
  words = g_strsplit (line, " ", 0);
  if (g_strv_length (words) != 3 || *words[1] == '\0' || *words[2] == '\0')
    {
      self->phase = LIVE;
      return TRUE;
    }
  self->mark = g_strdup (words[1]);
  self->id = g_strdup (words[2]);
  g_string_erase (self->held, 0, end + 1 - self->held->str);
  self->phase = IN_REPLAY;
  return TRUE;
}

/* How many bytes at the end of what is held may be the beginning of the mark. */
static gsize
count_undecided (LabClientReplay *self)
{
  gsize n = MIN (self->held->len, strlen (self->mark) - 1);

  while (n > 0 && memcmp (self->held->str + self->held->len - n, self->mark, n) != 0)
    n--;
  return n;
}

static void
read_replay (LabClientReplay *self, GByteArray *out)
{
  const char *found = memmem (self->held->str, self->held->len, self->mark, strlen (self->mark));

  if (found == NULL)
    {
      release (self, self->held->len - count_undecided (self), out);
      return;
    }
  release (self, (gsize) (found - self->held->str), out);
  g_string_erase (self->held, 0, (gssize) strlen (self->mark));
  self->phase = LIVE;
}

gsize
lab_client_replay_push (LabClientReplay *self, const void *data, gsize length, GByteArray *out)
{
  gsize before = out->len;
  gsize replayed;

  if (self->phase == LIVE)
    {
      g_byte_array_append (out, data, (guint) length);
      return 0;
    }
  g_string_append_len (self->held, data, (gssize) length);
  if (self->phase == AT_HEAD && !read_head (self))
    return 0;
  if (self->phase == IN_REPLAY)
    read_replay (self, out);
  replayed = out->len - before;
  if (self->phase == LIVE)
    release (self, self->held->len, out);
  return replayed;
}

const char *
lab_client_replay_get_id (LabClientReplay *self)
{
  return self->id;
}

gboolean
lab_client_replay_is_over (LabClientReplay *self)
{
  return self->phase == LIVE;
}

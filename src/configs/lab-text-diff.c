/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * Lines are made numbers: equal lines have equal numbers. The lines both texts begin and end with
 * are put aside. For what is between, the greedy algorithm of E. Myers ("An O(ND) Difference
 * Algorithm and Its Variations", 1986): for d = 0, 1, 2… the furthest point on each diagonal that d
 * insertions and deletions reach; the points of each d are kept, and the way is followed back from
 * the end. Its memory grows with d squared, so that after MAX_CHANGES the rest counts as replaced
 * as a whole. */

#define G_LOG_DOMAIN "lab-configs"

#include "config.h"

#include <string.h>

#include "lab-text-diff.h"

#define MAX_CHANGES 2000

typedef struct
{
  GArray *lines; /* of LabTextDiffLine */
  guint *keys;
} Text;

typedef struct
{
  const guint *a;
  const guint *b;
  int n;
  int m;
  GPtrArray *trace; /* for each d the furthest x of the diagonals -d…d */
} Walk;

static void
split (Text *self, const char *text, gsize length)
{
  const char *end = text + length;

  self->lines = g_array_new (FALSE, FALSE, sizeof (LabTextDiffLine));
  while (text < end)
    {
      const char *stop = memchr (text, '\n', (gsize) (end - text));
      LabTextDiffLine line = { .text = text, .ended = stop != NULL };

      line.length = (gsize) ((stop != NULL ? stop : end) - text);
      g_array_append_val (self->lines, line);
      text += line.length + 1;
    }
}

static guint
hash_line (gconstpointer key)
{
  const LabTextDiffLine *line = key;
  guint hash = 5381;

  for (gsize i = 0; i < line->length; i++)
    hash = hash * 33 + (guchar) line->text[i];
  return hash;
}

static gboolean
equal_lines (gconstpointer a, gconstpointer b)
{
  const LabTextDiffLine *one = a;
  const LabTextDiffLine *other = b;

  return one->length == other->length && one->ended == other->ended &&
         memcmp (one->text, other->text, one->length) == 0;
}

static void
number_lines (Text *self, GHashTable *numbers)
{
  self->keys = g_new (guint, self->lines->len + 1);
  for (guint i = 0; i < self->lines->len; i++)
    {
      LabTextDiffLine *line = &g_array_index (self->lines, LabTextDiffLine, i);
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, line));

      if (number == 0)
        {
          number = g_hash_table_size (numbers) + 1;
          g_hash_table_insert (numbers, line, GUINT_TO_POINTER (number));
        }
      self->keys[i] = number;
    }
}

static void
clear_text (Text *self)
{
  g_array_unref (self->lines);
  g_free (self->keys);
}

/* @row: the points of d - 1 (its middle is at d - 1). */
static int
furthest (const Walk *walk, const int *row, int d, int k)
{
  int x;

  if (d == 0)
    x = 0;
  else if (k == -d || (k != d && row[d - 1 + k - 1] < row[d - 1 + k + 1]))
    x = row[d - 1 + k + 1];
  else
    x = row[d - 1 + k - 1] + 1;
  while (x < walk->n && x - k < walk->m && x - k >= 0 && walk->a[x] == walk->b[x - k])
    x++;
  return x;
}

/* The number of changes that lead to the end; -1: too many. */
static int
find_way (Walk *walk)
{
  const int *before = NULL;

  for (int d = 0; d <= MIN (walk->n + walk->m, MAX_CHANGES); d++)
    {
      int *row = g_new0 (int, 2 * d + 1);

      g_ptr_array_add (walk->trace, row);
      for (int k = -d; k <= d; k += 2)
        {
          row[d + k] = furthest (walk, before, d, k);
          if (row[d + k] >= walk->n && row[d + k] - k >= walk->m)
            return d;
        }
      before = row;
    }
  return -1;
}

/* Marks the lines that are in one text only, from the end to the beginning. */
static void
follow_back (const Walk *walk, int d, gboolean *removed, gboolean *added)
{
  int x = walk->n;
  int y = walk->m;

  for (; d > 0; d--)
    {
      const int *row = walk->trace->pdata[d - 1];
      int k = x - y;
      gboolean down = k == -d || (k != d && row[d - 1 + k - 1] < row[d - 1 + k + 1]);

      k += down ? 1 : -1;
      x = row[d - 1 + k];
      y = x - k;
      if (down)
        added[y] = TRUE;
      else
        removed[x] = TRUE;
    }
}

static void
mark_all (gboolean *marks, int n)
{
  for (int i = 0; i < n; i++)
    marks[i] = TRUE;
}

static void
mark_middle (const Text *a, const Text *b, gboolean *removed, gboolean *added)
{
  guint head = 0;
  guint tail = 0;
  Walk walk = { 0 };
  int d;

  while (head < MIN (a->lines->len, b->lines->len) && a->keys[head] == b->keys[head])
    head++;
  while (tail < MIN (a->lines->len, b->lines->len) - head &&
         a->keys[a->lines->len - 1 - tail] == b->keys[b->lines->len - 1 - tail])
    tail++;

  walk.a = a->keys + head;
  walk.b = b->keys + head;
  walk.n = (int) (a->lines->len - head - tail);
  walk.m = (int) (b->lines->len - head - tail);
  walk.trace = g_ptr_array_new_with_free_func (g_free);
  d = find_way (&walk);
  if (d >= 0)
    {
      follow_back (&walk, d, removed + head, added + head);
    }
  else
    {
      mark_all (removed + head, walk.n);
      mark_all (added + head, walk.m);
    }
  g_ptr_array_unref (walk.trace);
}

static void
append_line (GArray *result, const Text *text, guint index, LabTextDiffKind kind)
{
  LabTextDiffLine line = g_array_index (text->lines, LabTextDiffLine, index);

  line.kind = kind;
  g_array_append_val (result, line);
}

static GArray *
merge (const Text *a, const Text *b, const gboolean *removed, const gboolean *added)
{
  GArray *result = g_array_new (FALSE, FALSE, sizeof (LabTextDiffLine));
  guint i = 0;
  guint j = 0;

  while (i < a->lines->len || j < b->lines->len)
    {
      if (i < a->lines->len && removed[i])
        append_line (result, a, i++, LAB_TEXT_DIFF_REMOVED);
      else if (j < b->lines->len && added[j])
        append_line (result, b, j++, LAB_TEXT_DIFF_ADDED);
      else
        {
          append_line (result, a, i++, LAB_TEXT_DIFF_SAME);
          j++;
        }
    }
  return result;
}

GArray *
lab_text_diff (const char *a, gsize a_length, const char *b, gsize b_length)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (hash_line, equal_lines);
  g_autofree gboolean *removed = NULL;
  g_autofree gboolean *added = NULL;
  Text one;
  Text other;
  GArray *result;

  g_return_val_if_fail (a != NULL || a_length == 0, NULL);
  g_return_val_if_fail (b != NULL || b_length == 0, NULL);

  split (&one, a, a_length);
  split (&other, b, b_length);
  number_lines (&one, numbers);
  number_lines (&other, numbers);
  removed = g_new0 (gboolean, one.lines->len + 1);
  added = g_new0 (gboolean, other.lines->len + 1);
  mark_middle (&one, &other, removed, added);
  result = merge (&one, &other, removed, added);
  clear_text (&one);
  clear_text (&other);
  return result;
}

/* --- unified --- */

/* The end of the hunk that begins at @from: where more than twice @context lines are the same. */
static guint
hunk_end (GArray *lines, guint from, guint context)
{
  guint end = from;

  for (guint i = from; i < lines->len && i - end <= 2 * context; i++)
    if (g_array_index (lines, LabTextDiffLine, i).kind != LAB_TEXT_DIFF_SAME)
      end = i + 1;
  return end;
}

static void
append_range (GString *out, guint before, guint count)
{
  /* A range without lines is named by the line before it. */
  g_string_append_printf (out, "%u", count == 0 ? before : before + 1);
  if (count != 1)
    g_string_append_printf (out, ",%u", count);
}

static void
append_hunk (GString *out, GArray *lines, guint from, guint to, guint a_line, guint b_line)
{
  static const char marks[] = { ' ', '-', '+' };
  guint counts[3] = { 0 };

  for (guint i = from; i < to; i++)
    counts[g_array_index (lines, LabTextDiffLine, i).kind]++;
  g_string_append (out, "@@ -");
  append_range (out, a_line, counts[LAB_TEXT_DIFF_SAME] + counts[LAB_TEXT_DIFF_REMOVED]);
  g_string_append (out, " +");
  append_range (out, b_line, counts[LAB_TEXT_DIFF_SAME] + counts[LAB_TEXT_DIFF_ADDED]);
  g_string_append (out, " @@\n");
  for (guint i = from; i < to; i++)
    {
      const LabTextDiffLine *line = &g_array_index (lines, LabTextDiffLine, i);

      g_string_append_c (out, marks[line->kind]);
      g_string_append_len (out, line->text, (gssize) line->length);
      g_string_append (out, line->ended ? "\n" : "\n\\ No newline at end of file\n");
    }
}

char *
lab_text_diff_unified (const char *a,
                       gsize a_length,
                       const char *a_name,
                       const char *b,
                       gsize b_length,
                       const char *b_name,
                       guint context)
{
  g_autoptr (GArray) lines = lab_text_diff (a, a_length, b, b_length);
  GString *out = g_string_new (NULL);
  guint a_line = 0;
  guint b_line = 0;
  guint done = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      guint from = i - done > context ? i - context : done;
      guint end;
      guint to;

      if (g_array_index (lines, LabTextDiffLine, i).kind == LAB_TEXT_DIFF_SAME)
        continue;
      if (out->len == 0)
        g_string_append_printf (out, "--- %s\n+++ %s\n", a_name, b_name);
      /* What was passed over is the same in both. */
      a_line += from - done;
      b_line += from - done;
      end = hunk_end (lines, i, context);
      to = MIN (lines->len, end + context);
      append_hunk (out, lines, from, to, a_line, b_line);
      for (guint j = from; j < to; j++)
        {
          LabTextDiffKind kind = g_array_index (lines, LabTextDiffLine, j).kind;

          a_line += kind != LAB_TEXT_DIFF_ADDED;
          b_line += kind != LAB_TEXT_DIFF_REMOVED;
        }
      done = to;
      i = to - 1;
    }
  return g_string_free (out, FALSE);
}

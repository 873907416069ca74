/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "lab-ring.h"

static char *
read_all (LabRing *ring)
{
  gsize length;

  return lab_ring_dup_tail (ring, 0, G_MAXSIZE / 2, &length);
}

static void
test_empty (void)
{
  LabRing ring;
  gsize length = 1;

  lab_ring_init (&ring, 1000);
  g_assert_null (lab_ring_peek (&ring, 0, &length));
  g_assert_cmpuint (length, ==, 0);
  g_assert_cmpuint (ring.chunks.length, ==, 0);
  lab_ring_append (&ring, "abc", 3);
  g_assert_null (lab_ring_peek (&ring, 3, &length));
  g_assert_nonnull (lab_ring_peek (&ring, 1, &length));
  g_assert_cmpuint (length, ==, 2);
  lab_ring_clear (&ring);
}

/* Whatever the sizes of the pieces, what is there is the end of what was put in, from a line's
 * beginning on. */
static void
test_random (void)
{
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GString) all = g_string_new (NULL);
      gsize limit = (gsize) g_test_rand_int_range (50000, 150000);
      g_autofree char *kept = NULL;
      LabRing ring;

      lab_ring_init (&ring, limit);
      for (guint i = 0; i < 3000; i++)
        {
          g_autofree char *line =
              g_strnfill ((gsize) g_test_rand_int_range (0, 150), (char) ('a' + i % 26));
          gsize before = all->len;

          g_string_append_printf (all, "%s\n", line);
          lab_ring_append (&ring, all->str + before, all->len - before);
        }

      kept = read_all (&ring);
      g_assert_cmpuint (ring.end, ==, all->len);
      g_assert_cmpuint (ring.end - ring.start, <=, limit);
      g_assert_cmpuint (ring.end - ring.start, >, limit - 2 * 16384);
      g_assert_cmpstr (kept, ==, all->str + ring.start);
      g_assert_cmpint (all->str[ring.start - 1], ==, '\n');
      lab_ring_clear (&ring);
    }
}

static void
test_reserve (void)
{
  LabRing ring;
  g_autofree char *kept = NULL;
  gsize total = 0;

  lab_ring_init (&ring, LAB_RING_LIMIT);
  while (total < 100000)
    {
      gsize room;
      guint8 *space = lab_ring_reserve (&ring, &room);
      gsize n = MIN (room, 7);

      g_assert_cmpuint (room, >, 0);
      memset (space, 'x', n);
      lab_ring_commit (&ring, n);
      total += n;
    }
  kept = read_all (&ring);
  g_assert_cmpuint (strlen (kept), ==, total);
  g_assert_cmpuint (strspn (kept, "x"), ==, total);
  lab_ring_clear (&ring);
}

static void
test_line_start (void)
{
  LabRing ring;

  lab_ring_init (&ring, 1000);
  lab_ring_append (&ring, "one\ntwo\nthree", 13);
  g_assert_cmpuint (lab_ring_line_start (&ring, 1, 100), ==, 4);
  g_assert_cmpuint (lab_ring_line_start (&ring, 4, 100), ==, 8);
  g_assert_cmpuint (lab_ring_line_start (&ring, 9, 100), ==, 9);
  g_assert_cmpuint (lab_ring_line_start (&ring, 1, 2), ==, 1);
  lab_ring_clear (&ring);
}

/* One line without end, longer than the limit. */
static void
test_no_lines (void)
{
  g_autofree char *text = g_strnfill (300000, 'x');
  LabRing ring;

  lab_ring_init (&ring, 65536);
  lab_ring_append (&ring, text, 300000);
  g_assert_cmpuint (ring.end - ring.start, <=, 65536);
  g_assert_cmpuint (ring.end - ring.start, >, 32768);
  lab_ring_clear (&ring);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/ring/empty", test_empty);
  g_test_add_func ("/engine/ring/random", test_random);
  g_test_add_func ("/engine/ring/reserve", test_reserve);
  g_test_add_func ("/engine/ring/line-start", test_line_start);
  g_test_add_func ("/engine/ring/no-lines", test_no_lines);
  return g_test_run ();
}

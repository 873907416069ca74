/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The marks in a console's bytes, however the stream is cut. */

#include "config.h"

#include <string.h>

#include "lab-client-replay.h"

#define MARK "b0a7c3d2-9f5e-4c88-8a0e-000000000001"

/* Pushes @stream in pieces of @step bytes; @live gets what came after the scroll-back. */
static char *
push_in_steps (const char *stream, gsize step, GString *live, gboolean *over)
{
  g_autoptr (LabClientReplay) replay = lab_client_replay_new ();
  GString *old = g_string_new (NULL);
  gsize length = strlen (stream);

  for (gsize i = 0; i < length; i += step)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      gsize n = lab_client_replay_push (replay, stream + i, MIN (step, length - i), out);

      g_assert_cmpuint (n, <=, out->len);
      g_string_append_len (old, (const char *) out->data, (gssize) n);
      g_string_append_len (live, (const char *) out->data + n, (gssize) (out->len - n));
    }
  *over = lab_client_replay_is_over (replay);
  return g_string_free (old, FALSE);
}

static void
check (const char *stream, const char *old, const char *live, gboolean over)
{
  for (gsize step = 1; step <= strlen (stream); step++)
    {
      g_autoptr (GString) got_live = g_string_new (NULL);
      gboolean got_over;
      g_autofree char *got_old = push_in_steps (stream, step, got_live, &got_over);

      g_assert_cmpstr (got_old, ==, old);
      g_assert_cmpstr (got_live->str, ==, live);
      g_assert_cmpint (got_over, ==, over);
    }
}

static void
test_marks (void)
{
  check ("replay " MARK " id-1\nold\r\nR1#" MARK "new", "old\r\nR1#", "new", TRUE);
  check ("replay " MARK " id-1\n" MARK "new", "", "new", TRUE);
  check ("replay " MARK " id-1\n" MARK, "", "", TRUE);
  check ("replay " MARK " id-1\nold\n", "old\n", "", FALSE);
}

/* Parts of the mark are ordinary text, and so is the mark of another connection. */
static void
test_look_alikes (void)
{
  check ("replay " MARK " id-1\nb0a7 b0b0a7c3d2-" MARK "!", "b0a7 b0b0a7c3d2-", "!", TRUE);
  check ("replay abab id\nababab", "", "ab", TRUE);
  check ("replay aab id\naaab.", "a", ".", TRUE);
  check ("replay " MARK " id-1\nreplay other\nother" MARK MARK, "replay other\nother", MARK, TRUE);
}

/* What the mark might yet become is held back, and nothing else is. */
static void
test_nothing_is_held_for_long (void)
{
  g_autoptr (LabClientReplay) replay = lab_client_replay_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();

  lab_client_replay_push (replay, "replay " MARK " id-1\nPassword: ", strlen (MARK) + 23, out);
  g_assert_cmpmem (out->data, out->len, "Password: ", 10);
  g_assert_cmpstr (lab_client_replay_get_id (replay), ==, "id-1");
}

/* Not marked at all: shown as it is, as the refusal of a full console is. */
static void
test_unmarked (void)
{
  g_autoptr (GString) endless = g_string_new ("replay ");

  check ("[32 programs are connected]\r\n", "", "[32 programs are connected]\r\n", TRUE);
  check ("replay \nx", "", "replay \nx", TRUE);
  check ("replay mark\nx", "", "replay mark\nx", TRUE);
  for (guint i = 0; i < 200; i++)
    g_string_append_c (endless, 'x');
  check (endless->str, "", endless->str, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/replay/marks", test_marks);
  g_test_add_func ("/client/replay/look-alikes", test_look_alikes);
  g_test_add_func ("/client/replay/nothing-is-held-for-long", test_nothing_is_held_for_long);
  g_test_add_func ("/client/replay/unmarked", test_unmarked);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten thousand damaged files, always the same ones: none may crash or hang, each is either refused
 * with a sentence or opened, saved and opened again. Half of the damage keeps to JSON (a value is
 * exchanged for another), so that what lies behind the scan is reached too. */

#include "config.h"

#include <string.h>

#include "lab-samples.h"

#define MUTATIONS 10000
#define SEED      20260401

static void
damage_bytes (GRand *rand, GString *text)
{
  gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) text->len);
  gsize wanted = (gsize) g_rand_int_range (rand, 1, 40);
  gsize length = MIN (wanted, text->len - at);

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      text->str[at] ^= (char) (1 << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      text->str[at] = "{}[]\",:0-e\\ \n"[g_rand_int_range (rand, 0, 13)];
      break;
    case 2:
      g_string_erase (text, (gssize) at, (gssize) length);
      break;
    case 3:
      {
        g_autofree char *copy = g_strndup (text->str + at, length);

        g_string_insert_len (text, g_rand_int_range (rand, 0, (gint32) text->len), copy,
                             (gssize) strlen (copy));
        break;
      }
    default:
      if (g_rand_int_range (rand, 0, 10) == 0)
        g_string_truncate (text, at);
      break;
    }
}

/* The value at the next colon becomes another. */
static void
exchange_value (GRand *rand, GString *text)
{
  static const char *const values[] = { "0",
                                        "1",
                                        "-1",
                                        "64",
                                        "1023",
                                        "1024",
                                        "4095",
                                        "65537",
                                        "1e6",
                                        "0.5",
                                        "1e300",
                                        "-0",
                                        "true",
                                        "false",
                                        "null",
                                        "\"\"",
                                        "\"R1\"",
                                        "\"SW1\"",
                                        "\"e0/0\"",
                                        "\"s2/0\"",
                                        "\"switch\"",
                                        "\"placeholder\"",
                                        "\"nat\"",
                                        "\"trunk\"",
                                        "\"1-4094\"",
                                        "\"(\"",
                                        "\"#ffffff\"",
                                        "[]",
                                        "{}",
                                        "[1]",
                                        "[\"\"]",
                                        "[{}]",
                                        "{\"name\":\"x\"}",
                                        "\"\\u00e9\\ud83d\\ude00\"",
                                        "9223372036854775807" };
  gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) text->len);
  const char *colon = strchr (text->str + at, ':');
  gsize start;
  gsize length;

  if (colon == NULL)
    return;
  start = (gsize) (colon - text->str) + 1;
  start += strspn (text->str + start, " ");
  if (text->str[start] == '"')
    length = 1 + strcspn (text->str + start + 1, "\"\n") + 1;
  else
    length = strcspn (text->str + start, ",]}\n");
  if (start + length > text->len)
    return;
  g_string_erase (text, (gssize) start, (gssize) length);
  g_string_insert (text, (gssize) start, values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))]);
}

static gboolean
try_text (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) error_again = NULL;
  g_autoptr (LabTopology) topology = lab_file_parse (text, length, "x.lab", &error);
  g_autoptr (LabTopology) again = NULL;
  g_autofree char *written = NULL;
  g_autofree char *written_again = NULL;
  gsize written_length;

  if (topology == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_str_has_prefix (error->message, "x.lab"));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return FALSE;
    }
  written = lab_file_to_string (topology, &written_length);
  g_assert_cmpuint (strlen (written), ==, written_length);
  again = lab_file_parse (written, written_length, "again.lab", &error_again);
  g_assert_no_error (error_again);
  written_again = sample_text (again);
  sample_assert_text (written_again, written);

  return TRUE;
}

static void
test_mutations (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  guint accepted = 0;

  for (guint i = 0; i < MUTATIONS; i++)
    {
      g_autoptr (GString) text = g_string_new (i % 4 == 0 ? sample_plain : sample_full);
      gint32 rounds = g_rand_int_range (rand, 1, 5);
      gboolean bytes = g_rand_boolean (rand);
      g_autofree char *exact = NULL;

      for (gint32 round = 0; round < rounds && text->len > 0; round++)
        if (bytes)
          damage_bytes (rand, text);
        else
          exchange_value (rand, text);
      /* No NUL behind the end, so that a read past it is seen. */
      exact = g_memdup2 (text->str, MAX (text->len, 1));
      accepted += try_text (exact, text->len);
    }
  g_test_message ("%u of %u were accepted", accepted, MUTATIONS);
  /* Both ways were walked. */
  g_assert_cmpuint (accepted, >, MUTATIONS / 50);
  g_assert_cmpuint (accepted, <, MUTATIONS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lab/mutations", test_mutations);

  return g_test_run ();
}

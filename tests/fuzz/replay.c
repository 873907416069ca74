/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a fuzz target without libFuzzer: every file of a corpus folder as it is, then mutations of
 * it from a fixed seed (bits, bytes, cuts, doubled parts, spliced files), so that the ordinary test
 * run exercises each parser on bad bytes. Usage: replay-NAME CORPUS [MUTATIONS [SEED]] */

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define DEFAULT_MUTATIONS 2000
#define REPLAY_MAX_INPUT  (1 << 20)

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
load_corpus (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *name;

  g_ptr_array_add (inputs, g_bytes_new_static ("", 0));
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      char *contents;
      gsize length;

      if (g_file_get_contents (g_ptr_array_index (names, i), &contents, &length, NULL))
        g_ptr_array_add (inputs, g_bytes_new_take (contents, length));
    }

  return inputs;
}

static void
mutate_once (GRand *rand, GByteArray *bytes, GPtrArray *inputs)
{
  guint length = (guint) g_rand_int_range (rand, 1, 64);
  guint at = bytes->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) bytes->len) : 0;
  GBytes *other;
  gsize other_length;
  const guint8 *other_data;

  switch (bytes->len > 0 ? g_rand_int_range (rand, 0, 6) : 5)
    {
    case 0:
      bytes->data[at] ^= (guint8) (1u << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      bytes->data[at] = (guint8) g_rand_int_range (rand, 0, 256);
      break;
    case 2:
      g_byte_array_set_size (bytes, at);
      break;
    case 3:
      g_byte_array_remove_range (bytes, at, MIN (bytes->len - at, length));
      break;
    case 4:
      if (bytes->len < REPLAY_MAX_INPUT / 2)
        {
          g_autofree guint8 *copy = g_memdup2 (bytes->data + at, bytes->len - at);

          g_byte_array_append (bytes, copy, bytes->len - at);
        }
      break;
    default:
      other = g_ptr_array_index (inputs, g_rand_int_range (rand, 0, (gint32) inputs->len));
      other_data = g_bytes_get_data (other, &other_length);
      if (bytes->len + other_length < REPLAY_MAX_INPUT)
        g_byte_array_append (bytes, other_data, (guint) other_length);
      break;
    }
}

static void
run_mutation (GRand *rand, GPtrArray *inputs)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GBytes *start = g_ptr_array_index (inputs, g_rand_int_range (rand, 0, (gint32) inputs->len));
  gint32 rounds = g_rand_int_range (rand, 1, 9);
  gsize length;
  const guint8 *data = g_bytes_get_data (start, &length);

  if (length > REPLAY_MAX_INPUT)
    return;
  g_byte_array_append (bytes, data, (guint) length);
  for (gint32 i = 0; i < rounds; i++)
    mutate_once (rand, bytes, inputs);
  LLVMFuzzerTestOneInput (bytes->data, bytes->len);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) inputs = NULL;
  g_autoptr (GRand) rand = NULL;
  guint mutations = argc > 2 ? (guint) atoi (argv[2]) : DEFAULT_MUTATIONS;

  if (argc < 2)
    {
      fprintf (stderr, "Usage: %s CORPUS [MUTATIONS [SEED]]\n", argv[0]);
      return 2;
    }

  inputs = load_corpus (argv[1]);
  rand = g_rand_new_with_seed (argc > 3 ? (guint32) atoi (argv[3]) : 1);
  for (guint i = 0; i < inputs->len; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (inputs, i), &length);

      LLVMFuzzerTestOneInput (data, length);
    }
  for (guint i = 0; i < mutations; i++)
    run_mutation (rand, inputs);

  printf ("%u files, %u mutations\n", inputs->len, mutations);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* NVRAM files that real IOU and GNS3 wrote, each beside the configuration that must come out of it:
 * 15 in a portable project, and the same 15 devices in the snapshot within it. Any that are added
 * to the corpus are read, too.
 *
 * There is no difference between the two, in any of them, not even in the last newline: the text
 * of the NVRAM is startup-config.cfg byte for byte. That is asserted.
 *
 * The files are of two kinds, which the test tells apart by their addresses. 13 of 15 say that
 * their text lies at 0x10000024, and their padding is zeros: so does GNS3 when it writes a
 * configuration into a file that IOU had made. In 2 IOU itself must have written last (`write
 * memory`): the address is one of its own memory (0x120ec0a4, 0x131130a4), what stands in the
 * padding is left of an older, longer text, and the private configuration is "\nend\n", which means
 * none. IOU's own files, two sectors below the middle, stand in all of them. */

#include "corpus.h"
#include "iou-netmap.h"
#include "iou-nvram.h"
#include "iou-test.h"

#define HALF  (32 * 1024)
#define FILES (HALF - 2048)

typedef void (*CheckFunc) (GBytes *bytes, GBytes *config);

/* Each file whose name begins so, with the configuration beside it. How many there are. */
static guint
for_each (const char *prefix, CheckFunc check)
{
  g_autoptr (GHashTable) files = corpus_load ();
  GHashTableIter iter;
  gpointer path;
  gpointer bytes;
  guint n = 0;

  if (files == NULL)
    return 0;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    {
      g_autofree char *base = g_path_get_basename (path);
      GBytes *config = corpus_beside (files, path, "startup-config.cfg");

      if (!g_str_has_prefix (base, prefix))
        continue;

      if (config == NULL)
        g_error ("Beside %s is no configuration.", (char *) path);
      check (bytes, config);
      n++;
    }

  g_test_message ("%u files %s…", n, prefix);
  g_assert_cmpuint (n, >=, 30);
  return n;
}

static guint
for_each_nvram (CheckFunc check)
{
  return for_each ("nvram_", check);
}

static void
parse (GBytes *bytes, IouNvram *nvram)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  iou_nvram_parse (data, length, nvram, &error);
  g_assert_no_error (error);
}

static void
assert_is_text (const IouNvram *nvram, GBytes *config)
{
  g_assert_cmpmem (nvram->startup, nvram->startup_length, g_bytes_get_data (config, NULL),
                   g_bytes_get_size (config));
}

static gboolean
written_by_ios (GBytes *bytes)
{
  static const guint8 address[] = { 0x10, 0, 0, 36 };

  return memcmp ((const guint8 *) g_bytes_get_data (bytes, NULL) + 8, address, 4) != 0;
}

static void
check_read (GBytes *bytes, GBytes *config)
{
  g_auto (IouNvram) nvram = { 0 };

  parse (bytes, &nvram);
  assert_is_text (&nvram, config);
  g_assert_null (nvram.private_config);
  g_assert_cmphex (nvram.ios_version, ==, 0x0f04);
  g_assert_false (nvram.compressed);
  g_assert_true (nvram.checksum_ok);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 2 * HALF);
}

static void
test_read (void)
{
  for_each_nvram (check_read);
}

static GBytes *
rebuild (GBytes *old, GBytes *config)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (config, &length);
  GBytes *new = iou_nvram_build (old, 0, text, length, NULL, 0, &error);

  g_assert_no_error (error);
  return new;
}

/* The same text again: what GNS3 wrote comes back whole; of what IOU wrote, all but the padding. */
static void
check_rebuild (GBytes *bytes, GBytes *config)
{
  g_autoptr (GBytes) new = rebuild (bytes, config);
  const guint8 *a = g_bytes_get_data (bytes, NULL);
  const guint8 *b = g_bytes_get_data (new, NULL);
  gsize text_end = 36 + g_bytes_get_size (config);
  gsize private_start = (text_end + 3) & ~(gsize) 3;
  g_auto (IouNvram) nvram = { 0 };

  parse (new, &nvram);
  assert_is_text (&nvram, config);
  g_assert_true (nvram.checksum_ok);

  if (!written_by_ios (bytes))
    {
      g_assert_true (g_bytes_equal (bytes, new));
      return;
    }

  g_assert_cmpmem (a, 4, b, 4);
  g_assert_cmpmem (a + 6, text_end - 6, b + 6, text_end - 6);
  g_assert_cmpmem (a + private_start, 21, b + private_start, 21);
  g_assert_cmpmem (a + FILES, 2 * HALF - FILES, b + FILES, 2 * HALF - FILES);
}

static void
test_rebuild (void)
{
  for_each_nvram (check_rebuild);
}

static void
check_change (GBytes *bytes, GBytes *config)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *longer = g_strnfill (20000, '!');
  g_autoptr (GBytes) new = iou_nvram_build (bytes, 64, longer, 20000, "key\n", 4, &error);
  g_autoptr (GBytes) back = NULL;
  const guint8 *a = g_bytes_get_data (bytes, NULL);
  g_auto (IouNvram) nvram = { 0 };

  g_assert_no_error (error);
  parse (new, &nvram);
  g_assert_cmpmem (nvram.startup, nvram.startup_length, longer, 20000);
  g_assert_cmpstr (nvram.private_config, ==, "key\n");
  g_assert_cmpmem (a + FILES, 2 * HALF - FILES,
                   (const guint8 *) g_bytes_get_data (new, NULL) + FILES, 2 * HALF - FILES);

  /* And nothing of the longer text is left after the old one is put back. */
  back = iou_nvram_build (new, 64, g_bytes_get_data (config, NULL), g_bytes_get_size (config), "",
                          0, NULL);
  if (!written_by_ios (bytes))
    g_assert_true (g_bytes_equal (bytes, back));
}

static void
test_change (void)
{
  for_each_nvram (check_change);
}

static guint n_by_ios;

static void
count_by_ios (GBytes *bytes, GBytes *config)
{
  n_by_ios += written_by_ios (bytes);
}

static void
test_kinds (void)
{
  if (for_each_nvram (count_by_ios) > 0)
    g_assert_cmpuint (n_by_ios, >=, 4);
}

/* The text of a real router in a new file of each size: there, whole, whatever the size. */
static void
check_sizes (GBytes *bytes, GBytes *config)
{
  gsize length;
  const char *text = g_bytes_get_data (config, &length);

  for (guint kb = IOU_NVRAM_MIN_KB; kb <= IOU_NVRAM_MAX_KB; kb *= 2)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) new = iou_nvram_build (NULL, kb, text, length, NULL, 0, &error);
      g_auto (IouNvram) nvram = { 0 };

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (new), ==, kb * 1024);
      parse (new, &nvram);
      g_assert_true (nvram.checksum_ok);
      g_assert_cmpmem (nvram.startup, length, text, length);
      g_assert_cmpuint (nvram.startup_length - length, <, 4);
    }
}

static void
test_sizes (void)
{
  for_each_nvram (check_sizes);
}

/* What GNS3 gave these devices to read says what we would tell them; only its blanks are more. */
static void
check_netmap (GBytes *bytes, GBytes *config)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (IouNetmap) netmap = iou_netmap_parse (text, length, &error);
  g_autoptr (GString) squeezed = g_string_new_len (text, (gssize) length);
  const IouNetmapNode *nodes;
  g_autofree char *ours = NULL;
  guint n_nodes;

  g_assert_no_error (error);
  nodes = iou_netmap_get_segment (netmap, 0, &n_nodes);
  g_assert_cmpuint (n_nodes, ==, 2);
  ours = iou_netmap_write_all (nodes[1].id, nodes[0].id);
  while (g_string_replace (squeezed, "  ", " ", 0) > 0)
    ;
  g_assert_cmpstr (squeezed->str, ==, ours);
}

static void
test_netmaps (void)
{
  for_each ("NETMAP", check_netmap);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iou/nvram-corpus/read", test_read);
  g_test_add_func ("/iou/nvram-corpus/rebuild", test_rebuild);
  g_test_add_func ("/iou/nvram-corpus/change", test_change);
  g_test_add_func ("/iou/nvram-corpus/kinds", test_kinds);
  g_test_add_func ("/iou/nvram-corpus/sizes", test_sizes);
  g_test_add_func ("/iou/nvram-corpus/netmaps", test_netmaps);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading. The files are put together here, byte by byte, and not by our writer. */

#include "iou-nvram.h"
#include "iou-test.h"
#include "lzc-encode.h"

#include <unistd.h>

typedef struct
{
  guint16 format;
  guint32 base;
  const char *startup;
  gsize startup_length;
  guint padding;              /* after the multiple of 4 */
  const char *private_config; /* NULL: no header */
  guint8 fill;                /* of the padding */
} Plan;

static void
put (GByteArray *bytes, guint32 value, guint n_bytes)
{
  for (guint i = n_bytes; i > 0; i--)
    {
      guint8 byte = (guint8) (value >> (8 * (i - 1)));

      g_byte_array_append (bytes, &byte, 1);
    }
}

static void
fill (GByteArray *bytes, guint8 byte, gsize until)
{
  while (bytes->len < until)
    g_byte_array_append (bytes, &byte, 1);
}

static void
set_checksum (GByteArray *bytes)
{
  guint32 sum = 0;

  bytes->data[4] = bytes->data[5] = 0;
  for (guint i = 0; i < bytes->len / 2; i += 2)
    {
      sum += (guint32) bytes->data[i] << 8 | bytes->data[i + 1];
      sum = (sum & 0xffff) + (sum >> 16);
    }
  bytes->data[4] = (guint8) (~sum >> 8);
  bytes->data[5] = (guint8) ~sum;
}

static GByteArray *
make_file (const Plan *plan, gsize size)
{
  GByteArray *bytes = g_byte_array_new ();
  guint32 length;

  put (bytes, 0xabcd, 2);
  put (bytes, plan->format, 2);
  put (bytes, 0, 2);
  put (bytes, 0x0f04, 2);
  put (bytes, plan->base + 36, 4);
  put (bytes, plan->base + 36 + (guint32) plan->startup_length, 4);
  put (bytes, (guint32) plan->startup_length, 4);
  fill (bytes, 0, 36);
  g_byte_array_append (bytes, (const guint8 *) plan->startup, (guint) plan->startup_length);

  if (plan->private_config != NULL)
    {
      fill (bytes, plan->fill, ((bytes->len + 3) & ~3u) + plan->padding);
      length = (guint32) strlen (plan->private_config);
      put (bytes, 0xfedc, 2);
      put (bytes, 1, 2);
      put (bytes, plan->base + bytes->len + 12, 4);
      put (bytes, plan->base + bytes->len + 8 + length, 4);
      put (bytes, length, 4);
      g_byte_array_append (bytes, (const guint8 *) plan->private_config, length);
    }

  fill (bytes, 0, size);
  set_checksum (bytes);
  return bytes;
}

static void
assert_holds (GByteArray *bytes, const char *startup, const char *private_config)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *exact = g_memdup2 (bytes->data, bytes->len);
  g_auto (IouNvram) nvram = { 0 };

  iou_nvram_parse (exact, bytes->len, &nvram, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (nvram.startup, ==, startup);
  g_assert_cmpuint (nvram.startup_length, ==, strlen (startup));
  g_assert_cmpstr (nvram.private_config, ==, private_config);
  g_assert_cmpuint (nvram.private_length, ==, private_config != NULL ? strlen (private_config) : 0);
  g_assert_cmphex (nvram.ios_version, ==, 0x0f04);
  g_assert_true (nvram.checksum_ok);
}

static void
assert_refused (const guint8 *data, gsize length, IouError code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *exact = g_memdup2 (data, length);
  IouNvram nvram = { .ios_version = 77 };

  g_assert_false (iou_nvram_parse (exact, length, &nvram, &error));
  assert_iou_error (error, code, part);
  g_assert_cmpuint (nvram.ios_version, ==, 77);
  g_assert_null (nvram.startup);
}

static void
test_paddings (void)
{
  static const char *const texts[] = { "end\n", "\nend\n", "!\nend\n", "!!\nend\n", "!!!\nend\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint padding = 0; padding <= 4; padding += 4)
      for (guint byte = 0; byte < 256; byte += 'n')
        {
          Plan plan = {
            1, 0x10000000, texts[i], strlen (texts[i]), padding, "key\n", (guint8) byte
          };
          g_autoptr (GByteArray) bytes = make_file (&plan, 16 * 1024);

          assert_holds (bytes, texts[i], "key\n");
        }
}

static void
test_private (void)
{
  Plan plan = { 1, 0x10000000, "hostname R1\n", 12, 0, NULL, 0 };
  g_autoptr (GByteArray) without = make_file (&plan, 8 * 1024);
  g_autoptr (GByteArray) empty = NULL;
  g_autoptr (GByteArray) none = NULL;
  g_autoptr (GByteArray) some = NULL;

  assert_holds (without, "hostname R1\n", NULL);
  plan.private_config = "";
  empty = make_file (&plan, 8 * 1024);
  assert_holds (empty, "hostname R1\n", NULL);
  plan.private_config = "\nend\n";
  none = make_file (&plan, 8 * 1024);
  assert_holds (none, "hostname R1\n", NULL);
  plan.private_config = "\nend\n!";
  some = make_file (&plan, 8 * 1024);
  assert_holds (some, "hostname R1\n", "\nend\n!");
}

static void
test_broken_private (void)
{
  Plan plan = { 1, 0x10000000, "hostname R1\n", 12, 0, "key\n", 0 };
  g_autoptr (GByteArray) bytes = make_file (&plan, 8 * 1024);

  /* A length that leaves the file, and a format that is not known: the startup text is still read.
   */
  bytes->data[48 + 12] = 0xff;
  set_checksum (bytes);
  assert_holds (bytes, "hostname R1\n", NULL);
  bytes->data[48 + 12] = 0;
  bytes->data[48 + 3] = 2;
  set_checksum (bytes);
  assert_holds (bytes, "hostname R1\n", NULL);
}

static void
test_addresses_do_not_matter (void)
{
  Plan plan = { 1, 0xfffffff0u, "hostname R1\n", 12, 0, "key\n", 0 };
  g_autoptr (GByteArray) bytes = make_file (&plan, 8 * 1024);

  assert_holds (bytes, "hostname R1\n", "key\n");
}

static void
test_checksum (void)
{
  Plan plan = { 1, 0x10000000, "hostname R1\n", 12, 0, "key\n", 0 };
  g_autoptr (GByteArray) bytes = make_file (&plan, 8 * 1024);
  g_auto (IouNvram) damaged = { 0 };
  g_auto (IouNvram) second_half = { 0 };

  bytes->data[40] ^= 1;
  g_assert_true (iou_nvram_parse (bytes->data, bytes->len, &damaged, NULL));
  g_assert_false (damaged.checksum_ok);
  g_assert_nonnull (damaged.startup);

  bytes->data[40] ^= 1;
  bytes->data[8191] ^= 1;
  g_assert_true (iou_nvram_parse (bytes->data, bytes->len, &second_half, NULL));
  g_assert_true (second_half.checksum_ok);
}

static void
test_compressed (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, "interface Ethernet%u/%u\n no shutdown\n!\n", i / 4, i % 4);

  for (guint width = 9; width <= 16; width++)
    {
      g_autoptr (GByteArray) packed = lzc_encode ((guint8 *) text->str, text->len, width, TRUE, 0);
      Plan plan = { 2, 0x10000000, (char *) packed->data, packed->len, 0, "key\n", 'x' };
      g_autoptr (GByteArray) bytes = make_file (&plan, 64 * 1024);
      g_auto (IouNvram) nvram = { 0 };

      assert_holds (bytes, text->str, "key\n");
      g_assert_true (iou_nvram_parse (bytes->data, bytes->len, &nvram, NULL));
      g_assert_true (nvram.compressed);
    }
}

static void
test_compressed_bad (void)
{
  Plan plan = { 2, 0x10000000, "hostname R1\n", 12, 0, NULL, 0 };
  g_autoptr (GByteArray) bytes = make_file (&plan, 8 * 1024);
  g_autofree guint8 *zeros = g_malloc0 (5 * 1024 * 1024);
  g_autoptr (GByteArray) packed = lzc_encode (zeros, 5 * 1024 * 1024, 16, TRUE, 0);
  Plan bomb_plan = { 2, 0x10000000, (char *) packed->data, packed->len, 0, NULL, 0 };
  g_autoptr (GByteArray) bomb = make_file (&bomb_plan, 64 * 1024);
  Plan empty_plan = { 2, 0x10000000, "\x1f\x9d\x90", 3, 0, NULL, 0 };
  g_autoptr (GByteArray) empty = make_file (&empty_plan, 8 * 1024);

  assert_refused (bytes->data, bytes->len, IOU_ERROR_INVALID, "does not begin with 1f 9d");
  assert_refused (bomb->data, bomb->len, IOU_ERROR_LIMIT, "grows beyond");
  assert_refused (empty->data, empty->len, IOU_ERROR_NO_CONFIG, "without a character");
}

static void
test_empty (void)
{
  g_autofree guint8 *zeros = g_malloc0 (1024 * 1024 + 1);
  Plan plan = { 1, 0x10000000, "", 0, 0, NULL, 0 };
  g_autoptr (GByteArray) bytes = make_file (&plan, 8 * 1024);

  assert_refused (zeros, 64 * 1024, IOU_ERROR_NO_CONFIG, "nothing was saved");
  assert_refused (zeros, 1024 * 1024, IOU_ERROR_NO_CONFIG, "nothing was saved");
  assert_refused (bytes->data, bytes->len, IOU_ERROR_NO_CONFIG, "without a character");
  assert_refused (zeros, 1024 * 1024 + 1, IOU_ERROR_LIMIT, "1048577");
}

static void
test_bad (void)
{
  Plan plan = { 1, 0x10000000, "hostname R1\n", 12, 0, "key\n", 0 };
  g_autoptr (GByteArray) bytes = make_file (&plan, 8 * 1024);

  assert_refused (bytes->data, 0, IOU_ERROR_INVALID, "shorter than its header");
  assert_refused (bytes->data, 35, IOU_ERROR_INVALID, "shorter than its header");
  assert_refused (bytes->data, 47, IOU_ERROR_INVALID,
                  "has 47 bytes and says its configuration has 12");

  bytes->data[0] = 0xf0;
  assert_refused (bytes->data, bytes->len, IOU_ERROR_INVALID, "not an NVRAM file of IOU");
  bytes->data[0] = 0xab;
  bytes->data[3] = 3;
  assert_refused (bytes->data, bytes->len, IOU_ERROR_INVALID, "format 3");
  bytes->data[3] = 1;
  memset (bytes->data + 16, 0xff, 4);
  assert_refused (bytes->data, bytes->len, IOU_ERROR_INVALID,
                  "says its configuration has 4294967295");
}

/* Cut anywhere: the text as long as it is whole, an error before, never a read beyond the end. */
static void
test_cut (void)
{
  Plan plan = { 1, 0x10000000, "hostname R1\n", 12, 4, "key\n", 0 };
  g_autoptr (GByteArray) bytes = make_file (&plan, 8 * 1024);

  for (gsize length = 0; length < 200; length++)
    {
      g_autofree guint8 *exact = g_memdup2 (bytes->data, length);
      g_auto (IouNvram) nvram = { 0 };

      g_assert_cmpint (iou_nvram_parse (exact, length, &nvram, NULL), ==, length >= 48);
      g_assert_cmpint (nvram.private_config != NULL, ==, length >= 48 + 4 + 16 + 4);
    }
}

static void
test_nul_in_text (void)
{
  Plan plan = { 1, 0x10000000, "a\0b\n", 4, 0, NULL, 0 };
  g_autoptr (GByteArray) bytes = make_file (&plan, 8 * 1024);
  g_auto (IouNvram) nvram = { 0 };

  g_assert_true (iou_nvram_parse (bytes->data, bytes->len, &nvram, NULL));
  g_assert_cmpmem (nvram.startup, nvram.startup_length, "a\0b\n", 4);
}

static void
test_load (void)
{
  Plan plan = { 1, 0x10000000, "hostname R1\n", 12, 0, NULL, 0 };
  g_autoptr (GByteArray) bytes = make_file (&plan, 8 * 1024);
  g_autoptr (GError) error = NULL;
  char *dir = iou_test_make_dir ();
  g_autofree char *path = iou_nvram_path (dir, 7);
  g_autofree char *written = iou_test_write (dir, "nvram_00007", bytes->data, bytes->len);
  g_autofree char *bad = iou_test_write (dir, "nvram_00008", "hostname R1\n", 12);
  g_autofree char *link = iou_nvram_path (dir, 9);
  g_autofree char *none = iou_nvram_path (dir, 1024);
  g_auto (IouNvram) nvram = { 0 };

  g_assert_cmpstr (path, ==, written);
  g_assert_true (iou_nvram_load (path, &nvram, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (nvram.startup, ==, "hostname R1\n");

  g_assert_false (iou_nvram_load (bad, &nvram, &error));
  assert_iou_error (error, IOU_ERROR_INVALID, "nvram_00008: The NVRAM file is shorter");
  g_assert_false (iou_nvram_load (none, &nvram, &error));
  assert_iou_error (error, IOU_ERROR_MISSING, "nvram_01024");
  g_assert_cmpint (symlink (path, link), ==, 0);
  g_assert_false (iou_nvram_load (link, &nvram, &error));
  assert_iou_error (error, IOU_ERROR_INVALID, "not a regular file");
  g_assert_false (iou_nvram_load (dir, &nvram, &error));
  assert_iou_error (error, IOU_ERROR_INVALID, "not a regular file");
  g_assert_cmpstr (nvram.startup, ==, "hostname R1\n");

  iou_test_remove_dir (dir);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iou/nvram/paddings", test_paddings);
  g_test_add_func ("/iou/nvram/private", test_private);
  g_test_add_func ("/iou/nvram/broken-private", test_broken_private);
  g_test_add_func ("/iou/nvram/addresses-do-not-matter", test_addresses_do_not_matter);
  g_test_add_func ("/iou/nvram/checksum", test_checksum);
  g_test_add_func ("/iou/nvram/compressed", test_compressed);
  g_test_add_func ("/iou/nvram/compressed-bad", test_compressed_bad);
  g_test_add_func ("/iou/nvram/empty", test_empty);
  g_test_add_func ("/iou/nvram/bad", test_bad);
  g_test_add_func ("/iou/nvram/cut", test_cut);
  g_test_add_func ("/iou/nvram/nul-in-text", test_nul_in_text);
  g_test_add_func ("/iou/nvram/load", test_load);

  return g_test_run ();
}

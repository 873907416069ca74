/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "iou-nvram.h"
#include "iou-test.h"

#include <sys/stat.h>
#include <unistd.h>

static GBytes *
build (GBytes *old, guint size_kb, const char *startup, const char *private_config)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = iou_nvram_build (old, size_kb, startup, strlen (startup), private_config,
                                   private_config != NULL ? strlen (private_config) : 0, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  return bytes;
}

static void
assert_holds (GBytes *bytes, gsize size, const char *startup, const char *private_config)
{
  g_autoptr (GError) error = NULL;
  g_auto (IouNvram) nvram = { 0 };

  g_assert_cmpuint (g_bytes_get_size (bytes), ==, size);
  iou_nvram_parse (g_bytes_get_data (bytes, NULL), size, &nvram, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (nvram.startup, ==, startup);
  g_assert_cmpstr (nvram.private_config, ==, private_config);
  g_assert_true (nvram.checksum_ok);
  g_assert_false (nvram.compressed);
}

static void
assert_no_space (
    GBytes *old, guint size_kb, gsize startup_length, gsize private_length, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *startup = g_strnfill (startup_length, '!');
  g_autofree char *private_config = g_strnfill (private_length, '!');
  g_autoptr (GBytes) bytes = iou_nvram_build (old, size_kb, startup, startup_length, private_config,
                                              private_length, &error);

  g_assert_null (bytes);
  assert_iou_error (error, IOU_ERROR_NO_SPACE, part);
}

static guint8 *
copy (GBytes *bytes)
{
  return g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The whole of a small file, as section 12 of the contract has it. */
static void
test_bytes (void)
{
  static const guint8 head[] = {
    0xab, 0xcd, 0, 1, 0x93, 0xb6, 0x0f, 0x04, 0x10, 0, 0, 36, 0x10, 0, 0, 40, 0,   0,    0,   4,
    0,    0,    0, 0, 0,    0,    0,    0,    0,    0, 0, 0,  0,    0, 0, 0,  'e', 'n',  'd', '\n',
    0xfe, 0xdc, 0, 1, 0x10, 0,    0,    56,   0x10, 0, 0, 58, 0,    0, 0, 2,  'k', '\n',
  };
  g_autoptr (GBytes) bytes = build (NULL, 8, "end\n", "k\n");
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  guint32 sum = 0;

  for (guint i = 0; i < sizeof head; i += 2)
    if (i != 4)
      sum += (guint32) head[i] << 8 | head[i + 1];
  while (sum >> 16)
    sum = (sum & 0xffff) + (sum >> 16);

  g_assert_cmphex ((guint) data[4] << 8 | data[5], ==, (guint16) ~sum);
  g_assert_cmpmem (data, 4, head, 4);
  g_assert_cmpmem (data + 6, sizeof head - 6, head + 6, sizeof head - 6);
  for (gsize i = sizeof head; i < 8 * 1024; i++)
    g_assert_cmphex (data[i], ==, 0);
}

static void
test_new (void)
{
  g_autoptr (GBytes) usual = build (NULL, 0, "!\nend\n\n\n", NULL);
  g_autoptr (GBytes) smallest = build (NULL, 8, "end\n", "key\n");
  g_autoptr (GBytes) largest = build (NULL, 1024, "end\n", "\nend\n");

  assert_holds (usual, 64 * 1024, "!\nend\n\n\n", NULL);
  assert_holds (smallest, 8 * 1024, "end\n", "key\n");
  assert_holds (largest, 1024 * 1024, "end\n", NULL);
}

/* With nothing to tell which padding is right, none is needed. */
static void
test_new_is_filled_up (void)
{
  g_autoptr (GBytes) one = build (NULL, 8, "!!!", "key\n");
  g_autoptr (GBytes) three = build (NULL, 256, "!!!!!", "key\n");
  g_autofree guint8 *erased = g_malloc0 (16 * 1024);
  g_autoptr (GBytes) old = g_bytes_new (erased, 16 * 1024);
  g_autoptr (GBytes) rebuilt = build (old, 0, "!!", NULL);

  assert_holds (one, 8 * 1024, "!!!\n", "key\n");
  assert_holds (three, 256 * 1024, "!!!!!\n\n\n", "key\n");
  assert_holds (rebuilt, 16 * 1024, "!!\n\n", NULL);
}

/* How many bytes stand between the end of the text and the private header. */
static guint
measure_padding (GBytes *bytes, gsize startup_length)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  for (guint padding = 0; padding < 8; padding++)
    if (data[36 + startup_length + padding] == 0xfe && data[37 + startup_length + padding] == 0xdc)
      return padding;

  g_assert_not_reached ();
}

static GBytes *
with_byte (GBytes *bytes, gsize offset, guint8 byte)
{
  gsize length = g_bytes_get_size (bytes);
  guint8 *data = copy (bytes);

  data[offset] = byte;
  return g_bytes_new_take (data, length);
}

static void
assert_padding (GBytes *old, guint size_kb, const char *text, guint wanted)
{
  g_autoptr (GBytes) bytes = build (old, size_kb, text, "key\n");

  g_assert_cmpuint (measure_padding (bytes, strlen (text)), ==, wanted);
  assert_holds (bytes, g_bytes_get_size (bytes), text, "key\n");
}

static void
test_padding_rule (void)
{
  g_autoptr (GBytes) small = build (NULL, 64, "end\n", NULL);
  g_autoptr (GBytes) large = build (NULL, 128, "end\n", NULL);
  g_autoptr (GBytes) ios_15_0 = with_byte (small, 7, 0x00);
  g_autoptr (GBytes) ios_12 = with_byte (ios_15_0, 6, 0x0c);
  g_autoptr (GBytes) high = with_byte (small, 8, 0xf7);

  for (guint length = 4; length < 12; length++)
    {
      g_autofree char *text = g_strnfill (length, '!');
      guint align = (4 - length % 4) % 4;
      guint more = align != 0 ? align + 4 : 0;

      assert_padding (small, 0, text, align);
      assert_padding (large, 0, text, more);
      assert_padding (ios_15_0, 0, text, more);
      assert_padding (ios_12, 0, text, more);
      assert_padding (high, 0, text, more);
    }
}

/* A file whose text needed padding shows what its IOS does; that counts more than the rule. */
static void
test_padding_as_before (void)
{
  g_autoptr (GBytes) small = build (NULL, 64, "end\n", NULL);
  g_autoptr (GBytes) ios_12 = with_byte (small, 6, 0x0c);
  g_autoptr (GBytes) ios_12_padded = build (ios_12, 0, "!!!!!", "key\n");
  g_autoptr (GBytes) extra_at_15_4 = with_byte (ios_12_padded, 6, 0x0f);
  g_autoptr (GBytes) plain = build (small, 0, "!!!!!", "key\n");
  g_autoptr (GBytes) plain_at_12 = with_byte (plain, 6, 0x0c);

  assert_padding (extra_at_15_4, 0, "!!!!!!", 6);
  assert_padding (plain_at_12, 0, "!!!!!!", 2);
}

static void
test_keeps_version_and_addresses (void)
{
  g_autoptr (GBytes) first = build (NULL, 16, "end\n", NULL);
  g_autoptr (GBytes) old_version = with_byte (first, 7, 0x02);
  g_autoptr (GBytes) old = with_byte (old_version, 9, 0x77);
  g_autoptr (GBytes) second = build (old, 16, "!end\nend\n", "k\n");
  g_auto (IouNvram) nvram = { 0 };
  static const guint8 addresses[] = { 0x10, 0x77, 0, 36, 0x10, 0x77, 0, 45 };

  g_assert_true (iou_nvram_parse (g_bytes_get_data (second, NULL), 16 * 1024, &nvram, NULL));
  g_assert_cmphex (nvram.ios_version, ==, 0x0f02);
  g_assert_cmpmem ((const guint8 *) g_bytes_get_data (second, NULL) + 8, 8, addresses, 8);
}

static void
test_keeps_private (void)
{
  g_autoptr (GBytes) old = build (NULL, 16, "end\n", "key\n");
  g_autoptr (GBytes) kept = build (old, 0, "!\nend\n!", NULL);
  g_autoptr (GBytes) kept_larger = build (old, 32, "end\n", NULL);
  g_autoptr (GBytes) replaced = build (old, 0, "end\n", "other\n");
  g_autoptr (GBytes) removed = build (old, 0, "end\n", "");

  assert_holds (kept, 16 * 1024, "!\nend\n!", "key\n");
  assert_holds (kept_larger, 32 * 1024, "end\n", "key\n");
  assert_holds (replaced, 16 * 1024, "end\n", "other\n");
  assert_holds (removed, 16 * 1024, "end\n", NULL);
}

/* A file sector as IOS writes it. */
static void
put_sector (guint8 *data, gsize offset, guint16 flags, guint16 length)
{
  static const guint8 magic[] = { 0xdc, 0xba };

  memset (data + offset, 'k', 1024);
  memcpy (data + offset, magic, 2);
  data[offset + 4] = (guint8) (flags >> 8);
  data[offset + 5] = (guint8) flags;
  data[offset + 6] = (guint8) (length >> 8);
  data[offset + 7] = (guint8) length;
}

static GBytes *
make_with_files (const gsize *offsets, guint n_offsets, gsize size)
{
  g_autoptr (GBytes) bytes = build (NULL, (guint) (size / 1024), "end\n", NULL);
  guint8 *data = copy (bytes);

  for (guint i = 0; i < n_offsets; i++)
    put_sector (data, offsets[i], 3, 17);
  for (gsize i = size / 2; i < size; i++)
    data[i] = (guint8) g_test_rand_int ();
  return g_bytes_new_take (data, size);
}

static void
assert_tail_kept (GBytes *old, GBytes *new, gsize from)
{
  gsize size = g_bytes_get_size (old);
  const guint8 *a = g_bytes_get_data (old, NULL);
  const guint8 *b = g_bytes_get_data (new, NULL);

  g_assert_cmpmem (a + from, size - from, b + from, size - from);
}

static void
test_keeps_files (void)
{
  /* Half of 32 KB: files at 14 and 15 KB always have their place, these go on below, with a gap. */
  static const gsize offsets[] = { 15 * 1024, 14 * 1024, 13 * 1024, 10 * 1024 };
  g_autoptr (GBytes) old = make_with_files (offsets, G_N_ELEMENTS (offsets), 32 * 1024);
  g_autofree char *fits = g_strnfill (10 * 1024 - 36 - 16, '!');
  g_autoptr (GBytes) small = build (old, 0, "hostname R1\nend\n", "key\n");
  g_autoptr (GBytes) full = build (old, 0, fits, "");

  assert_holds (small, 32 * 1024, "hostname R1\nend\n", "key\n");
  assert_tail_kept (old, small, 10 * 1024);
  assert_holds (full, 32 * 1024, fits, NULL);
  assert_tail_kept (old, full, 10 * 1024);
  assert_no_space (old, 0, strlen (fits) + 4, 0, "needs 10244 bytes");
  assert_no_space (old, 0, strlen (fits), 1, "of 32 KB only 10240 bytes can hold it");
}

static void
test_what_is_no_file (void)
{
  static const gsize offsets[] = { 13 * 1024 };
  g_autoptr (GBytes) old = make_with_files (offsets, 1, 32 * 1024);
  g_autofree guint8 *flags = copy (old);
  g_autofree guint8 *length = copy (old);
  g_autoptr (GBytes) with_flags = NULL;
  g_autoptr (GBytes) with_length = NULL;

  put_sector (flags, 13 * 1024, 8, 17);
  put_sector (length, 13 * 1024, 3, 993);
  with_flags = g_bytes_new (flags, 32 * 1024);
  with_length = g_bytes_new (length, 32 * 1024);

  assert_no_space (old, 0, 13 * 1024, 0, "only 13312 bytes");
  assert_no_space (with_flags, 0, 20 * 1024, 0, "only 14336 bytes");
  assert_no_space (with_length, 0, 20 * 1024, 0, "only 14336 bytes");
}

/* A configuration that has the bytes of a file sector in it is a configuration. */
static void
test_text_like_a_file (void)
{
  g_autofree char *text = g_strnfill (6 * 1024, '!');
  g_autoptr (GBytes) old = NULL;
  g_autoptr (GBytes) new = NULL;

  put_sector ((guint8 *) text, 1024 - 36, 0, 0);
  memset (text + 1024 - 36 + 2, 1, 1022);
  text[1024 - 36 + 4] = 0;
  text[1024 - 36 + 6] = 0;
  text[5 * 1024] = '\0';
  old = build (NULL, 32, "end\n", NULL);
  new = iou_nvram_build (old, 0, text, 6 * 1024, NULL, 0, NULL);
  g_assert_nonnull (new);

  assert_no_space (new, 0, 14 * 1024, 0, "only 14336 bytes");
}

static void
test_other_size_starts_anew (void)
{
  static const gsize offsets[] = { 14 * 1024 };
  g_autoptr (GBytes) old = make_with_files (offsets, 1, 32 * 1024);
  g_autoptr (GBytes) new = build (old, 64, "end\n", NULL);
  const guint8 *data = g_bytes_get_data (new, NULL);

  assert_holds (new, 64 * 1024, "end\n", NULL);
  for (gsize i = 1024; i < 64 * 1024; i++)
    g_assert_cmphex (data[i], ==, 0);
}

static void
test_unusable_old (void)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) odd = g_bytes_new_static ("hostname R1\n", 12);
  g_autofree guint8 *noise = g_malloc (8 * 1024);
  g_autoptr (GBytes) junk = NULL;
  g_autoptr (GBytes) from_empty = build (empty, 0, "end\n", NULL);
  g_autoptr (GBytes) from_odd = build (odd, 0, "end\n", NULL);
  g_autoptr (GBytes) from_junk = NULL;

  memset (noise, 0x5a, 8 * 1024);
  junk = g_bytes_new (noise, 8 * 1024);
  from_junk = build (junk, 0, "end\n", NULL);

  assert_holds (from_empty, 64 * 1024, "end\n", NULL);
  assert_holds (from_odd, 64 * 1024, "end\n", NULL);
  assert_holds (from_junk, 8 * 1024, "end\n", NULL);
}

static void
test_limits (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) seven = iou_nvram_build (NULL, 7, "end\n", 4, NULL, 0, &error);
  g_autoptr (GBytes) large = NULL;

  g_assert_null (seven);
  assert_iou_error (error, IOU_ERROR_LIMIT,
                    "An NVRAM of 7 KB is not possible; choose 8 to 1024 KB.");
  large = iou_nvram_build (NULL, 1025, "end\n", 4, NULL, 0, &error);
  g_assert_null (large);
  assert_iou_error (error, IOU_ERROR_LIMIT, "1025 KB");

  /* 8 KB: half of it without 2 KB, and the two headers. */
  assert_no_space (NULL, 8, 2 * 1024 - 52 + 1, 0,
                   "needs 2052 bytes of NVRAM, and of 8 KB only 2048");
  assert_no_space (NULL, 8, 0 + 4, 2 * 1024, "needs 2104 bytes");
  assert_no_space (NULL, 1024, 2 * 1024 * 1024, 0, "needs 2097204 bytes");
}

/* The length alone must refuse: the text is not looked at. */
static void
test_absurd_lengths (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (iou_nvram_build (NULL, 8, "x", G_MAXSIZE, NULL, 0, &error));
  assert_iou_error (error, IOU_ERROR_NO_SPACE, "needs");
  g_assert_null (iou_nvram_build (NULL, 8, "x", 1, "x", G_MAXSIZE, &error));
  assert_iou_error (error, IOU_ERROR_NO_SPACE, "needs");
  g_assert_null (iou_nvram_build (NULL, 8, "x", G_MAXSIZE / 2 + 1, "x", G_MAXSIZE / 2 + 1, &error));
  assert_iou_error (error, IOU_ERROR_NO_SPACE, "needs");
}

static void
test_erase (void)
{
  static const gsize offsets[] = { 14 * 1024 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) old = make_with_files (offsets, 1, 32 * 1024);
  g_autoptr (GBytes) new = iou_nvram_build (old, 0, NULL, 0, NULL, 0, &error);
  IouNvram nvram = { 0 };

  g_assert_no_error (error);
  assert_tail_kept (old, new, 14 * 1024);
  g_assert_false (iou_nvram_parse (g_bytes_get_data (new, NULL), 32 * 1024, &nvram, &error));
  g_assert_error (error, IOU_ERROR, IOU_ERROR_NO_CONFIG);
}

static void
test_random (void)
{
  g_autoptr (GBytes) old = NULL;
  guint size_kb = 0;

  for (guint round = 0; round < 300; round++)
    {
      gsize startup_length = (gsize) g_test_rand_int_range (1, 1000);
      g_autofree char *startup = g_malloc (startup_length);
      g_autofree char *private_config = g_strnfill ((gsize) g_test_rand_int_range (1, 500), 'k');
      g_autoptr (GError) error = NULL;
      g_auto (IouNvram) nvram = { 0 };
      GBytes *new;
      gsize filled;

      if (old == NULL || g_test_rand_int_range (0, 10) == 0)
        {
          g_clear_pointer (&old, g_bytes_unref);
          size_kb = (guint) g_test_rand_int_range (8, 300);
        }

      for (gsize i = 0; i < startup_length; i++)
        startup[i] = (char) g_test_rand_int ();
      new = iou_nvram_build (old, size_kb, startup, startup_length, private_config,
                             strlen (private_config), &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (new), ==, size_kb * 1024);

      g_assert_true (iou_nvram_parse (g_bytes_get_data (new, NULL), size_kb * 1024, &nvram, NULL));
      filled = old == NULL ? (startup_length + 3) / 4 * 4 : startup_length;
      g_assert_cmpuint (nvram.startup_length, ==, filled);
      g_assert_cmpmem (nvram.startup, startup_length, startup, startup_length);
      g_assert_cmpstr (nvram.private_config, ==, private_config);
      g_assert_true (nvram.checksum_ok);

      g_clear_pointer (&old, g_bytes_unref);
      old = new;
    }
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_save (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = iou_test_make_dir ();
  g_autofree char *path = iou_nvram_path (dir, 3);
  g_auto (IouNvram) first = { 0 };
  g_auto (IouNvram) second = { 0 };
  struct stat info;

  g_assert_true (iou_nvram_save (path, 32, "end\n", 4, "key\n", 4, &error));
  g_assert_no_error (error);
  g_assert_true (iou_nvram_load (path, &first, NULL));
  g_assert_cmpstr (first.startup, ==, "end\n");
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (info.st_size, ==, 32 * 1024);

  g_assert_cmpint (chmod (path, 0640), ==, 0);
  g_assert_true (iou_nvram_save (path, 0, "!end\n", 5, NULL, 0, &error));
  g_assert_no_error (error);
  g_assert_true (iou_nvram_load (path, &second, NULL));
  g_assert_cmpstr (second.startup, ==, "!end\n");
  g_assert_cmpstr (second.private_config, ==, "key\n");
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
  g_assert_cmpint (info.st_size, ==, 32 * 1024);
  g_assert_cmpuint (count_entries (dir), ==, 1);

  iou_test_remove_dir (dir);
}

static void
test_save_fails (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = iou_test_make_dir ();
  g_autofree char *path = iou_nvram_path (dir, 3);
  g_autofree char *nowhere = g_build_filename (dir, "none", "nvram_00003", NULL);
  g_autofree char *long_text = g_strnfill (5000, '!');
  g_auto (IouNvram) nvram = { 0 };

  g_assert_false (iou_nvram_save (nowhere, 8, "end\n", 4, NULL, 0, &error));
  assert_iou_error (error, IOU_ERROR_MISSING, "none/nvram_00003 could not be written");

  g_assert_true (iou_nvram_save (path, 8, "end\n", 4, NULL, 0, NULL));
  g_assert_false (iou_nvram_save (path, 0, long_text, 5000, NULL, 0, &error));
  assert_iou_error (error, IOU_ERROR_NO_SPACE, "nvram_00003: The configuration needs 5052 bytes");
  g_assert_true (iou_nvram_load (path, &nvram, NULL));
  g_assert_cmpstr (nvram.startup, ==, "end\n");
  g_assert_cmpuint (count_entries (dir), ==, 1);

  iou_test_remove_dir (dir);
}

/* A program may leave a link there: what it points to must not be written. */
static void
test_save_over_link (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = iou_test_make_dir ();
  g_autofree char *path = iou_nvram_path (dir, 3);
  g_autofree char *other = iou_test_write (dir, "other", "precious", 8);
  g_autofree char *kept = NULL;

  g_assert_cmpint (symlink (other, path), ==, 0);
  g_assert_true (iou_nvram_save (path, 8, "end\n", 4, NULL, 0, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (other, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "precious");
  g_assert_false (g_file_test (path, G_FILE_TEST_IS_SYMLINK));

  iou_test_remove_dir (dir);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iou/nvram-write/bytes", test_bytes);
  g_test_add_func ("/iou/nvram-write/new", test_new);
  g_test_add_func ("/iou/nvram-write/new-is-filled-up", test_new_is_filled_up);
  g_test_add_func ("/iou/nvram-write/padding-rule", test_padding_rule);
  g_test_add_func ("/iou/nvram-write/padding-as-before", test_padding_as_before);
  g_test_add_func ("/iou/nvram-write/keeps-version-and-addresses",
                   test_keeps_version_and_addresses);
  g_test_add_func ("/iou/nvram-write/keeps-private", test_keeps_private);
  g_test_add_func ("/iou/nvram-write/keeps-files", test_keeps_files);
  g_test_add_func ("/iou/nvram-write/what-is-no-file", test_what_is_no_file);
  g_test_add_func ("/iou/nvram-write/text-like-a-file", test_text_like_a_file);
  g_test_add_func ("/iou/nvram-write/other-size-starts-anew", test_other_size_starts_anew);
  g_test_add_func ("/iou/nvram-write/unusable-old", test_unusable_old);
  g_test_add_func ("/iou/nvram-write/limits", test_limits);
  g_test_add_func ("/iou/nvram-write/absurd-lengths", test_absurd_lengths);
  g_test_add_func ("/iou/nvram-write/erase", test_erase);
  g_test_add_func ("/iou/nvram-write/random", test_random);
  g_test_add_func ("/iou/nvram-write/save", test_save);
  g_test_add_func ("/iou/nvram-write/save-fails", test_save_fails);
  g_test_add_func ("/iou/nvram-write/save-over-link", test_save_over_link);

  return g_test_run ();
}

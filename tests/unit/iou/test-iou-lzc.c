/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "iou-lzc.h"
#include "iou-test.h"
#include "lzc-encode.h"

static GBytes *
make_text (gsize length, guint n_letters)
{
  guint8 *data = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) g_test_rand_int_range (0, (gint32) n_letters);
  return g_bytes_new_take (data, length);
}

static void
assert_round_trip (
    const guint8 *data, gsize length, guint width, gboolean block_mode, guint clear_every)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) packed = lzc_encode (data, length, width, block_mode, clear_every);
  g_autofree guint8 *exact = g_memdup2 (packed->data, packed->len);
  g_autoptr (GByteArray) again = iou_lzc_expand (exact, packed->len, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (again->data, again->len, data, length);
}

/* What compress 4.2 and gzip know: the bytes are of the format's definition, packed by hand. */
static void
test_known (void)
{
  /* 9 bits each, first bit lowest: 'a' 0x061, 'b' 0x062, 257 "ab", 259 "aba" (made by itself), 'c'
   * 0x063 */
  static const guint16 codes[] = { 0x061, 0x062, 0x101, 0x103, 0x063 };
  guint8 data[3 + 6] = { 0x1f, 0x9d, 0x90 };
  g_autoptr (GByteArray) text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (codes) * 9; i++)
    if ((codes[i / 9] >> (i % 9) & 1) != 0)
      data[3 + i / 8] |= (guint8) (1u << i % 8);

  text = iou_lzc_expand (data, sizeof data, NULL);
  g_assert_cmpstr ((const char *) text->data, ==,
                   "ababab"
                   "ac");
}

static void
test_empty (void)
{
  static const guint8 header[] = { 0x1f, 0x9d, 0x90 };
  g_autoptr (GByteArray) text = iou_lzc_expand (header, sizeof header, NULL);

  g_assert_cmpuint (text->len, ==, 0);
}

static void
test_widths (void)
{
  for (guint width = 9; width <= 16; width++)
    for (guint block_mode = 0; block_mode < 2; block_mode++)
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (GBytes) text = make_text (150000, i == 0 ? 3 : 256);
          gsize length;
          const guint8 *data = g_bytes_get_data (text, &length);

          assert_round_trip (data, length, width, block_mode, 0);
        }
}

static void
test_clears (void)
{
  g_autoptr (GBytes) text = make_text (60000, 5);
  gsize length;
  const guint8 *data = g_bytes_get_data (text, &length);

  for (guint every = 1; every < 40; every++)
    assert_round_trip (data, 2000, 16, TRUE, every);
  for (guint every = 250; every < 270; every++)
    assert_round_trip (data, length, 12, TRUE, every);
  assert_round_trip (data, length, 9, TRUE, 900);
}

static void
test_runs (void)
{
  g_autofree guint8 *data = g_malloc0 (300000);

  for (gsize length = 0; length < 600; length++)
    assert_round_trip (data, length, 16, TRUE, 0);
  assert_round_trip (data, 300000, 16, TRUE, 0);
}

static void
test_random_lengths (void)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GBytes) text = make_text ((gsize) g_test_rand_int_range (0, 4000), 7);
      gsize length;
      const guint8 *data = g_bytes_get_data (text, &length);

      assert_round_trip (data, length, (guint) g_test_rand_int_range (9, 17), TRUE,
                         (guint) g_test_rand_int_range (0, 500));
    }
}

static void
assert_refused (const guint8 *data, gsize length, IouError code, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (iou_lzc_expand (data, length, &error));
  assert_iou_error (error, code, part);
}

static void
test_bad_header (void)
{
  static const guint8 header[] = { 0x1f, 0x9d, 0x90 };
  static const guint8 gzip[] = { 0x1f, 0x8b, 0x08 };
  static const guint8 narrow[] = { 0x1f, 0x9d, 0x88 };
  static const guint8 wide[] = { 0x1f, 0x9d, 0x91 };

  for (gsize length = 0; length < sizeof header; length++)
    assert_refused (header, length, IOU_ERROR_INVALID, "1f 9d");
  assert_refused (gzip, sizeof gzip, IOU_ERROR_INVALID, "1f 9d");
  assert_refused (narrow, sizeof narrow, IOU_ERROR_INVALID, "codes of 8 bits");
  assert_refused (wide, sizeof wide, IOU_ERROR_INVALID, "codes of 17 bits");
}

static void
test_bad_codes (void)
{
  /* The first code must be a byte; a later one at most the entry it makes. */
  static const guint8 first[] = { 0x1f, 0x9d, 0x90, 0x01, 0x01 };
  static const guint8 first_of_all[] = { 0x1f, 0x9d, 0x10, 0x00, 0x01 };
  static const guint8 second[] = { 0x1f, 0x9d, 0x90, 0x61, 0x04, 0x02 };

  assert_refused (first, sizeof first, IOU_ERROR_INVALID, "code 257");
  assert_refused (first_of_all, sizeof first_of_all, IOU_ERROR_INVALID, "code 256");
  assert_refused (second, sizeof second, IOU_ERROR_INVALID, "code 258");
}

static void
test_bomb (void)
{
  g_autofree guint8 *data = g_malloc0 (IOU_LZC_MAX_LENGTH + 1);
  g_autoptr (GByteArray) packed = lzc_encode (data, IOU_LZC_MAX_LENGTH + 1, 16, TRUE, 0);

  g_assert_cmpuint (packed->len, <, 16 * 1024);
  assert_refused (packed->data, packed->len, IOU_ERROR_LIMIT, "grows beyond");
}

static void
test_noise (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      gsize length = (gsize) g_test_rand_int_range (3, 200);
      g_autofree guint8 *data = g_malloc (length);
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) text = NULL;

      for (gsize j = 0; j < length; j++)
        data[j] = (guint8) g_test_rand_int ();
      data[0] = 0x1f;
      data[1] = 0x9d;
      data[2] = (guint8) ((data[2] & 0x80) | (9 + data[2] % 8));

      text = iou_lzc_expand (data, length, &error);
      g_assert_true ((text == NULL) == (error != NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iou/lzc/known", test_known);
  g_test_add_func ("/iou/lzc/empty", test_empty);
  g_test_add_func ("/iou/lzc/widths", test_widths);
  g_test_add_func ("/iou/lzc/clears", test_clears);
  g_test_add_func ("/iou/lzc/runs", test_runs);
  g_test_add_func ("/iou/lzc/random-lengths", test_random_lengths);
  g_test_add_func ("/iou/lzc/bad-header", test_bad_header);
  g_test_add_func ("/iou/lzc/bad-codes", test_bad_codes);
  g_test_add_func ("/iou/lzc/bomb", test_bomb);
  g_test_add_func ("/iou/lzc/noise", test_noise);

  return g_test_run ();
}

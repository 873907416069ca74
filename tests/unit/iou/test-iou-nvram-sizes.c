/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every size an NVRAM can have, from 8 to 1024 KB, with texts that hold nothing, a line, something
 * between, and all that fits to the last byte: what is read is what was written, and what was not
 * written is as it was. One byte more is refused, and then nothing at all has changed. What is
 * drawn by lot depends on the size alone (SEED), so that a size which fails fails again. */

#include "iou-nvram.h"
#include "iou-test.h"
#include "lzc-encode.h"

#include <sys/stat.h>

#define SEED              20261126u
#define STARTUP_HEADER    36
#define PRIVATE_HEADER    16
#define FILE_AREA         2048
#define SECTOR            1024
#define POOL              (1024 * 1024)
#define VERSION_AT        6
#define OLD_IOS           0x0c04 /* 12.4: pads with four bytes more */
#define FOR_EACH_SIZE(kb) for (guint kb = IOU_NVRAM_MIN_KB; kb <= IOU_NVRAM_MAX_KB; kb++)

/* What stands in the NVRAM before. */
typedef enum
{
  OLD_NONE,
  OLD_ERASED,  /* all zeros */
  OLD_PLAIN,   /* a configuration */
  OLD_PRIVATE, /* and a private one */
  OLD_IOS_12,  /* whose private part stands four bytes further on */
  OLD_FILES,   /* with files of IOS below the middle */
  OLD_COMPRESSED,
  N_OLD,
} OldKind;

static const char *const old_names[N_OLD] = {
  "nothing",           "zeros", "a text", "two texts", "the text of an IOS 12", "a text and files",
  "a compressed text",
};

typedef struct
{
  guint size_kb;
  OldKind kind;
  GBytes *old; /* (nullable) */
  gsize limit; /* where configurations end at the latest */
} Place;

static char *pool; /* lines of printable characters */

static void
fill_pool (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  pool = g_malloc (POOL);
  for (gsize i = 0; i < POOL; i++)
    pool[i] = g_rand_int_range (rand, 0, 24) == 0 ? '\n' : (char) g_rand_int_range (rand, 32, 127);
}

/* Borrows from the pool. */
static const char *
draw_text (GRand *rand, gsize length)
{
  g_assert_cmpuint (length, <=, POOL);
  return pool + g_rand_int_range (rand, 0, (gint32) (POOL - length) + 1);
}

/* --- what was there --- */

static void
put (guint8 *at, guint32 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    at[i] = (guint8) (value >> (8 * (n_bytes - 1 - i)));
}

static void
set_checksum (guint8 *data, gsize half)
{
  guint64 sum = 0;

  put (data + 4, 0, 2);
  for (gsize i = 0; i < half; i += 2)
    sum += (guint64) data[i] << 8 | data[i + 1];
  while (sum >> 16)
    sum = (sum & 0xffff) + (sum >> 16);
  put (data + 4, (guint16) ~sum, 2);
}

/* By hand, for the writer compresses nothing. */
static void
put_compressed (guint8 *data)
{
  static const char text[] = "hostname R1\nhostname R1\nhostname R1\nend\n";
  g_autoptr (GByteArray) packed = lzc_encode ((const guint8 *) text, sizeof text - 1, 12, TRUE, 0);

  put (data, 0xabcd, 2);
  put (data + 2, 2, 2);
  put (data + VERSION_AT, 0x0f04, 2);
  put (data + 8, 0x10000000 + STARTUP_HEADER, 4);
  put (data + 12, 0x10000000 + STARTUP_HEADER + packed->len, 4);
  put (data + 16, packed->len, 4);
  memcpy (data + STARTUP_HEADER, packed->data, packed->len);
}

/* Some below the two that always have their place, as many as leave the first KB free. */
static gsize
put_files (guint8 *data, gsize half, GRand *rand)
{
  gsize limit = half - FILE_AREA;
  guint n = (guint) g_rand_int_range (rand, 1, 4);

  for (guint i = 0; i < n && limit >= 2 * SECTOR; i++)
    {
      limit -= SECTOR;
      memcpy (data + limit, draw_text (rand, SECTOR), SECTOR);
      put (data + limit, 0xdcba, 2);
      put (data + limit + 4, 3, 2);
      put (data + limit + 6, 900, 2);
    }
  return limit;
}

static void
place_init (Place *self, guint size_kb, OldKind kind, GRand *rand)
{
  gsize size = (gsize) size_kb * 1024;
  g_autoptr (GBytes) begun = NULL;
  guint8 *data;

  *self = (Place){ .size_kb = size_kb, .kind = kind, .limit = size / 2 - FILE_AREA };
  if (kind == OLD_NONE)
    return;
  if (kind == OLD_ERASED || kind == OLD_COMPRESSED)
    data = g_malloc0 (size);
  else
    {
      begun = iou_nvram_build (NULL, size_kb, "hostname R1\nend\n", 16, "key\n",
                               kind == OLD_PRIVATE ? 4 : 0, NULL);
      g_assert_nonnull (begun);
      data = g_memdup2 (g_bytes_get_data (begun, NULL), size);
    }
  if (kind == OLD_COMPRESSED)
    put_compressed (data);
  if (kind == OLD_IOS_12)
    put (data + VERSION_AT, OLD_IOS, 2);
  if (kind == OLD_FILES)
    self->limit = put_files (data, size / 2, rand);
  if (kind != OLD_ERASED)
    {
      memcpy (data + size / 2, draw_text (rand, size / 2), size / 2);
      set_checksum (data, size / 2);
    }
  self->old = g_bytes_new_take (data, size);
}

static void
place_clear (Place *self)
{
  g_clear_pointer (&self->old, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* --- how much fits --- */

/* IOS had written there, so that nothing is added to a text. */
static gboolean
is_exact (const Place *place)
{
  return place->kind != OLD_NONE && place->kind != OLD_ERASED;
}

/* Bytes between the end of a text and the private header. */
static gsize
padding_of (const Place *place, gsize length)
{
  gsize align = -length & 3;
  gboolean more = is_exact (place) && (place->kind == OLD_IOS_12 || place->size_kb >= 128);

  return align != 0 && more ? align + 4 : align;
}

static gboolean
fits (const Place *place, gsize length, gsize private_length)
{
  return STARTUP_HEADER + length + padding_of (place, length) + PRIVATE_HEADER + private_length <=
         place->limit;
}

static gsize
longest (const Place *place, gsize private_length)
{
  gsize length = place->limit;

  while (!fits (place, length, private_length))
    length--;
  return length;
}

/* --- the properties --- */

static void
fail (const Place *place, gsize length, gsize private_length, const char *what)
{
  g_error ("%u KB over %s, a text of %" G_GSIZE_FORMAT
           " bytes and a private one of %" G_GSIZE_FORMAT " (seed %u): %s",
           place->size_kb, old_names[place->kind], length, private_length, SEED, what);
}

static gboolean
is_newlines (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] != '\n')
      return FALSE;
  return TRUE;
}

static const char *
compare (const Place *place,
         GBytes *bytes,
         const char *text,
         gsize length,
         const char *private_text,
         gsize private_length)
{
  g_auto (IouNvram) nvram = { 0 };
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const guint8 *old = place->old != NULL ? g_bytes_get_data (place->old, NULL) : NULL;

  if (size != (gsize) place->size_kb * 1024)
    return "the size is another";
  if (!iou_nvram_parse (data, size, &nvram, NULL))
    return "it cannot be read";
  if (!nvram.checksum_ok)
    return "the checksum is wrong";
  if (nvram.startup_length < length || memcmp (nvram.startup, text, length) != 0)
    return "the text is another";
  if (nvram.startup_length - length > (is_exact (place) ? 0 : 3) ||
      !is_newlines (nvram.startup + length, nvram.startup_length - length))
    return "more than the text is there";
  if (nvram.private_length != private_length ||
      (private_length > 0 && memcmp (nvram.private_config, private_text, private_length) != 0))
    return "the private text is another";
  if (nvram.ios_version != (place->kind == OLD_IOS_12 ? OLD_IOS : 0x0f04))
    return "the version of the IOS is another";
  if (old != NULL && memcmp (data + place->limit, old + place->limit, size - place->limit) != 0)
    return "what is not configuration was changed";

  return NULL;
}

/* Read is what was written, and written once more it is the same file. */
static void
check_identity (const Place *place, GRand *rand, gsize length, gsize private_length)
{
  const char *text = draw_text (rand, length);
  const char *private_text = draw_text (rand, private_length);
  g_autoptr (GBytes) bytes = iou_nvram_build (place->old, place->size_kb, text, length,
                                              private_text, private_length, NULL);
  g_autoptr (GBytes) again = NULL;
  g_auto (IouNvram) nvram = { 0 };
  const char *wrong;

  if (bytes == NULL)
    fail (place, length, private_length, "it is refused");
  wrong = compare (place, bytes, text, length, private_text, private_length);
  if (wrong != NULL)
    fail (place, length, private_length, wrong);

  g_assert_true (
      iou_nvram_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &nvram, NULL));
  again = iou_nvram_build (bytes, 0, nvram.startup, nvram.startup_length, NULL, 0, NULL);
  if (again == NULL || !g_bytes_equal (again, bytes))
    fail (place, length, private_length, "what was read cannot be put back");
}

static void
check_refused (const Place *place, GRand *rand, gsize length, gsize private_length)
{
  g_autofree guint8 *before = place->old != NULL ? g_memdup2 (g_bytes_get_data (place->old, NULL),
                                                              g_bytes_get_size (place->old))
                                                 : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      iou_nvram_build (place->old, place->size_kb, draw_text (rand, length), length,
                       draw_text (rand, private_length), private_length, &error);
  g_autofree char *size = g_strdup_printf ("of %u KB only %" G_GSIZE_FORMAT " bytes can hold it",
                                           place->size_kb, place->limit);

  if (bytes != NULL)
    fail (place, length, private_length, "it is not refused");
  assert_iou_error (error, IOU_ERROR_NO_SPACE, size);
  if (before != NULL &&
      memcmp (before, g_bytes_get_data (place->old, NULL), g_bytes_get_size (place->old)) != 0)
    fail (place, length, private_length, "what was there was changed");
}

static void
check_erased (const Place *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = iou_nvram_build (place->old, place->size_kb, NULL, 0, NULL, 0, &error);
  g_auto (IouNvram) nvram = { 0 };
  gsize size;
  const guint8 *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  g_assert_cmpuint (size, ==, (gsize) place->size_kb * 1024);
  g_assert_false (iou_nvram_parse (data, size, &nvram, &error));
  g_assert_error (error, IOU_ERROR, IOU_ERROR_NO_CONFIG);
  if (place->old != NULL)
    g_assert_cmpmem (data + place->limit, size - place->limit,
                     (const guint8 *) g_bytes_get_data (place->old, NULL) + place->limit,
                     size - place->limit);
}

/* Nothing, a line, something between, all that fits, one byte more than that. */
static void
check_place (guint size_kb, OldKind kind, gboolean with_private, GRand *rand)
{
  g_auto (Place) place = { 0 };
  gsize private_length;
  gsize all;

  place_init (&place, size_kb, kind, rand);
  private_length = with_private ? (gsize) g_rand_int_range (rand, 6, 400) : 0;
  all = longest (&place, private_length);

  check_erased (&place);
  check_identity (&place, rand, 12, private_length);
  check_identity (&place, rand, (gsize) g_rand_int_range (rand, 1, (gint32) all), private_length);
  check_identity (&place, rand, all, private_length);
  check_refused (&place, rand, all + 1, private_length);

  /* To the last byte by the private text, as startup texts end at multiples of four. */
  private_length = place.limit - STARTUP_HEADER - 12 - padding_of (&place, 12) - PRIVATE_HEADER;
  check_identity (&place, rand, 12, private_length);
  check_refused (&place, rand, 12, private_length + 1);
}

static void
test_all_sizes (void)
{
  guint n = 0;

  FOR_EACH_SIZE (kb)
  {
    g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + kb);

    check_place (kb, (OldKind) g_rand_int_range (rand, 0, N_OLD), n++ % 2 == 0, rand);
  }
  g_assert_cmpuint (n, ==, 1017);
}

/* 8 to 1024 and what is beside them. */
static gboolean
is_power_or_beside (guint kb)
{
  for (guint power = IOU_NVRAM_MIN_KB; power <= IOU_NVRAM_MAX_KB; power *= 2)
    if (kb + 1 >= power && kb <= power + 1)
      return TRUE;
  return FALSE;
}

static void
test_all_kinds (void)
{
  FOR_EACH_SIZE (kb)
  for (guint i = 0; is_power_or_beside (kb) && i < 2 * N_OLD; i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + kb + i * 10000);

      check_place (kb, (OldKind) (i / 2), i % 2 == 0, rand);
    }
}

/* Each length near the end of what fits: there padding decides. */
static void
test_last_bytes (void)
{
  static const guint sizes[] = { 8, 9, 64, 127, 128, 129 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes) * N_OLD; i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + i);
      g_auto (Place) place = { 0 };
      gsize all;

      place_init (&place, sizes[i / N_OLD], (OldKind) (i % N_OLD), rand);
      all = longest (&place, 5);
      for (gsize length = all - 12; length <= all + 12; length++)
        if (fits (&place, length, 5))
          check_identity (&place, rand, length, 5);
        else
          check_refused (&place, rand, length, 5);
    }
}

/* What a compressed text grows to may not fit again as it is. */
static void
test_compressed (void)
{
  FOR_EACH_SIZE (kb)
  {
    g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + kb);
    gsize size = (gsize) kb * 1024;
    gsize fitting = size / 2 - FILE_AREA - STARTUP_HEADER - PRIVATE_HEADER - 8;
    gsize length = g_rand_boolean (rand) ? fitting : 2 * fitting;
    g_autofree char *text = g_strnfill (length, '!');
    g_autofree guint8 *data = g_malloc0 (size);
    g_autoptr (GBytes) old = NULL;
    g_autoptr (GBytes) new = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GByteArray) packed = NULL;
    g_auto (IouNvram) nvram = { 0 };
    g_auto (IouNvram) back = { 0 };

    if (!is_power_or_beside (kb))
      continue;
    put_compressed (data);
    packed = lzc_encode ((guint8 *) text, length, 16, TRUE, 0);
    put (data + 16, packed->len, 4);
    memcpy (data + STARTUP_HEADER, packed->data, packed->len);
    set_checksum (data, size / 2);
    old = g_bytes_new (data, size);

    g_assert_true (iou_nvram_parse (data, size, &nvram, NULL));
    g_assert_true (nvram.compressed);
    g_assert_cmpmem (nvram.startup, nvram.startup_length, text, length);
    new = iou_nvram_build (old, 0, text, length, NULL, 0, &error);
    g_assert_cmpint (new != NULL, ==, length == fitting);
    if (new == NULL)
      {
        assert_iou_error (error, IOU_ERROR_NO_SPACE, "Give the device a larger NVRAM.");
        continue;
      }
    g_assert_true (iou_nvram_parse (g_bytes_get_data (new, NULL), size, &back, NULL));
    g_assert_false (back.compressed);
    g_assert_cmpmem (back.startup, back.startup_length, text, length);
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

/* The same by files: what is refused leaves the file as it is, down to its inode. */
static void
check_file (const char *dir, guint size_kb)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + size_kb);
  g_auto (Place) place = { 0 };
  g_autofree char *path = iou_nvram_path (dir, size_kb);
  g_autofree char *after = NULL;
  g_auto (IouNvram) nvram = { 0 };
  g_autoptr (GError) error = NULL;
  const char *text;
  struct stat first;
  struct stat second;
  gsize all;
  gsize length;

  place_init (&place, size_kb, OLD_FILES, rand);
  g_free (iou_test_write (dir, path + strlen (dir) + 1, g_bytes_get_data (place.old, NULL),
                          g_bytes_get_size (place.old)));
  all = longest (&place, 0);
  g_assert_cmpint (stat (path, &first), ==, 0);
  g_assert_false (iou_nvram_save (path, 0, draw_text (rand, all + 1), all + 1, NULL, 0, &error));
  assert_iou_error (error, IOU_ERROR_NO_SPACE, "bytes can hold it");
  g_assert_cmpint (stat (path, &second), ==, 0);
  g_assert_cmpint (first.st_ino, ==, second.st_ino);
  g_assert_cmpint (first.st_mtim.tv_nsec, ==, second.st_mtim.tv_nsec);
  g_assert_cmpint (first.st_ctim.tv_nsec, ==, second.st_ctim.tv_nsec);
  g_assert_true (g_file_get_contents (path, &after, &length, NULL));
  g_assert_cmpmem (after, length, g_bytes_get_data (place.old, NULL), g_bytes_get_size (place.old));

  text = draw_text (rand, all);
  g_assert_true (iou_nvram_save (path, 0, text, all, NULL, 0, &error));
  g_assert_no_error (error);
  g_assert_true (iou_nvram_load (path, &nvram, NULL));
  g_assert_cmpmem (nvram.startup, nvram.startup_length, text, all);
}

static void
test_files (void)
{
  char *dir = iou_test_make_dir ();
  guint n = 0;

  FOR_EACH_SIZE (kb)
  if (is_power_or_beside (kb))
    {
      check_file (dir, kb);
      n++;
    }
  /* No temporary file is left. */
  g_assert_cmpuint (count_entries (dir), ==, n);
  iou_test_remove_dir (dir);
}

/* A refused text makes no file where there was none. */
static void
test_no_file (void)
{
  char *dir = iou_test_make_dir ();
  g_autofree char *path = iou_nvram_path (dir, 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (iou_nvram_save (path, 8, pool, 2048 - 52 + 1, NULL, 0, &error));
  assert_iou_error (error, IOU_ERROR_NO_SPACE, "only 2048 bytes");
  g_assert_cmpuint (count_entries (dir), ==, 0);
  iou_test_remove_dir (dir);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  fill_pool ();

  g_test_add_func ("/iou/nvram-sizes/all-sizes", test_all_sizes);
  g_test_add_func ("/iou/nvram-sizes/all-kinds", test_all_kinds);
  g_test_add_func ("/iou/nvram-sizes/last-bytes", test_last_bytes);
  g_test_add_func ("/iou/nvram-sizes/compressed", test_compressed);
  g_test_add_func ("/iou/nvram-sizes/files", test_files);
  g_test_add_func ("/iou/nvram-sizes/no-file", test_no_file);

  result = g_test_run ();
  g_free (pool);
  return result;
}

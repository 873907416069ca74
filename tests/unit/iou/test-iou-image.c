/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "elf-maker.h"
#include "iou-image.h"
#include "iou-test.h"

static const char *const two[] = { "libcrypto.so.4", "libc.so.6", NULL };
static const char *const none[] = { NULL };

static gboolean
parse (GByteArray *bytes, IouImage *image, GError **error)
{
  g_autofree guint8 *exact = g_memdup2 (bytes->data, bytes->len);

  return iou_image_parse (exact, bytes->len, image, error);
}

static void
assert_refused (GByteArray *bytes, IouError code, const char *part)
{
  g_autoptr (GError) error = NULL;
  IouImage image = { .bits = 7 };

  g_assert_false (parse (bytes, &image, &error));
  assert_iou_error (error, code, part);
  g_assert_cmpuint (image.bits, ==, 7);
  g_assert_null (image.libraries);
}

static void
assert_plan_reads (const ElfPlan *plan)
{
  static const char *const empty[] = { NULL };
  g_autoptr (GByteArray) bytes = elf_make (plan, NULL);
  g_autoptr (GError) error = NULL;
  g_auto (IouImage) image = { 0 };

  parse (bytes, &image, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (image.bits, ==, plan->narrow ? 32 : 64);
  g_assert_cmpuint (image.machine, ==, plan->narrow ? 3 : 62);
  g_assert_cmpstr (image.interpreter, ==, plan->interpreter);
  g_assert_cmpstrv (image.libraries, plan->libraries != NULL ? plan->libraries : empty);
  g_assert_cmpstrv (image.missing, empty);
}

static void
test_plans (void)
{
  const ElfPlan plans[] = {
    { 0 },
    { .narrow = TRUE },
    { .narrow = TRUE, .interpreter = "/lib/ld-linux.so.2", .libraries = two },
    { .interpreter = "/lib64/ld-linux-x86-64.so.2", .libraries = two, .run_path = "$ORIGIN" },
    { .type = 3, .libraries = none },
    { .libraries = two },
  };

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    assert_plan_reads (&plans[i]);
}

static void
test_self (void)
{
  g_autofree char *data = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  g_auto (IouImage) image = { 0 };

  g_assert_true (g_file_get_contents ("/proc/self/exe", &data, &length, NULL));
#if defined(__x86_64__) || defined(__i386__)
  iou_image_parse ((const guint8 *) data, length, &image, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (image.bits, ==, sizeof (gpointer) * 8);
  g_assert_true (g_strv_contains ((const char *const *) image.libraries, "libglib-2.0.so.0"));
#else
  g_assert_false (iou_image_parse ((const guint8 *) data, length, &image, &error));
  assert_iou_error (error, IOU_ERROR_INVALID, "ELF machine");
#endif
}

static void
test_other_files (void)
{
  static const guint8 router[] = { 0x7f, 'E', 'L', 'F', 1, 2, 1, 0, 0, 0,
                                   0,    0,   0,   0,   0, 0, 0, 2, 0, 8 };
  static const char *const texts[] = { "",
                                       "\x7f"
                                       "ELF",
                                       "#!/bin/sh\necho something longer\n" };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_byte_array_set_size (bytes, 0);
      g_byte_array_append (bytes, (const guint8 *) texts[i], (guint) strlen (texts[i]));
      assert_refused (bytes, IOU_ERROR_INVALID, "not a program for Linux");
    }

  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, router, sizeof router);
  assert_refused (bytes, IOU_ERROR_INVALID, "router's own processor");
}

static void
test_other_machines (void)
{
  const ElfPlan arm = { .machine = 183 };
  const ElfPlan x32 = { .narrow = TRUE, .machine = 62 };
  const ElfPlan i386_64 = { .machine = 3 };
  const ElfPlan object = { .type = 1 };
  const ElfPlan core = { .type = 4 };
  g_autoptr (GByteArray) a = elf_make (&arm, NULL);
  g_autoptr (GByteArray) b = elf_make (&x32, NULL);
  g_autoptr (GByteArray) c = elf_make (&i386_64, NULL);
  g_autoptr (GByteArray) d = elf_make (&object, NULL);
  g_autoptr (GByteArray) e = elf_make (&core, NULL);

  assert_refused (a, IOU_ERROR_INVALID, "64-bit program for another processor (ELF machine 183)");
  assert_refused (b, IOU_ERROR_INVALID, "32-bit program for another processor (ELF machine 62)");
  assert_refused (c, IOU_ERROR_INVALID, "another processor");
  assert_refused (d, IOU_ERROR_INVALID, "not a program that can be started");
  assert_refused (e, IOU_ERROR_INVALID, "not a program that can be started");
}

static void
test_ident (void)
{
  const ElfPlan plan = { 0 };

  for (guint at = 4; at < 7; at++)
    {
      g_autoptr (GByteArray) bytes = elf_make (&plan, NULL);

      bytes->data[at] = 9;
      assert_refused (bytes, IOU_ERROR_INVALID, "makes no sense");
    }
}

/* Cut anywhere it is refused, as the last byte, the end of a name, is needed. */
static void
test_cut (void)
{
  for (guint narrow = 0; narrow < 2; narrow++)
    {
      const ElfPlan plan = { .narrow = (gboolean) narrow,
                             .interpreter = "/lib/ld.so",
                             .libraries = two };
      g_autoptr (GByteArray) bytes = elf_make (&plan, NULL);

      for (guint length = 0; length < bytes->len; length++)
        {
          g_autofree guint8 *exact = g_memdup2 (bytes->data, length);
          g_autoptr (GError) error = NULL;
          g_auto (IouImage) image = { 0 };

          g_assert_false (iou_image_parse (exact, length, &image, &error));
          g_assert_error (error, IOU_ERROR, IOU_ERROR_INVALID);
        }
    }
}

static void
set (GByteArray *bytes, gsize offset, guint64 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    bytes->data[offset + i] = (guint8) (value >> (8 * i));
}

static void
test_bad_places (void)
{
  const ElfPlan plan = { .interpreter = "/lib/ld.so", .libraries = two };
  ElfPlaces places;
  g_autoptr (GByteArray) good = elf_make (&plan, &places);
  const gsize interp = places.program_headers + 56;
  const gsize dynamic = places.program_headers + 2 * 56;
  const struct
  {
    gsize offset;
    guint64 value;
    guint n_bytes;
    IouError code;
    const char *part;
  } changes[] = {
    { 32, G_MAXUINT64, 8, IOU_ERROR_INVALID, "ends before its program headers" },
    { 32, G_MAXUINT64 - 60, 8, IOU_ERROR_INVALID, "ends before its program headers" },
    { 54, 32, 2, IOU_ERROR_INVALID, "wrong size" },
    { 56, 0, 2, IOU_ERROR_INVALID, "not a program that can be started" },
    { 56, 0xffff, 2, IOU_ERROR_LIMIT, "65535 program headers" },
    { interp + 8, G_MAXUINT64, 8, IOU_ERROR_INVALID, "name of its loader" },
    { interp + 8, 100000, 8, IOU_ERROR_INVALID, "name of its loader" },
    { interp + 32, 4, 8, IOU_ERROR_INVALID, "name of its loader" },
    { interp + 32, 0, 8, IOU_ERROR_INVALID, "name of its loader" },
    { dynamic + 8, G_MAXUINT64 - 3, 8, IOU_ERROR_INVALID, "ends in its dynamic section" },
    { dynamic + 8, 100000, 8, IOU_ERROR_INVALID, "ends in its dynamic section" },
    { places.dynamic + 8, G_MAXUINT64, 8, IOU_ERROR_INVALID, "name of a library" },
    { places.dynamic + 8, 50000, 8, IOU_ERROR_INVALID, "name of a library" },
    { places.dynamic + 2 * 16 + 8, 0, 8, IOU_ERROR_INVALID, "table of names" },
    { places.dynamic + 2 * 16 + 8, G_MAXUINT64, 8, IOU_ERROR_INVALID, "table of names" },
    { places.dynamic + 3 * 16 + 8, 1, 8, IOU_ERROR_INVALID, "name of a library" },
    { places.program_headers + 32, 0, 8, IOU_ERROR_INVALID, "table of names" },
    { places.program_headers + 8, G_MAXUINT64, 8, IOU_ERROR_INVALID, "" },
    { places.program_headers + 32, 4097, 8, IOU_ERROR_INVALID, "ends before its code and data" },
    { places.program_headers + 32, G_MAXUINT64, 8, IOU_ERROR_INVALID, "ends before its code" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes, good->data, good->len);
      set (bytes, changes[i].offset, changes[i].value, changes[i].n_bytes);
      assert_refused (bytes, changes[i].code, changes[i].part);
    }
}

static void
test_many_libraries (void)
{
  g_autofree const char **libraries = g_new0 (const char *, 1026);
  ElfPlan plan = { .libraries = libraries };
  g_autoptr (GByteArray) most = NULL;
  g_autoptr (GByteArray) more = NULL;
  g_auto (IouImage) image = { 0 };

  for (guint i = 0; i < 1024; i++)
    libraries[i] = "l";
  most = elf_make (&plan, NULL);
  g_assert_true (parse (most, &image, NULL));
  g_assert_cmpuint (g_strv_length (image.libraries), ==, 1024);

  libraries[1024] = "l";
  more = elf_make (&plan, NULL);
  assert_refused (more, IOU_ERROR_LIMIT, "more than 1024 libraries");
}

static void
test_long_names (void)
{
  g_autofree char *longest = g_strnfill (4095, 'l');
  g_autofree char *longer = g_strnfill (4096, 'l');
  const ElfPlan good = { .interpreter = longest };
  const ElfPlan bad = { .interpreter = longer };
  g_autoptr (GByteArray) bytes = elf_make (&bad, NULL);

  assert_plan_reads (&good);
  assert_refused (bytes, IOU_ERROR_INVALID, "name of its loader");
}

static void
test_random_damage (void)
{
  for (guint round = 0; round < 4000; round++)
    {
      const ElfPlan plan = { .narrow = (gboolean) (round % 2),
                             .interpreter = "/lib/ld.so",
                             .libraries = two,
                             .run_path = "/opt" };
      g_autoptr (GByteArray) bytes = elf_make (&plan, NULL);
      g_autoptr (GError) error = NULL;
      g_auto (IouImage) image = { 0 };
      guint n = (guint) g_test_rand_int_range (1, 5);

      for (guint i = 0; i < n; i++)
        bytes->data[g_test_rand_int_range (0, (gint32) bytes->len)] = (guint8) g_test_rand_int ();
      g_assert_cmpint (parse (bytes, &image, &error), ==, error == NULL);
    }
}

static void
assert_link_name (const char *path, const char *wanted)
{
  g_autofree char *name = iou_image_link_name (path);

  g_assert_cmpstr (name, ==, wanted);
  g_assert_cmpuint (strlen (name), <=, 63);
}

#define X10 "xxxxxxxxxx"
#define X60 X10 X10 X10 X10 X10 X10

static void
test_link_name (void)
{
  assert_link_name ("/opt/i86bi-linux-l3.bin", "i86bi-linux-l3.bin");
  assert_link_name ("image", "image");
  assert_link_name ("/opt/" X60 "xxx", X60 "xxx");
  assert_link_name ("/opt/" X60 "xxxx", X60 "xxx");
  assert_link_name ("/opt/" X60 ".bin", X10 X10 X10 X10 X10 "xxxxxxxxx.bin");
  assert_link_name ("/opt/" X60 "15.4-2T.bin", X10 X10 X10 X10 X10 "xxxxxxxxx.bin");
  assert_link_name ("/opt/." X60 "xxxx", "." X60 "xx");
  assert_link_name ("/opt/x." X60 "xxxx", "x." X60 "x");
  assert_link_name ("/opt/" X10 X10 X10 X10 X10 "xxxxxxxx\xc3\xa9\xc3\xa9.bin",
                    X10 X10 X10 X10 X10 "xxxxxxxx.bin");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iou/image/plans", test_plans);
  g_test_add_func ("/iou/image/self", test_self);
  g_test_add_func ("/iou/image/other-files", test_other_files);
  g_test_add_func ("/iou/image/other-machines", test_other_machines);
  g_test_add_func ("/iou/image/ident", test_ident);
  g_test_add_func ("/iou/image/cut", test_cut);
  g_test_add_func ("/iou/image/bad-places", test_bad_places);
  g_test_add_func ("/iou/image/many-libraries", test_many_libraries);
  g_test_add_func ("/iou/image/long-names", test_long_names);
  g_test_add_func ("/iou/image/random-damage", test_random_damage);
  g_test_add_func ("/iou/image/link-name", test_link_name);

  return g_test_run ();
}

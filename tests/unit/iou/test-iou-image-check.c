/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The checks of an image on systems made for the purpose: a temporary folder stands for /. */

#include "elf-maker.h"
#include "iou-image-private.h"
#include "iou-test.h"

#include <sys/stat.h>
#include <unistd.h>

#define LOADER_32 "/lib/ld-linux.so.2"
#define LOADER_64 "/lib64/ld-linux-x86-64.so.2"

static void
add_elf (const char *root, const char *name, const ElfPlan *plan, guint mode)
{
  g_autoptr (GByteArray) bytes = elf_make (plan, NULL);
  g_autofree char *path = iou_test_write (root, name, bytes->data, bytes->len);

  g_assert_cmpint (chmod (path, mode), ==, 0);
}

static void
add_library (const char *root, const char *name, gboolean narrow)
{
  const ElfPlan plan = { .narrow = narrow, .type = 3 };

  add_elf (root, name, &plan, 0644);
}

static void
add_text (const char *root, const char *name, const char *text)
{
  g_free (iou_test_write (root, name, text, strlen (text)));
}

static void
assert_right (const char *root, const char *name, const char *const *library_dirs)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autoptr (GError) error = NULL;
  g_auto (IouImage) image = { 0 };

  iou_image_check_in_root (root, path, library_dirs, &image, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (image.missing), ==, 0);
}

/* Returns the message. */
static char *
check_wrong (const char *root, const char *name, IouError code, IouImage *image)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (iou_image_check_in_root (root, path, NULL, image, &error));
  g_assert_error (error, IOU_ERROR, (int) code);
  return g_strdup (error->message);
}

static void
assert_wrong (const char *root, const char *name, IouError code, const char *part)
{
  g_autofree char *message = check_wrong (root, name, code, NULL);

  if (strstr (message, part) == NULL)
    g_error ("“%s” does not say “%s”", message, part);
}

static void
test_not_there (void)
{
  char *root = iou_test_make_dir ();
  g_autofree char *link = g_build_filename (root, "link", NULL);

  g_assert_cmpint (symlink ("gone.bin", link), ==, 0);
  assert_wrong (root, "none", IOU_ERROR_MISSING, "none is not there. Choose the image again.");
  assert_wrong (root, "link", IOU_ERROR_MISSING, "link is a link to gone.bin, which is not there");
  assert_wrong (root, ".", IOU_ERROR_INVALID, "not a regular file");
  add_text (root, "text", "hello\n");
  assert_wrong (root, "text", IOU_ERROR_INVALID, "text: This is not a program for Linux");
  assert_wrong (root, "text/x", IOU_ERROR_MISSING, "could not be opened");

  iou_test_remove_dir (root);
}

static void
test_static (void)
{
  const ElfPlan plan = { 0 };
  char *root = iou_test_make_dir ();
  g_autofree char *path = g_build_filename (root, "image", NULL);
  g_autofree char *link = g_build_filename (root, "link", NULL);

  add_elf (root, "image", &plan, 0700);
  g_assert_cmpint (symlink ("image", link), ==, 0);
  assert_right (root, "image", NULL);
  assert_right (root, "link", NULL);
  g_assert_true (iou_image_check_file (path, NULL, NULL));

  iou_test_remove_dir (root);
}

static void
test_executable_bit (void)
{
  const ElfPlan plan = { 0 };
  char *root = iou_test_make_dir ();

  add_elf (root, "an image", &plan, 0600);
  assert_wrong (root, "an image", IOU_ERROR_PERMISSION,
                "may not be executed. Allow it with: chmod u+x '");

  iou_test_remove_dir (root);
}

static void
test_loader (void)
{
  const ElfPlan narrow = { .narrow = TRUE, .interpreter = LOADER_32 };
  const ElfPlan wide = { .interpreter = LOADER_64 };
  const ElfPlan relative = { .interpreter = "lib/ld.so" };
  const ElfPlan nasty = { .interpreter = "/\x1b[2J\n\xff" };
  char *root = iou_test_make_dir ();
  g_autofree char *message = NULL;

  add_elf (root, "narrow", &narrow, 0700);
  add_elf (root, "wide", &wide, 0700);
  add_elf (root, "relative", &relative, 0700);
  add_elf (root, "nasty", &nasty, 0700);
  add_text (root, "lib/ld.so", "");

  assert_wrong (root, "narrow", IOU_ERROR_MISSING,
                "narrow is a 32-bit program and its loader /lib/ld-linux.so.2 is missing:"
                " this system has no 32-bit support.");
  assert_wrong (root, "narrow", IOU_ERROR_MISSING,
                "dpkg --add-architecture i386 && apt-get update && apt-get install libc6:i386");
  assert_wrong (root, "wide", IOU_ERROR_MISSING, "64-bit program and its loader " LOADER_64);
  assert_wrong (root, "relative", IOU_ERROR_MISSING, "its loader lib/ld.so is missing");
  message = check_wrong (root, "nasty", IOU_ERROR_MISSING, NULL);
  g_assert_null (strpbrk (message, "\x1b\n\xff"));
  g_assert_true (g_utf8_validate (message, -1, NULL));

  add_library (root, "lib/ld-linux.so.2", TRUE);
  add_library (root, "lib64/ld-linux-x86-64.so.2", FALSE);
  assert_right (root, "narrow", NULL);
  assert_right (root, "wide", NULL);

  iou_test_remove_dir (root);
}

static void
test_libraries (void)
{
  static const char *const libraries[] = { "libcrypto.so.4", "libc.so.6", "libm.so.6", "libz.so.1",
                                           NULL };
  static const char *const missing[] = { "libcrypto.so.4", "libm.so.6", "libz.so.1", NULL };
  const ElfPlan plan = { .narrow = TRUE, .interpreter = LOADER_32, .libraries = libraries };
  char *root = iou_test_make_dir ();
  g_autofree char *message = NULL;
  g_auto (IouImage) image = { 0 };

  add_library (root, "lib/ld-linux.so.2", TRUE);
  add_library (root, "usr/lib/i386-linux-gnu/libc.so.6", TRUE);
  add_library (root, "lib/libz.so.1", FALSE);
  add_elf (root, "image", &plan, 0700);

  message = check_wrong (root, "image", IOU_ERROR_MISSING, &image);
  g_assert_cmpstr (
      message, ==,
      "image needs libraries that this system does not have: libcrypto.so.4, libm.so.6, libz.so.1."
      " On Debian and Ubuntu: apt-get install libc6:i386 zlib1g:i386."
      " No current system has libcrypto.so.4: give the image a 32-bit libcrypto of OpenSSL 0.9.8 or"
      " 1.0 under that name.");
  g_assert_cmpstrv (image.missing, missing);
  g_assert_cmpstrv (image.libraries, libraries);
  g_assert_cmpuint (image.bits, ==, 32);

  add_library (root, "usr/lib32/libz.so.1", TRUE);
  add_library (root, "usr/lib32/libm.so.6", TRUE);
  add_library (root, "usr/lib/libcrypto.so.4", TRUE);
  assert_right (root, "image", NULL);

  iou_test_remove_dir (root);
}

static void
test_unknown_library (void)
{
  static const char *const libraries[] = { "lib\tx.so", NULL };
  const ElfPlan plan = { .libraries = libraries };
  char *root = iou_test_make_dir ();

  add_elf (root, "image", &plan, 0700);
  assert_wrong (root, "image", IOU_ERROR_MISSING,
                "does not have: lib\\tx.so. Install the 64-bit packages that hold them");

  iou_test_remove_dir (root);
}

static void
test_library_dirs (void)
{
  static const char *const libraries[] = { "libcrypto.so.4", NULL };
  const ElfPlan plan = { .libraries = libraries };
  char *root = iou_test_make_dir ();
  g_autofree char *own = g_build_filename (root, "own", NULL);
  g_autofree char *path = g_build_filename (root, "image", NULL);
  const char *dirs[] = { "/nowhere", own, NULL };

  add_elf (root, "image", &plan, 0700);
  add_library (root, "own/libcrypto.so.4", FALSE);
  g_setenv ("LD_LIBRARY_PATH", own, TRUE);
  assert_wrong (root, "image", IOU_ERROR_MISSING, "libcrypto.so.4");
  g_unsetenv ("LD_LIBRARY_PATH");
  assert_right (root, "image", dirs);
  g_assert_true (iou_image_check_file_full (path, dirs, NULL, NULL));

  iou_test_remove_dir (root);
}

static void
test_run_path (void)
{
  static const char *const libraries[] = { "libown.so", NULL };
  static const char *const paths[] = { "$ORIGIN/own", "/nowhere:${ORIGIN}/own", "/opt/there",
                                       "$LIB:$ORIGIN/own" };
  static const char *const wrong[] = { "own", "$LIB/own", "/own2", "$ORIGIN", "" };
  char *root = iou_test_make_dir ();

  add_library (root, "images/own/libown.so", FALSE);
  add_library (root, "opt/there/libown.so", FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      const ElfPlan plan = { .libraries = libraries, .run_path = paths[i], .old_run_path = i % 2 };

      add_elf (root, "images/image", &plan, 0700);
      assert_right (root, "images/image", NULL);
    }

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const ElfPlan plan = { .libraries = libraries, .run_path = wrong[i] };

      add_elf (root, "images/image", &plan, 0700);
      assert_wrong (root, "images/image", IOU_ERROR_MISSING, "libown.so");
    }

  iou_test_remove_dir (root);
}

static void
test_library_with_path (void)
{
  static const char *const libraries[] = { "/opt/libown.so", NULL };
  const ElfPlan plan = { .libraries = libraries };
  char *root = iou_test_make_dir ();

  add_elf (root, "image", &plan, 0700);
  assert_wrong (root, "image", IOU_ERROR_MISSING, "/opt/libown.so");
  add_library (root, "opt/libown.so", FALSE);
  assert_right (root, "image", NULL);

  iou_test_remove_dir (root);
}

static void
test_ld_so_conf (void)
{
  char *root = iou_test_make_dir ();
  g_autoptr (GPtrArray) dirs = NULL;
  g_autoptr (GString) got = g_string_new (NULL);

  add_text (root, "etc/ld.so.conf",
            "# folders\n/opt/a\n  include /etc/ld.so.conf.d/*.conf\n/opt/b=libc6 /opt/c # more\n"
            "hwcap 0 nosegneg\ninclude other.conf missing.conf\n/opt/d:/opt/e,\t/opt/f");
  add_text (root, "etc/ld.so.conf.d/1.conf", "/opt/one\r\n");
  add_text (root, "etc/ld.so.conf.d/2.conf", "/opt/two");
  add_text (root, "etc/ld.so.conf.d/3.txt", "/opt/three\n");
  add_text (root, "etc/other.conf", "/opt/other\ninclude other.conf\n");

  dirs = iou_image_library_dirs (root, 64);
  for (guint i = 0; i < dirs->len; i++)
    {
      const char *dir = g_ptr_array_index (dirs, i);

      g_assert_true (g_str_has_prefix (dir, root));
      if (g_str_has_prefix (dir + strlen (root), "/opt"))
        g_string_append_printf (got, "%s ", dir + strlen (root));
    }

  /* A file that includes itself is read again only so deep. */
  g_assert_cmpstr (
      got->str, ==,
      "/opt/a /opt/one /opt/two /opt/b /opt/c "
      "/opt/other /opt/other /opt/other /opt/other /opt/other /opt/other /opt/other /opt/other "
      "/opt/d /opt/e /opt/f ");

  iou_test_remove_dir (root);
}

static void
test_conf_finds_library (void)
{
  static const char *const libraries[] = { "libown.so", NULL };
  const ElfPlan plan = { .libraries = libraries };
  char *root = iou_test_make_dir ();

  add_elf (root, "image", &plan, 0700);
  add_library (root, "opt/a/libown.so", FALSE);
  assert_wrong (root, "image", IOU_ERROR_MISSING, "libown.so");
  add_text (root, "etc/ld.so.conf", "/opt/a\n");
  assert_right (root, "image", NULL);

  iou_test_remove_dir (root);
}

/* Two files that include each other by patterns must not take exponential time. */
static void
test_conf_explosion (void)
{
  char *root = iou_test_make_dir ();
  g_autoptr (GPtrArray) dirs = NULL;

  add_text (root, "etc/ld.so.conf", "include /etc/d/*\n");
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("etc/d/%u", i);

      add_text (root, name, "/opt\ninclude /etc/d/* /etc/d/* /etc/d/*\n");
    }

  dirs = iou_image_library_dirs (root, 64);
  g_assert_cmpuint (dirs->len, ==, 1024 + 6);

  iou_test_remove_dir (root);
}

static void
test_this_system (void)
{
#if defined(__x86_64__)
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (IouImage) image = { 0 };

  iou_image_check_file ("/proc/self/exe", &image, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (image.bits, ==, 64);
  g_assert_nonnull (image.interpreter);
  g_assert_cmpuint (g_strv_length (image.libraries), >, 0);
#else
  g_test_skip ("Images of IOU do not run on this machine.");
#endif
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iou/image-check/not-there", test_not_there);
  g_test_add_func ("/iou/image-check/static", test_static);
  g_test_add_func ("/iou/image-check/executable-bit", test_executable_bit);
  g_test_add_func ("/iou/image-check/loader", test_loader);
  g_test_add_func ("/iou/image-check/libraries", test_libraries);
  g_test_add_func ("/iou/image-check/unknown-library", test_unknown_library);
  g_test_add_func ("/iou/image-check/library-dirs", test_library_dirs);
  g_test_add_func ("/iou/image-check/run-path", test_run_path);
  g_test_add_func ("/iou/image-check/library-with-path", test_library_with_path);
  g_test_add_func ("/iou/image-check/ld-so-conf", test_ld_so_conf);
  g_test_add_func ("/iou/image-check/conf-finds-library", test_conf_finds_library);
  g_test_add_func ("/iou/image-check/conf-explosion", test_conf_explosion);
  g_test_add_func ("/iou/image-check/this-system", test_this_system);

  return g_test_run ();
}

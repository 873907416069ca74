/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files on a disk: saving replaces the old one wholly or not at all. */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab-history.h"
#include "lab-samples.h"

typedef struct
{
  LabTopology *topology;
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->topology = sample_load (sample_full);
  fixture->folder = g_dir_make_tmp ("lab-file-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "x.lab", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      /* No temporary file is ever left behind. */
      g_assert_false (g_str_has_prefix (name, "."));
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_assert_finalize_object (fixture->topology);
}

static void
assert_contents (const char *path, const char *expected)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (length, ==, strlen (expected));
  sample_assert_text (contents, expected);
}

static void
save (Fixture *fixture, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lab_file_save (fixture->topology, path, &error));
  g_assert_no_error (error);
}

static void
refused (Fixture *fixture, const char *path, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message =
      g_strdup_printf ("%s was not saved: %s. What was there before is unchanged.", path, reason);

  g_assert_false (lab_file_save (fixture->topology, path, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_IO);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_save (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTopology) again = NULL;
  g_autoptr (GError) error = NULL;

  save (fixture, fixture->path);
  assert_contents (fixture->path, sample_full);
  save (fixture, fixture->path);
  assert_contents (fixture->path, sample_full);
  again = lab_file_load (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lab_topology_get_name (again), ==, "Everything");
}

static void
test_mode (Fixture *fixture, gconstpointer unused)
{
  struct stat buffer;
  mode_t mask = umask (027);

  save (fixture, fixture->path);
  umask (mask);
  g_assert_cmpint (stat (fixture->path, &buffer), ==, 0);
  g_assert_cmpint (buffer.st_mode & 07777, ==, 0640);
  g_assert_cmpint (chmod (fixture->path, 0604), ==, 0);
  save (fixture, fixture->path);
  g_assert_cmpint (stat (fixture->path, &buffer), ==, 0);
  g_assert_cmpint (buffer.st_mode & 07777, ==, 0604);
}

static void
test_symlink (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *first = g_build_filename (fixture->folder, "first.lab", NULL);
  g_autofree char *second = g_build_filename (fixture->folder, "second.lab", NULL);

  g_assert_cmpint (symlink ("second.lab", first), ==, 0);
  g_assert_cmpint (symlink (fixture->path, second), ==, 0);
  /* What they lead to is not there yet. */
  save (fixture, first);
  assert_contents (fixture->path, sample_full);
  save (fixture, first);
  g_assert_true (g_file_test (first, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (second, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
}

static void
test_relative_name (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *before = g_get_current_dir ();

  g_assert_cmpint (chdir (fixture->folder), ==, 0);
  save (fixture, "x.lab");
  g_assert_cmpint (chdir (before), ==, 0);
  assert_contents (fixture->path, sample_full);
}

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "no", "x.lab", NULL);
  g_autofree char *loop = g_build_filename (fixture->folder, "loop.lab", NULL);

  refused (fixture, missing, g_strerror (ENOENT));
  refused (fixture, fixture->folder, g_strerror (EISDIR));
  refused (fixture, "/dev/null", g_strerror (EINVAL));
  g_assert_cmpint (symlink ("loop.lab", loop), ==, 0);
  refused (fixture, loop, g_strerror (ELOOP));
}

static void
test_read_only (Fixture *fixture, gconstpointer unused)
{
  if (geteuid () == 0)
    {
      g_test_skip ("root may write everything");
      return;
    }
  save (fixture, fixture->path);
  g_assert_cmpint (chmod (fixture->path, 0444), ==, 0);
  refused (fixture, fixture->path, g_strerror (EACCES));
}

/* A full disk, as the limit of a file's size: the old file stays, nothing else is left. */
static void
test_full_disk (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (LabHistory) history = lab_history_new (fixture->topology);
  g_autoptr (LabEdit) edit = lab_edit_new_rename_node ("R1", "Another");
  struct sigaction ignore = { .sa_handler = SIG_IGN };
  struct sigaction old_action;
  struct rlimit old_limit;
  struct rlimit limit;

  save (fixture, fixture->path);
  g_assert_true (lab_history_apply (history, edit, NULL));
  g_assert_cmpint (sigaction (SIGXFSZ, &ignore, &old_action), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old_limit), ==, 0);
  for (rlim_t size = 0; size < 4096; size += 1365)
    {
      limit = old_limit;
      limit.rlim_cur = size;
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      refused (fixture, fixture->path, g_strerror (EFBIG));
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old_limit), ==, 0);
      assert_contents (fixture->path, sample_full);
    }
  g_assert_cmpint (sigaction (SIGXFSZ, &old_action, NULL), ==, 0);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old_limit), ==, 0);
  save (fixture, fixture->path);
}

static void
assert_not_loaded (const char *path, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = g_strdup_printf ("%s cannot be read: %s.", path, reason);

  g_assert_null (lab_file_load (path, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_IO);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_load_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  assert_not_loaded (fixture->path, g_strerror (ENOENT));
  assert_not_loaded (fixture->folder, g_strerror (EISDIR));

  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  g_assert_null (lab_file_load (fixture->path, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_SYNTAX);
  g_clear_error (&error);

  /* A hole of a terabyte is refused, not read. */
  g_assert_cmpint (truncate (fixture->path, (off_t) 1 << 40), ==, 0);
  g_assert_null (lab_file_load (fixture->path, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_LIMIT);
  message = g_strdup_printf ("%s is larger than 64 MiB, the most a lab may have; take pictures out "
                             "of it.",
                             fixture->path);
  g_assert_cmpstr (error->message, ==, message);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/lab/file/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("save", test_save);
  ADD ("mode", test_mode);
  ADD ("symlink", test_symlink);
  ADD ("relative-name", test_relative_name);
  ADD ("refused", test_refused);
  ADD ("read-only", test_read_only);
  ADD ("full-disk", test_full_disk);
  ADD ("load-refused", test_load_refused);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The history of what a device saved: order, bounds, what strangers put beside it, NVRAM and back.
 */

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "iou-nvram.h"
#include "lab-saved-nvram.h"
#include "lab-saved-vlans.h"

#define ID 7

typedef struct
{
  char *work;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->work = g_dir_make_tmp ("test-saved-XXXXXX", NULL);
  g_assert_nonnull (fixture->work);
}

static void
empty (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  /* Never what a link leads to. */
  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return;
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_unlink (child) != 0)
        g_rmdir (child);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *history = g_build_filename (fixture->work, LAB_SAVED_FOLDER, NULL);

  empty (history);
  empty (fixture->work);
  g_assert_cmpint (g_rmdir (fixture->work), ==, 0);
  g_free (fixture->work);
}

static void
add (Fixture *fixture, const char *text, gint64 time)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  lab_saved_add (fixture->work, bytes, time, &error);
  g_assert_no_error (error);
}

static GArray *
list (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GArray *entries = lab_saved_list (fixture->work, &error);

  g_assert_no_error (error);
  return entries;
}

static const LabSavedEntry *
entry_at (GArray *entries, guint index)
{
  g_assert_cmpuint (index, <, entries->len);
  return &g_array_index (entries, LabSavedEntry, index);
}

static void
assert_text (Fixture *fixture, guint number, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = lab_saved_read (fixture->work, number, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), wanted, strlen (wanted));
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) none = list (fixture);
  g_autoptr (GArray) entries = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  add (fixture, "one", 1000);
  add (fixture, "two", 2000);
  add (fixture, "one", 500); /* the clock went back: the order stays */
  entries = list (fixture);
  g_assert_cmpuint (entries->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (entry_at (entries, i)->number, ==, i + 1);
  g_assert_cmpint (entry_at (entries, 2)->last, ==, 500);
  g_assert_cmpuint (entry_at (entries, 0)->size, ==, 3);
  assert_text (fixture, 2, "two");
  assert_text (fixture, 3, "one");
}

static void
test_same_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) entries = NULL;

  add (fixture, "one", 1000);
  add (fixture, "one", 3000);
  add (fixture, "one", 2000);
  entries = list (fixture);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpint (entry_at (entries, 0)->first, ==, 1000);
  g_assert_cmpint (entry_at (entries, 0)->last, ==, 3000);
  assert_text (fixture, 1, "one");
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lab_saved_read (fixture->work, 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  add (fixture, "one", 1000);
  g_assert_null (lab_saved_read (fixture->work, 2, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) entries = NULL;

  for (guint i = 1; i <= LAB_SAVED_MAX_ENTRIES + 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %u", i);

      add (fixture, text, i);
    }
  entries = list (fixture);
  g_assert_cmpuint (entries->len, ==, LAB_SAVED_MAX_ENTRIES);
  g_assert_cmpuint (entry_at (entries, 0)->number, ==, 6);
  assert_text (fixture, LAB_SAVED_MAX_ENTRIES + 5, "text 205");
}

static void
test_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) entries = NULL;
  const gsize size = LAB_SAVED_MAX_BYTES / 3;

  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *text = g_strnfill (size, (char) ('a' + i));

      add (fixture, text, i);
    }
  entries = list (fixture);
  g_assert_cmpuint (entries->len, ==, 3);
  g_assert_cmpuint (entry_at (entries, 2)->number, ==, 4);
}

/* A device that is not in a sandbox may put anything there. */
static void
test_strangers (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {
    "x",           "000001.cfg",         "000001-5-4.cfg",      "1-5-6.cfg",  "000000-1-1.cfg",
    "000002--1-1", "000002-1-1.cfg.cfg", "000002-01-00001.cfg", "-1-1-1.cfg",
  };
  g_autofree char *link =
      g_build_filename (fixture->work, LAB_SAVED_FOLDER, "000009-1-1.cfg", NULL);
  g_autoptr (GArray) entries = NULL;
  LabSavedEntry entry;

  add (fixture, "one", 1000);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->work, LAB_SAVED_FOLDER, names[i], NULL);

      g_assert_false (lab_saved_parse_name (names[i], &entry));
      g_assert_true (g_file_set_contents (path, "?", 1, NULL));
    }
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  add (fixture, "two", 2000);
  entries = list (fixture);
  g_assert_cmpuint (entries->len, ==, 2);
  assert_text (fixture, 2, "two");
}

/* A folder that is a link is not followed. */
static void
test_linked_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->work, LAB_SAVED_FOLDER, NULL);
  g_autofree char *elsewhere = g_build_filename (fixture->work, "elsewhere", NULL);
  g_autoptr (GBytes) text = g_bytes_new_static ("one", 3);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (elsewhere, 0700), ==, 0);
  g_assert_cmpint (symlink (elsewhere, path), ==, 0);
  g_assert_false (lab_saved_add (fixture->work, text, 1, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (lab_saved_list (fixture->work, &error));
  g_assert_nonnull (error);
  /* Nothing was put there. */
  g_assert_cmpint (g_rmdir (elsewhere), ==, 0);
}

static void
save_nvram (Fixture *fixture, const char *text)
{
  g_autofree char *path = iou_nvram_path (fixture->work, ID);
  g_autoptr (GError) error = NULL;

  iou_nvram_save (path, 8, text, strlen (text), NULL, 0, &error);
  g_assert_no_error (error);
}

static void
catch_up (Fixture *fixture, gboolean settled)
{
  g_autoptr (GError) error = NULL;

  lab_saved_catch_up (fixture->work, ID, settled, &error);
  g_assert_no_error (error);
}

static void
test_catch_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) entries = NULL;
  gint64 before = g_get_real_time ();

  catch_up (fixture, TRUE);
  save_nvram (fixture, "host");
  catch_up (fixture, FALSE);
  catch_up (fixture, TRUE);
  entries = list (fixture);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpint (entry_at (entries, 0)->last, >=, before - G_USEC_PER_SEC);
  g_assert_cmpint (entry_at (entries, 0)->last, <=, g_get_real_time ());
  g_assert_cmpint (entry_at (entries, 0)->first, ==, entry_at (entries, 0)->last);
  assert_text (fixture, 1, "host");
}

/* A file that is just being written counts when it is settled. */
static void
test_half_written (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = iou_nvram_path (fixture->work, ID);
  g_autofree char *content = NULL;
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;
  gsize length;

  save_nvram (fixture, "host");
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  content[36] = 'm';
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  catch_up (fixture, FALSE);
  before = list (fixture);
  g_assert_cmpuint (before->len, ==, 0);
  catch_up (fixture, TRUE);
  after = list (fixture);
  g_assert_cmpuint (after->len, ==, 1);
  assert_text (fixture, 1, "most");
}

static void
write_nvram (Fixture *fixture, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  lab_saved_write_nvram (fixture->work, ID, 8, bytes, &error);
  g_assert_no_error (error);
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = NULL;

  write_nvram (fixture, "");
  g_assert_null (lab_saved_read_nvram (fixture->work, ID, NULL, NULL, &error));
  g_assert_error (error, IOU_ERROR, IOU_ERROR_MISSING);
  g_clear_error (&error);

  save_nvram (fixture, "old.");
  write_nvram (fixture, "new.");
  text = lab_saved_read_nvram (fixture->work, ID, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), "new.", 4);
  assert_text (fixture, 1, "old.");
  assert_text (fixture, 2, "new.");

  write_nvram (fixture, "");
  g_assert_null (lab_saved_read_nvram (fixture->work, ID, NULL, NULL, &error));
  g_assert_error (error, IOU_ERROR, IOU_ERROR_NO_CONFIG);
  entries = list (fixture);
  g_assert_cmpuint (entries->len, ==, 2);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (8 * 1024, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (huge, strlen (huge));
  g_autoptr (GArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = NULL;

  save_nvram (fixture, "old.");
  g_assert_false (lab_saved_check_fits (fixture->work, ID, 8, bytes, &error));
  g_assert_error (error, IOU_ERROR, IOU_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_false (lab_saved_write_nvram (fixture->work, ID, 8, bytes, &error));
  g_assert_error (error, IOU_ERROR, IOU_ERROR_NO_SPACE);
  entries = list (fixture);
  g_assert_cmpuint (entries->len, ==, 0);
  text = lab_saved_read_nvram (fixture->work, ID, NULL, NULL, NULL);
  g_assert_nonnull (text);
  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), "old.", 4);
}

static gpointer
add_in_thread (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("%p %u", (gpointer) g_thread_self (), i);

      add (fixture, text, i);
    }
  return NULL;
}

static void
test_concurrent (Fixture *fixture, gconstpointer data)
{
  GThread *threads[4];
  g_autoptr (GArray) entries = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, add_in_thread, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  entries = list (fixture);
  g_assert_cmpuint (entries->len, ==, 80);
  g_assert_cmpuint (entry_at (entries, 79)->number, ==, 80);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

/* The VLANs of a switch: what is replaced or removed is kept, and a link is not followed. */
static void
test_vlans (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->work, "vlan.dat-00007", NULL);
  g_autofree char *kept = g_build_filename (fixture->work, LAB_SAVED_FOLDER, "vlan.dat", NULL);
  g_autofree char *secret = g_build_filename (fixture->work, "secret", NULL);
  g_autofree char *huge = g_strnfill (LAB_SAVED_MAX_VLANS + 1, 'x');
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GBytes) two = g_bytes_new_static ("two", 3);
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) held = NULL;
  g_autofree char *text = NULL;

  g_assert_null (lab_saved_read_vlans (fixture->work, ID));
  g_assert_true (lab_saved_write_vlans (fixture->work, ID, one, NULL));
  g_assert_true (lab_saved_write_vlans (fixture->work, ID, two, NULL));
  held = lab_saved_read_vlans (fixture->work, ID);
  g_assert_true (g_bytes_equal (held, two));
  g_assert_true (g_file_get_contents (kept, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "one");
  g_assert_true (lab_saved_write_vlans (fixture->work, ID, none, NULL));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  g_assert_true (g_file_set_contents (secret, "secret", -1, NULL));
  g_assert_cmpint (symlink (secret, path), ==, 0);
  g_assert_null (lab_saved_read_vlans (fixture->work, ID));
  g_unlink (path);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (lab_saved_read_vlans (fixture->work, ID));
  g_unlink (path);
  g_assert_true (g_file_set_contents (path, huge, -1, NULL));
  g_assert_null (lab_saved_read_vlans (fixture->work, ID));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/saved/order", test_order);
  ADD ("/saved/same-text", test_same_text);
  ADD ("/saved/missing", test_missing);
  ADD ("/saved/many", test_many);
  ADD ("/saved/large", test_large);
  ADD ("/saved/strangers", test_strangers);
  ADD ("/saved/linked-folder", test_linked_folder);
  ADD ("/saved/catch-up", test_catch_up);
  ADD ("/saved/half-written", test_half_written);
  ADD ("/saved/write", test_write);
  ADD ("/saved/too-large", test_too_large);
  ADD ("/saved/concurrent", test_concurrent);
  ADD ("/saved/vlans", test_vlans);
  return g_test_run ();
}

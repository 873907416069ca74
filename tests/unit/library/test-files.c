/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of a folder of images as people have them: copies not finished, links into nowhere, one
 * image under two names, two under one, folders that are there only sometimes. */

#include "config.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "lab-appliance.h"
#include "lab-file.h"
#include "lab-history.h"
#include "lab-image-map.h"
#include "library-home.h"

static const ElfPlan plan;

static char *
in_root (const char *name)
{
  return g_build_filename (library_home_root (), name, NULL);
}

static void
append (const char *path, const char *text)
{
  FILE *file = fopen (path, "a");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* Once: what never ends growing is never copied. */
static void
grow_cb (goffset done, goffset total, gpointer path)
{
  static gboolean grown;

  if (!grown)
    append (path, "more");
  grown = TRUE;
}

/* It grows while it is copied: it is not kept under the checksum of what it was before. */
static void
test_growing (gpointer *fixture, gconstpointer data)
{
  g_autofree char *source = library_home_write_elf ("grows.bin", &plan, "");
  g_autofree char *own = lab_library_dup_own_folder ();
  g_autofree char *target = g_build_filename (own, "grows.bin", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LabImageRecord) record = NULL;
  gboolean was_there;

  g_assert_null (lab_library_add (source, NULL, &was_there, grow_cb, source, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "grows.bin"));
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  record = library_home_add (source, NULL);
  g_assert_cmpstr (record->name, ==, "grows.bin");
}

/* As long as a file system takes it. */
static void
test_long_name (gpointer *fixture, gconstpointer data)
{
  g_autofree char *letters = g_strnfill (251, 'x');
  g_autofree char *name = g_strconcat (letters, ".bin", NULL);
  g_autofree char *source = library_home_write_elf ("short.bin", &plan, "");
  g_autoptr (LabImageRecord) record = library_home_add (source, name);
  g_autoptr (GDir) dir = g_dir_open (record->folder, 0, NULL);

  g_assert_cmpstr (record->name, ==, name);
  g_assert_cmpstr (g_dir_read_name (dir), ==, name);
  g_assert_null (g_dir_read_name (dir));
}

/* Half a copy is none: its code is not all there. */
static void
test_cut (gpointer *fixture, gconstpointer data)
{
  ElfPlaces places;
  g_autoptr (GByteArray) elf = elf_make (&plan, &places);
  g_autofree char *cut = NULL;
  g_autoptr (GError) error = NULL;
  gboolean was_there;

  /* As long as 64 KiB and more. */
  elf->data[places.program_headers + 32 + 2] = 1;
  cut = library_home_write ("cut.bin", elf->data, elf->len);
  g_assert_null (lab_library_add (cut, NULL, &was_there, NULL, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "cut.bin: The image is damaged or cut short"));
}

/* What is named as images are, but cannot be read, is shown with its fault, and is not here. */
static void
test_gone (gpointer *fixture, gconstpointer data)
{
  g_autofree char *folder = in_root ("gone");
  g_autofree char *link = in_root ("gone/i86bi-linux-l3-15.4.1T.bin");
  g_autofree char *other = in_root ("gone/notes");
  g_autoptr (LabLibrary) library = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  LabImageRecord *record;
  LabImageMatch match;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (symlink ("/nonexistent/image.bin", link), ==, 0);
  g_assert_cmpint (symlink ("/nonexistent/notes", other), ==, 0);
  g_assert_true (lab_library_add_folder (folder, &error));
  library = lab_library_load (&error);
  records = lab_library_list (library, LAB_LIBRARY_IDENTIFY, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  record = records->pdata[0];
  g_assert_cmpint (record->fault, ==, LAB_IMAGE_GONE);
  g_assert_nonnull (strstr (record->fault_text, "is a link to /nonexistent/image.bin"));
  g_assert_null (record->sha256);
  g_assert_null (lab_library_best_match (records, record->name, NULL, LAB_ROLE_UNKNOWN, &match));
}

static LabTopology *
lab_of (const char *name, const char *sha256)
{
  g_autofree char *text = g_strdup_printf (
      "{\"format\": \"labwright\", \"version\": 1, \"uuid\": "
      "\"11111111-2222-4333-8444-555555555555\", \"name\": \"one\", \"nodes\": [{\"name\": \"R1\","
      " \"id\": 1, \"kind\": \"iou\", \"image\": {\"name\": \"%s\", \"sha256\": \"%s\"}}]}",
      name, sha256);
  g_autoptr (GError) error = NULL;
  LabTopology *topology = lab_file_parse (text, strlen (text), "one.lab", &error);

  g_assert_no_error (error);
  return topology;
}

/* Its file was replaced: the very image, if it is here under another name, is what the lab gets;
 * else the lab is told of it, and can take the one of that name. */
static void
test_replaced (gpointer *fixture, gconstpointer data)
{
  g_autofree char *one = library_home_write_elf ("x-l3.bin", &plan, "one");
  g_autofree char *two = library_home_write_elf ("two/x-l3.bin", &plan, "two");
  g_autofree char *moved = NULL;
  g_autofree char *found = NULL;
  g_autoptr (LabImageRecord) record = library_home_add (one, NULL);
  g_autoptr (LabImageRecord) other = NULL;
  g_autoptr (LabTopology) topology = lab_of ("x-l3.bin", record->sha256);
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autoptr (LabLibrary) library = NULL;
  g_autoptr (LabLibrary) later = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) wants = NULL;
  g_autoptr (LabEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  LabImageWant *want;

  moved = g_build_filename (record->folder, "old-l3.bin", NULL);
  g_assert_cmpint (g_rename (record->path, moved), ==, 0);
  other = library_home_add (two, NULL);
  g_assert_cmpstr (other->name, ==, "x-l3.bin");
  library = lab_library_load (&error);
  g_ptr_array_unref (lab_library_list (library, LAB_LIBRARY_IDENTIFY, NULL));
  found = lab_library_resolve (library, "x-l3.bin", record->sha256, &error);
  g_assert_cmpstr (found, ==, moved);

  /* Now the first one is gone altogether. */
  g_assert_cmpint (g_remove (moved), ==, 0);
  later = lab_library_load (&error);
  records = lab_library_list (later, LAB_LIBRARY_IDENTIFY, NULL);
  wants = lab_image_map_collect (topology, records);
  want = wants->pdata[0];
  g_assert_false (want->here);
  g_assert_cmpint (want->match, ==, LAB_MATCH_NAME);
  g_assert_cmpstr (want->choice, ==, "x-l3.bin");
  g_assert_true (lab_image_want_changes (want, records));
  edit = lab_image_map_edit (topology, wants, records);
  g_assert_nonnull (edit);
  g_assert_true (lab_history_apply (history, edit, &error));
  g_assert_cmpstr (lab_node_get_image_sha256 (lab_topology_find_node (topology, "R1")), ==,
                   other->sha256);
}

/* The name says nothing, but the nodes are shown as switches. */
static void
test_symbol (gpointer *fixture, gconstpointer data)
{
  static const char text[] =
      "{\"format\": \"labwright\", \"version\": 1, \"uuid\": "
      "\"11111111-2222-4333-8444-555555555555\", \"name\": \"two\", \"nodes\": ["
      "{\"name\": \"A\", \"id\": 1, \"kind\": \"iou\", \"symbol\": \"switch\", \"image\": "
      "{\"name\": "
      "\"mystery.iol\"}}, {\"name\": \"B\", \"id\": 2, \"kind\": \"iou\", \"symbol\": "
      "\"multilayer-switch\", \"image\": {\"name\": \"mystery.iol\"}}]}";
  g_autofree char *router = library_home_write_elf ("a-l3.bin", &plan, "r");
  g_autofree char *fabric = library_home_write_elf ("b-l2.bin", &plan, "s");
  g_autoptr (LabImageRecord) first = library_home_add (router, NULL);
  g_autoptr (LabImageRecord) second = library_home_add (fabric, NULL);
  g_autoptr (LabTopology) topology = lab_file_parse (text, strlen (text), "two.lab", NULL);
  g_autoptr (LabLibrary) library = lab_library_load (NULL);
  g_autoptr (GPtrArray) records = lab_library_list (library, LAB_LIBRARY_IDENTIFY, NULL);
  g_autoptr (GPtrArray) wants = lab_image_map_collect (topology, records);
  LabImageWant *want = wants->pdata[0];

  g_assert_cmpuint (wants->len, ==, 1);
  g_assert_cmpint (want->role, ==, LAB_ROLE_SWITCH);
  g_assert_cmpstr (want->choice, ==, "b-l2.bin");
}

/* What is chosen of two that serve alike can be started. */
static void
test_best (gpointer *fixture, gconstpointer data)
{
  const ElfPlan loader = { .narrow = TRUE, .interpreter = "/lib/none/ld-linux.so.9" };
  g_autofree char *bad = library_home_write_elf ("a-l3.bin", &loader, "");
  g_autofree char *good = library_home_write_elf ("b-l3.bin", &plan, "");
  g_autoptr (LabImageRecord) first = library_home_add (bad, NULL);
  g_autoptr (LabImageRecord) second = library_home_add (good, NULL);
  g_autoptr (LabLibrary) library = lab_library_load (NULL);
  g_autoptr (GPtrArray) records = lab_library_list (library, LAB_LIBRARY_IDENTIFY, NULL);
  LabImageMatch match;
  LabImageRecord *best =
      lab_library_best_match (records, "mine-l3.bin", NULL, LAB_ROLE_UNKNOWN, &match);

  g_assert_cmpint (match, ==, LAB_MATCH_ROLE);
  g_assert_cmpstr (best->name, ==, "b-l3.bin");
}

/* Adding a file of one's own folder makes a copy: the folder may be a memory stick's. When that is
 * gone, what is missing says so. */
static void
test_stick (gpointer *fixture, gconstpointer data)
{
  g_autofree char *stick = in_root ("stick");
  g_autofree char *away = in_root ("stick-away");
  g_autofree char *one = library_home_write_elf ("stick/one.bin", &plan, "one");
  g_autofree char *two = library_home_write_elf ("stick/two.bin", &plan, "two");
  g_autofree char *found = NULL;
  g_autoptr (LabImageRecord) copied = NULL;
  g_autoptr (LabLibrary) library = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lab_library_add_folder (stick, &error));
  copied = library_home_add (one, NULL);
  g_assert_true (copied->own);
  g_assert_cmpint (g_rename (stick, away), ==, 0);
  library = lab_library_load (&error);
  g_assert_null (lab_library_resolve (library, "two.bin", NULL, &error));
  g_assert_nonnull (strstr (error->message, "/stick of the library is not there now"));
  g_clear_error (&error);
  found = lab_library_resolve (library, "one.bin", NULL, &error);
  g_assert_cmpstr (found, ==, copied->path);
  g_assert_cmpint (g_rename (away, stick), ==, 0);
  g_clear_pointer (&found, g_free);
  found = lab_library_resolve (library, "two.bin", NULL, &error);
  g_assert_cmpstr (found, ==, two);
}

static void
test_addable (gpointer *fixture, gconstpointer data)
{
  g_autofree char *b = library_home_write_elf ("mine/b.bin", &plan, "b");
  g_autofree char *a = library_home_write_elf ("mine/a with a blank.bin", &plan, "a");
  g_autofree char *library = library_home_write_elf ("mine/libcrypto.so.4", &plan, "c");
  g_autofree char *appliance = library_home_write ("mine/a.gns3a", (const guint8 *) "{}", 2);
  g_autofree char *text = library_home_write ("mine/text.bin", (const guint8 *) "hello", 5);
  g_autofree char *garbling = library_home_write_elf ("mine/line\nfeed.bin", &plan, "d");
  g_autofree char *folder = in_root ("mine");
  g_autofree char *sub = in_root ("mine/folder.bin");
  g_autofree char *pipe = in_root ("mine/pipe.bin");
  const char *const wanted[] = { a, b, appliance, NULL };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) found = NULL;

  g_assert_cmpint (g_mkdir (sub, 0700), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  found = lab_library_dup_addable (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (found, wanted);
  g_assert_null (lab_library_dup_addable (sub, &error));
  g_assert_nonnull (strstr (error->message, "There is no image in the folder"));
}

/* A file beside an appliance that is of its name, and not what it names, is left alone. */
static void
test_appliance (gpointer *fixture, gconstpointer data)
{
  static const char text[] =
      "{\"name\": \"a\", \"category\": \"router\", \"iou\": {}, \"images\": [{\"filename\":"
      " \"x.bin\", \"md5sum\": \"0123456789abcdef0123456789abcdef\"}]}";
  g_autofree char *image = library_home_write_elf ("beside/x.bin", &plan, "other");
  g_autofree char *folder = in_root ("beside");
  g_autoptr (GError) error = NULL;
  g_autoptr (LabAppliance) appliance = lab_appliance_parse (text, strlen (text), "x.gns3a", &error);
  g_autoptr (LabLibrary) library = NULL;
  g_autoptr (GPtrArray) records = NULL;
  guint n_added;

  g_assert_false (lab_appliance_install (appliance, folder, &n_added, &error));
  g_assert_nonnull (strstr (error->message, "x.bin (MD5 0123456789abcdef"));
  library = lab_library_load (NULL);
  records = lab_library_list (library, LAB_LIBRARY_IDENTIFY, NULL);
  g_assert_cmpuint (records->len, ==, 0);
}

/* Where a file cannot be made executable, the sentence says what can be done instead. */
static void
test_mode (gpointer *fixture, gconstpointer data)
{
  LabImageRecord record = { .path = (char *) "/proc/version", .name = (char *) "version" };
  g_autoptr (GError) error = NULL;

  g_assert_false (lab_library_fix_mode (&record, &error));
  g_assert_nonnull (strstr (error->message, "add the file to the library"));
}

/* From where nothing may be executed no chmod helps. */
static void
test_noexec (gpointer *fixture, gconstpointer data)
{
  g_autofree char *folder = g_strdup ("/dev/shm/labwright-test-XXXXXX");
  g_autofree char *source = library_home_write_elf ("noexec.bin", &plan, "");
  g_autofree char *target = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (LabLibrary) library = NULL;
  g_autoptr (LabImageRecord) record = NULL;
  struct statvfs place;
  gsize length;

  if (statvfs ("/dev/shm", &place) != 0 || (place.f_flag & ST_NOEXEC) == 0 ||
      g_mkdtemp (folder) == NULL)
    {
      g_test_skip ("/dev/shm is no place from which nothing may be executed");
      return;
    }
  target = g_build_filename (folder, "noexec.bin", NULL);
  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (target, bytes, (gssize) length, NULL));
  g_assert_cmpint (chmod (target, 0700), ==, 0);
  g_assert_true (lab_library_add_folder (folder, NULL));
  library = lab_library_load (NULL);
  record = lab_library_find (library, "noexec.bin", LAB_LIBRARY_LOOK, NULL);
  g_assert_nonnull (record);
  g_assert_cmpint (record->fault, ==, LAB_IMAGE_NOT_EXECUTABLE);
  g_assert_nonnull (strstr (record->fault_text, "labctl image add"));
  g_assert_null (strstr (record->fault_text, "chmod"));
  g_remove (target);
  g_remove (folder);
}

int
main (int argc, char *argv[])
{
  static const LibraryTest tests[] = {
    { "/library/files/growing", test_growing },   { "/library/files/long-name", test_long_name },
    { "/library/files/cut", test_cut },           { "/library/files/gone", test_gone },
    { "/library/files/replaced", test_replaced }, { "/library/files/best", test_best },
    { "/library/files/symbol", test_symbol },     { "/library/files/stick", test_stick },
    { "/library/files/addable", test_addable },   { "/library/files/appliance", test_appliance },
    { "/library/files/mode", test_mode },         { "/library/files/noexec", test_noexec },
  };

  return library_home_run (argc, argv, tests, G_N_ELEMENTS (tests));
}

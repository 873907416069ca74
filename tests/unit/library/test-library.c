/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The image library, in folders of its own. The images are made: ELF headers that cannot run. */

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "library-home.h"

static void
test_guess (gpointer *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    LabImageRole role;
    const char *release;
  } cases[] = {
    { "i86bi-linux-l3-adventerprisek9-15.4.1T.bin", LAB_ROLE_ROUTER, "15.4.1T" },
    { "i86bi-linux-l2-ipbasek9-15.1g.bin", LAB_ROLE_SWITCH, "15.1g" },
    { "i86bi_LinuxL2-AdvEnterpriseK9-M_152_May_2018.bin", LAB_ROLE_SWITCH, "15.2" },
    { "x86_64_crb_linux_l2-adventerprisek9-ms.17.12.1.iol", LAB_ROLE_SWITCH, "17.12.1" },
    { "x86_64_crb_linux-adventerprisek9-ms.bin", LAB_ROLE_UNKNOWN, NULL },
    { "L2-ADVENTERPRISEK9-M-15.2-20150703.bin", LAB_ROLE_SWITCH, "15.2" },
    { "i86bi-linux-l3-adventerprisek9-ms.155-2.T.bin", LAB_ROLE_ROUTER, "15.5.2T" },
    { "i86bi_linux-adventerprisek9-ms.157-3.M2", LAB_ROLE_UNKNOWN, "15.7.3M2" },
    { "i86bi_linux_l2-ipbasek9-ms.SSA.high_iron_20180510.bin", LAB_ROLE_SWITCH, NULL },
    { "i86bi-linux-l3-jk9s-15.0.1.bin", LAB_ROLE_ROUTER, "15.0.1" },
    { "compl2x.bin", LAB_ROLE_UNKNOWN, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *release = lab_image_guess_release (cases[i].name);

      g_assert_cmpint (lab_image_guess_role (cases[i].name), ==, cases[i].role);
      g_assert_cmpstr (release, ==, cases[i].release);
    }
  g_assert_false (lab_image_guess_is_name ("libcrypto.so.4"));
  g_assert_false (lab_image_guess_is_name (".l3.bin.part"));
  g_assert_false (lab_image_guess_is_name ("l3\033[31m.bin"));
  g_assert_true (lab_image_guess_is_name ("l3.soft.bin"));
}

/* The line by which an image names itself lies across two blocks. */
static void
test_content (gpointer *fixture, gconstpointer data)
{
  static const char line[] =
      "Test Software (TESTBI_LINUX_L2-ALL-M), Version 15.2(4.0.55)E, TEST ONLY";
  const ElfPlan plan = { 0 };
  ElfPlaces places;
  g_autoptr (GByteArray) elf = elf_make (&plan, &places);
  guint old = elf->len;
  g_autofree char *path = NULL;
  g_autoptr (LabImageRecord) record = NULL;

  g_byte_array_set_size (elf, 256 * 1024 - 20);
  memset (elf->data + old, 0, elf->len - old);
  g_byte_array_append (elf, (const guint8 *) line, sizeof line);
  path = library_home_write ("noname.bin", elf->data, elf->len);
  record = library_home_add (path, NULL);
  g_assert_cmpint (record->role, ==, LAB_ROLE_SWITCH);
  g_assert_cmpstr (record->release, ==, "15.2(4.0.55)E");
  g_assert_cmpuint (strlen (record->sha256), ==, 64);
  g_assert_cmpuint (strlen (record->md5), ==, 32);
}

static void
test_add (gpointer *fixture, gconstpointer data)
{
  const ElfPlan plan = { 0 };
  g_autofree char *path = library_home_write_elf ("i86bi-linux-l3-15.4.1T.bin", &plan, "a");
  g_autofree char *again = library_home_write_elf ("same.bin", &plan, "a");
  g_autofree char *other = library_home_write_elf ("other/i86bi-linux-l3-15.4.1T.bin", &plan, "b");
  g_autofree char *text = library_home_write ("text.bin", (const guint8 *) "hello", 5);
  g_autoptr (LabImageRecord) record = library_home_add (path, NULL);
  g_autoptr (LabImageRecord) same = NULL;
  g_autoptr (LabImageRecord) taken = NULL;
  g_autoptr (LabImageRecord) renamed = NULL;
  g_autoptr (GError) error = NULL;
  gboolean was_there;

  g_assert_cmpint (record->fault, ==, LAB_IMAGE_GOOD);
  g_assert_true (record->own);
  g_assert_cmpint (access (record->path, X_OK), ==, 0);
  same = lab_library_add (again, NULL, &was_there, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (was_there);
  g_assert_cmpstr (same->name, ==, record->name);

  taken = lab_library_add (other, NULL, &was_there, NULL, NULL, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_null (taken);
  g_clear_error (&error);
  renamed = library_home_add (other, "b.bin");
  g_assert_cmpstr (renamed->name, ==, "b.bin");

  g_assert_null (lab_library_add (text, NULL, &was_there, NULL, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "text.bin"));
  g_clear_error (&error);

  g_assert_true (lab_library_remove (renamed, &error));
  g_assert_false (g_file_test (renamed->path, G_FILE_TEST_EXISTS));
}

static void
test_faults (gpointer *fixture, gconstpointer data)
{
  static const char *const libraries[] = { "libcrypto.so.4", NULL };
  const ElfPlan plan = { 0 };
  const ElfPlan loader = { .narrow = TRUE, .interpreter = "/lib/none/ld-linux.so.9" };
  const ElfPlan needy = { .libraries = libraries };
  const ElfPlan narrow = { .narrow = TRUE };
  g_autofree char *a = library_home_write_elf ("a.bin", &plan, "mode");
  g_autofree char *b = library_home_write_elf ("b.bin", &loader, "");
  g_autofree char *c = library_home_write_elf ("c.bin", &needy, "");
  g_autofree char *wrong = library_home_write_elf ("wrong-crypto", &narrow, "");
  g_autofree char *right = library_home_write_elf ("right-crypto", &plan, "crypto");
  g_autoptr (LabImageRecord) one = library_home_add (a, NULL);
  g_autoptr (LabImageRecord) two = library_home_add (b, NULL);
  g_autoptr (LabImageRecord) three = library_home_add (c, NULL);
  g_autoptr (LabImageRecord) locked = NULL;
  g_autoptr (LabImageRecord) mended = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (chmod (one->path, 0600), ==, 0);
  locked = library_home_find ("a.bin");
  g_assert_cmpint (locked->fault, ==, LAB_IMAGE_NOT_EXECUTABLE);
  g_assert_false (locked->fix_root);
  g_assert_true (g_str_has_prefix (locked->fix, "chmod u+x "));
  g_assert_true (lab_library_fix_mode (locked, &error));
  mended = library_home_find ("a.bin");
  g_assert_cmpint (mended->fault, ==, LAB_IMAGE_GOOD);

  g_assert_cmpint (two->fault, ==, LAB_IMAGE_NO_LOADER);
  g_assert_cmpuint (two->bits, ==, 32);
  g_assert_true (two->fix_root);
  g_assert_cmpstr (two->fix, ==,
                   "dpkg --add-architecture i386 && apt-get update && apt-get install libc6:i386");

  g_assert_cmpint (three->fault, ==, LAB_IMAGE_NO_LIBRARY);
  g_assert_cmpstr (three->missing[0], ==, "libcrypto.so.4");
  g_assert_false (lab_library_add_library (three, "libssl.so.4", right, &error));
  g_clear_error (&error);
  g_assert_false (lab_library_add_library (three, "libcrypto.so.4", wrong, &error));
  g_assert_nonnull (strstr (error->message, "32-bit library"));
  g_clear_error (&error);
  g_assert_true (lab_library_add_library (three, "libcrypto.so.4", right, &error));
  g_clear_pointer (&mended, lab_image_record_unref);
  mended = library_home_find ("c.bin");
  g_assert_cmpint (mended->fault, ==, LAB_IMAGE_GOOD);
}

static void
test_said (gpointer *fixture, gconstpointer data)
{
  const ElfPlan plan = { 0 };
  g_autofree char *path = library_home_write_elf ("said.bin", &plan, "said");
  g_autofree char *file = NULL;
  g_autofree char *text = NULL;
  g_autoptr (LabImageRecord) record = library_home_add (path, NULL);
  g_autoptr (LabImageRecord) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (record->role, ==, LAB_ROLE_ROUTER);
  g_assert_false (record->role_said);
  g_assert_true (lab_library_set_role (record->sha256, LAB_ROLE_SWITCH, &error));
  g_assert_true (lab_library_set_release (record->sha256, "15.9", &error));
  g_assert_true (lab_library_set_notes (record->sha256, "No QinQ.", &error));
  after = library_home_find ("said.bin");
  g_assert_true (after->role_said && after->release_said);
  g_assert_cmpint (after->role, ==, LAB_ROLE_SWITCH);
  g_assert_cmpstr (after->release, ==, "15.9");
  g_assert_cmpstr (after->notes, ==, "No QinQ.");
  g_assert_cmpuint (((LabImageTemplate *) after->templates->pdata[0])->serial, ==, 0);

  /* What we do not know of the file survives; what is no library is never written over. */
  file = lab_library_dup_path ();
  g_assert_true (g_file_set_contents (file, "{\"other\": [1, {\"a\": null}]}", -1, NULL));
  g_assert_true (lab_library_set_notes (record->sha256, "x", &error));
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"other\""));
  g_assert_true (g_file_set_contents (file, "{\"folders\": [", -1, NULL));
  g_assert_false (lab_library_set_notes (record->sha256, "y", &error));
  g_assert_nonnull (strstr (error->message, "left as it is"));
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{\"folders\": [");
}

/* @prompt: (nullable): the only one */
static void
check_prompts (const char *path, const char *name, const char *prompt, LabDialogue wanted)
{
  const char *const prompts[] = { prompt, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (LabLibrary) library = lab_library_load (&error);
  LabDialogue dialogue = LAB_DIALOGUE_DEFAULT;
  g_auto (GStrv) found = NULL;

  g_assert_no_error (error);
  found = lab_library_dup_prompts (library, path, name, &dialogue);
  g_assert_true (g_strv_equal ((const char *const *) found, prompts));
  g_assert_cmpint (dialogue, ==, wanted);
}

static void
test_templates (gpointer *fixture, gconstpointer data)
{
  const ElfPlan plan = { 0 };
  g_autofree char *path = library_home_write_elf ("t.bin", &plan, "t");
  g_autoptr (LabImageRecord) record = library_home_add (path, NULL);
  g_autoptr (LabImageTemplate) big = lab_image_template_new ("Big", LAB_ROLE_ROUTER);
  g_autoptr (LabImageRecord) after = NULL;
  g_autoptr (JsonObject) node = NULL;
  g_autoptr (GError) error = NULL;
  LabImageTemplate *kept;

  big->ethernet = 4;
  big->ram = 1024;
  big->start_config = g_strdup ("hostname %h\n!\nend\n");
  big->prompt = g_strdup ("^%h[>#]$");
  big->dialogue = LAB_DIALOGUE_NO;
  g_assert_true (lab_library_set_template (record, NULL, big, &error));
  after = library_home_find ("t.bin");
  g_assert_cmpuint (after->templates->len, ==, 2);
  kept = lab_image_record_find_template (after, "BIG");
  g_assert_cmpuint (kept->ethernet, ==, 4);
  g_assert_cmpstr (kept->start_config, ==, "hostname %h\n!\nend\n");
  g_assert_cmpstr (kept->prompt, ==, "^%h[>#]$");
  g_assert_cmpint (kept->dialogue, ==, LAB_DIALOGUE_NO);
  node = lab_image_template_to_node (kept, after->name, after->sha256, TRUE);
  g_assert_cmpstr (json_object_get_string_member (node, "template"), ==, "Big");
  g_assert_cmpint (json_object_get_int_member (node, "ram"), ==, 1024);

  check_prompts (after->path, "big", "^%h[>#]$", LAB_DIALOGUE_NO);
  check_prompts (after->path, "t.bin", NULL, LAB_DIALOGUE_LEAVE);
  check_prompts (after->path, "Gone", "^%h[>#]$", LAB_DIALOGUE_NO);
  check_prompts (after->path, NULL, "^%h[>#]$", LAB_DIALOGUE_NO);

  g_assert_false (lab_library_set_template (after, NULL, big, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  big->serial = 13;
  g_assert_false (lab_library_set_template (after, "Big", big, &error));
  g_assert_nonnull (strstr (error->message, "16 at most"));
  g_clear_error (&error);
  big->serial = 0;
  g_free (big->prompt);
  big->prompt = g_strdup ("(");
  g_assert_false (lab_library_set_template (after, "Big", big, &error));
  g_assert_nonnull (strstr (error->message, "regular expression"));
  g_clear_error (&error);
  g_assert_true (lab_library_drop_template (after, "Big", &error));
  g_clear_pointer (&after, lab_image_record_unref);
  after = library_home_find ("t.bin");
  g_assert_cmpuint (after->templates->len, ==, 1);
}

static void
test_folders (gpointer *fixture, gconstpointer data)
{
  const ElfPlan plan = { 0 };
  g_autofree char *eve =
      library_home_write_elf ("eve/addons/iol/bin/i86bi-linux-l2-15.2.bin", &plan, "eve");
  g_autofree char *crypto =
      library_home_write_elf ("eve/addons/iol/lib/libcrypto.so.4", &plan, "crypto");
  g_autofree char *addons = g_build_filename (library_home_root (), "eve", "addons", NULL);
  g_autoptr (LabLibrary) library = NULL;
  g_auto (GStrv) dirs = NULL;
  g_autoptr (LabImageRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *by_hash = NULL;

  g_assert_false (lab_library_add_folder ("/nonexistent/folder", &error));
  g_clear_error (&error);
  g_assert_true (lab_library_add_folder (addons, &error));
  g_assert_true (lab_library_add_folder (addons, &error));
  record = library_home_find ("i86bi-linux-l2-15.2.bin");
  g_assert_false (record->own);
  g_assert_cmpint (record->role, ==, LAB_ROLE_SWITCH);
  g_assert_false (lab_library_remove (record, &error));
  g_clear_error (&error);
  library = lab_library_load (NULL);
  dirs = lab_library_dup_library_dirs (library);
  g_assert_cmpuint (g_strv_length (dirs), ==, 1);
  g_assert_true (g_str_has_suffix (dirs[0], "iol/lib"));

  /* A lab that knows the image by another name. */
  by_hash = lab_library_resolve (library, "other-name.bin", record->sha256, &error);
  g_assert_cmpstr (by_hash, ==, record->path);
  g_assert_null (lab_library_resolve (library, "other-name.bin", NULL, &error));
  g_clear_error (&error);
  g_assert_null (lab_library_resolve (library, "../x", NULL, &error));
  g_clear_error (&error);
  g_assert_true (lab_library_remove_folder (addons, &error));
  g_assert_false (lab_library_remove_folder (addons, &error));
  g_clear_error (&error);
  g_assert_true (lab_library_add_folder (addons, &error));
  g_assert_true (lab_library_remove_folder (record->folder, &error));
  g_assert_true (g_file_test (record->path, G_FILE_TEST_EXISTS));
}

static void
test_match (gpointer *fixture, gconstpointer data)
{
  const ElfPlan plan = { 0 };
  g_autofree char *a = library_home_write_elf ("i86bi-linux-l3-x-15.4.1T.bin", &plan, "a");
  g_autofree char *b = library_home_write_elf ("i86bi-linux-l2-x-15.2d.bin", &plan, "b");
  g_autoptr (LabImageRecord) router = library_home_add (a, NULL);
  g_autoptr (LabImageRecord) fabric = library_home_add (b, NULL);
  g_autoptr (LabLibrary) library = lab_library_load (NULL);
  g_autoptr (GPtrArray) records = lab_library_list (library, LAB_LIBRARY_IDENTIFY, NULL);
  LabImageMatch match;
  LabImageRecord *best;

  g_assert_cmpuint (records->len, ==, 2);
  best = lab_library_best_match (records, "x.bin", fabric->sha256, LAB_ROLE_ROUTER, &match);
  g_assert_cmpint (match, ==, LAB_MATCH_HASH);
  g_assert_cmpstr (best->name, ==, fabric->name);
  best = lab_library_best_match (records, router->name, NULL, LAB_ROLE_UNKNOWN, &match);
  g_assert_cmpint (match, ==, LAB_MATCH_NAME);
  best = lab_library_best_match (records, "my-l3-15.4.1T.bin", NULL, LAB_ROLE_UNKNOWN, &match);
  g_assert_cmpint (match, ==, LAB_MATCH_RELEASE);
  g_assert_cmpstr (best->name, ==, router->name);
  best = lab_library_best_match (records, "l2.bin", NULL, LAB_ROLE_UNKNOWN, &match);
  g_assert_cmpint (match, ==, LAB_MATCH_ROLE);
  g_assert_cmpstr (best->name, ==, fabric->name);
  g_assert_null (lab_library_best_match (records, "x.bin", NULL, LAB_ROLE_HOST, &match));
}

int
main (int argc, char *argv[])
{
  static const LibraryTest tests[] = {
    { "/library/guess", test_guess },     { "/library/content", test_content },
    { "/library/add", test_add },         { "/library/faults", test_faults },
    { "/library/said", test_said },       { "/library/templates", test_templates },
    { "/library/folders", test_folders }, { "/library/match", test_match },
  };

  return library_home_run (argc, argv, tests, G_N_ELEMENTS (tests));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folder of configurations: whose file is whose, what would happen with each, what is written. */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "iou-nvram.h"

#include "lab-config-folder.h"
#include "lab-saved-nvram.h"
#include "lab-saved-vlans.h"
#include "late-writer.h"

typedef struct
{
  char *root;
  char *folder;
  GPtrArray *nodes;
  GPtrArray *items; /* (nullable): of the last scan */
} Fixture;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = g_dir_make_tmp ("test-config-folder-XXXXXX", NULL);
  fixture->folder = g_build_filename (fixture->root, "day1", NULL);
  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  fixture->nodes = lab_config_nodes_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->root);
  g_assert_false (g_file_test (fixture->root, G_FILE_TEST_EXISTS));
  g_clear_pointer (&fixture->items, g_ptr_array_unref);
  g_ptr_array_unref (fixture->nodes);
  g_free (fixture->folder);
  g_free (fixture->root);
}

static char *
work_of (Fixture *fixture, guint id)
{
  return g_strdup_printf ("%s/%u", fixture->root, id);
}

static void
add_node (Fixture *fixture, const char *name, guint size_kb)
{
  guint id = fixture->nodes->len + 1;
  g_autofree char *work = work_of (fixture, id);

  g_assert_cmpint (g_mkdir (work, 0700), ==, 0);
  lab_config_nodes_add (fixture->nodes, name, work, id, size_kb);
}

static void
add_routers (Fixture *fixture, guint n)
{
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *name = g_strdup_printf ("R%u", i);

      add_node (fixture, name, 0);
    }
}

static void
save (Fixture *fixture, guint id, const char *text)
{
  g_autofree char *work = work_of (fixture, id);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  lab_saved_write_nvram (work, id, 0, bytes, &error);
  g_assert_no_error (error);
}

static void
save_vlans (Fixture *fixture, guint id, const char *data)
{
  g_autofree char *work = work_of (fixture, id);
  g_autoptr (GBytes) bytes = g_bytes_new (data, strlen (data));

  g_assert_true (lab_saved_write_vlans (work, id, bytes, NULL));
}

static void
write_data (Fixture *fixture, const char *name, const char *data, gssize length)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, length, NULL));
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  write_data (fixture, name, text, -1);
}

static char *
read_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* @...: pairs of file and node, NULL */
static void
scan (Fixture *fixture, ...)
{
  g_autoptr (GHashTable) chosen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  const char *file;
  va_list args;

  va_start (args, fixture);
  while ((file = va_arg (args, const char *)) != NULL)
    g_hash_table_insert (chosen, (char *) file, va_arg (args, char *));
  va_end (args);
  g_clear_pointer (&fixture->items, g_ptr_array_unref);
  fixture->items = lab_config_folder_scan (fixture->folder, fixture->nodes,
                                           g_hash_table_size (chosen) > 0 ? chosen : NULL, &error);
  g_assert_no_error (error);
}

/* Of a file; of a node without one. */
static const LabConfigItem *
find (Fixture *fixture, const char *file, const char *node)
{
  for (guint i = 0; i < fixture->items->len; i++)
    {
      const LabConfigItem *item = fixture->items->pdata[i];

      if (g_strcmp0 (item->file, file) == 0 && (file != NULL || g_str_equal (item->node, node)))
        return item;
    }
  g_error ("no row of %s, %s", file, node);
}

static void
assert_item (Fixture *fixture, const char *file, const char *node, LabConfigFate fate)
{
  const LabConfigItem *item = find (fixture, file, node);

  g_assert_cmpstr (item->node, ==, node);
  g_assert_cmpint (item->fate, ==, fate);
  g_assert_cmpuint (strlen (lab_config_item_describe (item)), >, 0);
}

static void
assert_bytes (GBytes *bytes, const char *wanted)
{
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), wanted,
                   strlen (wanted));
}

/* --- names --- */

static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const whole[] = {
    "R1.cfg",   "R1.txt", "R1.conf", "R1_startup-config.cfg", "R1-startup-config.cfg",
    "R1-confg", "R1",
  };
  static const char *const none[] = {
    "R11.cfg", "R1.cfg.bak", "xR1.cfg", "R1.vlan.dat", "", ".cfg", "R1.CFG",
  };
  g_autofree char *path = lab_config_folder_path ("/tmp", "a/b");
  g_autofree char *hidden = lab_config_folder_path ("/tmp", ".R1");

  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    g_assert_cmpuint (lab_config_match_name (whole[i], "R1"), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_cmpuint (lab_config_match_name (none[i], "R1"), ==, 0);
  g_assert_cmpuint (lab_config_match_name ("r1.cfg", "R1"), ==, 1);
  g_assert_cmpuint (lab_config_match_name ("STRASSE.cfg", "straße"), ==, 1);
  g_assert_cmpuint (lab_config_match_name ("\xff.cfg", "R1"), ==, 0);
  g_assert_cmpuint (lab_config_match_name ("a_b.cfg", "a/b"), ==, 2);
  g_assert_cmpstr (path, ==, "/tmp/a_b.cfg");
  g_assert_cmpstr (hidden, ==, "/tmp/_R1.cfg");
}

/* Upper and lower case count if that tells two apart; what fits two equally well fits none. */
static void
test_case (Fixture *fixture, gconstpointer data)
{
  add_node (fixture, "Core", 0);
  add_node (fixture, "CORE", 0);
  write_file (fixture, "Core.cfg", "hostname one\n");
  write_file (fixture, "CORE.cfg", "hostname two\n");
  write_file (fixture, "core.cfg", "hostname three\n");
  scan (fixture, NULL);
  assert_item (fixture, "Core.cfg", "Core", LAB_CONFIG_NEW);
  assert_item (fixture, "CORE.cfg", "CORE", LAB_CONFIG_NEW);
  assert_item (fixture, "core.cfg", NULL, LAB_CONFIG_NO_NODE);
}

/* Nodes called like the files of others: what was written comes back to whom it is from. */
static void
test_alike (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "R1", "R1.cfg", "R1_startup-config", "R1.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_node (fixture, names[i], 0);
  for (guint i = 1; i <= G_N_ELEMENTS (names); i++)
    save (fixture, i, names[i - 1]);
  g_assert_cmpint (lab_config_folder_write (fixture->folder, fixture->nodes, NULL), ==, 4);
  scan (fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_strconcat (names[i], ".cfg", NULL);

      assert_item (fixture, file, names[i], LAB_CONFIG_SAME);
    }
}

/* --- what would happen --- */

static void
test_fates (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sub = g_build_filename (fixture->folder, "R2.cfg", NULL);
  const LabConfigItem *item;

  add_routers (fixture, 7);
  save (fixture, 1, "hostname one\nend\n");
  save (fixture, 3, "hostname three\n");
  save (fixture, 7, "hostname seven\n");
  write_file (fixture, "R1.cfg", "hostname one\r\nend\r\n\r\n");
  g_assert_cmpint (g_mkdir (sub, 0700), ==, 0);
  write_file (fixture, ".R2.cfg", "hostname hidden\n");
  write_file (fixture, "R3.cfg", "hostname other");
  write_file (fixture, "R3.txt", "hostname late\n");
  write_file (fixture, "r4.conf", "hostname four\n");
  write_data (fixture, "R5.cfg", "no\0text", 7);
  write_file (fixture, "R6.cfg", "");
  write_file (fixture, "README.md", "hello\n");
  scan (fixture, NULL);

  assert_item (fixture, "R1.cfg", "R1", LAB_CONFIG_SAME);
  assert_item (fixture, "R3.cfg", "R3", LAB_CONFIG_REPLACES);
  assert_item (fixture, "R3.txt", "R3", LAB_CONFIG_TAKEN);
  assert_item (fixture, "r4.conf", "R4", LAB_CONFIG_NEW);
  assert_item (fixture, "R5.cfg", "R5", LAB_CONFIG_NO_TEXT);
  assert_item (fixture, "R6.cfg", "R6", LAB_CONFIG_NO_TEXT);
  assert_item (fixture, "README.md", NULL, LAB_CONFIG_NO_NODE);
  assert_item (fixture, NULL, "R2", LAB_CONFIG_NO_FILE);
  assert_item (fixture, NULL, "R7", LAB_CONFIG_NO_FILE);
  g_assert_cmpuint (fixture->items->len, ==, 9);

  item = find (fixture, "R3.cfg", NULL);
  assert_bytes (item->text, "hostname other");
  g_assert_cmpuint (lab_config_count_lines (item->text), ==, 1);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (item->now, NULL), "hostname three\n"));
  g_assert_true (lab_config_item_loads (item));
  g_assert_false (lab_config_item_loads (find (fixture, "R3.txt", NULL)));
  item = find (fixture, "R1.cfg", NULL);
  assert_bytes (item->text, "hostname one\nend\n\n");
  g_assert_cmpuint (lab_config_count_lines (item->text), ==, 3);
  g_assert_cmpuint (lab_config_count_lines (NULL), ==, 0);
}

static void
test_room (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (16 * 1024, '!');
  g_autofree char *huge = g_strnfill (LAB_CONFIG_FOLDER_MAX_TEXT + 1, '!');

  add_node (fixture, "small", 8);
  add_node (fixture, "large", 64);
  add_node (fixture, "huge", 1024);
  write_file (fixture, "small.cfg", large);
  write_file (fixture, "large.cfg", large);
  write_file (fixture, "huge.cfg", huge);
  scan (fixture, NULL);
  assert_item (fixture, "small.cfg", "small", LAB_CONFIG_NO_ROOM);
  assert_item (fixture, "large.cfg", "large", LAB_CONFIG_NEW);
  assert_item (fixture, "huge.cfg", "huge", LAB_CONFIG_NO_TEXT);
  g_assert_false (lab_config_item_loads (find (fixture, "small.cfg", NULL)));
}

static void
test_vlans (Fixture *fixture, gconstpointer data)
{
  add_routers (fixture, 3);
  write_file (fixture, "R1.cfg", "hostname one\n");
  write_file (fixture, "R1.vlan.dat", "VLANS");
  write_file (fixture, "R2.vlan.dat", "ALONE");
  write_file (fixture, "other.vlan.dat", "NOBODY");
  scan (fixture, NULL);
  assert_item (fixture, "R1.cfg", "R1", LAB_CONFIG_NEW);
  assert_bytes (find (fixture, "R1.cfg", NULL)->vlans, "VLANS");
  assert_item (fixture, "R2.vlan.dat", "R2", LAB_CONFIG_ALONE);
  assert_item (fixture, "other.vlan.dat", NULL, LAB_CONFIG_NO_NODE);
  assert_item (fixture, NULL, "R2", LAB_CONFIG_NO_FILE);
  assert_item (fixture, NULL, "R3", LAB_CONFIG_NO_FILE);
}

/* As people count, and those of no file at the end. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  static const char *const wanted[] = { "R1.cfg", "R2.cfg", "R10.cfg", "R11.txt" };

  add_routers (fixture, 12);
  for (guint i = G_N_ELEMENTS (wanted); i > 0; i--)
    write_file (fixture, wanted[i - 1], "hostname x\n");
  scan (fixture, NULL);
  g_assert_cmpuint (fixture->items->len, ==, 12);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_cmpstr (((LabConfigItem *) fixture->items->pdata[i])->file, ==, wanted[i]);
  g_assert_cmpstr (((LabConfigItem *) fixture->items->pdata[4])->node, ==, "R3");
}

/* A person knows better than a name. */
static void
test_chosen (Fixture *fixture, gconstpointer data)
{
  add_routers (fixture, 3);
  write_file (fixture, "R1.cfg", "hostname one\n");
  write_file (fixture, "R2.cfg", "hostname two\n");
  write_file (fixture, "R2.txt", "hostname text\n");
  write_file (fixture, "spine.cfg", "hostname spine\n");
  write_file (fixture, "spine.vlan.dat", "VLANS");

  scan (fixture, "spine.cfg", "R3", NULL);
  assert_item (fixture, "spine.cfg", "R3", LAB_CONFIG_NEW);
  assert_bytes (find (fixture, "spine.cfg", NULL)->vlans, "VLANS");
  g_assert_cmpuint (fixture->items->len, ==, 4);

  /* Before the one whose name fits, though that comes earlier. */
  scan (fixture, "spine.cfg", "R1", NULL);
  assert_item (fixture, "spine.cfg", "R1", LAB_CONFIG_NEW);
  assert_item (fixture, "R1.cfg", "R1", LAB_CONFIG_TAKEN);

  /* One that is for nobody leaves its place to the next; its VLANs stay away, too. */
  write_file (fixture, "R2.vlan.dat", "TWO");
  scan (fixture, "R2.cfg", "", "R1.cfg", "gone", NULL);
  assert_item (fixture, "R2.cfg", NULL, LAB_CONFIG_NO_NODE);
  assert_item (fixture, "R2.txt", "R2", LAB_CONFIG_NEW);
  assert_item (fixture, "R1.cfg", NULL, LAB_CONFIG_NO_NODE);
  assert_item (fixture, "R2.vlan.dat", NULL, LAB_CONFIG_NO_NODE);

  scan (fixture, "R2.vlan.dat", "R1", NULL);
  assert_bytes (find (fixture, "R1.cfg", NULL)->vlans, "TWO");
  g_assert_null (find (fixture, "R2.cfg", NULL)->vlans);
}

/* As other systems write them, in a large file, too; a carriage return of its own stays. */
static void
test_line_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("hostname one\r\na\rb\r\n");
  g_autoptr (GString) wanted = g_string_new ("hostname one\na\rb\n");

  add_node (fixture, "R1", 1024);
  for (guint i = 0; i < 100000; i++)
    {
      g_string_append (text, "!\r\n");
      g_string_append (wanted, "!\n");
    }
  g_string_append (text, "end\r");
  g_string_append (wanted, "end\r");
  write_file (fixture, "R1.cfg", text->str);
  scan (fixture, NULL);
  assert_item (fixture, "R1.cfg", "R1", LAB_CONFIG_NEW);
  assert_bytes (find (fixture, "R1.cfg", NULL)->text, wanted->str);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->root, "nowhere", NULL);
  g_autoptr (GError) error = NULL;

  add_routers (fixture, 1);
  g_assert_null (lab_config_folder_scan (missing, fixture->nodes, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* --- writing --- */

static void
assert_old (Fixture *fixture, guint n, const char *wanted)
{
  guint count = 0;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names =
      lab_config_folder_find_old (fixture->folder, fixture->nodes, &count, &error);
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  joined = g_strjoinv (" ", names);
  g_assert_cmpuint (count, ==, n);
  g_assert_cmpstr (joined, ==, wanted);
}

static void
write_all (Fixture *fixture, int n)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (lab_config_folder_write (fixture->folder, fixture->nodes, &error), ==, n);
  g_assert_no_error (error);
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = NULL;
  g_autofree char *vlans = NULL;

  add_routers (fixture, 4);
  save (fixture, 1, "hostname one\n");
  save (fixture, 2, "hostname two\n");
  save_vlans (fixture, 2, "VLANS");
  save_vlans (fixture, 3, "ONLY");
  write_file (fixture, "R1.cfg", "hostname old\n");
  write_file (fixture, "R4.cfg", "hostname four\n");
  write_file (fixture, "notes.txt", "mine\n");
  assert_old (fixture, 2, "R1.cfg");
  write_all (fixture, 2);
  assert_old (fixture, 2, "");
  other = read_file (fixture, "R4.cfg");
  g_assert_cmpstr (other, ==, "hostname four\n");
  vlans = read_file (fixture, "R3.vlan.dat");
  g_assert_cmpstr (vlans, ==, "ONLY");

  /* Back again nothing would change. */
  scan (fixture, NULL);
  assert_item (fixture, "R1.cfg", "R1", LAB_CONFIG_SAME);
  assert_item (fixture, "R2.cfg", "R2", LAB_CONFIG_SAME);
  assert_bytes (find (fixture, "R2.cfg", NULL)->vlans, "VLANS");
  save (fixture, 2, "hostname changed\n");
  assert_old (fixture, 2, "R2.cfg");
}

/* What a device is just writing is waited for. */
static void
test_half_written (Fixture *fixture, gconstpointer data)
{
  LateWriter *writer;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  add_routers (fixture, 1);
  save (fixture, 1, "hostname one\n");
  path = iou_nvram_path (((LabConfigNode *) fixture->nodes->pdata[0])->work, 1);
  writer = late_writer_start (path);
  write_all (fixture, 1);
  late_writer_join (writer);
  text = read_file (fixture, "R1.cfg");
  g_assert_true (g_str_has_prefix (text, "hostname one\n"));
}

/* Two nodes that would have one file: said while nothing has been written. */
static void
test_clash (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  add_node (fixture, "a/b", 0);
  add_node (fixture, "a_b", 0);
  save (fixture, 1, "hostname one\n");
  save (fixture, 2, "hostname two\n");
  g_assert_null (lab_config_folder_find_old (fixture->folder, fixture->nodes, &n, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME);
  g_clear_error (&error);
  g_assert_cmpint (lab_config_folder_write (fixture->folder, fixture->nodes, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME);
  text = read_file (fixture, "a_b.cfg");
  g_assert_null (text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/configs/folder/names", test_names);
  ADD ("/configs/folder/case", test_case);
  ADD ("/configs/folder/fates", test_fates);
  ADD ("/configs/folder/room", test_room);
  ADD ("/configs/folder/vlans", test_vlans);
  ADD ("/configs/folder/order", test_order);
  ADD ("/configs/folder/chosen", test_chosen);
  ADD ("/configs/folder/line-ends", test_line_ends);
  ADD ("/configs/folder/missing", test_missing);
  ADD ("/configs/folder/alike", test_alike);
  ADD ("/configs/folder/write", test_write);
  ADD ("/configs/folder/half-written", test_half_written);
  ADD ("/configs/folder/clash", test_clash);
#undef ADD
  return g_test_run ();
}

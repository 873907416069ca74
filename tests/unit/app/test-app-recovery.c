/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recovery copies: written, found when their window is gone, not found while it lives. */

#include "config.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "lab-file.h"
#include "lab-recovery.h"

typedef struct
{
  char *root;
  LabTopology *topology;
  GAsyncResult *result;
} Fixture;

static int
remove_cb (const char *path, const struct stat *st, int type, struct FTW *ftw)
{
  return remove (path);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->root = g_dir_make_tmp ("labwright-recovery-XXXXXX", NULL);
  g_setenv ("LABWRIGHT_STATE_DIR", fixture->root, TRUE);
  fixture->topology = lab_topology_new ("Mine");
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  nftw (fixture->root, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
  g_free (fixture->root);
  g_object_unref (fixture->topology);
  g_assert_null (fixture->result);
}

static void
done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  ((Fixture *) user_data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_result (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_steal_pointer (&fixture->result);
}

static void
write_copy (Fixture *fixture, LabRecoveryWriter *writer, const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LabStamp stamp = { 1, 2, 3, 4 };
  gsize length;
  char *text = lab_file_to_string (fixture->topology, &length);

  lab_recovery_writer_write_async (writer, lab_topology_get_uuid (fixture->topology), text, length,
                                   path, &stamp, "Mine", done_cb, fixture);
  result = wait_result (fixture);
  lab_recovery_writer_write_finish (writer, result, &error);
  g_assert_no_error (error);
}

/* A thread that has answered may hold its last reference a moment longer. */
static void
end_window (LabRecoveryWriter *writer)
{
  gpointer alive = writer;

  g_object_add_weak_pointer (G_OBJECT (writer), &alive);
  g_object_unref (writer);
  while (*(gpointer volatile *) &alive != NULL)
    g_usleep (1000);
}

static GPtrArray *
list (Fixture *fixture, const char *uuid)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_recovery_list_async (uuid, NULL, done_cb, fixture);
  result = wait_result (fixture);

  return lab_recovery_list_finish (result, NULL);
}

static guint
count (Fixture *fixture)
{
  g_autoptr (GPtrArray) copies = list (fixture, NULL);

  return copies->len;
}

static void
test_life (Fixture *fixture, gconstpointer unused)
{
  LabRecoveryWriter *writer = lab_recovery_writer_new ();
  const char *uuid = lab_topology_get_uuid (fixture->topology);
  g_autofree char *strange = g_filename_from_utf8 ("/tmp/my lab/ä\".lab", -1, NULL, NULL, NULL);
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (LabTopology) read = NULL;
  LabRecovery *copy;

  g_assert_cmpuint (count (fixture), ==, 0);
  write_copy (fixture, writer, strange);
  write_copy (fixture, writer, strange);
  g_assert_cmpuint (count (fixture), ==, 0); /* its window lives */
  end_window (writer);

  copies = list (fixture, uuid);
  g_assert_cmpuint (copies->len, ==, 1);
  copy = g_ptr_array_index (copies, 0);
  g_assert_cmpstr (lab_recovery_get_uuid (copy), ==, uuid);
  g_assert_cmpstr (lab_recovery_get_path (copy), ==, strange);
  g_assert_cmpstr (lab_recovery_get_title (copy), ==, "Mine");
  g_assert_cmpint (lab_recovery_get_stamp (copy)->mtime, ==, 4);
  g_assert_cmpint (ABS (lab_recovery_get_time (copy) - g_get_real_time () / G_USEC_PER_SEC), <, 60);
  read = lab_file_load (lab_recovery_get_copy_path (copy), NULL);
  g_assert_cmpstr (lab_topology_get_uuid (read), ==, uuid);
  others = list (fixture, "00000000-0000-0000-0000-000000000000");
  g_assert_cmpuint (others->len, ==, 0);

  lab_recovery_discard (copy);
  while (g_file_test (lab_recovery_get_copy_path (copy), G_FILE_TEST_EXISTS))
    g_usleep (1000);
}

static void
test_remove (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (LabRecoveryWriter) writer = lab_recovery_writer_new ();
  g_autofree char *folder = g_build_filename (fixture->root, "recovery", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GDir) dir = NULL;

  write_copy (fixture, writer, NULL);
  lab_recovery_writer_remove_async (writer, done_cb, fixture);
  result = wait_result (fixture);
  g_assert_true (lab_recovery_writer_remove_finish (writer, result, NULL));
  dir = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir)); /* no lock stays behind either */
}

/* A window never writes over a copy that is not its own. */
static void
test_two_windows (Fixture *fixture, gconstpointer unused)
{
  LabRecoveryWriter *first = lab_recovery_writer_new ();
  LabRecoveryWriter *second = lab_recovery_writer_new ();
  LabRecoveryWriter *third = NULL;

  write_copy (fixture, first, "/a.lab");
  write_copy (fixture, second, "/b.lab");
  end_window (first);
  g_assert_cmpuint (count (fixture), ==, 1);
  third = lab_recovery_writer_new ();
  write_copy (fixture, third, "/c.lab");
  end_window (second);
  g_assert_cmpuint (count (fixture), ==, 2);
  end_window (third);
  g_assert_cmpuint (count (fixture), ==, 3);
}

/* What else lies there is not ours, and a copy without its description is still one. */
static void
test_litter (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "note.lab", "x.json",
                                       "ABCDEF01-89ab-cdef-0123-456789abcdef.lab",
                                       "01234567-89ab-cdef-0123-456789abcdef.x.lab" };
  LabRecoveryWriter *writer = lab_recovery_writer_new ();
  g_autoptr (GPtrArray) copies = NULL;
  g_autofree char *json = NULL;

  write_copy (fixture, writer, "/a.lab");
  end_window (writer);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->root, "recovery", names[i], NULL);

      g_assert_true (g_file_set_contents (path, "{}", -1, NULL));
    }
  json = g_strdup_printf ("%s/recovery/%s.json", fixture->root,
                          lab_topology_get_uuid (fixture->topology));
  g_assert_true (g_file_set_contents (json, "[1, {\"uri\":3}", -1, NULL));
  copies = list (fixture, NULL);
  g_assert_cmpuint (copies->len, ==, 1);
  g_assert_null (lab_recovery_get_path (g_ptr_array_index (copies, 0)));
  g_assert_cmpstr (lab_recovery_get_title (g_ptr_array_index (copies, 0)), ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/app/recovery/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("life", test_life);
  ADD ("remove", test_remove);
  ADD ("two-windows", test_two_windows);
  ADD ("litter", test_litter);

  return g_test_run ();
}

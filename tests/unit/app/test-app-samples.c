/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The samples are found, and a copy of one is a lab of its own. */

#include "config.h"

#include "lab-samples.h"

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static char *
labs_folder (void)
{
  return g_build_filename (g_getenv ("LABWRIGHT_SOURCE_DIR"), "data", "labs", NULL);
}

static LabSample *
find_sample (GPtrArray *samples, const char *title)
{
  for (guint i = 0; i < samples->len; i++)
    {
      LabSample *sample = g_ptr_array_index (samples, i);

      if (g_str_equal (sample->title, title))
        return sample;
    }
  return NULL;
}

static void
test_list (void)
{
  g_autofree char *folder = labs_folder ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  LabSample *campus;
  LabSample *first;

  lab_samples_list_async (folder, NULL, done_cb, &result);
  samples = lab_samples_list_finish (wait_for (&result), NULL);
  g_assert_nonnull (samples);
  g_assert_cmpuint (samples->len, >=, 2);
  campus = find_sample (samples, "Campus");
  g_assert_nonnull (campus);
  g_assert_cmpstr (campus->summary, ==, "12 devices, 11 links");
  first = g_ptr_array_index (samples, 0);
  g_assert_cmpint (g_utf8_collate (first->title, "Campus"), <=, 0);
}

static void
test_no_folder (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) samples = NULL;

  lab_samples_list_async ("/nonexistent", NULL, done_cb, &result);
  samples = lab_samples_list_finish (wait_for (&result), NULL);
  g_assert_nonnull (samples);
  g_assert_cmpuint (samples->len, ==, 0);
}

static LabSession *
copy (const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_sample_copy_async (path, NULL, done_cb, &result);

  return lab_sample_copy_finish (wait_for (&result), error);
}

static void
test_copy (void)
{
  g_autofree char *folder = labs_folder ();
  g_autofree char *path = g_build_filename (folder, "campus.lab", NULL);
  g_autoptr (LabSession) one = copy (path, NULL);
  g_autoptr (LabSession) other = copy (path, NULL);

  g_assert_nonnull (one);
  g_assert_nonnull (other);
  g_assert_null (lab_session_get_path (one));
  g_assert_cmpstr (lab_session_get_title (one), ==, "Campus");
  g_assert_cmpuint (
      g_list_model_get_n_items (lab_topology_get_nodes (lab_session_get_topology (one))), ==, 12);
  g_assert_cmpstr (lab_topology_get_uuid (lab_session_get_topology (one)), !=,
                   lab_topology_get_uuid (lab_session_get_topology (other)));
}

static void
test_copy_of_nothing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabSession) session = copy ("/nonexistent.lab", &error);

  g_assert_null (session);
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/samples/list", test_list);
  g_test_add_func ("/app/samples/no-folder", test_no_folder);
  g_test_add_func ("/app/samples/copy", test_copy);
  g_test_add_func ("/app/samples/copy-of-nothing", test_copy_of_nothing);

  return g_test_run ();
}

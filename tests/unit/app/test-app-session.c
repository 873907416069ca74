/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session without an engine: edits, what is said of them, what counts as modified. With an
 * engine: tests/e2e. */

#include "config.h"

#include <string.h>

#include "lab-file.h"
#include "lab-session.h"

static const char *const sample =
    "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"01234567-89ab-cdef-0123-456789abcdef\","
    "\"name\":\"\",\"nodes\":["
    "{\"name\":\"R1\",\"kind\":\"iou\",\"image\":{\"name\":\"i\"}},"
    "{\"name\":\"R2\",\"kind\":\"iou\",\"image\":{\"name\":\"i\"}},"
    "{\"name\":\"SW\",\"kind\":\"hub\",\"ports\":4}],"
    "\"links\":[{\"a\":{\"node\":\"R1\",\"port\":\"e0/0\"},\"b\":{\"node\":\"R2\",\"port\":\"e0/"
    "0\"}},"
    "{\"a\":{\"node\":\"R2\",\"port\":\"e0/1\"},\"b\":{\"node\":\"SW\",\"port\":\"e0\"}}],"
    "\"drawings\":[{\"kind\":\"text\",\"text\":[\"note\"]}],"
    "\"checks\":[{\"name\":\"c\",\"node\":\"R2\",\"send\":\"\",\"expect\":\"x\"}]}";

typedef struct
{
  LabTopology *topology;
  LabSession *session;
  char *said;
  guint n_modified;
} Fixture;

static void
message_cb (LabSession *session, guint kind, const char *text, const char *detail, Fixture *fixture)
{
  g_free (fixture->said);
  fixture->said = g_strdup_printf ("%u %s", kind, text);
}

static void
modified_cb (Fixture *fixture)
{
  fixture->n_modified++;
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->topology = lab_file_parse (sample, strlen (sample), NULL, &error);
  g_assert_no_error (error);
  fixture->session = lab_session_new (fixture->topology, NULL);
  g_signal_connect (fixture->session, "message", G_CALLBACK (message_cb), fixture);
  g_signal_connect_swapped (fixture->session, "notify::modified", G_CALLBACK (modified_cb),
                            fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->session));
  g_assert_finalize_object (g_steal_pointer (&fixture->topology));
  g_clear_pointer (&fixture->said, g_free);
}

static void
test_facts (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonNode) name = json_from_string ("\"Mine\"", NULL);
  LabHistory *history = lab_session_get_history (fixture->session);

  g_assert_cmpstr (lab_session_get_title (fixture->session), ==, "Untitled Lab");
  g_assert_null (lab_session_get_path (fixture->session));
  g_assert_null (lab_session_get_client (fixture->session));
  g_assert_cmpuint (lab_session_get_n_devices (fixture->session), ==, 2);
  g_assert_cmpuint (lab_session_get_n_running (fixture->session), ==, 0);
  g_assert_false (lab_session_get_busy (fixture->session));
  g_assert_false (lab_session_get_modified (fixture->session));

  g_assert_true (lab_session_apply (fixture->session, lab_edit_new_set_lab ("name", name)));
  g_assert_cmpstr (lab_session_get_title (fixture->session), ==, "Mine");
  g_assert_true (lab_session_get_modified (fixture->session));
  g_assert_true (lab_history_undo (history));
  g_assert_false (lab_session_get_modified (fixture->session));
  g_assert_cmpuint (fixture->n_modified, ==, 2);
  g_assert_null (fixture->said);
}

/* A node, a link of it, another link and a drawing: one step, with everything that hangs on them.
 */
static void
test_delete (Fixture *fixture, gconstpointer unused)
{
  LabHistory *history = lab_session_get_history (fixture->session);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (LabDrawing) drawing =
      g_list_model_get_item (lab_topology_get_drawings (fixture->topology), 0);
  g_autofree char *before = lab_file_to_string (fixture->topology, NULL);
  g_autofree char *after = NULL;

  g_ptr_array_add (items, lab_topology_find_node (fixture->topology, "R2"));
  g_ptr_array_add (items, lab_topology_find_link (fixture->topology, "R1", "e0/0"));
  g_ptr_array_add (items, drawing);
  lab_session_delete (fixture->session, items);
  g_assert_cmpstr (fixture->said, ==, "1 3 items deleted");
  g_assert_cmpstr (lab_history_get_undo_label (history), ==, "Delete 3 items");
  g_assert_null (lab_topology_find_node (fixture->topology, "R2"));
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (fixture->topology)), ==, 0);
  g_assert_cmpuint (lab_session_get_n_devices (fixture->session), ==, 1);
  g_assert_true (lab_history_undo (history));
  g_assert_false (lab_history_can_undo (history));
  after = lab_file_to_string (fixture->topology, NULL);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (lab_session_get_n_devices (fixture->session), ==, 2);
}

static void
test_delete_one (Fixture *fixture, gconstpointer unused)
{
  LabHistory *history = lab_session_get_history (fixture->session);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  lab_session_delete (fixture->session, items);
  g_assert_null (fixture->said);
  g_ptr_array_add (items, lab_topology_find_link (fixture->topology, "R1", "e0/0"));
  lab_session_delete (fixture->session, items);
  g_assert_cmpstr (fixture->said, ==, "1 Link R1 e0/0 – R2 e0/0 deleted");
  g_assert_cmpstr (lab_history_get_undo_label (history), ==, "Delete link R1 e0/0 – R2 e0/0");
  g_ptr_array_set_size (items, 0);
  g_ptr_array_add (items, lab_topology_find_node (fixture->topology, "SW"));
  lab_session_delete (fixture->session, items);
  g_assert_cmpstr (fixture->said, ==, "1 SW deleted");
}

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  g_assert_false (lab_session_apply (fixture->session, lab_edit_new_rename_node ("R1", "R2")));
  g_assert_cmpstr (fixture->said, ==, "2 There is a device “R2” already; choose another name.");
  g_assert_false (lab_session_get_modified (fixture->session));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/app/session/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("facts", test_facts);
  ADD ("delete", test_delete);
  ADD ("delete-one", test_delete_one);
  ADD ("refused", test_refused);

  return g_test_run ();
}

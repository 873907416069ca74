/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copying and pasting, and what is said to a clipboard that holds something else. */

#include "config.h"

#include <string.h>

#include "lab-clipping.h"
#include "lab-file.h"

typedef struct
{
  LabTopology *topology;
  LabHistory *history;
} Fixture;

static const char *const sample =
    "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"01234567-89ab-cdef-0123-456789abcdef\","
    "\"name\":\"n\",\"nodes\":["
    "{\"name\":\"R1\",\"id\":5,\"kind\":\"iou\",\"x\":10,\"y\":20,\"image\":{\"name\":\"i\"},"
    "\"template\":\"Border\",\"start\":[\"hostname %h\"],\"own\":{\"a\":1}},"
    "{\"name\":\"R2\",\"kind\":\"iou\",\"x\":110,\"y\":20,\"image\":{\"name\":\"i\"}},"
    "{\"name\":\"SW\",\"kind\":\"hub\",\"ports\":4}],"
    "\"links\":[{\"a\":{\"node\":\"R1\",\"port\":\"e0/0\"},\"b\":{\"node\":\"R2\",\"port\":\"e0/"
    "0\"},"
    "\"plugged\":false},{\"a\":{\"node\":\"R2\",\"port\":\"e0/"
    "1\"},\"b\":{\"node\":\"SW\",\"port\":\"e0\"}}],"
    "\"drawings\":[{\"id\":3,\"kind\":\"rectangle\",\"x\":0,\"y\":0,\"width\":40,\"height\":60}]}";

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->topology = lab_file_parse (sample, strlen (sample), NULL, &error);
  g_assert_no_error (error);
  fixture->history = lab_history_new (fixture->topology);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_clear_object (&fixture->history);
  g_assert_finalize_object (g_steal_pointer (&fixture->topology));
}

static LabClipping *
copy (Fixture *fixture, const char *const *names, gboolean with_drawing, GHashTable *configs)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (items, g_object_ref (lab_topology_find_node (fixture->topology, names[i])));
  if (with_drawing)
    g_ptr_array_add (items,
                     g_list_model_get_item (lab_topology_get_drawings (fixture->topology), 0));

  return lab_clipping_new (fixture->topology, items, configs);
}

static void
test_paste (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "R1", "R2", NULL };
  g_autoptr (LabClipping) clipping = copy (fixture, names, TRUE, NULL);
  g_autofree char *before = lab_file_to_string (fixture->topology, NULL);
  g_autofree char *undone = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  LabNode *r3;
  LabNode *r4;
  LabLink *link;
  double x;
  double y;

  g_assert_cmpuint (lab_clipping_get_n_items (clipping), ==, 3);
  lab_clipping_get_centre (clipping, &x, &y);
  g_assert_cmpfloat (x, ==, 55);
  g_assert_cmpfloat (y, ==, 30);

  lab_clipping_paste (clipping, fixture->topology, fixture->history, 40, -20, NULL, &items, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lab_history_get_undo_label (fixture->history), ==, "Paste 4 items");
  g_assert_cmpuint (items->len, ==, 4);
  r3 = lab_topology_find_node (fixture->topology, "R3");
  r4 = lab_topology_find_node (fixture->topology, "R4");
  g_assert_true (g_ptr_array_index (items, 0) == r3);
  g_assert_cmpfloat (lab_node_get_x (r3), ==, 50);
  g_assert_cmpfloat (lab_node_get_y (r3), ==, 0);
  g_assert_cmpstr (lab_node_get_start_config (r3), ==, "hostname %h\n");
  g_assert_cmpstr (lab_node_get_template (r3), ==, "Border");
  g_assert_cmpuint (lab_node_get_id (r3), !=, 5);
  g_assert_cmpuint (lab_node_get_id (r3), !=, lab_node_get_id (r4));
  link = lab_topology_find_link (fixture->topology, "R3", "e0/0");
  g_assert_nonnull (link);
  g_assert_cmpstr (lab_link_get_node_name (link, 1), ==, "R4");
  g_assert_false (lab_link_get_plugged (link));
  /* The link to what was not copied stays behind. */
  g_assert_null (lab_topology_find_link (fixture->topology, "R4", "e0/1"));
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_drawings (fixture->topology)), ==,
                    2);

  g_assert_true (lab_history_undo (fixture->history));
  undone = lab_file_to_string (fixture->topology, NULL);
  g_assert_cmpstr (undone, ==, before);
}

/* Into another lab names stay if they are free there; ids are the other lab's. */
static void
test_other_lab (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "R1", NULL };
  g_autoptr (LabClipping) clipping = copy (fixture, names, FALSE, NULL);
  g_autoptr (LabTopology) other = lab_topology_new ("Other");
  g_autoptr (LabHistory) history = lab_history_new (other);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;

  g_assert_true (lab_clipping_paste (clipping, other, history, 0, 0, NULL, &first, NULL));
  g_assert_cmpstr (lab_history_get_undo_label (history), ==, "Paste R1");
  g_assert_cmpstr (lab_node_get_name (g_ptr_array_index (first, 0)), ==, "R1");
  g_assert_cmpuint (lab_node_get_id (g_ptr_array_index (first, 0)), ==, 1);
  g_assert_true (
      lab_clipping_paste (clipping, other, history, 0, 0, "Duplicate R1", &second, NULL));
  g_assert_cmpstr (lab_history_get_undo_label (history), ==, "Duplicate R1");
  g_assert_cmpstr (lab_node_get_name (g_ptr_array_index (second, 0)), ==, "R2");
}

/* The text is what crosses to another process. */
static void
test_text (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "R2", "SW", NULL };
  g_autoptr (LabClipping) clipping = copy (fixture, names, TRUE, NULL);
  g_autoptr (LabClipping) again = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = lab_clipping_get_text (clipping, &length);

  again = lab_clipping_new_from_text (text, length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lab_clipping_get_text (again, NULL), ==, text);
  g_assert_cmpuint (lab_clipping_get_n_items (again), ==, 3);
}

static void
test_configs (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "R1", "R2", NULL };
  g_autoptr (GHashTable) configs = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (LabClipping) clipping = NULL;
  g_autoptr (GPtrArray) items = NULL;

  g_hash_table_insert (configs, (gpointer) "R1", (gpointer) "interface e0/0\n no shutdown\n");
  clipping = copy (fixture, names, FALSE, configs);
  g_assert_true (
      lab_clipping_paste (clipping, fixture->topology, fixture->history, 0, 0, NULL, &items, NULL));
  g_assert_cmpstr (lab_node_get_start_config (g_ptr_array_index (items, 0)), ==,
                   "interface e0/0\n no shutdown\n");
  g_assert_null (lab_node_get_start_config (g_ptr_array_index (items, 1)));
}

static void
test_nothing (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { NULL };
  g_autoptr (LabClipping) clipping = copy (fixture, names, FALSE, NULL);

  g_assert_null (clipping);
}

/* At the edge of the plane things are pasted at the edge. */
static void
test_far (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "R1", NULL };
  g_autoptr (LabClipping) clipping = copy (fixture, names, FALSE, NULL);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  lab_clipping_paste (clipping, fixture->topology, fixture->history, 2e6, 0, NULL, &items, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (lab_node_get_x (g_ptr_array_index (items, 0)), ==, 1e6);
}

static void
test_hostile (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *text;
    int code;
    const char *message;
  } cases[] = {
    { "", LAB_ERROR_SYNTAX, "The clipboard, line 1, column 1: there is nothing in the text" },
    { "hello", LAB_ERROR_SYNTAX, "The clipboard, line 1, column 1: here must stand a value" },
    { "{}", LAB_ERROR_INVALID, "The clipboard, line 1, column 1: this is no lab" },
    { "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"01234567-89ab-cdef-0123-456789abcdef\","
      "\"name\":\"\",\"links\":[{\"a\":{\"node\":\"A\",\"port\":\"e0\"},"
      "\"b\":{\"node\":\"B\",\"port\":\"e0\"}}]}",
      LAB_ERROR_INVALID, "The clipboard, line 1, column 113: link 1: there is no node “A”" },
  };
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_clear_error (&error);
      g_assert_null (lab_clipping_new_from_text (cases[i].text, strlen (cases[i].text), &error));
      g_assert_error (error, LAB_ERROR, cases[i].code);
      if (!g_str_has_prefix (error->message, cases[i].message))
        g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, cases[i].message));
    }
  g_clear_error (&error);
  g_assert_null (lab_clipping_new_from_text (deep, 100000, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_LIMIT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/app/clipping/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("paste", test_paste);
  ADD ("other-lab", test_other_lab);
  ADD ("text", test_text);
  ADD ("configs", test_configs);
  ADD ("nothing", test_nothing);
  ADD ("far", test_far);
  ADD ("hostile", test_hostile);

  return g_test_run ();
}

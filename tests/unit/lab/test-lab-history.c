/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undo and redo: groups, merging, the save marker, ids, notifications. */

#include "config.h"

#include <string.h>

#include "lab-history.h"
#include "lab-look.h"
#include "lab-samples.h"

/* (transfer full) edit. */
static gboolean
apply (SampleLab *fixture, LabEdit *edit)
{
  g_autoptr (LabEdit) owned = edit;
  g_autoptr (GError) error = NULL;
  gboolean done = lab_history_apply (fixture->history, edit, &error);

  g_assert_cmpint (done, ==, error == NULL);

  return done;
}

static LabEdit *
move (const char *name, double x, double y)
{
  const char *names[] = { name, NULL };

  return lab_edit_new_move_nodes (names, &x, &y);
}

static LabEdit *
remove_node (const char *name)
{
  const char *names[] = { name, NULL };

  return lab_edit_new_remove_nodes (names);
}

static LabNode *
add_node (SampleLab *fixture, const char *name)
{
  g_autoptr (JsonNode) json = json_from_string ("{\"kind\":\"nat\",\"name\":\"x\"}", NULL);
  g_autoptr (LabNode) node = NULL;

  json_object_set_string_member (json_node_get_object (json), "name", name);
  node = lab_node_new_from_json (json, NULL);

  return apply (fixture, lab_edit_new_add_node (node)) ? node : NULL;
}

static void
count (gpointer data)
{
  (*(guint *) data)++;
}

static void
test_drag (SampleLab *fixture, gconstpointer unused)
{
  lab_history_begin_group (fixture->history, NULL);
  for (guint i = 1; i <= 100; i++)
    {
      const char *names[] = { "R1", "R2", "SW1", NULL };
      double xs[] = { i, i * 2, i * 3 };
      double ys[] = { i * 4, i * 5, i * 6.5 };

      g_assert_true (apply (fixture, lab_edit_new_move_nodes (names, xs, ys)));
      g_assert_false (lab_history_can_undo (fixture->history));
      g_assert_false (lab_history_undo (fixture->history));
    }
  lab_history_end_group (fixture->history);
  g_assert_cmpstr (lab_history_get_undo_label (fixture->history), ==, "Move 3 devices");

  /* Another drag is another step. */
  g_assert_true (apply (fixture, move ("R1", 7, 7)));
  g_assert_true (apply (fixture, move ("R1", 8, 8)));
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpfloat (lab_node_get_x (lab_topology_find_node (fixture->topology, "R1")), ==, 7);
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpfloat (lab_node_get_x (lab_topology_find_node (fixture->topology, "R1")), ==, 100);
  g_assert_true (lab_history_undo (fixture->history));
  sample_lab_assert_same (fixture);
  g_assert_false (lab_history_undo (fixture->history));

  g_assert_true (lab_history_redo (fixture->history));
  g_assert_cmpfloat (lab_node_get_y (lab_topology_find_node (fixture->topology, "SW1")), ==, 650);
}

static void
test_drag_back (SampleLab *fixture, gconstpointer unused)
{
  lab_history_begin_group (fixture->history, "Drag");
  g_assert_true (apply (fixture, move ("R1", 1, 1)));
  g_assert_true (apply (fixture, move ("R1", -120.5, 40)));
  lab_history_end_group (fixture->history);
  g_assert_false (lab_history_can_undo (fixture->history));
  g_assert_true (lab_history_is_saved (fixture->history));
}

static gboolean
slide (SampleLab *fixture, guint width, guint64 *stroke)
{
  g_autoptr (JsonNode) value = json_node_init_int (json_node_alloc (), width);
  g_autoptr (LabEdit) edit = lab_edit_new_set_link ("R1", "e0/0", "width", value);

  return lab_history_apply_stroke (fixture->history, edit, stroke, NULL);
}

static double
link_width (SampleLab *fixture)
{
  return lab_link_get_width (lab_topology_find_link (fixture->topology, "R1", "e0/0"));
}

/* Each motion counts at once; all of them are one step, until something comes between. */
static void
test_stroke (SampleLab *fixture, gconstpointer unused)
{
  guint64 stroke = 0;
  double before = link_width (fixture);

  for (guint width = 3; width < 10; width++)
    {
      g_assert_true (slide (fixture, width, &stroke));
      g_assert_cmpfloat (link_width (fixture), ==, width);
    }
  g_assert_true (lab_history_undo (fixture->history));
  sample_lab_assert_same (fixture);
  g_assert_false (lab_history_can_undo (fixture->history));
  g_assert_true (lab_history_redo (fixture->history));
  g_assert_cmpfloat (link_width (fixture), ==, 9);

  g_assert_true (apply (fixture, move ("R1", 1, 1)));
  g_assert_true (slide (fixture, 4, &stroke));
  lab_history_mark_saved (fixture->history);
  g_assert_true (slide (fixture, 5, &stroke));
  g_assert_false (lab_history_is_saved (fixture->history));
  g_assert_true (slide (fixture, 6, &stroke));
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_true (lab_history_is_saved (fixture->history));
  g_assert_cmpfloat (link_width (fixture), ==, 4);
  g_assert_true (slide (fixture, 5, &stroke)); /* that step is undone: this is another */
  for (guint i = 0; i < 3; i++)
    g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpfloat (link_width (fixture), ==, 9);
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpfloat (link_width (fixture), ==, before);
  sample_lab_assert_same (fixture);
}

static void
test_nested (SampleLab *fixture, gconstpointer unused)
{
  lab_history_begin_group (fixture->history, "Outer");
  g_assert_true (apply (fixture, move ("R1", 1, 1)));
  lab_history_begin_group (fixture->history, "Inner");
  g_assert_true (apply (fixture, move ("R1", 2, 2)));
  g_assert_true (apply (fixture, lab_edit_new_rename_node ("R1", "A")));
  g_assert_true (apply (fixture, move ("A", 3, 3)));
  lab_history_end_group (fixture->history);
  g_assert_false (lab_history_can_undo (fixture->history));
  lab_history_begin_group (fixture->history, "Cancelled");
  g_assert_true (apply (fixture, move ("A", 4, 4)));
  g_assert_true (apply (fixture, remove_node ("A")));
  lab_history_cancel_group (fixture->history);
  g_assert_cmpfloat (lab_node_get_x (lab_topology_find_node (fixture->topology, "A")), ==, 3);
  lab_history_end_group (fixture->history);

  g_assert_cmpstr (lab_history_get_undo_label (fixture->history), ==, "Outer");
  g_assert_true (lab_history_undo (fixture->history));
  sample_lab_assert_same (fixture);
  g_assert_false (lab_history_can_undo (fixture->history));
  g_assert_true (lab_history_redo (fixture->history));
  g_assert_cmpfloat (lab_node_get_x (lab_topology_find_node (fixture->topology, "A")), ==, 3);
}

static void
test_failure_in_group (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) json = json_from_string ("{\"kind\":\"nat\",\"name\":\"R1\"}", NULL);
  g_autoptr (LabNode) node = lab_node_new_from_json (json, NULL);

  g_assert_true (apply (fixture, move ("R1", 1, 1)));
  g_assert_true (lab_history_undo (fixture->history));

  g_ptr_array_add (edits, lab_edit_new_add_node (node));
  g_ptr_array_add (edits, remove_node ("SW1"));
  g_ptr_array_add (edits, lab_edit_new_rename_node ("R2", "Q"));
  g_ptr_array_add (edits, move ("Q", 1, 1));
  g_ptr_array_add (edits, lab_edit_new_set_lab ("grid", NULL));
  g_ptr_array_add (edits, remove_node ("SW1"));
  g_assert_false (apply (fixture, lab_edit_new_group ("All", edits)));
  sample_lab_assert_same (fixture);
  g_assert_false (lab_history_can_undo (fixture->history));
  g_assert_true (lab_history_can_redo (fixture->history));
  g_assert_true (lab_history_is_saved (fixture->history));
  /* Not even the node that was to be added remembers. */
  g_assert_cmpuint (lab_node_get_id (node), ==, 0);
  g_assert_cmpstr (lab_node_get_name (node), ==, "R1");

  g_ptr_array_remove_index (edits, 5);
  g_assert_true (apply (fixture, lab_edit_new_group ("All", edits)));
  g_assert_cmpuint (lab_node_get_id (node), ==, 2);
  g_assert_cmpstr (lab_node_get_name (node), ==, "R3");
  g_assert_true (lab_history_undo (fixture->history));
  sample_lab_assert_same (fixture);
}

static void
test_empty_group (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new ();

  lab_history_begin_group (fixture->history, "Nothing");
  lab_history_begin_group (fixture->history, "Nothing");
  lab_history_end_group (fixture->history);
  lab_history_end_group (fixture->history);
  g_assert_false (lab_history_can_undo (fixture->history));
  g_assert_true (apply (fixture, lab_edit_new_group (NULL, edits)));
  g_assert_false (lab_history_can_undo (fixture->history));
}

static void
test_saved (SampleLab *fixture, gconstpointer unused)
{
  g_assert_true (lab_history_is_saved (fixture->history));
  apply (fixture, move ("R1", 1, 1));
  g_assert_false (lab_history_is_saved (fixture->history));
  lab_history_mark_saved (fixture->history);
  g_assert_true (lab_history_is_saved (fixture->history));
  lab_history_undo (fixture->history);
  g_assert_false (lab_history_is_saved (fixture->history));
  lab_history_redo (fixture->history);
  g_assert_true (lab_history_is_saved (fixture->history));
  /* What was saved can be reached no more. */
  lab_history_undo (fixture->history);
  apply (fixture, move ("R1", 2, 2));
  g_assert_false (lab_history_is_saved (fixture->history));
  lab_history_undo (fixture->history);
  g_assert_false (lab_history_is_saved (fixture->history));
}

static void
test_notify (SampleLab *fixture, gconstpointer unused)
{
  LabNode *node = lab_topology_find_node (fixture->topology, "R1");
  g_autoptr (JsonNode) ram = json_node_init_int (json_node_alloc (), 1024);
  guint x = 0;
  guint y = 0;
  guint memory = 0;
  guint name = 0;
  guint any = 0;
  guint changed = 0;
  guint can_undo = 0;
  guint saved = 0;

  g_signal_connect_swapped (node, "notify::x", G_CALLBACK (count), &x);
  g_signal_connect_swapped (node, "notify::y", G_CALLBACK (count), &y);
  g_signal_connect_swapped (node, "notify::ram", G_CALLBACK (count), &memory);
  g_signal_connect_swapped (node, "notify::name", G_CALLBACK (count), &name);
  g_signal_connect_swapped (node, "notify", G_CALLBACK (count), &any);
  g_signal_connect_swapped (node, "changed", G_CALLBACK (count), &changed);
  g_signal_connect_swapped (fixture->history, "notify::can-undo", G_CALLBACK (count), &can_undo);
  g_signal_connect_swapped (fixture->history, "notify::saved", G_CALLBACK (count), &saved);

  apply (fixture, move ("R1", 9, 40));
  g_assert_cmpuint (x, ==, 1);
  g_assert_cmpuint (y, ==, 0);
  g_assert_cmpuint (any, ==, 1);
  apply (fixture, move ("R1", 9, 40));
  g_assert_cmpuint (any, ==, 1);
  apply (fixture, lab_edit_new_set_node ("R1", "ram", ram));
  g_assert_cmpuint (memory, ==, 1);
  g_assert_cmpuint (any, ==, 2);
  apply (fixture, lab_edit_new_set_node ("R1", "unknown", ram));
  g_assert_cmpuint (any, ==, 2);
  g_assert_cmpuint (changed, ==, 3);
  apply (fixture, lab_edit_new_rename_node ("R1", "A"));
  g_assert_cmpuint (name, ==, 1);
  g_assert_cmpuint (can_undo, ==, 1);
  g_assert_cmpuint (saved, ==, 1);
  while (lab_history_undo (fixture->history))
    ;
  g_assert_cmpuint (can_undo, ==, 2);
  g_assert_cmpuint (saved, ==, 2);
  g_assert_cmpuint (memory, ==, 2);
  g_signal_handlers_disconnect_by_func (node, count, &any);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  g_string_append_printf (data, "%u-%u+%u ", position, removed, added);
}

static void
test_lists (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (lab_topology_get_nodes (fixture->topology), "items-changed",
                    G_CALLBACK (on_items_changed), log);
  add_node (fixture, "New");
  apply (fixture, remove_node ("R2"));
  lab_history_undo (fixture->history);
  lab_history_undo (fixture->history);
  g_assert_cmpstr (log->str, ==, "8-0+1 1-1+0 1-0+1 8-1+0 ");
  g_signal_handlers_disconnect_by_func (lab_topology_get_nodes (fixture->topology),
                                        on_items_changed, log);
}

/* Ids are given once; one that undo can bring back is never given again. */
static void
test_ids (SampleLab *fixture, gconstpointer unused)
{
  LabNode *node = add_node (fixture, "New");

  g_assert_cmpuint (lab_node_get_id (node), ==, 2);
  apply (fixture, remove_node ("New"));
  g_assert_cmpuint (lab_node_get_id (add_node (fixture, "New")), ==, 9);
  lab_history_undo (fixture->history);
  lab_history_undo (fixture->history);
  g_assert_cmpuint (lab_node_get_id (lab_topology_find_node (fixture->topology, "New")), ==, 2);
  lab_history_undo (fixture->history);
  g_assert_cmpuint (lab_node_get_id (add_node (fixture, "New")), ==, 10);
}

/* All ids were given once: those that nothing holds any more are given again. */
static void
test_ids_run_out (SampleLab *fixture, gconstpointer unused)
{
  guint held = g_list_model_get_n_items (lab_topology_get_nodes (fixture->topology));
  g_autoptr (LabEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = json_from_string ("{\"kind\":\"nat\",\"name\":\"x\"}", NULL);
  g_autoptr (LabNode) node = NULL;

  for (guint i = held; i < LAB_MAX_ID - 1; i++)
    g_assert_nonnull (add_node (fixture, "N"));
  g_assert_cmpuint (lab_node_get_id (add_node (fixture, "Last")), ==, LAB_MAX_ID - 1);
  g_assert_null (add_node (fixture, "Too many"));
  /* Undone, and the redo stack will go: free again. */
  lab_history_undo (fixture->history);
  g_assert_cmpuint (lab_node_get_id (add_node (fixture, "Again")), ==, LAB_MAX_ID - 1);
  /* Removed, but undo can bring it back. */
  apply (fixture, remove_node ("Again"));
  node = lab_node_new_from_json (json, NULL);
  edit = lab_edit_new_add_node (node);
  g_assert_false (lab_history_apply (fixture->history, edit, &error));
  g_assert_cmpstr (error->message, ==,
                   "All 1023 ids are held by devices that are there or that undo can bring back; "
                   "save the lab and open it again.");
}

static void
on_name (LabNode *node, GParamSpec *pspec, gpointer data)
{
  LabHistory *history = data;
  g_autoptr (LabEdit) edit = move ("A", 1, 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (lab_history_apply (history, edit, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_EDIT);
  g_assert_false (lab_history_undo (history));
}

/* A handler that edits in the middle of an edit is refused, not a crash. */
static void
test_reentrance (SampleLab *fixture, gconstpointer unused)
{
  LabNode *node = lab_topology_find_node (fixture->topology, "R1");

  g_signal_connect (node, "notify::name", G_CALLBACK (on_name), fixture->history);
  g_assert_true (apply (fixture, lab_edit_new_rename_node ("R1", "A")));
  g_signal_handlers_disconnect_by_func (node, on_name, fixture->history);
  g_assert_true (apply (fixture, move ("A", 1, 1)));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/lab/history/" name, SampleLab, NULL, sample_lab_set_up, function,                  \
              sample_lab_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("drag", test_drag);
  ADD ("drag-back", test_drag_back);
  ADD ("stroke", test_stroke);
  ADD ("nested", test_nested);
  ADD ("failure-in-group", test_failure_in_group);
  ADD ("empty-group", test_empty_group);
  ADD ("saved", test_saved);
  ADD ("notify", test_notify);
  ADD ("lists", test_lists);
  ADD ("ids", test_ids);
  ADD ("ids-run-out", test_ids_run_out);
  ADD ("reentrance", test_reentrance);

  return g_test_run ();
}

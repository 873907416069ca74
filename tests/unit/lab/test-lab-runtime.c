/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What runs, as a layer over the document: who is told, and that the document never hears of it. */

#include "config.h"

#include "lab-history.h"
#include "lab-runtime.h"
#include "lab-samples.h"

typedef struct
{
  LabTopology *topology;
  guint n_run;
  guint n_changed;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->topology = sample_load (sample_full);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->topology));
}

static void
count_cb (guint *counter)
{
  (*counter)++;
}

static void
watch (Fixture *fixture, gpointer item)
{
  g_signal_connect_swapped (item, "run-changed", G_CALLBACK (count_cb), &fixture->n_run);
  g_signal_connect_swapped (item, "changed", G_CALLBACK (count_cb), &fixture->n_changed);
}

static void
test_node (Fixture *fixture, gconstpointer unused)
{
  LabNode *node = lab_topology_find_node (fixture->topology, "R1");
  g_autofree char *before = sample_text (fixture->topology);
  g_autofree char *after = NULL;

  watch (fixture, node);
  g_assert_cmpint (lab_node_get_run_state (node), ==, LAB_RUN_OFF);
  g_assert_cmpstr (lab_node_get_run_message (node), ==, "");
  g_assert_false (lab_node_get_restart_needed (node));

  lab_node_set_run (node, LAB_RUN_OFF, "", FALSE);
  g_assert_cmpuint (fixture->n_run, ==, 0);
  lab_node_set_run (node, LAB_RUN_CRASHED, "It ended.", FALSE);
  g_assert_cmpuint (fixture->n_run, ==, 1);
  lab_node_set_run (node, LAB_RUN_CRASHED, "It ended.", FALSE);
  g_assert_cmpuint (fixture->n_run, ==, 1);
  lab_node_set_run (node, LAB_RUN_CRASHED, "It ended again.", FALSE);
  lab_node_set_run (node, LAB_RUN_CRASHED, "It ended again.", TRUE);
  g_assert_cmpuint (fixture->n_run, ==, 3);
  g_assert_cmpint (lab_node_get_run_state (node), ==, LAB_RUN_CRASHED);
  g_assert_cmpstr (lab_node_get_run_message (node), ==, "It ended again.");
  g_assert_true (lab_node_get_restart_needed (node));

  lab_node_set_run (node, LAB_RUN_READY, NULL, FALSE);
  g_assert_cmpstr (lab_node_get_run_message (node), ==, "");
  g_assert_cmpuint (fixture->n_changed, ==, 0);
  after = sample_text (fixture->topology);
  g_assert_cmpstr (before, ==, after);
}

/* An edit leaves alone what runs. */
static void
test_edit (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (LabHistory) history = lab_history_new (fixture->topology);
  g_autoptr (LabEdit) edit = lab_edit_new_rename_node ("R1", "Core");
  LabNode *node = lab_topology_find_node (fixture->topology, "R1");

  lab_node_set_run (node, LAB_RUN_BOOTING, NULL, FALSE);
  watch (fixture, node);
  g_assert_true (lab_history_apply (history, edit, NULL));
  g_assert_cmpint (lab_node_get_run_state (node), ==, LAB_RUN_BOOTING);
  g_assert_cmpuint (fixture->n_run, ==, 0);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
}

static void
test_link (Fixture *fixture, gconstpointer unused)
{
  LabLink *link = lab_topology_find_link (fixture->topology, "R1", "e0/0");
  LabLinkRun run;

  watch (fixture, link);
  lab_link_get_run (link, &run);
  g_assert_cmpint (run.line[0], ==, LAB_LINE_UNKNOWN);
  g_assert_cmpfloat (run.bits[1], ==, 0);
  lab_link_set_run (link, &run);
  g_assert_cmpuint (fixture->n_run, ==, 0);

  run.line[1] = LAB_LINE_UP;
  run.bits[0] = 1e6;
  run.frames[0] = 100;
  lab_link_set_run (link, &run);
  lab_link_set_run (link, &run);
  g_assert_cmpuint (fixture->n_run, ==, 1);
  run = (LabLinkRun){ 0 };
  lab_link_get_run (link, &run);
  g_assert_cmpint (run.line[0], ==, LAB_LINE_UNKNOWN);
  g_assert_cmpint (run.line[1], ==, LAB_LINE_UP);
  g_assert_cmpfloat (run.bits[0], ==, 1e6);
  g_assert_cmpfloat (run.frames[0], ==, 100);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

static void
test_states (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);

  for (LabRunState state = LAB_RUN_OFF; state <= LAB_RUN_UNSUPPORTED; state++)
    {
      gboolean runs = state == LAB_RUN_STARTING || state == LAB_RUN_BOOTING ||
                      state == LAB_RUN_READY || state == LAB_RUN_FROZEN ||
                      state == LAB_RUN_STOPPING;

      g_assert_cmpint (lab_run_state_is_running (state), ==, runs);
      g_assert_true (g_hash_table_add (labels, (char *) lab_run_state_get_label (state)));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/lab/runtime/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("node", test_node);
  ADD ("edit", test_edit);
  ADD ("link", test_link);
  ADD ("states", test_states);

  return g_test_run ();
}

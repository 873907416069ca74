/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the panels know without a display: guesses of images, changes of ports, rows of the summary,
 * Markdown. */

#include "config.h"

#include <string.h>

#include "lab-adapter-plan.h"
#include "lab-file.h"
#include "lab-image-guess.h"
#include "lab-markdown.h"
#include "lab-summary-model.h"

static const char lab[] =
    "{ \"format\": \"labwright\", \"version\": 1,"
    "  \"uuid\": \"01234567-89ab-cdef-0123-456789abcdef\", \"name\": \"Panels\","
    "  \"nodes\": ["
    "    { \"name\": \"R10\", \"id\": 1, \"kind\": \"iou\", \"image\": { \"name\": \"l3\" }, "
    "\"ethernet\": 2 },"
    "    { \"name\": \"R2\", \"id\": 2, \"kind\": \"iou\", \"image\": { \"name\": \"l3\" }, "
    "\"ethernet\": 2 },"
    "    { \"name\": \"SW1\", \"id\": 3, \"kind\": \"switch\", \"ports\": ["
    "      { \"mode\": \"access\", \"vlan\": 7 }, {}, {}, { \"mode\": \"trunk\" } ] } ],"
    "  \"links\": ["
    "    { \"a\": { \"node\": \"R2\", \"port\": \"e1/0\" }, \"b\": { \"node\": \"SW1\", \"port\": "
    "\"e3\" } },"
    "    { \"a\": { \"node\": \"R2\", \"port\": \"e0/1\" }, \"b\": { \"node\": \"R10\", \"port\": "
    "\"e1/1\" } } ] }";

typedef struct
{
  LabTopology *topology;
  LabHistory *history;
  GPtrArray *nodes;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer names)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = g_strsplit (names != NULL ? names : "", " ", -1);

  fixture->topology = lab_file_parse (lab, sizeof lab - 1, "test", &error);
  g_assert_no_error (error);
  fixture->history = lab_history_new (fixture->topology);
  fixture->nodes = g_ptr_array_new ();
  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (fixture->nodes, lab_topology_find_node (fixture->topology, parts[i]));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_ptr_array_unref (fixture->nodes);
  g_object_unref (fixture->history);
  g_assert_finalize_object (fixture->topology);
}

static void
test_guess (void)
{
  LabImageGuess guess = lab_image_guess ("i86bi_linux_l2-ipbasek9-ms.bin", 2, 2);

  g_assert_true (guess.is_switch);
  g_assert_cmpuint (guess.ethernet, ==, 4);
  g_assert_cmpuint (guess.serial, ==, 0);
  guess = lab_image_guess ("i86bi-linux-L3-adventerprisek9.bin", 2, 1);
  g_assert_false (guess.is_switch);
  g_assert_cmpuint (guess.ethernet, ==, 2);
  g_assert_cmpuint (guess.serial, ==, 1);
  g_assert_false (lab_image_guess ("vl2000.bin", 2, 2).is_switch);
  g_assert_true (lab_image_guess_is_program ("\177ELF\1", 5));
  g_assert_false (lab_image_guess_is_program ("\177EL", 3));
  g_assert_false (lab_image_guess_is_program ("#!/bin/sh", 9));
}

static void
assert_lost (Fixture *fixture, const char *key, guint count, const char *expected)
{
  g_auto (GStrv) lost = lab_adapter_plan_lost (fixture->topology, fixture->nodes, key, count);
  g_autofree char *text = g_strjoinv ("|", lost);

  g_assert_cmpstr (text, ==, expected);
}

/* A link between two of the nodes is listed once, whichever end loses its port. */
static void
test_lost (Fixture *fixture, gconstpointer unused)
{
  assert_lost (fixture, "ethernet", 1, "R2 e0/1 – R10 e1/1|R2 e1/0 – SW1 e3");
}

static void
test_apply (Fixture *fixture, gconstpointer unused)
{
  LabNode *node = lab_topology_find_node (fixture->topology, "R2");
  g_autofree char *before = lab_file_to_string (fixture->topology, NULL);
  g_autofree char *after = NULL;

  g_assert_true (lab_adapter_plan_apply (fixture->history, fixture->topology, fixture->nodes,
                                         "ethernet", 1, NULL));
  g_assert_cmpuint (lab_node_get_ethernet_adapters (node), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (fixture->topology)), ==, 0);
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_false (lab_history_can_undo (fixture->history));
  after = lab_file_to_string (fixture->topology, NULL);
  g_assert_cmpstr (before, ==, after);
}

/* What is refused for one is done for none. */
static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = lab_file_to_string (fixture->topology, NULL);
  g_autofree char *after = NULL;

  g_assert_false (lab_adapter_plan_apply (fixture->history, fixture->topology, fixture->nodes,
                                          "ethernet", 99, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_EDIT);
  after = lab_file_to_string (fixture->topology, NULL);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (lab_history_can_undo (fixture->history));
}

static void
test_ports (Fixture *fixture, gconstpointer unused)
{
  LabNode *node = lab_topology_find_node (fixture->topology, "SW1");
  LabSwitchPort port;

  assert_lost (fixture, "ports", 3, "R2 e1/0 – SW1 e3");
  assert_lost (fixture, "ports", 4, "");
  g_assert_true (lab_adapter_plan_apply (fixture->history, fixture->topology, fixture->nodes,
                                         "ports", 6, NULL));
  g_assert_cmpuint (lab_node_get_n_ports (node), ==, 6);
  /* New ports are as the last. */
  g_assert_true (lab_node_get_switch_port (node, 5, &port));
  g_assert_cmpint (port.mode, ==, LAB_SWITCH_TRUNK);
  g_assert_true (lab_adapter_plan_apply (fixture->history, fixture->topology, fixture->nodes,
                                         "ports", 2, NULL));
  g_assert_true (lab_node_get_switch_port (node, 0, &port));
  g_assert_cmpuint (port.vlan, ==, 7);
  g_assert_null (lab_topology_find_link (fixture->topology, "R2", "e1/0"));
}

/* Titles of all rows, indented; (transfer full) */
static char *
list_rows (GListModel *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);
      g_autoptr (LabSummaryItem) item = gtk_tree_list_row_get_item (row);
      g_autofree char *title = lab_summary_item_dup_title (item, 0);

      g_string_append_printf (text, "%s%*s%s", i > 0 ? "|" : "",
                              (int) gtk_tree_list_row_get_depth (row), "", title);
    }

  return g_string_free (text, FALSE);
}

static void
assert_rows (LabSummaryModel *model, const char *expected)
{
  g_autofree char *text = NULL;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  text = list_rows (lab_summary_model_get_rows (model));
  g_assert_cmpstr (text, ==, expected);
}

static void
expand (LabSummaryModel *model, guint position)
{
  g_autoptr (GtkTreeListRow) row =
      g_list_model_get_item (lab_summary_model_get_rows (model), position);

  gtk_tree_list_row_set_expanded (row, TRUE);
}

static void
test_summary (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (LabSummaryModel) model = lab_summary_model_new (fixture->topology);
  g_autoptr (LabEdit) rename = lab_edit_new_rename_node ("SW1", "A1");
  g_autoptr (LabEdit) unlink = lab_edit_new_remove_link ("R2", "e0/1");

  assert_rows (model, "R2|R10|SW1");
  expand (model, 0);
  assert_rows (model, "R2| Console| e0/1 → R10 e1/1| e1/0 → SW1 e3| 0 free ports|R10|SW1");
  g_assert_cmpuint (
      lab_summary_model_get_n_free (model, lab_topology_find_node (fixture->topology, "R2")), ==,
      6);
  /* What is expanded stays so. */
  g_assert_true (lab_history_apply (fixture->history, unlink, NULL));
  assert_rows (model, "R2| Console| e1/0 → SW1 e3| 0 free ports|R10|SW1");
  g_assert_true (lab_history_apply (fixture->history, rename, NULL));
  assert_rows (model, "A1|R2| Console| e1/0 → A1 e3| 0 free ports|R10");
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_true (lab_history_undo (fixture->history));
  assert_rows (model, "R2| Console| e0/1 → R10 e1/1| e1/0 → SW1 e3| 0 free ports|R10|SW1");
  lab_summary_model_set_query (model, "r10");
  assert_rows (model, "R2| Console| e0/1 → R10 e1/1| e1/0 → SW1 e3| 0 free ports|R10");
  lab_summary_model_set_query (model, "sw1");
  assert_rows (model, "R2| Console| e0/1 → R10 e1/1| e1/0 → SW1 e3| 0 free ports|SW1");
  lab_summary_model_set_query (model, "");
}

static void
count_cb (gpointer source, guint position, guint removed, guint added, guint *count)
{
  ++*count;
}

/* However many nodes come or go in a step, the rows change once. */
static void
test_summary_at_once (Fixture *fixture, gconstpointer unused)
{
  const char *const names[] = { "R2", "R10", NULL };
  g_autoptr (LabSummaryModel) model = lab_summary_model_new (fixture->topology);
  g_autoptr (LabEdit) remove = lab_edit_new_remove_nodes (names);
  guint count = 0;

  assert_rows (model, "R2|R10|SW1");
  g_signal_connect (lab_summary_model_get_rows (model), "items-changed", G_CALLBACK (count_cb),
                    &count);
  g_assert_true (lab_history_apply (fixture->history, remove, NULL));
  assert_rows (model, "SW1");
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (lab_history_undo (fixture->history));
  assert_rows (model, "R2|R10|SW1");
  g_assert_cmpuint (count, ==, 2);
}

static void
test_descriptions (Fixture *fixture, gconstpointer unused)
{
  LabNode *node = lab_topology_find_node (fixture->topology, "R2");
  LabLink *link = lab_topology_find_link (fixture->topology, "R2", "e1/0");
  g_autoptr (LabSummaryItem) node_item = lab_summary_item_new (LAB_SUMMARY_NODE, node);
  g_autoptr (LabSummaryItem) link_item = lab_summary_item_new_link (node, link, 0);
  g_autofree char *of_node = lab_summary_item_dup_description (node_item, 2, 6);
  g_autofree char *of_link = lab_summary_item_dup_description (link_item, 0, 0);

  g_assert_cmpstr (of_node, ==, "R2, Router, Not running, 2 links");
  g_assert_cmpstr (of_link, ==, "R2 e1/0 to SW1 e3, Plugged");
}

static char *
render (GtkTextBuffer *buffer, const char *markdown)
{
  GtkTextIter start;
  GtkTextIter end;

  lab_markdown_fill (buffer, markdown);
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static gboolean
has_tag (GtkTextBuffer *buffer, int offset, const char *name)
{
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), name);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);

  return gtk_text_iter_has_tag (&iter, tag);
}

static void
test_markdown (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autofree char *text = render (buffer, "# Plan\n\nDo **this** or `that`.\n\n* one\n* two\n\n"
                                          "1. a\n2. b\n");

  g_assert_cmpstr (text, ==, "Plan\n\nDo this or that.\n\n•\tone\n•\ttwo\n\n1.\ta\n2.\tb");
  g_assert_true (has_tag (buffer, 0, "h1"));
  g_assert_true (has_tag (buffer, 9, "strong"));
  g_assert_false (has_tag (buffer, 6, "strong"));
  g_assert_true (has_tag (buffer, 18, "code"));
}

/* Only addresses that a browser or a mail program opens. */
static void
test_markdown_links (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autofree char *text =
      render (buffer, "[a](https://example.org) [b](file:///etc/passwd) <script>x</script>");
  GtkTextIter iter;

  g_assert_cmpstr (text, ==, "a b x");
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 0);
  g_assert_cmpstr (lab_markdown_get_link (&iter), ==, "https://example.org");
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 2);
  g_assert_null (lab_markdown_get_link (&iter));
}

static char *
visible_text (GtkTextBuffer *buffer)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* A solution is hidden until its heading is clicked, and again after the second click. */
static void
test_markdown_fold (void)
{
  static const char text[] =
      "Why?\n\n<details>\n<summary>Solution</summary>\n\nBecause of *ARP*.\n\n"
      "</details>\n\nNext.\n";
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autofree char *all = render (buffer, text);
  g_autofree char *folded = visible_text (buffer);
  g_autofree char *unfolded = NULL;
  g_autofree char *again = NULL;
  GtkTextIter iter;

  g_assert_nonnull (strstr (all, "Because of ARP."));
  g_assert_cmpstr (folded, ==, "Why?\n\n▸ Solution\n\nNext.");
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 10);
  g_assert_true (lab_markdown_is_fold (&iter));
  lab_markdown_toggle_fold (buffer, &iter);
  unfolded = visible_text (buffer);
  g_assert_cmpstr (unfolded, ==, "Why?\n\n▾ Solution\n\nBecause of ARP.\n\nNext.");
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 6);
  lab_markdown_toggle_fold (buffer, &iter);
  again = visible_text (buffer);
  g_assert_cmpstr (again, ==, folded);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function, names)                                                                 \
  g_test_add ("/app/panels/" name, Fixture, names, set_up, function, tear_down)
  g_test_add_func ("/app/panels/guess", test_guess);
  ADD ("lost", test_lost, "R10 R2");
  ADD ("apply", test_apply, "R10 R2");
  ADD ("refused", test_refused, "R10 R2");
  ADD ("ports", test_ports, "SW1");
  ADD ("summary", test_summary, NULL);
  ADD ("summary-at-once", test_summary_at_once, NULL);
  ADD ("descriptions", test_descriptions, NULL);
  g_test_add_func ("/app/panels/markdown", test_markdown);
  g_test_add_func ("/app/panels/markdown-links", test_markdown_links);
  g_test_add_func ("/app/panels/markdown-fold", test_markdown_fold);

  return g_test_run ();
}

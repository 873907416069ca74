/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which ports cables take, the steps that change links, and rates as text. */

#include "config.h"

#include <string.h>

#include "lab-history.h"
#include "lab-link-edits.h"
#include "lab-link-ports.h"
#include "lab-look.h"
#include "lab-rate-text.h"

typedef struct
{
  LabTopology *topology;
  LabHistory *history;
} Fixture;

static void
apply (Fixture *fixture, LabEdit *edit)
{
  g_autoptr (LabEdit) owned = edit;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (edit);
  g_assert_true (lab_history_apply (fixture->history, edit, &error));
  g_assert_no_error (error);
}

static void
add_node (Fixture *fixture, const char *json)
{
  g_autoptr (JsonNode) parsed = json_from_string (json, NULL);
  g_autoptr (LabNode) node = lab_node_new_from_json (parsed, NULL);

  g_assert_nonnull (node);
  apply (fixture, lab_edit_new_add_node (node));
}

static void
add_link (Fixture *fixture, const char *a, const char *port_a, const char *b, const char *port_b)
{
  g_autoptr (LabLink) link = lab_link_new (a, port_a, b, port_b);

  apply (fixture, lab_edit_new_add_link (link));
}

static LabNode *
node (Fixture *fixture, const char *name)
{
  LabNode *found = lab_topology_find_node (fixture->topology, name);

  g_assert_nonnull (found);

  return found;
}

static LabLink *
link_at (Fixture *fixture, const char *name, const char *port)
{
  return lab_topology_find_link (fixture->topology, name, port);
}

/* R1 and R2: four Ethernet and four serial ports each; SW: two ports; S: serial only. */
static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->topology = lab_topology_new ("Test");
  fixture->history = lab_history_new (fixture->topology);
  add_node (fixture, "{\"name\":\"R1\",\"kind\":\"iou\",\"image\":{\"name\":\"x\"},"
                     "\"ethernet\":1,\"serial\":1}");
  add_node (fixture, "{\"name\":\"R2\",\"kind\":\"iou\",\"image\":{\"name\":\"x\"},"
                     "\"ethernet\":1,\"serial\":1}");
  add_node (fixture, "{\"name\":\"S\",\"kind\":\"iou\",\"image\":{\"name\":\"x\"},"
                     "\"ethernet\":0,\"serial\":1}");
  add_node (fixture,
            "{\"name\":\"SW\",\"kind\":\"switch\",\"ports\":[{\"mode\":\"access\",\"vlan\":1},"
            "{\"mode\":\"access\",\"vlan\":1}]}");
  add_node (fixture, "{\"name\":\"H\",\"kind\":\"hub\",\"ports\":2}");
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->history);
  g_assert_finalize_object (fixture->topology);
}

static void
chosen (Fixture *fixture,
        const char *a,
        const char *want_a,
        const char *b,
        const char *want_b,
        const char *got_a,
        const char *got_b)
{
  LabNode *nodes[] = { node (fixture, a), node (fixture, b) };
  const char *wanted[] = { want_a, want_b };
  g_autofree char *problem = NULL;
  LabPort ports[2];

  g_assert_true (lab_choose_ports (fixture->topology, nodes, wanted, ports, &problem));
  g_assert_null (problem);
  g_assert_cmpstr (ports[0].name, ==, got_a);
  g_assert_cmpstr (ports[1].name, ==, got_b);
}

static void
refused (Fixture *fixture,
         const char *a,
         const char *want_a,
         const char *b,
         const char *want_b,
         const char *why)
{
  LabNode *nodes[] = { node (fixture, a), node (fixture, b) };
  const char *wanted[] = { want_a, want_b };
  g_autofree char *problem = NULL;
  LabPort ports[2];

  g_assert_false (lab_choose_ports (fixture->topology, nodes, wanted, ports, &problem));
  g_assert_cmpstr (problem, ==, why);
}

static void
test_ports (Fixture *fixture, gconstpointer unused)
{
  chosen (fixture, "R1", NULL, "R2", NULL, "e0/0", "e0/0");
  add_link (fixture, "R1", "e0/0", "R2", "e0/2");
  chosen (fixture, "R1", NULL, "R2", NULL, "e0/1", "e0/0");
  chosen (fixture, "R1", NULL, "S", NULL, "s1/0", "s0/0");
  chosen (fixture, "R1", "s1/2", "R2", NULL, "s1/2", "s1/0");
  chosen (fixture, "R1", NULL, "R2", "s1/3", "s1/0", "s1/3");
  chosen (fixture, "R1", "e0/3", "R2", "e0/3", "e0/3", "e0/3");
  chosen (fixture, "R1", NULL, "R1", NULL, "e0/1", "e0/2");
  chosen (fixture, "R1", NULL, "R1", "e0/1", "e0/2", "e0/1");
  add_link (fixture, "R1", "e0/1", "SW", "e0");
  add_link (fixture, "R1", "e0/2", "SW", "e1");
  add_link (fixture, "R1", "e0/3", "H", "e0");
  /* R1 has serial ports left only. */
  chosen (fixture, "R1", NULL, "R2", NULL, "s1/0", "s1/0");
}

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  add_link (fixture, "SW", "e0", "R1", "e0/0");
  add_link (fixture, "SW", "e1", "R2", "e0/0");
  refused (fixture, "SW", NULL, "H", NULL, "SW has no free Ethernet port.");
  refused (fixture, "R1", NULL, "SW", NULL, "SW has no free Ethernet port.");
  refused (fixture, "S", NULL, "H", NULL, "S has no Ethernet ports.");
  refused (fixture, "R1", "e0/0", "R2", NULL, "R1 e0/0 is joined to SW e0 already.");
  refused (fixture, "R1", "e9/0", "R2", NULL, "R1 has no port e9/0.");
  refused (fixture, "R1", "e0/1", "S", NULL, "S has no Ethernet ports.");
  refused (fixture, "R1", "s1/0", "H", NULL, "H has no serial ports.");
  refused (fixture, "R1", "e0/1", "R2", "s1/0",
           "R1 e0/1 and R2 s1/0 are not of one kind: a cable joins two Ethernet ports or two "
           "serial ports.");
  refused (fixture, "R1", "e0/1", "R1", "e0/1", "A cable cannot join R1 e0/1 to itself.");
}

static void
test_move_end (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonNode) json = json_from_string (
      "{\"a\":{\"node\":\"R1\",\"port\":\"e0/0\",\"x\":1},\"b\":{\"node\":\"R2\",\"port\":\"e0/0\","
      "\"label\":{\"x\":1,\"y\":2},\"theirs\":3},\"plugged\":false,\"colour\":\"#123456\"}",
      NULL);
  g_autoptr (LabLink) link = lab_link_new_from_json (json, NULL);
  g_autoptr (JsonNode) after = NULL;
  LabLink *moved;
  g_autofree char *text = NULL;

  apply (fixture, lab_edit_new_add_link (link));
  apply (fixture, lab_link_edit_move_end (link, 1, node (fixture, "H"), "e1"));
  g_assert_cmpstr (lab_history_get_undo_label (fixture->history), ==,
                   "Move link to R1 e0/0 – H e1");
  g_assert_null (link_at (fixture, "R2", "e0/0"));
  moved = link_at (fixture, "H", "e1");
  g_assert_true (moved == link_at (fixture, "R1", "e0/0"));
  after = lab_link_to_json (moved);
  text = json_to_string (after, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"a\":{\"node\":\"R1\",\"port\":\"e0/0\",\"x\":1},\"b\":{\"node\":\"H\","
                   "\"port\":\"e1\",\"theirs\":3},\"plugged\":false,\"colour\":\"#123456\"}");
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_true (link_at (fixture, "R2", "e0/0") == link);
}

static GPtrArray *
two_links (Fixture *fixture)
{
  GPtrArray *links = g_ptr_array_new ();

  add_link (fixture, "R1", "e0/0", "R2", "e0/0");
  add_link (fixture, "R1", "e0/1", "R2", "e0/1");
  g_ptr_array_add (links, link_at (fixture, "R1", "e0/0"));
  g_ptr_array_add (links, link_at (fixture, "R1", "e0/1"));

  return links;
}

static void
test_plug (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) links = two_links (fixture);
  LabLink *first = g_ptr_array_index (links, 0);
  LabLink *second = g_ptr_array_index (links, 1);

  g_assert_null (lab_links_edit_plug (links, TRUE));
  apply (fixture, lab_links_edit_toggle (links));
  g_assert_false (lab_link_get_plugged (first) || lab_link_get_plugged (second));
  g_assert_cmpstr (lab_history_get_undo_label (fixture->history), ==, "Unplug 2 links");
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_true (lab_link_get_plugged (first) && lab_link_get_plugged (second));
  g_assert_true (lab_history_redo (fixture->history));
  apply (fixture, lab_links_edit_toggle (links));
  g_assert_true (lab_link_get_plugged (first) && lab_link_get_plugged (second));
  apply (fixture, lab_links_edit_delete (links));
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (fixture->topology)), ==, 0);
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (fixture->topology)), ==, 2);
}

static void
test_labels (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) links = two_links (fixture);
  LabLink *first = g_ptr_array_index (links, 0);
  LabLink *second = g_ptr_array_index (links, 1);
  double x;
  double y;

  g_assert_null (lab_links_edit_reset_labels (links));
  apply (fixture, lab_link_edit_port_label (first, 1, 30, -12.5));
  g_assert_true (lab_link_get_port_label_offset (first, 1, &x, &y));
  g_assert_cmpfloat (x, ==, 30);
  g_assert_cmpfloat (y, ==, -12.5);
  apply (fixture, lab_links_edit_toggle_labels (links));
  for (guint end = 0; end < 2; end++)
    g_assert_true (lab_link_get_port_label_hidden (first, end) &&
                   lab_link_get_port_label_hidden (second, end));
  /* Hiding does not forget where it was put. */
  g_assert_true (lab_link_get_port_label_offset (first, 1, &x, &y));
  apply (fixture, lab_links_edit_toggle_labels (links));
  g_assert_false (lab_link_get_port_label_hidden (second, 0));
  apply (fixture, lab_links_edit_reset_labels (links));
  g_assert_false (lab_link_get_port_label_offset (first, 1, &x, &y));
}

static void
formatted (double bits, const char *text)
{
  g_autofree char *got = lab_rate_format (bits);

  g_assert_cmpstr (got, ==, text);
}

static void
test_rates (void)
{
  LabLinkRun run = { .bits = { 12340, 840 } };
  g_autofree char *both = lab_rate_format_link (&run, (LabPoint){ 0.9, 0.1 });
  g_autofree char *up = NULL;

  formatted (-1, "0 b/s");
  formatted (0.4, "0 b/s");
  formatted (999, "999 b/s");
  formatted (999.6, "1.0 kb/s");
  formatted (12340, "12.3 kb/s");
  formatted (99960, "100 kb/s");
  formatted (999499, "999 kb/s");
  formatted (999600, "1.0 Mb/s");
  formatted (1e10, "10.0 Gb/s");
  formatted (1e17, "100000 Tb/s");
  g_assert_cmpstr (both, ==, "→ 12.3 kb/s\n← 840 b/s");
  run.bits[0] = 0;
  up = lab_rate_format_link (&run, (LabPoint){ 0, 1 });
  g_assert_cmpstr (up, ==, "↑ 840 b/s");
  run.bits[1] = 0;
  g_assert_null (lab_rate_format_link (&run, (LabPoint){ 0, 1 }));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/canvas/link-edits/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("ports", test_ports);
  ADD ("refused", test_refused);
  ADD ("move-end", test_move_end);
  ADD ("plug", test_plug);
  ADD ("labels", test_labels);
  g_test_add_func ("/canvas/link-edits/rates", test_rates);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding nodes, ports, addresses and texts in a lab. */

#include "config.h"

#include "lab-file.h"
#include "lab-history.h"
#include "lab-search-index.h"

static const char lab[] =
    "{ \"format\": \"labwright\", \"version\": 1,"
    "  \"uuid\": \"01234567-89ab-cdef-0123-456789abcdef\", \"name\": \"Search\","
    "  \"notes\": [\"# Plan\", \"R1 is the hub of OSPF area 0\"],"
    "  \"nodes\": ["
    "    { \"name\": \"R1\", \"id\": 1, \"kind\": \"iou\", \"image\": { \"name\": \"l3.bin\" },"
    "      \"start\": [\"hostname R1\", \"interface Ethernet0/0\", \" ip address 10.0.0.1 "
    "255.255.255.0\"] },"
    "    { \"name\": \"R10\", \"id\": 2, \"kind\": \"iou\", \"image\": { \"name\": \"l3.bin\" },"
    "      \"start\": [\"hostname R10\", \" ip address 10.0.0.10 255.255.255.0\"] },"
    "    { \"name\": \"Straße\", \"id\": 3, \"kind\": \"switch\", \"ports\": [{}, {}, {}, {}] } ],"
    "  \"links\": ["
    "    { \"a\": { \"node\": \"R1\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"Straße\", "
    "\"port\": \"e3\" } } ],"
    "  \"drawings\": [ { \"id\": 1, \"kind\": \"text\", \"x\": 0, \"y\": 0, \"width\": 10, "
    "\"height\": 10,"
    "    \"text\": [\"Site A\", \"area 51\"] } ] }";

typedef struct
{
  LabTopology *topology;
  LabHistory *history;
  LabSearchIndex *index;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->topology = lab_file_parse (lab, sizeof lab - 1, "test", &error);
  g_assert_no_error (error);
  fixture->history = lab_history_new (fixture->topology);
  fixture->index = lab_search_index_new (fixture->topology);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->index);
  g_object_unref (fixture->history);
  g_assert_finalize_object (fixture->topology);
}

/* Kinds and titles of what is found, as "node R1|config R1 3"; (transfer full) */
static char *
find (Fixture *fixture, const char *query)
{
  static const char *const kinds[] = { "node", "port", "config", "notes", "drawing" };
  g_autoptr (GPtrArray) hits = lab_search_index_find (fixture->index, query, 20);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      LabSearchHit *hit = g_ptr_array_index (hits, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? "|" : "",
                              kinds[lab_search_hit_get_kind (hit)], lab_search_hit_get_title (hit));
      if (lab_search_hit_get_line (hit) > 0)
        g_string_append_printf (text, " %u", lab_search_hit_get_line (hit));
    }

  return g_string_free (text, FALSE);
}

static void
assert_found (Fixture *fixture, const char *query, const char *expected)
{
  g_autofree char *found = find (fixture, query);

  g_assert_cmpstr (found, ==, expected);
}

/* The whole name comes before a name that only begins so. */
static void
test_names (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) hits = lab_search_index_find (fixture->index, "r1", 20);

  g_assert_cmpuint (hits->len, >=, 2);
  g_assert_true (lab_search_hit_get_object (g_ptr_array_index (hits, 0)) ==
                 lab_topology_find_node (fixture->topology, "R1"));
  assert_found (fixture, "STRASSE", "node Straße|port Straße e3");
  assert_found (fixture, "r10 hostname", "config R10 1");
}

static void
test_ports (Fixture *fixture, gconstpointer unused)
{
  assert_found (fixture, "R1 e0/0", "port R1 e0/0");
  assert_found (fixture, "straße e3", "port Straße e3");
}

static void
test_addresses (Fixture *fixture, gconstpointer unused)
{
  assert_found (fixture, "10.0.0.1", "config R1 3|config R10 2");
  assert_found (fixture, "10.0.0.10", "config R10 2");
  assert_found (fixture, "r10 10.0.0", "config R10 2");
}

static void
test_texts (Fixture *fixture, gconstpointer unused)
{
  assert_found (fixture, "area", "notes R1 is the hub of OSPF area 0 2|drawing area 51 2");
  assert_found (fixture, "ospf area", "notes R1 is the hub of OSPF area 0 2");
}

static void
test_nothing (Fixture *fixture, gconstpointer unused)
{
  assert_found (fixture, "", "");
  assert_found (fixture, "  ", "");
  assert_found (fixture, "nowhere", "");
}

static void
test_most (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) hits = lab_search_index_find (fixture->index, "e", 3);

  g_assert_cmpuint (hits->len, ==, 3);
}

/* The index forgets what changed, and what is gone. */
static void
test_changes (Fixture *fixture, gconstpointer unused)
{
  const char *names[] = { "R10", NULL };
  g_autoptr (LabEdit) rename = lab_edit_new_rename_node ("R1", "Core");
  g_autoptr (LabEdit) remove = lab_edit_new_remove_nodes (names);

  assert_found (fixture, "t0/0", "config R1 2");
  assert_found (fixture, "e0/0", "port R1 e0/0");
  g_assert_true (lab_history_apply (fixture->history, rename, NULL));
  assert_found (fixture, "t0/0", "config Core 2");
  assert_found (fixture, "e0/0", "port Core e0/0");
  assert_found (fixture, "10.0.0.10", "config R10 2");
  g_assert_true (lab_history_apply (fixture->history, remove, NULL));
  assert_found (fixture, "10.0.0.10", "");
  g_assert_true (lab_history_undo (fixture->history));
  assert_found (fixture, "10.0.0.10", "config R10 2");
}

static void
test_node (Fixture *fixture, gconstpointer unused)
{
  LabNode *node = lab_topology_find_node (fixture->topology, "R1");

  g_assert_true (lab_search_index_matches_node (fixture->index, node, ""));
  g_assert_true (lab_search_index_matches_node (fixture->index, node, "l3.bin"));
  g_assert_true (lab_search_index_matches_node (fixture->index, node, "stra e3"));
  g_assert_true (lab_search_index_matches_node (fixture->index, node, "10.0.0.1"));
  g_assert_false (lab_search_index_matches_node (fixture->index, node, "10.0.0.10"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/app/search/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("names", test_names);
  ADD ("ports", test_ports);
  ADD ("addresses", test_addresses);
  ADD ("texts", test_texts);
  ADD ("nothing", test_nothing);
  ADD ("most", test_most);
  ADD ("changes", test_changes);
  ADD ("node", test_node);

  return g_test_run ();
}

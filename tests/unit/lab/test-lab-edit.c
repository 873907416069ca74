/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits, one by one: what they do, what they refuse, what they say, and that undo gives back the
 * same bytes. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "lab-history.h"
#include "lab-look.h"
#include "lab-samples.h"

/* (transfer full) edit. */
static void
refused (SampleLab *fixture, LabEdit *edit, const char *message)
{
  g_autoptr (LabEdit) owned = edit;
  g_autoptr (GError) error = NULL;

  g_assert_false (lab_history_apply (fixture->history, edit, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_EDIT);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_false (lab_history_can_undo (fixture->history));
  sample_lab_assert_same (fixture);
}

/* Applies, and goes back and forth. (transfer full) edit; (transfer full): the text after it. */
static char *
applied (SampleLab *fixture, LabEdit *edit, const char *label)
{
  g_autoptr (LabEdit) owned = edit;
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;
  g_autofree char *parsed_text = NULL;
  g_autoptr (LabTopology) parsed = NULL;

  g_assert_true (lab_history_apply (fixture->history, edit, &error));
  g_assert_no_error (error);
  after = sample_text (fixture->topology);
  g_assert_cmpstr (after, !=, sample_full);
  g_assert_cmpstr (lab_history_get_undo_label (fixture->history), ==, label);
  g_assert_cmpstr (lab_edit_get_label (edit), ==, label);
  parsed = sample_load (after);
  parsed_text = sample_text (parsed);
  sample_assert_text (parsed_text, after);

  g_assert_true (lab_history_undo (fixture->history));
  sample_lab_assert_same (fixture);
  g_assert_cmpstr (lab_history_get_redo_label (fixture->history), ==, label);
  g_assert_true (lab_history_redo (fixture->history));
  again = sample_text (fixture->topology);
  sample_assert_text (again, after);

  return g_steal_pointer (&after);
}

static JsonNode *
json (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);

  return node;
}

static LabNode *
new_node (const char *text)
{
  g_autoptr (JsonNode) node = json (text);
  g_autoptr (GError) error = NULL;
  LabNode *self = lab_node_new_from_json (node, &error);

  g_assert_no_error (error);

  return self;
}

static LabEdit *
set_node (const char *name, const char *key, const char *value)
{
  g_autoptr (JsonNode) node = value != NULL ? json (value) : NULL;

  return lab_edit_new_set_node (name, key, node);
}

static LabEdit *
remove_nodes (const char *first, const char *second)
{
  const char *names[] = { first, second, NULL };

  return lab_edit_new_remove_nodes (names);
}

static void
test_add_node (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (LabNode) node = new_node ("{\"kind\":\"nat\",\"name\":\"R1\",\"x\":5}");
  g_autofree char *text = applied (fixture, lab_edit_new_add_node (node), "Add R3");

  g_assert_cmpuint (lab_node_get_id (node), ==, 2);
  g_assert_true (lab_topology_find_node (fixture->topology, "R3") == node);
  g_assert_nonnull (strstr (
      text, "{ \"name\": \"R3\", \"id\": 2, \"kind\": \"nat\", \"x\": 5, \"y\": 0 }\n  ],\n"));
}

static void
test_free_names (SampleLab *fixture, gconstpointer unused)
{
  static const char *const wanted[] = { "SW1", "NAT", "NAT", "2024", "2024", "a" };
  static const char *const given[] = { "SW2", "NAT2", "NAT3", "2024", "1", "a" };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"kind\":\"nat\",\"name\":\"%s\"}", wanted[i]);
      g_autoptr (LabNode) node = new_node (text);
      g_autoptr (LabEdit) edit = lab_edit_new_add_node (node);

      g_assert_true (lab_history_apply (fixture->history, edit, NULL));
      g_assert_cmpstr (lab_node_get_name (node), ==, given[i]);
    }
}

/* 63 bytes, cut between characters for the number. */
static void
test_long_name (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (GString) name = g_string_new ("x");

  while (name->len < LAB_MAX_NAME_BYTES)
    g_string_append (name, "é");
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"kind\":\"nat\",\"name\":\"%s\"}", name->str);
      g_autoptr (LabNode) node = new_node (text);
      g_autoptr (LabEdit) edit = lab_edit_new_add_node (node);

      g_assert_true (lab_history_apply (fixture->history, edit, NULL));
      g_assert_cmpuint (strlen (lab_node_get_name (node)), <=, LAB_MAX_NAME_BYTES);
      g_assert_true (g_utf8_validate (lab_node_get_name (node), -1, NULL));
    }
}

static void
test_add_twice (SampleLab *fixture, gconstpointer unused)
{
  LabNode *node = lab_topology_find_node (fixture->topology, "R1");

  refused (fixture, lab_edit_new_add_node (node),
           "Device “R1” is in a lab already; add a copy of it.");
}

static void
test_remove_nodes (SampleLab *fixture, gconstpointer unused)
{
  LabNode *node = lab_topology_find_node (fixture->topology, "R1");
  g_autofree char *text = applied (fixture, remove_nodes ("R1", "SW1"), "Delete 2 devices");

  g_assert_null (strstr (text, "\"R1\""));
  g_assert_null (strstr (text, "\"SW1\""));
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (fixture->topology)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_checks (fixture->topology)), ==, 1);
  g_assert_null (lab_topology_find_node_by_id (fixture->topology, 1));
  g_assert_true (lab_history_undo (fixture->history));
  /* The same object comes back, so that a canvas keeps what it knows of it. */
  g_assert_true (lab_topology_find_node (fixture->topology, "R1") == node);
}

static void
test_remove_refused (SampleLab *fixture, gconstpointer unused)
{
  refused (fixture, remove_nodes ("R1", "R9"), "There is no device “R9” in the lab.");
}

static void
test_remove_same_twice (SampleLab *fixture, gconstpointer unused)
{
  g_autofree char *text = applied (fixture, remove_nodes ("NAT", "NAT"), "Delete 2 devices");

  g_assert_null (strstr (text, "\"NAT\""));
}

static void
test_rename (SampleLab *fixture, gconstpointer unused)
{
  g_autofree char *text =
      applied (fixture, lab_edit_new_rename_node ("R1", "Core"), "Rename R1 to Core");

  g_assert_null (strstr (text, "\"R1\""));
  g_assert_nonnull (strstr (text, "\"a\": { \"node\": \"Core\", \"port\": \"e0/0\" }"));
  g_assert_nonnull (strstr (text, "\"name\": \"R1 pings R2\", \"node\": \"Core\""));
  g_assert_nonnull (lab_topology_find_link (fixture->topology, "Core", "s2/0"));
  g_assert_null (lab_topology_find_link (fixture->topology, "R1", "s2/0"));
  g_assert_null (lab_topology_find_node (fixture->topology, "R1"));
}

static void
test_rename_refused (SampleLab *fixture, gconstpointer unused)
{
  refused (fixture, lab_edit_new_rename_node ("R1", "R2"),
           "There is a device “R2” already; choose another name.");
  refused (fixture, lab_edit_new_rename_node ("R9", "R8"), "There is no device “R9” in the lab.");
  refused (fixture, lab_edit_new_rename_node ("R1", ""),
           "The name is empty; give it at least one character.");
  refused (fixture, lab_edit_new_rename_node ("R1", " x"),
           "The name “ x” begins or ends with a blank; remove it.");
  refused (fixture, lab_edit_new_rename_node ("R1", "a\nb"),
           "The name “a�b” holds a control character; remove it.");
  refused (fixture, lab_edit_new_rename_node ("R1", "\xff"),
           "The name “�” is not valid UTF-8; write it in UTF-8.");
}

static void
test_move (SampleLab *fixture, gconstpointer unused)
{
  const char *names[] = { "R1", "R2", NULL };
  double xs[] = { 1.5, -0.0 };
  double ys[] = { 1e6, 3 };
  g_autofree char *text =
      applied (fixture, lab_edit_new_move_nodes (names, xs, ys), "Move 2 devices");

  g_assert_nonnull (strstr (text, "\"x\": 1.5,\n      \"y\": 1000000,\n"));
  g_assert_cmpfloat (lab_node_get_y (lab_topology_find_node (fixture->topology, "R2")), ==, 3);
}

static void
test_move_refused (SampleLab *fixture, gconstpointer unused)
{
  const char *names[] = { "R1", "R2", NULL };
  const char *wrong[] = { "R1", "R9", NULL };
  double fine[] = { 1, 2 };
  double far[] = { 1, 1000001 };
  double nan[] = { 1, NAN };

  refused (fixture, lab_edit_new_move_nodes (names, fine, far),
           "Device “R2” cannot be moved further out than 1000000.");
  refused (fixture, lab_edit_new_move_nodes (names, nan, fine),
           "Device “R2” cannot be moved further out than 1000000.");
  refused (fixture, lab_edit_new_move_nodes (wrong, fine, fine),
           "There is no device “R9” in the lab.");
}

static void
test_set_node (SampleLab *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *key;
    const char *value;
    const char *label;
  } cases[] = {
    { "ram", "256", "Change memory of R1" },
    { "start", "[\"one\",\"two\"]", "Edit start configuration of R1" },
    { "start", NULL, "Edit start configuration of R1" },
    { "locked", "false", "Unlock R1" },
    { "locked", NULL, "Unlock R1" },
    { "x", "5", "Move R1" },
    { "future", NULL, "Change “future” of R1" },
    { "weird", "{\"a\":[1,{\"b\":null}]}", "Change “weird” of R1" },
    { "ethernet", "2.0", NULL },
    { "image", "{\"name\":\"other.bin\"}", "Change image of R1" },
    { "label", "{}", "Change label of R1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (cases[i].label == NULL)
        {
          /* What it is already: no step. */
          g_autoptr (LabEdit) edit = set_node ("R1", cases[i].key, cases[i].value);

          g_assert_true (lab_history_apply (fixture->history, edit, NULL));
          g_assert_false (lab_history_can_undo (fixture->history));
        }
      else
        {
          g_autofree char *text =
              applied (fixture, set_node ("R1", cases[i].key, cases[i].value), cases[i].label);

          g_assert_nonnull (text);
          g_assert_true (lab_history_undo (fixture->history));
        }
    }
}

static void
test_set_node_refused (SampleLab *fixture, gconstpointer unused)
{
  refused (
      fixture, set_node ("R1", "name", "\"X\""),
      "The member “name” of a device cannot be set; a device is renamed by an edit of its own, "
      "and its id stays for ever.");
  refused (fixture, set_node ("R1", "id", "9"),
           "The member “id” of a device cannot be set; a device is renamed by an edit of its own, "
           "and its id stays for ever.");
  refused (fixture, set_node ("R1", "ram", "\"much\""),
           "Node “R1”: “ram” must be a whole number from 0 to 65536.");
  refused (fixture, set_node ("R1", "kind", NULL),
           "Node “R1”: the member “kind” is missing; add it.");
  refused (fixture, set_node ("R9", "ram", "1"), "There is no device “R9” in the lab.");
}

static void
test_wired_node (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = NULL;

  refused (fixture, set_node ("R1", "ethernet", "0"),
           "Device “R1” would lose the ports of 2 links; remove them first: "
           "R1 e0/0 – R2 e0/1, R1 s2/0 – R2 s2/3.");
  /* Serial adapters follow the Ethernet ones: one more of those, and s2/0 is s3/0. */
  refused (fixture, set_node ("R1", "ethernet", "3"),
           "Device “R1” would lose the port of 1 link; remove it first: R1 s2/0 – R2 s2/3.");
  refused (fixture, set_node ("SW1", "ports", "[{}]"),
           "Device “SW1” would lose the port of 1 link; remove it first: SW1 e1 – HUB 1 e7.");
  refused (fixture,
           set_node (
               "Fw", "ports",
               "[{\"name\":\"Gi0/0\",\"kind\":\"serial\"},{\"name\":\"Se0\",\"kind\":\"serial\"}]"),
           "Device “Fw” would lose the port of 1 link; remove it first: Fw Gi0/0 – SW1 e0.");

  g_ptr_array_add (edits, lab_edit_new_remove_link ("R2", "Serial2/3"));
  g_ptr_array_add (edits, set_node ("R1", "ethernet", "3"));
  text = applied (fixture, lab_edit_new_group (NULL, edits), "Delete link R1 s2/0 – R2 s2/3");
  g_assert_cmpuint (
      lab_node_get_ethernet_adapters (lab_topology_find_node (fixture->topology, "R1")), ==, 3);
}

static void
test_links (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (LabLink) link = lab_link_new ("R1", "ETHERNET0/1", "R2", "e0/0");
  g_autoptr (LabEdit) broken = lab_edit_new_add_link (link);
  g_autofree char *text = NULL;

  g_assert_cmpstr (lab_edit_get_label (broken), ==, "Add link R1 ETHERNET0/1 – R2 e0/0");
  g_clear_object (&link);
  link = lab_link_new ("R1", "e0/1", "R2", "e0/0");
  text = applied (fixture, lab_edit_new_add_link (link), "Add link R1 e0/1 – R2 e0/0");
  g_assert_true (lab_topology_find_link (fixture->topology, "R2", "e0/0") == link);
  g_assert_true (lab_history_undo (fixture->history));
  g_clear_pointer (&text, g_free);
  text =
      applied (fixture, lab_edit_new_remove_link ("R2", "e0/1"), "Delete link R1 e0/0 – R2 e0/1");
  g_assert_null (lab_topology_find_link (fixture->topology, "R1", "e0/0"));
}

static void
test_links_refused (SampleLab *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *ends[4];
    const char *message;
  } cases[] = {
    { { "R1", "e0/0", "R2", "e0/0" },
      "Port e0/0 of node “R1” holds the link R1 e0/0 – R2 e0/1 already; choose another." },
    { { "R1", "e0/1", "R9", "e0/0" }, "There is no node “R9”; add it, or remove the link." },
    { { "R1", "e0/1", "R2", "e9/0" }, "Node “R2” has no port “e9/0”; it has 16 ports." },
    { { "R1", "e0/1", "R2", "s2/0" },
      "A link cannot join the Ethernet port with the serial port in R1 e0/1 – R2 s2/0; choose "
      "ports of one kind." },
    { { "R1", "e0/1", "R1", "Ethernet0/1" },
      "A link cannot join port e0/1 of node “R1” with itself; choose another." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const *ends = cases[i].ends;
      g_autoptr (LabLink) link = lab_link_new (ends[0], ends[1], ends[2], ends[3]);

      refused (fixture, lab_edit_new_add_link (link), cases[i].message);
    }
  refused (fixture, lab_edit_new_remove_link ("R1", "e0/3"),
           "There is no link at port e0/3 of device “R1”.");
  refused (fixture, lab_edit_new_set_link ("R1", "e0/0", "a", NULL),
           "The member “a” is missing; add it.");
  {
    g_autoptr (JsonNode) moved = json ("{\"node\":\"R1\",\"port\":\"e0/1\"}");

    refused (fixture, lab_edit_new_set_link ("R1", "e0/0", "a", moved),
             "The end “a” of a link cannot be moved to another port; remove the link and add "
             "another.");
  }
  {
    g_autoptr (JsonNode) wrong = json ("1");

    refused (fixture, lab_edit_new_set_link ("R1", "e0/0", "plugged", wrong),
             "“plugged” must be true or false.");
  }
}

static void
test_set_link (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (JsonNode) off = json ("false");
  g_autoptr (JsonNode) style = json ("{\"colour\":\"#00ff00\"}");
  LabLink *link = lab_topology_find_link (fixture->topology, "R1", "e0/0");
  g_autofree char *text = applied (fixture, lab_edit_new_set_link ("R1", "e0/0", "plugged", off),
                                   "Unplug R1 e0/0 – R2 e0/1");

  g_assert_false (lab_link_get_plugged (link));
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_true (lab_link_get_plugged (link));
  g_free (text);
  text = applied (fixture, lab_edit_new_set_link ("R1", "s2/0", "plugged", NULL),
                  "Plug R1 s2/0 – R2 s2/3");
  g_assert_true (lab_history_undo (fixture->history));
  g_free (text);
  text = applied (fixture, lab_edit_new_set_link ("R1", "e0/0", "style", style),
                  "Change look of link R1 e0/0 – R2 e0/1");
  g_assert_nonnull (strstr (text, "\"style\": { \"colour\": \"#00ff00\" }"));
}

static void
test_set_link_end (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (JsonNode) end =
      json ("{\"hidden\":true,\"node\":\"R1\",\"label\":{\"y\":2,\"x\":-1},\"port\":\"e0/0\"}");
  LabLink *link = lab_topology_find_link (fixture->topology, "R1", "e0/0");
  g_autofree char *text = applied (fixture, lab_edit_new_set_link ("R1", "e0/0", "a", end),
                                   "Change look of link R1 e0/0 – R2 e0/1");
  double x;
  double y;

  g_assert_true (lab_link_get_port_label_hidden (link, 0));
  g_assert_true (lab_link_get_port_label_offset (link, 0, &x, &y));
  g_assert_cmpfloat (x, ==, -1);
  g_assert_cmpfloat (y, ==, 2);
  g_assert_true (lab_topology_find_link (fixture->topology, "R1", "e0/0") == link);
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_false (lab_link_get_port_label_hidden (link, 0));
}

static void
test_drawing_looks (SampleLab *fixture, gconstpointer unused)
{
  static const char *const arrows[] = { "none", "start", "end", "both" };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"kind\":\"line\",\"width\":1,\"height\":2,\"arrows\":\"%s\",\"radius\":%u}", arrows[i],
          i * 300);
      g_autoptr (JsonNode) node = json (text);
      g_autoptr (LabDrawing) drawing = lab_drawing_new_from_json (node, NULL);

      g_assert_cmpint (lab_drawing_get_arrow (drawing, 0), ==, i == 1 || i == 3);
      g_assert_cmpint (lab_drawing_get_arrow (drawing, 1), ==, i == 2 || i == 3);
      g_assert_cmpfloat (lab_drawing_get_radius (drawing), ==, i * 300);
    }
}

static void
test_drawings (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (JsonNode) node = json ("{\"kind\":\"ellipse\",\"width\":1,\"height\":2,\"id\":2}");
  g_autoptr (JsonNode) five = json ("5");
  g_autoptr (JsonNode) wrong = json ("\"blue\"");
  g_autoptr (LabDrawing) drawing = lab_drawing_new_from_json (node, NULL);
  g_autoptr (LabDrawing) picture =
      g_list_model_get_item (lab_topology_get_drawings (fixture->topology), 4);
  GBytes *bytes = lab_drawing_get_picture (picture);
  g_autofree char *text = NULL;

  refused (fixture, lab_edit_new_remove_drawing (77), "There is no drawing 77 in the lab.");
  refused (fixture, lab_edit_new_set_drawing (2, "id", five),
           "The id of a drawing cannot be set; it stays for ever.");
  refused (fixture, lab_edit_new_set_drawing (2, "fill", wrong),
           "Drawing 2: “fill” must be a colour like #rrggbb or #rrggbbaa.");

  text = applied (fixture, lab_edit_new_add_drawing (drawing), "Add ellipse");
  g_assert_cmpuint (lab_drawing_get_id (drawing), ==, 10);
  g_assert_true (lab_history_undo (fixture->history));
  g_free (text);
  text = applied (fixture, lab_edit_new_set_drawing (2, "layer", five), "Change layer of drawing");
  g_assert_true (lab_history_undo (fixture->history));
  g_free (text);
  text = applied (fixture, lab_edit_new_set_drawing (4, "x", five), "Move drawing");
  /* The picture was not decoded again. */
  g_assert_true (lab_drawing_get_picture (picture) == bytes);
  g_assert_true (lab_history_undo (fixture->history));
  g_free (text);
  text = applied (fixture, lab_edit_new_remove_drawing (3), "Delete drawing");
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_drawings (fixture->topology)), ==,
                    4);
}

static void
test_set_lab (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (JsonNode) name = json ("\"Renamed\"");
  g_autoptr (JsonNode) notes = json ("[\"a\",\"\",\"b\"]");
  g_autoptr (JsonNode) checks =
      json ("[{\"name\":\"only\",\"node\":\"SW1\",\"send\":\"\",\"reject\":\"x\",\"mine\":1}]");
  g_autofree char *text = applied (fixture, lab_edit_new_set_lab ("name", name), "Rename lab");

  g_assert_cmpstr (lab_topology_get_name (fixture->topology), ==, "Renamed");
  g_assert_true (lab_history_undo (fixture->history));
  g_free (text);
  text = applied (fixture, lab_edit_new_set_lab ("notes", notes), "Edit notes");
  g_assert_cmpstr (lab_topology_get_notes (fixture->topology), ==, "a\n\nb\n");
  g_assert_true (lab_history_undo (fixture->history));
  g_free (text);
  text = applied (fixture, lab_edit_new_set_lab ("checks", checks), "Edit checks");
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_checks (fixture->topology)), ==, 1);
  g_assert_nonnull (strstr (text, "\"reject\": \"x\", \"mine\": 1 }"));
  g_assert_true (lab_history_undo (fixture->history));
  g_free (text);
  text = applied (fixture, lab_edit_new_set_lab ("checks", NULL), "Edit checks");
  g_assert_null (strstr (text, "\"checks\""));
  g_assert_true (lab_history_undo (fixture->history));
  g_free (text);
  text = applied (fixture, lab_edit_new_set_lab ("grid", NULL), "Change “grid” of the lab");
  g_assert_null (strstr (text, "\"grid\": 20"));
}

static void
test_start_order (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (JsonNode) patience = json ("20");
  g_autofree char *text = applied (fixture, lab_edit_new_set_lab ("start-patience", patience),
                                   "Change patience with start groups");

  g_assert_nonnull (strstr (text, "\n  \"start-patience\": 20"));
  g_assert_cmpuint (lab_topology_get_start_patience (fixture->topology), ==, 20);
  g_assert_true (lab_history_undo (fixture->history));
  g_free (text);
  text = applied (fixture, set_node ("R1", "start-group", "1"), "Change start group of R1");
  g_assert_nonnull (strstr (text, "\n      \"start-group\": 1"));
  g_assert_true (lab_history_undo (fixture->history));
  g_free (text);
  /* The default is not written. */
  text = applied (fixture, set_node ("R1", "start-group", "0"), "Change start group of R1");
  g_assert_null (strstr (text, "start-group"));
}

static void
test_template (SampleLab *fixture, gconstpointer unused)
{
  g_autofree char *text =
      applied (fixture, set_node ("R1", "template", "\"Border\""), "Change template of R1");

  g_assert_nonnull (strstr (text, "\n      \"template\": \"Border\""));
  g_assert_cmpstr (lab_node_get_template (lab_topology_find_node (fixture->topology, "R1")), ==,
                   "Border");
  g_assert_true (lab_history_undo (fixture->history));
  g_free (text);
  text = applied (fixture, lab_edit_new_set_node ("R1", "template", NULL), "Change template of R1");
  g_assert_null (strstr (text, "\"template\""));
}

static void
test_set_lab_refused (SampleLab *fixture, gconstpointer unused)
{
  g_autoptr (JsonNode) checks =
      json ("[{\"name\":\"only\",\"node\":\"R9\",\"send\":\"\",\"reject\":\"x\"}]");
  g_autoptr (JsonNode) broken =
      json ("[{\"name\":\"only\",\"node\":\"R1\",\"send\":\"\",\"reject\":\"(\"}]");
  g_autofree char *deep = NULL;
  g_autoptr (JsonNode) deep_json = NULL;

  refused (fixture, lab_edit_new_set_lab ("uuid", NULL),
           "The member “uuid” of a lab cannot be set.");
  refused (fixture, lab_edit_new_set_lab ("nodes", NULL),
           "The member “nodes” of a lab cannot be set.");
  refused (fixture, lab_edit_new_set_lab ("name", NULL), "The member “name” is missing; add it.");
  refused (fixture, lab_edit_new_set_lab ("checks", checks),
           "Check “only”: there is no node “R9”; add it, or remove the check.");
  {
    g_autoptr (LabEdit) edit = lab_edit_new_set_lab ("checks", broken);
    g_autoptr (GError) error = NULL;

    g_assert_false (lab_history_apply (fixture->history, edit, &error));
    g_assert_true (g_str_has_prefix (error->message,
                                     "Check “only”: “reject” is no valid regular expression ("));
  }

  /* A value too deep to be read back, and one that is no UTF-8. */
  deep =
      g_strdup_printf ("%s%s", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                       "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
  deep_json = json (deep);
  refused (fixture, lab_edit_new_set_lab ("deep", deep_json),
           "The values are nested too deep; a lab is flatter than that.");
  {
    g_autoptr (JsonNode) bad = json_node_init_string (json_node_alloc (), "\xff");
    g_autoptr (JsonNode) infinite = json_node_init_double (json_node_alloc (), INFINITY);

    refused (fixture, lab_edit_new_set_lab ("bad", bad), "A text is not valid UTF-8.");
    refused (fixture, lab_edit_new_set_node ("R1", "bad", infinite), "A number is not finite.");
    refused (fixture, lab_edit_new_set_lab ("\xff", infinite),
             "A member's name is not valid UTF-8.");
  }
}

/* The deepest value that may be set can be saved and read. */
static void
test_deepest (SampleLab *fixture, gconstpointer unused)
{
  for (guint levels = 55; levels < 70; levels++)
    {
      g_autofree char *open = g_strnfill (levels, '[');
      g_autofree char *close = g_strnfill (levels, ']');
      g_autofree char *text = g_strconcat (open, close, NULL);
      g_autoptr (JsonNode) value = json (text);
      g_autoptr (LabEdit) node = lab_edit_new_set_node ("R1", "deep", value);
      g_autoptr (LabEdit) link = lab_edit_new_set_link ("R1", "e0/0", "deep", value);
      g_autoptr (LabEdit) lab = lab_edit_new_set_lab ("deep", value);
      g_autofree char *written = NULL;
      g_autoptr (LabTopology) again = NULL;

      g_assert_cmpint (lab_history_apply (fixture->history, node, NULL), ==,
                       levels <= LAB_MAX_DEPTH - 3);
      g_assert_cmpint (lab_history_apply (fixture->history, link, NULL), ==,
                       levels <= LAB_MAX_DEPTH - 3);
      g_assert_cmpint (lab_history_apply (fixture->history, lab, NULL), ==,
                       levels <= LAB_MAX_DEPTH - 1);
      written = sample_text (fixture->topology);
      again = sample_load (written);
      g_assert_nonnull (again);
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/lab/edit/" name, SampleLab, NULL, sample_lab_set_up, function, sample_lab_tear_down)

/* Another identity stays through undo and redo of what changed the head. */
static void
test_uuid (SampleLab *fixture, gconstpointer unused)
{
  const char *fresh = "aaaaaaaa-89ab-cdef-0123-456789abcdef";
  g_autoptr (JsonNode) name = json ("\"Other\"");
  g_autofree char *copy = lab_file_to_string_as (fixture->topology, fresh, NULL);
  g_autofree char *text = applied (fixture, lab_edit_new_set_lab ("name", name), "Rename lab");
  g_autofree char *undone = NULL;

  lab_topology_set_uuid (fixture->topology, fresh);
  g_assert_cmpstr (lab_topology_get_uuid (fixture->topology), ==, fresh);
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpstr (lab_topology_get_uuid (fixture->topology), ==, fresh);
  undone = sample_text (fixture->topology);
  sample_assert_text (undone, copy);
  g_assert_true (lab_history_redo (fixture->history));
  g_assert_cmpstr (lab_topology_get_uuid (fixture->topology), ==, fresh);
  g_assert_cmpstr (lab_topology_get_name (fixture->topology), ==, "Other");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("add-node", test_add_node);
  ADD ("free-names", test_free_names);
  ADD ("long-name", test_long_name);
  ADD ("add-twice", test_add_twice);
  ADD ("remove-nodes", test_remove_nodes);
  ADD ("remove-refused", test_remove_refused);
  ADD ("remove-same-twice", test_remove_same_twice);
  ADD ("rename", test_rename);
  ADD ("rename-refused", test_rename_refused);
  ADD ("move", test_move);
  ADD ("move-refused", test_move_refused);
  ADD ("set-node", test_set_node);
  ADD ("set-node-refused", test_set_node_refused);
  ADD ("wired-node", test_wired_node);
  ADD ("links", test_links);
  ADD ("links-refused", test_links_refused);
  ADD ("set-link", test_set_link);
  ADD ("set-link-end", test_set_link_end);
  ADD ("uuid", test_uuid);
  ADD ("drawing-looks", test_drawing_looks);
  ADD ("drawings", test_drawings);
  ADD ("set-lab", test_set_lab);
  ADD ("set-lab-refused", test_set_lab_refused);
  ADD ("start-order", test_start_order);
  ADD ("template", test_template);
  ADD ("deepest", test_deepest);

  return g_test_run ();
}

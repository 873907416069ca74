/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random edits, alone and in groups, some of them impossible. Whatever was done, the document can
 * be saved and read; undone to the start it has the bytes of the start, redone those of the end. */

#include "config.h"

#include <string.h>

#include "lab-history.h"
#include "lab-samples.h"

#define ROUNDS 40
#define EDITS  60

typedef struct
{
  LabTopology *topology;
  LabHistory *history;
} Fixture;

static gpointer
pick (GListModel *model)
{
  guint n = g_list_model_get_n_items (model);

  return n > 0 ? g_list_model_get_item (model, (guint) g_test_rand_int_range (0, (gint32) n))
               : NULL;
}

/* Mostly a name that is there. */
static char *
pick_name (Fixture *fixture)
{
  g_autoptr (LabNode) node = pick (lab_topology_get_nodes (fixture->topology));

  return g_strdup (node != NULL && g_test_rand_int_range (0, 20) > 0 ? lab_node_get_name (node)
                                                                     : "nobody");
}

static char *
pick_port (Fixture *fixture, const char *name)
{
  LabNode *node = lab_topology_find_node (fixture->topology, name);
  LabPort port;

  if (node == NULL || lab_node_get_n_ports (node) == 0)
    return g_strdup ("e0");
  lab_node_get_port (node, (guint) g_test_rand_int_range (0, (gint32) lab_node_get_n_ports (node)),
                     &port);

  return g_strdup (g_test_rand_bit () ? port.name : port.long_name);
}

static JsonNode *
pick_value (void)
{
  static const char *const values[] = {
    "1",
    "2",
    "0",
    "16",
    "300",
    "-5",
    "0.25",
    "true",
    "false",
    "\"text\"",
    "[]",
    "[ \"a\", \"b\" ]",
    "{}",
    "{ \"name\": \"image\" }",
    "[ { \"mode\": \"trunk\" }, {}, {} ]",
    "null",
    "\"#aabbcc\"",
    "[ { \"name\": \"c\", \"node\": \"R2\", \"send\": \"\", \"expect\": \"x\" } ]"
  };

  if (g_test_rand_int_range (0, 6) == 0)
    return NULL;

  return json_from_string (values[g_test_rand_int_range (0, G_N_ELEMENTS (values))], NULL);
}

static LabEdit *
random_add_node (void)
{
  static const char *const nodes[] = {
    "{ \"name\": \"R1\", \"kind\": \"iou\", \"image\": { \"name\": \"x\" }, \"u\": 1 }",
    "{ \"name\": \"New\", \"kind\": \"switch\", \"ports\": [ {}, { \"mode\": \"trunk\" } ] }",
    "{ \"name\": \"N\", \"kind\": \"nat\", \"id\": 500 }",
    "{ \"name\": \"Fw\", \"kind\": \"placeholder\", \"foreign\": [ 1, { \"a\": null } ] }",
  };
  g_autoptr (JsonNode) json =
      json_from_string (nodes[g_test_rand_int_range (0, G_N_ELEMENTS (nodes))], NULL);
  g_autoptr (LabNode) node = lab_node_new_from_json (json, NULL);

  return lab_edit_new_add_node (node);
}

static LabEdit *
random_node_edit (Fixture *fixture)
{
  static const char *const keys[] = { "x",      "ram",   "ethernet", "serial",     "start",
                                      "locked", "ports", "image",    "keepalives", "unknown",
                                      "kind",   "name",  "label",    "start-group" };
  g_autofree char *name = pick_name (fixture);
  g_autofree char *other = pick_name (fixture);
  const char *names[] = { name, other, NULL };
  double xs[] = { g_test_rand_int_range (-9, 9), g_test_rand_double_range (-1e6, 1e6) };
  g_autoptr (JsonNode) value = pick_value ();

  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
      return random_add_node ();
    case 1:
      names[g_test_rand_bit () ? 1 : 2] = NULL;
      return lab_edit_new_remove_nodes (names);
    case 2:
      return lab_edit_new_rename_node (name, g_test_rand_bit () ? other : "Fresh name");
    case 3:
      return lab_edit_new_move_nodes (names, xs, xs);
    default:
      return lab_edit_new_set_node (name, keys[g_test_rand_int_range (0, G_N_ELEMENTS (keys))],
                                    value);
    }
}

static LabEdit *
random_link_edit (Fixture *fixture)
{
  static const char *const keys[] = { "plugged", "style", "a", "colour" };
  g_autofree char *a = pick_name (fixture);
  g_autofree char *b = pick_name (fixture);
  g_autofree char *port_a = pick_port (fixture, a);
  g_autofree char *port_b = pick_port (fixture, b);
  g_autoptr (LabLink) old = pick (lab_topology_get_links (fixture->topology));
  g_autoptr (LabLink) link = lab_link_new (a, port_a, b, port_b);
  g_autoptr (JsonNode) value = pick_value ();

  if (old == NULL || g_test_rand_int_range (0, 3) > 0)
    return lab_edit_new_add_link (link);
  if (g_test_rand_bit ())
    return lab_edit_new_remove_link (lab_link_get_node_name (old, 0),
                                     lab_link_get_port_name (old, 0));

  return lab_edit_new_set_link (lab_link_get_node_name (old, 1), lab_link_get_port_name (old, 1),
                                keys[g_test_rand_int_range (0, G_N_ELEMENTS (keys))], value);
}

static LabEdit *
random_drawing_edit (Fixture *fixture)
{
  static const char *const keys[] = { "x",    "text",  "fill", "layer",
                                      "kind", "width", "mine", "picture" };
  g_autoptr (LabDrawing) old = pick (lab_topology_get_drawings (fixture->topology));
  g_autoptr (JsonNode) json =
      json_from_string ("{ \"kind\": \"text\", \"text\": [ \"new\" ], \"z\": [] }", NULL);
  g_autoptr (LabDrawing) drawing = lab_drawing_new_from_json (json, NULL);
  g_autoptr (JsonNode) value = pick_value ();
  guint id = old != NULL ? lab_drawing_get_id (old) : 12345;

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      return lab_edit_new_add_drawing (drawing);
    case 1:
      return lab_edit_new_remove_drawing (id);
    default:
      return lab_edit_new_set_drawing (id, keys[g_test_rand_int_range (0, G_N_ELEMENTS (keys))],
                                       value);
    }
}

static LabEdit *random_edit (Fixture *fixture, guint depth);

static LabEdit *
random_group (Fixture *fixture, guint depth)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  gint32 n = g_test_rand_int_range (0, 5);

  for (gint32 i = 0; i < n; i++)
    g_ptr_array_add (edits, random_edit (fixture, depth + 1));

  return lab_edit_new_group (g_test_rand_bit () ? "Group" : NULL, edits);
}

static LabEdit *
random_edit (Fixture *fixture, guint depth)
{
  static const char *const keys[] = { "name", "notes", "checks", "grid", "uuid", "extra" };
  g_autoptr (JsonNode) value = pick_value ();

  switch (g_test_rand_int_range (0, 12))
    {
    case 0:
      return lab_edit_new_set_lab (keys[g_test_rand_int_range (0, G_N_ELEMENTS (keys))], value);
    case 1:
    case 2:
      return random_drawing_edit (fixture);
    case 3:
      if (depth < 3)
        return random_group (fixture, depth);
      return random_add_node ();
    case 4:
    case 5:
    case 6:
      return random_link_edit (fixture);
    default:
      return random_node_edit (fixture);
    }
}

/* The document can be saved, and all tables agree with the lists. */
static void
check_document (Fixture *fixture, const char *text)
{
  g_autoptr (LabTopology) again = sample_load (text);
  g_autofree char *text_again = sample_text (again);
  GListModel *nodes = lab_topology_get_nodes (fixture->topology);
  GListModel *links = lab_topology_get_links (fixture->topology);

  sample_assert_text (text_again, text);
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      g_assert_true (lab_topology_find_node (fixture->topology, lab_node_get_name (node)) == node);
      g_assert_true (lab_topology_find_node_by_id (fixture->topology, lab_node_get_id (node)) ==
                     node);
    }
  for (guint i = 0; i < g_list_model_get_n_items (links); i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);

      for (guint end = 0; end < 2; end++)
        g_assert_true (lab_topology_find_link (fixture->topology,
                                               lab_link_get_node_name (link, end),
                                               lab_link_get_port_name (link, end)) == link);
    }
}

/* One edit, or a few in an open group, ended or cancelled. Failing must change nothing. */
static void
random_step (Fixture *fixture)
{
  gint32 n = g_test_rand_int_range (0, 8) == 0 ? g_test_rand_int_range (0, 6) : 1;
  gboolean group = n != 1;
  g_autofree char *start = sample_text (fixture->topology);

  if (group)
    lab_history_begin_group (fixture->history, g_test_rand_bit () ? "Open" : NULL);
  for (gint32 i = 0; i < n; i++)
    {
      g_autoptr (LabEdit) edit = random_edit (fixture, 0);
      g_autofree char *before = sample_text (fixture->topology);
      g_autoptr (GError) error = NULL;

      if (!lab_history_apply (fixture->history, edit, &error))
        {
          g_autofree char *after = sample_text (fixture->topology);

          g_assert_error (error, LAB_ERROR, LAB_ERROR_EDIT);
          g_assert_true (g_unichar_isupper (g_utf8_get_char (error->message)) ||
                         g_str_has_prefix (error->message, "“"));
          sample_assert_text (after, before);
        }
    }
  if (group && g_test_rand_int_range (0, 3) == 0)
    {
      g_autofree char *after = NULL;

      lab_history_cancel_group (fixture->history);
      after = sample_text (fixture->topology);
      sample_assert_text (after, start);
    }
  else if (group)
    lab_history_end_group (fixture->history);
}

static void
test_random (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      Fixture fixture = { .topology = sample_load (sample_full) };
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *end = NULL;
      g_autofree char *start = NULL;

      fixture.history = lab_history_new (fixture.topology);
      for (guint i = 0; i < EDITS; i++)
        {
          random_step (&fixture);
          if (g_test_rand_int_range (0, 6) == 0)
            lab_history_undo (fixture.history);
          if (g_test_rand_int_range (0, 8) == 0)
            lab_history_redo (fixture.history);
        }
      end = sample_text (fixture.topology);
      check_document (&fixture, end);

      while (lab_history_undo (fixture.history))
        g_ptr_array_add (texts, sample_text (fixture.topology));
      start = sample_text (fixture.topology);
      sample_assert_text (start, sample_full);
      g_assert_true (lab_history_is_saved (fixture.history));
      check_document (&fixture, start);

      /* Back through the same states. */
      for (guint i = texts->len; i-- > 0;)
        {
          g_autofree char *text = sample_text (fixture.topology);

          sample_assert_text (text, g_ptr_array_index (texts, i));
          g_assert_true (lab_history_redo (fixture.history));
        }
      {
        g_autofree char *text = sample_text (fixture.topology);

        sample_assert_text (text, end);
      }
      g_object_unref (fixture.history);
      g_assert_finalize_object (fixture.topology);
    }
}

/* A lab that went some way of its own from the sample. */
static void
wander (Fixture *fixture)
{
  fixture->topology = sample_load (sample_full);
  fixture->history = lab_history_new (fixture->topology);
  for (gint32 i = g_test_rand_int_range (0, EDITS); i > 0; i--)
    random_step (fixture);
}

static void
assert_became (Fixture *fixture, LabTopology *other)
{
  g_autoptr (LabEdit) edit = lab_edit_new_become (other, "Reload");
  g_autofree char *before = sample_text (fixture->topology);
  g_autofree char *wanted = sample_text (other);
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autoptr (GError) error = NULL;

  lab_history_apply (fixture->history, edit, &error);
  g_assert_no_error (error);
  after = sample_text (fixture->topology);
  sample_assert_text (after, wanted);
  check_document (fixture, after);
  if (g_str_equal (before, wanted))
    return;
  g_assert_cmpstr (lab_history_get_undo_label (fixture->history), ==, "Reload");
  g_assert_true (lab_history_undo (fixture->history));
  undone = sample_text (fixture->topology);
  sample_assert_text (undone, before);
  check_document (fixture, undone);
  g_assert_true (lab_history_redo (fixture->history));
  redone = sample_text (fixture->topology);
  sample_assert_text (redone, wanted);
}

/* Any lab becomes any other of the same identity, as one step. */
static void
test_become (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      Fixture fixture;
      Fixture other;
      g_autofree char *text = NULL;
      g_autofree char *end = NULL;
      g_autofree char *start = NULL;

      wander (&fixture);
      wander (&other);
      text = sample_text (fixture.topology);
      assert_became (&fixture, other.topology);
      for (guint i = 0; i < 5; i++)
        random_step (&fixture);
      end = sample_text (other.topology);
      {
        /* The other document has no part in what comes later. */
        g_autoptr (LabTopology) again = sample_load (end);
        g_autofree char *text_again = sample_text (again);

        sample_assert_text (text_again, end);
      }
      while (lab_history_undo (fixture.history))
        ;
      start = sample_text (fixture.topology);
      sample_assert_text (start, sample_full);
      g_object_unref (fixture.history);
      g_object_unref (other.history);
      g_assert_finalize_object (fixture.topology);
      g_assert_finalize_object (other.topology);
    }
}

/* What is in both keeps its object, also under another name. */
static void
test_become_keeps (void)
{
  Fixture fixture = { .topology = sample_load (sample_full) };
  g_autoptr (LabTopology) other = sample_load (sample_full);
  g_autoptr (LabHistory) history = lab_history_new (other);
  g_autoptr (LabEdit) rename = lab_edit_new_rename_node ("R1", "Core");
  g_autoptr (LabNode) node = g_object_ref (lab_topology_find_node (fixture.topology, "R1"));
  g_autoptr (LabLink) link = g_object_ref (lab_topology_find_link (fixture.topology, "SW1", "e1"));

  fixture.history = lab_history_new (fixture.topology);
  g_assert_true (lab_history_apply (history, rename, NULL));
  assert_became (&fixture, other);
  g_assert_true (lab_topology_find_node (fixture.topology, "Core") == node);
  g_assert_true (lab_topology_find_link (fixture.topology, "SW1", "e1") == link);
  g_object_unref (fixture.history);
  g_object_unref (fixture.topology);
}

static void
test_become_other (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  g_autoptr (LabTopology) other = lab_topology_new ("Other");
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autoptr (LabEdit) edit = lab_edit_new_become (other, "Reload");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (lab_history_apply (history, edit, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_EDIT);
  g_assert_true (g_str_has_prefix (error->message, "That is another lab: its uuid is "));
  text = sample_text (topology);
  sample_assert_text (text, sample_full);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lab/property/random-edits", test_random);
  g_test_add_func ("/lab/property/become", test_become);
  g_test_add_func ("/lab/property/become-keeps", test_become_keeps);
  g_test_add_func ("/lab/property/become-other", test_become_other);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Members of appearance: what is refused and how, their canonical form, what is read out of them.
 */

#include "config.h"

#include <string.h>

#include "lab-history.h"
#include "lab-look.h"
#include "lab-samples.h"

#define R1_NODE "{\"name\":\"R1\",\"kind\":\"hub\",\"ports\":4%s}"
#define HEAD                                                                                       \
  "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"01234567-89ab-cdef-0123-456789abcdef\","
#define LAB                                                                                        \
  HEAD "\"name\":\"n\",\"nodes\":[" R1_NODE "],\"links\":[{"                                       \
       "\"a\":{\"node\":\"R1\",\"port\":\"e0\"%s},\"b\":{\"node\":\"R1\",\"port\":\"e1\"}%s}],"    \
       "\"drawings\":[{\"kind\":\"line\",\"width\":1,\"height\":1%s}]%s}"

enum
{
  IN_NODE,
  IN_END,
  IN_LINK,
  IN_DRAWING,
  IN_HEAD,
  N_PLACES
};

/* A lab with @members (beginning with a comma) in one place. */
static char *
lab_with (guint place, const char *members)
{
  const char *parts[N_PLACES] = { "", "", "", "", "" };

  parts[place] = members;

  return g_strdup_printf (LAB, parts[IN_NODE], parts[IN_END], parts[IN_LINK], parts[IN_DRAWING],
                          parts[IN_HEAD]);
}

static void
test_refused (void)
{
  static const struct
  {
    guint place;
    const char *members;
    const char *message;
  } cases[] = {
    { IN_NODE, ",\"label\":\"up\"", "node “R1”: “label” must be an object in braces." },
    { IN_NODE, ",\"label\":{\"x\":1}", "node “R1”: “label”: the member “y” is missing; add it." },
    { IN_NODE, ",\"label\":{\"x\":1,\"y\":\"2\"}",
      "node “R1”: “label”: “y” must be a number from -1000000 to 1000000." },
    { IN_NODE, ",\"layer\":1001", "node “R1”: “layer” must be a whole number from -1000 to 1000." },
    { IN_NODE, ",\"layer\":0.5", "node “R1”: “layer” must be a whole number from -1000 to 1000." },
    { IN_NODE, ",\"layer\":null", "node “R1”: “layer” must be a whole number from -1000 to 1000." },
    { IN_END, ",\"label\":{\"y\":1}",
      "link 1: end “a”: “label”: the member “x” is missing; add it." },
    { IN_END, ",\"hidden\":1", "link 1: end “a”: “hidden” must be true or false." },
    { IN_LINK, ",\"shape\":\"round\"",
      "link 1: “shape” must be one of: straight, curved, stepped." },
    { IN_LINK, ",\"colour\":\"#12345678\"", "link 1: “colour” must be a colour like #rrggbb." },
    { IN_LINK, ",\"colour\":\"red\"", "link 1: “colour” must be a colour like #rrggbb." },
    { IN_LINK, ",\"width\":0.4", "link 1: “width” must be a number from 0.5 to 20." },
    { IN_LINK, ",\"dash\":\"dots\"", "link 1: “dash” must be one of: solid, dash, dot." },
    { IN_LINK, ",\"label\":\"a\\nb\"",
      "link 1: “label” holds a line break or control character; remove it." },
    { IN_LINK, ",\"bend\":2e6", "link 1: “bend” must be a number from -1000000 to 1000000." },
    { IN_LINK, ",\"impair\":[]", "link 1: “impair” must be an object in braces." },
    { IN_LINK, ",\"impair\":{\"a-to-b\":{\"delay\":60001}}",
      "link 1: “impair”: “a-to-b”: “delay” must be a number from 0 to 60000." },
    { IN_LINK, ",\"impair\":{\"b-to-a\":{\"loss\":\"1%\"}}",
      "link 1: “impair”: “b-to-a”: “loss” must be a number from 0 to 100." },
    { IN_LINK, ",\"impair\":{\"b-to-a\":{\"rate\":0.5}}",
      "link 1: “impair”: “b-to-a”: “rate” must be 0 or at least 1 kbit/s." },
    { IN_LINK, ",\"impair\":{\"b-to-a\":{\"shape\":\"odd\"}}",
      "link 1: “impair”: “b-to-a”: “shape” must be one of: uniform, normal." },
    { IN_LINK, ",\"impair\":{\"b-to-a\":{\"burst\":{\"begin\":1}}}",
      "link 1: “impair”: “b-to-a”: “burst”: the member “end” is missing; add it." },
    { IN_LINK, ",\"impair\":{\"b-to-a\":{\"burst\":{\"begin\":1,\"end\":0}}}",
      "link 1: “impair”: “b-to-a”: “burst”: “end” must be more than 0, or a burst never ends." },
    { IN_LINK, ",\"impair\":{\"a-to-b\":{\"queue\":5,\"queue-bytes\":5}}",
      "link 1: “impair”: “a-to-b”: “queue” and “queue-bytes” exclude each other." },
    { IN_LINK, ",\"impair\":{\"a-to-b\":{\"only\":\"a\\nb\"}}",
      "link 1: “impair”: “a-to-b”: “only” holds a line break or control character; remove it." },
    { IN_LINK, ",\"impair\":{\"seed\":-1}",
      "link 1: “impair”: “seed” must be a whole number from 0 to 4294967295." },
    { IN_DRAWING, ",\"locked\":\"yes\"", "a drawing: “locked” must be true or false." },
    { IN_DRAWING, ",\"arrows\":\"all\"",
      "a drawing: “arrows” must be one of: none, start, end, both." },
    { IN_DRAWING, ",\"radius\":-1", "a drawing: “radius” must be a number from 0 to 1000." },
    { IN_HEAD, ",\"view\":[]", "“view” must be an object in braces." },
    { IN_HEAD, ",\"view\":{\"grid\":4}", "“view”: “grid” must be a number from 5 to 200." },
    { IN_HEAD, ",\"view\":{\"snap\":0}", "“view”: “snap” must be true or false." },
    { IN_HEAD, ",\"view\":{\"shape\":\"\"}",
      "“view”: “shape” must be one of: straight, curved, stepped." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = lab_with (cases[i].place, cases[i].members);
      g_autoptr (GError) error = NULL;
      g_autoptr (LabTopology) topology = lab_file_parse (text, strlen (text), "x.lab", &error);

      g_assert_null (topology);
      g_assert_error (error, LAB_ERROR, LAB_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, "x.lab, line 1, column "));
      if (!g_str_has_suffix (error->message, cases[i].message))
        g_test_message ("“%s” is not the end of: %s", cases[i].message, error->message);
      g_assert_true (g_str_has_suffix (error->message, cases[i].message));
    }
}

/* @members are written as @wanted, and what is written comes back. */
static void
assert_written (guint place, const char *members, const char *wanted)
{
  g_autofree char *text = lab_with (place, members);
  g_autoptr (LabTopology) topology = sample_load (text);
  g_autofree char *written = sample_text (topology);
  g_autoptr (LabTopology) again = sample_load (written);
  g_autofree char *second = sample_text (again);

  if (strstr (written, wanted) == NULL)
    g_test_message ("“%s” is not in: %s", wanted, written);
  g_assert_nonnull (strstr (written, wanted));
  g_assert_cmpstr (written, ==, second);
}

static void
test_canonical (void)
{
  assert_written (IN_NODE, ",\"mine\":1,\"layer\":3,\"label\":{\"z\":0,\"y\":2.0,\"x\":1}",
                  "\"label\": { \"x\": 1, \"y\": 2, \"z\": 0 },\n      \"layer\": 3,\n"
                  "      \"ports\": 4,\n      \"mine\": 1\n");
  assert_written (IN_NODE, ",\"layer\":0", "\"y\": 0, \"ports\": 4 }");
  assert_written (IN_NODE, ",\"label\":{\"colour\":\"#fff\"}",
                  "\"label\": { \"colour\": \"#fff\" }");
  assert_written (IN_END, ",\"hidden\":false,\"label\":{\"y\":1,\"x\":1}",
                  "\"port\": \"e0\",\n        \"label\": { \"x\": 1, \"y\": 1 }\n      }");
  assert_written (IN_LINK, ",\"bend\":0,\"width\":1.5,\"dash\":\"solid\"",
                  "\"b\": { \"node\": \"R1\", \"port\": \"e1\" } }");
  assert_written (
      IN_LINK,
      ",\"impair\":{\"seed\":0,\"b-to-a\":{\"delay\":0,\"shape\":\"uniform\"},\"own\":1,"
      "\"a-to-b\":{\"loss\":1.0,\"delay\":5,\"order\":\"kept\",\"mtu\":0,"
      "\"burst\":{\"end\":1,\"begin\":0}}}",
      "      \"impair\": {\n        \"a-to-b\": { \"delay\": 5, \"loss\": 1 },\n"
      "        \"seed\": 0,\n        \"own\": 1\n      }\n");
  assert_written (IN_LINK, ",\"impair\":{\"a-to-b\":{\"delay\":0}}",
                  "\"b\": { \"node\": \"R1\", \"port\": \"e1\" } }");
  assert_written (IN_LINK,
                  ",\"own\":1,\"bend\":5,\"label\":\"L\",\"dash\":\"dot\",\"width\":2,"
                  "\"colour\":\"#FFffff\",\"shape\":\"straight\",\"plugged\":false",
                  "\"plugged\": false,\n      \"shape\": \"straight\",\n"
                  "      \"colour\": \"#FFffff\",\n      \"width\": 2,\n      \"dash\": \"dot\",\n"
                  "      \"label\": \"L\",\n      \"bend\": 5,\n      \"own\": 1\n");
  assert_written (IN_DRAWING, ",\"radius\":6,\"arrows\":\"none\",\"locked\":false",
                  "\"width\": 1, \"height\": 1 }");
  assert_written (IN_HEAD,
                  ",\"grid\":1,\"view\":{\"rates\":true,\"own\":2,\"grid\":20,\"snap\":false}",
                  "],\n  \"view\": { \"snap\": false, \"rates\": true, \"own\": 2 },\n"
                  "  \"grid\": 1\n");
  assert_written (IN_HEAD, ",\"view\":{\"snap\":true}", "  ]\n}\n");
}

static void
test_read (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  LabNode *r1 = lab_topology_find_node (topology, "R1");
  LabNode *r2 = lab_topology_find_node (topology, "R2");
  LabLink *plain = lab_topology_find_link (topology, "R1", "e0/0");
  LabLink *styled = lab_topology_find_link (topology, "R1", "s2/0");
  LabLinkShape shape;
  double x;
  double y;

  g_assert_true (lab_node_get_label_offset (r1, &x, &y));
  g_assert_cmpfloat (x, ==, 4);
  g_assert_cmpfloat (y, ==, -7.25);
  g_assert_cmpint (lab_node_get_layer (r1), ==, 2);
  g_assert_false (lab_node_get_label_offset (r2, &x, &y));
  g_assert_cmpint (lab_node_get_layer (r2), ==, 0);

  g_assert_false (lab_link_get_shape (plain, &shape));
  g_assert_null (lab_link_get_colour (plain));
  g_assert_cmpfloat (lab_link_get_width (plain), ==, 1.5);
  g_assert_cmpstr (lab_link_get_dash (plain), ==, "solid");
  g_assert_true (lab_link_get_shape (styled, &shape));
  g_assert_cmpint (shape, ==, LAB_LINK_STEPPED);
  g_assert_cmpstr (lab_link_get_colour (styled), ==, "#3366FF");
  g_assert_cmpfloat (lab_link_get_width (styled), ==, 3);
  g_assert_cmpstr (lab_link_get_dash (styled), ==, "dot");
  g_assert_cmpstr (lab_link_get_label (styled), ==, "WAN, 2 Mb/s");
  g_assert_cmpfloat (lab_link_get_bend (styled), ==, -40);
  g_assert_false (lab_link_get_port_label_hidden (styled, 0));
  g_assert_true (lab_link_get_port_label_hidden (styled, 1));
  g_assert_false (lab_link_get_port_label_offset (styled, 0, &x, &y));
  g_assert_true (lab_link_get_port_label_offset (styled, 1, &x, &y));
  g_assert_cmpfloat (y, ==, 12.5);

  g_assert_cmpfloat (lab_topology_get_grid (topology), ==, 40);
  g_assert_true (lab_topology_get_show_grid (topology));
  g_assert_false (lab_topology_get_snap (topology));
  g_assert_true (lab_topology_get_rates (topology));
  g_assert_cmpint (lab_topology_get_link_shape (topology), ==, LAB_LINK_CURVED);
}

/* Setting one member of the view keeps the others; the last one takes the view with it. */
static void
test_view (void)
{
  g_autofree char *text = lab_with (IN_HEAD, ",\"view\":{\"grid\":50}");
  g_autoptr (LabTopology) topology = sample_load (text);
  g_autofree char *before = sample_text (topology);
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autoptr (JsonNode) yes = json_from_string ("true", NULL);
  g_autoptr (LabEdit) rates = lab_edit_new_set_view (topology, "rates", yes);
  g_autoptr (LabEdit) wrong = NULL;
  g_autoptr (LabEdit) gone = NULL;
  g_autoptr (GError) error = NULL;

  lab_history_apply (history, rates, &error);
  g_assert_no_error (error);
  g_assert_true (lab_topology_get_rates (topology));
  g_assert_cmpfloat (lab_topology_get_grid (topology), ==, 50);
  wrong = lab_edit_new_set_view (topology, "grid", yes);
  g_assert_false (lab_history_apply (history, wrong, &error));
  g_assert_cmpstr (error->message, ==, "“view”: “grid” must be a number from 5 to 200.");
  g_assert_true (lab_history_undo (history));
  undone = sample_text (topology);
  g_assert_cmpstr (undone, ==, before);
  gone = lab_edit_new_set_view (topology, "grid", NULL);
  g_assert_true (lab_history_apply (history, gone, NULL));
  after = sample_text (topology);
  g_assert_null (strstr (after, "view"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lab/look/refused", test_refused);
  g_test_add_func ("/lab/look/canonical", test_canonical);
  g_test_add_func ("/lab/look/read", test_read);
  g_test_add_func ("/lab/look/view", test_view);

  return g_test_run ();
}

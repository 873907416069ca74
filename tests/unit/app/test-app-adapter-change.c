/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which links follow another number of adapters, which are lost, and that the step does it. */

#include "config.h"

#include <string.h>

#include "lab-adapter-change.h"
#include "lab-file.h"
#include "lab-history.h"

/* R1 with @ethernet and @serial adapters; each pair of @ports is a link from R1's port to the hub
 * or router of that kind. */
static LabTopology *
lab_of (guint ethernet, guint serial, const char *const *ports)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  LabTopology *topology;

  g_string_printf (text,
                   "{\"format\":\"labwright\",\"version\":1,"
                   "\"uuid\":\"01234567-89ab-cdef-0123-456789abcdef\",\"name\":\"n\",\"nodes\":["
                   "{\"name\":\"R1\",\"kind\":\"iou\",\"image\":{\"name\":\"i\"},\"ethernet\":%u,"
                   "\"serial\":%u},{\"name\":\"HUB\",\"kind\":\"hub\",\"ports\":64},"
                   "{\"name\":\"FR\",\"kind\":\"frame-relay-switch\",\"ports\":64}],\"links\":[",
                   ethernet, serial);
  for (guint i = 0; ports[i] != NULL; i++)
    {
      gboolean is_serial = ports[i][0] == 's';

      g_string_append_printf (text,
                              "%s{\"a\":{\"node\":\"%s\",\"port\":\"%c%u\"},"
                              "\"b\":{\"node\":\"R1\",\"port\":\"%s\",\"hidden\":true},"
                              "\"colour\":\"#00ff00\"}",
                              i > 0 ? "," : "", is_serial ? "FR" : "HUB", ports[i][0], i, ports[i]);
    }
  g_string_append (text, "]}");
  topology = lab_file_parse (text->str, text->len, NULL, &error);
  g_assert_no_error (error);

  return topology;
}

/* The ports of R1 that hold a link, sorted. */
static char *
linked_ports (LabTopology *topology)
{
  LabNode *node = lab_topology_find_node (topology, "R1");
  GString *text = g_string_new (NULL);
  LabPort port;

  for (guint i = 0; lab_node_get_port (node, i, &port); i++)
    {
      LabLink *link = lab_topology_find_link (topology, "R1", port.name);

      if (link == NULL)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", port.name);
      g_assert_nonnull (
          strstr (lab_link_get_node_name (link, 0), port.name[0] == 's' ? "FR" : "HUB"));
    }

  return g_string_free (text, FALSE);
}

typedef struct
{
  guint from[2];
  guint to[2];
  const char *ports[5];
  const char *after;
  const char *lost;
  const char *moved;
} Case;

static void
check (const Case *given)
{
  g_autoptr (LabTopology) topology = lab_of (given->from[0], given->from[1], given->ports);
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autofree char *before = lab_file_to_string (topology, NULL);
  LabNode *node = lab_topology_find_node (topology, "R1");
  g_autoptr (LabAdapterChange) change =
      lab_adapter_change_new (topology, node, given->to[0], given->to[1]);
  g_autofree char *lost = g_strjoinv (", ", (char **) lab_adapter_change_get_lost (change));
  g_autofree char *moved = g_strjoinv (", ", (char **) lab_adapter_change_get_moved (change));
  g_autoptr (LabEdit) edit = lab_adapter_change_build_edit (change);
  g_autofree char *ports = NULL;
  g_autofree char *undone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (lost, ==, given->lost);
  g_assert_cmpstr (moved, ==, given->moved);
  lab_history_apply (history, edit, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lab_node_get_ethernet_adapters (node), ==, given->to[0]);
  g_assert_cmpuint (lab_node_get_serial_adapters (node), ==, given->to[1]);
  ports = linked_ports (topology);
  g_assert_cmpstr (ports, ==, given->after);
  g_assert_true (lab_history_undo (history));
  g_assert_false (lab_history_can_undo (history));
  undone = lab_file_to_string (topology, NULL);
  g_assert_cmpstr (undone, ==, before);
}

static void
test_cases (void)
{
  static const Case cases[] = {
    /* more of all: Ethernet keeps, serial shifts */
    { { 1, 1 },
      { 2, 1 },
      { "e0/0", "s1/0", "s1/3" },
      "e0/0 s2/0 s2/3",
      "",
      "s1/0 → s2/0, s1/3 → s2/3" },
    /* fewer Ethernet adapters: what was on the last is lost, serial shifts back */
    { { 2, 2 },
      { 1, 2 },
      { "e0/1", "e1/1", "s3/2" },
      "e0/1 s2/2",
      "HUB e1 – R1 e1/1",
      "s3/2 → s2/2" },
    /* only serial ones change: names stay */
    { { 1, 2 }, { 1, 1 }, { "s1/0", "s2/0" }, "s1/0", "FR s1 – R1 s2/0", "" },
    { { 1, 1 }, { 1, 3 }, { "e0/3", "s1/1" }, "e0/3 s1/1", "", "" },
    /* every serial name is still there: they stay, though the adapters moved */
    { { 2, 1 }, { 1, 2 }, { "s2/0" }, "s2/0", "", "" },
    /* not every one: then all go with their adapter */
    { { 2, 2 }, { 1, 2 }, { "s2/0", "s3/0" }, "s1/0 s2/0", "", "s2/0 → s1/0, s3/0 → s2/0" },
    /* to the limit, and from it */
    { { 16, 0 }, { 8, 8 }, { "e7/3", "e8/0" }, "e7/3", "HUB e1 – R1 e8/0", "" },
    { { 8, 8 }, { 0, 16 }, { "e0/0", "s8/0", "s15/3" }, "s8/0 s15/3", "HUB e0 – R1 e0/0", "" },
    { { 8, 8 }, { 12, 4 }, { "s8/0", "s12/3" }, "s12/0", "FR s1 – R1 s12/3", "s8/0 → s12/0" },
    /* no links at all */
    { { 1, 0 }, { 0, 0 }, { NULL }, "", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      check (&cases[i]);
    }
}

/* What speaks Frame Relay goes along, with and without a link. */
static void
test_frame_relay (void)
{
  static const char *const ports[] = { "s2/0", NULL };
  g_autoptr (LabTopology) topology = lab_of (2, 2, ports);
  g_autoptr (LabHistory) history = lab_history_new (topology);
  LabNode *node = lab_topology_find_node (topology, "R1");
  g_autoptr (JsonNode) value = json_from_string (
      "[{\"port\":\"s2/0\",\"dlcis\":[102]},{\"port\":\"s3/1\",\"dlcis\":[16,17],\"x\":1}]", NULL);
  g_autoptr (LabEdit) set = lab_edit_new_set_node ("R1", "frame-relay", value);
  g_autoptr (LabAdapterChange) change = NULL;
  g_autoptr (LabEdit) edit = NULL;
  g_autoptr (LabAdapterChange) fewer = NULL;
  g_autoptr (LabEdit) last = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  LabFrameRelay line;

  lab_history_apply (history, set, &error);
  g_assert_no_error (error);
  change = lab_adapter_change_new (topology, node, 3, 2);
  edit = lab_adapter_change_build_edit (change);
  lab_history_apply (history, edit, &error);
  g_assert_no_error (error);
  g_assert_true (lab_node_get_frame_relay (node, 1, &line));
  g_assert_cmpstr (line.port.name, ==, "s4/1");
  g_assert_true (lab_node_get_frame_relay (node, 0, &line));
  g_assert_cmpstr (line.port.name, ==, "s3/0");
  text = lab_file_to_string (topology, NULL);
  g_assert_nonnull (strstr (text, "\"dlcis\": [ 16, 17 ],\n          \"x\": 1"));

  fewer = lab_adapter_change_new (topology, node, 3, 1);
  last = lab_adapter_change_build_edit (fewer);
  lab_history_apply (history, last, &error);
  g_assert_no_error (error);
  g_assert_true (lab_node_get_frame_relay (node, 0, &line));
  g_assert_cmpstr (line.port.name, ==, "s3/0");
  g_assert_false (lab_node_get_frame_relay (node, 1, &line));
  g_assert_true (lab_history_undo (history));
  g_assert_true (lab_node_get_frame_relay (node, 1, &line));
}

/* A link keeps its looks when its port gets another name. */
static void
test_looks (void)
{
  static const char *const ports[] = { "s1/0", NULL };
  g_autoptr (LabTopology) topology = lab_of (1, 1, ports);
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autoptr (LabAdapterChange) change =
      lab_adapter_change_new (topology, lab_topology_find_node (topology, "R1"), 3, 1);
  g_autoptr (LabEdit) edit = lab_adapter_change_build_edit (change);
  g_autofree char *text = NULL;

  g_assert_true (lab_history_apply (history, edit, NULL));
  g_assert_cmpstr (lab_history_get_undo_label (history), ==, "Change adapters of R1");
  text = lab_file_to_string (topology, NULL);
  g_assert_nonnull (strstr (text, "\"port\": \"s3/0\", \"hidden\": true }"));
  g_assert_nonnull (strstr (text, "#00ff00"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/adapter-change/cases", test_cases);
  g_test_add_func ("/app/adapter-change/frame-relay", test_frame_relay);
  g_test_add_func ("/app/adapter-change/looks", test_looks);

  return g_test_run ();
}

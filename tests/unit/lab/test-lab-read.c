/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading: what each kind gives, and the byte-equal round trip. */

#include "config.h"

#include <string.h>

#include "lab-samples.h"
#include "lab-vlan.h"

static void
test_round_trip (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  g_autofree char *text = sample_text (topology);

  sample_assert_text (text, sample_full);
}

static void
test_canonical (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_plain);
  g_autofree char *text = sample_text (topology);
  g_autoptr (LabTopology) again = sample_load (text);
  g_autofree char *text_again = sample_text (again);

  sample_assert_text (text_again, text);
  sample_assert_text (text, "{\n"
                            "  \"format\": \"labwright\",\n"
                            "  \"version\": 1,\n"
                            "  " SAMPLE_UUID ",\n"
                            "  \"name\": \"Sample\",\n"
                            "  \"nodes\": [\n"
                            "    {\n"
                            "      \"name\": \"PC1\",\n"
                            "      \"id\": 2,\n"
                            "      \"kind\": \"iou\",\n"
                            "      \"x\": 0,\n"
                            "      \"y\": 0,\n"
                            "      \"image\": { \"name\": \"labwright-pc\" },\n"
                            "      \"start\": [\n"
                            "        \"ip 10.0.0.1/24\",\n"
                            "        \"save\"\n"
                            "      ]\n"
                            "    },\n"
                            "    {\n"
                            "      \"name\": \"PC2\",\n"
                            "      \"id\": 1,\n"
                            "      \"kind\": \"iou\",\n"
                            "      \"x\": 200,\n"
                            "      \"y\": 0,\n"
                            "      \"image\": { \"name\": \"labwright-pc\" }\n"
                            "    }\n"
                            "  ],\n"
                            "  \"links\": [\n"
                            "    { \"a\": { \"node\": \"PC1\", \"port\": \"e0/0\" }, "
                            "\"b\": { \"node\": \"PC2\", \"port\": \"e0/0\" } }\n"
                            "  ]\n"
                            "}\n");
}

static void
test_iou (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  LabNode *node = lab_topology_find_node (topology, "R1");
  LabPort port;

  g_assert_true (node == lab_topology_find_node_by_id (topology, 1));
  g_assert_cmpuint (lab_node_get_kind (node), ==, LAB_NODE_IOU);
  g_assert_cmpstr (lab_node_kind_to_string (lab_node_get_kind (node)), ==, "iou");
  g_assert_cmpfloat (lab_node_get_x (node), ==, -120.5);
  g_assert_cmpfloat (lab_node_get_y (node), ==, 40);
  g_assert_cmpstr (lab_node_get_symbol (node), ==, "router");
  g_assert_true (lab_node_get_locked (node));
  g_assert_cmpstr (lab_node_get_image_name (node), ==, "i86bi-linux-l3.bin");
  g_assert_true (g_str_has_prefix (lab_node_get_image_sha256 (node), "0011223344"));
  g_assert_cmpstr (lab_node_get_template (node), ==, "Border Router");
  g_assert_cmpuint (lab_node_get_ethernet_adapters (node), ==, 2);
  g_assert_cmpuint (lab_node_get_serial_adapters (node), ==, 1);
  g_assert_cmpuint (lab_node_get_ram (node), ==, 512);
  g_assert_cmpuint (lab_node_get_nvram (node), ==, 64);
  g_assert_false (lab_node_get_keepalives (node));
  g_assert_cmpuint (lab_node_get_start_group (node), ==, 3);
  g_assert_cmpuint (lab_topology_get_start_patience (topology), ==, 90);
  g_assert_cmpstr (lab_node_get_start_config (node), ==, "hostname %h\n!\nend\n");
  g_assert_cmpuint (lab_node_get_n_ports (node), ==, 12);

  g_assert_true (lab_node_get_port (node, 5, &port));
  g_assert_cmpstr (port.name, ==, "e1/1");
  g_assert_cmpstr (port.long_name, ==, "Ethernet1/1");
  g_assert_cmpuint (port.bay, ==, 1);
  g_assert_cmpuint (port.unit, ==, 1);
  g_assert_true (lab_node_find_port (node, "SERIAL2/3", &port));
  g_assert_cmpstr (port.name, ==, "s2/3");
  g_assert_cmpuint (port.kind, ==, LAB_PORT_SERIAL);
  g_assert_false (lab_node_get_port (node, 12, &port));

  node = lab_topology_find_node (topology, "R2");
  g_assert_cmpuint (lab_node_get_ram (node), ==, 0);
  g_assert_true (lab_node_get_keepalives (node));
  g_assert_cmpuint (lab_node_get_start_group (node), ==, 0);
  g_assert_null (lab_node_get_template (node));
  g_assert_null (lab_node_get_start_config (node));
  g_assert_null (lab_node_get_image_sha256 (node));
  g_assert_null (lab_topology_find_node (topology, "R3"));
  g_assert_null (lab_topology_find_node_by_id (topology, 2));
  g_assert_null (lab_topology_find_node_by_id (topology, 0));
  g_assert_null (lab_topology_find_node_by_id (topology, 5000));
}

static void
test_port_names (void)
{
  static const char *const wrong[] = {
    "",     "e",     "e0",    "e0/",  "e0/4",  "e00/0",    "e0/00",  "e2/0",   "s1/0",
    "s3/0", "e0/0 ", " e0/0", "x0/0", "e-1/0", "ethernet", "eth0/0", "e0/0/0", "e99999999999/0",
    "s0/0"
  };
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  LabNode *node = lab_topology_find_node (topology, "R1");
  LabPort port;
  LabPort found;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (lab_node_find_port (node, wrong[i], &port));
  for (guint n = 0; n < g_list_model_get_n_items (lab_topology_get_nodes (topology)); n++)
    {
      g_autoptr (LabNode) each = g_list_model_get_item (lab_topology_get_nodes (topology), n);

      for (guint i = 0; i < lab_node_get_n_ports (each); i++)
        {
          g_assert_true (lab_node_get_port (each, i, &port));
          g_assert_true (lab_node_find_port (each, port.name, &found));
          g_assert_cmpmem (&port, sizeof port, &found, sizeof found);
          g_assert_true (lab_node_find_port (each, port.long_name, &found));
          g_assert_cmpmem (&port, sizeof port, &found, sizeof found);
        }
    }
}

static void
test_switch (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  LabNode *node = lab_topology_find_node (topology, "SW1");
  LabSwitchPort port;

  g_assert_cmpuint (lab_node_get_n_ports (node), ==, 4);
  g_assert_cmpuint (lab_node_get_ageing (node), ==, 60);
  g_assert_cmpuint (lab_node_get_ram (node), ==, 0);
  g_assert_true (lab_node_get_switch_port (node, 0, &port));
  g_assert_cmpuint (port.mode, ==, LAB_SWITCH_ACCESS);
  g_assert_cmpuint (port.vlan, ==, 10);
  g_assert_null (port.allowed);
  g_assert_true (lab_node_get_switch_port (node, 1, &port));
  g_assert_cmpuint (port.mode, ==, LAB_SWITCH_TRUNK);
  g_assert_cmpuint (port.vlan, ==, 1);
  g_assert_cmpstr (port.allowed, ==, "1,10,20-29");
  g_assert_true (lab_node_get_switch_port (node, 2, &port));
  g_assert_cmpuint (port.vlan, ==, 99);
  g_assert_null (port.allowed);
  g_assert_true (lab_node_get_switch_port (node, 3, &port));
  g_assert_cmpuint (port.mode, ==, LAB_SWITCH_QINQ);
  g_assert_cmpuint (port.vlan, ==, 100);
  g_assert_false (lab_node_get_switch_port (node, 4, &port));
  g_assert_false (lab_node_get_switch_port (lab_topology_find_node (topology, "R1"), 0, &port));
}

static void
test_other_kinds (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  LabPort port;

  g_assert_cmpuint (lab_node_get_n_ports (lab_topology_find_node (topology, "HUB 1")), ==, 8);
  g_assert_true (lab_node_get_port (lab_topology_find_node (topology, "HUB 1"), 7, &port));
  g_assert_cmpstr (port.name, ==, "e7");
  g_assert_true (lab_node_get_port (lab_topology_find_node (topology, "FR"), 3, &port));
  g_assert_cmpstr (port.name, ==, "s3");
  g_assert_cmpstr (port.long_name, ==, "Serial3");
  g_assert_cmpuint (port.kind, ==, LAB_PORT_SERIAL);
  g_assert_cmpuint (lab_node_get_n_ports (lab_topology_find_node (topology, "NAT")), ==, 1);
  g_assert_cmpstr (lab_node_get_interface (lab_topology_find_node (topology, "TAP")), ==, "tap0");
  g_assert_null (lab_node_get_interface (lab_topology_find_node (topology, "NAT")));
  g_assert_true (lab_node_find_port (lab_topology_find_node (topology, "Fw"), "gi0/0", &port));
  g_assert_cmpstr (port.name, ==, "Gi0/0");
  g_assert_cmpuint (lab_node_get_n_ports (lab_topology_find_node (topology, "Fw")), ==, 2);
}

static void
test_links (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  LabLink *link = lab_topology_find_link (topology, "R1", "Ethernet0/0");
  g_autofree char *title = lab_link_dup_title (link);
  LabPort port;

  g_assert_cmpstr (title, ==, "R1 e0/0 – R2 e0/1");
  g_assert_true (link == lab_topology_find_link (topology, "R2", "e0/1"));
  g_assert_true (lab_link_get_plugged (link));
  g_assert_true (lab_link_touches (link, "R1", NULL));
  g_assert_true (lab_link_touches (link, "R2", "e0/1"));
  g_assert_false (lab_link_touches (link, "R2", "e0/0"));
  g_assert_false (lab_link_get_plugged (lab_topology_find_link (topology, "R1", "s2/0")));
  g_assert_null (lab_topology_find_link (topology, "R1", "e0/1"));
  g_assert_null (lab_topology_find_link (topology, "R9", "e0/1"));
  g_assert_true (lab_topology_find_free_port (topology, lab_topology_find_node (topology, "R1"),
                                              LAB_PORT_SERIAL, &port));
  g_assert_cmpstr (port.name, ==, "s2/1");
  g_assert_false (lab_topology_find_free_port (topology, lab_topology_find_node (topology, "NAT"),
                                               LAB_PORT_ETHERNET, &port));
}

static void
test_drawings (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  GListModel *drawings = lab_topology_get_drawings (topology);
  g_autoptr (LabDrawing) text = g_list_model_get_item (drawings, 0);
  g_autoptr (LabDrawing) rectangle = g_list_model_get_item (drawings, 1);
  g_autoptr (LabDrawing) picture = g_list_model_get_item (drawings, 4);

  g_assert_true (g_list_model_get_item_type (drawings) == LAB_TYPE_DRAWING);
  g_assert_cmpuint (g_list_model_get_n_items (drawings), ==, 5);
  g_assert_null (g_list_model_get_item (drawings, 5));
  g_assert_cmpuint (lab_drawing_get_kind (text), ==, LAB_DRAWING_TEXT);
  g_assert_cmpstr (lab_drawing_get_text (text), ==, "Site A\n");
  g_assert_cmpstr (lab_drawing_get_font (text), ==, "Cantarell 12");
  g_assert_cmpstr (lab_drawing_get_dash (text), ==, "solid");
  g_assert_cmpfloat (lab_drawing_get_stroke_width (text), ==, 1);
  g_assert_cmpuint (lab_drawing_get_id (rectangle), ==, 2);
  g_assert_cmpfloat (lab_drawing_get_width (rectangle), ==, 300);
  g_assert_cmpfloat (lab_drawing_get_height (rectangle), ==, 200.5);
  g_assert_cmpfloat (lab_drawing_get_rotation (rectangle), ==, 45);
  g_assert_cmpint (lab_drawing_get_layer (rectangle), ==, -1);
  g_assert_cmpstr (lab_drawing_get_fill (rectangle), ==, "#e0f0ff80");
  g_assert_cmpstr (lab_drawing_get_stroke (rectangle), ==, "#336699");
  g_assert_cmpstr (lab_drawing_get_dash (rectangle), ==, "dot");
  g_assert_cmpstr (lab_drawing_get_picture_type (picture), ==, "image/png");
  g_assert_cmpmem (g_bytes_get_data (lab_drawing_get_picture (picture), NULL),
                   g_bytes_get_size (lab_drawing_get_picture (picture)), "\x89PNG\r\n\x1a\n", 8);
}

static void
test_checks (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  GListModel *checks = lab_topology_get_checks (topology);
  g_autoptr (LabCheck) first = g_list_model_get_item (checks, 0);
  g_autoptr (LabCheck) second = g_list_model_get_item (checks, 1);

  g_assert_cmpstr (lab_check_get_name (first), ==, "R1 pings R2");
  g_assert_cmpstr (lab_check_get_node (first), ==, "R1");
  g_assert_cmpstr (lab_check_get_send (first), ==, "ping 10.0.0.2");
  g_assert_cmpstr (lab_check_get_expect (first), ==, "!!!!");
  g_assert_null (lab_check_get_reject (first));
  g_assert_cmpfloat (lab_check_get_within (first), ==, 10);
  g_assert_cmpstr (lab_check_get_reject (second), ==, "(?i)lost|down");
  g_assert_cmpfloat (lab_check_get_within (second), ==, 2.5);
}

static void
test_head (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  g_autoptr (LabTopology) fresh = lab_topology_new ("Fresh");
  g_autofree char *text = sample_text (fresh);
  g_autoptr (LabTopology) again = sample_load (text);

  g_assert_cmpstr (lab_topology_get_name (topology), ==, "Everything");
  g_assert_cmpstr (lab_topology_get_uuid (topology), ==, "01234567-89ab-cdef-0123-456789abcdef");
  g_assert_true (g_str_has_prefix (lab_topology_get_notes (topology), "# Everything\n\nGrüße, \""));
  g_assert_true (g_str_has_suffix (lab_topology_get_notes (topology), "\tand \001.\n"));
  g_assert_true (g_uuid_string_is_valid (lab_topology_get_uuid (fresh)));
  g_assert_cmpstr (lab_topology_get_uuid (again), ==, lab_topology_get_uuid (fresh));
  g_assert_null (lab_topology_get_notes (fresh));
}

static void
test_node_json (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  g_autoptr (JsonNode) json = lab_node_to_json (lab_topology_find_node (topology, "R1"));
  g_autoptr (GError) error = NULL;
  g_autoptr (LabNode) copy = lab_node_new_from_json (json, &error);
  g_autoptr (LabNode) bad = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (lab_node_get_id (copy), ==, 1);
  g_assert_cmpstr (lab_node_get_start_config (copy), ==, "hostname %h\n!\nend\n");
  json_object_remove_member (json_node_get_object (json), "id");
  json_object_set_int_member (json_node_get_object (json), "ram", 99999);
  g_assert_cmpuint (lab_node_get_ram (copy), ==, 512);
  bad = lab_node_new_from_json (json, &error);
  g_assert_null (bad);
  g_assert_cmpstr (error->message, ==, "Node “R1”: “ram” must be a whole number from 0 to 65536.");
}

static void
test_vlan_list (void)
{
  static const char *const wrong[] = { "",   ",",   "0",    "4095", "1,", ",1",    "1-",
                                       "-1", "5-4", "1 ,2", "1,,2", "a",  "1-2-3", "99999999999" };
  guint8 bitmap[512];

  g_assert_true (lab_vlan_list_parse ("1,10,20-22,4094", bitmap, NULL));
  for (guint vlan = 0; vlan < 4096; vlan++)
    g_assert_cmpint ((bitmap[vlan / 8] >> (vlan % 8)) & 1, ==,
                     vlan == 1 || vlan == 10 || (vlan >= 20 && vlan <= 22) || vlan == 4094);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (lab_vlan_list_parse (wrong[i], bitmap, &error));
      g_assert_error (error, LAB_ERROR, LAB_ERROR_INVALID);
    }
}

/* As large as a lab may be: opened in one go, found by name, id and port. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new (SAMPLE_HEAD ", \"nodes\": [");
  g_autoptr (LabTopology) topology = NULL;
  g_autofree char *written = NULL;
  g_autoptr (LabTopology) again = NULL;

  for (guint i = 1; i <= LAB_MAX_NODES; i++)
    g_string_append_printf (
        text, "%s{\"name\":\"N%u\",\"kind\":\"iou\",\"image\":{\"name\":\"x\"},\"ethernet\":16}",
        i > 1 ? "," : "", i);
  g_string_append (text, "], \"links\": [");
  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text,
                            "%s{\"a\":{\"node\":\"N%u\",\"port\":\"e%u/"
                            "0\"},\"b\":{\"node\":\"N%u\",\"port\":\"e%u/1\"}}",
                            i > 0 ? "," : "", i % 1000 + 1, i / 1000, i % 1000 + 2, i / 1000);
  g_string_append (text, "]}");
  topology = sample_load (text->str);
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_nodes (topology)), ==,
                    LAB_MAX_NODES);
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (topology)), ==, 2000);
  g_assert_cmpuint (lab_node_get_id (lab_topology_find_node (topology, "N777")), ==, 777);
  g_assert_nonnull (lab_topology_find_link (topology, "N1000", "e1/0"));
  written = sample_text (topology);
  again = sample_load (written);
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (again)), ==, 2000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lab/read/round-trip", test_round_trip);
  g_test_add_func ("/lab/read/canonical", test_canonical);
  g_test_add_func ("/lab/read/iou", test_iou);
  g_test_add_func ("/lab/read/port-names", test_port_names);
  g_test_add_func ("/lab/read/switch", test_switch);
  g_test_add_func ("/lab/read/other-kinds", test_other_kinds);
  g_test_add_func ("/lab/read/links", test_links);
  g_test_add_func ("/lab/read/drawings", test_drawings);
  g_test_add_func ("/lab/read/checks", test_checks);
  g_test_add_func ("/lab/read/head", test_head);
  g_test_add_func ("/lab/read/node-json", test_node_json);
  g_test_add_func ("/lab/read/vlan-list", test_vlan_list);
  g_test_add_func ("/lab/read/large", test_large);

  return g_test_run ();
}

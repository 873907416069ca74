/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A lab whose images are not here: it opens, is changed and saved; its devices get other images,
 * and run. The lab has eleven nodes of IOU in the way that people have them: routers with Ethernet
 * and serial adapters, switches with four Ethernet adapters. Where the corpus of real files is, one
 * of GNS3's projects with eleven such nodes goes the same way. */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include <json-glib/json-glib.h>

#include "corpus.h"
#include "e2e.h"

#define L3   "i86bi-linux-l3-adventerprisek9-15.4.1T.bin"
#define L2   "i86bi-linux-l2-ipbasek9-15.1g.bin"
#define HASH "00000000000000000000000000000000000000000000000000000000000000aa"
#define N_L3 7
#define N_L2 4

static void
add_node (GString *text, guint id, const char *prefix, guint number, gboolean is_switch)
{
  g_string_append_printf (text,
                          "%s{\"name\":\"%s%u\",\"id\":%u,\"kind\":\"iou\",\"x\":%u,\"y\":%u,"
                          "\"image\":{\"name\":\"%s\","
                          "%s\"note\":\"mine\"},\"ethernet\":%u,\"serial\":%u,\"ram\":%u}",
                          id > 1 ? "," : "", prefix, number, id, id * 80, is_switch ? 200 : 0,
                          is_switch ? L2 : L3, is_switch ? "" : "\"sha256\":\"" HASH "\",",
                          is_switch ? 4 : 2, is_switch ? 0 : 2, is_switch ? 512 : 256);
}

static void
add_link (GString *text, const char *a, const char *a_port, const char *b, const char *b_port)
{
  g_string_append_printf (text,
                          "%s{\"a\":{\"node\":\"%s\",\"port\":\"%s\"},"
                          "\"b\":{\"node\":\"%s\",\"port\":\"%s\"}}",
                          g_str_has_suffix (text->str, "[") ? "" : ",", a, a_port, b, b_port);
}

/* A ring of serial lines through the routers, each router at a switch, the switches in a row. With
 * two Ethernet adapters the first serial one is the third. */
static void
add_links (GString *text)
{
  for (guint i = 0; i < N_L3; i++)
    {
      g_autofree char *router = g_strdup_printf ("R%u", i + 1);
      g_autofree char *next = g_strdup_printf ("R%u", (i + 1) % N_L3 + 1);
      g_autofree char *own = g_strdup_printf ("SW%u", i % N_L2 + 1);
      g_autofree char *port = g_strdup_printf ("e%u/%u", i / N_L2, i % 4);

      add_link (text, router, "s2/0", next, "s3/1");
      add_link (text, router, "e0/0", own, port);
    }
  for (guint i = 1; i + 1 < N_L2; i++)
    {
      g_autofree char *one = g_strdup_printf ("SW%u", i + 1);
      g_autofree char *two = g_strdup_printf ("SW%u", i + 2);

      add_link (text, one, "e3/2", two, "e3/3");
    }
}

static char *
write_lab (E2e *e2e)
{
  g_autoptr (GString) text =
      g_string_new ("{\"format\":\"labwright\",\"version\":1,"
                    "\"uuid\":\"5d6f0a52-0f0e-4a39-9f3c-7b6f2f0a1111\",\"name\":\"Eleven\","
                    "\"nodes\":[");
  guint id = 1;

  for (guint i = 1; i <= N_L3; i++)
    add_node (text, id++, "R", i, FALSE);
  for (guint i = 1; i <= N_L2; i++)
    add_node (text, id++, "SW", i, TRUE);
  g_string_append (text, "],\"links\":[");
  add_links (text);
  g_string_append (text, "]}\n");
  return e2e_write (e2e, "eleven.lab", text->str);
}

static void
test_table (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = write_lab (e2e);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  e2e_labctl (e2e, "validate", path, NULL);
  e2e_assert_code (e2e, 0);
  /* Cabled and saved without any image. */
  e2e_labctl (e2e, "link", path, "SW1:e3/0", "SW2:e3/0", NULL);
  e2e_assert_code (e2e, 0);
  before = e2e_read (path);
  e2e_labctl (e2e, "image", "map", path, NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->out, L3 " (Router, 00000000…)");
  e2e_assert_has (e2e->out, "R1, R2, R3 and 4 more");
  e2e_assert_has (e2e->out, L2 " (Switch)");
  e2e_assert_has (e2e->out, "SW1, SW2, SW3, SW4");
  e2e_assert_has (e2e->err, "--yes");
  after = e2e_read (path);
  g_assert_cmpstr (after, ==, before);
  e2e_labctl (e2e, "image", "map", path, "no-such.bin", NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->err, "no-such.bin");
  e2e_labctl (e2e, "image", "map", path, "other.bin=labwright-pc", NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->err, "other.bin");
}

/* What is started without its image says so, by name. */
static void
test_start (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = write_lab (e2e);

  e2e_labctl (e2e, "start", path, "--wait", NULL);
  g_assert_cmpint (e2e->code, !=, 0);
  e2e_labctl (e2e, "status", path, NULL);
  e2e_assert_has (e2e->out, L3);
  e2e_labctl (e2e, "stop", path, NULL);
}

static gboolean
routers_can_run (void)
{
  if (g_file_test ("/usr/lib/frr/zebra", G_FILE_TEST_IS_EXECUTABLE) &&
      access ("/dev/net/tun", R_OK | W_OK) == 0)
    return TRUE;
  g_test_skip ("Routers cannot run here: FRRouting or /dev/net/tun is missing");
  return FALSE;
}

static void
type (E2e *e2e, const char *path, const char *node, const char *line)
{
  e2e_labctl (e2e, "send", path, node, line, "--within", "30", NULL);
  e2e_assert_code (e2e, 0);
}

/* All eleven, and the serial line between R1 and R2 carries what is sent through it. */
static void
check_running (E2e *e2e, const char *path, const char *one, const char *two)
{
  const char *const ports[] = { one, two };

  e2e_labctl (e2e, "start", path, "--wait", "--timeout", "120", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "status", path, "--json", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpuint (e2e_count (e2e->out, "\"state\" : \"ready\""), ==, N_L3 + N_L2);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *node = g_strdup_printf ("R%u", i + 1);
      g_autofree char *enter = g_strdup_printf ("interface %s", ports[i]);
      g_autofree char *address = g_strdup_printf ("ip address 10.0.12.%u/30", i + 1);

      type (e2e, path, node, "configure terminal");
      type (e2e, path, node, enter);
      type (e2e, path, node, address);
      type (e2e, path, node, "end");
      type (e2e, path, node, "show running-config");
      e2e_assert_has (e2e->out, address);
    }
  if (!e2e_wait_output (e2e, 60, "bytes from 10.0.12.2", "send", path, "R1", "ping 10.0.12.2",
                        "--expect", "bytes from", "--within", "30", NULL))
    g_error ("R1 does not reach R2: %s%s", e2e->out, e2e->err);
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);
}

static void
test_map (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = write_lab (e2e);
  g_autofree char *text = NULL;

  e2e_labctl (e2e, "image", "map", path, "labwright-router", "--yes", NULL);
  e2e_assert_code (e2e, 0);
  text = e2e_read (path);
  g_assert_null (strstr (text, L3));
  g_assert_null (strstr (text, L2));
  g_assert_null (strstr (text, HASH));
  /* What we do not understand survives. */
  e2e_assert_has (text, "\"note\": \"mine\"");
  e2e_labctl (e2e, "image", "map", path, NULL);
  e2e_assert_code (e2e, 0);
  if (routers_can_run ())
    check_running (e2e, path, "s2-0", "s3-1");
}

/* --- a project of GNS3 --- */

/* As IOU numbers them: Ethernet adapters first, then serial ones. */
static char *
port_of (JsonObject *node, gint64 adapter, gint64 port)
{
  JsonObject *properties = json_object_get_object_member (node, "properties");
  gboolean serial = adapter >= json_object_get_int_member (properties, "ethernet_adapters");

  return g_strdup_printf ("%c%u/%u", serial ? 's' : 'e', (guint) adapter, (guint) port);
}

static void
convert_node (GString *text, JsonObject *node)
{
  JsonObject *properties = json_object_get_object_member (node, "properties");
  g_autofree char *image = g_path_get_basename (json_object_get_string_member (properties, "path"));

  g_string_append_printf (
      text,
      "%s{\"name\":\"%s\",\"id\":%d,\"kind\":\"iou\",\"x\":%d,\"y\":%d,\"image\":{\"name\":\"%s\"},"
      "\"ethernet\":%d,\"serial\":%d,\"ram\":%d,\"nvram\":%d}",
      g_str_has_suffix (text->str, "[") ? "" : ",", json_object_get_string_member (node, "name"),
      (int) json_object_get_int_member (properties, "application_id"),
      (int) json_object_get_int_member (node, "x"), (int) json_object_get_int_member (node, "y"),
      image, (int) json_object_get_int_member (properties, "ethernet_adapters"),
      (int) json_object_get_int_member (properties, "serial_adapters"),
      (int) json_object_get_int_member (properties, "ram"),
      (int) json_object_get_int_member (properties, "nvram"));
}

static JsonObject *
find_node (JsonArray *nodes, const char *id)
{
  for (guint i = 0; i < json_array_get_length (nodes); i++)
    {
      JsonObject *node = json_array_get_object_element (nodes, i);

      if (g_str_equal (json_object_get_string_member (node, "node_id"), id))
        return node;
    }
  g_assert_not_reached ();
}

static void
convert_link (GString *text, JsonArray *nodes, JsonObject *link)
{
  JsonArray *ends = json_object_get_array_member (link, "nodes");
  char *names[2];
  char *ports[2];

  for (guint i = 0; i < 2; i++)
    {
      JsonObject *end = json_array_get_object_element (ends, i);
      JsonObject *node = find_node (nodes, json_object_get_string_member (end, "node_id"));

      names[i] = g_strdup (json_object_get_string_member (node, "name"));
      ports[i] = port_of (node, json_object_get_int_member (end, "adapter_number"),
                          json_object_get_int_member (end, "port_number"));
    }
  add_link (text, names[0], ports[0], names[1], ports[1]);
  for (guint i = 0; i < 2; i++)
    {
      g_free (names[i]);
      g_free (ports[i]);
    }
}

static guint
count_iou (JsonArray *nodes)
{
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (nodes); i++)
    {
      JsonObject *node = json_array_get_object_element (nodes, i);

      n += json_object_has_member (node, "node_type") &&
           g_str_equal (json_object_get_string_member (node, "node_type"), "iou");
    }
  return n;
}

/* (transfer full) (nullable): the text of a lab, if that project has eleven nodes of IOU and no
 * others */
static char *
convert (GBytes *bytes)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GString) text = NULL;
  JsonObject *root;
  JsonObject *topology;
  JsonArray *nodes;
  JsonArray *links;

  if (!json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                                   (gssize) g_bytes_get_size (bytes), NULL))
    return NULL;
  root = json_node_get_object (json_parser_get_root (parser));
  if (!json_object_has_member (root, "topology"))
    return NULL;
  topology = json_object_get_object_member (root, "topology");
  if (!json_object_has_member (topology, "nodes") || !json_object_has_member (topology, "links"))
    return NULL;
  nodes = json_object_get_array_member (topology, "nodes");
  links = json_object_get_array_member (topology, "links");
  if (json_array_get_length (nodes) != N_L3 + N_L2 || count_iou (nodes) != N_L3 + N_L2)
    return NULL;

  text = g_string_new ("{\"format\":\"labwright\",\"version\":1,"
                       "\"uuid\":\"5d6f0a52-0f0e-4a39-9f3c-7b6f2f0a3333\",\"name\":\"Real\","
                       "\"nodes\":[");
  for (guint i = 0; i < json_array_get_length (nodes); i++)
    convert_node (text, json_array_get_object_element (nodes, i));
  g_string_append (text, "],\"links\":[");
  for (guint i = 0; i < json_array_get_length (links); i++)
    convert_link (text, nodes, json_array_get_object_element (links, i));
  g_string_append (text, "]}\n");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* (transfer full) (nullable): the lab's path */
static char *
write_real (E2e *e2e)
{
  g_autoptr (GHashTable) files = corpus_load ();
  GHashTableIter iter;
  gpointer path;
  gpointer bytes;

  if (files == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    {
      g_autofree char *text =
          g_str_has_suffix (path, ".gns3") && strstr (path, ".gns3project/") == NULL
              ? convert (bytes)
              : NULL;

      if (text != NULL)
        return e2e_write (e2e, "real.lab", text);
    }
  g_assert_not_reached ();
}

static void
test_real (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = write_real (e2e);
  g_autofree char *text = NULL;

  if (path == NULL)
    return;
  e2e_labctl (e2e, "validate", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "image", "map", path, NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->out, "R1, R2, R3 and 7 more");
  e2e_assert_has (e2e->out, "(Switch)");
  e2e_labctl (e2e, "link", path, "R1:s2/0", "R2:s3/1", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "unlink", path, "R3:e0/0", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "link", path, "R3:e1/3", "L2:e3/3", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "image", "map", path, "labwright-router", "--yes", NULL);
  e2e_assert_code (e2e, 0);
  text = e2e_read (path);
  g_assert_null (strstr (text, "i86bi"));
  e2e_assert_has (text, "\"port\": \"s3/1\"");
  e2e_assert_has (text, "\"port\": \"e3/3\"");
  if (routers_can_run ())
    check_running (e2e, path, "s2-0", "s3-1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  e2e_add ("/e2e/map/table", test_table);
  e2e_add ("/e2e/map/start", test_start);
  e2e_add ("/e2e/map/map", test_map);
  e2e_add ("/e2e/map/real", test_real);
  return g_test_run ();
}

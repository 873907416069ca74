/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A lab whose images are not here: it opens, is changed and saved; its devices get other images,
 * and run. The lab has eleven nodes of IOU in the way that people have them: routers with Ethernet
 * and serial adapters, switches with four Ethernet adapters. */

#include "config.h"

#include <string.h>
#include <unistd.h>

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
  g_string_append (text, "],\"links\":["
                         "{\"a\":{\"node\":\"R1\",\"port\":\"s2/0\"},"
                         "\"b\":{\"node\":\"R2\",\"port\":\"s2/0\"}},"
                         "{\"a\":{\"node\":\"R1\",\"port\":\"e0/0\"},"
                         "\"b\":{\"node\":\"SW1\",\"port\":\"e0/0\"}}]}\n");
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
  e2e_labctl (e2e, "link", path, "SW1:e0/1", "SW2:e0/1", NULL);
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
  if (!g_file_test ("/usr/lib/frr/zebra", G_FILE_TEST_IS_EXECUTABLE) ||
      access ("/dev/net/tun", R_OK | W_OK) != 0)
    {
      g_test_skip ("Routers cannot run here: FRRouting or /dev/net/tun is missing");
      return;
    }
  e2e_labctl (e2e, "start", path, "--wait", "--timeout", "120", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "status", path, "--json", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_null (strstr (e2e->out, "crashed"));
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  e2e_add ("/e2e/map/table", test_table);
  e2e_add ("/e2e/map/start", test_start);
  e2e_add ("/e2e/map/map", test_map);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "iou-netmap.h"
#include "iou-test.h"

static IouNetmap *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  IouNetmap *map = iou_netmap_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (map);
  return map;
}

/* The map in one form: a line a segment, "id:port.sub" a node, "@" if remote. */
static char *
dump (IouNetmap *map)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < iou_netmap_get_n_segments (map); i++)
    {
      guint n_nodes;
      const IouNetmapNode *nodes = iou_netmap_get_segment (map, i, &n_nodes);

      for (guint j = 0; j < n_nodes; j++)
        {
          g_string_append_printf (out, "%s%u:%u", j > 0 ? " " : "", nodes[j].id, nodes[j].port);
          if (nodes[j].sub_id != 0)
            g_string_append_printf (out, ".%u", nodes[j].sub_id);
          if (nodes[j].remote)
            g_string_append_c (out, '@');
        }
      g_string_append_c (out, '\n');
    }

  return g_string_free (out, FALSE);
}

static void
assert_reads_as (const char *text, const char *wanted)
{
  g_autoptr (IouNetmap) map = parse (text);
  g_autofree char *got = dump (map);

  g_assert_cmpstr (got, ==, wanted);
}

static void
assert_refused (const char *text, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (iou_netmap_parse (text, strlen (text), &error));
  assert_iou_error (error, IOU_ERROR_INVALID, part);
}

static void
test_forms (void)
{
  assert_reads_as ("", "");
  assert_reads_as ("\n \t\n\n", "");
  assert_reads_as ("1:0/0 2:0/0\n", "1:0 2:0\n");
  assert_reads_as ("5:16 5:0/2\n", "5:16 5:32\n");
  assert_reads_as ("  7:1/0\t\t519:1/0  \n", "7:1 519:1\n");
  assert_reads_as ("1:2/15/3 1024:255\n", "1:63.2 1024:255\n");
  assert_reads_as ("1:0/0@host-1.example 2:15/15\n", "1:0@ 2:255\n");
  assert_reads_as ("1:0 2:0 3:0 4:0\n5:0\n", "1:0 2:0 3:0 4:0\n5:0\n");
  assert_reads_as ("0001:00/03 2:007\n", "1:48 2:7\n");
}

static void
test_last_newline (void)
{
  assert_reads_as ("1:0/0 2:0/0", "1:0 2:0\n");
  assert_reads_as ("1:0/0 2:0/0\n3:0 4:0 ", "1:0 2:0\n3:0 4:0\n");
}

static void
test_comments (void)
{
  assert_reads_as ("/* a */1:0 2:0\n", "1:0 2:0\n");
  assert_reads_as ("1:0 /* a\n b\n */ 2:0\n3:0 4:0\n", "1:0 2:0\n3:0 4:0\n");
  assert_reads_as ("1:0/0/**/2:0/1/***/\n/* /* */", "1:0 2:16\n");
  assert_reads_as ("/*/ 1:0 2:0\n*/3:0 4:0\n", "3:0 4:0\n");

  assert_refused ("1:0 2:0\n\n/* never closed\n1:0", "line 3: the comment");
  assert_refused ("1:0 2:0 /*", "line 1: the comment");
  assert_refused ("1:0 2:0 /*/", "line 1: the comment");
  assert_refused ("/* \n\n */ * /", "line 3");
  assert_refused ("1:0 2:0 / 3:0\n", "“/” is not expected");
}

static void
test_bad (void)
{
  assert_refused ("0:0/0 1:0/0\n", "line 1: an id must be 1 to 1024");
  assert_refused ("1:0 2:0\n1025:0 1:0\n", "line 2: an id must be 1 to 1024");
  assert_refused ("99999999999999999999:0 1:0\n", "an id must be");
  assert_refused ("4294967297:0 1:0\n", "an id must be");
  assert_refused ("1:256\n", "0 to 255");
  assert_refused ("1:16/0\n", "0 to 15");
  assert_refused ("1:0/16\n", "0 to 15");
  assert_refused ("1:16/0/0\n", "0 to 15");
  assert_refused ("1:1/2/3/4\n", "“/” is not expected");
  assert_refused ("1:0/\n", "at the end of the line");
  assert_refused ("1:", "at the end of the file");
  assert_refused ("1\n", "must follow the id");
  assert_refused ("1 :0\n", "must follow the id");
  assert_refused ("1:0@ 2:0\n", "host name is missing");
  assert_refused ("1:0@a_b 2:0\n", "“_”");
  assert_refused ("1:0,2:0\n", "“,”");
  assert_refused ("-1:0 2:0\n", "“-”");
  assert_refused ("# no comment\n", "“#”");
  assert_refused ("! no comment\n", "“!”");
  assert_refused ("1:0 2:0 ; no comment\n", "“;”");
  assert_refused ("1:0\x01 2:0\n", "0x01");
  assert_refused ("1:0 \xc3\xa9\n", "0xc3");
}

static void
test_carriage_return (void)
{
  assert_refused ("1:0 2:0\n3:0 4:0\r\n", "line 2: it holds a carriage return");
  assert_refused ("\r\n", "line 1: it holds a carriage return");
}

static void
test_nul (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (iou_netmap_parse ("1:0 \0 2:0\n", 10, &error));
  assert_iou_error (error, IOU_ERROR_INVALID, "0x00");
}

static void
test_not_terminated (void)
{
  /* In a block of its exact size a read too far is seen by the sanitizer. */
  static const char *const texts[] = { "1", "1:", "1:0/", "1:0/0", "1:0@",
                                       "/", "/*", "/* *", "1:0/0/" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gsize length = strlen (texts[i]);
      g_autofree char *exact = g_memdup2 (texts[i], length);
      IouNetmap *map = iou_netmap_parse (exact, length, NULL);

      g_assert_cmpint (map != NULL, ==, strcmp (texts[i], "1:0/0") == 0);
      iou_netmap_free (map);
    }
}

static void
test_duplicates (void)
{
  assert_reads_as ("1:0 2:0\n1:0 3:0\n", "1:0 2:0\n3:0\n");
  assert_reads_as ("1:0 1:0 2:0\n", "1:0 2:0\n");
  assert_reads_as ("1:0 2:0\n2:0 1:0\n", "1:0 2:0\n");
  assert_reads_as ("5:16 6:0\n5:0/1 7:0\n", "5:16 6:0\n7:0\n");
  assert_reads_as ("1:0 1:0@a 1:0@b 1:0@A\n", "1:0 1:0@ 1:0@\n");
}

static void
assert_peers (IouNetmap *map, guint id, guint8 port, const char *wanted)
{
  g_autoptr (GArray) peers = iou_netmap_dup_peers (map, id, port);
  g_autoptr (GString) got = g_string_new (NULL);

  for (guint i = 0; peers != NULL && i < peers->len; i++)
    {
      const IouNetmapNode *node = &g_array_index (peers, IouNetmapNode, i);

      g_string_append_printf (got, "%u:%u%s ", node->id, node->port, node->remote ? "@" : "");
    }

  if (wanted == NULL)
    g_assert_null (peers);
  else
    g_assert_cmpstr (got->str, ==, wanted);
}

static void
test_peers (void)
{
  g_autoptr (IouNetmap) map = parse ("1:0/0 2:0/0\n"
                                     "1:0/1 2:0/1 3:0/1\n"
                                     "4:0/0\n"
                                     "5:0/0@far 6:0/0\n"
                                     "5:0/0 7:0/0@far\n"
                                     "8:2/0/0 9:0\n");

  assert_peers (map, 1, 0x00, "2:0 ");
  assert_peers (map, 2, 0x00, "1:0 ");
  assert_peers (map, 2, 0x10, "1:16 3:16 ");
  assert_peers (map, 4, 0x00, "");
  assert_peers (map, 5, 0x00, "7:0@ ");
  assert_peers (map, 6, 0x00, "5:0@ ");
  assert_peers (map, 8, 0x00, "9:0 ");
  assert_peers (map, 1, 0x20, NULL);
  assert_peers (map, 1024, 0x00, NULL);
  assert_peers (map, G_MAXUINT, 0x00, NULL);
}

static void
test_segment_out_of_range (void)
{
  g_autoptr (IouNetmap) map = parse ("1:0 2:0\n");
  guint n_nodes = 9;

  g_assert_null (iou_netmap_get_segment (map, 1, &n_nodes));
  g_assert_cmpuint (n_nodes, ==, 0);
}

static void
test_write_all (void)
{
  g_autofree char *text = iou_netmap_write_all (7, 519);
  g_autoptr (IouNetmap) map = parse (text);

  g_assert_true (g_str_has_prefix (text, "519:0/0 7:0/0\n519:0/1 7:0/1\n"));
  g_assert_true (g_str_has_suffix (text, "\n519:15/3 7:15/3\n"));
  g_assert_cmpuint (iou_netmap_get_n_segments (map), ==, 64);

  for (guint bay = 0; bay < 16; bay++)
    for (guint unit = 0; unit < 4; unit++)
      {
        g_autoptr (GArray) peers = iou_netmap_dup_peers (map, 7, IOU_PORT (bay, unit));

        g_assert_cmpuint (peers->len, ==, 1);
        g_assert_cmpuint (g_array_index (peers, IouNetmapNode, 0).id, ==, 519);
        g_assert_cmphex (g_array_index (peers, IouNetmapNode, 0).port, ==, IOU_PORT (bay, unit));
      }
}

static void
test_limits (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_malloc (IOU_NETMAP_MAX_LENGTH + 1);
  g_autoptr (GString) text = g_string_new (NULL);
  IouNetmap *map;

  memset (large, '\n', IOU_NETMAP_MAX_LENGTH + 1);
  map = iou_netmap_parse (large, IOU_NETMAP_MAX_LENGTH, &error);
  g_assert_no_error (error);
  iou_netmap_free (map);
  g_assert_null (iou_netmap_parse (large, IOU_NETMAP_MAX_LENGTH + 1, &error));
  assert_iou_error (error, IOU_ERROR_LIMIT, "1048577");

  for (guint i = 0; i < IOU_NETMAP_MAX_NODES; i++)
    g_string_append_printf (text, "%u:%u%c", 1 + i % 1024, i / 1024, i % 2 == 0 ? ' ' : '\n');
  map = iou_netmap_parse (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (iou_netmap_get_n_segments (map), ==, IOU_NETMAP_MAX_NODES / 2);
  iou_netmap_free (map);

  g_string_append (text, "1:200");
  g_assert_null (iou_netmap_parse (text->str, text->len, &error));
  assert_iou_error (error, IOU_ERROR_LIMIT, "line 32769");
}

/* Each port of a random map is named once, in one of its spellings, so the map must come back. */
static void
test_random (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) wanted = g_string_new (NULL);
      guint n_segments = (guint) g_test_rand_int_range (0, 20);

      for (guint i = 0; i < n_segments; i++)
        {
          guint n_nodes = (guint) g_test_rand_int_range (1, 5);

          for (guint j = 0; j < n_nodes; j++)
            {
              guint id = 1 + i * 5 + j;
              guint port = (guint) g_test_rand_int_range (0, 256);

              if (g_test_rand_bit ())
                g_string_append_printf (text, "%u:%u", id, port);
              else
                g_string_append_printf (text, "%u:%u/%u", id, IOU_PORT_BAY (port),
                                        IOU_PORT_UNIT (port));
              g_string_append (text, g_test_rand_bit () ? " \t" : "/* x\n */");
              g_string_append_printf (wanted, "%s%u:%u", j > 0 ? " " : "", id, port);
            }
          g_string_append (text, g_test_rand_bit () ? "\n" : "\n \n");
          g_string_append_c (wanted, '\n');
        }

      assert_reads_as (text->str, wanted->str);
    }
}

static void
test_load (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = iou_test_make_dir ();
  g_autofree char *path = iou_test_write (dir, "NETMAP", "1:0 2:0\n", 8);
  g_autofree char *bad = iou_test_write (dir, "BAD", "1:0\nx\n", 6);
  g_autofree char *none = g_build_filename (dir, "none", NULL);
  g_autoptr (IouNetmap) map = iou_netmap_load (path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (iou_netmap_get_n_segments (map), ==, 1);

  g_assert_null (iou_netmap_load (bad, &error));
  assert_iou_error (error, IOU_ERROR_INVALID, "BAD: NETMAP line 2");
  g_assert_null (iou_netmap_load (none, &error));
  assert_iou_error (error, IOU_ERROR_MISSING, none);
  g_assert_null (iou_netmap_load (dir, &error));
  assert_iou_error (error, IOU_ERROR_INVALID, "not a regular file");

  iou_test_remove_dir (dir);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iou/netmap/forms", test_forms);
  g_test_add_func ("/iou/netmap/last-newline", test_last_newline);
  g_test_add_func ("/iou/netmap/comments", test_comments);
  g_test_add_func ("/iou/netmap/bad", test_bad);
  g_test_add_func ("/iou/netmap/carriage-return", test_carriage_return);
  g_test_add_func ("/iou/netmap/nul", test_nul);
  g_test_add_func ("/iou/netmap/not-terminated", test_not_terminated);
  g_test_add_func ("/iou/netmap/duplicates", test_duplicates);
  g_test_add_func ("/iou/netmap/peers", test_peers);
  g_test_add_func ("/iou/netmap/segment-out-of-range", test_segment_out_of_range);
  g_test_add_func ("/iou/netmap/write-all", test_write_all);
  g_test_add_func ("/iou/netmap/limits", test_limits);
  g_test_add_func ("/iou/netmap/random", test_random);
  g_test_add_func ("/iou/netmap/load", test_load);

  return g_test_run ();
}

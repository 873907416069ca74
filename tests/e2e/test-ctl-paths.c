/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Links run in labctl's pictures as they do in the window: the paths in labs of chance are compared
 * point by point. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "ctl-svg.h"
#include "lab-file.h"
#include "lab-scene.h"
#include "lab-symbols.h"

#define N_LABS   100
#define N_NODES  8
#define N_LINKS  24
#define ADAPTERS 8 /* of each kind: enough for all links at one device */
#define POLYLINE "<polyline points='"

static const char *const symbols[] = { "router", "cloud", "host", "nobody knows it" };
static const char *const shapes[] = { "straight", "curved", "stepped" };

static const char *
any_of (const char *const *words, guint n)
{
  return words[g_test_rand_int_range (0, (gint32) n)];
}

static void
add_nodes (GString *text)
{
  for (guint i = 0; i < N_NODES; i++)
    g_string_append_printf (
        text,
        "%s{\"name\": \"N%u\", \"kind\": \"iou\", \"image\": {\"name\": \"x\"}, "
        "\"ethernet\": %u, \"serial\": %u, \"symbol\": \"%s\", \"x\": %d, "
        "\"y\": %d}",
        i > 0 ? ", " : "", i, ADAPTERS, ADAPTERS, any_of (symbols, G_N_ELEMENTS (symbols)),
        g_test_rand_int_range (-300, 300), g_test_rand_int_range (-300, 300));
}

static void
add_look (GString *text)
{
  if (g_test_rand_bit ())
    g_string_append_printf (text, ", \"shape\": \"%s\"", any_of (shapes, G_N_ELEMENTS (shapes)));
  if (g_test_rand_bit ())
    g_string_append_printf (text, ", \"bend\": %d", g_test_rand_int_range (-120, 120));
  if (g_test_rand_bit ())
    g_string_append (text, ", \"plugged\": false");
}

static void
add_end (GString *text, const char *end, guint node, gboolean serial, guint port)
{
  g_string_append_printf (text, "\"%s\": {\"node\": \"N%u\", \"port\": \"%s%u/%u\"}", end, node,
                          serial ? "s" : "e", (serial ? ADAPTERS : 0) + port / 4, port % 4);
}

/* Several between the same two devices, in both directions. */
static void
add_links (GString *text)
{
  guint used[N_NODES] = { 0 };

  for (guint i = 0; i < N_LINKS; i++)
    {
      guint a = (guint) g_test_rand_int_range (0, N_NODES);
      guint b = (a + (guint) g_test_rand_int_range (1, N_NODES)) % N_NODES;
      gboolean serial = g_test_rand_bit ();

      g_string_append (text, i > 0 ? ", {" : "{");
      add_end (text, "a", a, serial, used[a]++);
      g_string_append (text, ", ");
      add_end (text, "b", b, serial, used[b]++);
      add_look (text);
      g_string_append_c (text, '}');
    }
}

static LabTopology *
make_lab (void)
{
  g_autoptr (GString) text =
      g_string_new ("{\"format\": \"labwright\", \"version\": 1, \"uuid\": "
                    "\"6c0a7f1e-3b52-4d0e-9a51-7d1f0c2b8e80\", \"name\": \"paths\", ");
  g_autoptr (GError) error = NULL;
  LabTopology *topology;

  g_string_append_printf (text, "\"view\": {\"shape\": \"%s\"}, \"nodes\": [",
                          any_of (shapes, G_N_ELEMENTS (shapes)));
  add_nodes (text);
  g_string_append (text, "], \"links\": [");
  add_links (text);
  g_string_append (text, "]}");
  topology = lab_file_parse (text->str, text->len, "test", &error);
  g_assert_no_error (error);

  return topology;
}

/* As the window does. */
static void
measure_symbol (LabNode *node, double *half_width, double *half_height, gpointer user_data)
{
  lab_symbols_get_size (lab_symbols_for_node (node), half_width, half_height);
}

static void
measure_text (LabTextStyle style,
              const char *font,
              const char *text,
              double *width,
              double *height,
              gpointer user_data)
{
  *width = 8.0 * (double) strlen (text);
  *height = 12;
}

/* What the picture says of a link's points: "1,2 3,4.5", and @svg stands behind it then. */
static void
check_path (const LabLinkGeometry *wanted, const char **svg)
{
  const char *at = strstr (*svg, POLYLINE);
  char *end;

  g_assert_nonnull (at);
  at += strlen (POLYLINE);
  for (guint i = 0; i < wanted->n_points; i++)
    {
      double x = g_ascii_strtod (at, &end);
      double y;

      g_assert_cmpint (*end, ==, ',');
      y = g_ascii_strtod (end + 1, &end);
      g_assert_cmpint (*end, ==, i + 1 < wanted->n_points ? ' ' : '\'');
      g_assert_cmpfloat_with_epsilon (x, wanted->points[i].x, 0.001);
      g_assert_cmpfloat_with_epsilon (y, wanted->points[i].y, 0.001);
      at = end + 1;
    }
  *svg = at;
}

static void
test_paths (void)
{
  for (guint i = 0; i < N_LABS; i++)
    {
      g_autoptr (LabTopology) topology = make_lab ();
      LabScene *scene = lab_scene_new (topology);
      GListModel *links = lab_topology_get_links (topology);
      g_autofree char *picture = ctl_svg_draw (topology);
      const char *svg = picture;

      lab_scene_set_measure (scene, measure_text, measure_symbol, NULL);
      for (guint k = 0; k < N_LINKS; k++)
        {
          g_autoptr (LabLink) link = g_list_model_get_item (links, k);
          LabSceneItem *item = lab_scene_find (scene, link);

          if (((LabSceneLink *) item)->geometry.n_points > 0)
            check_path (&((LabSceneLink *) item)->geometry, &svg);
        }
      g_assert_null (strstr (svg, POLYLINE));
      g_object_unref (scene);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/paths", test_paths);
  return g_test_run ();
}

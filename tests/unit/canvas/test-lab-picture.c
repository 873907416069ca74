/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of labs: files that others can read, with everything in them, of the right size. */

#include "config.h"

#include <gdk/gdk.h>
#include <glib/gstdio.h>
#include <librsvg/rsvg.h>
#include <string.h>

#include "lab-drawing-edits.h"
#include "lab-file.h"
#include "lab-history.h"
#include "lab-impair.h"
#include "lab-picture.h"
#include "lab-thumbnail.h"

static char *folder; /* for what is written */

static char *
sample_path (void)
{
  return g_build_filename (g_getenv ("LABWRIGHT_SOURCE_DIR"), "data", "labs", "campus.lab", NULL);
}

static LabTopology *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  LabTopology *topology = lab_file_load (path, &error);

  g_assert_no_error (error);

  return topology;
}

static LabTopology *
load_sample (void)
{
  g_autofree char *path = sample_path ();

  return load (path);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **to = data;

  *to = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* (transfer full): where it was written. */
static char *export(LabTopology *topology, const LabPictureOptions *options)
{
  g_autofree char *name =
      g_strconcat ("picture.", lab_picture_format_get_extension (options->format), NULL);
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_unlink (path);
  lab_picture_export_async (topology, options, path, NULL, finished_cb, &result);
  wait_for (&result);
  g_assert_true (lab_picture_export_finish (result, &error));
  g_assert_no_error (error);

  return path;
}

static char *
read_file (const char *path, gsize *length)
{
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);

  return text;
}

static void
test_svg (void)
{
  g_autoptr (LabTopology) topology = load_sample ();
  GListModel *nodes = lab_topology_get_nodes (topology);
  LabPictureOptions options;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  RsvgHandle *handle;

  lab_picture_options_init (&options);
  path = export(topology, &options);
  text = read_file (path, NULL);
  g_assert_nonnull (strstr (text, "<title>Campus</title>"));
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      g_assert_nonnull (strstr (text, lab_node_get_name (node)));
    }
  /* All of it vectors. */
  g_assert_null (strstr (text, "<image"));
  handle = rsvg_handle_new_from_data ((const guint8 *) text, strlen (text), &error);
  g_assert_no_error (error);
  g_object_unref (handle);
}

static void
test_png (void)
{
  g_autoptr (LabTopology) topology = load_sample ();
  LabPictureOptions options;
  int width[3];
  int height[3];

  lab_picture_options_init (&options);
  options.format = LAB_PICTURE_PNG;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;
      g_autoptr (GdkTexture) texture = NULL;

      options.scale = i + 1;
      lab_picture_measure_async (topology, &options, NULL, finished_cb, &result);
      wait_for (&result);
      g_assert_true (lab_picture_measure_finish (result, &width[i], &height[i], &error));
      path = export(topology, &options);
      texture = gdk_texture_new_from_filename (path, &error);
      g_assert_no_error (error);
      g_assert_cmpint (gdk_texture_get_width (texture), ==, width[i]);
      g_assert_cmpint (gdk_texture_get_height (texture), ==, height[i]);
    }
  g_assert_cmpint (width[1], ==, 2 * width[0]);
  g_assert_cmpint (height[1], ==, 2 * height[0]);
  /* The sample is about 1,010 x 490, and the margin. */
  g_assert_cmpint (width[0], >, 950);
  g_assert_cmpint (width[0], <, 1200);
}

static void
test_pdf (void)
{
  g_autoptr (LabTopology) topology = load_sample ();
  LabPictureOptions options;
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  lab_picture_options_init (&options);
  options.format = LAB_PICTURE_PDF;
  options.dark = TRUE;
  path = export(topology, &options);
  bytes = read_file (path, &length);
  g_assert_cmpuint (length, >, 4000);
  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
}

/* The colour of the first pixel. */
static guint32
corner (LabTopology *topology, const LabPictureOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = lab_picture_render (topology, options, &error);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (bytes, &error);
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  g_autofree guchar *data = g_malloc (stride * gdk_texture_get_height (texture));
  guint32 pixel;

  gdk_texture_download (texture, data, stride);
  memcpy (&pixel, data, sizeof pixel);

  return pixel;
}

static void
test_ground (void)
{
  g_autoptr (LabTopology) topology = load_sample ();
  LabPictureOptions options;

  lab_picture_options_init (&options);
  options.format = LAB_PICTURE_PNG;
  g_assert_cmphex (corner (topology, &options), ==, 0xffffffff);
  options.dark = TRUE;
  g_assert_cmphex (corner (topology, &options), ==, 0xff1e1e1e);
  options.transparent = TRUE;
  g_assert_cmphex (corner (topology, &options), ==, 0);
}

static guint
count_pixels (LabTopology *topology, guint32 colour)
{
  LabPictureOptions options;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = NULL;
  gsize n_pixels;
  guint count = 0;

  lab_picture_options_init (&options);
  options.format = LAB_PICTURE_PNG;
  bytes = lab_picture_render (topology, &options, &error);
  texture = gdk_texture_new_from_bytes (bytes, &error);
  g_assert_no_error (error);
  n_pixels = (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture);
  pixels = g_new (guint32, n_pixels);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) gdk_texture_get_width (texture) * 4);
  for (gsize i = 0; i < n_pixels; i++)
    count += pixels[i] == colour;

  return count;
}

/* A mark for each direction that something is done to. */
static void
test_impaired (void)
{
  g_autoptr (LabTopology) topology = load_sample ();
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autoptr (LabLink) link = g_list_model_get_item (lab_topology_get_links (topology), 0);
  guint one;

  g_assert_cmpuint (count_pixels (topology, 0xffc64600), ==, 0);
  for (guint end = 0; end < 2; end++)
    {
      const char *const words[] = { "delay=1s", NULL };
      g_autoptr (JsonNode) direction = lab_impair_parse (words, NULL);
      g_autoptr (JsonNode) impair = lab_link_with_impairment (link, end, direction);
      g_autoptr (LabEdit) edit = lab_edit_new_set_link (
          lab_link_get_node_name (link, 0), lab_link_get_port_name (link, 0), "impair", impair);

      g_assert_true (lab_history_apply (history, edit, NULL));
      if (end == 0)
        one = count_pixels (topology, 0xffc64600);
    }
  g_assert_cmpuint (one, >, 50);
  g_assert_cmpuint (count_pixels (topology, 0xffc64600), >, one * 3 / 2);
}

/* A vector picture is in the picture whatever its size: on the canvas it is, too. */
static void
test_large_vectors (void)
{
  g_autofree char *filler = g_strnfill (2 * 1024 * 1024, ' ');
  g_autofree char *svg =
      g_strconcat ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"50\">"
                   "<rect width=\"100\" height=\"50\" fill=\"#ff0000\"/><!--",
                   filler, "--></svg>", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (svg, strlen (svg));
  g_autoptr (LabTopology) topology = lab_topology_new ("x");
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autoptr (LabEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LabDrawing) drawing = lab_drawing_new_picture ("image/svg+xml", bytes, 50, 25, &error);
  LabPictureOptions options;

  g_assert_no_error (error);
  edit = lab_edit_new_add_drawing (drawing);
  g_assert_true (lab_history_apply (history, edit, &error));
  lab_picture_options_init (&options);
  options.format = LAB_PICTURE_PNG;
  options.margin = -10;
  g_assert_cmphex (corner (topology, &options), ==, 0xffff0000);
}

static void
test_selection (void)
{
  g_autoptr (LabTopology) topology = load_sample ();
  g_autoptr (LabSelection) selection = lab_selection_new (topology);
  LabPictureOptions options;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  lab_picture_options_init (&options);
  lab_picture_options_set_selection (&options, selection);
  g_assert_null (options.nodes);
  /* A link, and a node that it joins: two devices. */
  lab_selection_add (selection, lab_topology_find_node (topology, "PC1"));
  lab_selection_add (selection, lab_topology_find_link (topology, "PC1", "e0/0"));
  lab_picture_options_set_selection (&options, selection);
  g_assert_cmpuint (g_strv_length (options.nodes), ==, 2);
  path = export(topology, &options);
  text = read_file (path, NULL);
  g_assert_nonnull (strstr (text, "<desc>SW1, PC1</desc>"));
  lab_picture_options_clear (&options);
}

static void
test_refused (void)
{
  g_autoptr (LabTopology) topology = load_sample ();
  LabPictureOptions options;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lab_picture_options_init (&options);
  lab_picture_export_async (topology, &options, "/nonexistent/x.svg", NULL, finished_cb, &result);
  wait_for (&result);
  g_assert_false (lab_picture_export_finish (result, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "/nonexistent/x.svg"));
  g_clear_error (&error);

  options.format = LAB_PICTURE_PNG;
  options.scale = LAB_PICTURE_MAX_SCALE;
  options.margin = 20000;
  g_assert_null (lab_picture_render (topology, &options, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_LIMIT);
}

/* Every kind of drawing, a link to itself, nothing at all, and odd sizes. */
static void
test_odd (void)
{
  static const char *const labs[] = {
    "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"6c0a7f1e-3b52-4d0e-9a51-7d1f0c2b8e77\","
    "\"name\":\"<&>\"}",
    "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"6c0a7f1e-3b52-4d0e-9a51-7d1f0c2b8e77\","
    "\"name\":\"x\",\"nodes\":[{\"name\":\"R<1>&\",\"id\":1,\"kind\":\"iou\",\"x\":0.5,\"y\":0,"
    "\"image\":{\"name\":\"i86.bin\"},\"ethernet\":2,\"serial\":2}],\"links\":[{\"a\":{\"node\":"
    "\"R<1>&\",\"port\":\"e0/0\"},\"b\":{\"node\":\"R<1>&\",\"port\":\"e0/"
    "1\"},\"label\":\"loop\"}],"
    "\"drawings\":["
    "{\"id\":1,\"kind\":\"text\",\"x\":0,\"y\":-90,\"rotation\":12.5,\"text\":[\"a < b\",\"& c\"],"
    "\"font\":\"Sans Bold 14\"},"
    "{\"id\":2,\"kind\":\"rectangle\",\"x\":-60,\"y\":-60,\"width\":120.25,\"height\":120,"
    "\"layer\":-1,\"fill\":\"#ff000040\",\"stroke\":\"#000000\",\"dash\":\"dash\"},"
    "{\"id\":3,\"kind\":\"ellipse\",\"x\":300,\"y\":100,\"width\":50,\"height\":20,"
    "\"stroke\":\"#00ff00\",\"dash\":\"dot\"},"
    "{\"id\":4,\"kind\":\"line\",\"x\":100,\"y\":100,\"width\":-50,\"height\":50,"
    "\"arrows\":\"both\"},"
    "{\"id\":6,\"kind\":\"line\",\"x\":100,\"y\":100,\"width\":0,\"height\":0},"
    "{\"id\":5,\"kind\":\"picture\",\"x\":500,\"y\":0,\"width\":20,\"height\":20,"
    "\"picture\":{\"type\":\"image/"
    "png\",\"data\":\"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAA"
    "C0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=\"}}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (labs); i++)
    for (LabPictureFormat format = LAB_PICTURE_SVG; format <= LAB_PICTURE_PNG; format++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (LabTopology) topology = lab_file_parse (labs[i], strlen (labs[i]), "x", &error);
        g_autoptr (GBytes) bytes = NULL;
        LabPictureOptions options;

        g_assert_no_error (error);
        lab_picture_options_init (&options);
        options.format = format;
        bytes = lab_picture_render (topology, &options, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (g_bytes_get_size (bytes), >, 300);
      }
}

static GdkTexture *
thumbnail (const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_thumbnail_async (path, 240, 150, FALSE, NULL, finished_cb, &result);
  wait_for (&result);

  return lab_thumbnail_finish (result, error);
}

static void
test_thumbnail (void)
{
  g_autofree char *sample = sample_path ();
  g_autofree char *path = g_build_filename (folder, "t.lab", NULL);
  g_autofree char *text = read_file (sample, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) first = NULL;
  g_autoptr (GdkTexture) again = NULL;
  g_autoptr (GdkTexture) other = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  first = thumbnail (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (first), ==, 240);
  g_assert_cmpint (gdk_texture_get_height (first), ==, 150);
  again = thumbnail (path, &error);
  g_assert_true (again == first);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  other = thumbnail (path, &error);
  g_assert_true (other != first);
  g_assert_null (thumbnail ("/nonexistent.lab", &error));
  g_assert_nonnull (error);
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  int code;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("labwright-picture-XXXXXX", NULL);
  g_assert_nonnull (folder);

  g_test_add_func ("/picture/svg", test_svg);
  g_test_add_func ("/picture/png", test_png);
  g_test_add_func ("/picture/pdf", test_pdf);
  g_test_add_func ("/picture/ground", test_ground);
  g_test_add_func ("/picture/impaired", test_impaired);
  g_test_add_func ("/picture/large-vectors", test_large_vectors);
  g_test_add_func ("/picture/selection", test_selection);
  g_test_add_func ("/picture/refused", test_refused);
  g_test_add_func ("/picture/odd", test_odd);
  g_test_add_func ("/picture/thumbnail", test_thumbnail);

  code = g_test_run ();
  remove_folder ();

  return code;
}

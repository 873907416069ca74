/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Symbols of devices: each can be drawn at any size, names are found, strangers' files are bounded.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lab-symbol-art.h"
#include "lab-symbol-folder.h"
#include "lab-symbols.h"

/* Inked pixels of a square drawing, in percent. */
static double
ink (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  g_autofree guchar *data = g_malloc0 ((gsize) width * height * 4);
  guint count = 0;

  gdk_texture_download (texture, data, (gsize) width * 4);
  for (int i = 0; i < width * height; i++)
    count += ((guint32 *) (gpointer) data)[i] >> 24 > 127;

  return 100.0 * count / (width * height);
}

static void
test_all_render (void)
{
  static const int sizes[] = { 16, 24, 48, 96 };
  g_auto (GStrv) names = lab_symbols_list ();

  g_assert_cmpuint (g_strv_length (names), ==, 17);
  for (guint i = 0; names[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      {
        g_autoptr (GdkTexture) texture = lab_symbols_get_texture (names[i], sizes[j]);

        g_test_message ("%s at %d", names[i], sizes[j]);
        g_assert_cmpint (gdk_texture_get_width (texture), ==, sizes[j]);
        g_assert_cmpfloat (ink (texture), >, 25);
        g_assert_cmpfloat (ink (texture), <, 85);
      }
}

/* What lab_symbols_get_size() says is where the drawing ends, to within a unit. */
static void
test_sizes (void)
{
  g_auto (GStrv) names = lab_symbols_list ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GdkTexture) texture = lab_symbols_get_texture (names[i], 128);
      g_autofree guint32 *data = g_new0 (guint32, 128 * 128);
      double half_width;
      double half_height;
      int reach_x = 0;
      int reach_y = 0;

      gdk_texture_download (texture, (guchar *) data, 128 * 4);
      for (int y = 0; y < 128; y++)
        for (int x = 0; x < 128; x++)
          if (data[y * 128 + x] >> 24 > 64)
            {
              reach_x = MAX (reach_x, x < 64 ? 64 - x : x - 63);
              reach_y = MAX (reach_y, y < 64 ? 64 - y : y - 63);
            }
      lab_symbols_get_size (names[i], &half_width, &half_height);
      g_test_message ("%s: %g x %g, drawn %g x %g", names[i], half_width, half_height,
                      reach_x / 2.0, reach_y / 2.0);
      g_assert_cmpfloat (ABS (half_width - reach_x / 2.0), <=, 1.1);
      g_assert_cmpfloat (ABS (half_height - reach_y / 2.0), <=, 1.1);
    }
}

static void
test_cached (void)
{
  g_autoptr (GdkTexture) a = lab_symbols_get_texture ("router", 40);
  g_autoptr (GdkTexture) b = lab_symbols_get_texture ("router", 48);
  g_autoptr (GdkTexture) c = lab_symbols_get_texture ("no such thing", 5000);
  g_autoptr (GdkTexture) d = lab_symbols_get_texture ("unknown", 512);

  g_assert_true (a == b);
  g_assert_true (c == d);
}

static void
assert_resolves (const char *symbol, LabNodeKind kind, const char *image, const char *expected)
{
  g_assert_cmpstr (lab_symbols_resolve (symbol, kind, image), ==, expected);
  /* And again, from what is remembered. */
  g_assert_cmpstr (lab_symbols_resolve (symbol, kind, image), ==, expected);
  g_assert_true (lab_symbols_has (expected));
}

static void
test_resolve (void)
{
  assert_resolves (NULL, LAB_NODE_IOU, "labwright-pc", "host");
  assert_resolves (NULL, LAB_NODE_IOU, "labwright-host", "linux-host");
  assert_resolves (NULL, LAB_NODE_IOU, "labwright-router", "router");
  assert_resolves (NULL, LAB_NODE_IOU, "linux-l2-image.bin", "l3-switch");
  assert_resolves (NULL, LAB_NODE_IOU, "linux-L2-image.bin", "l3-switch");
  assert_resolves (NULL, LAB_NODE_SWITCH, NULL, "switch");
  assert_resolves (NULL, LAB_NODE_HUB, NULL, "hub");
  assert_resolves (NULL, LAB_NODE_FRAME_RELAY_SWITCH, NULL, "frame-relay-switch");
  assert_resolves (NULL, LAB_NODE_NAT, NULL, "nat");
  assert_resolves (NULL, LAB_NODE_TAP, NULL, "tap");
  assert_resolves (NULL, LAB_NODE_PLACEHOLDER, NULL, "unknown");
  assert_resolves ("server", LAB_NODE_IOU, "labwright-pc", "server");
  assert_resolves (":/symbols/classic/ethernet_switch.svg", LAB_NODE_SWITCH, NULL, "switch");
  assert_resolves (":/symbols/multilayer_switch.svg", LAB_NODE_IOU, NULL, "l3-switch");
  assert_resolves (":/symbols/vpcs_guest.svg", LAB_NODE_PLACEHOLDER, NULL, "host");
  /* Short hints are words: "pc" is not in "npcx", "nat" not in "national". */
  assert_resolves ("npcx", LAB_NODE_HUB, NULL, "hub");
  assert_resolves ("national", LAB_NODE_HUB, NULL, "hub");
  assert_resolves ("", LAB_NODE_HUB, NULL, "hub");
}

static void
test_for_node (void)
{
  g_autoptr (JsonNode) json =
      json_from_string ("{\"name\":\"A\",\"kind\":\"iou\",\"image\":{\"name\":\"labwright-pc\"},"
                        "\"symbol\":\"laptop\"}",
                        NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LabNode) node = lab_node_new_from_json (json, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lab_symbols_for_node (node), ==, "laptop");
  g_assert_cmpstr (lab_symbols_get_title ("l3-switch"), ==, "Layer 3 Switch");
}

static void
write_own (const char *name, const char *text, gssize length)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "labwright", "symbols", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

static void
test_own (void)
{
  static const char red[] = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'>"
                            "<rect width='20' height='10' fill='#f00'/></svg>";
  g_autofree char *large = g_strnfill (LAB_SYMBOL_MAX_BYTES + 1, ' ');
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GdkTexture) unknown = lab_symbols_get_texture ("unknown", 48);
  g_autoptr (GdkTexture) broken = NULL;
  double half_width;
  double half_height;

  write_own ("My Box.svg", red, -1);
  write_own ("router.svg", red, -1);
  write_own ("broken.svg", "<svg", -1);
  write_own ("large.svg", large, -1);
  write_own ("notes.txt", "no symbol", -1);
  lab_symbol_folder_read ();

  g_assert_true (lab_symbols_has ("My Box"));
  g_assert_false (lab_symbols_has ("broken"));
  g_assert_false (lab_symbols_has ("large"));
  g_assert_false (lab_symbols_has ("notes"));
  assert_resolves ("My Box", LAB_NODE_IOU, "labwright-pc", "My Box");
  assert_resolves ("broken", LAB_NODE_HUB, NULL, "hub");
  texture = lab_symbols_get_texture ("My Box", 96);
  /* Twice as wide as high: about 41 of 100 of the square. */
  g_assert_cmpfloat (ink (texture), >, 35);
  g_assert_cmpfloat (ink (texture), <, 50);
  lab_symbols_get_size ("My Box", &half_width, &half_height);
  g_assert_cmpfloat (half_width, ==, 2 * half_height);
  broken = lab_symbols_get_texture ("broken", 48);
  g_assert_cmpfloat (ink (broken), ==, ink (unknown));
}

/* A PNG that says it is huge is refused before it is unpacked. */
static void
test_png (void)
{
  static const guint8 huge[] = "\211PNG\r\n\032\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\10\6\0\0\0";
  static const guint8 cut[] = "\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0";
  g_autoptr (GBytes) huge_bytes = g_bytes_new_static (huge, sizeof huge);
  g_autoptr (GBytes) cut_bytes = g_bytes_new_static (cut, sizeof cut);
  g_autoptr (GError) error = NULL;

  g_assert_null (lab_symbol_art_new (huge_bytes, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (lab_symbol_art_new (cut_bytes, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_INVALID);
}

typedef struct
{
  GMainLoop *loop;
  char *name;
  GError *error;
} Added;

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Added *added = data;

  added->name = lab_symbol_folder_add_finish (LAB_SYMBOL_FOLDER (source), result, &added->error);
  g_main_loop_quit (added->loop);
}

static void
add (Added *added, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  lab_symbol_folder_add_async (lab_symbol_folder_get_default (), file, NULL, added_cb, added);
  g_main_loop_run (added->loop);
}

static void
test_add (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Added added = { .loop = loop };

  add (&added, "modem.svg",
       "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' "
       "height='9'/></svg>");
  g_assert_no_error (added.error);
  g_assert_cmpstr (added.name, ==, "modem");
  g_assert_true (lab_symbols_has ("modem"));
  g_clear_pointer (&added.name, g_free);

  add (&added, "text.svg", "not a picture");
  g_assert_error (added.error, LAB_ERROR, LAB_ERROR_INVALID);
  g_assert_null (added.name);
  g_assert_nonnull (strstr (added.error->message, "text.svg"));
  g_clear_error (&added.error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/symbols/all-render", test_all_render);
  g_test_add_func ("/symbols/sizes", test_sizes);
  g_test_add_func ("/symbols/cached", test_cached);
  g_test_add_func ("/symbols/resolve", test_resolve);
  g_test_add_func ("/symbols/for-node", test_for_node);
  g_test_add_func ("/symbols/own", test_own);
  g_test_add_func ("/symbols/png", test_png);
  g_test_add_func ("/symbols/add", test_add);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files by which a desktop knows Labwright: they agree with each other, the MIME type is found,
 * the icons can be drawn. */

#include "config.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <librsvg/rsvg.h>
#include <string.h>

#define APP_ID    "io.github.labwright.Labwright"
#define MIME_TYPE "application/vnd.labwright.lab+json"
#define PORTABLE  "application/vnd.labwright.labz+zip"

static char *
source_path (const char *name)
{
  return g_build_filename (g_getenv ("LABWRIGHT_SOURCE_DIR"), name, NULL);
}

static char *
built_path (const char *name)
{
  return g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "data", name, NULL);
}

static char *
read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_test_fail_printf ("“%s” is missing", part);
}

static void
test_names (void)
{
  g_autofree char *desktop_path = built_path (APP_ID ".desktop");
  g_autofree char *metainfo_path = built_path (APP_ID ".metainfo.xml");
  g_autofree char *desktop = read_text (desktop_path);
  g_autofree char *metainfo = read_text (metainfo_path);

  assert_has (desktop, "\nIcon=" APP_ID "\n");
  assert_has (desktop, "\nMimeType=" MIME_TYPE ";" PORTABLE ";\n");
  assert_has (desktop, "\nExec=labwright %F\n");
  assert_has (metainfo, "<id>" APP_ID "</id>");
  assert_has (metainfo, "<launchable type=\"desktop-id\">" APP_ID ".desktop</launchable>");
  assert_has (metainfo, "<mediatype>" MIME_TYPE "</mediatype>");
  assert_has (metainfo, "<mediatype>" PORTABLE "</mediatype>");
  /* The version that is built has its release notes. */
  assert_has (metainfo, "<release version=\"" PACKAGE_VERSION "\"");
}

/* A data folder as an installation makes it, so that GIO finds the type. */
static void
test_mime (void)
{
  g_autofree char *update = g_find_program_in_path ("update-mime-database");
  g_autofree char *sample_path = source_path ("data/labs/campus.lab");
  g_autofree char *sample = read_text (sample_path);
  g_autofree char *xml_path = built_path (APP_ID ".xml");
  g_autofree char *xml = read_text (xml_path);
  g_autofree char *mime = g_build_filename (g_get_user_data_dir (), "mime", NULL);
  g_autofree char *packages = g_build_filename (mime, "packages", NULL);
  g_autofree char *target = g_build_filename (packages, APP_ID ".xml", NULL);
  const char *const argv[] = { update, mime, NULL };
  const char *const dirs[] = { mime, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *by_name = NULL;
  g_autofree char *by_content = NULL;

  if (update == NULL)
    {
      g_test_skip ("update-mime-database is not installed");
      return;
    }
  g_assert_cmpint (g_mkdir_with_parents (packages, 0700), ==, 0);
  g_assert_true (g_file_set_contents (target, xml, -1, NULL));
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));

  g_content_type_set_mime_dirs (dirs);
  by_name = g_content_type_guess ("x.lab", NULL, 0, NULL);
  g_assert_cmpstr (by_name, ==, MIME_TYPE);
  by_content = g_content_type_guess ("x", (const guchar *) sample, strlen (sample), NULL);
  g_assert_cmpstr (by_content, ==, MIME_TYPE);
  g_assert_true (g_content_type_is_a (MIME_TYPE, "application/json"));
}

/* Inked pixels in percent. */
static double
ink_at (RsvgHandle *handle, int size)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  cairo_t *cr = cairo_create (surface);
  RsvgRectangle viewport = { 0, 0, size, size };
  g_autoptr (GError) error = NULL;
  guint count = 0;

  g_assert_true (rsvg_handle_render_document (handle, cr, &viewport, &error));
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = 0; y < size; y++)
    for (int x = 0; x < size; x++)
      count += cairo_image_surface_get_data (
                   surface)[y * cairo_image_surface_get_stride (surface) + x * 4 + 3] > 127;
  cairo_surface_destroy (surface);

  return 100.0 * count / (size * size);
}

static void
test_icons (void)
{
  static const char *const icons[] = { APP_ID ".svg", APP_ID "-symbolic.svg",
                                       "application-vnd.labwright.lab+json.svg" };
  static const int sizes[] = { 16, 32, 48, 128 };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      g_autofree char *name = g_strconcat ("data/icons/", icons[i], NULL);
      g_autofree char *path = source_path (name);
      g_autoptr (GError) error = NULL;
      RsvgHandle *handle = rsvg_handle_new_from_file (path, &error);

      g_assert_no_error (error);
      for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
        {
          double ink = ink_at (handle, sizes[j]);

          g_test_message ("%s at %d: %.0f %%", icons[i], sizes[j], ink);
          g_assert_cmpfloat (ink, >, 25);
          g_assert_cmpfloat (ink, <, 95);
        }
      g_object_unref (handle);
    }
}

/* GTK only warns of a style sheet that it cannot read to its end. */
static void
test_style (void)
{
  g_autofree char *folder = source_path ("ui");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      int depth = 0;

      if (!g_str_has_suffix (name, ".css"))
        continue;
      text = read_text (path);
      g_test_message ("%s", name);
      for (const char *p = text; *p != '\0'; p++)
        {
          depth += (*p == '{') - (*p == '}');
          g_assert_cmpint (depth, >=, 0);
          /* No block stands in another in these files. */
          g_assert_cmpint (depth, <=, 1);
        }
      g_assert_cmpint (depth, ==, 0);
    }
}

/* What others made is pinned: an archive by its checksum, a repository by its tag. */
static void
check_source (JsonObject *source, const char *module)
{
  const char *type = json_object_get_string_member (source, "type");

  g_test_message ("%s: %s", module, type);
  if (strcmp (type, "archive") == 0)
    {
      g_assert_cmpuint (strlen (json_object_get_string_member (source, "sha256")), ==, 64);
      g_assert_true (g_str_has_prefix (json_object_get_string_member (source, "path"), "sources/"));
    }
  else if (strcmp (type, "git") == 0)
    g_assert_true (json_object_has_member (source, "tag"));
}

/* The manifest has what flatpak-builder asks for, and a module for each library that the runtime
 * lacks. */
static void
test_flatpak (void)
{
  static const char *const needed[] = {
    "lwip", "libpcap", "libslirp", "cmark", "vte", "labwright"
  };
  g_autofree char *path = source_path ("flatpak/" APP_ID ".json");
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  JsonObject *manifest;
  JsonArray *modules;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  manifest = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (manifest, "app-id"), ==, APP_ID);
  g_assert_cmpstr (json_object_get_string_member (manifest, "runtime"), ==, "org.gnome.Platform");
  g_assert_cmpstr (json_object_get_string_member (manifest, "sdk"), ==, "org.gnome.Sdk");
  g_assert_cmpstr (json_object_get_string_member (manifest, "command"), ==, "labwright");
  modules = json_object_get_array_member (manifest, "modules");
  g_assert_cmpuint (json_array_get_length (modules), ==, G_N_ELEMENTS (needed));
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      JsonObject *module = json_array_get_object_element (modules, i);
      JsonArray *sources = json_object_get_array_member (module, "sources");

      g_assert_cmpstr (json_object_get_string_member (module, "name"), ==, needed[i]);
      for (guint j = 0; j < json_array_get_length (sources); j++)
        check_source (json_array_get_object_element (sources, j), needed[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/desktop/names", test_names);
  g_test_add_func ("/desktop/mime", test_mime);
  g_test_add_func ("/desktop/icons", test_icons);
  g_test_add_func ("/desktop/flatpak", test_flatpak);
  g_test_add_func ("/desktop/style", test_style);

  return g_test_run ();
}

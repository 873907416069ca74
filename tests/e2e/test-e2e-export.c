/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl export: pictures that any reader of SVG takes, and saved configurations. */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "e2e.h"

static void
start_element (GMarkupParseContext *context,
               const char *name,
               const char **keys,
               const char **values,
               gpointer user_data,
               GError **error)
{
  /* A decimal comma would make a list of a number. */
  for (guint i = 0; keys[i] != NULL; i++)
    if (g_str_equal (keys[i], "x") || g_str_equal (keys[i], "width") ||
        g_str_equal (keys[i], "viewBox"))
      g_assert_null (strchr (values[i], ','));
  (*(guint *) user_data)++;
}

/* Well-formed, and drawn by a program that knows SVG, if there is one here. */
static guint
check_svg (const char *path)
{
  GMarkupParser parser = { .start_element = start_element };
  guint n_elements = 0;
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, &n_elements, NULL);
  g_autofree char *text = e2e_read (path);
  g_autofree char *rsvg = g_find_program_in_path ("rsvg-convert");
  g_autofree char *xmllint = g_find_program_in_path ("xmllint");
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, text, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      const char *const lint_argv[] = { xmllint, "--noout", path, NULL };
      const char *const draw_argv[] = { rsvg, path, NULL };
      const char *const *argv = i == 0 ? lint_argv : draw_argv;
      g_autoptr (GSubprocess) process = NULL;

      if (argv[0] == NULL)
        continue;
      process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
      g_assert_no_error (error);
      g_subprocess_wait_check (process, NULL, &error);
      g_assert_no_error (error);
    }
  return n_elements;
}

static void
test_svg (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "campus.lab", NULL, NULL);
  g_autofree char *picture = e2e_path (e2e, "campus.svg");
  g_autofree char *text = NULL;

  e2e_labctl (e2e, "export", path, "--svg", picture, NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpuint (check_svg (picture), >, 50);
  text = e2e_read (picture);
  e2e_assert_has (text, ">CORE<");
  e2e_assert_has (text, ">e0/0<");
  e2e_assert_has (text, ">Building A<");
  e2e_labctl (e2e, "export", path, "--svg", "-", NULL);
  g_assert_cmpstr (e2e->out, ==, text); /* and twice the same */
  e2e_labctl (e2e, "export", path, "--svg", "/nonexistent/x.svg", NULL);
  e2e_assert_code (e2e, 3);
  e2e_labctl (e2e, "export", path, NULL);
  e2e_assert_code (e2e, 2);
}

static guint
count_points (const char *points)
{
  g_auto (GStrv) words = g_strsplit (points, " ", -1);

  return g_strv_length (words);
}

static double
first_y (const char *points)
{
  return g_ascii_strtod (strchr (points, ',') + 1, NULL);
}

static guint
count_text (const char *text, const char *piece)
{
  guint n = 0;

  for (const char *at = strstr (text, piece); at != NULL; at = strstr (at + 1, piece))
    n++;
  return n;
}

/* Links as the window draws them: shapes, lanes, own looks. */
static void
test_svg_links (E2e *e2e, gconstpointer data)
{
  static const char lab[] =
      "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"6c0a7f1e-3b52-4d0e-9a51-7d1f0c2b8e79\","
      "\"name\":\"links\",\"nodes\":["
      "{\"name\":\"A\",\"kind\":\"hub\",\"x\":0,\"y\":0,\"ports\":8},"
      "{\"name\":\"B\",\"kind\":\"hub\",\"x\":300,\"y\":0,\"ports\":8},"
      "{\"name\":\"C\",\"kind\":\"hub\",\"x\":300,\"y\":200,\"ports\":8}],\"links\":["
      "{\"a\":{\"node\":\"A\",\"port\":\"e0\"},\"b\":{\"node\":\"B\",\"port\":\"e0\"}},"
      "{\"a\":{\"node\":\"B\",\"port\":\"e1\"},\"b\":{\"node\":\"A\",\"port\":\"e1\"},"
      "\"colour\":\"#ff0088\",\"dash\":\"dot\",\"label\":\"trunk\"},"
      "{\"a\":{\"node\":\"A\",\"port\":\"e2\"},\"b\":{\"node\":\"C\",\"port\":\"e2\","
      "\"hidden\":true},\"shape\":\"stepped\"},"
      "{\"a\":{\"node\":\"B\",\"port\":\"e3\"},\"b\":{\"node\":\"C\",\"port\":\"e3\"},"
      "\"shape\":\"curved\",\"bend\":80}]}";
  g_autofree char *path = e2e_write (e2e, "links.lab", lab);
  g_autofree char *picture = e2e_path (e2e, "links.svg");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  e2e_labctl (e2e, "export", path, "--svg", picture, NULL);
  e2e_assert_code (e2e, 0);
  check_svg (picture);
  text = e2e_read (picture);
  e2e_assert_has (text, "stroke='#ff0088'");
  e2e_assert_has (text, "stroke-dasharray='2 4'");
  e2e_assert_has (text, ">trunk<");
  lines = g_strsplit (text, "<polyline points='", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  for (guint i = 1; i < 5; i++)
    *strchr (lines[i], '\'') = '\0';
  /* Two lanes: neither is the other turned around, both are straight. */
  g_assert_cmpuint (count_points (lines[1]), ==, 2);
  g_assert_cmpuint (count_points (lines[2]), ==, 2);
  g_assert_cmpfloat (first_y (lines[1]) * first_y (lines[2]), <, 0);
  g_assert_cmpuint (count_points (lines[3]), ==, 4);
  g_assert_cmpuint (count_points (lines[4]), >, 8);
  /* Each label is there twice, for its seam; a hidden one is not. */
  g_assert_cmpuint (count_text (text, ">e3<"), ==, 4);
  g_assert_cmpuint (count_text (text, ">e2<"), ==, 2);
}

static const char every_kind[] =
    "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"6c0a7f1e-3b52-4d0e-9a51-7d1f0c2b8e77\","
    "\"name\":\"<&> \\\"'\",\"nodes\":["
    "{\"name\":\"R<1>&\",\"id\":1,\"kind\":\"iou\",\"x\":0.5,\"y\":0,\"image\":{\"name\":\"i86."
    "bin\"},"
    "\"ethernet\":2,\"serial\":2},"
    "{\"name\":\"H\",\"id\":2,\"kind\":\"hub\",\"x\":200,\"y\":0,\"ports\":4},"
    "{\"name\":\"F\",\"id\":3,\"kind\":\"frame-relay-switch\",\"x\":0,\"y\":200,\"ports\":4},"
    "{\"name\":\"N\",\"id\":4,\"kind\":\"nat\",\"x\":200,\"y\":200},"
    "{\"name\":\"T\",\"id\":5,\"kind\":\"tap\",\"interface\":\"tap0\",\"x\":400,\"y\":200},"
    "{\"name\":\"X\",\"id\":6,\"kind\":\"placeholder\",\"x\":400,\"y\":0,"
    "\"ports\":[{\"name\":\"Gi0/0\",\"kind\":\"ethernet\"}]}],"
    "\"links\":[{\"a\":{\"node\":\"R<1>&\",\"port\":\"e0/"
    "0\"},\"b\":{\"node\":\"H\",\"port\":\"e0\"}},"
    "{\"a\":{\"node\":\"R<1>&\",\"port\":\"e0/1\"},\"b\":{\"node\":\"H\",\"port\":\"e1\"},"
    "\"plugged\":false},"
    "{\"a\":{\"node\":\"R<1>&\",\"port\":\"e1/0\"},\"b\":{\"node\":\"R<1>&\",\"port\":\"e1/1\"}},"
    "{\"a\":{\"node\":\"R<1>&\",\"port\":\"s2/0\"},\"b\":{\"node\":\"F\",\"port\":\"s0\"},"
    "\"impair\":{\"b-to-a\":{\"delay\":100,\"only\":\"less 100\"}}}],"
    "\"drawings\":["
    "{\"id\":1,\"kind\":\"text\",\"x\":0,\"y\":-90,\"rotation\":12.5,\"text\":[\"a < b\",\"& c\"],"
    "\"font\":\"Sans Bold 14\"},"
    "{\"id\":2,\"kind\":\"rectangle\",\"x\":-60,\"y\":-60,\"width\":120.25,\"height\":120,"
    "\"layer\":-1,\"fill\":\"#ff000040\",\"stroke\":\"#000000\",\"dash\":\"dash\"},"
    "{\"id\":3,\"kind\":\"ellipse\",\"x\":300,\"y\":100,\"width\":50,\"height\":20,"
    "\"stroke\":\"#00ff00\",\"dash\":\"dot\"},"
    "{\"id\":4,\"kind\":\"line\",\"x\":100,\"y\":100,\"width\":-50,\"height\":50},"
    "{\"id\":5,\"kind\":\"picture\",\"x\":500,\"y\":0,\"width\":20,\"height\":20,"
    "\"picture\":{\"type\":\"image/"
    "png\",\"data\":\"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAA"
    "C0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=\"}}]}";

static void
test_svg_every_kind (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_write (e2e, "kinds.lab", every_kind);
  g_autofree char *picture = e2e_path (e2e, "kinds.svg");
  g_autofree char *text = NULL;

  e2e_labctl (e2e, "export", path, "--svg", picture, NULL);
  e2e_assert_code (e2e, 0);
  check_svg (picture);
  text = e2e_read (picture);
  e2e_assert_has (text, "R&lt;1&gt;&amp;");
  e2e_assert_has (text, "fill-opacity=");
  e2e_assert_has (text, "data:image/png;base64,");
  e2e_assert_has (text, "<title>100 ms delay, only “less 100”</title>");
}

static void
test_svg_empty (E2e *e2e, gconstpointer data)
{
  g_autofree char *picture = e2e_path (e2e, "empty.svg");

  e2e_labctl (e2e, "new", "empty.lab", NULL);
  e2e_labctl (e2e, "export", "empty.lab", "--svg", picture, NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpuint (check_svg (picture), >=, 2);
}

static void
test_configs (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *saved = e2e_path (e2e, "saved/PC1.cfg");
  g_autofree char *unsaved = e2e_path (e2e, "saved/PC2.cfg");
  g_autofree char *text = NULL;

  e2e_labctl (e2e, "start", path, "--wait", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", "PC1", "ip 10.0.0.77/24", NULL);
  e2e_labctl (e2e, "send", "PC1", "save", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "export", path, "--config", "PC1", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "10.0.0.77");
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);

  /* Not running: the same, and nothing is left running. */
  e2e_labctl (e2e, "export", path, "--configs", "saved", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_no_processes (e2e, 1));
  text = e2e_read (saved);
  e2e_assert_has (text, "10.0.0.77");
  g_assert_false (g_file_test (unsaved, G_FILE_TEST_EXISTS));
  e2e_labctl (e2e, "export", path, "--config", "PC2", NULL);
  e2e_assert_code (e2e, 3);
  e2e_labctl (e2e, "export", path, "--config", "PC9", NULL);
  e2e_assert_code (e2e, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  e2e_add ("/e2e/export/svg", test_svg);
  e2e_add ("/e2e/export/svg/links", test_svg_links);
  e2e_add ("/e2e/export/svg-every-kind", test_svg_every_kind);
  e2e_add ("/e2e/export/svg-empty", test_svg_empty);
  e2e_add ("/e2e/export/configs", test_configs);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the sources as text and holds them to the table of src/README.md. The build already keeps a
 * room from most of what it may not include, since each folder is compiled with its own include
 * folders only; what the compiler finds anyway (system headers, a path with "../") is caught here.
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "comment-scan.h"

typedef struct
{
  const char *room;      /* folder below src/ */
  const char *may_use;   /* rooms whose headers it may include, blank separated */
  const char *libraries; /* prefixes of <…> headers that are not libc's, blank separated */
} Room;

/* "iou:public" and "relay:public" stand for the one plain C header of that room. */
static const Room rooms[] = {
  { "iou", "iou iou:public", "glib" },
  { "configs", "configs iou", "glib gio" },
  { "lab", "lab", "glib gio json-glib" },
  { "library", "library lab iou", "glib gio json-glib" },
  { "state", "state configs lab iou", "glib gio json-glib archive" },
  { "relay", "relay relay:public iou:public", "pcap slirp libslirp" },
  { "images", "images iou iou:public", "glib lwip netif" },
  { "bus", "bus lab", "glib gio json-glib" },
  { "engine", "engine bus configs state lab library iou iou:public relay:public",
    "glib gio json-glib" },
  { "client", "client bus configs lab relay:public", "glib gio json-glib" },
  { "ctl", "ctl client bus configs state lab library iou relay:public", "glib gio json-glib" },
  { "canvas", "canvas lab", "glib gio json-glib gtk gdk gsk pango cairo librsvg" },
  { "console", "console client bus configs lab relay:public", "glib gio gtk gdk gsk pango vte" },
  { "app", "app canvas console client bus configs state lab library iou relay:public",
    "glib gio json-glib gtk gdk gsk pango cairo adwaita vte gtksourceview cmark librsvg" },
};

static const char *const known_libraries[] = {
  "glib",   "gio",     "gobject",  "gmodule", "json-glib",     "lwip",    "netif",
  "gtk",    "gdk",     "gsk",      "adwaita", "vte",           "pango",   "cairo",
  "libxml", "archive", "libslirp", "pcap",    "gtksourceview", "librsvg", "cmark",
};

static char *source_dir;

static gboolean
word_in (const char *words, const char *word, gsize length)
{
  const char *at = words;

  while ((at = strstr (at, word)) != NULL)
    {
      gboolean starts = at == words || at[-1] == ' ';

      if (starts && (at[length] == ' ' || at[length] == '\0'))
        return TRUE;
      at += length;
    }

  return FALSE;
}

/* Calls @visit for each C file below @path. */
static void
visit_sources (const char *path, void (*visit) (const char *file, gpointer data), gpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        visit_sources (child, visit, data);
      else if (g_str_has_suffix (name, ".c") || g_str_has_suffix (name, ".h"))
        visit (child, data);
    }
}

/* Which room a file below src/ is in: "iou", or "iou:public". */
static char *
room_of (const char *file)
{
  g_autofree char *src = g_strconcat (source_dir, "/src/", NULL);
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_str_has_prefix (file, src));
  parts = g_strsplit (file + strlen (src), "/", 3);
  if (g_strcmp0 (parts[1], "public") == 0)
    return g_strdup_printf ("%s:public", parts[0]);

  return g_strdup (parts[0]);
}

static void
collect_header (const char *file, gpointer data)
{
  GHashTable *owners = data;
  g_autofree char *base = g_path_get_basename (file);

  if (!g_str_has_suffix (file, ".h"))
    return;
  /* Two headers of one name would make it a matter of luck which one is meant. */
  if (g_hash_table_contains (owners, base))
    g_test_fail_printf ("%s: another header has this name", file);
  g_hash_table_insert (owners, g_steal_pointer (&base), room_of (file));
}

static const Room *
find_room (const char *file)
{
  g_autofree char *name = room_of (file);
  gsize length = strcspn (name, ":");

  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    if (strlen (rooms[i].room) == length && strncmp (rooms[i].room, name, length) == 0)
      return &rooms[i];

  return NULL;
}

static void
check_own_header (const Room *room, GHashTable *owners, const char *file, const char *header)
{
  const char *owner;

  if (strchr (header, '/') != NULL)
    {
      g_test_fail_printf ("%s includes \"%s\": no paths in includes", file, header);
      return;
    }
  owner = g_hash_table_lookup (owners, header);
  /* Not in the tree: config.h, or generated from bus/engine.xml. */
  if (owner == NULL)
    owner = strcmp (header, "lab-engine-bus.h") == 0 ? "bus" : NULL;
  if (owner != NULL && !word_in (room->may_use, owner, strlen (owner)))
    g_test_fail_printf ("%s includes \"%s\": %s may not use %s", file, header, room->room, owner);
}

static void
check_library_header (const Room *room, const char *file, const char *header)
{
  gsize length = strcspn (header, "/-.");

  if (g_str_has_prefix (header, "json-glib"))
    length = strlen ("json-glib");
  for (guint i = 0; i < G_N_ELEMENTS (known_libraries); i++)
    {
      const char *library = known_libraries[i];

      if (strlen (library) == length && strncmp (library, header, length) == 0 &&
          !word_in (room->libraries, library, length))
        g_test_fail_printf ("%s includes <%s>: %s may not use it", file, header, room->room);
    }
}

static void
check_includes (const char *file, gpointer data)
{
  g_autoptr (GRegex) regex =
      g_regex_new ("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]", G_REGEX_MULTILINE, 0, NULL);
  const Room *room = find_room (file);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *text = NULL;

  if (room == NULL)
    {
      g_test_fail_printf ("%s is in a room that the table does not know", file);
      return;
    }
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *mark = g_match_info_fetch (match, 1);
      g_autofree char *header = g_match_info_fetch (match, 2);

      if (*mark == '"')
        check_own_header (room, data, file, header);
      else
        check_library_header (room, file, header);
    }
}

static void
test_includes (void)
{
  g_autoptr (GHashTable) owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *src = g_build_filename (source_dir, "src", NULL);

  visit_sources (src, collect_header, owners);
  g_assert_cmpuint (g_hash_table_size (owners), >, 20);
  visit_sources (src, check_includes, owners);
}

static void
check_header (const char *file, gpointer data)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  if (strncmp (text, "/* SPDX-License-Identifier: GPL-3.0-or-later */\n", 48) != 0)
    g_test_fail_printf ("%s does not begin with its SPDX line", file);
  if (g_str_has_suffix (file, ".h") && strstr (text, "\n#pragma once\n") == NULL)
    g_test_fail_printf ("%s has no #pragma once", file);
}

static void
test_headers (void)
{
  g_autofree char *src = g_build_filename (source_dir, "src", NULL);
  g_autofree char *tests = g_build_filename (source_dir, "tests", NULL);

  visit_sources (src, check_header, NULL);
  visit_sources (tests, check_header, NULL);
}

static void
check_listed (const char *file, gpointer data)
{
  GHashTable *listed = data;
  g_autoptr (GRegex) regex = g_regex_new ("\\b(_|N_|ngettext|g_dngettext|C_) \\(\"", 0, 0, NULL);
  g_autofree char *text = NULL;
  const char *relative = file + strlen (source_dir) + 1;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  if (g_regex_match (regex, text, 0, NULL) && !g_hash_table_contains (listed, relative))
    g_test_fail_printf ("%s has text to translate and is not in po/POTFILES", relative);
}

static void
test_potfiles (void)
{
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *path = g_build_filename (source_dir, "po", "POTFILES", NULL);
  g_autofree char *src = g_build_filename (source_dir, "src", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *file = g_build_filename (source_dir, lines[i], NULL);

      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      if (!g_file_test (file, G_FILE_TEST_IS_REGULAR))
        g_test_fail_printf ("po/POTFILES names %s, which is not there", lines[i]);
      g_hash_table_add (listed, lines[i]);
    }
  visit_sources (src, check_listed, listed);
}

/* Who calls a function should not have to read it: meaning, units, ownership. */
static void
check_comments (const char *file, gpointer total)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *text = NULL;
  guint n;

  if (!g_str_has_suffix (file, ".h"))
    return;
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  found = comment_scan_header (text, &n);
  *(guint *) total += n;
  for (guint i = 0; i < found->len; i++)
    g_test_message ("%s:%s", file, (char *) g_ptr_array_index (found, i));
  if (found->len > 0)
    g_test_fail_printf ("%s declares functions without a comment", file);
}

static void
test_comments (void)
{
  g_autofree char *src = g_build_filename (source_dir, "src", NULL);
  guint n = 0;

  visit_sources (src, check_comments, &n);
  g_test_message ("%u functions", n);
  g_assert_cmpuint (n, >, 2000);
}

static void
test_comment_scan (void)
{
  static const char header[] = "/* SPDX */\n"
                               "#pragma once\n\n"
                               "typedef struct\n{\n  int (*member) (void); /* x; */\n} T;\n\n"
                               "void bare (T *t);\n"
                               "int behind (void); /* said */\n\n"
                               "/**\n * DOMAIN:\n */\n"
                               "#define DOMAIN \\\n  (quark ())\n"
                               "int quark (void);\n"
                               "const char *after (int,\n                   int);\n\n"
                               "/* Two. */\n"
                               "typedef void (*Func) (int);\n"
                               "void one (Func func);\n"
                               "static inline int\ntwo (void)\n{\n  return 2;\n}\n\n"
                               "static inline int\nthree (void)\n{\n  return 3;\n}\n";
  g_autoptr (GPtrArray) found = NULL;
  guint n;

  found = comment_scan_header (header, &n);
  g_assert_cmpuint (n, ==, 7);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (found, 0), ==, "9: bare");
  g_assert_cmpstr (g_ptr_array_index (found, 1), ==, "18: after");
  g_assert_cmpstr (g_ptr_array_index (found, 2), ==, "30: three");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  source_dir = g_strdup (g_getenv ("LABWRIGHT_SOURCE_DIR"));
  g_assert_nonnull (source_dir);

  g_test_add_func ("/arch/includes", test_includes);
  g_test_add_func ("/arch/headers", test_headers);
  g_test_add_func ("/arch/potfiles", test_potfiles);
  g_test_add_func ("/arch/comments", test_comments);
  g_test_add_func ("/arch/comment-scan", test_comment_scan);

  return g_test_run ();
}

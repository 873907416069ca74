/* SPDX-License-Identifier: GPL-3.0-or-later */

/* No two items of a menu have the same letter: the second would need another press and Enter. So in
 * each language. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "lab-file.h"
#include "lab-item-menu.h"

static const char lab[] =
    "{ \"format\": \"labwright\", \"version\": 1,"
    "  \"uuid\": \"01234567-89ab-cdef-0123-456789abcdef\", \"name\": \"Menus\","
    "  \"nodes\": ["
    "    { \"name\": \"R1\", \"id\": 1, \"kind\": \"iou\", \"image\": { \"name\": \"l3\" }, "
    "\"ethernet\": 1 },"
    "    { \"name\": \"R2\", \"id\": 2, \"kind\": \"iou\", \"image\": { \"name\": \"l3\" }, "
    "\"ethernet\": 1 } ],"
    "  \"links\": ["
    "    { \"a\": { \"node\": \"R1\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"R2\", \"port\": "
    "\"e0/0\" } } ] }";

/* The letters of one menu, each with the item that has it. */
static GHashTable *
letters_new (void)
{
  return g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
}

static void
take_letter (GHashTable *letters, const char *where, const char *label)
{
  const char *mark = strchr (label, '_');
  gpointer letter;
  const char *other;

  if (mark == NULL)
    return;
  letter = GUINT_TO_POINTER (g_unichar_tolower (g_utf8_get_char (mark + 1)));
  other = g_hash_table_lookup (letters, letter);
  if (other != NULL)
    {
      g_test_message ("%s: “%s” has the letter of “%s”", where, label, other);
      g_test_fail ();
    }
  g_hash_table_insert (letters, letter, g_strdup (label));
}

/* --- menus that the program builds --- */

static guint
check_model (GMenuModel *menu, GHashTable *letters, const char *where)
{
  guint n_items = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *label = NULL;

      if (section != NULL)
        n_items += check_model (section, letters, where);
      if (!g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        continue;
      n_items++;
      take_letter (letters, where, label);
      if (submenu != NULL)
        {
          g_autoptr (GHashTable) own = letters_new ();

          n_items += check_model (submenu, own, label);
        }
    }

  return n_items;
}

static void
check_item_menu (LabTopology *topology, gpointer item, gboolean many, const char *where)
{
  g_autoptr (GMenu) menu = lab_item_menu_new (topology, item, many);
  g_autoptr (GHashTable) letters = letters_new ();

  g_assert_cmpuint (check_model (G_MENU_MODEL (menu), letters, where), >, 5);
}

static void
test_canvas (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabTopology) topology = lab_file_parse (lab, sizeof lab - 1, "test", &error);
  g_autoptr (LabDrawing) drawing = NULL;
  LabNode *node;

  g_assert_no_error (error);
  node = lab_topology_find_node (topology, "R1");
  check_item_menu (topology, NULL, FALSE, "the plane");
  check_item_menu (topology, node, FALSE, "a device");
  check_item_menu (topology, node, TRUE, "many");
  check_item_menu (topology, lab_topology_find_link (topology, "R1", "e0/0"), FALSE, "a link");
  drawing = g_object_new (LAB_TYPE_DRAWING, NULL);
  check_item_menu (topology, drawing, FALSE, "a drawing");
}

/* --- menus in the templates --- */

typedef struct
{
  const char *file;
  GPtrArray *menus; /* GHashTable: letters of the menus around */
  GString *label;   /* (nullable): is being read */
  guint n_labels;
} Reader;

static void
start_cb (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer data,
          GError **error)
{
  Reader *reader = data;
  const char *name = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "name"))
      name = values[i];
  if (g_str_equal (element, "menu") || g_str_equal (element, "submenu"))
    g_ptr_array_add (reader->menus, letters_new ());
  else if (reader->menus->len > 0 && g_str_equal (element, "attribute") &&
           g_strcmp0 (name, "label") == 0)
    reader->label = g_string_new (NULL);
}

static void
text_cb (
    GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Reader *reader = data;

  if (reader->label != NULL)
    g_string_append_len (reader->label, text, (gssize) length);
}

/* The label of a submenu is an item of the menu around it, and comes first in it. */
static GHashTable *
letters_for_label (Reader *reader, GMarkupParseContext *context)
{
  const GSList *stack = g_markup_parse_context_get_element_stack (context);
  gboolean of_submenu = stack->next != NULL && g_str_equal (stack->next->data, "submenu");

  g_assert_cmpuint (reader->menus->len, >, of_submenu ? 1 : 0);
  return reader->menus->pdata[reader->menus->len - (of_submenu ? 2 : 1)];
}

static void
end_cb (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Reader *reader = data;

  if (g_str_equal (element, "menu") || g_str_equal (element, "submenu"))
    g_ptr_array_set_size (reader->menus, (int) reader->menus->len - 1);
  else if (reader->label != NULL)
    {
      g_autofree char *text = g_string_free (g_steal_pointer (&reader->label), FALSE);
      const char *label = _ (text);

      /* Each of these is to be reached by a letter. */
      if (strchr (label, '_') == NULL)
        {
          g_test_message ("%s: “%s” has no letter", reader->file, label);
          g_test_fail ();
        }
      take_letter (letters_for_label (reader, context), reader->file, label);
      reader->n_labels++;
    }
}

static guint
check_file (const char *folder, const char *file)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, NULL, NULL };
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GPtrArray) menus =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  Reader reader = { file, menus, NULL, 0 };
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, &reader, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_markup_parse_context_parse (context, text, -1, &error);
  g_assert_no_error (error);

  return reader.n_labels;
}

static void
test_templates (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("LABWRIGHT_SOURCE_DIR"), "ui", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;
  guint n_labels = 0;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".ui"))
      n_labels += check_file (folder, file);
  g_assert_cmpuint (n_labels, >, 30);
}

/* --- in other languages --- */

static void
check_language (const char *language)
{
  const char *text = "_Preferences";

  g_test_message ("language: %s", language);
  g_setenv ("LANGUAGE", language, TRUE);
  textdomain ("messages"); /* the language is looked up anew */
  if (g_str_equal (_ (text), text))
    {
      g_test_message ("%s has no text for “%s”", language, text);
      g_test_fail ();
      return;
    }
  test_canvas ();
  test_templates ();
}

static void
test_languages (void)
{
  g_autofree char *list =
      g_build_filename (g_getenv ("LABWRIGHT_SOURCE_DIR"), "po", "LINGUAS", NULL);
  g_autofree char *texts = g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "po", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;

  if (setlocale (LC_ALL, "C.UTF-8") == NULL)
    {
      g_test_skip ("This system has no locale C.UTF-8, in which texts could be translated.");
      return;
    }
  g_assert_true (g_file_get_contents (list, &content, NULL, NULL));
  bindtextdomain (GETTEXT_PACKAGE, texts);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_strstrip (lines[i])[0] != '\0' && lines[i][0] != '#')
      check_language (lines[i]);
  g_unsetenv ("LANGUAGE");
  setlocale (LC_ALL, "C");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/menus/canvas", test_canvas);
  g_test_add_func ("/app/menus/templates", test_templates);
  g_test_add_func ("/app/menus/languages", test_languages);

  return g_test_run ();
}

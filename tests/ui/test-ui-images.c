/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of the image library: each fault has its sentence and its fix, what the user says is
 * kept, templates are made, files are added; and the iourc in the preferences. */

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <adwaita.h>
#include <glib/gstdio.h>

#include "elf-maker.h"
#include "lab-image-library.h"
#include "lab-image-work.h"
#include "lab-images-window.h"
#include "lab-licence-store.h"
#include "lab-preferences.h"
#include "lab-template-row.h"
#include "ui-harness.h"

#define WAIT_MS 20000

/* --- the library's folder --- */

static char *
image_path (const char *name)
{
  g_autofree char *folder = lab_library_dup_own_folder ();

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return g_build_filename (folder, name, NULL);
}

static void
put_fixture (const char *name, int mode)
{
  g_autofree char *source =
      g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "tests", "fixtures", "fault-image", NULL);
  g_autofree char *target = image_path (name);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (target, bytes, (gssize) length, NULL));
  g_assert_cmpint (chmod (target, (mode_t) mode), ==, 0);
}

static char *
put_elf (const char *path, const ElfPlan *plan)
{
  ElfPlaces places;
  g_autoptr (GByteArray) elf = elf_make (plan, &places);

  g_assert_true (g_file_set_contents (path, (const char *) elf->data, elf->len, NULL));
  g_assert_cmpint (chmod (path, 0700), ==, 0);
  return g_strdup (path);
}

static void
clear (void)
{
  g_autofree char *own = lab_library_dup_own_folder ();
  g_autofree char *folder = g_path_get_dirname (own);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

/* --- finding things in the window --- */

typedef struct
{
  GType type;
  const char *text;
} Wanted;

/* The text by which a person knows a widget. */
static const char *
text_of (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return gtk_button_get_label (GTK_BUTTON (widget));
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (ADW_IS_PREFERENCES_GROUP (widget))
    return adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget));
  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  return gtk_widget_get_tooltip_text (widget);
}

static GtkWidget *
find_below (GtkWidget *root, const Wanted *wanted)
{
  const char *text = text_of (root);

  if (g_type_is_a (G_OBJECT_TYPE (root), wanted->type) && gtk_widget_get_mapped (root) &&
      text != NULL && strstr (text, wanted->text) != NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_below (child, wanted);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_now (const Wanted *wanted)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkWidget *found = find_below (window, wanted);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_there (gpointer data)
{
  return find_now (data) != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return find_now (data) == NULL;
}

/* Waits for it. */
static GtkWidget *
find (GType type, const char *text)
{
  Wanted wanted = { type, text };

  if (!ui_wait (is_there, &wanted, WAIT_MS))
    {
      ui_shot ("images-missing");
      g_error ("no %s “%s”", g_type_name (type), text);
    }
  return find_now (&wanted);
}

static void
wait_gone (GType type, const char *text)
{
  Wanted wanted = { type, text };

  if (!ui_wait (is_gone, &wanted, WAIT_MS))
    g_error ("“%s” stays", text);
}

static void
press (const char *label)
{
  g_signal_emit_by_name (find (GTK_TYPE_BUTTON, label), "clicked");
}

static void
choose (const char *image)
{
  GtkWidget *row = find (ADW_TYPE_ACTION_ROW, image);

  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
}

static void
open_window (void)
{
  lab_image_library_rescan (lab_image_library_get_default ());
  lab_images_window_present (NULL);
}

static void
close_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  while (g_list_model_get_n_items (windows) > 0)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, 0);

      gtk_window_destroy (window);
    }
  ui_settle (100);
}

/* When what slides in has come. */
static void
shoot (const char *name)
{
  ui_settle (600);
  ui_shot (name);
}

/* --- the tests --- */

static void
test_mode (void)
{
  g_autofree char *path = image_path ("good-l3.bin");

  put_fixture ("good-l3.bin", 0600);
  open_window ();
  choose ("good-l3.bin");
  find (ADW_TYPE_ACTION_ROW, "may not be executed");
  shoot ("images-mode");
  press ("Make _Executable");
  wait_gone (GTK_TYPE_LABEL, "may not be executed");
  g_assert_cmpint (access (path, X_OK), ==, 0);
  press ("As_k It");
  find (GTK_TYPE_LABEL, "192 MB RAM, 128 KB NVRAM, layer-1 keepalives");
  shoot ("images-good");
  close_windows ();
  clear ();
}

static gboolean
is_narrow (gpointer window)
{
  return gtk_widget_get_width (window) < 400;
}

/* List and page one after the other, where both have no room. */
static void
test_narrow (void)
{
  GtkWidget *window;

  put_fixture ("good-l3.bin", 0700);
  open_window ();
  choose ("good-l3.bin");
  window = GTK_WIDGET (gtk_widget_get_root (find (ADW_TYPE_PREFERENCES_GROUP, "Templates")));
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 600);
  g_assert_true (ui_wait (is_narrow, window, WAIT_MS));
  wait_gone (ADW_TYPE_PREFERENCES_GROUP, "Templates");
  shoot ("images-narrow-list");
  g_assert_true (gtk_widget_activate (find (ADW_TYPE_ACTION_ROW, "good-l3.bin")));
  find (ADW_TYPE_PREFERENCES_GROUP, "Templates");
  wait_gone (ADW_TYPE_ACTION_ROW, "Linux Host");
  shoot ("images-narrow-page");
  press ("Back");
  find (ADW_TYPE_ACTION_ROW, "Linux Host");
  wait_gone (ADW_TYPE_PREFERENCES_GROUP, "Templates");
  wait_gone (GTK_TYPE_BUTTON, "Back");
  close_windows ();
  clear ();
}

static void
test_loader (void)
{
  const ElfPlan plan = { .narrow = TRUE, .interpreter = "/lib/ld-of-old.so.1" };
  g_autofree char *path = image_path ("narrow.bin");
  g_autofree char *elf = put_elf (path, &plan);
  g_autofree char *text = NULL;

  open_window ();
  choose ("narrow.bin");
  find (ADW_TYPE_ACTION_ROW, "its loader /lib/ld-of-old.so.1 is missing");
  shoot ("images-loader");
  press ("_Copy Command");
  text = ui_clipboard_text ();
  g_assert_cmpstr (text, ==,
                   "dpkg --add-architecture i386 && apt-get update && apt-get install libc6:i386");
  close_windows ();
  clear ();
}

static void
test_library (void)
{
  static const char *const libraries[] = { "libcrypto.so.4", NULL };
  const ElfPlan plan = { .libraries = libraries };
  g_autofree char *path = image_path ("needy.bin");
  g_autofree char *elf = put_elf (path, &plan);

  open_window ();
  choose ("needy.bin");
  find (ADW_TYPE_ACTION_ROW, "needs libraries that this system does not have: libcrypto.so.4");
  find (ADW_TYPE_ACTION_ROW, "libcrypto.so.4");
  find (GTK_TYPE_BUTTON, "_Choose File…");
  shoot ("images-library");
  close_windows ();
  clear ();
}

static gboolean
knows_switch (gpointer unused)
{
  LabImageFile *file = lab_image_library_find (lab_image_library_get_default (), "good.bin");
  LabImageRecord *record = file != NULL ? lab_image_file_get_record (file) : NULL;

  return record != NULL && record->role == LAB_ROLE_SWITCH && record->role_said;
}

static gboolean
has_two_templates (gpointer unused)
{
  LabImageFile *file = lab_image_library_find (lab_image_library_get_default (), "good.bin");
  LabImageRecord *record = file != NULL ? lab_image_file_get_record (file) : NULL;

  return record != NULL && record->templates->len == 2;
}

static gboolean
is_sensitive (gpointer widget)
{
  return gtk_widget_is_sensitive (widget);
}

static void
picked_cb (GtkWidget *row, const char *name, char **picked)
{
  g_free (*picked);
  *picked = g_strdup (name ?: "none");
}

static const char *
selected_title (GtkWidget *row)
{
  gpointer item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (row));

  return item != NULL ? gtk_string_object_get_string (item) : NULL;
}

static LabNode *
make_node (const char *name, const char *template)
{
  g_autofree char *text = g_strdup_printf (
      "{\"name\": \"%s\", \"kind\": \"iou\", \"image\": {\"name\": \"good.bin\"}%s%s%s}", name,
      template != NULL ? ", \"template\": \"" : "", template ?: "", template != NULL ? "\"" : "");
  g_autoptr (JsonNode) json = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  LabNode *node = lab_node_new_from_json (json, &error);

  g_assert_no_error (error);

  return node;
}

/* What the inspector shows of devices of this image. */
static void
check_row (void)
{
  GtkWidget *row = g_object_ref_sink (g_object_new (LAB_TYPE_TEMPLATE_ROW, NULL));
  LabImageLibrary *library = lab_image_library_get_default ();
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *picked = NULL;

  g_signal_connect (row, "picked", G_CALLBACK (picked_cb), &picked);
  g_ptr_array_add (nodes, make_node ("A", "access switch"));
  lab_template_row_show (LAB_TEMPLATE_ROW (row), library, nodes);
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_cmpstr (selected_title (row), ==, "Access Switch");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  ui_settle (50);
  g_assert_cmpstr (picked, ==, "none");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  ui_settle (50);
  g_assert_cmpstr (picked, ==, "good.bin");

  g_ptr_array_add (nodes, make_node ("B", "Gone"));
  lab_template_row_show (LAB_TEMPLATE_ROW (row), library, nodes);
  g_assert_cmpstr (selected_title (row), ==, "—");
  g_ptr_array_remove_index (nodes, 0);
  lab_template_row_show (LAB_TEMPLATE_ROW (row), library, nodes);
  g_assert_cmpstr (selected_title (row), ==, "Gone (not here)");
  g_assert_cmpstr (picked, ==, "good.bin");
  g_object_unref (row);
}

static void
test_templates (void)
{
  GtkWidget *row;

  put_fixture ("good.bin", 0700);
  open_window ();
  choose ("good.bin");
  row = find (ADW_TYPE_COMBO_ROW, "Role");
  /* Its checksum has been read, and the page made anew. */
  wait_gone (GTK_TYPE_LABEL, "Not read yet");
  row = find (ADW_TYPE_COMBO_ROW, "Role");
  g_assert_true (ui_wait (is_sensitive, row, WAIT_MS));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  g_assert_true (ui_wait (knows_switch, NULL, WAIT_MS));
  wait_gone (GTK_TYPE_LABEL, "Guessed; correct it");

  press ("New Template");
  row = find (ADW_TYPE_ENTRY_ROW, "Name of the Template");
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  press ("_Save");
  find (GTK_TYPE_LABEL, "A template needs a name");
  gtk_editable_set_text (GTK_EDITABLE (row), "Access Switch");
  shoot ("images-template");
  press ("_Save");
  wait_gone (ADW_TYPE_ENTRY_ROW, "Name of the Template");
  g_assert_true (ui_wait (has_two_templates, NULL, WAIT_MS));
  find (ADW_TYPE_ACTION_ROW, "Access Switch");
  shoot ("images-templates");
  close_windows ();
  check_row ();
  clear ();
}

/* A folder of one's own comes in, and goes without its files. */
static void
test_folder (void)
{
  g_autofree char *folder = ui_path ("my-images");
  g_autofree char *path = g_build_filename (folder, "mine.bin", NULL);
  const ElfPlan plan = { 0 };
  g_autofree char *elf = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  elf = put_elf (path, &plan);
  g_assert_true (lab_library_add_folder (folder, &error));
  open_window ();
  choose ("mine.bin");
  press ("_Take Folder Out");
  wait_gone (ADW_TYPE_ACTION_ROW, "mine.bin");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  close_windows ();
  clear ();
}

/* One that is not there has no image whose page could take it out. */
static void
test_gone_folder (void)
{
  g_autofree char *folder = ui_path ("gone-images");
  g_autofree char *said = g_strdup_printf ("Not there now: %s", folder);
  g_autoptr (LabLibrary) library = NULL;
  g_auto (GStrv) named = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (lab_library_add_folder (folder, &error));
  open_window ();
  find (ADW_TYPE_ACTION_ROW, "gone-images");
  find (GTK_TYPE_LABEL, folder);
  /* Seen at once, too. */
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  find (GTK_TYPE_LABEL, said);
  shoot ("images-folders");
  press ("The library no longer looks into this folder");
  wait_gone (ADW_TYPE_ACTION_ROW, "gone-images");
  library = lab_library_load (&error);
  named = lab_library_dup_named (library);
  g_assert_cmpuint (g_strv_length (named), ==, 0);
  close_windows ();
  clear ();
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(int *) user_data = lab_image_work_finish (result, NULL, &error) ? 1 : -1;
  if (error != NULL)
    g_test_message ("%s", error->message);
}

static gboolean
is_set (gpointer number)
{
  return *(int *) number != 0;
}

/* As the pointer does it, from the moment it lets go. */
static void
drop_on_window (GSList *files)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (find (ADW_TYPE_ACTION_ROW, "PC")));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
    }
  g_assert_true (taken);
}

static void
test_add (void)
{
  g_autofree char *fixture =
      g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "tests", "fixtures", "fault-image", NULL);
  g_autofree char *text = ui_path ("text.bin");
  g_autoptr (GFile) program = g_file_new_for_path (fixture);
  g_autoptr (GFile) other = g_file_new_for_path (text);
  GSList files = { program, NULL };
  GSList bad = { other, NULL };
  int done = 0;

  g_assert_true (g_file_set_contents (text, "not a program", -1, NULL));
  open_window ();
  find (ADW_TYPE_ACTION_ROW, "PC");
  choose ("PC");
  find (GTK_TYPE_LABEL, "Comes with Labwright.");
  shoot ("images-open");
  drop_on_window (&files);
  find (ADW_TYPE_ACTION_ROW, "fault-image");
  find (GTK_TYPE_LABEL, "Added fault-image");
  shoot ("images-added");
  lab_image_add_async (NULL, &bad, added_cb, &done);
  g_assert_true (ui_wait (is_set, &done, WAIT_MS));
  g_assert_cmpint (done, ==, -1);
  close_windows ();
  clear ();
}

static gboolean
file_exists (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
file_is_gone (gpointer path)
{
  return !file_exists (path);
}

static void
show_devices (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_PREFERENCES_WINDOW (window))
        adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), "devices");
    }
}

static void
test_licence (void)
{
  g_autofree char *good =
      g_strdup_printf ("[license]\n%s = 0000111122223333;\n", g_get_host_name ());
  g_autofree char *path = lab_licence_dup_path ();
  GdkClipboard *clipboard;
  struct stat info;

  lab_preferences_present (NULL);
  find (GTK_TYPE_LABEL, "General");
  show_devices ();
  find (GTK_TYPE_LABEL, "No iourc is set.");
  clipboard = gtk_widget_get_clipboard (find (GTK_TYPE_BUTTON, "_Paste"));
  gdk_clipboard_set_text (clipboard, "[license]\nelsewhere = 0000111122223333;\n");
  press ("_Paste");
  find (GTK_TYPE_LABEL, "no entry for this host");
  shoot ("images-licence-bad");
  gtk_window_destroy (
      GTK_WINDOW (gtk_widget_get_root (find (GTK_TYPE_LABEL, "no entry for this host"))));
  gdk_clipboard_set_text (clipboard, good);
  press ("_Paste");
  g_assert_true (ui_wait (file_exists, path, WAIT_MS));
  find (GTK_TYPE_LABEL, "has an entry of the right form");
  shoot ("images-licence");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  press ("_Remove");
  g_assert_true (ui_wait (file_is_gone, path, WAIT_MS));
  find (GTK_TYPE_LABEL, "No iourc is set.");
  close_windows ();
  clear ();
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  ui_init_gtk ();
  g_unsetenv ("IOURC");
  g_unsetenv ("LABWRIGHT_IMAGE_PATH");

  g_test_add_func ("/ui/images/mode", test_mode);
  g_test_add_func ("/ui/images/narrow", test_narrow);
  g_test_add_func ("/ui/images/loader", test_loader);
  g_test_add_func ("/ui/images/library", test_library);
  g_test_add_func ("/ui/images/templates", test_templates);
  g_test_add_func ("/ui/images/folder", test_folder);
  g_test_add_func ("/ui/images/gone-folder", test_gone_folder);
  g_test_add_func ("/ui/images/add", test_add);
  g_test_add_func ("/ui/images/licence", test_licence);

  return g_test_run ();
}

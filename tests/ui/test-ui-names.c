/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every control that a screen reader can come to has a name, in all the states of the program, and
 * in its windows each button can be reached by Tab and Escape closes. */

#include "config.h"

#include <signal.h>
#include <string.h>

#include <glib/gstdio.h>

#include "ui-saved.h"

typedef struct
{
  const char *state;
  guint n_controls;
  guint n_nameless;
  guint skip_below; /* depth of a named control whose parts are its own affair; 0: none */
} Walk;

static gboolean
is_control (const char *role)
{
  static const char *const roles[] = {
    "button",          "check box",   "check menu item",
    "combo box",       "entry",       "link",
    "list item",       "menu item",   "page tab",
    "password text",   "push button", "radio button",
    "radio menu item", "slider",      "spin button",
    "table cell",      "terminal",    "text",
    "toggle button",   "tree item",   "tree table",
    "switch",          NULL,
  };

  return g_strv_contains (roles, role);
}

/* “_Cancel Cancel”: once more without its underscore. */
static gboolean
is_said_twice (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "_", 2);
  g_autofree char *plain = g_strjoinv ("", parts);
  gsize half = strlen (plain) / 2;

  return parts[0] != NULL && parts[1] != NULL && strlen (plain) == 2 * half + 1 &&
         plain[half] == ' ' && strncmp (plain, plain + half + 1, half) == 0;
}

/* Without a name GTK gives that of the type. */
static gboolean
is_name (const char *name)
{
  static const char *const prefixes[] = { "Gtk", "Adw", "Lab", "Vte" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i]) && g_ascii_isupper (name[3]) &&
        strchr (name, ' ') == NULL)
      return FALSE;

  return *name != '\0' && !is_said_twice (name);
}

static gboolean
has_size (AtspiAccessible *accessible)
{
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (accessible);
  g_autofree AtspiRect *extents =
      component != NULL ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL)
                        : NULL;

  return extents != NULL && extents->width > 0 && extents->height > 0;
}

static void
look_cb (AtspiAccessible *accessible, guint depth, gpointer data)
{
  Walk *walk = data;
  g_autofree char *role = NULL;
  g_autofree char *name = NULL;

  if (walk->skip_below != 0 && depth > walk->skip_below)
    return;
  walk->skip_below = 0;
  role = ui_tree_role (accessible);
  if (!is_control (role))
    return;
  name = ui_tree_name (accessible);
  if (!ui_tree_has_state (accessible, ATSPI_STATE_FOCUSABLE) || !has_size (accessible))
    return;
  walk->n_controls++;
  if (is_name (name))
    {
      /* The list and the entry inside speak for the whole. */
      if (g_str_equal (role, "combo box") || g_str_equal (role, "spin button"))
        walk->skip_below = depth;
      return;
    }
  walk->n_nameless++;
  {
    g_autofree char *description = ui_tree_description (accessible);
    g_autoptr (AtspiAccessible) parent = atspi_accessible_get_parent (accessible, NULL);
    g_autofree char *around = parent != NULL ? ui_tree_name (parent) : NULL;

    g_test_message ("%s: %s “%s” (%s) in “%s” has no name", walk->state, role, name, description,
                    around != NULL ? around : "");
  }
}

static guint n_nameless;
static guint n_unreached;

/* What it looks like is kept as a picture, too: shots/names-….png. */
static void
look (const char *state)
{
  Walk walk = { .state = state };
  g_autofree char *shot = g_strdelimit (g_strconcat ("names-", state, NULL), " ", '-');

  ui_settle (400);
  ui_shot (shot);
  ui_tree_walk (look_cb, &walk);
  g_test_message ("%s: %u controls", state, walk.n_controls);
  g_assert_cmpuint (walk.n_controls, >, 3);
  n_nameless += walk.n_nameless;
}

/* --- by the keyboard --- */

/* Those of the window itself are the window manager's affair, and Escape closes. */
static gboolean
is_of_frame (AtspiAccessible *button)
{
  static const char *const names[] = { "Close", "Minimize", "Maximize", NULL };
  g_autofree char *name = ui_tree_name (button);

  return g_strv_contains (names, name);
}

static gboolean
is_button (AtspiAccessible *accessible)
{
  static const char *const roles[] = { "push button", "toggle button", "check box", NULL };
  g_autofree char *role = ui_tree_role (accessible);

  return g_strv_contains (roles, role) && ui_tree_has_state (accessible, ATSPI_STATE_FOCUSABLE) &&
         ui_tree_has_state (accessible, ATSPI_STATE_SENSITIVE) && has_size (accessible) &&
         !is_of_frame (accessible);
}

static void
collect_buttons (AtspiAccessible *root, GPtrArray *buttons)
{
  int n = atspi_accessible_get_child_count (root, NULL);

  if (is_button (root))
    g_ptr_array_add (buttons, g_object_ref (root));
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (root, i, NULL);

      if (child != NULL)
        collect_buttons (child, buttons);
    }
}

static void
strike_out_focused (GPtrArray *buttons)
{
  for (guint i = buttons->len; i-- > 0;)
    if (ui_tree_has_state (buttons->pdata[i], ATSPI_STATE_FOCUSED))
      g_ptr_array_remove_index (buttons, i);
}

/* (transfer full) (nullable) */
static AtspiAccessible *
find_window (const char *title)
{
  /* The last is what GTK 4.8 makes of a modal window from a template. */
  static const char *const roles[] = { "frame", "dialog", "filler" };
  AtspiAccessible *window = NULL;

  for (guint i = 0; window == NULL && i < G_N_ELEMENTS (roles); i++)
    window = ui_tree_find (roles[i], title, 0);

  return window;
}

/* Each button of a window gets the focus sooner or later when Tab is pressed. */
static void
reach (const char *title)
{
  g_autoptr (AtspiAccessible) window = find_window (title);
  g_autoptr (GPtrArray) buttons = g_ptr_array_new_with_free_func (g_object_unref);
  guint presses;

  g_assert_nonnull (window);
  collect_buttons (window, buttons);
  presses = 3 * buttons->len + 20;
  for (guint i = 0; buttons->len > 0 && i < presses; i++)
    {
      strike_out_focused (buttons);
      ui_key ("Tab");
    }
  for (guint i = 0; i < buttons->len; i++)
    {
      g_autofree char *name = ui_tree_name (buttons->pdata[i]);

      g_test_message ("%s: “%s” is not reached by Tab", title, name);
      n_unreached++;
    }
}

/* --- the states --- */

static void
close_window (const char *title)
{
  ui_key ("Escape");
  ui_hand_wait_no_title (title);
  /* The one below gets the keyboard in a moment. */
  ui_settle (300);
}

static void
look_at_window (const char *title, const char *state)
{
  ui_hand_wait_title (title);
  look (state);
  reach (title);
  close_window (title);
}

static void
press (const char *role, const char *name)
{
  g_autoptr (AtspiAccessible) button = ui_tree_find (role, name, 20000);

  g_assert_nonnull (button);
  g_assert_true (ui_tree_act (button, "click"));
}

/* A row that unfolds below what is seen: by Tab from @before, which scrolls. Its head is a row
 * inside it. */
static void
unfold (const char *name, const char *before)
{
  g_autoptr (AtspiAccessible) row = ui_tree_find ("list item", name, 20000);
  g_autoptr (AtspiAccessible) inside =
      row != NULL ? atspi_accessible_get_child_at_index (row, 0, NULL) : NULL;
  g_autoptr (AtspiAccessible) head =
      inside != NULL ? ui_tree_find_below (inside, "list item", name) : NULL;

  g_assert_nonnull (head);
  ui_hand_click ("spin button", before);
  for (guint i = 0; i < 20 && !ui_tree_has_state (head, ATSPI_STATE_FOCUSED); i++)
    {
      ui_key ("Tab");
      ui_settle (100);
    }
  g_assert_true (ui_tree_has_state (head, ATSPI_STATE_FOCUSED));
  ui_key ("Return");
}

/* On the cable between two devices that stand one above the other. */
static void
click_link (const char *lower, const char *upper)
{
  int x;
  int y;
  int above[2];

  ui_hand_place (lower, &x, &y);
  ui_hand_place (upper, &above[0], &above[1]);
  ui_click (x, (y + above[1]) / 2, 1);
  ui_hand_wait_control ("push button", "Delete Link");
}

static void
look_at_inspector (void)
{
  look ("lab");
  ui_hand_click_node ("PC1");
  ui_hand_wait_control (NULL, "Start configuration");
  look ("device");
  ui_key ("Menu");
  ui_settle (500);
  look ("context menu");
  ui_key ("b");
  look_at_window ("Change Symbol", "symbol");
  ui_hand_click_node ("SW1");
  ui_hand_wait_control (NULL, "VLANs");
  look ("switch");
  ui_key ("ctrl+a");
  ui_settle (300);
  look ("many");
  ui_key ("Escape");
  click_link ("SW2", "CORE");
  look ("link");
  unfold ("More", "Loss (%)");
  ui_settle (600);
  look ("impairments");
  ui_key ("F7");
  look_at_window ("Capture", "capture");
  /* On the plane, Escape selects nothing: the page of the lab is back. */
  ui_hand_click_node ("PC1");
  ui_key ("Escape");
}

static void
look_at_checkpoints (void)
{
  ui_key ("ctrl+shift+t");
  ui_hand_wait_title ("Checkpoints");
  ui_settle (600);
  ui_type ("before lunch\n");
  ui_hand_wait_control ("push button", "Go Back to “before lunch”");
  look ("checkpoints");
  press ("push button", "What Would Change");
  look_at_window ("What Would Change", "changes");
  reach ("Checkpoints");
  close_window ("Checkpoints");
}

static void
look_at_images (void)
{
  ui_key ("F10");
  ui_settle (300);
  ui_saved_choose ("Configurations");
  ui_settle (600);
  ui_saved_choose ("Restore as of a Time…");
  ui_hand_wait_title ("Restore Configurations");
  look ("moments");
  close_window ("Restore Configurations");
  ui_key ("F10");
  ui_settle (300);
  ui_saved_choose ("Configurations");
  ui_settle (600);
  ui_saved_choose ("Reset All to Start Configurations…");
  ui_hand_wait_title ("Reset to Start Configurations");
  look ("reset");
  close_window ("Reset to Start Configurations");
  ui_key ("ctrl+shift+g");
  ui_hand_wait_title ("Images");
  look ("images");
  /* Two buttons, then the list; the image of one's own is its last. */
  ui_key ("Tab");
  ui_key ("Tab");
  ui_key ("End");
  press ("push button", "New Template");
  look_at_window ("Template", "template");
  reach ("Images");
  close_window ("Images");
}

/* A file that its name gives to a device, and one that somebody must. */
static void
look_at_import (void)
{
  g_autofree char *folder = ui_path ("day1");
  g_autofree char *known = g_build_filename (folder, "PC1.cfg", NULL);
  g_autofree char *other = g_build_filename (folder, "spine.cfg", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (known, "set pcname one\n", -1, NULL));
  g_assert_true (g_file_set_contents (other, "set pcname two\n", -1, NULL));
  ui_key ("ctrl+shift+o");
  ui_hand_wait_title ("Folder of Configurations");
  ui_settle (1200);
  ui_type_path (folder);
  ui_settle (500);
  ui_key ("Return");
  look_at_window ("Import Configurations", "import of configurations");
}

static void
look_at_windows (void)
{
  ui_key ("ctrl+comma");
  look_at_window ("Preferences", "preferences");
  ui_key ("ctrl+shift+e");
  look_at_window ("Export", "export");
  ui_hand_choose ("Check This Machine");
  ui_hand_wait_title ("Check of This Machine");
  ui_settle (1000);
  look_at_window ("Check of This Machine", "doctor");
  press ("push button", "Edit Timeline");
  ui_hand_wait_title ("Timeline");
  press ("push button", "Add Event");
  look_at_window ("Timeline", "timeline");
  ui_hand_choose ("Images of the Lab");
  look_at_window ("Images of the Lab", "mapping");
  look_at_import ();
  look_at_checkpoints ();
  look_at_images ();
}

/* What is there only while it runs. */
static void
look_at_running (void)
{
  ui_key ("ctrl+b");
  ui_hand_wait_control ("label", "8 of 8 running");
  ui_hand_open_console ("PC1");
  ui_hand_wait_console ("PC1>");
  look ("console");
  ui_type ("ping 10.0.10.4 -c 1\n");
  ui_hand_wait_console ("icmp_seq=1");
  ui_hand_click_node ("SW1");
  ui_hand_wait_control (NULL, "Learned addresses");
  look ("addresses");
}

static void
choose_by_letters (const char *menu, const char *item)
{
  ui_key ("F10");
  ui_settle (1200);
  ui_key (menu);
  ui_settle (1200);
  ui_key (item);
}

/* Of all devices: saved, put back to a time, put back to where the lab starts them. */
static void
look_at_configurations (void)
{
  ui_key ("ctrl+shift+m");
  ui_hand_wait_title ("Save Configurations");
  ui_hand_wait_control (NULL, "8 devices have saved");
  look_at_window ("Save Configurations", "save");
  choose_by_letters ("g", "r");
  look_at_window ("Restore Configurations", "restore");
  choose_by_letters ("g", "a");
  look_at_window ("Reset to Start Configurations", "reset");
}

static void
add_image (void)
{
  g_autofree char *folder = ui_path ("data/labwright/images");
  g_autofree char *source =
      g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "tests", "fixtures", "fault-image", NULL);
  g_autofree char *target = g_build_filename (folder, "good-l3.bin", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (target, bytes, (gssize) length, NULL));
  g_assert_cmpint (g_chmod (target, 0700), ==, 0);
}

static void
test_names (void)
{
  g_autofree char *path = ui_sample ("campus.lab", "campus.lab");
  UiApp app = { 0 };

  add_image ();
  ui_hand_start (&app, NULL);
  ui_hand_wait_control ("push button", "New Lab");
  look ("start page");
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));

  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC1", "1 link");
  look_at_inspector ();
  look_at_windows ();
  ui_key ("ctrl+f");
  ui_settle (300);
  ui_type ("10.0.10.1");
  look ("search");
  ui_key ("Escape");
  ui_settle (200);
  ui_hand_click ("page tab", "Summary");
  ui_hand_wait_control ("list item", "PC1, ");
  look ("summary");
  look_at_running ();
  look_at_configurations ();
  ui_hand_click ("push button", "Main Menu");
  look ("menu");
  ui_key ("Escape");
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
  ui_hand_end_labs ();
  g_assert_cmpuint (n_nameless, ==, 0);
  g_assert_cmpuint (n_unreached, ==, 0);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/names/all", test_names);

  return g_test_run ();
}

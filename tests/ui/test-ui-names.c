/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every control that a screen reader can come to has a name, in all the main states of the program.
 */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "ui-hand.h"

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

/* Without a name GTK gives that of the type. */
static gboolean
is_name (const char *name)
{
  static const char *const prefixes[] = { "Gtk", "Adw", "Lab", "Vte" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i]) && g_ascii_isupper (name[3]) &&
        strchr (name, ' ') == NULL)
      return FALSE;

  return *name != '\0';
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

static void
look (const char *state)
{
  Walk walk = { .state = state };

  ui_settle (400);
  ui_tree_walk (look_cb, &walk);
  g_test_message ("%s: %u controls", state, walk.n_controls);
  g_assert_cmpuint (walk.n_controls, >, 3);
  n_nameless += walk.n_nameless;
}

static void
close_window (const char *title)
{
  ui_key ("Escape");
  ui_hand_wait_no_title (title);
}

static void
look_at_inspector (void)
{
  int x;
  int y;
  int above[2];

  look ("lab");
  ui_hand_click_node ("PC1");
  ui_hand_wait_control (NULL, "Start configuration");
  look ("device");
  ui_hand_click_node ("SW1");
  ui_hand_wait_control (NULL, "VLANs");
  look ("switch");
  ui_key ("ctrl+a");
  ui_settle (300);
  look ("many");
  ui_key ("Escape");
  ui_hand_place ("SW2", &x, &y);
  ui_hand_place ("CORE", &above[0], &above[1]);
  ui_click (x, (y + above[1]) / 2, 1);
  ui_hand_wait_control ("push button", "Delete Link");
  look ("link");
  ui_key ("Escape");
}

static void
look_at_windows (void)
{
  ui_key ("ctrl+comma");
  ui_hand_wait_title ("Preferences");
  look ("preferences");
  close_window ("Preferences");
  ui_key ("ctrl+shift+e");
  ui_hand_wait_title ("Export");
  look ("export");
  close_window ("Export");
  ui_key ("ctrl+shift+t");
  ui_hand_wait_title ("Checkpoints");
  look ("checkpoints");
  close_window ("Checkpoints");
  ui_key ("ctrl+shift+g");
  ui_hand_wait_title ("Images");
  look ("images");
  close_window ("Images");
}

static void
test_names (void)
{
  g_autofree char *path = ui_sample ("campus.lab", "campus.lab");
  UiApp app = { 0 };

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
  ui_hand_open_console ("PC1");
  look ("console");
  ui_hand_click ("push button", "Main Menu");
  look ("menu");
  ui_key ("Escape");
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
  ui_hand_end_labs ();
  g_assert_cmpuint (n_nameless, ==, 0);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/names/all", test_names);

  return g_test_run ();
}

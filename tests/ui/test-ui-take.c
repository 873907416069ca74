/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a device saved comes into the lab's file by saving the lab: asked once, undone, left out,
 * not lost by any answer; and the device does not notice. */

#include "config.h"

#include <string.h>

#include "ui-hand.h"

static void
want (const char *choice)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.labwright.Labwright");

  g_assert_true (g_settings_set_string (settings, "take-saved", choice));
  g_settings_sync ();
}

static gboolean
is_wanted (gpointer choice)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.labwright.Labwright");
  g_autofree char *now = g_settings_get_string (settings, "take-saved");

  return g_str_equal (now, choice);
}

/* We hear of another program's change by a watch of its file. */
static void
assert_wanted (const char *choice)
{
  g_assert_true (ui_wait (is_wanted, (gpointer) choice, 5000));
}

static void
assert_file (const char *path, const char *text, gboolean has)
{
  g_autofree char *now = NULL;

  g_assert_true (g_file_get_contents (path, &now, NULL, NULL));
  g_assert_cmpint (strstr (now, text) != NULL, ==, has);
}

static gboolean
is_asked (void)
{
  g_autoptr (AtspiAccessible) button = ui_tree_find ("push button", "Take and Save", 0);

  return button != NULL;
}

static void
press_save (gboolean asks)
{
  ui_key ("ctrl+s");
  if (asks)
    ui_hand_wait_control ("push button", "Take and Save");
  ui_settle (700);
  g_assert_cmpint (is_asked (), ==, asks);
}

/* A window that shows the lab of @path, which runs. */
static void
open (UiApp *app, const char *path)
{
  g_free (ui_labctl (NULL, "start", path, "--wait", NULL));
  ui_hand_start (app, path);
  ui_hand_wait_node ("PC1", "unning");
}

static void
end (UiApp *app)
{
  ui_app_kill (app, SIGTERM);
  g_assert_true (ui_app_wait_exit (app, 10000));
  ui_hand_end_labs ();
}

static void
test_once (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "once.lab");
  g_autofree char *status = NULL;
  UiApp app = { 0 };
  int pid;

  want ("ask");
  open (&app, path);
  pid = ui_hand_pid (path, "PC1");
  ui_hand_save_as (path, "PC1", "one");
  press_save (TRUE);
  ui_shot ("take-ask");
  ui_key ("Return");
  ui_hand_wait_file (path, "\"set pcname one\"");
  assert_wanted ("always");
  ui_settle (500);
  ui_shot ("take-taken");

  /* Never again: neither with nothing to take, nor with something. */
  press_save (FALSE);
  ui_hand_save_as (path, "PC1", "two");
  press_save (FALSE);
  ui_hand_wait_file (path, "\"set pcname two\"");

  /* What was taken back stays so, until the device saves again. */
  ui_key ("ctrl+z");
  ui_settle (300);
  assert_file (path, "\"set pcname two\"", TRUE);
  press_save (FALSE);
  ui_hand_wait_file (path, "\"set pcname one\"");
  ui_settle (500);
  assert_file (path, "\"set pcname two\"", FALSE);
  ui_hand_save_as (path, "PC1", "PC1");
  press_save (FALSE);
  ui_hand_wait_file (path, "\"set pcname %h\"");

  /* The device has not noticed. */
  g_assert_cmpint (ui_hand_pid (path, "PC1"), ==, pid);
  status = ui_labctl (NULL, "status", path, "--json", NULL);
  g_assert_nonnull (strstr (status, "\"restart-needed\" : false"));
  g_assert_null (strstr (status, "\"restart-needed\" : true"));
  end (&app);
}

static void
test_answers (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "answers.lab");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  UiApp app = { 0 };

  want ("ask");
  open (&app, path);
  ui_hand_save_as (path, "PC1", "one");
  ui_hand_save_as (path, "PC2", "other");
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));

  /* Cancelled: nothing is saved, and nothing is settled. */
  press_save (TRUE);
  ui_key ("Escape");
  ui_settle (700);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);
  assert_wanted ("ask");

  /* Without, this time: the box is not ticked. */
  press_save (TRUE);
  ui_shot ("take-ask-two");
  ui_key ("alt+o");
  ui_settle (300);
  ui_shot ("take-ask-not-ticked");
  ui_key ("alt+w");
  ui_settle (700);
  assert_file (path, "\"set pcname one\"", FALSE);
  assert_wanted ("ask");
  press_save (FALSE);

  /* One saves again: it is asked about that one, and taken without asking ever again. */
  ui_hand_save_as (path, "PC1", "three");
  press_save (TRUE);
  ui_key ("Return");
  ui_hand_wait_file (path, "\"set pcname three\"");
  assert_file (path, "\"set pcname other\"", FALSE);
  assert_wanted ("always");
  end (&app);
}

/* By keys: down until the item has the focus. */
static void
go_to_item (const char *name)
{
  g_autoptr (AtspiAccessible) item = ui_tree_find ("menu item", name, 10000);

  g_assert_nonnull (item);
  for (guint i = 0; i < 40 && !ui_tree_has_state (item, ATSPI_STATE_FOCUSED); i++)
    {
      ui_key ("Down");
      ui_settle (150);
    }
  g_assert_true (ui_tree_has_state (item, ATSPI_STATE_FOCUSED));
}

/* A key that comes while the window is busy with the one before opens no menu. */
static void
open_menu (const char *key, const char *item)
{
  g_autoptr (AtspiAccessible) found = NULL;

  for (guint i = 0; i < 5 && found == NULL; i++)
    {
      ui_settle (300);
      ui_key (key);
      found = ui_tree_find ("menu item", item, 4000);
    }
  go_to_item (item);
}

/* Left out for ever, but by order: of one device, then of all. */
static void
test_order (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "order.lab");
  UiApp app = { 0 };

  want ("never");
  open (&app, path);
  ui_hand_save_as (path, "PC1", "one");
  ui_hand_save_as (path, "PC2", "other");
  press_save (FALSE);
  assert_file (path, "\"set pcname one\"", FALSE);

  ui_hand_click_node ("PC1");
  open_menu ("Menu", "Take Saved Configuration");
  ui_shot ("take-menu");
  ui_key ("Return");
  ui_settle (700);
  press_save (FALSE);
  ui_hand_wait_file (path, "\"set pcname one\"");
  assert_file (path, "\"set pcname other\"", FALSE);

  open_menu ("F10", "Configurations");
  ui_key ("Return");
  ui_settle (500);
  go_to_item ("Take Saved Configurations");
  ui_settle (300);
  ui_shot ("take-menu-all");
  ui_key ("Return");
  ui_settle (700);
  ui_shot ("take-all");
  press_save (FALSE);
  ui_hand_wait_file (path, "\"set pcname other\"");
  end (&app);
}

/* A start configuration that was written later than the device saved is not replaced, nor in the
 * next window. */
static void
test_later (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "later.lab");
  UiApp app = { 0 };
  UiApp again = { 0 };

  want ("always");
  open (&app, path);
  ui_hand_save_as (path, "PC1", "one");
  press_save (FALSE);
  ui_hand_wait_file (path, "\"set pcname one\"");
  ui_key ("ctrl+z");
  ui_settle (300);
  press_save (FALSE);
  ui_hand_wait_file (path, "\"set pcname PC1\"");
  ui_settle (500);
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 10000));

  ui_hand_start (&again, path);
  ui_hand_wait_node ("PC1", "unning");
  press_save (FALSE);
  ui_settle (500);
  assert_file (path, "\"set pcname PC1\"", TRUE);
  ui_hand_save_as (path, "PC1", "two");
  press_save (FALSE);
  ui_hand_wait_file (path, "\"set pcname two\"");
  end (&again);
}

static gboolean
has_exited (gpointer app)
{
  return !ui_app_is_alive (app);
}

/* The save that closing a window offers asks, too; the devices run on. */
static void
test_close (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "close.lab");
  UiApp app = { 0 };
  int pid;
  int x;
  int y;

  want ("ask");
  open (&app, path);
  pid = ui_hand_pid (path, "PC1");
  ui_hand_save_as (path, "PC1", "one");
  ui_hand_place ("PC2", &x, &y);
  ui_drag (x, y, x + 80, y + 80, 1);
  ui_hand_wait_title ("(edited)");
  ui_key ("ctrl+w");
  ui_settle (1000);
  ui_shot ("take-close");
  ui_key ("Return");
  ui_settle (1500);
  ui_shot ("take-close-ask");
  g_assert_true (ui_app_is_alive (&app));
  assert_file (path, "\"set pcname one\"", FALSE);
  ui_key ("Return");
  g_assert_true (ui_wait (has_exited, &app, 20000));
  g_assert_true (ui_app_wait_exit (&app, 5000));
  assert_file (path, "\"set pcname one\"", TRUE);
  assert_wanted ("always");
  g_assert_cmpint (ui_hand_pid (path, "PC1"), ==, pid);
  ui_hand_end_labs ();
}

/* Under another name: the question comes after the name, and the copy holds what was saved. */
static void
test_save_as (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "as.lab");
  g_autofree char *copy = ui_path ("as-copy.lab");
  UiApp app = { 0 };

  want ("ask");
  open (&app, path);
  ui_hand_save_as (path, "PC1", "one");
  ui_key ("ctrl+shift+s");
  ui_hand_wait_title ("Save Lab");
  ui_settle (1200);
  ui_key ("ctrl+a");
  ui_type_path (copy);
  ui_settle (200);
  ui_key ("Return");
  ui_settle (2000);
  ui_shot ("take-save-as");
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  ui_key ("Return");
  ui_settle (2000);
  ui_hand_wait_file (copy, "\"set pcname one\"");
  assert_file (path, "\"set pcname one\"", FALSE);
  end (&app);
}

static void
test_preference (void)
{
  g_autoptr (AtspiAccessible) row = NULL;
  UiApp app = { 0 };

  want ("always");
  ui_hand_start (&app, NULL);
  ui_key ("ctrl+comma");
  ui_hand_wait_title ("Preferences");
  row = ui_tree_find (NULL, "When a Lab Is Saved", 10000);
  g_assert_nonnull (row);
  row = (g_object_unref (row), ui_tree_find (NULL, "Take Into the Lab", 10000));
  g_assert_nonnull (row);
  ui_settle (500);
  ui_shot ("take-preference");
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 10000));
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_test_add_func ("/ui/take/once", test_once);
  g_test_add_func ("/ui/take/answers", test_answers);
  g_test_add_func ("/ui/take/order", test_order);
  g_test_add_func ("/ui/take/later", test_later);
  g_test_add_func ("/ui/take/close", test_close);
  g_test_add_func ("/ui/take/save-as", test_save_as);
  g_test_add_func ("/ui/take/preference", test_preference);
  return g_test_run ();
}

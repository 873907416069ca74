/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folder of configurations in the window: what goes where is shown first, then loaded, and each
 * device says what became of it; out into a folder, and replaced there. */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "twenty-routers.h"
#include "ui-hand.h"

#define IMPORT "Import Configurations"
#define CHOOSE "Folder of Configurations"
#define EXPORT "Export Configurations"

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
make_folder (const char *name)
{
  char *folder = ui_path (name);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  return folder;
}

/* A slash opens the line for a path. */
static void
choose_folder (const char *title, const char *folder)
{
  ui_hand_wait_title (title);
  ui_settle (1200);
  ui_type_path (folder);
  ui_settle (500);
  ui_key ("Return");
}

static void
open_import (const char *folder)
{
  ui_key ("ctrl+shift+o");
  choose_folder (CHOOSE, folder);
  ui_hand_wait_title (IMPORT);
  ui_settle (500);
}

/* By letters: the menu, what is in it, and what is in that. */
static void
choose_export (void)
{
  ui_settle (500);
  ui_key ("F10");
  ui_settle (1200);
  ui_key ("g");
  ui_settle (1200);
  ui_shot ("config-folder-menu");
  ui_key ("e");
}

static void
close_window (const char *title)
{
  ui_key ("Escape");
  ui_hand_wait_no_title (title);
}

static char *
saved_in (const char *path, const char *node)
{
  return ui_labctl (NULL, "config", "show", path, node, NULL);
}

static void
assert_saved (const char *path, const char *node, const char *wanted)
{
  g_autofree char *text = saved_in (path, node);

  if (strstr (text, wanted) == NULL)
    g_error ("%s has saved “%s”, not “%s”", node, text, wanted);
}

static void
end (UiApp *app)
{
  ui_app_kill (app, SIGTERM);
  g_assert_true (ui_app_wait_exit (app, 10000));
  ui_hand_end_labs ();
}

/* --- hosts: a file of another name, one left out, one that does not run --- */

static void
press (const char *role, const char *name)
{
  ui_hand_wait_control (role, name);
  ui_tree_click (IMPORT, role, name);
}

/* The button inside a drop-down gets the focus. */
static void
tab_to_choice (const char *name)
{
  g_autoptr (AtspiAccessible) choice = ui_tree_find ("combo box", name, 10000);
  g_autoptr (AtspiAccessible) button =
      choice != NULL ? atspi_accessible_get_child_at_index (choice, 0, NULL) : NULL;

  g_assert_nonnull (button);
  for (guint i = 0; i < 30 && !ui_tree_has_state (button, ATSPI_STATE_FOCUSED); i++)
    {
      ui_key ("Tab");
      ui_settle (300);
    }
  g_assert_true (ui_tree_has_state (button, ATSPI_STATE_FOCUSED));
}

static void
test_hosts (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "two-hosts.lab");
  g_autofree char *folder = make_folder ("day2");
  UiApp app = { 0 };

  write_file (folder, "PC1.cfg", "set pcname first\n");
  write_file (folder, "spine.cfg", "set pcname spine\n");
  write_file (folder, "README", "hello\n");
  g_free (ui_labctl (NULL, "start", path, "PC1", "--wait", NULL));
  ui_hand_start (&app, path);
  open_import (folder);
  ui_hand_wait_control (NULL, "1 configuration will be loaded. 1 device that runs will be started "
                              "again with it; what it has not saved is lost. 2 files will be "
                              "skipped. 1 device will be left as it is.");
  ui_hand_wait_control (NULL, "is loaded; the device restarts");
  ui_hand_wait_control (NULL, "skipped, unless you choose its device");
  ui_hand_wait_control (NULL, "left as it is: no file is for this device");
  ui_shot ("config-folder");

  /* By keys through the cells; None, PC1, PC2. */
  tab_to_choice ("Device for spine.cfg");
  ui_key ("space");
  ui_settle (700);
  ui_shot ("config-folder-device");
  ui_key ("Down");
  ui_key ("Down");
  ui_key ("Return");
  ui_hand_wait_control (NULL, "2 configurations will be loaded.");
  press ("push button", "View spine.cfg");
  ui_hand_wait_title ("PC2");
  close_window ("PC2");

  press ("push button", "Load and Restart");
  ui_hand_wait_control (NULL, "1 device is loaded and ready. 1 device is loaded and starts with it "
                              "the next time.");
  ui_hand_wait_control ("label", "loaded, ready");
  ui_shot ("config-folder-loaded");
  assert_saved (path, "PC1", "set pcname first");
  assert_saved (path, "PC2", "set pcname spine");
  ui_hand_wait_node ("PC2", "Stopped");
  close_window (IMPORT);
  end (&app);
}

/* Refused while nothing has been touched, until it is left out. */
static void
test_too_large (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "large.lab");
  g_autofree char *folder = make_folder ("large");
  g_autofree char *huge = g_strnfill (600 * 1024, 'x');
  g_autoptr (AtspiAccessible) load = NULL;
  UiApp app = { 0 };

  write_file (folder, "PC1.cfg", "set pcname first\n");
  write_file (folder, "PC2.cfg", huge);
  ui_hand_start (&app, path);
  open_import (folder);
  ui_hand_wait_control (NULL, "“PC2.cfg” is too large for the NVRAM of PC2.");
  load = ui_tree_find ("push button", "Load", 1000);
  g_assert_false (ui_tree_has_state (load, ATSPI_STATE_SENSITIVE));
  ui_shot ("config-folder-too-large");
  press ("check box", "Load PC2.cfg");
  ui_hand_wait_control (NULL, "left out");
  press ("push button", "Load");
  ui_hand_wait_control (NULL, "1 device is loaded and starts with it the next time.");
  assert_saved (path, "PC1", "set pcname first");
  close_window (IMPORT);
  end (&app);
}

/* --- out --- */

static gboolean
file_is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_export (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "export.lab");
  g_autofree char *folder = make_folder ("out");
  g_autofree char *file = g_build_filename (folder, "PC1.cfg", NULL);
  UiApp app = { 0 };

  g_free (ui_labctl (NULL, "start", path, "--wait", NULL));
  ui_hand_save_as (path, "PC1", "one");
  ui_hand_start (&app, path);
  choose_export ();
  choose_folder (EXPORT, folder);
  g_assert_true (ui_wait (file_is_there, file, 10000));
  ui_shot ("config-folder-exported");
  ui_hand_save_as (path, "PC1", "two");
  choose_export ();
  choose_folder (EXPORT, folder);
  ui_hand_wait_control (NULL, "Replace 1 File in “out”?");
  ui_settle (500);
  ui_shot ("config-folder-replace");
  ui_key ("alt+r");
  ui_hand_wait_file (file, "set pcname two");
  end (&app);
}

/* --- twenty routers --- */

/* A screen reader's look at a window with so much in it takes minutes under the sanitizers. They
 * see the window's part in the tests above, and twenty routers in e2e-config. */
static gboolean
is_too_slow (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("twenty routers in a window take too long under the sanitizers");
  return TRUE;
#else
  return FALSE;
#endif
}

static void
assert_runs_file (const char *path, const char *folder, guint number)
{
  g_autofree char *node = g_strdup_printf ("R%u", number);
  int code;
  g_autofree char *out = ui_labctl (&code, "send", path, node, "show running-config", NULL);

  g_assert_cmpint (code, ==, 0);
  twenty_routers_assert_runs (folder, number, out);
}

static void
test_twenty (void)
{
  g_autofree char *lab = twenty_routers_lab ("31234567-89ab-4def-8123-456789abcde0");
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  gint64 begun;
  UiApp app = { 0 };
  int code;

  if (is_too_slow () || !twenty_routers_can_run ())
    return;
  path = ui_path ("twenty.lab");
  g_assert_true (g_file_set_contents (path, lab, -1, NULL));
  folder = ui_path ("twenty");
  g_free (ui_labctl (&code, "start", path, "--wait", NULL));
  g_assert_cmpint (code, ==, 0);
  g_free (ui_labctl (&code, "config", "save", path, "--all", NULL));
  g_assert_cmpint (code, ==, 0);
  g_free (ui_labctl (&code, "config", "export", path, folder, NULL));
  g_assert_cmpint (code, ==, 0);
  twenty_routers_change (folder);

  ui_hand_start (&app, path);
  open_import (folder);
  ui_hand_wait_control (NULL,
                        "20 configurations will be loaded. 20 devices that run will be started "
                        "again");
  ui_hand_wait_control (NULL, "replaces what was saved; the device restarts");
  ui_shot ("config-folder-twenty");
  begun = g_get_monotonic_time ();
  press ("push button", "Load and Restart");
  ui_settle (1500);
  ui_shot ("config-folder-twenty-loading");
  ui_hand_wait_control (NULL, "20 devices are loaded and ready.");
  g_test_message ("all ready after %.1f s",
                  (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
  ui_shot ("config-folder-twenty-ready");
  for (guint i = 1; i <= TWENTY_ROUTERS; i++)
    assert_runs_file (path, folder, i);
  close_window (IMPORT);
  end (&app);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/config-folder/hosts", test_hosts);
  g_test_add_func ("/ui/config-folder/too-large", test_too_large);
  g_test_add_func ("/ui/config-folder/export", test_export);
  g_test_add_func ("/ui/config-folder/twenty", test_twenty);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window puts back what all devices had saved by a time, and resets devices to where the lab
 * starts them. What their NVRAM, vlan.dat and histories hold afterwards is asked of labctl and the
 * files. */

#include "config.h"

#include <string.h>

#include "ui-saved.h"

#define MOMENTS "Restore Configurations"
#define THEN    "What Devices Had Saved"
#define RESET   "Reset to Start Configurations"

static void
press (const char *title, const char *name)
{
  ui_hand_wait_control ("push button", name);
  ui_tree_click (title, "push button", name);
}

static void
choose_in_main_menu (const char *name)
{
  ui_key ("F10");
  ui_settle (300);
  ui_saved_choose ("Configurations");
  ui_settle (600);
  ui_saved_choose (name);
}

static void
describe_router (const char *path, const char *text)
{
  g_autofree char *command = g_strconcat ("description ", text, NULL);

  if (!ui_saved_has_router ())
    return;
  ui_saved_run ("send", path, "R1", "configure terminal", NULL);
  ui_saved_run ("send", path, "R1", "interface lo", NULL);
  ui_saved_run ("send", path, "R1", command, NULL);
  ui_saved_run ("config", "save", path, "R1", NULL);
}

/* What it runs now. */
static gboolean
runs (const char *path, const char *node, const char *text)
{
  g_autofree char *all = ui_labctl (NULL, "send", path, node, "show run", NULL);

  return strstr (all, text) != NULL;
}

static void
end (UiApp *app)
{
  ui_app_kill (app, SIGTERM);
  g_assert_true (ui_app_wait_exit (app, 10000));
  ui_hand_end_labs ();
}

static void
save_two_moments (const char *path)
{
  ui_hand_save_as (path, "PC1", "one");
  ui_hand_save_as (path, "PC3", "same");
  describe_router (path, "first");
  ui_settle (1200); /* into another second */
  ui_hand_save_as (path, "PC1", "two");
  ui_hand_save_as (path, "PC2", "other");
  describe_router (path, "second");
}

static void
look_at_plan (void)
{
  ui_hand_wait_control (NULL, "replaces no.");
  ui_hand_wait_control (NULL, "Had saved nothing by then, and is left as it is.");
  ui_hand_wait_control (NULL, "unchanged.");
  ui_settle (500);
  ui_shot ("restore-plan");
  press (THEN, "What Would Change in PC1");
  ui_hand_wait_title ("PC1");
  ui_settle (500);
  ui_shot ("restore-compare");
  ui_key ("Escape");
  ui_hand_wait_no_title ("PC1");
}

static void
test_restore (void)
{
  g_autofree char *path =
      ui_saved_write_lab ("restore.lab", "71234567-89ab-4def-8123-456789abcdef");
  UiApp app = { 0 };
  int pid;

  ui_saved_run ("start", path, "--wait", NULL);
  save_two_moments (path);
  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC1", "Running");
  choose_in_main_menu ("Restore as of a Time…");
  ui_hand_wait_title (MOMENTS);
  /* Who saved at the first moment; PC1 began the second. */
  ui_hand_wait_control (NULL, "PC1, PC3");
  ui_settle (500);
  ui_shot ("restore-moments");
  ui_tree_click (MOMENTS, "label", "PC1, PC3");
  ui_hand_wait_title (THEN);
  look_at_plan ();

  /* One that is left out goes on as it is. */
  pid = ui_hand_pid (path, "PC3");
  ui_tree_click (THEN, "check box", "PC3");
  press (THEN, "Restore and Restart");
  ui_hand_wait_control (NULL, ui_saved_has_router () ? "2 devices are done." : "1 device is done.");
  ui_settle (500);
  ui_shot ("restore-done");
  g_assert_true (ui_saved_has (path, "PC1", "set pcname one"));
  g_assert_true (ui_saved_in_nvram (path, "PC1"));
  g_assert_cmpuint (ui_saved_count (path, "PC1"), ==, 3);
  g_assert_true (runs (path, "PC1", "set pcname one"));
  g_assert_true (ui_saved_has (path, "PC2", "set pcname other"));
  g_assert_cmpuint (ui_saved_count (path, "PC2"), ==, 1);
  g_assert_cmpuint (ui_saved_count (path, "PC3"), ==, 1);
  g_assert_cmpint (ui_hand_pid (path, "PC3"), ==, pid);
  if (ui_saved_has_router ())
    {
      g_assert_true (ui_saved_has (path, "R1", "description first"));
      g_assert_cmpuint (ui_saved_count (path, "R1"), ==, 3);
    }
  ui_key ("Escape");
  ui_hand_wait_no_title (THEN);
  /* The one below gets the keyboard in a moment. */
  ui_settle (500);
  ui_key ("Escape");
  ui_hand_wait_no_title (MOMENTS);
  end (&app);
}

static char *
vlans_of (const char *uuid, guint id)
{
  return g_strdup_printf ("%s/%s/%u/vlan.dat-%05u", g_getenv ("LABWRIGHT_STATE_DIR"), uuid, id, id);
}

typedef struct
{
  const char *path;
  const char *node;
} Device;

static gboolean
is_reset (gpointer data)
{
  const Device *device = data;

  return !ui_saved_in_nvram (device->path, device->node) &&
         runs (device->path, device->node, "ip 10.0.0.");
}

/* By its menu: the question comes first, and Cancel is what Return answers. */
static void
test_reset_one (void)
{
  const char *uuid = "81234567-89ab-4def-8123-456789abcdef";
  g_autofree char *path = ui_saved_write_lab ("one.lab", uuid);
  g_autofree char *vlans = vlans_of (uuid, 1);
  Device device = { path, "PC1" };
  UiApp app = { 0 };

  ui_saved_run ("start", path, "PC1", "PC2", "--wait", NULL);
  ui_hand_save_as (path, "PC1", "one");
  ui_hand_save_as (path, "PC2", "two");
  g_assert_true (g_file_set_contents (vlans, "VLANS", -1, NULL));
  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC1", "Running");
  for (guint attempt = 0; attempt < 2; attempt++)
    {
      g_assert_true (ui_saved_in_nvram (path, "PC1"));
      ui_hand_click_node ("PC1");
      ui_key ("Menu");
      ui_saved_choose ("Reset to Start Configuration…");
      ui_hand_wait_control ("push button", "Reset and Restart");
      ui_settle (500);
      ui_shot ("reset-ask");
      ui_key (attempt == 0 ? "Return" : "alt+r");
      ui_hand_wait_no_control ("push button", "Reset and Restart");
      ui_settle (800);
    }
  g_assert_true (ui_wait (is_reset, &device, 20000));
  g_assert_false (runs (path, "PC1", "set pcname one"));
  g_assert_false (g_file_test (vlans, G_FILE_TEST_EXISTS));
  g_assert_true (ui_saved_has (path, "PC1", "set pcname one"));
  g_assert_cmpuint (ui_saved_count (path, "PC1"), ==, 1);
  g_assert_true (ui_saved_in_nvram (path, "PC2"));
  end (&app);
}

/* Some run, some do not: all have nothing left, who ran runs. */
static void
test_reset_all (void)
{
  g_autofree char *path = ui_saved_write_lab ("reset.lab", "91234567-89ab-4def-8123-456789abcdef");
  gboolean router = ui_saved_has_router ();
  UiApp app = { 0 };

  ui_saved_run ("start", path, "--wait", NULL);
  ui_hand_save_as (path, "PC1", "one");
  ui_hand_save_as (path, "PC2", "two");
  describe_router (path, "first");
  ui_saved_run ("stop", path, "PC2", NULL);
  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC1", "Running");
  ui_hand_wait_node ("PC2", "Stopped");
  choose_in_main_menu ("Reset All to Start Configurations…");
  ui_hand_wait_title (RESET);
  ui_hand_wait_control (NULL, "Holds nothing that it has saved.");
  ui_settle (500);
  ui_shot ("reset-plan");
  press (RESET, "Reset and Restart");
  ui_hand_wait_control (NULL, router ? "4 devices are done." : "3 devices are done.");
  ui_settle (500);
  ui_shot ("reset-done");
  g_assert_false (ui_saved_in_nvram (path, "PC1"));
  g_assert_false (ui_saved_in_nvram (path, "PC2"));
  g_assert_cmpuint (ui_saved_count (path, "PC1"), ==, 1);
  g_assert_cmpuint (ui_saved_count (path, "PC2"), ==, 1);
  g_assert_true (runs (path, "PC1", "ip 10.0.0.1 "));
  g_assert_false (runs (path, "PC1", "set pcname one"));
  g_assert_cmpint (ui_hand_pid (path, "PC2"), ==, 0);
  if (router)
    {
      g_assert_false (ui_saved_in_nvram (path, "R1"));
      g_assert_false (runs (path, "R1", "description first"));
    }
  ui_key ("Escape");
  ui_hand_wait_no_title (RESET);
  end (&app);
}

static gboolean
both_are_reset (gpointer path)
{
  Device one = { path, "PC1" };
  Device two = { path, "PC2" };

  return is_reset (&one) && is_reset (&two);
}

/* The window is closed while devices are on their way: they are reset all the same. */
static void
test_closed_meanwhile (void)
{
  g_autofree char *path = ui_saved_write_lab ("gone.lab", "c1234567-89ab-4def-8123-456789abcdef");
  UiApp app = { 0 };

  ui_saved_run ("start", path, "PC1", "PC2", "--wait", NULL);
  ui_hand_save_as (path, "PC1", "one");
  ui_hand_save_as (path, "PC2", "two");
  ui_hand_start (&app, path);
  ui_hand_wait_node ("PC1", "Running");
  choose_in_main_menu ("Reset All to Start Configurations…");
  ui_hand_wait_title (RESET);
  press (RESET, "Reset and Restart");
  ui_key ("Escape");
  ui_hand_wait_no_title (RESET);
  g_assert_true (ui_wait (both_are_reset, path, 30000));
  ui_hand_wait_node ("PC1", "Running");
  g_assert_true (ui_app_is_alive (&app));
  end (&app);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/restore-all/restore", test_restore);
  g_test_add_func ("/ui/restore-all/reset-one", test_reset_one);
  g_test_add_func ("/ui/restore-all/reset-all", test_reset_all);
  g_test_add_func ("/ui/restore-all/closed-meanwhile", test_closed_meanwhile);

  return g_test_run ();
}

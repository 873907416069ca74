/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The check of this machine, where FRRouting is missing: the start page says so and leads to it, it
 * names the command, copies it, and sees at once when things are mended. */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "ui-hand.h"

/* Until it is in the tree, or no more. */
static void
wait_name (const char *name, gboolean there)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (AtspiAccessible) found = ui_tree_find (NULL, name, 0);

      if ((found != NULL) == there)
        return;
      ui_settle (100);
    }
  ui_tree_dump ();
  g_error ("“%s” is %s", name, there ? "not there" : "still there");
}

static void
test_doctor (void)
{
  g_autofree char *frr = ui_path ("frr");
  g_autofree char *zebra = g_build_filename (frr, "zebra", NULL);
  g_autofree char *programs = ui_path ("programs");
  g_autofree char *vtysh = g_build_filename (programs, "vtysh", NULL);
  g_autofree char *search = g_strconcat (g_getenv ("PATH"), ":", programs, NULL);
  g_autofree char *copied = NULL;
  UiApp app;

  g_assert_cmpint (g_mkdir (frr, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (programs, 0700), ==, 0);
  g_assert_true (g_file_set_contents (vtysh, "", 0, NULL));
  g_assert_cmpint (g_chmod (vtysh, 0700), ==, 0);
  g_setenv ("PATH", search, TRUE);
  g_setenv ("LABWRIGHT_FRR_DIR", frr, TRUE);
  g_setenv ("LABWRIGHT_TUN", "/dev/null", TRUE);
  ui_hand_start (&app, NULL);
  ui_hand_wait_control ("list item", "Open Routers Cannot Run on This Machine Yet");
  ui_shot ("doctor-start-page");
  ui_hand_click ("list item", "Open Routers Cannot Run on This Machine Yet");
  ui_hand_wait_title ("Check of This Machine");
  ui_settle (1500);
  wait_name ("FRRouting: Missing", TRUE);
  wait_name ("User namespaces: ", TRUE);
  wait_name ("Copy “apt install frr”", TRUE);
  ui_shot ("doctor-missing");
  ui_tree_click ("Check of This Machine", "push button", "Copy “apt install frr”");
  copied = ui_hand_wait_clipboard ("apt install frr");
  g_assert_cmpstr (copied, ==, "apt install frr");

  /* Now it is there. */
  g_assert_true (g_file_set_contents (zebra, "", 0, NULL));
  g_assert_cmpint (g_chmod (zebra, 0700), ==, 0);
  ui_raise_window ("Check of This Machine");
  ui_key ("F5");
  wait_name ("FRRouting: Good", TRUE);
  ui_shot ("doctor-good");
  ui_key ("Escape");
  ui_hand_wait_no_title ("Check of This Machine");

  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
}

/* A lab says what it needs: its window tells before anything is started, and leads to the check;
 * what was mended is seen on the way back. */
static void
test_needs (void)
{
  static const char lab[] =
      "{\"format\": \"labwright\", \"version\": 1, \"uuid\":"
      " \"11111111-2222-4333-8444-777777777777\", \"name\": \"Needy\", \"nodes\": [],"
      " \"links\": [], \"needs\": [\"frr\", \"teleport\"]}";
  g_autofree char *path = ui_path ("needy.lab");
  g_autofree char *frr = ui_path ("frr");
  g_autofree char *zebra = g_build_filename (frr, "zebra", NULL);
  UiApp app = { 0 };

  g_assert_true (g_file_set_contents (path, lab, -1, NULL));
  g_assert_cmpint (g_unlink (zebra), ==, 0);
  ui_hand_start (&app, path);
  wait_name ("This lab needs what this machine lacks: FRRouting, “teleport”.", TRUE);
  ui_hand_wait_control ("push button", "Check This Machine");
  ui_shot ("doctor-needs");
  ui_hand_click ("push button", "Check This Machine");
  ui_hand_wait_title ("Check of This Machine");
  wait_name ("FRRouting: Missing", TRUE);

  g_assert_true (g_file_set_contents (zebra, "", 0, NULL));
  g_assert_cmpint (g_chmod (zebra, 0700), ==, 0);
  ui_key ("Escape");
  ui_hand_wait_no_title ("Check of This Machine");
  wait_name ("This lab needs what this machine lacks: “teleport”.", TRUE);

  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/doctor/missing", test_doctor);
  g_test_add_func ("/ui/doctor/needs", test_needs);

  return g_test_run ();
}

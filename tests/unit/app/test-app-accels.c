/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which accelerators hold where: what a router or a text needs is left to it. */

#include "config.h"

#include "lab-accels.h"
#include "lab-adaptive-bin.h"

static void
test_plane (void)
{
  g_assert_true (lab_accels_holds (LAB_ACCEL_PLANE, "win.undo", "<Control>z"));
  g_assert_true (lab_accels_holds (LAB_ACCEL_PLANE, "win.delete", "Delete"));
  g_assert_true (lab_accels_holds (LAB_ACCEL_PLANE, "win.delete", "KP_Delete"));
  g_assert_true (lab_accels_holds (LAB_ACCEL_PLANE, "win.zoom-in", "<Control>KP_Add"));
  g_assert_true (lab_accels_holds (LAB_ACCEL_PLANE, "win.save", "<Control>s"));
  g_assert_true (lab_accels_holds (LAB_ACCEL_PLANE, "win.tool::link", "<Control>l"));
  g_assert_false (lab_accels_holds (LAB_ACCEL_PLANE, "win.undo", "<Control>y"));
  g_assert_false (lab_accels_holds (LAB_ACCEL_PLANE, "win.nothing", "<Control>z"));
}

/* What edits the lab would be taken from an entry that edits itself. */
static void
test_text (void)
{
  static const char *const own[][2] = {
    { "win.undo", "<Control>z" },  { "win.redo", "<Control><Shift>z" },
    { "win.cut", "<Control>x" },   { "win.copy", "<Control>c" },
    { "win.paste", "<Control>v" }, { "win.select-all", "<Control>a" },
    { "win.delete", "Delete" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    g_assert_false (lab_accels_holds (LAB_ACCEL_TEXT, own[i][0], own[i][1]));
  g_assert_true (lab_accels_holds (LAB_ACCEL_TEXT, "win.save", "<Control>s"));
}

/* Ctrl and a letter are a device's. */
static void
test_terminal (void)
{
  static const char *const own[][2] = {
    { "win.save", "<Control>s" },      { "win.close-lab", "<Control>w" },
    { "app.new", "<Control>n" },       { "app.quit", "<Control>q" },
    { "win.start-all", "<Control>b" }, { "win.stop-all", "<Control>e" },
    { "win.search", "<Control>f" },    { "win.undo", "<Control>z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    g_assert_false (lab_accels_holds (LAB_ACCEL_TERMINAL, own[i][0], own[i][1]));
  g_assert_true (lab_accels_holds (LAB_ACCEL_TERMINAL, "win.dock", "F9"));
  g_assert_true (lab_accels_holds (LAB_ACCEL_TERMINAL, "win.consoles", "<Control>grave"));
}

static void
test_size_class (void)
{
  g_assert_cmpint (lab_size_class_of_width (360), ==, LAB_SIZE_NARROW);
  g_assert_cmpint (lab_size_class_of_width (639), ==, LAB_SIZE_NARROW);
  g_assert_cmpint (lab_size_class_of_width (640), ==, LAB_SIZE_MEDIUM);
  g_assert_cmpint (lab_size_class_of_width (1024), ==, LAB_SIZE_WIDE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/accels/plane", test_plane);
  g_test_add_func ("/app/accels/text", test_text);
  g_test_add_func ("/app/accels/terminal", test_terminal);
  g_test_add_func ("/app/size-class", test_size_class);

  return g_test_run ();
}

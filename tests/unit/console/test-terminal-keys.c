/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose a key is while a console has the focus. */

#include "config.h"

#include "lab-terminal-keys.h"

#define CTRL       GDK_CONTROL_MASK
#define SHIFT      GDK_SHIFT_MASK
#define CTRL_SHIFT (GDK_CONTROL_MASK | GDK_SHIFT_MASK)

static void
check (guint keyval, GdkModifierType state, LabTerminalKey wanted, const char *wanted_action)
{
  const char *action;
  LabTerminalKey key = lab_terminal_keys_classify (keyval, state, FALSE, &action);

  g_test_message ("%s with 0x%x", gdk_keyval_name (keyval), state);
  g_assert_cmpint (key, ==, wanted);
  g_assert_cmpstr (action, ==, wanted_action);
}

/* All that a router's line editor knows. */
static void
test_device (void)
{
  for (guint key = GDK_KEY_a; key <= GDK_KEY_z; key++)
    {
      check (key, 0, LAB_TERMINAL_KEY_DEVICE, NULL);
      check (key, CTRL, LAB_TERMINAL_KEY_DEVICE, NULL);
      check (key, CTRL | GDK_LOCK_MASK, LAB_TERMINAL_KEY_DEVICE, NULL);
      check (key, GDK_ALT_MASK, LAB_TERMINAL_KEY_DEVICE, NULL);
    }
  check (GDK_KEY_Delete, 0, LAB_TERMINAL_KEY_DEVICE, NULL);
  check (GDK_KEY_Escape, 0, LAB_TERMINAL_KEY_DEVICE, NULL);
  check (GDK_KEY_space, 0, LAB_TERMINAL_KEY_DEVICE, NULL);
  check (GDK_KEY_Tab, 0, LAB_TERMINAL_KEY_DEVICE, NULL);
  check (GDK_KEY_ISO_Left_Tab, SHIFT, LAB_TERMINAL_KEY_DEVICE, NULL);
  check (GDK_KEY_Page_Up, 0, LAB_TERMINAL_KEY_DEVICE, NULL);
  check (GDK_KEY_question, SHIFT, LAB_TERMINAL_KEY_DEVICE, NULL);
  check (GDK_KEY_bracketright, CTRL, LAB_TERMINAL_KEY_DEVICE, NULL);
  check (GDK_KEY_6, CTRL, LAB_TERMINAL_KEY_DEVICE, NULL);
  check (GDK_KEY_at, CTRL_SHIFT, LAB_TERMINAL_KEY_DEVICE, NULL);
  check (GDK_KEY_underscore, CTRL_SHIFT, LAB_TERMINAL_KEY_DEVICE, NULL);
}

static void
test_break (void)
{
  const char *action;

  check (GDK_KEY_asciicircum, CTRL_SHIFT, LAB_TERMINAL_KEY_BREAK, NULL);
  /* A German keyboard: Shift+6 is &. */
  g_assert_cmpint (lab_terminal_keys_classify (GDK_KEY_ampersand, CTRL_SHIFT, TRUE, &action), ==,
                   LAB_TERMINAL_KEY_BREAK);
  check (GDK_KEY_ampersand, CTRL_SHIFT, LAB_TERMINAL_KEY_OTHER, NULL);
}

static void
test_actions (void)
{
  check (GDK_KEY_C, CTRL_SHIFT, LAB_TERMINAL_KEY_ACTION, "terminal.copy");
  check (GDK_KEY_c, CTRL_SHIFT, LAB_TERMINAL_KEY_ACTION, "terminal.copy");
  check (GDK_KEY_V, CTRL_SHIFT, LAB_TERMINAL_KEY_ACTION, "terminal.paste");
  check (GDK_KEY_F, CTRL_SHIFT, LAB_TERMINAL_KEY_ACTION, "terminal.find");
  check (GDK_KEY_plus, CTRL_SHIFT, LAB_TERMINAL_KEY_ACTION, "terminal.zoom-in");
  check (GDK_KEY_plus, CTRL, LAB_TERMINAL_KEY_ACTION, "terminal.zoom-in");
  check (GDK_KEY_equal, CTRL, LAB_TERMINAL_KEY_ACTION, "terminal.zoom-in");
  check (GDK_KEY_minus, CTRL, LAB_TERMINAL_KEY_ACTION, "terminal.zoom-out");
  check (GDK_KEY_0, CTRL, LAB_TERMINAL_KEY_ACTION, "terminal.zoom-reset");
}

static void
test_window (void)
{
  check (GDK_KEY_F10, 0, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_F11, 0, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_F4, GDK_ALT_MASK, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_1, GDK_ALT_MASK, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_Page_Up, CTRL, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_Tab, CTRL, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_comma, CTRL, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_W, CTRL_SHIFT, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_c, CTRL | GDK_ALT_MASK, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_l, GDK_SUPER_MASK, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_Page_Up, SHIFT, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_Insert, SHIFT, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_Control_L, 0, LAB_TERMINAL_KEY_OTHER, NULL);
  check (GDK_KEY_AudioRaiseVolume, 0, LAB_TERMINAL_KEY_OTHER, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/terminal/keys/device", test_device);
  g_test_add_func ("/terminal/keys/break", test_break);
  g_test_add_func ("/terminal/keys/actions", test_actions);
  g_test_add_func ("/terminal/keys/window", test_window);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose a key is while a console has the focus. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include <string.h>

#include "lab-terminal-keys.h"

#define MODIFIERS                                                                                  \
  (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK |             \
   GDK_HYPER_MASK)
#define CTRL_SHIFT (GDK_CONTROL_MASK | GDK_SHIFT_MASK)

typedef struct
{
  guint keyval; /* lower case */
  gboolean shift_matters;
  const char *action;
} Shortcut;

/* All with Ctrl. Where Shift does not matter it is only what the layout needs for the sign. */
static const Shortcut shortcuts[] = {
  { GDK_KEY_c, TRUE, "terminal.copy" },
  { GDK_KEY_v, TRUE, "terminal.paste" },
  { GDK_KEY_a, TRUE, "terminal.select-all" },
  { GDK_KEY_f, TRUE, "terminal.find" },
  { GDK_KEY_g, TRUE, "terminal.find-next" },
  { GDK_KEY_h, TRUE, "terminal.find-previous" },
  { GDK_KEY_k, TRUE, "terminal.clear" },
  { GDK_KEY_plus, FALSE, "terminal.zoom-in" },
  { GDK_KEY_equal, FALSE, "terminal.zoom-in" },
  { GDK_KEY_KP_Add, FALSE, "terminal.zoom-in" },
  { GDK_KEY_minus, FALSE, "terminal.zoom-out" },
  { GDK_KEY_KP_Subtract, FALSE, "terminal.zoom-out" },
  { GDK_KEY_0, FALSE, "terminal.zoom-reset" },
  { GDK_KEY_KP_0, FALSE, "terminal.zoom-reset" },
};

static const char *
find_action (guint keyval, gboolean shift)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].keyval == gdk_keyval_to_lower (keyval) &&
        (shift || !shortcuts[i].shift_matters))
      return shortcuts[i].action;
  return NULL;
}

/* Function keys, modifiers, and keys of the desktop (loudness and the like). */
static gboolean
is_function_key (guint keyval)
{
  return (keyval >= GDK_KEY_F1 && keyval <= GDK_KEY_F35) || keyval == GDK_KEY_Menu ||
         (keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R) || keyval >= 0x10000000;
}

/* Keys that make a control character, or are sent with Ctrl by a terminal. */
static gboolean
is_control_key (guint keyval)
{
  static const guint others[] = { GDK_KEY_Left,   GDK_KEY_Right, GDK_KEY_Up,        GDK_KEY_Down,
                                  GDK_KEY_Home,   GDK_KEY_End,   GDK_KEY_BackSpace, GDK_KEY_Delete,
                                  GDK_KEY_Return, GDK_KEY_Escape };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (keyval == others[i])
      return TRUE;
  return keyval < 0x80 &&
         (g_ascii_isalpha ((char) keyval) || strchr (" @[\\]^_/2345678", (int) keyval));
}

static LabTerminalKey
classify_control (guint keyval, GdkModifierType state, gboolean is_six, const char **action)
{
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;

  if ((state & ~CTRL_SHIFT) != 0)
    return LAB_TERMINAL_KEY_OTHER;
  if (keyval == GDK_KEY_asciicircum || (shift && is_six))
    return LAB_TERMINAL_KEY_BREAK;
  *action = find_action (keyval, shift);
  if (*action != NULL)
    return LAB_TERMINAL_KEY_ACTION;
  if (shift && keyval != GDK_KEY_at && keyval != GDK_KEY_underscore)
    return LAB_TERMINAL_KEY_OTHER;
  return is_control_key (keyval) ? LAB_TERMINAL_KEY_DEVICE : LAB_TERMINAL_KEY_OTHER;
}

LabTerminalKey
lab_terminal_keys_classify (guint keyval,
                            GdkModifierType state,
                            gboolean is_six,
                            const char **action)
{
  *action = NULL;
  state &= MODIFIERS;
  if (is_function_key (keyval) || (state & (GDK_SUPER_MASK | GDK_HYPER_MASK)) != 0)
    return LAB_TERMINAL_KEY_OTHER;
  if ((state & GDK_CONTROL_MASK) != 0)
    return classify_control (keyval, state, is_six, action);
  if ((state & (GDK_ALT_MASK | GDK_META_MASK)) != 0)
    /* Esc B, Esc F and the like of the line editor. */
    return keyval < 0x80 && g_ascii_isalpha ((char) keyval) ? LAB_TERMINAL_KEY_DEVICE
                                                            : LAB_TERMINAL_KEY_OTHER;
  /* Shift with these is the terminal's: scrolling, pasting. */
  if ((state & GDK_SHIFT_MASK) != 0 &&
      (keyval == GDK_KEY_Page_Up || keyval == GDK_KEY_Page_Down || keyval == GDK_KEY_Insert))
    return LAB_TERMINAL_KEY_OTHER;
  return LAB_TERMINAL_KEY_DEVICE;
}

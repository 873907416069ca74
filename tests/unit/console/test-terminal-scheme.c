/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of colours: readable, each with a name and a title of its own. */

#include "config.h"

#include <math.h>

#include "lab-terminal-scheme.h"

static double
linear (double channel)
{
  return channel <= 0.03928 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green) +
         0.0722 * linear (colour->blue);
}

/* As WCAG 2 reckons it: 1 to 21. */
static double
contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double la = luminance (a);
  double lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

static void
check_scheme (const char *name, gboolean dark)
{
  LabTerminalColours colours;
  double wanted = g_str_equal (name, "high-contrast") ? 7 : 4.5;

  lab_terminal_scheme_load (name, dark, &colours);
  g_test_message ("%s: %.1f", name, contrast (&colours.foreground, &colours.background));
  g_assert_cmpfloat (contrast (&colours.foreground, &colours.background), >=, wanted);
  g_assert_cmpfloat (contrast (&colours.cursor, &colours.background), >=, 3);
  g_assert_cmpfloat (colours.background.alpha, ==, 1);
  for (guint i = 0; i < LAB_TERMINAL_N_COLOURS; i++)
    g_assert_cmpfloat (colours.palette[i].alpha, ==, 1);
  /* Red, green, yellow and blue are what devices colour text with. */
  if (g_str_has_prefix (name, "solarized"))
    return;
  for (guint i = 1; i <= 6; i++)
    g_assert_cmpfloat (contrast (&colours.palette[i], &colours.background), >=, wanted);
}

static void
test_readable (void)
{
  g_assert_cmpuint (lab_terminal_scheme_get_n (), >=, 6);
  for (guint i = 0; i < lab_terminal_scheme_get_n (); i++)
    {
      check_scheme (lab_terminal_scheme_get_name (i), FALSE);
      check_scheme (lab_terminal_scheme_get_name (i), TRUE);
    }
}

static void
test_names (void)
{
  for (guint i = 0; i < lab_terminal_scheme_get_n (); i++)
    for (guint k = 0; k < i; k++)
      {
        g_assert_cmpstr (lab_terminal_scheme_get_name (i), !=, lab_terminal_scheme_get_name (k));
        g_assert_cmpstr (lab_terminal_scheme_get_title (i), !=, lab_terminal_scheme_get_title (k));
      }
}

static gboolean
is_dark (const char *name, gboolean dark)
{
  LabTerminalColours colours;

  lab_terminal_scheme_load (name, dark, &colours);
  return luminance (&colours.background) < 0.5;
}

static void
test_desktop (void)
{
  g_assert_false (is_dark (LAB_TERMINAL_SCHEME_SYSTEM, FALSE));
  g_assert_true (is_dark (LAB_TERMINAL_SCHEME_SYSTEM, TRUE));
  g_assert_false (is_dark ("no such thing", FALSE));
  g_assert_true (is_dark (NULL, TRUE));
  g_assert_false (is_dark ("light", TRUE));
  g_assert_true (is_dark ("green", FALSE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/terminal/scheme/readable", test_readable);
  g_test_add_func ("/terminal/scheme/names", test_names);
  g_test_add_func ("/terminal/scheme/desktop", test_desktop);
  return g_test_run ();
}

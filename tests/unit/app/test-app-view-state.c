/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is remembered of a lab's view comes back, and nonsense does not. */

#include "config.h"

#include "lab-view-state.h"

static void
test_round_trip (void)
{
  const char *consoles[] = { "R1", "Süd;1", NULL };
  LabViewState state = {
    .zoom = 0.8, .x = -120.25, .y = 3e5, .fitted = TRUE, .consoles = (GStrv) consoles, .consoles_shown = TRUE
  };
  g_autofree char *text = lab_view_state_to_string (&state);
  g_autoptr (LabViewState) back = lab_view_state_from_string (text);

  g_assert_nonnull (back);
  g_assert_cmpfloat (back->zoom, ==, 0.8);
  g_assert_cmpfloat (back->x, ==, -120.25);
  g_assert_cmpfloat (back->y, ==, 3e5);
  g_assert_true (back->fitted);
  g_assert_cmpstrv (back->consoles, consoles);
  g_assert_true (back->consoles_shown);
}

static void
test_refuse (void)
{
  static const char *const texts[] = {
    "",
    "nonsense",
    "[view]\nzoom=1\n",
    "[view]\nversion=2\nzoom=1\nx=0\ny=0\n",
    "[view]\nversion=1\nzoom=nan\nx=0\ny=0\n",
    "[view]\nversion=1\nzoom=100\nx=0\ny=0\n",
    "[view]\nversion=1\nzoom=1\nx=inf\ny=0\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (lab_view_state_from_string (texts[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/view-state/round-trip", test_round_trip);
  g_test_add_func ("/app/view-state/refuse", test_refuse);

  return g_test_run ();
}

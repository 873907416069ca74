/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What impairments draw, by its quantiles, without a clock: the seed makes it the same each time.
 */

#include <glib.h>
#include <stdlib.h>

#include "relay-impair.h"

#define N_DRAWS 100000
#define MS      1e6

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double *
draw (const RelayImpairConfig *config)
{
  RelayImpair impair = { .config = *config };
  double *values = g_new (double, N_DRAWS);

  relay_impair_seed (&impair, 11, 0);
  for (guint i = 0; i < N_DRAWS; i++)
    values[i] = (double) relay_impair_draw_delay (&impair) / MS;
  qsort (values, N_DRAWS, sizeof *values, compare);
  return values;
}

static void
assert_quantile (const double *values, double share, double wanted, double tolerance)
{
  double value = values[(guint) (share * (N_DRAWS - 1))];

  g_test_message ("%g: %.3f ms, wanted %.3f", share, value, wanted);
  g_assert_cmpfloat_with_epsilon (value, wanted, tolerance);
}

static void
test_uniform (void)
{
  const RelayImpairConfig config = { .delay = 100 * 1000000, .jitter = 40 * 1000000 };
  g_autofree double *values = draw (&config);

  g_assert_cmpfloat (values[0], >=, 60);
  g_assert_cmpfloat (values[N_DRAWS - 1], <=, 140);
  for (guint i = 0; i <= 10; i++)
    assert_quantile (values, i / 10.0, 60 + 8 * i, 0.6);
}

static void
test_normal (void)
{
  const RelayImpairConfig config = { .delay = 100 * 1000000,
                                     .jitter = 10 * 1000000,
                                     .shape = RELAY_JITTER_NORMAL };
  g_autofree double *values = draw (&config);

  assert_quantile (values, 0.5, 100, 0.2);
  assert_quantile (values, 0.158655, 90, 0.2);
  assert_quantile (values, 0.841345, 110, 0.2);
  assert_quantile (values, 0.02275, 80, 0.4);
  assert_quantile (values, 0.97725, 120, 0.4);
  assert_quantile (values, 0.00135, 70, 1);
}

/* Not before it was sent. */
static void
test_floor (void)
{
  const RelayImpairConfig config = { .delay = 1000000, .jitter = 5 * 1000000 };
  g_autofree double *values = draw (&config);

  assert_quantile (values, 0.3, 0, 0.001);
  assert_quantile (values, 1, 6, 0.1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/draws/uniform", test_uniform);
  g_test_add_func ("/relay/draws/normal", test_normal);
  g_test_add_func ("/relay/draws/floor", test_floor);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-series.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
bench_note (BenchSeries *series, double value)
{
  series->values[series->count++] = value;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bench_median (double *values, unsigned count)
{
  if (count == 0)
    return 0;
  qsort (values, count, sizeof *values, compare);
  return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

double
bench_series_median (const BenchSeries *series)
{
  double values[BENCH_MAX_ROUNDS];

  memcpy (values, series->values, sizeof values);
  return bench_median (values, series->count);
}

static void
report (const char *what, double value, const char *relation, double mark, bool met)
{
  printf ("  %-52s %8.2f   mark %s %g: %s\n", what, value, relation, mark, met ? "met" : "MISSED");
  fflush (stdout);
}

void
bench_at_least (const char *what, double value, double mark)
{
  report (what, value, ">=", mark, value >= mark);
}

void
bench_at_most (const char *what, double value, double mark)
{
  report (what, value, "<=", mark, value <= mark);
}

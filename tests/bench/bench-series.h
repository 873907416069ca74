/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Figures of some rounds, their median, and the mark that it has to reach. */

#include <stdbool.h>

#define BENCH_MAX_ROUNDS 9

typedef struct
{
  double values[BENCH_MAX_ROUNDS];
  unsigned count;
} BenchSeries;

void bench_note (BenchSeries *series, double value);
double bench_series_median (const BenchSeries *series);

/* Sorts the values. */
double bench_median (double *values, unsigned count);

/* Prints the figure and whether it is at least, or at most, what it should be. */
void bench_at_least (const char *what, double value, double mark);
void bench_at_most (const char *what, double value, double mark);

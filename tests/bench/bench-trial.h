/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-lab.h"

typedef struct
{
  uint64_t sent, received;
  double seconds; /* until the last frame had come */
  double cpu;     /* of the relay, in seconds */
  bool kept_pace; /* the sender was never late by more than 2 % of the trial */
} BenchFlow;

/* The first `n_pairs` pairs: the first of each sends to the second, and the other way as well if
 * `both`, each at `rate` frames a second, or as fast as its socket takes them (0). */
BenchFlow bench_flow (const BenchLab *lab,
                      bool relay,
                      unsigned n_pairs,
                      bool both,
                      unsigned size,
                      double rate,
                      double seconds);

/* The highest rate that the sender can keep without any loss. */
double bench_highest_rate (
    const BenchLab *lab, bool relay, unsigned size, double ceiling, double *cpu_a_million);

typedef struct
{
  double p50, p99; /* microseconds */
  double cpu;      /* of the relay, microseconds a round trip */
} BenchTrip;

/* The second peer echoes. `rate` 0 sends the next when the last is back. */
BenchTrip bench_round_trip (const BenchLab *lab, bool relay, double rate, double seconds);

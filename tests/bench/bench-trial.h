/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-lab.h"

#define BENCH_MAX_FLOWS 64

/* One flow of frames, from one peer to another. */
typedef struct
{
  unsigned from, to; /* peers, from 0 */
  unsigned port;     /* of the sender, as its byte */
  unsigned size;
  double rate;    /* frames a second, or as fast as its socket takes them (0) */
  double seconds;
  bool sleeps;    /* between frames, as an ordinary program does, and does not watch the clock */
  bool stopped;   /* nobody receives: the receiver's socket is there, its process does not run */
} BenchSpec;

typedef struct
{
  uint64_t sent, received;
  double seconds; /* until the last frame had come */
  double cpu;     /* of the relay, in seconds */
  bool kept_pace; /* the sender was never late by more than 2 % of the trial */
} BenchFlow;

/* All of them at once; `results` has room for `n`. Returns the CPU seconds of the relay. */
double bench_flows (
    const BenchLab *lab, bool relay, const BenchSpec *specs, unsigned n, BenchFlow *results);

/* The first `n_pairs` pairs: the first of each sends to the second, and the other way as well if
 * `both`, each at `rate` frames a second, or as fast as its socket takes them (0). */
BenchFlow bench_flow (const BenchLab *lab,
                      bool relay,
                      unsigned n_pairs,
                      bool both,
                      unsigned size,
                      double rate,
                      double seconds);

/* The highest rate that the sender can keep without any loss, and the relay's CPU seconds a million
 * frames at that rate. */
double bench_highest_rate (
    const BenchLab *lab, bool relay, unsigned size, double ceiling, double *cpu_a_million);

typedef struct
{
  double p50, p99; /* microseconds */
  double cpu;      /* of the relay, microseconds a round trip */
} BenchTrip;

/* The second peer echoes. `rate` 0 sends the next when the last is back. `dense` frames a second go
 * from the third to the fourth meanwhile. */
BenchTrip
bench_round_trip (const BenchLab *lab, bool relay, double rate, double seconds, double dense);

/* What the kernel takes for one frame in and one out, in batches, when nobody has to be woken:
 * seconds a million frames. No relay can do with less. */
double bench_floor (unsigned size);

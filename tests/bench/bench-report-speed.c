/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rates, processor time and round trips, with a relay and without. */

#include "bench-report.h"
#include "bench-series.h"
#include "bench-trial.h"

#include <stdio.h>
#include <string.h>

#define PAIR_COUNT 10
#define DENSE      40000 /* frames a second of other traffic */

typedef struct
{
  BenchSeries direct_rate, relay_rate, rate_ratio, rate_cpu, floor, floor_ratio;
  BenchSeries direct_blast, relay_blast, blast_ratio, blast_cpu;
  uint64_t direct_lost, relay_lost;
} SizeResult;

static double
per_second (const BenchFlow *flow)
{
  return (double) flow->received / flow->seconds;
}

static double
cpu_a_million (const BenchFlow *flow)
{
  return flow->received > 0 ? flow->cpu / (double) flow->received * 1e6 : 0;
}

static void
measure_size (const BenchLab *lab, unsigned size, SizeResult *result)
{
  BenchFlow direct = bench_flow (lab, false, 1, false, size, 0, 0.3);
  BenchFlow relay = bench_flow (lab, true, 1, false, size, 0, 0.3);
  double direct_rate, relay_rate, cpu, floor = bench_floor (size);

  bench_note (&result->direct_blast, per_second (&direct));
  bench_note (&result->relay_blast, per_second (&relay));
  bench_note (&result->blast_ratio, per_second (&relay) / per_second (&direct));
  bench_note (&result->blast_cpu, cpu_a_million (&relay));
  result->direct_lost += direct.sent - direct.received;
  result->relay_lost += relay.sent - relay.received;

  direct_rate = bench_highest_rate (lab, false, size, 1.3 * per_second (&direct), &cpu);
  relay_rate = bench_highest_rate (lab, true, size, 1.3 * per_second (&relay), &cpu);
  bench_note (&result->direct_rate, direct_rate);
  bench_note (&result->relay_rate, relay_rate);
  bench_note (&result->rate_ratio, direct_rate > 0 ? relay_rate / direct_rate : 0);
  bench_note (&result->rate_cpu, cpu);
  bench_note (&result->floor, floor);
  bench_note (&result->floor_ratio, cpu / floor);
}

/* The absolute marks of CPU are those of a machine whose floor was 0.61 us a frame of 64 bytes and
 * 0.69 of 1514; the ratio says the same for any machine. */
static void
report_marks (unsigned size, const SizeResult *r, unsigned qlen)
{
  const bool is_short = qlen < 100;
  const double cpu = is_short ? 2.6 : size <= 64 ? 1.0 : 1.3;

  printf ("%u bytes\n", size);
  bench_at_least ("loss-free rate, of direct", bench_series_median (&r->rate_ratio),
                  is_short ? 0.5 : 0.6);
  bench_at_most ("lost of a blocking sender's", (double) r->relay_lost, 0);
  bench_at_most ("CPU, s/M", bench_series_median (&r->rate_cpu), cpu);
  bench_at_most ("CPU, times what the kernel needs with nobody to wake",
                 bench_series_median (&r->floor_ratio), cpu / (size <= 64 ? 0.61 : 0.69));
}

void
bench_report_rates (unsigned rounds, unsigned qlen)
{
  static const unsigned sizes[] = { 64, 594, 1514 };
  SizeResult results[3];
  BenchLab lab;

  memset (results, 0, sizeof results);
  bench_lab_open (&lab, 2);
  for (unsigned round = 0; round < rounds; round++)
    for (unsigned i = 0; i < 3; i++)
      measure_size (&lab, sizes[i], &results[i]);
  bench_lab_close (&lab);

  puts ("\n| bytes | direct, no loss | relay, no loss | ratio | s/M | kernel's part | direct blast "
        "(lost) | relay blast (lost) | ratio | s/M |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (unsigned i = 0; i < 3; i++)
    {
      SizeResult *r = &results[i];

      printf ("| %u | %.0fk | %.0fk | %.2f | %.2f | %.2f | %.0fk (%llu) | %.0fk (%llu) | %.2f | "
              "%.2f |\n",
              sizes[i], bench_series_median (&r->direct_rate) / 1e3,
              bench_series_median (&r->relay_rate) / 1e3, bench_series_median (&r->rate_ratio),
              bench_series_median (&r->rate_cpu), bench_series_median (&r->floor),
              bench_series_median (&r->direct_blast) / 1e3, (unsigned long long) r->direct_lost,
              bench_series_median (&r->relay_blast) / 1e3, (unsigned long long) r->relay_lost,
              bench_series_median (&r->blast_ratio), bench_series_median (&r->blast_cpu));
    }
  puts ("");
  for (unsigned i = 0; i < 3; i++)
    report_marks (sizes[i], &results[i], qlen);
}

void
bench_report_trips (unsigned rounds, unsigned qlen)
{
  static const struct
  {
    const char *name;
    double rate, dense;
  } kinds[] = { { "500 a second", 500, 0 },
                { "500 a second, dense traffic", 500, DENSE },
                { "closed loop", 0, 0 } };
  BenchSeries ratio[3] = { 0 };
  BenchLab lab;

  bench_lab_open (&lab, 4);
  puts ("\n| round trip, 64 bytes | direct p50 | p99 | relay p50 | p99 | relay CPU |\n"
        "| --- | --- | --- | --- | --- | --- |");
  for (unsigned i = 0; i < 3; i++)
    {
      BenchSeries p50[2] = { 0 }, p99[2] = { 0 }, cpu = { 0 };

      for (unsigned round = 0; round < rounds; round++)
        {
          for (unsigned relay = 0; relay < 2; relay++)
            {
              BenchTrip trip = bench_round_trip (&lab, relay, kinds[i].rate, 0.6, kinds[i].dense);

              bench_note (&p50[relay], trip.p50);
              bench_note (&p99[relay], trip.p99);
              if (relay)
                bench_note (&cpu, trip.cpu);
            }
          bench_note (&ratio[i], p50[1].values[round] / p50[0].values[round]);
        }
      printf ("| %s | %.0f us | %.0f | %.0f us | %.0f | %.0f us |\n", kinds[i].name,
              bench_series_median (&p50[0]), bench_series_median (&p99[0]),
              bench_series_median (&p50[1]), bench_series_median (&p99[1]),
              bench_series_median (&cpu));
      fflush (stdout);
    }
  bench_lab_close (&lab);
  puts ("");
  bench_at_most ("round trip at 500/s, dense traffic, of direct", bench_series_median (&ratio[1]),
                 2.5);
}

static void
report_pairs_of (unsigned size, unsigned rounds)
{
  BenchSeries rate[2] = { 0 }, ratio = { 0 }, cpu = { 0 };
  long long lost[2] = { 0 };
  long memory = 0;
  BenchLab lab;

  bench_lab_open (&lab, 2 * PAIR_COUNT);
  for (unsigned round = 0; round < rounds; round++)
    {
      for (unsigned relay = 0; relay < 2; relay++)
        {
          BenchFlow flow = bench_flow (&lab, relay, PAIR_COUNT, true, size, 0, 0.5);

          bench_note (&rate[relay], per_second (&flow));
          lost[relay] += (long long) (flow.sent - flow.received);
          if (relay)
            bench_note (&cpu, cpu_a_million (&flow));
        }
      bench_note (&ratio, rate[1].values[round] / rate[0].values[round]);
    }
  memory = bench_lab_memory (&lab, "Pss:");
  bench_lab_close (&lab);
  printf ("\n%d pairs, both ways, blast, %u bytes: direct %.0fk frames/s, relay %.0fk, %.2f s/M, "
          "PSS %ld kB\n",
          PAIR_COUNT, size, bench_series_median (&rate[0]) / 1e3,
          bench_series_median (&rate[1]) / 1e3, bench_series_median (&cpu), memory);
  bench_at_least ("rate, of direct", bench_series_median (&ratio), 0.55);
  bench_at_most ("lost", (double) lost[1], 0);
}

void
bench_report_pairs (unsigned rounds, unsigned qlen)
{
  report_pairs_of (64, rounds);
  report_pairs_of (1514, rounds);
}

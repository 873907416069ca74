/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast the relay is, against sockets that talk to each other directly: rounds of both in turn,
 * so that whatever else the machine does meets both; medians, and ratios within a round. Run by
 * hand.
 *
 *   relay-bench [--qlen N] [--rounds N] [--delay]
 *
 * --delay measures delayed links only. --qlen sets net.unix.max_dgram_qlen, in a network namespace
 * of its own; only root may. */

#include "bench-trial.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_ROUNDS 9
#define QLEN_FILE  "/proc/sys/net/unix/max_dgram_qlen"
#define PAIR_COUNT 10
#define IDLE_PEERS 100
#define IDLE_TIME  3

typedef struct
{
  double values[MAX_ROUNDS];
  unsigned count;
} Series;

static void
note (Series *series, double value)
{
  series->values[series->count++] = value;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (const Series *series)
{
  double sorted[MAX_ROUNDS];

  if (series->count == 0)
    return 0;
  memcpy (sorted, series->values, sizeof sorted);
  qsort (sorted, series->count, sizeof *sorted, compare);
  return series->count % 2 != 0 ? sorted[series->count / 2]
                                : (sorted[series->count / 2 - 1] + sorted[series->count / 2]) / 2;
}

static void
set_qlen (unsigned qlen)
{
  FILE *file;

  if (unshare (CLONE_NEWNET) < 0 || (file = fopen (QLEN_FILE, "w")) == NULL)
    {
      printf ("--qlen %u was not possible (%s): the system's stays.\n", qlen, strerror (errno));
      return;
    }
  fprintf (file, "%u\n", qlen);
  fclose (file);
}

static unsigned
get_qlen (void)
{
  unsigned qlen = 0;
  FILE *file = fopen (QLEN_FILE, "r");

  if (file == NULL || fscanf (file, "%u", &qlen) != 1)
    qlen = 0;
  if (file != NULL)
    fclose (file);
  return qlen;
}

typedef struct
{
  Series direct_rate, relay_rate, rate_ratio, rate_cpu;
  Series direct_blast, relay_blast, blast_ratio, blast_cpu;
  uint64_t direct_lost, relay_lost;
} SizeResult;

static void
measure_size (const BenchLab *lab, unsigned size, SizeResult *result)
{
  BenchFlow direct = bench_flow (lab, false, 1, false, size, 0, 0.3);
  BenchFlow relay = bench_flow (lab, true, 1, false, size, 0, 0.3);
  double direct_blast = (double) direct.received / direct.seconds;
  double relay_blast = (double) relay.received / relay.seconds;
  double direct_rate, relay_rate, cpu;

  note (&result->direct_blast, direct_blast);
  note (&result->relay_blast, relay_blast);
  note (&result->blast_ratio, relay_blast / direct_blast);
  note (&result->blast_cpu, relay.cpu / (double) relay.received * 1e6);
  result->direct_lost += direct.sent - direct.received;
  result->relay_lost += relay.sent - relay.received;

  direct_rate = bench_highest_rate (lab, false, size, 1.3 * direct_blast, &cpu);
  relay_rate = bench_highest_rate (lab, true, size, 1.3 * relay_blast, &cpu);
  note (&result->direct_rate, direct_rate);
  note (&result->relay_rate, relay_rate);
  note (&result->rate_ratio, direct_rate > 0 ? relay_rate / direct_rate : 0);
  note (&result->rate_cpu, cpu);
}

static void
report_rates (const BenchLab *lab, unsigned rounds)
{
  static const unsigned sizes[] = { 64, 594, 1514 };
  SizeResult results[3];

  memset (results, 0, sizeof results);
  for (unsigned round = 0; round < rounds; round++)
    for (unsigned i = 0; i < 3; i++)
      measure_size (lab, sizes[i], &results[i]);

  puts ("\n| bytes | direct, no loss | relay, no loss | ratio | s/M | direct blast (lost) | "
        "relay blast (lost) | ratio | s/M |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- "
        "|");
  for (unsigned i = 0; i < 3; i++)
    {
      SizeResult *r = &results[i];

      printf ("| %u | %.0fk | %.0fk | %.2f | %.2f | %.0fk (%llu) | %.0fk (%llu) | %.2f | %.2f |\n",
              sizes[i], median (&r->direct_rate) / 1e3, median (&r->relay_rate) / 1e3,
              median (&r->rate_ratio), median (&r->rate_cpu), median (&r->direct_blast) / 1e3,
              (unsigned long long) r->direct_lost, median (&r->relay_blast) / 1e3,
              (unsigned long long) r->relay_lost, median (&r->blast_ratio), median (&r->blast_cpu));
      fflush (stdout);
    }
}

static void
report_trips (const BenchLab *lab, unsigned rounds)
{
  static const double rates[] = { 500, 0 };

  puts ("\n| round trip, 64 bytes | direct p50 | p99 | relay p50 | p99 | relay CPU |\n"
        "| --- | --- | --- | --- | --- | --- |");
  for (unsigned i = 0; i < 2; i++)
    {
      Series p50[2] = { 0 }, p99[2] = { 0 }, cpu = { 0 };

      for (unsigned round = 0; round < rounds; round++)
        for (unsigned relay = 0; relay < 2; relay++)
          {
            BenchTrip trip = bench_round_trip (lab, relay, rates[i], 0.6);

            note (&p50[relay], trip.p50);
            note (&p99[relay], trip.p99);
            if (relay)
              note (&cpu, trip.cpu);
          }
      printf ("| %s | %.0f us | %.0f | %.0f us | %.0f | %.0f us |\n",
              rates[i] > 0 ? "500 a second" : "closed loop", median (&p50[0]), median (&p99[0]),
              median (&p50[1]), median (&p99[1]), median (&cpu));
      fflush (stdout);
    }
}

/* A pair over a link with and without delay; the time counts from the first frame sent. */
static void
report_delay (unsigned rounds)
{
  static const unsigned sizes[] = { 64, 1514 };
  BenchLab lab;

  bench_lab_open (&lab, 2);
  puts ("\n| bytes | plain | s/M | delayed 100 ms | s/M | ratio | lost |\n"
        "| --- | --- | --- | --- | --- | --- | --- |");
  for (unsigned i = 0; i < 2; i++)
    {
      Series plain = { 0 }, delayed = { 0 }, ratio = { 0 }, cpu = { 0 }, delayed_cpu = { 0 };
      uint64_t lost = 0;

      for (unsigned round = 0; round < rounds; round++)
        {
          BenchFlow flow;
          double before;

          bench_lab_command (&lab, "impair 1:0/0 off");
          flow = bench_flow (&lab, true, 1, false, sizes[i], 0, 2);
          before = (double) flow.received / flow.seconds;
          note (&plain, before);
          note (&cpu, flow.cpu / (double) flow.received * 1e6);
          bench_lab_command (&lab, "impair 1:0/0 delay=100ms");
          flow = bench_flow (&lab, true, 1, false, sizes[i], 0, 2);
          note (&delayed, (double) flow.received / flow.seconds);
          note (&ratio, (double) flow.received / flow.seconds / before);
          note (&delayed_cpu, flow.cpu / (double) flow.received * 1e6);
          lost += flow.sent - flow.received;
        }
      printf ("| %u | %.0fk | %.2f | %.0fk | %.2f | %.2f | %llu |\n", sizes[i],
              median (&plain) / 1e3, median (&cpu), median (&delayed) / 1e3, median (&delayed_cpu),
              median (&ratio), (unsigned long long) lost);
      fflush (stdout);
    }
  bench_lab_close (&lab);
}

static void
report_pairs (unsigned size)
{
  BenchLab lab;
  BenchFlow flow;

  bench_lab_open (&lab, 2 * PAIR_COUNT);
  flow = bench_flow (&lab, true, PAIR_COUNT, true, size, 0, 0.7);
  printf ("%d pairs, both ways, blast, %u bytes: %.0fk frames/s, %lld lost, %.2f s/M, PSS %ld kB\n",
          PAIR_COUNT, size, (double) flow.received / flow.seconds / 1e3,
          (long long) (flow.sent - flow.received), flow.cpu / (double) flow.received * 1e6,
          bench_lab_memory (&lab, "Pss:"));
  bench_lab_close (&lab);
}

static void
report_idle (void)
{
  BenchLab lab;
  uint64_t wakeups;
  double cpu;

  bench_lab_open (&lab, IDLE_PEERS);
  usleep (200000);
  wakeups = bench_lab_wakeups (&lab);
  cpu = bench_lab_cpu (&lab);
  sleep (IDLE_TIME);
  printf ("idle, %d ports on %d links: %llu wake-ups and %.0f us of CPU in %d s, RSS %ld kB, "
          "PSS %ld kB\n",
          IDLE_PEERS, IDLE_PEERS / 2, (unsigned long long) (bench_lab_wakeups (&lab) - wakeups),
          (bench_lab_cpu (&lab) - cpu) * 1e6, IDLE_TIME, bench_lab_memory (&lab, "Rss:"),
          bench_lab_memory (&lab, "Pss:"));
  bench_lab_close (&lab);
}

int
main (int argc, char **argv)
{
  unsigned rounds = 3;
  bool delay_only = false;
  BenchLab lab;

  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "--qlen") == 0 && i + 1 < argc)
      set_qlen ((unsigned) atoi (argv[++i]));
    else if (strcmp (argv[i], "--rounds") == 0 && i + 1 < argc)
      rounds = (unsigned) atoi (argv[++i]);
    else if (strcmp (argv[i], "--delay") == 0)
      delay_only = true;
    else
      {
        fputs ("Usage: relay-bench [--qlen N] [--rounds N] [--delay]\n", stderr);
        return 2;
      }
  if (rounds < 1 || rounds > MAX_ROUNDS)
    rounds = 3;

  printf ("net.unix.max_dgram_qlen is %u; medians of %u rounds; s/M: CPU seconds of the relay a "
          "million frames\n",
          get_qlen (), rounds);
  if (delay_only)
    {
      report_delay (rounds);
      return 0;
    }
  bench_lab_open (&lab, 2);
  report_rates (&lab, rounds);
  report_trips (&lab, rounds);
  bench_lab_close (&lab);
  puts ("");
  report_pairs (64);
  report_pairs (1514);
  report_idle ();
  report_delay (rounds);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What many ports, a slow link or a device that does not read do to all others. */

#include "bench-report.h"
#include "bench-series.h"
#include "bench-trial.h"

#include <stdio.h>
#include <unistd.h>

#define IDLE_PORTS  1000
#define IDLE_TIME   3
#define STUCK_PORTS 20

void
bench_report_idle (unsigned rounds, unsigned qlen)
{
  BenchLab lab;
  uint64_t wakeups;
  double cpu;

  bench_lab_open (&lab, IDLE_PORTS);
  usleep (500000);
  wakeups = bench_lab_wakeups (&lab);
  cpu = bench_lab_cpu (&lab);
  sleep (IDLE_TIME);
  printf ("\nidle, %d ports on %d links, %d s: %.0f us of CPU, PSS %ld kB\n", IDLE_PORTS,
          IDLE_PORTS / 2, IDLE_TIME, (bench_lab_cpu (&lab) - cpu) * 1e6,
          bench_lab_memory (&lab, "Pss:"));
  bench_at_most ("wake-ups", (double) (bench_lab_wakeups (&lab) - wakeups), 0);
  bench_at_most ("RSS, MB", (double) bench_lab_memory (&lab, "Rss:") / 1e3, 8);
  bench_lab_close (&lab);
}

/* The same flow in two labs, turn by turn. */
void
bench_report_ports (unsigned rounds, unsigned qlen)
{
  BenchSeries rate[2] = { 0 }, cpu[2] = { 0 }, rate_ratio = { 0 }, cpu_ratio = { 0 };
  BenchLab labs[2];

  bench_lab_open (&labs[0], 2);
  bench_lab_open (&labs[1], IDLE_PORTS + 2);
  for (unsigned round = 0; round < rounds; round++)
    {
      for (unsigned i = 0; i < 2; i++)
        {
          BenchFlow flow = bench_flow (&labs[i], true, 1, false, 64, 0, 0.5);

          bench_note (&rate[i], (double) flow.received / flow.seconds);
          bench_note (&cpu[i], flow.cpu / (double) flow.received * 1e6);
        }
      bench_note (&rate_ratio, rate[1].values[round] / rate[0].values[round]);
      bench_note (&cpu_ratio, cpu[1].values[round] / cpu[0].values[round]);
    }
  for (unsigned i = 0; i < 2; i++)
    bench_lab_close (&labs[i]);
  printf ("\n2 ports: %.0fk frames/s, %.2f s/M; beside %d idle ones: %.0fk, %.2f\n",
          bench_series_median (&rate[0]) / 1e3, bench_series_median (&cpu[0]), IDLE_PORTS,
          bench_series_median (&rate[1]) / 1e3, bench_series_median (&cpu[1]));
  bench_at_most ("CPU a frame, of that with 2 ports", bench_series_median (&cpu_ratio), 1.1);
  bench_at_least ("rate, of that with 2 ports", bench_series_median (&rate_ratio), 0.9);
}

/* A pair over a link with and without delay; the time counts from the first frame sent. */
void
bench_report_delay (unsigned rounds, unsigned qlen)
{
  static const unsigned sizes[] = { 64, 1514 };
  BenchSeries ratio[2] = { 0 };
  BenchLab lab;

  bench_lab_open (&lab, 2);
  puts ("\n| bytes | plain | s/M | delayed 100 ms | s/M | ratio | lost |\n"
        "| --- | --- | --- | --- | --- | --- | --- |");
  for (unsigned i = 0; i < 2; i++)
    {
      BenchSeries rate[2] = { 0 }, cpu[2] = { 0 };
      uint64_t lost = 0;

      for (unsigned round = 0; round < rounds; round++)
        {
          for (unsigned delayed = 0; delayed < 2; delayed++)
            {
              BenchFlow flow;

              bench_lab_command (&lab, delayed ? "impair 1:0/0 delay=100ms" : "impair 1:0/0 off");
              flow = bench_flow (&lab, true, 1, false, sizes[i], 0, 2);
              bench_note (&rate[delayed], (double) flow.received / flow.seconds);
              bench_note (&cpu[delayed], flow.cpu / (double) flow.received * 1e6);
              lost += flow.sent - flow.received;
            }
          bench_note (&ratio[i], rate[1].values[round] / rate[0].values[round]);
        }
      printf ("| %u | %.0fk | %.2f | %.0fk | %.2f | %.2f | %llu |\n", sizes[i],
              bench_series_median (&rate[0]) / 1e3, bench_series_median (&cpu[0]),
              bench_series_median (&rate[1]) / 1e3, bench_series_median (&cpu[1]),
              bench_series_median (&ratio[i]), (unsigned long long) lost);
      fflush (stdout);
    }
  bench_lab_close (&lab);
  puts ("");
  bench_at_least ("rate with 100 ms, 64 bytes", bench_series_median (&ratio[0]), 0.9);
  bench_at_least ("rate with 100 ms, 1514 bytes", bench_series_median (&ratio[1]), 0.9);
}

/* Device 1 sends at a rate to device 2 over a link with and without delay, and from another port as
 * fast as it can to device 3. */
void
bench_report_neighbour (unsigned rounds, unsigned qlen)
{
  const BenchSpec specs[] = {
    { .from = 0, .to = 1, .size = 594, .rate = 20000, .sleeps = true, .seconds = 1 },
    { .from = 0, .to = 2, .port = 0x10, .size = 594, .seconds = 1 },
  };
  BenchSeries rate[2] = { 0 }, ratio = { 0 };
  uint64_t lost = 0;
  BenchLab lab;

  bench_lab_open (&lab, 4);
  bench_lab_command (&lab, "link remove l3");
  bench_lab_command (&lab, "link add l3 1:0/1 3:0/0");
  for (unsigned round = 0; round < rounds; round++)
    {
      for (unsigned delayed = 0; delayed < 2; delayed++)
        {
          BenchFlow flows[2];

          bench_lab_command (&lab, delayed ? "impair 1:0/0 delay=100ms" : "impair 1:0/0 off");
          bench_flows (&lab, true, specs, 2, flows);
          bench_note (&rate[delayed], (double) flows[1].received / flows[1].seconds);
          lost += flows[0].sent - flows[0].received + flows[1].sent - flows[1].received;
        }
      bench_note (&ratio, rate[1].values[round] / rate[0].values[round]);
    }
  bench_lab_close (&lab);
  printf ("\nport beside a link at 20k frames/s: %.0fk frames/s, with 100 ms on that %.0fk\n",
          bench_series_median (&rate[0]) / 1e3, bench_series_median (&rate[1]) / 1e3);
  bench_at_least ("rate beside 100 ms of delay", bench_series_median (&ratio), 0.95);
  bench_at_most ("lost", (double) lost, 0);
}

/* Twenty flows into twenty ports. The last receiver's process is stopped in one of two turns. */
void
bench_report_stuck (unsigned rounds, unsigned qlen)
{
  BenchSeries rate[2] = { 0 }, ratio = { 0 };
  uint64_t lost = 0;
  BenchLab lab;

  bench_lab_open (&lab, 2 * STUCK_PORTS);
  for (unsigned round = 0; round < rounds; round++)
    {
      for (unsigned stuck = 0; stuck < 2; stuck++)
        {
          BenchSpec specs[STUCK_PORTS] = { 0 };
          BenchFlow flows[STUCK_PORTS];
          double sum = 0;

          for (unsigned i = 0; i < STUCK_PORTS; i++)
            specs[i] = (BenchSpec){
              .from = 2 * i,
              .to = 2 * i + 1,
              .size = 594,
              .seconds = 1.5,
              .stopped = stuck && i == STUCK_PORTS - 1,
            };
          bench_flows (&lab, true, specs, STUCK_PORTS, flows);
          for (unsigned i = 0; i < STUCK_PORTS - 1; i++)
            {
              sum += (double) flows[i].received / flows[i].seconds;
              lost += flows[i].sent - flows[i].received;
            }
          bench_note (&rate[stuck], sum);
        }
      bench_note (&ratio, rate[1].values[round] / rate[0].values[round]);
    }
  bench_lab_close (&lab);
  printf ("\n19 of %d ports: %.0fk frames/s, while the last does not read %.0fk\n", STUCK_PORTS,
          bench_series_median (&rate[0]) / 1e3, bench_series_median (&rate[1]) / 1e3);
  bench_at_least ("rate of the 19", bench_series_median (&ratio), 0.9);
  bench_at_most ("lost of the 19", (double) lost, 0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each sender and each receiver is a process, as devices are; they tell what they saw in shared
 * memory. Senders block, as sendto() does where nobody asked otherwise: what is lost was lost on
 * the way. */

#include "bench-trial.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_SAMPLES 200000
#define STEPS       7

/* A sender tells how much it sent before it ends; its receiver ends when that has come, or when
 * nothing more does. */
typedef struct
{
  _Atomic uint64_t sent, received;
  _Atomic int over; /* the sender has ended */
  double last;      /* when a frame last came */
} SharedFlow;

typedef struct
{
  _Atomic int ready, go;
  _Atomic int late;
  SharedFlow flows[BENCH_MAX_FLOWS];
  unsigned n_samples;
  float samples[MAX_SAMPLES];
} Shared;

static Shared *
new_shared (void)
{
  Shared *shared =
      mmap (NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

  if (shared == MAP_FAILED)
    bench_fail ("mmap");
  return shared;
}

static bool
send_frame (const BenchPeer *peer, bool relay, unsigned port, uint8_t *frame, unsigned size)
{
  const struct sockaddr_un *to = relay ? &peer->relay : &peer->direct;

  memcpy (frame, relay ? peer->relay_header : peer->direct_header, 8);
  frame[4] = frame[5] = (uint8_t) port;
  return sendto (peer->fd, frame, size + 8, 0, (const struct sockaddr *) to, sizeof *to) > 0;
}

static void
sleep_until (double when)
{
  struct timespec time = { (time_t) when, (long) ((when - (double) (time_t) when) * 1e9) };

  clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

/* Waits for its time: sleeps where that is far, else looks at the clock. */
static void
pace (double when)
{
  double left = when - bench_clock ();

  if (left > 200e-6)
    sleep_until (when - 100e-6);
  while (bench_clock () < when)
    ;
}

static void
run_sender (
    Shared *shared, SharedFlow *flow, const BenchLab *lab, bool relay, const BenchSpec *spec)
{
  const BenchPeer *peer = &lab->peers[spec->from];
  uint8_t frame[8 + 4096] = { 0 };
  double start, end;
  uint64_t sent = 0;

  memset (frame + 8, 0xff, 6);
  frame[14] = 2;
  frame[19] = (uint8_t) spec->from;
  prctl (PR_SET_TIMERSLACK, 1);
  shared->ready++;
  while (!shared->go)
    usleep (200);
  start = bench_clock ();
  end = start + spec->seconds;
  for (;;)
    {
      if (spec->rate > 0)
        {
          double due = start + (double) sent / spec->rate;

          if (due >= end)
            break;
          if (spec->sleeps)
            sleep_until (due);
          else if (sent % 8 == 0)
            pace (due);
        }
      else if (sent % 16 == 0 && bench_clock () >= end)
        break;
      if (!send_frame (peer, relay, spec->port, frame, spec->size))
        break;
      sent++;
    }
  if (bench_clock () > end + 0.02 * spec->seconds)
    shared->late = 1;
  flow->sent = sent;
  flow->over = 1;
  _exit (0);
}

static void
run_receiver (Shared *shared, SharedFlow *flow, const BenchPeer *peer)
{
  const struct timeval patience = { .tv_usec = 20000 };
  uint8_t frame[8 + 4096 + 1];
  uint64_t received = 0;
  unsigned waited = 0;

  setsockopt (peer->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  shared->ready++;
  while (waited < 15) /* longer than what report_delay() sets */
    {
      ssize_t n = recv (peer->fd, frame, sizeof frame, 0);

      if (n > 0)
        received++;
      waited = n <= 0 && flow->over ? waited + 1 : 0;
      if (n > 0 && (received % 64 == 0 || flow->over))
        flow->last = bench_clock ();
      if (flow->over && received >= flow->sent)
        break;
    }
  flow->received = received;
  _exit (0);
}

static pid_t
start (void)
{
  pid_t pid = fork ();

  if (pid < 0)
    bench_fail ("fork");
  if (pid == 0)
    prctl (PR_SET_PDEATHSIG, SIGKILL);
  return pid;
}

static void
empty (const BenchLab *lab)
{
  uint8_t frame[4200];

  for (unsigned i = 0; i < lab->n_peers; i++)
    while (recv (lab->peers[i].fd, frame, sizeof frame, MSG_DONTWAIT) > 0)
      ;
}

/* The processes of some flows, from their start to their end. */
typedef struct
{
  Shared *shared;
  const BenchSpec *specs;
  unsigned n;
  pid_t senders[BENCH_MAX_FLOWS], receivers[BENCH_MAX_FLOWS];
  double begin;
} Running;

static void
begin_flows (Running *run, const BenchLab *lab, bool relay, const BenchSpec *specs, unsigned n)
{
  unsigned ready = 0;

  *run = (Running){ .shared = new_shared (), .specs = specs, .n = n };
  empty (lab);
  for (unsigned i = 0; i < n; i++)
    {
      SharedFlow *flow = &run->shared->flows[i];

      if (!specs[i].stopped && (run->receivers[i] = start ()) == 0)
        run_receiver (run->shared, flow, &lab->peers[specs[i].to]);
      if ((run->senders[i] = start ()) == 0)
        run_sender (run->shared, flow, lab, relay, &specs[i]);
      ready += specs[i].stopped ? 1 : 2;
    }
  while (run->shared->ready < (int) ready)
    usleep (200);
  run->begin = bench_clock ();
  run->shared->go = 1;
}

static void
end_flows (Running *run, BenchFlow *results)
{
  for (unsigned i = 0; i < run->n; i++)
    waitpid (run->senders[i], NULL, 0);
  for (unsigned i = 0; i < run->n; i++)
    if (!run->specs[i].stopped)
      waitpid (run->receivers[i], NULL, 0);
  for (unsigned i = 0; i < run->n && results != NULL; i++)
    {
      const SharedFlow *flow = &run->shared->flows[i];

      results[i] = (BenchFlow){
        .sent = flow->sent,
        .received = flow->received,
        .seconds = flow->last > run->begin ? flow->last - run->begin : run->specs[i].seconds,
        .kept_pace = run->shared->late == 0,
      };
    }
  munmap (run->shared, sizeof *run->shared);
}

double
bench_flows (
    const BenchLab *lab, bool relay, const BenchSpec *specs, unsigned n, BenchFlow *results)
{
  Running run;
  double cpu = bench_lab_cpu (lab);

  begin_flows (&run, lab, relay, specs, n);
  end_flows (&run, results);
  return bench_lab_cpu (lab) - cpu;
}

BenchFlow
bench_flow (const BenchLab *lab,
            bool relay,
            unsigned n_pairs,
            bool both,
            unsigned size,
            double rate,
            double seconds)
{
  BenchSpec specs[BENCH_MAX_FLOWS] = { 0 };
  BenchFlow results[BENCH_MAX_FLOWS], sum = { .kept_pace = true };
  unsigned n = both ? 2 * n_pairs : n_pairs;

  for (unsigned i = 0; i < n; i++)
    {
      unsigned from = both ? i : 2 * i;

      specs[i] = (BenchSpec){
        .from = from, .to = from ^ 1, .size = size, .rate = rate, .seconds = seconds
      };
    }
  sum.cpu = bench_flows (lab, relay, specs, n, results);
  for (unsigned i = 0; i < n; i++)
    {
      sum.sent += results[i].sent;
      sum.received += results[i].received;
      sum.kept_pace &= results[i].kept_pace;
      if (results[i].seconds > sum.seconds)
        sum.seconds = results[i].seconds;
    }
  return sum;
}

/* A sender can be late because something else had the processor; so a rate is given up, with the
 * relay and without, only when it was missed three times. */
static bool
can_keep (const BenchLab *lab, bool relay, unsigned size, double rate)
{
  for (unsigned tries = 0; tries < 3; tries++)
    {
      BenchFlow flow = bench_flow (lab, relay, 1, false, size, rate, 0.15);

      if (flow.kept_pace && flow.received == flow.sent)
        return true;
    }
  return false;
}

double
bench_highest_rate (
    const BenchLab *lab, bool relay, unsigned size, double ceiling, double *cpu_a_million)
{
  double low = 0, high = ceiling;
  BenchFlow flow;

  for (unsigned step = 0; step < STEPS; step++)
    {
      double rate = (low + high) / 2;

      if (can_keep (lab, relay, size, rate))
        low = rate;
      else
        high = rate;
    }
  flow = bench_flow (lab, relay, 1, false, size, low, 0.3);
  *cpu_a_million = flow.received > 0 ? flow.cpu / (double) flow.received * 1e6 : 0;
  return low;
}

static void
run_echo (const BenchPeer *peer, bool relay)
{
  uint8_t frame[8 + 4096];
  const struct timeval forever = { 0 };

  setsockopt (peer->fd, SOL_SOCKET, SO_RCVTIMEO, &forever, sizeof forever);
  for (;;)
    {
      ssize_t n = recv (peer->fd, frame, sizeof frame, 0);

      if (n > 8)
        send_frame (peer, relay, 0, frame, (unsigned) n - 8);
    }
}

static void
run_asker (Shared *shared, const BenchPeer *peer, bool relay, double rate, double seconds)
{
  const struct timeval patience = { .tv_usec = 500000 };
  uint8_t frame[8 + 4096] = { 0 };
  double begin = bench_clock (), next = begin;

  setsockopt (peer->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  while (shared->n_samples < MAX_SAMPLES)
    {
      double before;

      if (rate > 0)
        sleep_until (next += 1 / rate);
      before = bench_clock ();
      if (before > begin + seconds)
        break;
      send_frame (peer, relay, 0, frame, 64);
      if (recv (peer->fd, frame, sizeof frame, 0) > 0)
        shared->samples[shared->n_samples++] = (float) (bench_clock () - before);
    }
  _exit (0);
}

static int
compare_samples (const void *a, const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

BenchTrip
bench_round_trip (const BenchLab *lab, bool relay, double rate, double seconds, double dense)
{
  const BenchSpec traffic = {
    .from = 2, .to = 3, .size = 594, .rate = dense, .sleeps = true, .seconds = seconds
  };
  Shared *shared = new_shared ();
  BenchTrip trip = { 0 };
  Running run;
  double cpu;
  pid_t echo, asker;

  empty (lab);
  cpu = bench_lab_cpu (lab);
  if (dense > 0)
    begin_flows (&run, lab, relay, &traffic, 1);
  if ((echo = start ()) == 0)
    run_echo (&lab->peers[1], relay);
  if ((asker = start ()) == 0)
    run_asker (shared, &lab->peers[0], relay, rate, seconds);
  waitpid (asker, NULL, 0);
  if (dense > 0)
    end_flows (&run, NULL);
  kill (echo, SIGKILL);
  waitpid (echo, NULL, 0);
  qsort (shared->samples, shared->n_samples, sizeof (float), compare_samples);
  if (shared->n_samples > 0)
    {
      trip.p50 = (double) shared->samples[shared->n_samples / 2] * 1e6;
      trip.p99 = (double) shared->samples[shared->n_samples * 99 / 100] * 1e6;
      trip.cpu = (bench_lab_cpu (lab) - cpu) / shared->n_samples * 1e6;
    }
  munmap (shared, sizeof *shared);
  return trip;
}

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

typedef struct
{
  _Atomic int ready, go, done;
  _Atomic uint64_t sent, received;
  _Atomic int late;
  double last[64];
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
send_frame (const BenchPeer *peer, bool relay, uint8_t *frame, unsigned size)
{
  const struct sockaddr_un *to = relay ? &peer->relay : &peer->direct;

  memcpy (frame, relay ? peer->relay_header : peer->direct_header, 8);
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
    Shared *shared, const BenchPeer *peer, bool relay, unsigned size, double rate, double seconds)
{
  uint8_t frame[8 + 4096] = { 0 };
  double start, end, worst = 0;
  uint64_t sent = 0;

  shared->ready++;
  while (!shared->go)
    usleep (200);
  start = bench_clock ();
  end = start + seconds;
  for (;;)
    {
      double now = start;

      if (rate > 0)
        {
          double due = start + (double) sent / rate;

          if (due >= end)
            break;
          if (sent % 8 == 0)
            {
              pace (due);
              now = bench_clock ();
              if (now - due > worst)
                worst = now - due;
            }
        }
      else if (sent % 16 == 0 && (now = bench_clock ()) >= end)
        break;
      if (!send_frame (peer, relay, frame, size))
        _exit (1);
      sent++;
    }
  if (bench_clock () > end + 0.02 * seconds)
    shared->late = 1;
  shared->sent += sent;
  _exit (0);
}

static void
run_receiver (Shared *shared, const BenchPeer *peer, unsigned index)
{
  const struct timeval patience = { .tv_usec = 300000 }; /* longer than what report_delay() sets */
  uint8_t frame[8 + 4096 + 1];
  uint64_t received = 0;

  setsockopt (peer->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  shared->ready++;
  for (;;)
    {
      ssize_t n = recv (peer->fd, frame, sizeof frame, 0);

      if (n > 0)
        received++;
      else if (shared->done)
        break;
      if (n > 0 && received % 64 == 0)
        shared->last[index % 64] = bench_clock ();
    }
  shared->received += received;
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

BenchFlow
bench_flow (const BenchLab *lab,
            bool relay,
            unsigned n_pairs,
            bool both,
            unsigned size,
            double rate,
            double seconds)
{
  Shared *shared = new_shared ();
  unsigned n = both ? 2 * n_pairs : n_pairs;
  pid_t senders[64], receivers[64];
  double begin, last = 0, cpu;
  BenchFlow flow;

  empty (lab);
  for (unsigned i = 0; i < n; i++)
    {
      unsigned from = both ? i : 2 * i;

      if ((receivers[i] = start ()) == 0)
        run_receiver (shared, &lab->peers[from ^ 1], i);
      if ((senders[i] = start ()) == 0)
        run_sender (shared, &lab->peers[from], relay, size, rate, seconds);
    }
  while (shared->ready < (int) (2 * n))
    usleep (200);
  cpu = bench_lab_cpu (lab);
  begin = bench_clock ();
  shared->go = 1;
  for (unsigned i = 0; i < n; i++)
    waitpid (senders[i], NULL, 0);
  shared->done = 1;
  for (unsigned i = 0; i < n; i++)
    waitpid (receivers[i], NULL, 0);
  for (unsigned i = 0; i < n; i++)
    if (shared->last[i % 64] > last)
      last = shared->last[i % 64];
  flow = (BenchFlow){
    .sent = shared->sent,
    .received = shared->received,
    .seconds = last > begin ? last - begin : seconds,
    .cpu = bench_lab_cpu (lab) - cpu,
    .kept_pace = shared->late == 0,
  };
  munmap (shared, sizeof *shared);
  return flow;
}

double
bench_highest_rate (
    const BenchLab *lab, bool relay, unsigned size, double ceiling, double *cpu_a_million)
{
  double low = 0, high = ceiling;

  *cpu_a_million = 0;
  for (unsigned step = 0; step < STEPS; step++)
    {
      double rate = (low + high) / 2;
      BenchFlow flow = bench_flow (lab, relay, 1, false, size, rate, 0.15);

      if (flow.kept_pace && flow.received == flow.sent)
        {
          low = rate;
          *cpu_a_million = flow.cpu / (double) flow.sent * 1e6;
        }
      else
        high = rate;
    }
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
        send_frame (peer, relay, frame, (unsigned) n - 8);
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
      send_frame (peer, relay, frame, 64);
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
bench_round_trip (const BenchLab *lab, bool relay, double rate, double seconds)
{
  Shared *shared = new_shared ();
  BenchTrip trip = { 0 };
  double cpu;
  pid_t echo, asker;

  empty (lab);
  cpu = bench_lab_cpu (lab);
  if ((echo = start ()) == 0)
    run_echo (&lab->peers[1], relay);
  if ((asker = start ()) == 0)
    run_asker (shared, &lab->peers[0], relay, rate, seconds);
  waitpid (asker, NULL, 0);
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

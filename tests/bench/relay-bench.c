/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast the relay is, against sockets that talk to each other directly: rounds of both in turn,
 * so that whatever else the machine does meets both; medians, and ratios within a round, each
 * beside its mark. Run by hand.
 *
 *   relay-bench [--qlen N] [--rounds N] [PART...]
 *
 * --qlen sets net.unix.max_dgram_qlen, in a network namespace of its own; only root may. The CPU is
 * that of the relay's process alone, system calls and what they wake included. */

#include "bench-report.h"
#include "bench-series.h"

#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define QLEN_FILE "/proc/sys/net/unix/max_dgram_qlen"

static const struct
{
  const char *name;
  void (*func) (unsigned rounds, unsigned qlen);
  const char *what;
} parts[] = {
  { "rates", bench_report_rates, "loss-free rate, blast, CPU" },
  { "trips", bench_report_trips, "round trips, alone and under dense traffic" },
  { "pairs", bench_report_pairs, "10 pairs, both ways at once" },
  { "idle", bench_report_idle, "1,000 ports that do nothing" },
  { "ports", bench_report_ports, "a frame's cost beside 1,000 idle ports" },
  { "delay", bench_report_delay, "a link with and without 100 ms" },
  { "neighbour", bench_report_neighbour, "another port of a device with such a link" },
  { "stuck", bench_report_stuck, "20 ports, of which one does not read" },
};

#define N_PARTS (sizeof parts / sizeof *parts)

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

static int
usage (void)
{
  fputs ("Usage: relay-bench [--qlen N] [--rounds N] [PART...]\nParts, of which all are measured "
         "if none is named:\n",
         stderr);
  for (unsigned i = 0; i < N_PARTS; i++)
    fprintf (stderr, "  %-10s %s\n", parts[i].name, parts[i].what);
  return 2;
}

static int
find_part (const char *name)
{
  for (unsigned i = 0; i < N_PARTS; i++)
    if (strcmp (parts[i].name, name) == 0)
      return (int) i;
  return -1;
}

/* A descriptor for each peer. */
static void
raise_descriptor_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
}

int
main (int argc, char **argv)
{
  bool wanted[N_PARTS] = { false }, all = true;
  unsigned rounds = 5;

  for (int i = 1; i < argc; i++)
    {
      int part = find_part (argv[i]);

      if (part >= 0)
        {
          wanted[part] = true;
          all = false;
        }
      else if (strcmp (argv[i], "--qlen") == 0 && i + 1 < argc)
        set_qlen ((unsigned) atoi (argv[++i]));
      else if (strcmp (argv[i], "--rounds") == 0 && i + 1 < argc)
        rounds = (unsigned) atoi (argv[++i]);
      else
        return usage ();
    }
  if (rounds < 1 || rounds > BENCH_MAX_ROUNDS)
    rounds = 5;
  raise_descriptor_limit ();

  printf ("net.unix.max_dgram_qlen is %u; medians of %u rounds; s/M: CPU seconds of the relay a "
          "million frames\n",
          get_qlen (), rounds);
  for (unsigned i = 0; i < N_PARTS; i++)
    if (all || wanted[i])
      parts[i].func (rounds, get_qlen ());
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a measurement needs: a private folder, peers with netio sockets, a relay between them. */

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/un.h>

#define BENCH_PSEUDO 1024

typedef struct
{
  unsigned id;
  int fd;
  struct sockaddr_un direct, relay; /* where its frames go: its partner, or the relay */
  uint8_t direct_header[8], relay_header[8];
} BenchPeer;

typedef struct
{
  char dir[64];
  pid_t relay;
  unsigned n_peers;
  BenchPeer *peers;
} BenchLab;

/* Peers 1 to `n_peers`, each two in turn linked, and a relay that runs. */
void bench_lab_open (BenchLab *lab, unsigned n_peers);
void bench_lab_close (BenchLab *lab);

/* One command to the relay, which must take it. */
void bench_lab_command (const BenchLab *lab, const char *line);

double bench_lab_cpu (const BenchLab *lab);                   /* seconds the relay has used */
uint64_t bench_lab_wakeups (const BenchLab *lab);             /* of the relay */
long bench_lab_memory (const BenchLab *lab, const char *key); /* kB, "Pss:" or "Rss:" */

double bench_clock (void);
void bench_fail (const char *what) __attribute__ ((noreturn));

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The floor under every relay: one process sends to itself, so that no time goes into waking
 * anybody, and only the calls that a relay has to make are timed; the median of many batches. */

#include "bench-series.h"
#include "bench-trial.h"

#include <sys/socket.h>
#include <unistd.h>

#define BATCH  8
#define ROUNDS 4000

typedef struct
{
  struct mmsghdr messages[BATCH];
  struct iovec parts[BATCH];
  char buffers[BATCH][4200];
} Batch;

static void
set_lengths (Batch *batch, size_t length)
{
  for (unsigned i = 0; i < BATCH; i++)
    {
      batch->parts[i] = (struct iovec){ batch->buffers[i], length };
      batch->messages[i].msg_hdr.msg_iov = &batch->parts[i];
      batch->messages[i].msg_hdr.msg_iovlen = 1;
    }
}

double
bench_floor (unsigned size)
{
  static Batch batch;
  static double used[ROUNDS];
  int in[2], out[2], n = BATCH;

  if (socketpair (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, in) < 0 ||
      socketpair (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, out) < 0)
    bench_fail ("socketpair");
  for (unsigned round = 0; round < ROUNDS && n == BATCH; round++)
    {
      double before;

      set_lengths (&batch, size + 8);
      sendmmsg (in[0], batch.messages, BATCH, 0);
      set_lengths (&batch, sizeof batch.buffers[0]);
      before = bench_clock ();
      n = recvmmsg (in[1], batch.messages, BATCH, MSG_DONTWAIT, NULL);
      for (int i = 0; i < n; i++)
        batch.parts[i].iov_len = batch.messages[i].msg_len;
      n = sendmmsg (out[0], batch.messages, n > 0 ? (unsigned) n : 0, MSG_DONTWAIT);
      used[round] = bench_clock () - before;
      recvmmsg (out[1], batch.messages, BATCH, MSG_DONTWAIT, NULL);
    }
  for (unsigned i = 0; i < 2; i++)
    {
      close (in[i]);
      close (out[i]);
    }
  if (n != BATCH)
    bench_fail ("datagrams to itself");
  return bench_median (used, ROUNDS) / BATCH * 1e6;
}

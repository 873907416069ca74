/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Datagrams from a device into a lab with everything there is: a direct link, switches with access,
 * trunk and QinQ ports, a hub, loops. The first byte of each piece of input says how long it is and
 * so where the next begins; what comes out must have a right header, and only what was sent may
 * come out. */

#include "fuzz-relay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_TAGS 8 /* bytes: a tag, and one around it */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const char *const commands[] = {
  "instance add 1 dir=/nonexistent ethernet=3 serial=1",
  "instance add 2 dir=/nonexistent ethernet=3 serial=1",
  "switch add s ports=6",
  "switch add t ports=6",
  "hub add h ports=4",
  "switch port s 1 access 10",
  "switch port s 2 trunk native=1",
  "switch port s 3 trunk native=10 allowed=1,5-20",
  "switch port t 2 trunk native=1",
  "switch port t 3 trunk native=5 allowed=1-30",
  "switch port t 1 access 10",
  "switch add q ports=3",
  "switch port q 0 qinq 100",
  "switch port q 1 trunk native=1",
  "switch port q 2 qinq 100",
  "switch port t 5 trunk native=7",
  "link add q t:5 q:0",
  "link add r 1:2/0 q:1",
  "link add s 2:2/0 q:2",
  "link add a 1:0/0 2:0/0",
  "link add b 1:3/0 2:3/0",
  "link add c 1:0/1 s:0",
  "link add d 1:0/2 s:1",
  "link add e 2:0/1 t:0",
  "link add f 2:0/2 t:3",
  "link add g s:2 t:2",
  "link add i s:3 t:4",
  "link add j 1:0/3 h:0",
  "link add k 2:0/3 h:1",
  "link add l h:2 s:5",
  "link add m 1:1/0 1:1/1",
  "link add n 1:1/2 2:1/2 unplugged",
  "nat add u",
  "tap add v interface=none",
  "link add o s:4 u:0",
  "link add p h:3 v:0",
  "impair 1:0/0 corrupt=20 duplicate=20 mtu=100 nth=9 seed=1",
  "impair 1:0/1 delay=1ms jitter=1ms",
  "impair s:2 duplicate=50 reorder=50 rate=1Gbit seed=2",
  "impair 1:3/0 loss=10 drop=ip6",
};

static int readers[3];
static size_t largest; /* that was sent: links keep frames back */

static void
connect_instance (Relay *relay, unsigned id)
{
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair) < 0)
    abort ();
  relay->instances[id]->tx.fd = pair[0];
  readers[id] = pair[1];
}

static Relay *
new_lab (void)
{
  Relay *relay = fuzz_relay_new (commands, RELAY_N_ELEMENTS (commands));

  connect_instance (relay, 1);
  connect_instance (relay, 2);
  return relay;
}

static void
check_output (Relay *relay, unsigned id)
{
  uint8_t out[IOU_MAX_DATAGRAM + 1];
  ssize_t n;

  while ((n = recv (readers[id], out, sizeof out, MSG_DONTWAIT)) >= 0)
    {
      IouHeader header = { 0 };

      if (n <= IOU_HEADER_SIZE || n > IOU_MAX_DATAGRAM || (size_t) n > largest + MAX_TAGS ||
          !iou_header_read (&header, out, (size_t) n) || header.dst_id != id ||
          header.src_id != IOU_MAX_ID || header.type != IOU_TYPE_DATA || header.channel != 0 ||
          header.dst_port != header.src_port ||
          relay_instance_port_index (relay->instances[id], header.dst_port) < 0)
        abort ();
    }
}

static void
send_one (Relay *relay, const uint8_t *data, size_t size, bool valid)
{
  uint8_t *datagram = malloc (size > 0 ? size : 1); /* its own, so that a read past it is seen */
  RelayInstance *source = relay->instances[1];

  memcpy (datagram, data, size);
  if (size > largest)
    largest = size;
  if (valid && size > IOU_HEADER_SIZE)
    {
      memcpy (datagram, source->expected, sizeof source->expected);
      datagram[4] = IOU_PORT (datagram[4] & 3, datagram[4] >> 2 & 3);
      datagram[6] = IOU_TYPE_DATA;
    }
  relay_forward_datagram (relay, source, datagram, (unsigned) size, false);
  relay_output_flush (relay);
  relay->loop.now += RELAY_NS_PER_MS;
  relay_lines_run (relay);
  for (unsigned id = 1; id <= 2; id++)
    {
      check_output (relay, id);
      relay_output_drain (relay, relay->instances[id]);
      check_output (relay, id);
    }
  free (datagram);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const uint8_t zeros[IOU_MAX_DATAGRAM];
  Relay *relay = new_lab ();

  largest = 0;
  while (size > 0)
    {
      bool valid = (*data & 0x80) != 0;
      size_t length = *data & 0x7f;

      data++, size--;
      if (length > size)
        length = size;
      send_one (relay, data, length, valid);
      data += length, size -= length;
    }
  send_one (relay, zeros, sizeof zeros, true);
  relay_free (relay);
  close (readers[1]);
  close (readers[2]);
  return 0;
}

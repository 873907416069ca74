/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A cable to another program, on this computer or another: each frame is a UDP datagram, with
 * nothing around it. That is what Dynamips, VPCS, QEMU and ubridge speak, and another relay.
 *
 * The socket is connected, so that the kernel takes datagrams from the other end only. When that is
 * this computer, the socket is bound to the loopback, out of reach for others. Nothing is
 * encrypted: who can send with the other end's address is in the lab.
 *
 * The other end may not be there yet: the kernel then says so (ECONNREFUSED) at the next call, and
 * that frame is counted as lost. */

#include "relay-tunnel.h"

#include "relay-private.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define A_TURN 64
#define BUFFER (1 << 20) /* bytes that may wait in the kernel */

typedef struct
{
  RelayWatch watch;
  RelayDevice *device;
  struct sockaddr_in local, remote;
} Tunnel;

static int
open_socket (const Tunnel *tunnel, RelayError *error)
{
  const int size = BUFFER;
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd < 0)
    {
      relay_error_set (error, "cannot make a socket: %s", strerror (errno));
      return -1;
    }
  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  if (bind (fd, (const struct sockaddr *) &tunnel->local, sizeof tunnel->local) < 0)
    relay_error_set (error, "port %u (UDP) of this computer cannot be used: %s",
                     ntohs (tunnel->local.sin_port), strerror (errno));
  else if (connect (fd, (const struct sockaddr *) &tunnel->remote, sizeof tunnel->remote) < 0)
    relay_error_set (error, "the other end of %s cannot be reached: %s", tunnel->device->name,
                     strerror (errno));
  else
    return fd;
  close (fd);
  return -1;
}

static void
tunnel_readable (Relay *relay, RelayWatch *watch, uint32_t events)
{
  RelayDevice *device = RELAY_CONTAINER_OF (watch, Tunnel, watch)->device;
  uint8_t bytes[IOU_MAX_PAYLOAD + 1];

  for (unsigned i = 0; i < A_TURN && !relay_device_is_full (device); i++)
    {
      ssize_t n = recv (watch->fd, bytes, sizeof bytes, MSG_DONTWAIT);

      if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        break;
      if (n < 0) /* what the other end did not take: it is not there */
        device->ports[0].counters->drops[RELAY_DROP_PEER_GONE]++;
      if (n > 0)
        relay_device_bring (relay, &device->ports[0], bytes, (size_t) n);
    }
  relay_device_wake (relay, device);
}

bool
relay_tunnel_open (Relay *relay,
                   RelayDevice *device,
                   unsigned port,
                   const struct sockaddr_in *remote,
                   RelayError *error)
{
  Tunnel *tunnel = relay_new0 (sizeof *tunnel);
  bool near = ntohl (remote->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
  int fd;

  device->own = tunnel;
  tunnel->device = device;
  tunnel->watch.fd = -1;
  tunnel->remote = *remote;
  tunnel->local.sin_family = AF_INET;
  tunnel->local.sin_port = htons ((uint16_t) port);
  tunnel->local.sin_addr.s_addr = htonl (near ? INADDR_LOOPBACK : INADDR_ANY);
  if (relay->offline)
    return true;
  fd = open_socket (tunnel, error);
  if (fd < 0)
    return false;
  if (relay_watch_add (relay, &tunnel->watch, fd, EPOLLIN, tunnel_readable))
    return true;
  tunnel->watch.fd = fd;
  return relay_error_set (error, "cannot watch the socket of %s", device->name);
}

void
relay_tunnel_describe (const RelayDevice *device, char *text)
{
  const Tunnel *tunnel = device->own;
  char address[INET_ADDRSTRLEN];

  inet_ntop (AF_INET, &tunnel->remote.sin_addr, address, sizeof address);
  snprintf (text, RELAY_TUNNEL_TEXT_SIZE, "port=%u remote=%s:%u", ntohs (tunnel->local.sin_port),
            address, ntohs (tunnel->remote.sin_port));
}

void
relay_tunnel_clear (Relay *relay, RelayDevice *device)
{
  Tunnel *tunnel = device->own;

  if (tunnel == NULL)
    return;
  relay_watch_remove (relay, &tunnel->watch);
  if (tunnel->watch.fd >= 0)
    close (tunnel->watch.fd);
  relay_loop_free_later (relay, tunnel);
}

void
relay_tunnel_input (Relay *relay, RelayPort *port, const RelayFrame *frame)
{
  const Tunnel *tunnel = port->device->own;
  uint8_t bytes[IOU_MAX_PAYLOAD];
  size_t length = relay_frame_write (frame, bytes);

  if (length == 0)
    port->counters->drops[RELAY_DROP_INVALID]++;
  else if (tunnel->watch.fd >= 0 && send (tunnel->watch.fd, bytes, length, MSG_DONTWAIT) < 0)
    port->counters
        ->drops[errno == EAGAIN || errno == ENOBUFS ? RELAY_DROP_QUEUE : RELAY_DROP_PEER_GONE]++;
}

void
relay_tunnel_run (Relay *relay, RelayDevice *device)
{
  Tunnel *tunnel = device->own;

  if (tunnel != NULL)
    relay_watch_set (relay, &tunnel->watch, relay_device_is_full (device) ? 0 : EPOLLIN);
}

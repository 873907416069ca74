/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A way out of the lab, without any right on the host: libslirp plays a router with DHCP and DNS,
 * and speaks to the outside by ordinary sockets of this process.
 *
 * The lab's side is 10.0.2.0/24: 10.0.2.2 is the router, 10.0.2.3 the name server, addresses are
 * given from 10.0.2.15 on. Each nat is a network of its own.
 *
 * libslirp wants to be asked which sockets to watch before each sleep, as with poll(). They are in
 * an epoll descriptor of this device, which stands in the relay's as one: so the relay's loop does
 * not look at them, and this device's run function asks once for all that happened in an iteration.
 * Between two such questions only changes reach the kernel. Timers exist while libslirp has
 * something to time.
 *
 * The host's loopback is out of reach unless asked for, also under its other names (127/8 and 0/8
 * as destinations), which libslirp would not stop. */

#include "relay-nat.h"

#include "relay-private.h"

#include <arpa/inet.h>
#include <libslirp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define MAX_EVENTS 64
#define ETHERTYPE  12
#define IP_TARGET  (RELAY_ETHERNET_HEADER + 16) /* where the destination of IPv4 is */

/* A socket of libslirp. */
typedef struct
{
  int fd;
  uint32_t wanted, watched, happened; /* EPOLL… */
  unsigned round;                     /* when it was last wanted */
} NatSocket;

typedef struct
{
  RelayWatch watch; /* fd: an epoll of the sockets */
  Relay *relay;
  RelayDevice *device;
  Slirp *slirp;
  bool host_access;
  uint64_t due; /* 0: no timer */
  unsigned round;
  NatSocket *sockets; /* in the order in which libslirp named them; others behind */
  unsigned n_sockets, n_wanted, room;
} Nat;

static ssize_t
send_packet (const void *data, size_t length, void *opaque)
{
  Nat *nat = opaque;

  relay_device_bring (nat->relay, &nat->device->ports[0], data, length);
  return (ssize_t) length;
}

static void
guest_error (const char *message, void *opaque)
{
}

static int64_t
clock_get_ns (void *opaque)
{
  return (int64_t) relay_clock ();
}

/* Timers of this kind are for IPv6, which is off. */
static void *
timer_new (SlirpTimerCb func, void *func_opaque, void *opaque)
{
  return NULL;
}

static void
timer_free (void *timer, void *opaque)
{
}

static void
timer_mod (void *timer, int64_t expire_time, void *opaque)
{
}

static void
register_poll_fd (int fd, void *opaque)
{
}

/* It is about to be closed, and its number may come again as another socket. */
static void
unregister_poll_fd (int fd, void *opaque)
{
  Nat *nat = opaque;

  for (unsigned i = 0; i < nat->n_sockets; i++)
    if (nat->sockets[i].fd == fd && nat->sockets[i].watched != 0)
      {
        epoll_ctl (nat->watch.fd, EPOLL_CTL_DEL, fd, NULL);
        nat->sockets[i].watched = 0;
        nat->sockets[i].happened = 0;
      }
}

static void
notify (void *opaque)
{
  Nat *nat = opaque;

  relay_device_wake (nat->relay, nat->device);
}

static const SlirpCb callbacks = {
  .send_packet = send_packet,
  .guest_error = guest_error,
  .clock_get_ns = clock_get_ns,
  .timer_new = timer_new,
  .timer_free = timer_free,
  .timer_mod = timer_mod,
  .register_poll_fd = register_poll_fd,
  .unregister_poll_fd = unregister_poll_fd,
  .notify = notify,
};

static const struct
{
  uint32_t epoll;
  int slirp;
} event_map[] = {
  { EPOLLIN, SLIRP_POLL_IN },   { EPOLLOUT, SLIRP_POLL_OUT }, { EPOLLPRI, SLIRP_POLL_PRI },
  { EPOLLERR, SLIRP_POLL_ERR }, { EPOLLHUP, SLIRP_POLL_HUP },
};

/* The socket of this number, moved to where the next wanted one belongs. */
static NatSocket *
place_socket (Nat *nat, int fd)
{
  NatSocket found = { .fd = fd };
  unsigned at = nat->n_wanted;

  while (at < nat->n_sockets && nat->sockets[at].fd != fd)
    at++;
  if (at == nat->n_sockets)
    {
      if (nat->n_sockets == nat->room)
        {
          nat->room = nat->room > 0 ? 2 * nat->room : 16;
          nat->sockets = relay_resize (nat->sockets, nat->room * sizeof *nat->sockets);
        }
      nat->n_sockets++;
    }
  else
    found = nat->sockets[at];
  nat->sockets[at] = nat->sockets[nat->n_wanted];
  nat->sockets[nat->n_wanted] = found;
  return &nat->sockets[nat->n_wanted++];
}

static int
add_poll (int fd, int events, void *opaque)
{
  Nat *nat = opaque;
  NatSocket *socket = place_socket (nat, fd);

  socket->wanted = 0;
  for (size_t i = 0; i < RELAY_N_ELEMENTS (event_map); i++)
    if (events & event_map[i].slirp)
      socket->wanted |= event_map[i].epoll;
  return (int) nat->n_wanted - 1;
}

static int
get_revents (int index, void *opaque)
{
  const Nat *nat = opaque;
  int events = 0;

  for (size_t i = 0; i < RELAY_N_ELEMENTS (event_map); i++)
    if (nat->sockets[index].happened & event_map[i].epoll)
      events |= event_map[i].slirp;
  return events;
}

static void
watch_socket (Nat *nat, NatSocket *socket, uint32_t wanted)
{
  struct epoll_event event = { .events = wanted, .data.fd = socket->fd };

  if (socket->watched == wanted)
    return;
  if (wanted == 0)
    epoll_ctl (nat->watch.fd, EPOLL_CTL_DEL, socket->fd, NULL);
  else if (epoll_ctl (nat->watch.fd, socket->watched != 0 ? EPOLL_CTL_MOD : EPOLL_CTL_ADD,
                      socket->fd, &event) < 0)
    wanted = 0;
  socket->watched = wanted;
}

/* Which sockets does libslirp want watched, and when does it want to be called? */
static void
ask_sockets (Nat *nat)
{
  uint32_t timeout = UINT32_MAX;

  nat->n_wanted = 0;
  slirp_pollfds_fill (nat->slirp, &timeout, add_poll, nat);
  for (unsigned i = 0; i < nat->n_sockets; i++)
    watch_socket (nat, &nat->sockets[i], i < nat->n_wanted ? nat->sockets[i].wanted : 0);
  nat->n_sockets = nat->n_wanted;
  nat->due = 0;
  if (timeout != UINT32_MAX)
    {
      nat->due = nat->relay->loop.now + timeout * RELAY_NS_PER_MS;
      relay_timer_arm (nat->relay, RELAY_TIMER_NAT, timeout * RELAY_NS_PER_MS);
    }
}

/* Lets libslirp read and write its sockets, and look at its timers. */
static void
poll_sockets (Nat *nat)
{
  struct epoll_event events[MAX_EVENTS];
  int n = epoll_wait (nat->watch.fd, events, MAX_EVENTS, 0);

  for (unsigned i = 0; i < nat->n_sockets; i++)
    nat->sockets[i].happened = 0;
  for (int i = 0; i < n; i++)
    for (unsigned k = 0; k < nat->n_sockets; k++)
      if (nat->sockets[k].fd == events[i].data.fd)
        nat->sockets[k].happened = events[i].events;
  slirp_pollfds_poll (nat->slirp, 0, get_revents, nat);
  relay_device_wake (nat->relay, nat->device);
}

static void
sockets_ready (Relay *relay, RelayWatch *watch, uint32_t events)
{
  poll_sockets (RELAY_CONTAINER_OF (watch, Nat, watch));
}

/* While the lab does not take what came, nothing more is read from outside. */
void
relay_nat_run (Relay *relay, RelayDevice *device)
{
  Nat *nat = device->own;

  if (nat == NULL || nat->slirp == NULL)
    return;
  relay_watch_set (relay, &nat->watch, relay_device_is_full (device) ? 0 : EPOLLIN);
  ask_sockets (nat);
}

void
relay_nat_check_timers (Relay *relay)
{
  RelayTableNode *node = NULL;

  while ((node = relay_table_next (&relay->devices, node)) != NULL)
    {
      RelayDevice *device = RELAY_CONTAINER_OF (node, RelayDevice, node);
      Nat *nat = device->kind == RELAY_DEVICE_NAT ? device->own : NULL;

      if (nat == NULL || nat->due == 0)
        continue;
      if (nat->due <= relay->loop.now)
        poll_sockets (nat);
      else
        relay_timer_arm (relay, RELAY_TIMER_NAT, nat->due - relay->loop.now);
    }
}

static Slirp *
new_slirp (Nat *nat)
{
  SlirpConfig config = {
    .version = 4,
    .in_enabled = true,
    .vnetwork.s_addr = htonl (0x0a000200),
    .vnetmask.s_addr = htonl (0xffffff00),
    .vhost.s_addr = htonl (0x0a000202),
    .vnameserver.s_addr = htonl (0x0a000203),
    .vdhcp_start.s_addr = htonl (0x0a00020f),
    .vhostname = "labwright",
    .disable_host_loopback = !nat->host_access,
  };

  return slirp_new (&config, &callbacks, nat);
}

bool
relay_nat_open (Relay *relay, RelayDevice *device, bool host_access, RelayError *error)
{
  Nat *nat = relay_new0 (sizeof *nat);
  int fd = -1;

  device->own = nat;
  nat->relay = relay;
  nat->device = device;
  nat->host_access = host_access;
  nat->watch.fd = -1;
  if (relay->offline)
    return true;
  fd = epoll_create1 (EPOLL_CLOEXEC);
  if (fd < 0 || !relay_watch_add (relay, &nat->watch, fd, EPOLLIN, sockets_ready) ||
      (nat->slirp = new_slirp (nat)) == NULL)
    {
      nat->watch.fd = fd;
      return relay_error_set (error, "%s: libslirp could not be set up", device->name);
    }
  relay_device_wake (relay, device);
  return true;
}

void
relay_nat_clear (Relay *relay, RelayDevice *device)
{
  Nat *nat = device->own;

  if (nat == NULL)
    return;
  if (nat->slirp != NULL)
    slirp_cleanup (nat->slirp);
  relay_watch_remove (relay, &nat->watch);
  if (nat->watch.fd >= 0)
    close (nat->watch.fd);
  free (nat->sockets);
  relay_loop_free_later (relay, nat);
}

bool
relay_nat_has_host_access (const RelayDevice *device)
{
  return ((const Nat *) device->own)->host_access;
}

bool
relay_nat_forward (RelayDevice *device, const RelayNatForward *forward, RelayError *error)
{
  Nat *nat = device->own;
  const struct in_addr loopback = { htonl (INADDR_LOOPBACK) };

  if (nat->slirp == NULL)
    return true;
  if (slirp_add_hostfwd (nat->slirp, forward->udp, loopback, forward->host_port, forward->guest,
                         forward->guest_port) < 0)
    return relay_error_set (error,
                            "port %u (%s) of this computer cannot be forwarded: another program "
                            "has it, or it needs a right",
                            forward->host_port, forward->udp ? "UDP" : "TCP");
  relay_device_wake (nat->relay, device);
  return true;
}

bool
relay_nat_unforward (RelayDevice *device, const RelayNatForward *forward, RelayError *error)
{
  Nat *nat = device->own;
  const struct in_addr loopback = { htonl (INADDR_LOOPBACK) };

  if (nat->slirp == NULL)
    return true;
  if (slirp_remove_hostfwd (nat->slirp, forward->udp, loopback, forward->host_port) < 0)
    return relay_error_set (error, "port %u is not forwarded", forward->host_port);
  relay_device_wake (nat->relay, device);
  return true;
}

/* 127/8, and 0/8 which Linux takes for the same. */
static bool
is_loopback (const uint8_t *frame, size_t length)
{
  return length > IP_TARGET && frame[ETHERTYPE] == 0x08 && frame[ETHERTYPE + 1] == 0x00 &&
         (frame[IP_TARGET] == 127 || frame[IP_TARGET] == 0);
}

void
relay_nat_input (Relay *relay, RelayPort *port, const RelayFrame *frame)
{
  Nat *nat = port->device->own;
  uint8_t bytes[IOU_MAX_PAYLOAD];
  size_t length = frame->length >= RELAY_ETHERNET_HEADER ? relay_frame_write (frame, bytes) : 0;

  if (length == 0 || (!nat->host_access && is_loopback (bytes, length)))
    {
      port->counters->drops[RELAY_DROP_INVALID]++;
      return;
    }
  if (nat->slirp == NULL)
    return;
  slirp_input (nat->slirp, bytes, (int) length);
  relay_device_wake (relay, port->device);
}

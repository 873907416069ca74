/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An interface of the host in the lab.
 *
 * The interface that is named is one of three:
 *   - a tap interface that somebody has made for this user ("ip tuntap add tap0 mode tap user …"):
 *     that is opened, and no right is needed;
 *   - a bridge: a tap interface is made, and put into it;
 *   - none that exists: a tap interface of this name is made.
 * Making one needs CAP_NET_ADMIN. What was made goes when the device goes.
 *
 * Other interfaces cannot be opened: whoever has the right puts them into a bridge. */

#include "relay-tap.h"

#include "relay-private.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define A_TURN 64

typedef struct
{
  RelayWatch watch;
  RelayDevice *device;
  char interface[RELAY_INTERFACE_MAX + 1];
} Tap;

typedef enum
{
  INTERFACE_NONE,
  INTERFACE_TAP,
  INTERFACE_BRIDGE,
  INTERFACE_OTHER
} InterfaceKind;

/* Its driver tells what it is. */
static InterfaceKind
find_kind (const char *interface)
{
  struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };
  struct ifreq request = { 0 };
  InterfaceKind kind = INTERFACE_OTHER;
  int fd;

  if (if_nametoindex (interface) == 0)
    return INTERFACE_NONE;
  memcpy (request.ifr_name, interface, strlen (interface) + 1);
  request.ifr_data = (void *) &info;
  fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && ioctl (fd, SIOCETHTOOL, &request) == 0)
    {
      if (strcmp (info.driver, "tun") == 0 && strcmp (info.bus_info, "tap") == 0)
        kind = INTERFACE_TAP;
      else if (strcmp (info.driver, "bridge") == 0)
        kind = INTERFACE_BRIDGE;
    }
  if (fd >= 0)
    close (fd);
  return kind;
}

static bool
refuse (RelayError *error, const char *interface, const char *what)
{
  if (errno == EPERM || errno == EACCES)
    return relay_error_set (error,
                            "you may not open the interface %s: ask for a tap interface of your "
                            "own (ip tuntap add %s mode tap user NAME)",
                            interface, interface);
  if (errno == EBUSY)
    return relay_error_set (error, "the interface %s is used by another program", interface);
  return relay_error_set (error, "cannot %s the interface %s: %s", what, interface,
                          strerror (errno));
}

static bool
put_into_bridge (int fd, struct ifreq *tap, const char *bridge, RelayError *error)
{
  struct ifreq request = { 0 };

  memcpy (request.ifr_name, bridge, strlen (bridge) + 1);
  if (ioctl (fd, SIOCGIFINDEX, tap) < 0)
    return refuse (error, bridge, "find");
  request.ifr_ifindex = tap->ifr_ifindex;
  return ioctl (fd, SIOCBRADDIF, &request) == 0 || refuse (error, bridge, "join");
}

/* Up, and in its bridge. An interface of the user's own may be up already, or be left to others. */
static bool
set_up (struct ifreq *tap, const char *bridge, bool made, RelayError *error)
{
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  bool done = true;

  if (fd < 0)
    return relay_error_set (error, "cannot make a socket: %s", strerror (errno));
  if (bridge != NULL)
    done = put_into_bridge (fd, tap, bridge, error);
  if (done && ioctl (fd, SIOCGIFFLAGS, tap) == 0 && !(tap->ifr_flags & IFF_UP))
    {
      tap->ifr_flags |= IFF_UP;
      if (ioctl (fd, SIOCSIFFLAGS, tap) < 0 && made)
        done = refuse (error, tap->ifr_name, "set up");
    }
  close (fd);
  return done;
}

static int
open_tap (const char *interface, RelayError *error)
{
  InterfaceKind kind = find_kind (interface);
  bool bridge = kind == INTERFACE_BRIDGE;
  struct ifreq request = { .ifr_flags = IFF_TAP | IFF_NO_PI };
  int fd;

  if (kind == INTERFACE_OTHER)
    {
      relay_error_set (error,
                       "%s is neither a tap interface nor a bridge: put it into a bridge, and name "
                       "that",
                       interface);
      return -1;
    }
  fd = open ("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    {
      refuse (error, interface, "open");
      return -1;
    }
  memcpy (request.ifr_name, bridge ? "lab%d" : interface, bridge ? 6 : strlen (interface) + 1);
  if (ioctl (fd, TUNSETIFF, &request) == 0)
    {
      if (set_up (&request, bridge ? interface : NULL, kind != INTERFACE_TAP, error))
        return fd;
    }
  else
    refuse (error, interface, "open");
  close (fd);
  return -1;
}

static void
tap_readable (Relay *relay, RelayWatch *watch, uint32_t events)
{
  Tap *tap = RELAY_CONTAINER_OF (watch, Tap, watch);
  RelayDevice *device = tap->device;
  uint8_t bytes[IOU_MAX_PAYLOAD + 1];
  ssize_t n = 0;

  for (unsigned i = 0; i < A_TURN && !relay_device_is_full (device); i++)
    {
      n = read (watch->fd, bytes, sizeof bytes);
      if (n <= 0)
        break;
      relay_device_bring (relay, &device->ports[0], bytes, (size_t) n);
    }
  /* Deleted by somebody: it would be readable for ever. */
  if (n < 0 && errno != EAGAIN && errno != EINTR)
    relay_watch_remove (relay, watch);
  relay_device_wake (relay, device);
}

bool
relay_tap_open (Relay *relay, RelayDevice *device, const char *interface, RelayError *error)
{
  Tap *tap = relay_new0 (sizeof *tap);
  int fd;

  device->own = tap;
  tap->device = device;
  tap->watch.fd = -1;
  memcpy (tap->interface, interface, strlen (interface) + 1);
  if (relay->offline)
    return true;
  fd = open_tap (interface, error);
  if (fd < 0)
    return false;
  if (relay_watch_add (relay, &tap->watch, fd, EPOLLIN, tap_readable))
    return true;
  tap->watch.fd = fd;
  return relay_error_set (error, "cannot watch the interface %s", interface);
}

const char *
relay_tap_interface (const RelayDevice *device)
{
  return ((const Tap *) device->own)->interface;
}

void
relay_tap_clear (Relay *relay, RelayDevice *device)
{
  Tap *tap = device->own;

  if (tap == NULL)
    return;
  relay_watch_remove (relay, &tap->watch);
  if (tap->watch.fd >= 0)
    close (tap->watch.fd);
  relay_loop_free_later (relay, tap);
}

void
relay_tap_input (Relay *relay, RelayPort *port, const RelayFrame *frame)
{
  const Tap *tap = port->device->own;
  uint8_t bytes[IOU_MAX_PAYLOAD];
  size_t length = frame->length >= RELAY_ETHERNET_HEADER ? relay_frame_write (frame, bytes) : 0;

  if (length == 0)
    port->counters->drops[RELAY_DROP_INVALID]++;
  else if (tap->watch.fd >= 0 && write (tap->watch.fd, bytes, length) < 0)
    port->counters->drops[errno == EAGAIN ? RELAY_DROP_QUEUE : RELAY_DROP_PEER_GONE]++;
}

void
relay_tap_run (Relay *relay, RelayDevice *device)
{
  Tap *tap = device->own;

  if (tap != NULL)
    relay_watch_set (relay, &tap->watch, relay_device_is_full (device) ? 0 : EPOLLIN);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An Ethernet port is a TAP device: the kernel hands us what it sends and takes what we write. A
 * serial port is a TUN device, which carries packets without any link layer. The kernel allows no
 * slash in the name of an interface, so a router's Ethernet0/1 is e0-1; the name with the slash is
 * the interface's alias, which “show interface” and “ip link” show.
 *
 * “shutdown” in FRR and “ip link set down” take the kernel's interface down; a netlink socket
 * tells us. */

#include "config.h"

#include "device-port.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/rtnetlink.h>

#include "device-netmap.h"
#include "iou-error.h"
#include "device-frame-relay.h"
#include "device-keepalive.h"
#include "device-link.h"

static DeviceWatch link_watch = { .fd = -1 };

static void
init_port (DeviceMachine *self, guint index)
{
  DevicePort *port = &self->ports[index];
  guint bay = index / IOU_PORTS_PER_ADAPTER;
  guint unit = index % IOU_PORTS_PER_ADAPTER;

  port->machine = self;
  port->serial = index >= self->n_ethernet;
  port->byte = IOU_PORT (bay, unit);
  port->tap.fd = -1;
  self->kind->name_port (port);
}

gboolean
device_ports_init (DeviceMachine *self,
                   guint ethernet_adapters,
                   guint serial_adapters,
                   gboolean ignore_netmap,
                   GError **error)
{
  g_autoptr (IouNetmap) netmap = NULL;

  if (!ignore_netmap && !device_netmap_load (&netmap, error))
    return FALSE;

  self->has_netmap = netmap != NULL;
  self->n_ethernet = ethernet_adapters * IOU_PORTS_PER_ADAPTER;
  self->n_ports = self->n_ethernet + serial_adapters * IOU_PORTS_PER_ADAPTER;
  self->ports = g_new0 (DevicePort, MAX (self->n_ports, 1));
  for (guint i = 0; i < self->n_ports; i++)
    {
      init_port (self, i);
      if (netmap != NULL)
        self->ports[i].peers = device_netmap_dup_peers (netmap, self->id, self->ports[i].byte);
    }
  return device_frame_relay_load (self, error);
}

DevicePort *
device_find_port (DeviceMachine *self, guint8 byte)
{
  guint index = IOU_PORT_BAY (byte) * IOU_PORTS_PER_ADAPTER + IOU_PORT_UNIT (byte);

  if (IOU_PORT_UNIT (byte) > IOU_MAX_UNIT || index >= self->n_ports)
    return NULL;
  return &self->ports[index];
}

static gboolean
set_tun_error (DeviceMachine *machine, const char *tun, GError **error)
{
  int code = errno;

  if (code == EACCES || code == EPERM)
    g_set_error (error, IOU_ERROR, IOU_ERROR_PERMISSION,
                 "This user may not open %s, which makes the %s's ports: let an "
                 "administrator run “chmod 0666 %s”.",
                 tun, machine->kind->noun, tun);
  else
    g_set_error (error, IOU_ERROR, IOU_ERROR_MISSING,
                 "This system has no TUN devices, which the %s's ports are made of (%s: %s): "
                 "let an administrator run “modprobe tun”.",
                 machine->kind->noun, tun, g_strerror (code));
  return FALSE;
}

/* In the device's own root the file is no more; a descriptor of it can be opened again. */
static int
open_tun (DeviceMachine *self, const char *name, gboolean packets, int *index)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", self->tun);

  return device_link_open (name, packets, path, index);
}

int
device_port_open_tap (DeviceMachine *self, const char *name, int *index)
{
  return open_tun (self, name, FALSE, index);
}

int
device_port_open_tun (DeviceMachine *self, const char *name, int *index)
{
  return open_tun (self, name, TRUE, index);
}

/* The address of an IOU of our id: contract, section 14. */
void
device_port_write_mac (DevicePort *port, guint8 mac[6])
{
  guint id = port->machine->id;
  const guint8 bytes[6] = { 0xaa, 0xbb, 0xcc, (guint8) (id >> 8), (guint8) id, port->byte };

  memcpy (mac, bytes, sizeof bytes);
}

static gboolean
set_ports_error (DeviceMachine *self, GError **error)
{
  g_set_error (error, IOU_ERROR, IOU_ERROR_IO, "The %s's interfaces cannot be made: %s",
               self->kind->noun, g_strerror (errno));
  return FALSE;
}

static gboolean
create_port (DevicePort *port, const char *tun, int netlink, GError **error)
{
  guint8 mac[6];

  port->tap.fd = open_tun (port->machine, port->name, port->serial, &port->index);
  if (port->tap.fd < 0)
    return set_tun_error (port->machine, tun, error);
  port->carrier = TRUE;
  device_port_write_mac (port, mac);
  if (!device_link_configure (netlink, port->index, port->long_name, port->serial ? NULL : mac) ||
      (port->frame_relay != NULL && !device_frame_relay_create (port->frame_relay, netlink)))
    return set_ports_error (port->machine, error);
  return TRUE;
}

static gboolean
set_loopback_up (void)
{
  struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP };
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  gboolean done = fd >= 0 && ioctl (fd, SIOCSIFFLAGS, &request) == 0;

  if (fd >= 0)
    close (fd);
  return done;
}

gboolean
device_ports_create (DeviceMachine *self, const char *tun, GError **error)
{
  int netlink;
  gboolean done;

  self->tun = open (tun, O_PATH | O_CLOEXEC);
  if (self->tun < 0)
    return set_tun_error (self, tun, error);
  netlink = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  done = (netlink >= 0 && set_loopback_up ()) || set_ports_error (self, error);

  for (guint i = 0; done && i < self->n_ports; i++)
    done = create_port (&self->ports[i], tun, netlink, error);
  if (netlink >= 0)
    close (netlink);
  return done;
}

static void
link_changed (DeviceMachine *self, const struct ifinfomsg *link)
{
  gboolean shut = (link->ifi_flags & IFF_UP) == 0;

  for (guint i = 0; i < self->n_ports; i++)
    {
      DevicePort *port = &self->ports[i];

      if (port->index == link->ifi_index)
        device_keepalive_set_shut (port, shut);
      else if (port->frame_relay != NULL)
        device_frame_relay_set_shut (port->frame_relay, link->ifi_index, shut);
    }
}

static void
on_link (gpointer data, int fd, short revents)
{
  DeviceMachine *self = data;
  union
  {
    struct nlmsghdr header;
    char bytes[8192];
  } buffer;
  ssize_t length = recv (fd, &buffer, sizeof buffer, MSG_DONTWAIT);
  struct nlmsghdr *message = &buffer.header;

  for (gsize left = length > 0 ? (gsize) length : 0; NLMSG_OK (message, left);
       message = NLMSG_NEXT (message, left))
    if (message->nlmsg_type == RTM_NEWLINK &&
        message->nlmsg_len >= NLMSG_LENGTH (sizeof (struct ifinfomsg)))
      {
        link_changed (self, NLMSG_DATA (message));
        if (self->kind->link_changed != NULL)
          self->kind->link_changed (self, message);
      }
}

gboolean
device_ports_watch (DeviceMachine *self, GError **error)
{
  struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK };
  int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE);

  if (fd < 0 || bind (fd, (struct sockaddr *) &address, sizeof address) != 0)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_IO, "The interfaces cannot be watched: %s",
                   g_strerror (errno));
      return FALSE;
    }
  link_watch = (DeviceWatch){ .fd = fd, .events = POLLIN, .func = on_link, .data = self };
  device_watch_add (&link_watch);
  return TRUE;
}

void
device_port_update_carrier (DevicePort *port)
{
  device_link_set_carrier (port->tap.fd, port->line_up && (!port->serial || port->protocol_up),
                           &port->carrier);
  if (port->frame_relay != NULL)
    device_frame_relay_update (port->frame_relay);
  if (port->machine->kind->carrier_changed != NULL)
    port->machine->kind->carrier_changed (port);
}

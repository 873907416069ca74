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
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/rtnetlink.h>

#include "device-netmap.h"
#include "iou-error.h"
#include "device-keepalive.h"

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
  return TRUE;
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

static gboolean
open_tap (DevicePort *port, const char *tun, GError **error)
{
  struct ifreq request = { 0 };

  port->tap.fd = open (tun, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (port->tap.fd < 0)
    return set_tun_error (port->machine, tun, error);
  request.ifr_flags = (short) ((port->serial ? IFF_TUN : IFF_TAP) | IFF_NO_PI);
  g_strlcpy (request.ifr_name, port->name, sizeof request.ifr_name);
  if (ioctl (port->tap.fd, TUNSETIFF, &request) != 0)
    return set_tun_error (port->machine, tun, error);
  port->index = (int) if_nametoindex (port->name);
  port->carrier = TRUE;
  return TRUE;
}

typedef union
{
  struct
  {
    struct nlmsghdr header;
    struct ifinfomsg link;
  };
  char bytes[256];
} LinkMessage;

static void
add_attribute (LinkMessage *message, unsigned short type, const void *data, gsize length)
{
  gsize at = NLMSG_ALIGN (message->header.nlmsg_len);
  struct rtattr attribute = { .rta_len = (unsigned short) RTA_LENGTH (length), .rta_type = type };

  memcpy (message->bytes + at, &attribute, sizeof attribute);
  memcpy (message->bytes + at + RTA_LENGTH (0), data, length);
  message->header.nlmsg_len = (guint32) (at + RTA_ALIGN (attribute.rta_len));
}

/* Alias, hardware address and “up”, in one message. The address is that of an IOU of our id:
 * contract, section 14. */
static gboolean
configure_link (int netlink, DevicePort *port)
{
  guint id = port->machine->id;
  const guint8 mac[6] = { 0xaa, 0xbb, 0xcc, (guint8) (id >> 8), (guint8) id, port->byte };
  LinkMessage message = {
    .header = { .nlmsg_len = NLMSG_LENGTH (sizeof (struct ifinfomsg)),
                .nlmsg_type = RTM_NEWLINK,
                .nlmsg_flags = NLM_F_REQUEST },
    .link = { .ifi_index = port->index, .ifi_flags = IFF_UP, .ifi_change = IFF_UP },
  };

  add_attribute (&message, IFLA_IFALIAS, port->long_name, strlen (port->long_name));
  if (!port->serial)
    add_attribute (&message, IFLA_ADDRESS, mac, sizeof mac);
  return send (netlink, &message, message.header.nlmsg_len, 0) >= 0;
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
  int netlink = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  gboolean done = netlink >= 0 && set_loopback_up ();

  for (guint i = 0; done && i < self->n_ports; i++)
    {
      if (!open_tap (&self->ports[i], tun, error))
        {
          close (netlink);
          return FALSE;
        }
      done = configure_link (netlink, &self->ports[i]);
    }
  if (!done)
    g_set_error (error, IOU_ERROR, IOU_ERROR_IO, "The %s's interfaces cannot be made: %s",
                 self->kind->noun, g_strerror (errno));
  if (netlink >= 0)
    close (netlink);
  return done;
}

static void
link_changed (DeviceMachine *self, const struct ifinfomsg *link)
{
  for (guint i = 0; i < self->n_ports; i++)
    if (self->ports[i].index == link->ifi_index)
      device_keepalive_set_shut (&self->ports[i], (link->ifi_flags & IFF_UP) == 0);
}

static void
on_link (gpointer data, int fd, short revents)
{
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
      link_changed (data, NLMSG_DATA (message));
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
  int carrier = port->line_up && (!port->serial || port->protocol_up);

  if (port->carrier == carrier)
    return;
  /* Refused while the interface is down; told again when it comes up. */
  if (ioctl (port->tap.fd, TUNSETCARRIER, &carrier) == 0)
    port->carrier = carrier;
}

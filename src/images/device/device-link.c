/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "device-link.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/rtnetlink.h>

#define MAC_LENGTH 6
#define MAX_ALIAS  200

int
device_link_open (const char *name, gboolean packets, const char *tun, int *index)
{
  struct ifreq request = { .ifr_flags = (short) ((packets ? IFF_TUN : IFF_TAP) | IFF_NO_PI) };
  int fd = open (tun, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  int code;

  if (fd < 0)
    return -1;
  g_strlcpy (request.ifr_name, name, sizeof request.ifr_name);
  if (ioctl (fd, TUNSETIFF, &request) == 0)
    {
      *index = (int) if_nametoindex (name);
      return fd;
    }
  code = errno;
  close (fd);
  errno = code;
  return -1;
}

typedef union
{
  struct
  {
    struct nlmsghdr header;
    struct ifinfomsg link;
  };
  char bytes[256 + MAX_ALIAS];
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

static void
begin_message (LinkMessage *message, int index, const char *alias)
{
  *message = (LinkMessage){
    .header = { .nlmsg_len = NLMSG_LENGTH (sizeof (struct ifinfomsg)),
                .nlmsg_type = RTM_NEWLINK,
                .nlmsg_flags = NLM_F_REQUEST },
    .link = { .ifi_index = index },
  };
  add_attribute (message, IFLA_IFALIAS, alias, MIN (strlen (alias), MAX_ALIAS));
}

gboolean
device_link_configure (int netlink, int index, const char *alias, const guint8 *mac)
{
  LinkMessage message;

  begin_message (&message, index, alias);
  message.link.ifi_flags = message.link.ifi_change = IFF_UP;
  if (mac != NULL)
    add_attribute (&message, IFLA_ADDRESS, mac, MAC_LENGTH);
  return send (netlink, &message, message.header.nlmsg_len, 0) >= 0;
}

void
device_link_set_carrier (int fd, gboolean wanted, gboolean *carrier)
{
  int value = wanted;

  if (*carrier == wanted)
    return;
  if (ioctl (fd, TUNSETCARRIER, &value) == 0)
    *carrier = wanted;
}

void
device_link_set_alias (int index, const char *alias)
{
  int netlink = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  LinkMessage message;

  begin_message (&message, index, alias);
  if (netlink < 0 || send (netlink, &message, message.header.nlmsg_len, 0) < 0)
    g_info ("Cannot set the alias of an interface: %s", g_strerror (errno));
  if (netlink >= 0)
    close (netlink);
}

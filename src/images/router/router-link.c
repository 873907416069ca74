/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "router-link.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

/* The kernel's rules: the table of local addresses stands first, those of VRFs at 1000. */
#define LOCAL_FIRST 0
#define LOCAL_LAST  32765

typedef union
{
  struct
  {
    struct nlmsghdr header;
    union
    {
      struct ifinfomsg link;
      struct ifaddrmsg address;
      struct fib_rule_hdr rule;
    };
  };
  char bytes[512];
} Message;

static Message
begin (guint type, guint flags, gsize size)
{
  return (Message){ .header = { .nlmsg_len = (guint32) NLMSG_LENGTH (size),
                                .nlmsg_type = (guint16) type,
                                .nlmsg_flags = (guint16) (NLM_F_REQUEST | NLM_F_ACK | flags) } };
}

static gsize
add (Message *message, guint type, const void *data, gsize length)
{
  gsize at = NLMSG_ALIGN (message->header.nlmsg_len);
  struct rtattr attribute = { .rta_len = (unsigned short) RTA_LENGTH (length),
                              .rta_type = (unsigned short) type };
  char *place = (char *) message + at;

  g_assert (at + RTA_SPACE (length) <= sizeof *message);
  memcpy (place, &attribute, sizeof attribute);
  if (length > 0)
    memcpy (place + RTA_LENGTH (0), data, length);
  message->header.nlmsg_len = (guint32) (at + RTA_ALIGN (attribute.rta_len));
  return at;
}

/* What was added since @at, the place of an empty attribute, becomes its content. */
static void
nest (Message *message, gsize at)
{
  unsigned short length = (unsigned short) (message->header.nlmsg_len - at);

  memcpy (message->bytes + at, &length, sizeof length);
}

static int
ask (const Message *message)
{
  union
  {
    struct nlmsghdr header;
    char bytes[1024];
  } answer;
  struct nlmsgerr result = { .error = -EIO };
  int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

  if (fd >= 0 && send (fd, message, message->header.nlmsg_len, 0) >= 0 &&
      recv (fd, &answer, sizeof answer, 0) >= (ssize_t) NLMSG_LENGTH (sizeof result) &&
      answer.header.nlmsg_type == NLMSG_ERROR)
    memcpy (&result, answer.bytes + NLMSG_HDRLEN, sizeof result);
  if (fd >= 0)
    close (fd);
  return result.error;
}

int
router_link_change (const RouterLinkChange *change)
{
  Message message = begin (RTM_NEWLINK, 0, sizeof message.link);
  guint32 master = (guint32) change->master;

  message.link.ifi_index = change->index;
  if (change->up >= 0)
    {
      message.link.ifi_flags = change->up ? IFF_UP : 0;
      message.link.ifi_change = IFF_UP;
    }
  if (change->no_arp)
    {
      message.link.ifi_flags |= IFF_NOARP;
      message.link.ifi_change |= IFF_NOARP;
    }
  if (change->alias != NULL)
    add (&message, IFLA_IFALIAS, change->alias, strlen (change->alias));
  if (change->mac != NULL)
    add (&message, IFLA_ADDRESS, change->mac, 6);
  if (change->master >= 0)
    add (&message, IFLA_MASTER, &master, sizeof master);
  if (change->queue > 0)
    add (&message, IFLA_TXQLEN, &change->queue, sizeof (guint32));
  return ask (&message);
}

int
router_link_begin (int index, const char *alias, const guint8 *mac)
{
  RouterLinkChange change = ROUTER_LINK_CHANGE (index);

  change.up = TRUE;
  change.alias = alias;
  change.mac = mac;
  return router_link_change (&change);
}

/* @type: of an attribute that this kind has; 0: none. */
static int
create (Message *message, const char *name, const char *kind, guint type, guint32 value)
{
  gsize info;
  gsize data;

  add (message, IFLA_IFNAME, name, strlen (name) + 1);
  info = add (message, IFLA_LINKINFO, NULL, 0);
  add (message, IFLA_INFO_KIND, kind, strlen (kind));
  if (type != 0)
    {
      data = add (message, IFLA_INFO_DATA, NULL, 0);
      add (message, type, &value, sizeof value);
      nest (message, data);
    }
  nest (message, info);
  return ask (message);
}

static Message
begin_link (void)
{
  Message message = begin (RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, sizeof message.link);

  message.link.ifi_flags = message.link.ifi_change = IFF_UP;
  return message;
}

int
router_link_create_bridge (const char *name, const guint8 mac[6])
{
  Message message = begin_link ();

  add (&message, IFLA_ADDRESS, mac, 6);
  return create (&message, name, "bridge", 0, 0);
}

int
router_link_create_vrf (const char *name, guint table)
{
  Message message = begin_link ();

  return create (&message, name, "vrf", IFLA_VRF_TABLE, table);
}

int
router_link_create_macvlan (const char *name, int parent, const guint8 mac[6])
{
  /* Not up: there may be something to set before. */
  Message message = begin (RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, sizeof message.link);
  guint32 index = (guint32) parent;

  add (&message, IFLA_LINK, &index, sizeof index);
  add (&message, IFLA_ADDRESS, mac, 6);
  return create (&message, name, "macvlan", IFLA_MACVLAN_MODE, MACVLAN_MODE_BRIDGE);
}

int
router_link_delete (int index)
{
  Message message = begin (RTM_DELLINK, 0, sizeof message.link);

  message.link.ifi_index = index;
  return ask (&message);
}

int
router_link_set_address (int index, gboolean add_it, int family, const void *address)
{
  Message message = begin (add_it ? RTM_NEWADDR : RTM_DELADDR,
                           add_it ? NLM_F_CREATE | NLM_F_REPLACE : 0, sizeof message.address);
  gsize length = family == AF_INET ? 4 : 16;
  guint32 flags = family == AF_INET6 ? IFA_F_NODAD : 0;

  message.address.ifa_family = (guint8) family;
  message.address.ifa_prefixlen = (guint8) (length * 8);
  message.address.ifa_index = (guint32) index;
  add (&message, IFA_LOCAL, address, length);
  add (&message, IFA_ADDRESS, address, length);
  if (add_it && flags != 0)
    add (&message, IFA_FLAGS, &flags, sizeof flags);
  return ask (&message);
}

static int
change_rule (guint type, guint flags, int family, guint32 priority)
{
  Message message = begin (type, flags, sizeof message.rule);

  message.rule.family = (guint8) family;
  message.rule.table = RT_TABLE_LOCAL;
  message.rule.action = FR_ACT_TO_TBL;
  add (&message, FRA_PRIORITY, &priority, sizeof priority);
  return ask (&message);
}

int
router_link_put_vrfs_first (void)
{
  static const int families[] = { AF_INET, AF_INET6 };
  int result = 0;

  for (guint i = 0; i < G_N_ELEMENTS (families) && result == 0; i++)
    {
      result = change_rule (RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL, families[i], LOCAL_LAST);
      if (result == 0)
        result = change_rule (RTM_DELRULE, 0, families[i], LOCAL_FIRST);
    }
  return result;
}

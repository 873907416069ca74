/* SPDX-License-Identifier: GPL-3.0-or-later */

/* vrrpd finds for each group a macvlan interface over the group's own that has the group's hardware
 * address (RFC 5798, section 7.3: 00:00:5e:00:01 and the group's number, 00:00:5e:00:02 for IPv6),
 * and has it held down (“protodown”) while another router is master. The group's addresses are put
 * on it for as long as it is not held down, so that only the master answers to them; that it was
 * held down once says that vrrpd has it in hand. */

#include "config.h"

#include "router-vrrp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/rtnetlink.h>

#include "device-console.h"
#include "router-lines.h"
#include "router-link.h"
#include "router-system.h"

#define ADDRESS_SIZE 16

typedef struct
{
  char interface[ROUTER_NAME_SIZE];
  guint group;
  int family;
  int index;          /* of the macvlan */
  GArray *addresses;  /* of ADDRESS_SIZE bytes each */
  gboolean held_once; /* vrrpd has it in hand */
  gboolean up;
} Group;

static GPtrArray *groups;

static void
free_group (gpointer data)
{
  Group *self = data;

  g_array_unref (self->addresses);
  g_free (self);
}

static Group *
find_group (const char *interface, guint number, int family)
{
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      Group *group = g_ptr_array_index (groups, i);

      if (group->group == number && group->family == family &&
          strcmp (group->interface, interface) == 0)
        return group;
    }
  return NULL;
}

/* Not up before it is known what it does in which protocol. */
static int
set_up (int parent, const char *interface, const char *name, guint number, int family)
{
  const guint8 mac[6] = { 0, 0, 0x5e, 0, family == AF_INET ? 1 : 2, (guint8) number };
  int code = router_link_create_macvlan (name, parent, mac);
  RouterLinkChange change = ROUTER_LINK_CHANGE ((int) if_nametoindex (name));

  if (code != 0)
    return code;
  if (family == AF_INET)
    router_system_set (name, "ipv6", "disable_ipv6", "1");
  else
    router_system_set (name, "ipv6", "addr_gen_mode", "3");
  /* The group's address is not this interface's to tell of, neither asked nor asking. */
  router_system_set (interface, "ipv4", "arp_ignore", "1");
  router_system_set (interface, "ipv4", "arp_announce", "2");
  change.up = TRUE;
  return router_link_change (&change);
}

static Group *
create_group (const char *interface, guint number, int family)
{
  static gboolean said;
  int parent = (int) if_nametoindex (interface);
  g_autofree char *name =
      g_strdup_printf ("vrrp%d-%d-%u", family == AF_INET ? 4 : 6, parent, number);
  int code = parent > 0 ? set_up (parent, interface, name, number, family) : -ENODEV;
  Group *group;

  if (code != 0 && parent > 0 && !said)
    device_say ("%% This kernel has no macvlan interfaces (module macvlan), which FRRouting’s VRRP "
                "needs: groups stay down.");
  if (code != 0)
    {
      said |= parent > 0;
      return NULL;
    }

  group = g_new0 (Group, 1);
  g_strlcpy (group->interface, interface, sizeof group->interface);
  group->group = number;
  group->family = family;
  group->index = (int) if_nametoindex (name);
  group->addresses = g_array_new (FALSE, TRUE, ADDRESS_SIZE);
  if (groups == NULL)
    groups = g_ptr_array_new_with_free_func (free_group);
  g_ptr_array_add (groups, group);
  return group;
}

/* Its place among the group's addresses, or -1. */
static int
find_address (Group *group, const guint8 *address)
{
  for (guint i = 0; i < group->addresses->len; i++)
    if (memcmp (group->addresses->data + (gsize) i * ADDRESS_SIZE, address, ADDRESS_SIZE) == 0)
      return (int) i;
  return -1;
}

static int
read_address (const char *text, guint8 address[ADDRESS_SIZE])
{
  int family = strchr (text, ':') != NULL ? AF_INET6 : AF_INET;

  memset (address, 0, ADDRESS_SIZE);
  return inet_pton (family, text, address) == 1 ? family : AF_UNSPEC;
}

void
router_vrrp_want (const char *interface, guint number, const char *text)
{
  guint8 address[ADDRESS_SIZE];
  int family = read_address (text, address);
  Group *group;

  if (family == AF_UNSPEC)
    return;
  group = find_group (interface, number, family);
  if (group == NULL)
    group = create_group (interface, number, family);
  if (group == NULL || find_address (group, address) >= 0)
    return;
  g_array_append_vals (group->addresses, address, 1);
  if (group->up)
    router_link_set_address (group->index, TRUE, family, address);
}

static void
remove_group (Group *group)
{
  router_link_delete (group->index);
  g_ptr_array_remove (groups, group);
}

static void
remove_address (const char *interface, guint number, const char *text)
{
  guint8 address[ADDRESS_SIZE];
  int family = read_address (text, address);
  Group *group = find_group (interface, number, family);
  int at = group != NULL ? find_address (group, address) : -1;

  if (at < 0)
    return;
  if (group->up)
    router_link_set_address (group->index, FALSE, family, address);
  g_array_remove_index (group->addresses, (guint) at);
}

void
router_vrrp_unwant (const char *interface, guint number, const char *address)
{
  static const int families[] = { AF_INET, AF_INET6 };

  if (*address != '\0')
    {
      remove_address (interface, number, address);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      Group *group = find_group (interface, number, families[i]);

      if (group != NULL)
        remove_group (group);
    }
}

void
router_vrrp_forget (const char *interface)
{
  for (guint i = groups != NULL ? groups->len : 0; i > 0; i--)
    {
      Group *group = g_ptr_array_index (groups, i - 1);

      if (strcmp (group->interface, interface) == 0)
        remove_group (group);
    }
}

static void
set_group (Group *group, gboolean up)
{
  if (group->up == up)
    return;
  group->up = up;
  for (guint i = 0; i < group->addresses->len; i++)
    router_link_set_address (group->index, up, group->family,
                             group->addresses->data + (gsize) i * ADDRESS_SIZE);
}

/* The kernel's macvlan takes frames though it is held down, and the router would pass them on. */
gboolean
router_vrrp_refuses (const char *interface, const guint8 *frame, gsize length)
{
  static const guint8 prefix[] = { 0, 0, 0x5e, 0 };
  Group *group;

  if (groups == NULL || length < 6 || memcmp (frame, prefix, sizeof prefix) != 0)
    return FALSE;
  group = find_group (interface, frame[5], frame[4] == 1 ? AF_INET : AF_INET6);
  return group != NULL && !group->up;
}

static gboolean
is_held (const struct nlmsghdr *message, const struct ifinfomsg *link)
{
  const struct rtattr *attribute = IFLA_RTA (link);

  for (gsize left = IFLA_PAYLOAD (message); RTA_OK (attribute, left);
       attribute = RTA_NEXT (attribute, left))
    if (attribute->rta_type == IFLA_PROTO_DOWN && RTA_PAYLOAD (attribute) >= 1)
      return *(const guint8 *) RTA_DATA (attribute) != 0;
  return FALSE;
}

void
router_vrrp_link_changed (const struct nlmsghdr *message)
{
  const struct ifinfomsg *link = NLMSG_DATA (message);
  gboolean held;

  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      Group *group = g_ptr_array_index (groups, i);

      if (group->index != link->ifi_index)
        continue;
      held = is_held (message, link);
      group->held_once |= held;
      set_group (group, group->held_once && !held);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Orders to the kernel about interfaces, by rtnetlink(7). Each answers 0 or a negative error number;
 * -EOPNOTSUPP is a kind of interface that this kernel does not have. */

#include <glib.h>

/* What of an interface is to change; -1 and NULL: nothing. */
typedef struct
{
  int index;
  int up;
  int master; /* 0: none */
  const char *alias;
  const guint8 *mac;
  gboolean no_arp; /* has no neighbours */
  guint queue;     /* packets; 0: as it is */
} RouterLinkChange;

#define ROUTER_LINK_CHANGE(index_) { .index = (index_), .up = -1, .master = -1 }

/* What it does not name stays as it is. */
int router_link_change (const RouterLinkChange *change);
/* Sets an interface up and names it for people. @mac: (nullable). */
int router_link_begin (int index, const char *alias, const guint8 *mac);
int router_link_create_bridge (const char *name, const guint8 mac[6]);
int router_link_create_vrf (const char *name, guint table);
/* What is sent to @mac comes in by it and leaves by the interface @parent. */
int router_link_create_macvlan (const char *name, int parent, const guint8 mac[6]);
int router_link_delete (int index);
/* An address of its own alone: a prefix of full length. @family: AF_INET or AF_INET6. */
int router_link_set_address (int index, gboolean add, int family, const void *address);
/* Looks into the tables of VRFs before the one of local addresses, so that VRFs may use addresses
 * that the router has elsewhere. */
int router_link_put_vrfs_first (void);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which lines of a configuration concern interfaces that the router makes itself. */

#include <glib.h>

/* As long as the kernel lets an interface's name be, with the NUL. */
#define ROUTER_NAME_SIZE 16
#define ROUTER_VLAN_MAX  4094

typedef enum
{
  ROUTER_NAME_OTHER,
  ROUTER_NAME_PORT,     /* e0-1, s2-0 */
  ROUTER_NAME_SUB,      /* e0-1.10: VLAN 10 of the port; e0-1.10n: the one without tags */
  ROUTER_NAME_LOOPBACK, /* lo1, loopback1 */
  ROUTER_NAME_VLAN,     /* vlan10: all sub-interfaces of VLAN 10 bridged */
} RouterNameKind;

typedef struct
{
  RouterNameKind kind;
  char port[8]; /* of a port or sub-interface */
  guint number; /* VLAN of a sub-interface or bridge, number of a loopback */
  gboolean native;
} RouterName;

/* As the kernel has it, in lower case. Returns @kind of @name, all of which is filled in. */
RouterNameKind router_name_parse (const char *text, RouterName *name);

typedef enum
{
  ROUTER_LINE_OTHER,
  ROUTER_LINE_INTERFACE, /* @name, maybe @vrf */
  ROUTER_LINE_NO_INTERFACE,
  ROUTER_LINE_VRF, /* @name */
  ROUTER_LINE_NO_VRF,
  ROUTER_LINE_VRRP, /* @group, @address ("": of the group itself) */
  ROUTER_LINE_NO_VRRP,
} RouterLineKind;

typedef struct
{
  RouterLineKind kind;
  char name[ROUTER_NAME_SIZE];
  char vrf[ROUTER_NAME_SIZE]; /* "": none given */
  guint group;
  char address[46];
} RouterLine;

/* Reads a line as people type it, abbreviated or not. */
RouterLineKind router_line_parse (const char *text, RouterLine *line);

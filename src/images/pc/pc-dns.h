/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Names to addresses, asking the servers set with `ip dns` or given by DHCP. */

#include "pc.h"

typedef struct _PcDnsQuery PcDnsQuery;
/* NULL @address: @problem says why. */
typedef void (*PcDnsFunc) (gpointer data, const ip_addr_t *address, const char *problem);

/* @func is called later, never at once; the query is gone then. */
PcDnsQuery *pc_dns_resolve (Pc *pc, const char *name, PcDnsFunc func, gpointer data);
void pc_dns_cancel (PcDnsQuery *self);
/* What is asked now: set by hand first, then from DHCP. Returns how many. */
guint pc_dns_get_servers (Pc *pc, ip4_addr_t servers[PC_MAX_DNS]);
const char *pc_dns_get_domain (Pc *pc);

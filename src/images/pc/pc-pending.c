/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"
#include "pc-dhcp.h"
#include "pc-dns.h"
#include "pc-commands.h"
void pc_dhcp_command (Pc *pc, PcPort *port, guint count, char **words){}
void pc_dhcp_stop (PcPort *port){}
gboolean pc_dhcp_input (PcPort *port, const guint8 *packet, gsize length){return FALSE;}
void pc_dhcp_link_changed (PcPort *port){}
const PcDhcpLease *pc_dhcp_get_lease (PcPort *port){return NULL;}
PcDnsQuery *pc_dns_resolve (Pc *pc, const char *name, PcDnsFunc func, gpointer data){return NULL;}
void pc_dns_cancel (PcDnsQuery *self){}
guint pc_dns_get_servers (Pc *pc, ip4_addr_t servers[PC_MAX_DNS]){return 0;}
const char *pc_dns_get_domain (Pc *pc){return NULL;}
void pc_cmd_trace (Pc *pc, PcArguments *arguments){}

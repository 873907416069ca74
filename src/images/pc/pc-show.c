/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `show` and `arp`. */

#include "config.h"

#include <string.h>

#include <lwip/etharp.h>
#include <lwip/init.h>
#include <lwip/nd6.h>
#include <lwip/priv/nd6_priv.h>

#include "pc-commands.h"
#include "pc-config.h"
#include "pc-console.h"
#include "pc-dhcp.h"
#include "pc-dns.h"
#include "pc-ip.h"
#include "pc-netif.h"
#include "pc-text.h"

typedef void (*ShowFunc) (Pc *pc, PcPort *port);

static const char *
line_state (PcPort *port)
{
  if (port->settings.shut)
    return "shut down";
  if (port->peers == NULL)
    return "not in NETMAP";
  return port->line_up ? "up" : "down";
}

static void
show_servers (Pc *pc)
{
  ip4_addr_t servers[PC_MAX_DNS];
  guint n = pc_dns_get_servers (pc, servers);
  const char *domain = pc_dns_get_domain (pc);

  pc_print (pc, "DNS         :");
  for (guint i = 0; i < n; i++)
    pc_print (pc, " %s", pc_text_ip4 (&servers[i]));
  pc_print (pc, "\n");
  if (domain != NULL)
    pc_print (pc, "DOMAIN NAME : %s\n", domain);
}

static void
show_lease (Pc *pc, PcPort *port)
{
  const PcDhcpLease *lease = pc_dhcp_get_lease (port);
  gint64 age;

  if (lease == NULL)
    {
      if (port->settings.dhcp)
        pc_print (pc, "DHCP        : no address yet\n");
      return;
    }

  age = (device_loop_now () - lease->bound_at) / G_USEC_PER_SEC;
  pc_print (pc, "DHCP SERVER : %s\n", pc_text_ip4 (&lease->server));
  if (lease->lease == G_MAXUINT32)
    pc_print (pc, "DHCP LEASE  : for ever\n");
  else
    pc_print (pc, "DHCP LEASE  : %" G_GINT64_FORMAT ", %u\n", MAX (lease->lease - age, 0),
              lease->lease);
}

static void
show_ip_of (Pc *pc, PcPort *port)
{
  struct netif *netif = &port->netif;

  pc_print (pc, "\nNAME        : %s[%u]\n", pc->name, pc->id);
  pc_print (pc, "PORT        : %s, line %s\n", port->name, line_state (port));
  pc_print (pc, "IP/MASK     : %s/%u\n", pc_text_ip4 (netif_ip4_addr (netif)),
            pc_ip4_prefix (port));
  pc_print (pc, "GATEWAY     : %s\n", pc_text_ip4 (netif_ip4_gw (netif)));
  show_servers (pc);
  show_lease (pc, port);
  pc_print (pc, "MAC         : %s\n", pc_text_mac (netif->hwaddr));
  pc_print (pc, "MTU         : %u\n\n", netif->mtu);
}

static void
show_table (Pc *pc)
{
  pc_print (pc, "\n%-6s %-14s %-18s %-15s %s\n", "PORT", "LINE", "IP/MASK", "GATEWAY", "MAC");
  for (guint i = 0; i < pc->n_ports; i++)
    {
      PcPort *port = &pc->ports[i];
      g_autofree char *address = g_strdup_printf (
          "%s/%u", pc_text_ip4 (netif_ip4_addr (&port->netif)), pc_ip4_prefix (port));

      pc_print (pc, "%-6s %-14s %-18s %-15s %s\n", port->name, line_state (port), address,
                pc_text_ip4 (netif_ip4_gw (&port->netif)), pc_text_mac (port->netif.hwaddr));
    }
  pc_print (pc, "\n");
}

static void
show_ip (Pc *pc, PcPort *port)
{
  show_ip_of (pc, port);
}

static const char *
address_state (guint8 state)
{
  if (ip6_addr_isduplicated (state))
    return "duplicate";
  if (ip6_addr_istentative (state))
    return "tentative";
  return ip6_addr_isdeprecated (state) ? "deprecated" : "";
}

static void
show_router6 (Pc *pc, PcPort *port)
{
  if (!ip6_addr_isany (&port->settings.gateway6))
    pc_print (pc, "GATEWAY           : %s\n", pc_text_ip6 (&port->settings.gateway6));
  for (guint i = 0; i < LWIP_ND6_NUM_ROUTERS; i++)
    {
      struct nd6_neighbor_cache_entry *router = default_router_list[i].neighbor_entry;

      if (router != NULL && router->netif == &port->netif)
        pc_print (pc, "ROUTER            : %s\n", pc_text_ip6 (&router->next_hop_address));
    }
}

static void
show_ip6 (Pc *pc, PcPort *port)
{
  struct netif *netif = &port->netif;

  pc_print (pc, "\nNAME              : %s[%u]\n", pc->name, pc->id);
  pc_print (pc, "PORT              : %s, line %s\n", port->name, line_state (port));
  for (guint i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++)
    {
      guint8 state = netif_ip6_addr_state (netif, i);
      gboolean by_hand = ip6_addr_cmp (netif_ip6_addr (netif, i), &port->settings.address6);

      if (!ip6_addr_isinvalid (state))
        pc_print (pc, "%-18s: %s/%u %s\n", i == 0 ? "LINK-LOCAL SCOPE" : "GLOBAL SCOPE",
                  pc_text_ip6 (netif_ip6_addr (netif, i)),
                  by_hand && i > 0 ? port->settings.prefix6 : 64, address_state (state));
    }
  show_router6 (pc, port);
  pc_print (pc, "AUTOCONFIGURATION : %s\n", port->settings.autoconf6 ? "on" : "off");
  pc_print (pc, "MAC               : %s\n", pc_text_mac (netif->hwaddr));
  pc_print (pc, "MTU               : %u\n\n", netif_mtu6 (netif));
}

static guint
show_arp4 (Pc *pc)
{
  guint shown = 0;

  for (gsize i = 0; i < ARP_TABLE_SIZE; i++)
    {
      ip4_addr_t *address;
      struct netif *netif;
      struct eth_addr *mac;

      if (etharp_get_entry (i, &address, &netif, &mac) != 1)
        continue;
      pc_print (pc, "%s  %s  %s\n", pc_text_mac (mac->addr), pc_text_ip4 (address),
                pc_port_of_netif (pc, netif)->name);
      shown++;
    }
  return shown;
}

static guint
show_neighbours (Pc *pc)
{
  guint shown = 0;

  for (guint i = 0; i < LWIP_ND6_NUM_NEIGHBORS; i++)
    {
      struct nd6_neighbor_cache_entry *entry = &neighbor_cache[i];

      if (entry->state <= ND6_INCOMPLETE)
        continue;
      pc_print (pc, "%s  %s  %s\n", pc_text_mac (entry->lladdr),
                pc_text_ip6 (&entry->next_hop_address), pc_port_of_netif (pc, entry->netif)->name);
      shown++;
    }
  return shown;
}

static void
show_arp (Pc *pc, PcPort *port)
{
  guint shown;

  pc_print (pc, "\n");
  shown = show_arp4 (pc);
  shown += show_neighbours (pc);
  if (shown == 0)
    pc_print (pc, "arp table is empty\n");
  pc_print (pc, "\n");
}

static void
show_history (Pc *pc, PcPort *port)
{
  GPtrArray *history = pc_line_get_history (pc_console_get_line (pc->console));

  for (guint i = 0; i < history->len; i++)
    pc_print (pc, "%3u  %s\n", i + 1, (const char *) g_ptr_array_index (history, i));
}

static void
show_version (Pc *pc, PcPort *port)
{
  pc_print (pc, "Labwright PC %s\nTCP/IP: lwIP %s\n", PACKAGE_VERSION, LWIP_VERSION_STRING);
}

static void
show_echo (Pc *pc, PcPort *port)
{
  pc_print (pc, "Commands of scripts are %sshown (set echo on|off)\n",
            pc_console_get_echo (pc->console) ? "" : "not ");
}

static void
show_ports (Pc *pc, PcPort *port)
{
  show_table (pc);
  for (guint i = 0; i < pc->n_ports; i++)
    {
      PcPortCounters *counters = &pc->ports[i].counters;

      pc_print (pc,
                "%-6s received %" G_GUINT64_FORMAT ", sent %" G_GUINT64_FORMAT
                ", not for us %" G_GUINT64_FORMAT ", lost in sending %" G_GUINT64_FORMAT "\n",
                pc->ports[i].name, counters->received, counters->sent, counters->ignored,
                counters->lost);
    }
  pc_print (pc, "\n");
}

static void
show_config (Pc *pc, PcPort *port)
{
  g_autofree char *text = pc_config_write (pc);

  pc_print (pc, "%s", text);
}

static const struct
{
  const char *word;
  ShowFunc func;
  gboolean needs_port;
} shows[] = {
  { "arp", show_arp },
  { "echo", show_echo },
  { "history", show_history },
  { "ip", show_ip, TRUE },
  { "ipv6", show_ip6, TRUE },
  { "ports", show_ports },
  { "running-config", show_config },
  { "version", show_version },
};

static void
show_summary (Pc *pc)
{
  show_table (pc);
  if (!pc->has_netmap)
    pc_print (pc, "No NETMAP was found at the start: the ports lead nowhere.\n\n");
  if (pc->n_serial > 0)
    pc_print (pc, "%u serial port%s: present, but this host cannot use serial ports.\n\n",
              pc->n_serial * 4, pc->n_serial * 4 == 1 ? "" : "s");
}

static gboolean
is_word (const char *typed, const char *word)
{
  return strcmp (typed, word) == 0 || (strlen (typed) >= 2 && g_str_has_prefix (word, typed));
}

void
pc_cmd_show (Pc *pc, PcArguments *arguments)
{
  PcPort *port = NULL;
  const char *word = arguments->count > 0 ? arguments->words[0] : "";

  if (arguments->count == 0)
    {
      show_summary (pc);
      return;
    }
  if (arguments->count == 2 && strcmp (word, "ip") == 0 && strcmp (arguments->words[1], "all") == 0)
    {
      show_table (pc);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (shows); i++)
    if (is_word (word, shows[i].word))
      {
        if (shows[i].needs_port && !pc_take_port (pc, arguments, &port, NULL))
          return;
        if (arguments->count > 1)
          break;
        shows[i].func (pc, port);
        return;
      }
  pc_complain_usage (pc, "show");
}

void
pc_cmd_arp (Pc *pc, PcArguments *arguments)
{
  show_arp (pc, NULL);
}

void
pc_cmd_history (Pc *pc, PcArguments *arguments)
{
  show_history (pc, NULL);
}

void
pc_cmd_version (Pc *pc, PcArguments *arguments)
{
  show_version (pc, NULL);
}

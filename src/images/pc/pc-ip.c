/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `ip`: IPv4 addresses, and the way to the DHCP client, to IPv6 and to the names. */

#include "config.h"

#include "pc-ip.h"

#include <string.h>

#include "pc-commands.h"
#include "pc-console.h"
#include "pc-dhcp.h"
#include "pc-netif.h"
#include "pc-parse.h"
#include "pc-text.h"

#define DEFAULT_PREFIX 24

typedef struct
{
  ip4_addr_t address;
  ip4_addr_t gateway;
  guint prefix;
} Request;

guint
pc_ip4_prefix (PcPort *port)
{
  return pc_mask_to_prefix (ip4_addr_get_u32 (netif_ip4_netmask (&port->netif)));
}

/* ADDRESS[/PREFIX], then a mask and a gateway in either order. */
static gboolean
read_request (Pc *pc, guint count, char **words, Request *request)
{
  g_auto (GStrv) parts = g_strsplit (words[0], "/", 2);

  *request = (Request){ .prefix = DEFAULT_PREFIX };
  if (!pc_parse_ip4 (parts[0], &request->address.addr))
    {
      pc_complain (pc, "\"%s\" is no IPv4 address", words[0]);
      return FALSE;
    }
  if (parts[1] != NULL && !pc_parse_mask (parts[1], &request->prefix))
    {
      pc_complain (pc, "\"%s\" is no mask: write 1 to 32 or 255.255.255.0", parts[1]);
      return FALSE;
    }

  for (guint i = 1; i < count; i++)
    if (!pc_parse_mask (words[i], &request->prefix) &&
        !pc_parse_ip4 (words[i], &request->gateway.addr))
      {
        pc_complain (pc, "\"%s\" is neither a mask nor a gateway", words[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_request (Pc *pc, const Request *request)
{
  ip4_addr_t mask = { pc_prefix_to_mask (request->prefix) };
  guint32 host = request->address.addr & ~mask.addr;
  guint first = ip4_addr1 (&request->address);

  if (first == 0 || first == 127 || first >= 224)
    pc_complain (pc, "%s cannot be the address of a host", pc_text_ip4 (&request->address));
  else if (request->prefix < 31 && host == 0)
    pc_complain (pc, "%s/%u is the network itself, not a host on it",
                 pc_text_ip4 (&request->address), request->prefix);
  else if (request->prefix < 31 && host == ~mask.addr)
    pc_complain (pc, "%s/%u is the broadcast address", pc_text_ip4 (&request->address),
                 request->prefix);
  else if (ip4_addr_isany_val (request->gateway))
    return TRUE;
  else if (ip4_addr_cmp (&request->gateway, &request->address))
    pc_complain (pc, "The gateway is another machine: it cannot have the same address");
  else if (!ip4_addr_netcmp (&request->gateway, &request->address, &mask))
    pc_complain (pc, "The gateway %s is not on the network of the address",
                 pc_text_ip4 (&request->gateway));
  else
    return TRUE;
  return FALSE;
}

/* Two ports on one network: lwIP would always use the first. */
static gboolean
check_other_ports (Pc *pc, PcPort *port, const Request *request)
{
  ip4_addr_t mask = { pc_prefix_to_mask (request->prefix) };

  for (guint i = 0; i < pc->n_ports; i++)
    {
      struct netif *other = &pc->ports[i].netif;

      if (other != &port->netif && !ip4_addr_isany_val (*netif_ip4_addr (other)) &&
          ip4_addr_netcmp (netif_ip4_addr (other), &request->address, &mask))
        {
          pc_complain (pc, "%s is on the same network already: give each port a network of its own",
                       pc->ports[i].name);
          return FALSE;
        }
    }
  return TRUE;
}

static void
set_address (Pc *pc, PcPort *port, guint count, char **words)
{
  Request request;

  if (!read_request (pc, count, words, &request) || !check_request (pc, &request) ||
      !check_other_ports (pc, port, &request))
    return;

  pc_dhcp_stop (port);
  port->settings.dhcp = FALSE;
  port->settings.address = request.address;
  port->settings.netmask.addr = pc_prefix_to_mask (request.prefix);
  port->settings.gateway = request.gateway;
  pc_netif_apply_ip4 (port);

  if (ip4_addr_isany_val (request.gateway))
    pc_say (pc, "%s : %s %s\n\n", pc->name, pc_text_ip4 (&request.address),
            pc_text_ip4 (&port->settings.netmask));
  else
    pc_say (pc, "%s : %s %s gateway %s\n\n", pc->name, pc_text_ip4 (&request.address),
            pc_text_ip4 (&port->settings.netmask), pc_text_ip4 (&request.gateway));
}

void
pc_ip4_clear (PcPort *port)
{
  pc_dhcp_stop (port);
  port->settings.dhcp = FALSE;
  ip4_addr_set_zero (&port->settings.address);
  ip4_addr_set_zero (&port->settings.netmask);
  ip4_addr_set_zero (&port->settings.gateway);
  pc_netif_apply_ip4 (port);
}

static void
set_dns (Pc *pc, guint count, char **words)
{
  ip4_addr_t servers[PC_MAX_DNS] = { 0 };

  if (count > PC_MAX_DNS)
    {
      pc_complain (pc, "At most %d name servers", PC_MAX_DNS);
      return;
    }
  for (guint i = 0; i < count; i++)
    if (!pc_parse_ip4 (words[i], &servers[i].addr))
      {
        pc_complain (pc, "\"%s\" is no IPv4 address of a name server", words[i]);
        return;
      }
  memcpy (pc->dns, servers, sizeof servers);
}

static void
set_domain (Pc *pc, guint count, char **words)
{
  if (count > 0 && !pc_is_host_name (words[0]))
    {
      pc_complain (pc, "\"%s\" is no domain name", words[0]);
      return;
    }
  g_free (pc->domain);
  pc->domain = count > 0 ? g_strdup (words[0]) : NULL;
}

void
pc_cmd_ip (Pc *pc, PcArguments *arguments)
{
  PcPort *port;
  char **words = arguments->words;

  if (!pc_take_port (pc, arguments, &port, NULL))
    return;

  if (arguments->count == 0)
    pc_complain_usage (pc, "ip");
  else if (strcmp (words[0], "dns") == 0)
    set_dns (pc, arguments->count - 1, words + 1);
  else if (strcmp (words[0], "domain") == 0)
    set_domain (pc, arguments->count - 1, words + 1);
  else if (strcmp (words[0], "dhcp") == 0)
    pc_dhcp_command (pc, port, arguments->count - 1, words + 1);
  else if (strcmp (words[0], "auto") == 0)
    pc_ip6_autoconfigure (pc, port);
  else if (arguments->count > 3)
    pc_complain_usage (pc, "ip");
  else if (strchr (words[0], ':') != NULL)
    pc_ip6_set (pc, port, arguments->count, words);
  else
    set_address (pc, port, arguments->count, words);
}

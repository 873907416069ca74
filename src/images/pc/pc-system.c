/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands about the host itself. */

#include "config.h"

#include <string.h>

#include <lwip/etharp.h>
#include <lwip/nd6.h>

#include "pc-commands.h"
#include "pc-console.h"
#include "pc-ip.h"
#include "pc-keepalive.h"
#include "pc-netif.h"
#include "pc-parse.h"
#include "pc-stack.h"

#define MAX_SLEEP 86400

typedef struct
{
  Pc *pc;
  DeviceTimer timer;
} Sleep;

static void
clear_arp (Pc *pc)
{
  for (guint i = 0; i < pc->n_ports; i++)
    {
      etharp_cleanup_netif (&pc->ports[i].netif);
      nd6_cleanup_netif (&pc->ports[i].netif);
      /* That also forgot the routers: ask for them again. */
      pc_netif_apply_ip6 (&pc->ports[i]);
    }
}

void
pc_cmd_clear (Pc *pc, PcArguments *arguments)
{
  PcPort *port;
  const char *word;

  if (!pc_take_port (pc, arguments, &port, NULL))
    return;

  word = arguments->count == 1 ? arguments->words[0] : "";
  if (strcmp (word, "arp") == 0)
    clear_arp (pc);
  else if (strcmp (word, "ip") == 0)
    pc_ip4_clear (port);
  else if (strcmp (word, "ipv6") == 0)
    pc_ip6_clear (port);
  else if (strcmp (word, "hist") == 0 || strcmp (word, "history") == 0)
    pc_line_clear_history (pc_console_get_line (pc->console));
  else
    pc_complain_usage (pc, "clear");
}

static void
set_name (Pc *pc, const char *name)
{
  if (!pc_is_name (name))
    {
      pc_complain (pc, "A name has 1 to %d visible characters, none of them >", PC_MAX_NAME);
      return;
    }
  g_free (pc->name);
  pc->name = g_strdup (name);
}

void
pc_cmd_set (Pc *pc, PcArguments *arguments)
{
  const char *word = arguments->count == 2 ? arguments->words[0] : "";
  const char *value = arguments->count == 2 ? arguments->words[1] : "";

  if (strcmp (word, "pcname") == 0)
    set_name (pc, value);
  else if (strcmp (word, "echo") == 0 && (strcmp (value, "on") == 0 || strcmp (value, "off") == 0))
    pc_console_set_echo (pc->console, strcmp (value, "on") == 0);
  else
    pc_complain_usage (pc, "set");
}

void
pc_cmd_echo (Pc *pc, PcArguments *arguments)
{
  pc_print (pc, "%s\n", arguments->rest);
}

static void
set_shut (Pc *pc, const char *name, gboolean shut)
{
  PcPort *port = pc_port_by_name (pc, name);

  if (port == NULL)
    pc_complain (pc, "There is no Ethernet port %s: show ports lists them", name);
  else
    pc_keepalive_set_shut (port, shut);
}

void
pc_cmd_shutdown (Pc *pc, PcArguments *arguments)
{
  if (arguments->count == 1)
    set_shut (pc, arguments->words[0], TRUE);
  else
    pc_complain_usage (pc, "shutdown");
}

void
pc_cmd_no (Pc *pc, PcArguments *arguments)
{
  if (arguments->count == 2 && g_str_has_prefix ("shutdown", arguments->words[0]))
    set_shut (pc, arguments->words[1], FALSE);
  else
    pc_complain_usage (pc, "no");
}

static void
end_sleep (gpointer job)
{
  Sleep *sleep = job;
  Pc *pc = sleep->pc;

  device_timer_clear (&sleep->timer);
  g_free (sleep);
  pc_console_end_job (pc->console);
}

void
pc_cmd_sleep (Pc *pc, PcArguments *arguments)
{
  guint seconds;
  Sleep *sleep;

  if (arguments->count != 1 || !pc_parse_number (arguments->words[0], 0, MAX_SLEEP, &seconds))
    {
      pc_complain_usage (pc, "sleep");
      return;
    }

  sleep = g_new0 (Sleep, 1);
  sleep->pc = pc;
  device_timer_init (&sleep->timer, end_sleep, sleep);
  device_timer_set_after (&sleep->timer, seconds * G_USEC_PER_SEC);
  pc_console_begin_job (pc->console, end_sleep, sleep);
}

void
pc_cmd_quit (Pc *pc, PcArguments *arguments)
{
  pc_print (
      pc,
      "This is the console of a running host: it cannot be left from here. Close the window or\n"
      "the connection, or stop the host where it was started.\n");
}

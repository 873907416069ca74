/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "router-hear.h"

#include "router-virtual.h"
#include "router-vrrp.h"

#define TIME_TO_SEE_MS 200

guint
router_hear_line (DeviceMachine *machine, RouterHearing *hearing, const char *text)
{
  RouterLine line;

  switch (router_line_parse (text, &line))
    {
    case ROUTER_LINE_INTERFACE:
      g_strlcpy (hearing->interface, line.name, sizeof hearing->interface);
      router_virtual_want (machine, line.name, line.vrf);
      break;
    case ROUTER_LINE_NO_INTERFACE:
      return router_virtual_forget (line.name, machine) ? TIME_TO_SEE_MS : 0;
    case ROUTER_LINE_VRF:
      router_virtual_want_vrf (line.name);
      break;
    case ROUTER_LINE_NO_VRF:
      return router_virtual_forget_vrf (line.name) ? TIME_TO_SEE_MS : 0;
    case ROUTER_LINE_VRRP:
      router_vrrp_want (hearing->interface, line.group, line.address);
      break;
    case ROUTER_LINE_NO_VRRP:
      router_vrrp_unwant (hearing->interface, line.group, line.address);
      break;
    case ROUTER_LINE_OTHER:
      break;
    }
  return 0;
}

void
router_hear_config (DeviceMachine *machine, const char *config)
{
  g_auto (GStrv) lines = g_strsplit (config, "\n", -1);
  RouterHearing hearing = { 0 };

  for (guint i = 0; lines[i] != NULL; i++)
    router_hear_line (machine, &hearing, lines[i]);
}

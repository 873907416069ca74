/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-vlan.h"

#include <stdio.h>
#include <string.h>

/* Reads a number 1..4094 at *text and steps behind it. */
static bool
read_vlan (const char **text, unsigned *vlan)
{
  unsigned value = 0, digits = 0;

  for (; **text >= '0' && **text <= '9' && digits < 5; (*text)++, digits++)
    value = value * 10 + (unsigned) (**text - '0');
  *vlan = value;
  return digits > 0 && value >= 1 && value <= RELAY_VLAN_MAX;
}

bool
relay_vlan_set_parse (RelayVlanSet *set, const char *text, RelayError *error)
{
  const char *at = strcmp (text, "all") == 0 ? "1-4094" : text;
  unsigned first, last;

  memset (set, 0, sizeof *set);
  for (;;)
    {
      if (!read_vlan (&at, &first))
        break;
      last = first;
      if (*at == '-' && (at++, !read_vlan (&at, &last) || last < first))
        break;
      for (unsigned vlan = first; vlan <= last; vlan++)
        relay_vlan_set_add (set, vlan);
      if (*at == '\0')
        return true;
      if (*at++ != ',')
        break;
    }
  return relay_error_set (error,
                          "\"%.40s\" is not a list of VLANs: write numbers 1 to %d and "
                          "ranges, like 1,10,20-29",
                          text, RELAY_VLAN_MAX);
}

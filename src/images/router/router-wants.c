/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "router-wants.h"

#include <string.h>

/* A line wants the daemon if its first words are these; the second may be NULL. A daemon may stand
 * here several times. */
typedef struct
{
  const char *daemon;
  const char *first;
  const char *second;
} Rule;

static const Rule rules[] = {
  { "ospfd", "router", "ospf" }, { "ospfd", "ip", "ospf" },       { "ospf6d", "router", "ospf6" },
  { "ospf6d", "ipv6", "ospf6" }, { "bgpd", "router", "bgp" },     { "isisd", "router", "isis" },
  { "isisd", "ip", "router" },   { "isisd", "ipv6", "router" },   { "isisd", "isis", NULL },
  { "ripd", "router", "rip" },   { "ripngd", "router", "ripng" }, { "eigrpd", "router", "eigrp" },
  { "pimd", "ip", "pim" },       { "pimd", "ip", "igmp" },        { "vrrpd", "vrrp", NULL },
  { "bfdd", "bfd", NULL },       { "ldpd", "mpls", "ldp" },       { "babeld", "router", "babel" },
  { "nhrpd", "ip", "nhrp" },     { "pbrd", "pbr-map", NULL },     { "pbrd", "pbr-policy", NULL },
};

/* "rou" stands for "router"; "router-id" does not. */
static gboolean
abbreviates (const char *typed, const char *word)
{
  return *typed != '\0' && g_str_has_prefix (word, typed);
}

static gboolean
follows (const char *const *words, const Rule *rule, gboolean whole)
{
  const char *first = words[0] ?: "";
  const char *second = first[0] != '\0' && words[1] != NULL ? words[1] : "";

  if (whole)
    return strcmp (first, rule->first) == 0 &&
           (rule->second == NULL || strcmp (second, rule->second) == 0);
  return abbreviates (first, rule->first) &&
         (rule->second == NULL || abbreviates (second, rule->second));
}

static gboolean
wants (const char *daemon, const char *line, gboolean whole)
{
  g_autofree char *copy = g_strdelimit (g_strdup (line), "\t\r\n", ' ');
  g_auto (GStrv) words = g_strsplit (g_strstrip (copy), " ", 3);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strcmp (rules[i].daemon, daemon) == 0 &&
        follows ((const char *const *) words, &rules[i], whole))
      return TRUE;
  return FALSE;
}

gboolean
router_wants_line (const char *daemon, const char *line)
{
  return wants (daemon, line, FALSE);
}

gboolean
router_wants_by_config (const char *daemon, const char *config)
{
  g_auto (GStrv) lines = g_strsplit (config, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (wants (daemon, lines[i], TRUE))
      return TRUE;
  return FALSE;
}

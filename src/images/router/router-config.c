/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "router-config.h"

#include <string.h>

#define DEFAULT_NAME "Router"

char *
router_config_dup_name (const char *config)
{
  g_auto (GStrv) lines = g_strsplit (config, "\n", -1);
  char *name = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "hostname "))
      {
        g_free (name);
        name = g_strstrip (g_strdup (lines[i] + strlen ("hostname ")));
      }
  if (name == NULL || *name == '\0')
    {
      g_free (name);
      name = g_strdup (DEFAULT_NAME);
    }
  return name;
}

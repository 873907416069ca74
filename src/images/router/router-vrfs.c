/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "router-vrfs.h"

#include <string.h>

#include "router-lines.h"

static gboolean
has_line (char **lines, const char *word, const char *name)
{
  g_autofree char *wanted = g_strconcat (word, " ", name, NULL);
  gsize length = strlen (wanted);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strncmp (lines[i], wanted, length) == 0 &&
        (lines[i][length] == '\0' || lines[i][length] == ' '))
      return TRUE;
  return FALSE;
}

/* What FRRouting left out since nothing is set in it. */
static void
write_interface (GString *out, char **lines, const char *name, const char *vrf)
{
  if (has_line (lines, "interface", name))
    return;
  g_string_append_printf (out, "interface %s", name);
  if (vrf != NULL)
    g_string_append_printf (out, " vrf %s", vrf);
  g_string_append (out, "\nexit\n!\n");
}

static void
write_missing (GString *out, char **lines, GList *vrfs, GHashTable *vrf_of, GList *made)
{
  g_autoptr (GList) interfaces =
      g_list_sort (g_hash_table_get_keys (vrf_of), (GCompareFunc) strcmp);

  for (GList *vrf = vrfs; vrf != NULL; vrf = vrf->next)
    if (!has_line (lines, "vrf", vrf->data))
      g_string_append_printf (out, "vrf %s\nexit-vrf\n!\n", (const char *) vrf->data);
  for (GList *interface = interfaces; interface != NULL; interface = interface->next)
    write_interface (out, lines, interface->data, g_hash_table_lookup (vrf_of, interface->data));
  for (; made != NULL; made = made->next)
    if (!g_hash_table_contains (vrf_of, made->data))
      write_interface (out, lines, made->data, NULL);
}

static void
write_line (GString *out, const char *text, GHashTable *vrf_of)
{
  RouterLine line;
  const char *vrf = NULL;

  if (g_str_has_prefix (text, "interface ") &&
      router_line_parse (text, &line) == ROUTER_LINE_INTERFACE && *line.vrf == '\0')
    vrf = g_hash_table_lookup (vrf_of, line.name);
  g_string_append (out, text);
  if (vrf != NULL)
    g_string_append_printf (out, " vrf %s", vrf);
  g_string_append_c (out, '\n');
}

static gboolean
is_first_block (const char *line)
{
  return g_str_has_prefix (line, "interface ") || g_str_has_prefix (line, "vrf ") ||
         g_str_has_prefix (line, "router ") || g_str_has_prefix (line, "mpls ");
}

char *
router_vrfs_write (const char *config, GList *vrfs, GHashTable *vrf_of, GList *made)
{
  g_auto (GStrv) lines = g_strsplit (config, "\n", -1);
  GString *out = g_string_new (NULL);
  gboolean missing = vrfs != NULL || made != NULL || g_hash_table_size (vrf_of) > 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      /* Behind the last line's end. */
      if (lines[i + 1] == NULL && *lines[i] == '\0')
        break;
      if (missing && is_first_block (lines[i]))
        {
          write_missing (out, lines, vrfs, vrf_of, made);
          missing = FALSE;
        }
      write_line (out, lines[i], vrf_of);
    }
  if (missing)
    write_missing (out, lines, vrfs, vrf_of, made);
  return g_string_free (out, FALSE);
}

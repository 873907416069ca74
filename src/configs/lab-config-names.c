/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of files with configurations: for which node they are. */

#define G_LOG_DOMAIN "lab-configs"

#include "config.h"

#include <string.h>

#include "lab-config-folder-private.h"

static const char *const endings[] = {
  LAB_CONFIG_TEXT_ENDING, ".txt",   ".conf", "_startup-config.cfg",
  "-startup-config.cfg",  "-confg", "",
};

char *
lab_config_names_stem (const char *node)
{
  char *name = g_strdelimit (g_strdup (node), "/", '_');

  if (name[0] == '.')
    name[0] = '_';
  return name;
}

char *
lab_config_names_path (const char *folder, const char *node, const char *ending)
{
  g_autofree char *stem = lab_config_names_stem (node);
  g_autofree char *name = g_strconcat (stem, ending, NULL);

  return g_build_filename (folder, name, NULL);
}

char *
lab_config_folder_path (const char *folder, const char *node)
{
  return lab_config_names_path (folder, node, LAB_CONFIG_TEXT_ENDING);
}

static guint
match_stem (const char *bare, const char *node)
{
  g_autofree char *stem = lab_config_names_stem (node);
  g_autofree char *folded_stem = g_utf8_casefold (stem, -1);
  g_autofree char *folded = NULL;

  if (g_str_equal (bare, stem))
    return 2;
  if (!g_utf8_validate (bare, -1, NULL))
    return 0;
  folded = g_utf8_casefold (bare, -1);
  return g_str_equal (folded, folded_stem) ? 1 : 0;
}

static guint
match_ending (const char *name, const char *ending, const char *node)
{
  g_autofree char *bare = NULL;

  if (!g_str_has_suffix (name, ending))
    return 0;
  bare = g_strndup (name, strlen (name) - strlen (ending));
  return match_stem (bare, node);
}

/* Of two nodes a file is for that whose it would be as it is written here: "R1.cfg" for R1, though
 * another may be called "R1.cfg". */
static guint
rank_ending (const char *name, const char *ending, const char *node)
{
  guint match = match_ending (name, ending, node);

  return match > 0 ? 2 * match - !g_str_equal (ending, LAB_CONFIG_TEXT_ENDING) : 0;
}

static guint
rank_name (const char *name, const char *node)
{
  guint best = 0;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    best = MAX (best, rank_ending (name, endings[i], node));
  return best;
}

guint
lab_config_match_name (const char *name, const char *node)
{
  return (rank_name (name, node) + 1) / 2;
}

const LabConfigNode *
lab_config_names_find_owner (GPtrArray *nodes, const char *name, const char *ending)
{
  const LabConfigNode *found = NULL;
  guint best = 0;

  for (guint i = 0; i < nodes->len; i++)
    {
      const LabConfigNode *node = nodes->pdata[i];
      guint rank =
          ending != NULL ? rank_ending (name, ending, node->name) : rank_name (name, node->name);

      if (rank == 0 || rank < best)
        continue;
      found = rank > best ? node : NULL;
      best = rank;
    }
  return found;
}

gboolean
lab_config_names_is_vlans (const char *file)
{
  return g_str_has_suffix (file, LAB_CONFIG_VLANS_ENDING);
}

gboolean
lab_config_names_are_siblings (const char *file, const char *vlans)
{
  g_autofree char *stem = g_strndup (vlans, strlen (vlans) - strlen (LAB_CONFIG_VLANS_ENDING));

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (g_str_has_prefix (file, stem) && g_str_equal (file + strlen (stem), endings[i]))
        return TRUE;
    }
  return FALSE;
}

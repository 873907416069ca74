/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies of single devices. A saved configuration names the device itself; where that is the node's
 * name, the copy gets "%h", which a start replaces by its own. */

#define G_LOG_DOMAIN "lab-state"

#include "config.h"

#include <string.h>

#include "lab-clone.h"
#include "lab-saved-nvram.h"
#include "lab-state.h"

#define NVRAM_TRIES 20
#define NVRAM_WAIT  (50 * 1000)

/* "hostname R1" of IOS, "set pcname R1" of a light host. */
static char *
generalise (const char *config, const char *name)
{
  static const char *const commands[] = { "hostname ", "set pcname " };
  g_auto (GStrv) lines = g_strsplit (config, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (commands); j++)
      if (g_str_has_prefix (lines[i], commands[j]) &&
          g_str_equal (lines[i] + strlen (commands[j]), name))
        {
          g_free (lines[i]);
          lines[i] = g_strconcat (commands[j], "%h", NULL);
          break;
        }

  return g_strjoinv ("\n", lines);
}

/* IOU writes its NVRAM in place; one that stays wrong is taken as it is, as IOU itself would. */
static GBytes *
read_settled (const char *work, guint id)
{
  gboolean sound = TRUE;
  GBytes *text = lab_saved_read_nvram (work, id, NULL, &sound, NULL);

  for (guint i = 0; text != NULL && !sound && i < NVRAM_TRIES; i++)
    {
      g_usleep (NVRAM_WAIT);
      g_bytes_unref (text);
      text = lab_saved_read_nvram (work, id, NULL, &sound, NULL);
    }
  return text;
}

char *
lab_clone_read_config (const char *work, guint id, const char *name)
{
  g_autoptr (GBytes) saved = NULL;
  g_autofree char *text = NULL;
  const char *data;
  gsize size;

  g_return_val_if_fail (work != NULL && name != NULL, NULL);

  saved = read_settled (work, id);
  if (saved == NULL)
    return NULL;
  data = g_bytes_get_data (saved, &size);
  text = g_utf8_make_valid (data, (gssize) size);
  return generalise (text, name);
}

GHashTable *
lab_clone_read_configs (const char *folder, GHashTable *devices)
{
  GHashTable *configs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer id;
  gpointer name;

  g_hash_table_iter_init (&iter, devices);
  while (g_hash_table_iter_next (&iter, &id, &name))
    {
      g_autofree char *work = g_strdup_printf ("%s/%u", folder, GPOINTER_TO_UINT (id));
      char *config = lab_clone_read_config (work, GPOINTER_TO_UINT (id), name);

      if (config != NULL)
        g_hash_table_insert (configs, g_strdup (name), config);
    }
  return configs;
}

GArray *
lab_clone_pairs (LabClipping *clipping, GPtrArray *items)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (LabClonePair));
  GListModel *sources = lab_topology_get_nodes (lab_clipping_get_source (clipping));
  guint n_sources = g_list_model_get_n_items (sources);

  for (guint i = 0; i < n_sources && i < items->len; i++)
    {
      g_autoptr (LabNode) source = g_list_model_get_item (sources, i);
      LabClonePair pair = { lab_node_get_id (source), lab_node_get_id (items->pdata[i]) };

      if (lab_node_get_kind (source) == LAB_NODE_IOU)
        g_array_append_val (pairs, pair);
    }
  return pairs;
}

gboolean
lab_clone_copy_files (const char *from, const char *to, GArray *pairs, GError **error)
{
  gboolean done = TRUE;

  g_return_val_if_fail (from != NULL && to != NULL && pairs != NULL, FALSE);

  for (guint i = 0; i < pairs->len; i++)
    {
      const LabClonePair *pair = &g_array_index (pairs, LabClonePair, i);
      g_autofree char *source = g_strdup_printf ("%s/%u", from, pair->from);
      g_autofree char *target = g_strdup_printf ("%s/%u", to, pair->to);

      if (!lab_state_copy_device (source, pair->from, target, pair->to, LAB_STATE_NO_NVRAM,
                                  done ? error : NULL))
        done = FALSE;
    }
  return done;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies of single devices. A saved configuration names the device itself; where that is the node's
 * name, the copy gets "%h", which a start replaces by its own. */

#define G_LOG_DOMAIN "lab-state"

#include "config.h"

#include "lab-clone.h"
#include "lab-saved-nvram.h"
#include "lab-start-text.h"
#include "lab-state.h"
#include "lab-trash.h"

#define NVRAM_PATIENCE G_USEC_PER_SEC
#define CLOCK_SLACK    (G_USEC_PER_SEC / 10)

char *
lab_clone_read_config (const char *work, guint id, const char *name)
{
  g_autoptr (GBytes) saved = NULL;
  const char *data;
  gsize size;

  g_return_val_if_fail (work != NULL && name != NULL, NULL);

  saved = lab_saved_read_settled (work, id, g_get_monotonic_time () + NVRAM_PATIENCE, NULL, NULL);
  if (saved == NULL)
    return NULL;
  data = g_bytes_get_data (saved, &size);
  return lab_start_text_from_saved (data, size, name, NULL);
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

static void
pair_clear (gpointer data)
{
  g_free (((LabClonePair *) data)->name);
}

GArray *
lab_clone_pairs (LabClipping *clipping, GPtrArray *items)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (LabClonePair));
  GListModel *sources = lab_topology_get_nodes (lab_clipping_get_source (clipping));
  guint n_sources = g_list_model_get_n_items (sources);

  g_array_set_clear_func (pairs, pair_clear);
  for (guint i = 0; i < n_sources && i < items->len; i++)
    {
      g_autoptr (LabNode) source = g_list_model_get_item (sources, i);
      LabClonePair pair = { NULL, lab_node_get_id (source), lab_node_get_id (items->pdata[i]) };

      if (lab_node_get_kind (source) != LAB_NODE_IOU)
        continue;
      pair.name = g_strdup (lab_node_get_name (source));
      g_array_append_val (pairs, pair);
    }
  return pairs;
}

/* Under the id there may be another device by now: one that went to the trash after it was copied
 * is the original. The clock of files is a little behind. */
static char *
find_original (const char *from, const LabClonePair *pair, gint64 copied_at)
{
  g_autofree char *place = g_strdup_printf ("%s/%u", from, pair->from);
  char *cut = NULL;

  if (copied_at > 0)
    cut = lab_trash_find (from, pair->from, pair->name, copied_at - CLOCK_SLACK);
  if (cut == NULL && !g_file_test (place, G_FILE_TEST_IS_DIR))
    cut = lab_trash_find (from, pair->from, pair->name, 0);

  return cut != NULL ? cut : g_steal_pointer (&place);
}

gboolean
lab_clone_copy_files (
    const char *from, const char *to, GArray *pairs, gint64 copied_at, GError **error)
{
  gboolean done = TRUE;

  g_return_val_if_fail (from != NULL && to != NULL && pairs != NULL, FALSE);

  for (guint i = 0; i < pairs->len; i++)
    {
      const LabClonePair *pair = &g_array_index (pairs, LabClonePair, i);
      g_autofree char *source = find_original (from, pair, copied_at);
      g_autofree char *target = g_strdup_printf ("%s/%u", to, pair->to);

      if (!lab_state_copy_device (source, pair->from, target, pair->to, LAB_STATE_NO_NVRAM,
                                  done ? error : NULL))
        done = FALSE;
    }
  return done;
}

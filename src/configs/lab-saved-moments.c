/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Moments of many histories: all saves in one row, cut where a while passes or a node comes again.
 */

#define G_LOG_DOMAIN "lab-configs"

#include "config.h"

#include "lab-saved-moments.h"

typedef struct
{
  gint64 time;
  guint history; /* its place */
} Save;

static void
history_free (gpointer data)
{
  LabSavedHistory *history = data;

  g_free (history->node);
  g_array_unref (history->entries);
  g_free (history);
}

static void
moment_free (gpointer data)
{
  LabSavedMoment *moment = data;

  g_ptr_array_unref (moment->nodes);
  g_free (moment);
}

GPtrArray *
lab_saved_histories_new (void)
{
  return g_ptr_array_new_with_free_func (history_free);
}

void
lab_saved_histories_add (GPtrArray *histories, const char *node, GArray *entries)
{
  LabSavedHistory *history = g_new0 (LabSavedHistory, 1);

  history->node = g_strdup (node);
  history->entries = entries;
  g_ptr_array_add (histories, history);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const Save *one = a;
  const Save *other = b;

  if (one->time != other->time)
    return one->time < other->time ? -1 : 1;
  return (one->history > other->history) - (one->history < other->history);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Save *one = a;
  const Save *other = b;

  return (one->history > other->history) - (one->history < other->history);
}

static GArray *
list_saves (GPtrArray *histories)
{
  GArray *saves = g_array_new (FALSE, FALSE, sizeof (Save));

  for (guint i = 0; i < histories->len; i++)
    {
      GArray *entries = ((LabSavedHistory *) histories->pdata[i])->entries;

      for (guint j = 0; j < entries->len; j++)
        {
          Save save = { g_array_index (entries, LabSavedEntry, j).first, i };

          g_array_append_val (saves, save);
        }
    }
  g_array_sort (saves, compare_times);
  return saves;
}

/* @n: how many saves from @first on */
static LabSavedMoment *
make_moment (GPtrArray *histories, GArray *saves, guint first, guint n)
{
  LabSavedMoment *moment = g_new0 (LabSavedMoment, 1);
  Save *own = &g_array_index (saves, Save, first);

  moment->time = own[n - 1].time;
  moment->nodes = g_ptr_array_new_with_free_func (g_free);
  qsort (own, n, sizeof (Save), compare_places);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (moment->nodes,
                     g_strdup (((LabSavedHistory *) histories->pdata[own[i].history])->node));
  return moment;
}

GPtrArray *
lab_saved_list_moments (GPtrArray *histories)
{
  g_autoptr (GArray) saves = list_saves (histories);
  /* The number of the moment in which a node saved last; from 1. */
  g_autofree guint *seen = g_new0 (guint, histories->len + 1);
  GPtrArray *moments = g_ptr_array_new_with_free_func (moment_free);
  guint first = 0;
  gint64 last = 0;

  for (guint i = 0; i < saves->len; i++)
    {
      Save save = g_array_index (saves, Save, i);

      if (i > first &&
          (save.time - last > LAB_SAVED_MOMENT_GAP || seen[save.history] == moments->len + 1))
        {
          g_ptr_array_add (moments, make_moment (histories, saves, first, i - first));
          first = i;
        }
      seen[save.history] = moments->len + 1;
      last = save.time;
    }
  if (saves->len > first)
    g_ptr_array_add (moments, make_moment (histories, saves, first, saves->len - first));
  return moments;
}

const LabSavedEntry *
lab_saved_find_at (GArray *entries, gint64 time)
{
  const LabSavedEntry *found = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const LabSavedEntry *entry = &g_array_index (entries, LabSavedEntry, i);

      if (entry->first <= time)
        found = entry;
    }
  return found;
}

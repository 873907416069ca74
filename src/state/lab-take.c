/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "lab-state"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-saved-nvram.h"
#include "lab-saved-taken.h"
#include "lab-start-text.h"
#include "lab-take.h"
#include "lab-topology.h"

#define PATIENCE G_USEC_PER_SEC

/* Half of what a lab's file may have is for start configurations. */
#define MAX_BYTES (LAB_MAX_FILE_BYTES / 2)
#define MAX_LINES (LAB_MAX_VALUES / 2)

static void
item_free (gpointer data)
{
  LabTakeItem *self = data;

  g_free (self->name);
  g_free (self->start);
  g_free (self->text);
  g_free (self);
}

static void
collect (GPtrArray *items, LabNode *node)
{
  LabTakeItem *item;

  if (lab_node_get_kind (node) != LAB_NODE_IOU)
    return;
  item = g_new0 (LabTakeItem, 1);
  item->name = g_strdup (lab_node_get_name (node));
  item->id = lab_node_get_id (node);
  item->start = g_strdup (lab_node_get_start_config (node));
  g_ptr_array_add (items, item);
}

GPtrArray *
lab_take_collect (LabTopology *topology, GPtrArray *nodes)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);
  GListModel *all = lab_topology_get_nodes (topology);

  for (guint i = 0; nodes == NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (all, i);

      collect (items, node);
    }
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    collect (items, nodes->pdata[i]);
  return items;
}

/* --- reading --- */

static char *
work_of (const LabTakeItem *item, const char *folder)
{
  return g_strdup_printf ("%s/%u", folder, item->id);
}

static void
decide (LabTakeItem *item, GBytes *saved)
{
  gsize size;
  const char *data = g_bytes_get_data (saved, &size);

  item->text = lab_start_text_from_saved (data, size, item->name, item->start);
  if (lab_start_text_equal (item->text, item->start, item->name))
    item->fate = LAB_TAKE_SAME;
  else if (strlen (item->text) > LAB_START_TEXT_MAX)
    item->fate = LAB_TAKE_TOO_LARGE;
  else
    item->fate = *item->text != '\0' ? LAB_TAKE_NEW : LAB_TAKE_NOTHING;
}

static void
read_item (LabTakeItem *item, const char *folder, gboolean news, gint64 deadline)
{
  g_autofree char *work = work_of (item, folder);
  /* First: this may bring both back from the future. */
  gint64 time = lab_saved_nvram_time (work, item->id);
  gint64 settled = news ? MAX (item->since, lab_saved_get_taken (work)) : 0;
  g_autoptr (GBytes) saved = NULL;

  item->fate = LAB_TAKE_NOTHING;
  item->time = 0;
  g_clear_pointer (&item->text, g_free);
  if (time <= settled)
    return;
  saved = lab_saved_read_settled (work, item->id, deadline, &time, NULL);
  if (saved == NULL)
    return;
  item->time = time;
  decide (item, saved);
}

void
lab_take_read (GPtrArray *items, const char *folder, gboolean news)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE;

  g_return_if_fail (items != NULL && folder != NULL);

  for (guint i = 0; i < items->len; i++)
    read_item (items->pdata[i], folder, news, deadline);
}

guint
lab_take_count (GPtrArray *items, LabTakeFate fate)
{
  guint n = 0;

  g_return_val_if_fail (items != NULL, 0);

  for (guint i = 0; i < items->len; i++)
    n += ((LabTakeItem *) items->pdata[i])->fate == fate;
  return n;
}

/* --- the edit --- */

typedef struct
{
  gint64 bytes;
  gint64 lines;
} Cost;

/* What a text takes in the lab's file: a line an element, some characters escaped. */
static void
add_cost (Cost *cost, const char *text, int sign)
{
  gint64 bytes = 0;
  gint64 lines = 0;

  for (const char *p = text; p != NULL && *p != '\0'; p++)
    {
      guchar c = (guchar) *p;

      lines += c == '\n';
      bytes += c == '\n' ? 16 : c < 0x20 || c == 0x7f ? 6 : c == '"' || c == '\\' ? 2 : 1;
    }
  cost->bytes += sign * bytes;
  cost->lines += sign * lines;
}

static Cost
cost_of_all (LabTopology *topology)
{
  GListModel *nodes = lab_topology_get_nodes (topology);
  Cost cost = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      add_cost (&cost, lab_node_get_start_config (node), 1);
    }
  return cost;
}

static gboolean
has_room (Cost *cost, const LabTakeItem *item)
{
  Cost after = *cost;

  add_cost (&after, item->start, -1);
  add_cost (&after, item->text, 1);
  if (after.bytes > MAX_BYTES || after.lines > MAX_LINES)
    return FALSE;
  *cost = after;
  return TRUE;
}

static gboolean
is_as_it_was (const LabTakeItem *item, LabTopology *topology)
{
  LabNode *node = lab_topology_find_node (topology, item->name);

  return node != NULL && lab_node_get_id (node) == item->id &&
         lab_node_get_kind (node) == LAB_NODE_IOU &&
         g_strcmp0 (lab_node_get_start_config (node), item->start) == 0;
}

static void
add_edit (GPtrArray *edits, const LabTakeItem *item)
{
  g_autoptr (JsonNode) value = json_node_init_string (json_node_alloc (), item->text);

  g_ptr_array_add (edits, lab_edit_new_set_node (item->name, "start", value));
}

static char *
make_label (GPtrArray *items, guint n)
{
  for (guint i = 0; n == 1 && i < items->len; i++)
    {
      const LabTakeItem *item = items->pdata[i];

      if (item->fate == LAB_TAKE_NEW)
        return g_strdup_printf (_ ("Take saved configuration of %s"), item->name);
    }
  return g_strdup_printf (
      ngettext ("Take %u saved configuration", "Take %u saved configurations", (gulong) n), n);
}

LabEdit *
lab_take_edit (GPtrArray *items, LabTopology *topology)
{
  g_autoptr (GPtrArray) edits = NULL;
  g_autofree char *label = NULL;
  Cost cost;

  g_return_val_if_fail (items != NULL, NULL);
  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);

  if (lab_take_count (items, LAB_TAKE_NEW) == 0)
    return NULL;
  edits = g_ptr_array_new_with_free_func (g_object_unref);
  cost = cost_of_all (topology);
  for (guint i = 0; i < items->len; i++)
    {
      LabTakeItem *item = items->pdata[i];

      if (item->fate != LAB_TAKE_NEW)
        continue;
      if (!is_as_it_was (item, topology))
        {
          /* Neither taken nor left out. */
          item->fate = LAB_TAKE_NOTHING;
          item->time = 0;
        }
      else if (!has_room (&cost, item))
        item->fate = LAB_TAKE_TOO_LARGE;
      else
        add_edit (edits, item);
    }
  if (edits->len == 0)
    return NULL;
  label = make_label (items, edits->len);
  return lab_edit_new_group (label, edits);
}

/* --- afterwards --- */

gboolean
lab_take_settle (GPtrArray *items, const char *folder, GError **error)
{
  gboolean done = TRUE;

  g_return_val_if_fail (items != NULL && folder != NULL, FALSE);

  for (guint i = 0; i < items->len; i++)
    {
      const LabTakeItem *item = items->pdata[i];
      gint64 time = MAX (item->time, item->since);
      g_autofree char *work = work_of (item, folder);

      /* A device that never ran gets no folder by this. */
      if (time == 0 || lab_saved_nvram_time (work, item->id) == 0)
        continue;
      if (!lab_saved_set_taken (work, time, done ? error : NULL))
        done = FALSE;
    }
  return done;
}

const char *
lab_take_describe (const LabTakeItem *item)
{
  switch (item->fate)
    {
    case LAB_TAKE_SAME:
      return _ ("the lab has it already");
    case LAB_TAKE_NEW:
      return _ ("is taken");
    case LAB_TAKE_TOO_LARGE:
      return _ ("not taken: too large for a lab’s file");
    case LAB_TAKE_NOTHING:
    default:
      return _ ("has saved nothing");
    }
}

const char *
lab_take_word (const LabTakeItem *item)
{
  switch (item->fate)
    {
    case LAB_TAKE_SAME:
      return "same";
    case LAB_TAKE_NEW:
      return "taken";
    case LAB_TAKE_TOO_LARGE:
      return "too-large";
    case LAB_TAKE_NOTHING:
    default:
      return "nothing";
    }
}

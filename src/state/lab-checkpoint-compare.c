/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is different between two moments of a lab. A device's configuration is what its NVRAM holds;
 * where that holds none, it is the start configuration: the one that it would boot with. */

#define G_LOG_DOMAIN "lab-state"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-checkpoint.h"
#include "lab-file.h"
#include "lab-saved-nvram.h"
#include "lab-start-text.h"
#include "lab-state.h"
#include "lab-text-diff.h"

typedef struct
{
  LabTopology *topology;
  const char *folder;
} Moment;

static void
difference_free (gpointer data)
{
  LabStateDifference *self = data;

  g_free (self->node);
  g_free (self->text);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static LabStateDifference *
add (GPtrArray *list, const char *node, char *text)
{
  LabStateDifference *self = g_new0 (LabStateDifference, 1);

  self->node = g_strdup (node);
  self->text = text;
  g_ptr_array_add (list, self);
  return self;
}

static char *
work_of (const Moment *moment, LabNode *node)
{
  return g_strdup_printf ("%s/%u", moment->folder, lab_node_get_id (node));
}

/* An NVRAM may end a text with line ends of its own. (transfer full) */
static char *
end_once (const char *text, gsize length)
{
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  return g_strdup_printf ("%.*s\n", (int) length, text);
}

static char *
config_of (const Moment *moment, LabNode *node)
{
  g_autofree char *work = work_of (moment, node);
  g_autoptr (GBytes) saved = lab_saved_read_nvram (work, lab_node_get_id (node), NULL, NULL, NULL);
  const char *start = lab_node_get_start_config (node);
  g_autofree char *text = NULL;
  gsize size;

  if (saved != NULL)
    {
      const char *data = g_bytes_get_data (saved, &size);

      return end_once (data, strnlen (data, size));
    }
  text = lab_start_text_expand (start, lab_node_get_name (node));
  return end_once (text, strlen (text));
}

static void
count_lines (const char *before, const char *after, guint *added, guint *removed)
{
  g_autoptr (GArray) lines = lab_text_diff (before, strlen (before), after, strlen (after));

  *added = *removed = 0;
  for (guint i = 0; i < lines->len; i++)
    {
      LabTextDiffKind kind = g_array_index (lines, LabTextDiffLine, i).kind;

      *added += kind == LAB_TEXT_DIFF_ADDED;
      *removed += kind == LAB_TEXT_DIFF_REMOVED;
    }
}

static void
compare_configs (GPtrArray *list, const Moment *a, LabNode *one, const Moment *b, LabNode *other)
{
  g_autofree char *before = config_of (a, one);
  g_autofree char *after = config_of (b, other);
  g_autofree char *lines = NULL;
  LabStateDifference *difference;
  guint added;
  guint removed;

  if (g_str_equal (before, after))
    return;
  count_lines (before, after, &added, &removed);
  lines = g_strdup_printf (ngettext ("%u line added", "%u lines added", added), added);
  /* Translators: %s is “2 lines added”, %u how many are removed. */
  difference = add (list, lab_node_get_name (other),
                    g_strdup_printf (_ ("another configuration: %s, %u removed"), lines, removed));
  difference->before = g_steal_pointer (&before);
  difference->after = g_steal_pointer (&after);
}

static gboolean
same_file (const char *a, const char *b, const char *name)
{
  g_autofree char *path_a = g_build_filename (a, name, NULL);
  g_autofree char *path_b = g_build_filename (b, name, NULL);
  g_autoptr (GBytes) one = lab_state_read_file (path_a, LAB_STATE_MAX_FILE, NULL);
  g_autoptr (GBytes) other = lab_state_read_file (path_b, LAB_STATE_MAX_FILE, NULL);

  return one != NULL && other != NULL && g_bytes_equal (one, other);
}

static void
collect_names (GHashTable *names, const char *work)
{
  g_autoptr (GPtrArray) files = lab_state_list_files (work, NULL);

  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      /* That one is told by its configuration. */
      if (!g_str_has_prefix (files->pdata[i], "nvram_"))
        g_hash_table_add (names, g_strdup (files->pdata[i]));
    }
}

static void
compare_files (GPtrArray *list, const Moment *a, LabNode *one, const Moment *b, LabNode *other)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *before = work_of (a, one);
  g_autofree char *after = work_of (b, other);
  g_autoptr (GList) keys = NULL;

  collect_names (names, before);
  collect_names (names, after);
  keys = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) strcmp);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      const char *name = l->data;

      if (!same_file (before, after, name))
        add (list, lab_node_get_name (other),
             g_str_has_prefix (name, "vlan.dat")
                 ? g_strdup (_ ("another VLAN database"))
                 : g_strdup_printf (_ ("another content of the file %s"), name));
    }
}

static LabNode *
find_by_id (LabTopology *topology, guint id)
{
  GListModel *nodes = lab_topology_get_nodes (topology);

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      if (lab_node_get_id (node) == id)
        return g_steal_pointer (&node);
    }
  return NULL;
}

static void
compare_node (GPtrArray *list, const Moment *a, const Moment *b, LabNode *other)
{
  g_autoptr (LabNode) one = find_by_id (a->topology, lab_node_get_id (other));
  const char *name = lab_node_get_name (other);

  if (one == NULL)
    {
      add (list, name, g_strdup (_ ("a device that is not there")));
      return;
    }
  if (!g_str_equal (lab_node_get_name (one), name))
    add (list, name, g_strdup_printf (_ ("is called %s now"), lab_node_get_name (one)));
  if (lab_node_get_kind (other) != LAB_NODE_IOU || lab_node_get_kind (one) != LAB_NODE_IOU)
    return;
  compare_configs (list, a, one, b, other);
  compare_files (list, a, one, b, other);
}

static void
compare_gone (GPtrArray *list, const Moment *a, const Moment *b)
{
  GListModel *nodes = lab_topology_get_nodes (a->topology);

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);
      g_autoptr (LabNode) other = find_by_id (b->topology, lab_node_get_id (node));

      if (other == NULL)
        add (list, lab_node_get_name (node), g_strdup (_ ("a device that was not there")));
    }
}

/* The documents without what was told above: links, places, drawings, notes. */
static void
compare_documents (GPtrArray *list, const Moment *a, const Moment *b)
{
  guint before = list->len;
  guint links_a = g_list_model_get_n_items (lab_topology_get_links (a->topology));
  guint links_b = g_list_model_get_n_items (lab_topology_get_links (b->topology));
  g_autofree char *one = lab_file_to_string (a->topology, NULL);
  g_autofree char *other = lab_file_to_string (b->topology, NULL);

  if (links_a != links_b)
    add (list, NULL, g_strdup_printf (_ ("%u links instead of %u"), links_b, links_a));
  else if (before == 0 && !g_str_equal (one, other))
    add (list, NULL, g_strdup (_ ("the drawing, the notes or settings of the lab")));
}

GPtrArray *
lab_state_compare (const char *document,
                   const char *folder,
                   const char *other_document,
                   const char *other_folder,
                   GError **error)
{
  g_autoptr (LabTopology) one = NULL;
  g_autoptr (LabTopology) other = NULL;
  g_autoptr (GPtrArray) list = NULL;
  GListModel *nodes;

  g_return_val_if_fail (document != NULL && other_document != NULL, NULL);

  one = lab_file_parse (document, strlen (document), "lab.lab", error);
  other = one != NULL ? lab_file_parse (other_document, strlen (other_document), "lab.lab", error)
                      : NULL;
  if (other == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func (difference_free);
  nodes = lab_topology_get_nodes (other);
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      compare_node (list, &(Moment){ one, folder }, &(Moment){ other, other_folder }, node);
    }
  compare_gone (list, &(Moment){ one, folder }, &(Moment){ other, other_folder });
  compare_documents (list, &(Moment){ one, folder }, &(Moment){ other, other_folder });
  return g_steal_pointer (&list);
}

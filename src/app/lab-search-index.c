/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The index behind the search.
 *
 * A text (a name, a line) is folded once. A query is a few words; a text matches if each word is in
 * it, or in its owner's name. Matches get a rank, lower is better: a whole name, its beginning, the
 * beginning of a word, anything else. Only the best are made into objects: the letter "e" matches
 * thirty thousand lines of a large lab. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include "lab-labels.h"
#include "lab-search-private.h"

/* Of one node, link or drawing, or of the notes. */
typedef struct
{
  char *name;       /* folded: what it is called */
  char *more;       /* (nullable) folded: what else it is found by, but not shown for */
  GStrv lines;      /* (nullable) folded lines of its text */
  const char *text; /* (nullable) the text itself, borrowed; valid as long as the entry is */
} Entry;

typedef struct
{
  LabSearchKind kind;
  guint rank;
  guint line;
  gpointer object;
} Candidate;

struct _LabSearchIndex
{
  GObject parent_instance;

  LabTopology *topology;
  GHashTable *entries; /* object → Entry; the topology itself for the notes */
};

enum
{
  RANK_WHOLE,
  RANK_START,
  RANK_WORD,
  RANK_INSIDE,
  RANK_NONE,
};

G_DEFINE_FINAL_TYPE (LabSearchIndex, lab_search_index, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_free (entry->more);
  g_strfreev (entry->lines);
  g_free (entry);
}

static void
lab_search_index_dispose (GObject *object)
{
  LabSearchIndex *self = LAB_SEARCH_INDEX (object);

  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_object (&self->topology);

  G_OBJECT_CLASS (lab_search_index_parent_class)->dispose (object);
}

static void
lab_search_index_class_init (LabSearchIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_search_index_dispose;
}

static void
lab_search_index_init (LabSearchIndex *self)
{
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, entry_free);
}

static void
forget (LabSearchIndex *self, gpointer object)
{
  g_hash_table_remove (self->entries, object);
}

/* A list does not say what left it, and what left may be freed: all goes. */
static void
items_changed_cb (
    LabSearchIndex *self, guint position, guint removed, guint added, GListModel *list)
{
  if (removed > 0)
    g_hash_table_remove_all (self->entries);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, position + i);

      g_signal_handlers_disconnect_by_func (item, forget, self);
      g_signal_connect_object (item, "changed", G_CALLBACK (forget), self, G_CONNECT_SWAPPED);
    }
}

LabSearchIndex *
lab_search_index_new (LabTopology *topology)
{
  LabSearchIndex *self;
  GListModel *lists[3];

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);

  self = g_object_new (LAB_TYPE_SEARCH_INDEX, NULL);
  self->topology = g_object_ref (topology);
  g_signal_connect_object (topology, "changed", G_CALLBACK (forget), self, G_CONNECT_SWAPPED);
  lists[0] = lab_topology_get_nodes (topology);
  lists[1] = lab_topology_get_links (topology);
  lists[2] = lab_topology_get_drawings (topology);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_signal_connect_object (lists[i], "items-changed", G_CALLBACK (items_changed_cb), self,
                               G_CONNECT_SWAPPED);
      items_changed_cb (self, 0, 0, g_list_model_get_n_items (lists[i]), lists[i]);
    }

  return self;
}

static char *
fold (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p >= 0x80)
      return g_utf8_casefold (text, -1);

  return g_ascii_strdown (text, -1);
}

static GStrv
fold_lines (const char *text)
{
  g_autofree char *folded = text != NULL ? fold (text) : NULL;

  return folded != NULL ? g_strsplit (folded, "\n", -1) : NULL;
}

static Entry *
make_node_entry (LabNode *node)
{
  Entry *entry = g_new0 (Entry, 1);
  const char *image = lab_node_get_image_name (node);
  g_autofree char *more =
      g_strdup_printf ("%s %s", lab_label_node_kind (node), image != NULL ? image : "");

  entry->name = fold (lab_node_get_name (node));
  entry->more = fold (more);
  entry->text = lab_node_get_start_config (node);
  entry->lines = fold_lines (entry->text);

  return entry;
}

static Entry *
make_link_entry (LabLink *link)
{
  Entry *entry = g_new0 (Entry, 1);
  g_autofree char *name = g_strdup_printf (
      "%s %s, %s %s", lab_link_get_node_name (link, 0), lab_link_get_port_name (link, 0),
      lab_link_get_node_name (link, 1), lab_link_get_port_name (link, 1));

  entry->name = fold (name);

  return entry;
}

static Entry *
make_text_entry (const char *text)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->name = g_strdup ("");
  entry->text = text;
  entry->lines = fold_lines (text);

  return entry;
}

static Entry *
get_entry (LabSearchIndex *self, gpointer object)
{
  Entry *entry = g_hash_table_lookup (self->entries, object);

  if (entry != NULL)
    return entry;
  if (LAB_IS_NODE (object))
    entry = make_node_entry (object);
  else if (LAB_IS_LINK (object))
    entry = make_link_entry (object);
  else if (LAB_IS_DRAWING (object))
    entry = make_text_entry (lab_drawing_get_text (object));
  else
    entry = make_text_entry (lab_topology_get_notes (object));
  g_hash_table_insert (self->entries, object, entry);

  return entry;
}

static GStrv
split_query (const char *query)
{
  g_autofree char *folded = fold (query);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);

  return g_strv_builder_end (words);
}

/* How well one word stands in a text. */
static guint
rank_word (const char *text, const char *word)
{
  gsize length = strlen (word);
  guint rank = RANK_NONE;

  for (const char *at = text; (at = strstr (at, word)) != NULL; at++)
    {
      guint here = RANK_INSIDE;

      if (at == text && text[length] == '\0')
        here = RANK_WHOLE;
      else if (at == text || (!g_ascii_isalnum (at[-1]) && !g_ascii_isalnum (at[length])))
        here = RANK_START;
      else if (!g_ascii_isalnum (at[-1]))
        here = RANK_WORD;
      rank = MIN (rank, here);
    }

  return rank;
}

/* Each word must be in @text, or else in @owner (nullable); at least one in @text itself. */
static guint
rank_text (const char *text, const char *owner, char **words)
{
  guint worst = RANK_WHOLE;
  gboolean own = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint rank = rank_word (text, words[i]);

      own = own || rank != RANK_NONE;
      if (rank == RANK_NONE && owner != NULL && strstr (owner, words[i]) != NULL)
        rank = RANK_WORD;
      worst = MAX (worst, rank);
    }

  return own ? worst : RANK_NONE;
}

static void
add (GArray *found, LabSearchKind kind, gpointer object, guint rank, guint line)
{
  Candidate candidate = { .kind = kind, .rank = rank, .line = line, .object = object };

  if (rank != RANK_NONE)
    g_array_append_val (found, candidate);
}

static void
add_lines (GArray *found, LabSearchKind kind, gpointer object, const Entry *entry, char **words)
{
  for (guint i = 0; entry->lines != NULL && entry->lines[i] != NULL; i++)
    add (found, kind, object, rank_text (entry->lines[i], entry->name, words), i + 1);
}

static void
search_nodes (LabSearchIndex *self, char **words, GArray *found)
{
  GListModel *nodes = lab_topology_get_nodes (self->topology);
  guint n_nodes = g_list_model_get_n_items (nodes);

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);
      Entry *entry = get_entry (self, node);
      guint rank = rank_text (entry->name, entry->more, words);

      if (rank == RANK_NONE && rank_text (entry->more, entry->name, words) != RANK_NONE)
        rank = RANK_INSIDE;
      add (found, LAB_SEARCH_NODE, node, rank, 0);
      add_lines (found, LAB_SEARCH_CONFIG, node, entry, words);
    }
}

static void
search_links (LabSearchIndex *self, char **words, GArray *found)
{
  GListModel *links = lab_topology_get_links (self->topology);
  guint n_links = g_list_model_get_n_items (links);

  for (guint i = 0; i < n_links; i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);

      add (found, LAB_SEARCH_PORT, link, rank_text (get_entry (self, link)->name, NULL, words), 0);
    }
}

static void
search_texts (LabSearchIndex *self, char **words, GArray *found)
{
  GListModel *drawings = lab_topology_get_drawings (self->topology);
  guint n_drawings = g_list_model_get_n_items (drawings);

  add_lines (found, LAB_SEARCH_NOTES, self->topology, get_entry (self, self->topology), words);
  for (guint i = 0; i < n_drawings; i++)
    {
      g_autoptr (LabDrawing) drawing = g_list_model_get_item (drawings, i);

      add_lines (found, LAB_SEARCH_DRAWING, drawing, get_entry (self, drawing), words);
    }
}

/* Better first; among equals nodes before ports before lines, then in the order of the document,
 * which a stable sort keeps. */
static int
compare_candidates (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Candidate *first = a;
  const Candidate *second = b;

  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;

  return (int) first->kind - (int) second->kind;
}

static char *
line_of (const char *text, guint line)
{
  const char *end;

  while (--line > 0 && (end = strchr (text, '\n')) != NULL)
    text = end + 1;
  end = strchr (text, '\n');

  return g_strstrip (end != NULL ? g_strndup (text, (gsize) (end - text)) : g_strdup (text));
}

/* The end of a link that the words name: "SW1" shows "SW1 e3", not "R1 e0/0". */
static guint
best_end (LabLink *link, char **words)
{
  guint ranks[2];

  for (guint end = 0; end < 2; end++)
    {
      g_autofree char *text = g_strdup_printf ("%s %s", lab_link_get_node_name (link, end),
                                               lab_link_get_port_name (link, end));
      g_autofree char *folded = fold (text);

      ranks[end] = rank_text (folded, NULL, words);
    }

  return ranks[1] < ranks[0] ? 1 : 0;
}

static LabSearchHit *
make_port_hit (LabLink *link, char **words)
{
  guint end = best_end (link, words);
  g_autofree char *title = g_strdup_printf ("%s %s", lab_link_get_node_name (link, end),
                                            lab_link_get_port_name (link, end));
  g_autofree char *detail = g_strdup_printf ("→ %s %s", lab_link_get_node_name (link, 1 - end),
                                             lab_link_get_port_name (link, 1 - end));

  return lab_search_hit_new (LAB_SEARCH_PORT, link, title, detail, 0);
}

static LabSearchHit *
make_hit (LabSearchIndex *self, const Candidate *candidate, char **words)
{
  Entry *entry = get_entry (self, candidate->object);
  g_autofree char *line =
      candidate->line > 0 && entry->text != NULL ? line_of (entry->text, candidate->line) : NULL;

  switch (candidate->kind)
    {
    case LAB_SEARCH_PORT:
      return make_port_hit (candidate->object, words);
    case LAB_SEARCH_NOTES:
      return lab_search_hit_new (candidate->kind, NULL, line, NULL, candidate->line);
    case LAB_SEARCH_DRAWING:
      return lab_search_hit_new (candidate->kind, candidate->object, line, NULL, candidate->line);
    case LAB_SEARCH_NODE:
      return lab_search_hit_new (candidate->kind, candidate->object,
                                 lab_node_get_name (candidate->object),
                                 lab_label_node_kind (candidate->object), 0);
    case LAB_SEARCH_CONFIG:
    default:
      return lab_search_hit_new (candidate->kind, candidate->object,
                                 lab_node_get_name (candidate->object), line, candidate->line);
    }
}

GPtrArray *
lab_search_index_find (LabSearchIndex *self, const char *query, guint max)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (LAB_IS_SEARCH_INDEX (self) && query != NULL, hits);

  words = split_query (query);
  if (words[0] == NULL)
    return hits;
  search_nodes (self, words, found);
  search_links (self, words, found);
  search_texts (self, words, found);
  g_array_sort_with_data (found, compare_candidates, NULL);
  for (guint i = 0; i < MIN (found->len, max); i++)
    g_ptr_array_add (hits, make_hit (self, &g_array_index (found, Candidate, i), words));

  return hits;
}

static gboolean
matches_links (LabSearchIndex *self, LabNode *node, char **words)
{
  guint n_ports = lab_node_get_n_ports (node);

  for (guint i = 0; i < n_ports; i++)
    {
      LabPort port;
      LabLink *link = NULL;

      if (lab_node_get_port (node, i, &port))
        link = lab_topology_find_link (self->topology, lab_node_get_name (node), port.name);
      if (link != NULL && rank_text (get_entry (self, link)->name, NULL, words) != RANK_NONE)
        return TRUE;
    }

  return FALSE;
}

gboolean
lab_search_index_matches_node (LabSearchIndex *self, LabNode *node, const char *query)
{
  g_auto (GStrv) words = NULL;
  Entry *entry;

  g_return_val_if_fail (LAB_IS_SEARCH_INDEX (self) && LAB_IS_NODE (node), FALSE);

  words = split_query (query);
  entry = get_entry (self, node);
  if (words[0] == NULL || rank_text (entry->name, entry->more, words) != RANK_NONE ||
      rank_text (entry->more, entry->name, words) != RANK_NONE)
    return TRUE;
  for (guint i = 0; entry->lines != NULL && entry->lines[i] != NULL; i++)
    if (rank_text (entry->lines[i], entry->name, words) != RANK_NONE)
      return TRUE;

  return matches_links (self, node, words);
}

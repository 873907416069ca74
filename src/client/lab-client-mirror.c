/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mirror of an engine's state. Every batch of changes names the revision it builds on. One that
 * is older than what is here is already in it and is passed over; one that builds on something
 * newer means that a batch was missed, and the whole state must be asked for. */

#include "config.h"

#include "lab-client-mirror.h"
#include "lab-client-node-private.h"

void
lab_client_mirror_init (LabClientMirror *self)
{
  self->nodes = g_list_store_new (LAB_TYPE_CLIENT_NODE);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->engine = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
}

void
lab_client_mirror_clear (LabClientMirror *self)
{
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_object (&self->nodes);
  g_clear_pointer (&self->engine, g_variant_unref);
}

LabClientNode *
lab_client_mirror_find (LabClientMirror *self, const char *name)
{
  return g_hash_table_lookup (self->by_name, name);
}

static void
remove_node (LabClientMirror *self, const char *name)
{
  LabClientNode *node = lab_client_mirror_find (self, name);
  guint position;

  if (node == NULL)
    return;
  g_hash_table_remove (self->by_name, name);
  if (g_list_store_find (self->nodes, node, &position))
    g_list_store_remove (self->nodes, position);
}

static void
update_nodes (LabClientMirror *self, GVariant *nodes, GHashTable *seen)
{
  GVariantIter iter;
  GVariant *dictionary;

  g_variant_iter_init (&iter, nodes);
  while ((dictionary = g_variant_iter_next_value (&iter)) != NULL)
    {
      const char *name = NULL;
      LabClientNode *node = NULL;

      if (g_variant_lookup (dictionary, "name", "&s", &name))
        node = lab_client_mirror_find (self, name);
      if (name != NULL && node == NULL)
        {
          g_autoptr (LabClientNode) added = lab_client_node_new (name);

          node = added;
          g_hash_table_insert (self->by_name, (char *) lab_client_node_get_name (node), node);
          lab_client_node_update (node, dictionary);
          g_list_store_append (self->nodes, node);
        }
      else if (node != NULL)
        {
          lab_client_node_update (node, dictionary);
        }
      if (node != NULL && seen != NULL)
        g_hash_table_add (seen, node);
      g_variant_unref (dictionary);
    }
}

static void
set_engine (LabClientMirror *self, GVariant *engine)
{
  g_variant_ref (engine);
  g_variant_unref (self->engine);
  self->engine = engine;
}

void
lab_client_mirror_reset (LabClientMirror *self, guint64 revision, GVariant *engine, GVariant *nodes)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  update_nodes (self, nodes, seen);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->nodes)); i > 0; i--)
    {
      g_autoptr (LabClientNode) node = g_list_model_get_item (G_LIST_MODEL (self->nodes), i - 1);

      if (!g_hash_table_contains (seen, node))
        remove_node (self, lab_client_node_get_name (node));
    }
  set_engine (self, engine);
  self->revision = revision;
}

gboolean
lab_client_mirror_apply (LabClientMirror *self,
                         guint64 base,
                         guint64 revision,
                         GVariant *engine,
                         GVariant *nodes,
                         const char *const *removed)
{
  if (revision <= self->revision)
    return TRUE;
  if (base != self->revision)
    return FALSE;

  for (gsize i = 0; removed[i] != NULL; i++)
    remove_node (self, removed[i]);
  update_nodes (self, nodes, NULL);
  if (g_variant_n_children (engine) > 0)
    set_engine (self, engine);
  self->revision = revision;
  return TRUE;
}

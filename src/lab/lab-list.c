/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list model behind nodes, links, drawings and checks. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include "lab-list-private.h"

struct _LabList
{
  GObject parent_instance;

  GType item_type;
  GPtrArray *items;
};

static GType
lab_list_get_item_type (GListModel *model)
{
  return LAB_LIST (model)->item_type;
}

static guint
lab_list_get_n_items (GListModel *model)
{
  return LAB_LIST (model)->items->len;
}

static gpointer
lab_list_get_item (GListModel *model, guint position)
{
  LabList *self = LAB_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
lab_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = lab_list_get_item_type;
  iface->get_n_items = lab_list_get_n_items;
  iface->get_item = lab_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LabList,
                               lab_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, lab_list_model_init))

static void
lab_list_finalize (GObject *object)
{
  g_ptr_array_unref (LAB_LIST (object)->items);

  G_OBJECT_CLASS (lab_list_parent_class)->finalize (object);
}

static void
lab_list_class_init (LabListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_list_finalize;
}

static void
lab_list_init (LabList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

LabList *
lab_list_new (GType item_type)
{
  LabList *self = g_object_new (LAB_TYPE_LIST, NULL);

  self->item_type = item_type;

  return self;
}

guint
lab_list_get_length (LabList *self)
{
  return self->items->len;
}

gpointer
lab_list_get (LabList *self, guint position)
{
  return g_ptr_array_index (self->items, position);
}

gboolean
lab_list_find (LabList *self, gpointer item, guint *position)
{
  return g_ptr_array_find (self->items, item, position);
}

void
lab_list_insert (LabList *self, guint position, gpointer item)
{
  position = MIN (position, self->items->len);
  g_ptr_array_insert (self->items, (int) position, g_object_ref (item));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

void
lab_list_remove (LabList *self, guint position)
{
  GObject *item = g_ptr_array_steal_index (self->items, position);

  /* Listeners may look at what went. */
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  g_object_unref (item);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A GListModel over an array: items by position in constant time, which GListStore (a tree) does
 * not give. */
#define LAB_TYPE_LIST (lab_list_get_type ())
G_DECLARE_FINAL_TYPE (LabList, lab_list, LAB, LIST, GObject)

/* Empty; appends and removes emit GListModel::items-changed. (transfer full) */
LabList *lab_list_new        (GType item_type);
guint    lab_list_get_length (LabList *self);
gpointer lab_list_get        (LabList *self, guint position);               /* (transfer none) */
gboolean lab_list_find       (LabList *self, gpointer item, guint *position); /* @position: (out) (optional) */
void     lab_list_insert     (LabList *self, guint position, gpointer item); /* G_MAXUINT: append */
/* The list's reference goes after those who listen were told. */
void     lab_list_remove     (LabList *self, guint position);

G_END_DECLS

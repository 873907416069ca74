/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-portable-files.h"

G_BEGIN_DECLS

/**
 * LabPortableChoice:
 * @flags: what goes along
 * @captures: (element-type utf8): paths of captures that do
 *
 * What the user wants in a portable lab.
 */
typedef struct
{
  LabPortableFlags flags;
  GPtrArray *captures;
} LabPortableChoice;

/* @self: what lab_portable_dialog_finish() gave. */
void               lab_portable_choice_free    (LabPortableChoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabPortableChoice, lab_portable_choice_free)

/* Asks what shall be in the portable lab. */
void               lab_portable_dialog_async   (GtkWindow *parent, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (nullable): %NULL: the user thought better of it */
LabPortableChoice *lab_portable_dialog_finish  (GAsyncResult *result);
/* Shows what is inside, and asks whether a lab shall be made of it: %TRUE or %FALSE by the finish function. @parent: (nullable) */
void               lab_portable_confirm_async  (GtkWindow *parent, const LabPortable *about, GAsyncReadyCallback callback,
                                                gpointer user_data);
gboolean           lab_portable_confirm_finish (GAsyncResult *result);

G_END_DECLS

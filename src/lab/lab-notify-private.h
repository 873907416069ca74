/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Notifying only what really changed, for an object that swaps all of its state at once:
 * take the values before, change, then compare. @properties[0] is unused, as in class_init. */
GArray *lab_notify_begin (GObject *object, GParamSpec **properties, guint n_properties);
void    lab_notify_end   (GObject *object, GParamSpec **properties, guint n_properties, GArray *before);

G_END_DECLS

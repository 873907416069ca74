/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The files of deleted devices. What a device saved lies in its lab's state folder under its id. As
 * long as the lab is open a deleted device's files stay there, so that undo finds them. When the lab
 * closes they go to trash/DATE-NAME-ID beside them, and from there after LAB_TRASH_DAYS days. */

#define LAB_TRASH_DAYS 30

/**
 * lab_trash_collect:
 * @state: the folder of all labs' states
 * @uuid: a lab
 * @devices: (element-type uint utf8): ids, as GUINT_TO_POINTER(), and names of devices that are gone
 * @today: the day, as g_date_get_julian() has it
 *
 * Moves the files of those devices into the lab's trash, and removes what has been in any lab's
 * trash too long. File access: for a thread.
 */
void     lab_trash_collect        (const char *state, const char *uuid, GHashTable *devices, guint32 today);
/* The same, today. */
void     lab_trash_collect_today  (const char *state, const char *uuid, GHashTable *devices);
/* The same in a thread. @devices must not change any more. */
void     lab_trash_collect_async  (const char *state, const char *uuid, GHashTable *devices,
                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean lab_trash_collect_finish (GAsyncResult *result, GError **error);
/**
 * lab_trash_find:
 * @folder: of a lab, S/<uuid>
 * @id: the id that a device had
 * @name: its name when it was deleted
 * @since: what came into the trash earlier does not count, as g_get_real_time() has it; 0: all does
 *
 * File access: for a thread.
 *
 * Returns: (transfer full) (nullable): the folder with its files; of several the last
 */
char    *lab_trash_find           (const char *folder, guint id, const char *name, gint64 since);

G_END_DECLS

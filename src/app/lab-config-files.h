/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-config-folder.h"
#include "lab-session.h"

G_BEGIN_DECLS

/* Folders of configurations (lab-config-folder.h) for the devices of a session, in threads. */

/* Names of the devices that save configurations, as people sort them. (transfer full) */
GStrv      lab_config_files_devices     (LabSession *session);

/* See lab_config_folder_scan(). @chosen: (nullable) */
void       lab_config_files_scan_async  (LabSession *session, const char *folder, GHashTable *chosen, GAsyncReadyCallback callback, gpointer user_data);
/* (element-type LabConfigItem) (transfer full) */
GPtrArray *lab_config_files_scan_finish (GAsyncResult *result, GError **error);
/* See lab_config_folder_find_old(). */
void       lab_config_files_find_old_async  (LabSession *session, const char *folder, GAsyncReadyCallback callback, gpointer user_data);
GStrv      lab_config_files_find_old_finish (GAsyncResult *result, guint *n, GError **error);
/* See lab_config_folder_write(). */
void       lab_config_files_write_async  (LabSession *session, const char *folder, GAsyncReadyCallback callback, gpointer user_data);
int        lab_config_files_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS

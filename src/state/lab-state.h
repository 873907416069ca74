/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-topology.h"

G_BEGIN_DECLS

/* What devices keep between two runs: their NVRAM, vlan.dat and the other files of their folders,
 * S/<uuid>/<id>. Links, sockets, programs and what a start makes anew are of a run and never kept;
 * a licence file is the user's and never is either. Errors are G_IO_ERROR with a whole sentence. All
 * functions touch files: for a thread. */

/** LAB_STATE_MAX_FILE: a file of a device that is larger is not kept, which is an error, in bytes */
#define LAB_STATE_MAX_FILE (64 * 1024 * 1024)
/** LAB_STATE_MAX_FILES: nor are more than these of one device */
#define LAB_STATE_MAX_FILES 256

/**
 * LabStateFlags:
 * @LAB_STATE_HISTORY: the history of saved configurations, too
 * @LAB_STATE_NO_NVRAM: all but the NVRAM
 */
typedef enum
{
  LAB_STATE_PLAIN = 0,
  LAB_STATE_HISTORY = 1 << 0,
  LAB_STATE_NO_NVRAM = 1 << 1,
} LabStateFlags;

/**
 * lab_state_is_kept_name:
 * @name: of a file in a device's folder
 *
 * FALSE: it is of a run, or a licence file, whatever it holds. The names begin with no dot.
 */
gboolean   lab_state_is_kept_name   (const char *name);
/**
 * lab_state_list_files:
 * @work: a device's folder
 *
 * Returns: (transfer full) (element-type utf8): the names of its files that are kept, sorted; empty if
 *   there is no such folder
 */
GPtrArray *lab_state_list_files     (const char *work, GError **error);
/**
 * lab_state_rename_for:
 * @name: of a kept file
 * @from: id of its device
 * @to: id of another one
 *
 * NVRAM and vlan.dat have the device's id in their names (contract, section 12).
 *
 * Returns: (transfer full): the name it has with @to
 */
char      *lab_state_rename_for     (const char *name, guint from, guint to);
/**
 * lab_state_copy_device:
 * @from: folder of a device, or of a copy of its files
 * @from_id: its id
 * @to: another folder; it is made if anything is to be put into it
 * @to_id: the id in the names there
 *
 * Copies what is kept, also while the device runs: an NVRAM that is being written is waited for.
 * Files that @to has already are replaced.
 */
gboolean   lab_state_copy_device    (const char *from, guint from_id, const char *to, guint to_id,
                                     LabStateFlags flags, GError **error);
/**
 * lab_state_restore_device:
 * @from: a copy of a device's files; it need not be there, which means none
 * @to: the device's folder
 * @id: its id
 *
 * Makes @to hold what @from holds, and no other kept file. What the NVRAM holds is in the history
 * before, and what it holds then is after. The device must not run.
 */
gboolean   lab_state_restore_device (const char *from, const char *to, guint id, GError **error);
/**
 * lab_state_copy_lab:
 * @from: folder of a lab, S/<uuid>
 * @to: that of another one
 * @ids: (element-type uint): ids of devices, as GUINT_TO_POINTER()
 *
 * lab_state_copy_device() with the history, for each of them, under the same ids.
 */
gboolean   lab_state_copy_lab       (const char *from, const char *to, GHashTable *ids, GError **error);
/* The ids of the nodes that keep anything, as GUINT_TO_POINTER(). (transfer container) */
GHashTable *lab_state_device_ids    (LabTopology *topology);

/* --- for this room --- */

/* Makes @path with its parents, 0700. */
gboolean   lab_state_make_folder    (const char *path, GError **error);
/* Never follows a link. Missing is fine. */
void       lab_state_remove_tree    (const char *path);
/** LAB_STATE_NEW: how the name of a folder begins that is not whole yet */
#define LAB_STATE_NEW ".new-"
/** LAB_STATE_GONE: how that of one ends that is being removed */
#define LAB_STATE_GONE ".gone"
/* Folders of such names in @folder that have been so for a day: whoever was at it was killed. */
void       lab_state_remove_leftovers (const char *folder);
/* All that was written to the file system of @path is on the disk. */
void       lab_state_sync           (const char *path);
/* lab_state_copy_device() for each of @ids, from @from/<id> to @to/<id>. */
gboolean   lab_state_copy_devices   (const char *from, const char *to, GHashTable *ids,
                                     LabStateFlags flags, GError **error);
/* Temporary file, flushed, renamed. */
gboolean   lab_state_write_file     (const char *path, const char *data, gsize size, GError **error);
/* A regular file of bounded size, no link followed. (transfer full) */
GBytes    *lab_state_read_file      (const char *path, gsize max, GError **error);

/* The kept file @name of the device's folder @work; an NVRAM that is being written is waited for. (transfer full) */
GBytes    *lab_state_read_kept      (const char *work, const char *name, GError **error);

G_END_DECLS

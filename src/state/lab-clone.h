/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-clipping.h"

G_BEGIN_DECLS

/* Copies of single devices, with what they saved: the two halves around lab_clipping_paste().
 *
 * The NVRAM itself is not copied. It holds the name of the device, and may hold its keys; a copy
 * is another device, with another name. So the configuration in it becomes the start configuration
 * of the copy, with "%h" for the name, which the first start replaces by its own; a start
 * configuration is read only by a device without NVRAM. All else that a device keeps, vlan.dat
 * above all, is copied as it is. What was saved later than the configuration was read, but before
 * the files are copied, is in the files only.
 *
 * All functions touch files: for a thread. Errors are G_IO_ERROR with a whole sentence. */

/**
 * lab_clone_read_config:
 * @work: a device's folder
 * @id: its application id
 * @name: its name
 *
 * Reads what the device has saved, whether it runs or not; an NVRAM that is being written is waited
 * for.
 *
 * Returns: (transfer full) (nullable): a start configuration for copies of it; %NULL: it saved none
 */
char      *lab_clone_read_config (const char *work, guint id, const char *name);
/**
 * lab_clone_read_configs:
 * @folder: of the lab, S/<uuid>
 * @devices: (element-type uint utf8): ids, as GUINT_TO_POINTER(), and names
 *
 * Returns: (transfer full) (element-type utf8 utf8): name → start configuration, of those that saved
 *   one, for lab_clipping_new()
 */
GHashTable *lab_clone_read_configs (const char *folder, GHashTable *devices);

/**
 * LabClonePair:
 * @name: name of a device in the lab it was copied from
 * @from: its id there
 * @to: id of its copy
 */
typedef struct
{
  char *name;
  guint from;
  guint to;
} LabClonePair;

/**
 * lab_clone_pairs:
 * @clipping: what was pasted
 * @items: what that made, see lab_clipping_paste()
 *
 * Touches no file.
 *
 * Returns: (transfer full) (element-type LabClonePair): the devices among it that keep anything
 */
GArray    *lab_clone_pairs       (LabClipping *clipping, GPtrArray *items);
/**
 * lab_clone_copy_files:
 * @from: folder of the lab of the originals, S/<uuid>
 * @to: that of the lab of the copies; may be the same
 * @pairs: (element-type LabClonePair): who is whose copy
 * @copied_at: when they were copied, see lab_clipping_get_time()
 *
 * Gives each copy the files of its original, but for the NVRAM. An original that was cut, and whose
 * lab was closed since, has them in the trash. Those that cannot be copied do not keep the others
 * from it; the error is the first.
 */
gboolean   lab_clone_copy_files  (const char *from, const char *to, GArray *pairs, gint64 copied_at, GError **error);

G_END_DECLS

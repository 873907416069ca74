/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Checkpoints: the whole state of a lab at one moment, its document and what its devices keep, in
 * checkpoints/NUMBER/ of the lab's folder S/<uuid>. The engine takes and restores them; they can be
 * listed, compared, renamed and removed by anybody, also when no engine runs. Errors are G_IO_ERROR
 * or LAB_ERROR with a whole sentence. All functions touch files: for a thread. */

/** LAB_CHECKPOINT_FOLDER: where they are in the lab's folder */
#define LAB_CHECKPOINT_FOLDER "checkpoints"
/** LAB_CHECKPOINT_MAX_AUTOMATIC: of those taken before a restore, so many are kept */
#define LAB_CHECKPOINT_MAX_AUTOMATIC 5
/** LAB_CHECKPOINT_MAX_NAME: longest name, in bytes */
#define LAB_CHECKPOINT_MAX_NAME 200

/**
 * LabCheckpoint:
 * @number: what it is called by; the next one is higher
 * @name: what people call it
 * @time: when it was taken, µs since 1970 UTC
 * @automatic: taken by itself, before a restore
 * @n_devices: how many devices kept anything
 * @path: its folder
 */
typedef struct
{
  guint number;
  char *name;
  gint64 time;
  gboolean automatic;
  guint n_devices;
  char *path;
} LabCheckpoint;

/* @self: (nullable). What is on the disk stays. */
void           lab_checkpoint_free         (LabCheckpoint *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabCheckpoint, lab_checkpoint_free)

/**
 * lab_checkpoint_list:
 * @folder: the lab's, S/<uuid>
 *
 * Returns: (transfer full) (element-type LabCheckpoint): oldest first; what is not whole is left out
 */
GPtrArray     *lab_checkpoint_list         (const char *folder, GError **error);
/* %G_IO_ERROR_NOT_FOUND: there is none of this number. (transfer full) */
LabCheckpoint *lab_checkpoint_find         (const char *folder, guint number, GError **error);
/**
 * lab_checkpoint_take:
 * @folder: the lab's
 * @name: what people call it
 * @automatic: older ones of this kind go, until LAB_CHECKPOINT_MAX_AUTOMATIC are left
 * @document: the text of the .lab file at this moment
 *
 * Copies what the devices of @document keep; they may run. When this is done it is on the disk; what
 * does not come to its end leaves nothing.
 *
 * Returns: (transfer full): the new checkpoint
 */
LabCheckpoint *lab_checkpoint_take         (const char *folder, const char *name, gboolean automatic,
                                            const char *document, GError **error);
/* The text of the .lab file. (transfer full) */
char          *lab_checkpoint_read_document (LabCheckpoint *self, GError **error);
/**
 * lab_checkpoint_restore:
 * @folder: the lab's
 *
 * Makes the devices of its document keep what they did then. None of them may run.
 */
gboolean       lab_checkpoint_restore      (LabCheckpoint *self, const char *folder, GError **error);
/* @name as lab_checkpoint_check_name() has it. A renamed one is no longer automatic, so that no
 * later one takes its place. */
gboolean       lab_checkpoint_rename       (LabCheckpoint *self, const char *name, GError **error);
/* Deletes it from the disk, under another name first, so that no half of one is ever listed; @self
 * stays the caller's to free. */
gboolean       lab_checkpoint_remove       (LabCheckpoint *self, GError **error);

/**
 * LabStateDifference:
 * @node: (nullable): the node it is about; %NULL: the lab
 * @text: what is different, a sentence
 * @before: (nullable): the configuration before, as text
 * @after: (nullable): and after; both or none
 */
typedef struct
{
  char *node;
  char *text;
  char *before;
  char *after;
} LabStateDifference;

/**
 * lab_state_compare:
 * @document: the text of a .lab file
 * @folder: what its devices keep, in folders of their ids
 * @other_document: that of another moment
 * @other_folder: the same
 *
 * What must change for the first to become the other.
 *
 * Returns: (transfer full) (element-type LabStateDifference): in the order of the nodes
 */
GPtrArray     *lab_state_compare           (const char *document, const char *folder,
                                            const char *other_document, const char *other_folder,
                                            GError **error);
/* A name that is empty, too long, or holds control characters is refused with a sentence. */
gboolean       lab_checkpoint_check_name   (const char *name, GError **error);

G_END_DECLS

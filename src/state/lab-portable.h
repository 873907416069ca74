/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-topology.h"

G_BEGIN_DECLS

/* A portable lab, NAME.labz: a zip archive that holds a lab's document and, by the same names as on
 * the disk, what its devices keep, what is settled about it, and if wanted their histories, checkpoints and captures. Never an
 * image, never a licence file. Errors are G_IO_ERROR or LAB_ERROR with a whole sentence. All
 * functions touch files: for a thread. */

/** LAB_PORTABLE_SUFFIX: how such a file's name ends */
#define LAB_PORTABLE_SUFFIX ".labz"
/** LAB_PORTABLE_MAX_ENTRIES: more are refused */
#define LAB_PORTABLE_MAX_ENTRIES 50000
/** LAB_PORTABLE_MAX_BYTES: what is in it may be unpacked to so many bytes */
#define LAB_PORTABLE_MAX_BYTES (G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024)

/**
 * LabPortableFlags:
 * @LAB_PORTABLE_HISTORY: the histories of saved configurations
 * @LAB_PORTABLE_CHECKPOINTS: the lab's checkpoints
 */
typedef enum
{
  LAB_PORTABLE_PLAIN = 0,
  LAB_PORTABLE_HISTORY = 1 << 0,
  LAB_PORTABLE_CHECKPOINTS = 1 << 1,
} LabPortableFlags;

/**
 * LabPortable:
 * @name: the lab's name
 * @uuid: the lab's
 * @n_nodes: how many nodes it has
 * @n_devices: how many of them kept anything
 * @n_configs: how many earlier configurations there are
 * @n_checkpoints: how many checkpoints
 * @n_captures: how many captures
 * @n_bytes: what all of it takes when unpacked
 * @left_out: (element-type utf8): what is in the file but has no place in a lab
 *
 * What is inside a portable lab.
 */
typedef struct
{
  char *name;
  char *uuid;
  guint n_nodes;
  guint n_devices;
  guint n_configs;
  guint n_checkpoints;
  guint n_captures;
  guint64 n_bytes;
  GPtrArray *left_out;
} LabPortable;

/* @self: (nullable). The file stays. */
void         lab_portable_free  (LabPortable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabPortable, lab_portable_free)

/**
 * lab_portable_write:
 * @path: the file to be written; one that is there is replaced when the new one is whole
 * @document: the text of the .lab file
 * @folder: what the devices keep, S/<uuid>
 * @captures: (nullable) (element-type utf8): paths of captures that go along
 *
 * Devices may run.
 */
gboolean     lab_portable_write (const char *path, const char *document, const char *folder,
                                 LabPortableFlags flags, GPtrArray *captures, GError **error);
/**
 * lab_portable_look:
 *
 * Returns: (transfer full): what is inside, with nothing unpacked to the disk. A damaged file is
 *   refused
 */
LabPortable *lab_portable_look  (const char *path, GError **error);
/* The same for bytes in memory. (transfer full) */
LabPortable *lab_portable_look_bytes (const guint8 *data, gsize size, GError **error);
/**
 * lab_portable_open:
 * @path: the portable lab
 * @lab_path: where its document shall be, NAME.lab; there must be none yet
 * @state: the folder of all labs' folders
 * @captures: (out) (optional) (transfer full) (nullable): the folder beside @lab_path that has its captures
 *
 * Makes a lab of it. Where this machine has kept something for the same lab already, the new one
 * gets an identity of its own, so that nothing is overwritten.
 *
 * Returns: the lab's uuid. (transfer full)
 */
char        *lab_portable_open  (const char *path, const char *lab_path, const char *state,
                                 char **captures, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The corpus of real files lies outside the tree, as several of them carry no licence: in corpus/ of the folder
 * LABWRIGHT_SHARED_DIR, or of "shared" beside the source tree. */

/* All of its files, path to GBytes: those that lie there, those in its portable projects, and those in the snapshots
 * within these, each as if the archive were a folder. NULL, and the test is skipped, where there is no corpus.
 * (transfer full) (nullable) */
GHashTable *corpus_load   (void);

/* What lies beside @path under another name. (transfer none) (nullable) */
GBytes     *corpus_beside (GHashTable *files, const char *path, const char *name);

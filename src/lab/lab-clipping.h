/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-history.h"

G_BEGIN_DECLS

/* What was copied: nodes with their start configurations, the links among them, and drawings. It is
 * the text of a small lab document, whose uuid is that of the lab it was copied from; so what came
 * from another program is held to the same rules and limits as a file.
 *
 * What a device saved itself (its NVRAM) does not travel as it is. Its saved configuration travels
 * as the start configuration of the copy if whoever copies hands it over. Files that it keeps do
 * not travel either, but are found by the uuid and the ids (lab-clone.h has both). */

#define LAB_CLIPPING_MIME "application/vnd.labwright.selection+json"

#define LAB_TYPE_CLIPPING (lab_clipping_get_type ())
typedef struct _LabClipping LabClipping;

/* A boxed type, for GdkContentProvider; counted by references. */
GType        lab_clipping_get_type (void);
/* @items: nodes, links and drawings of @topology; links count only by the nodes at both their ends. @configs:
 * (nullable): name → saved configuration, which is taken instead of the start configuration. NULL
 * if there is nothing to copy. (transfer full) (nullable) */
LabClipping *lab_clipping_new      (LabTopology *topology, GPtrArray *items, GHashTable *configs);
/* From somebody else's bytes. Errors: LAB_ERROR. (transfer full) (nullable) */
LabClipping *lab_clipping_new_from_text (const char *text, gsize length, GError **error);
LabClipping *lab_clipping_ref      (LabClipping *self);
void         lab_clipping_unref    (LabClipping *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabClipping, lab_clipping_unref)

/* UTF-8, for other programs. It lives as long as the clipping. */
const char  *lab_clipping_get_text (LabClipping *self, gsize *length);
guint        lab_clipping_get_n_items (LabClipping *self); /* nodes and drawings */
/* What it holds, as it was in the lab it was copied from: with that one's uuid, and its ids and
 * names. (transfer none) */
LabTopology *lab_clipping_get_source (LabClipping *self);
/* When it was copied, as g_get_real_time() has it; 0: by another program. */
gint64       lab_clipping_get_time (LabClipping *self);
/* The middle of what it holds, where it was copied. */
void         lab_clipping_get_centre (LabClipping *self, double *x, double *y);

/**
 * lab_clipping_paste:
 * @topology: the document of @history
 * @dx: how far from where it was copied
 * @dy: likewise
 * @label: (nullable): what the step is called; "Paste …" if %NULL
 * @items: (out) (optional) (transfer container): the new nodes, links and drawings, borrowed; the
 *   nodes come first, in the order of those of lab_clipping_get_source()
 *
 * Adds what was copied, as one step. Nodes get free names of the same pattern and new ids.
 */
gboolean     lab_clipping_paste    (LabClipping *self, LabTopology *topology, LabHistory *history, double dx, double dy,
                                    const char *label, GPtrArray **items, GError **error);

G_END_DECLS

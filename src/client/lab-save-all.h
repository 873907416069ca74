/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client.h"

G_BEGIN_DECLS

#define LAB_TYPE_SAVE_ALL (lab_save_all_get_type ())
G_DECLARE_FINAL_TYPE (LabSaveAll, lab_save_all, LAB, SAVE_ALL, GObject)

/* Devices are told to save, at their consoles, all at once. Nothing here waits.
 *
 * Signal: "changed" (guint index): the result of that device is there. */

/**
 * LabSaveState:
 * @LAB_SAVE_WAITING: it was told to, or is about to be
 * @LAB_SAVE_SAVED: its NVRAM was written
 * @LAB_SAVE_FAILED: it was not
 */
typedef enum
{
  LAB_SAVE_WAITING,
  LAB_SAVE_SAVED,
  LAB_SAVE_FAILED,
} LabSaveState;

/* @client: open. */
LabSaveAll  *lab_save_all_new       (LabClient *client);
/* @image: (nullable): name of its image: hosts are told otherwise than routers. Before the start. */
void         lab_save_all_add       (LabSaveAll *self, const char *node, guint id, const char *image);
/* Begins with all of them. */
void         lab_save_all_start     (LabSaveAll *self);
/* No more of it: what waits has failed. Consoles are closed. */
void         lab_save_all_cancel    (LabSaveAll *self);
guint        lab_save_all_get_n     (LabSaveAll *self);
const char  *lab_save_all_get_node  (LabSaveAll *self, guint index);
LabSaveState lab_save_all_get_state (LabSaveAll *self, guint index);
/* (nullable): translated, "saved", "is not ready"; %NULL: not yet. */
const char  *lab_save_all_get_text  (LabSaveAll *self, guint index);
/* (nullable): the same as a translated sentence, and what to do: "It is not ready yet. Wait until…" */
const char  *lab_save_all_get_sentence (LabSaveAll *self, guint index);
gboolean     lab_save_all_is_done   (LabSaveAll *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_CHECKPOINT_WINDOW (lab_checkpoint_window_get_type ())
G_DECLARE_FINAL_TYPE (LabCheckpointWindow, lab_checkpoint_window, LAB, CHECKPOINT_WINDOW, AdwWindow)

/* The checkpoints of a lab, above its window: take one, see what one would change, go back to it,
 * rename and remove. */
void lab_checkpoint_window_present (GtkWindow *parent, LabSession *session);

G_END_DECLS

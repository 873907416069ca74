/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_CONFIG_WINDOW (lab_config_window_get_type ())
G_DECLARE_FINAL_TYPE (LabConfigWindow, lab_config_window, LAB, CONFIG_WINDOW, AdwWindow)

/* A node's start configuration in a window of its own, above that of @parent. A node has one such
 * window at most: it comes to the front. It closes when the node is deleted. */
void lab_config_window_present (GtkWidget *parent, LabSession *session, LabNode *node);

G_END_DECLS

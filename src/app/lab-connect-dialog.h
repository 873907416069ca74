/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_CONNECT_DIALOG (lab_connect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LabConnectDialog, lab_connect_dialog, LAB, CONNECT_DIALOG, AdwWindow)

/* Cabling by keyboard: a node's port, another node, its port; only free ports of one kind are
 * offered. Shows the dialog above the window of @parent. @port: (nullable): begin at this port. */
void lab_connect_dialog_present (GtkWidget *parent, LabSession *session, LabNode *node, const char *port);

G_END_DECLS

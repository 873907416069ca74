/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-session.h"

G_BEGIN_DECLS

/* Devices go back to the lab's start configurations: what they have saved leaves their NVRAM, and stays in
 * their histories; vlan.dat goes as well. One that runs is started again. Both ask first, above @parent; how
 * it went is said there or by the session. */

/* @nodes: (element-type LabNode): devices that save configurations */
void lab_reset_nodes (GtkWindow *parent, LabSession *session, GPtrArray *nodes);
void lab_reset_all   (GtkWindow *parent, LabSession *session);

G_END_DECLS

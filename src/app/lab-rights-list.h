/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-rights.h"

G_BEGIN_DECLS

/* What a lab asks for, in plain words: a row for each right, with the devices that want it. */
GtkWidget *lab_rights_list_new   (LabTopology *topology, LabRights rights);
/* The devices that want any of @rights, commas between. (transfer full) */
char      *lab_rights_list_names (LabTopology *topology, LabRights rights);

G_END_DECLS

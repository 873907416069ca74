/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-image-map.h"
#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_MAPPING_WINDOW (lab_mapping_window_get_type ())
G_DECLARE_FINAL_TYPE (LabMappingWindow, lab_mapping_window, LAB, MAPPING_WINDOW, AdwWindow)

/* The images that a lab names, each with a choice of what is on this computer; one step gives all of
 * them to their devices. @records: (element-type LabImageRecord): of lab_library_list(). */
void lab_mapping_window_present (GtkWindow *parent, LabSession *session, GPtrArray *records);

G_END_DECLS

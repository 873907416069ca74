/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LAB_TYPE_LICENCE_GROUP (lab_licence_group_get_type ())
G_DECLARE_FINAL_TYPE (LabLicenceGroup, lab_licence_group, LAB, LICENCE_GROUP, AdwPreferencesGroup)

/* The user's iourc in the preferences: whether its form is right, picked, pasted or removed; and whether
 * the initial configuration dialogue of devices is declined. Never shows any of the iourc. */

/* Looks again at what there is. */
void lab_licence_group_refresh (LabLicenceGroup *self);

G_END_DECLS

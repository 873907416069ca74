/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LAB_TYPE_PREFERENCES (lab_preferences_get_type ())
G_DECLARE_FINAL_TYPE (LabPreferences, lab_preferences, LAB, PREFERENCES, AdwPreferencesWindow)

/* Shows the preferences; there is one such window. @parent: (nullable) */
void lab_preferences_present (GtkWindow *parent);

G_END_DECLS

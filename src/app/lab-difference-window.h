/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What going back to a checkpoint would change, in a window above @parent. A row that is about a
 * configuration shows it beside the other. @differences: (element-type LabStateDifference). */
void lab_difference_window_present (GtkWindow *parent, GPtrArray *differences);

G_END_DECLS

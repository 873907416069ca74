/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LAB_TYPE_START_PAGE (lab_start_page_get_type ())
G_DECLARE_FINAL_TYPE (LabStartPage, lab_start_page, LAB, START_PAGE, GtkWidget)

/* What a window without a lab shows: a new lab, labs that still run, recovered ones, recent ones, and the
 * samples. What it offers are actions of the application, but for
 *
 * Signal "recover" (LabRecovery): a recovery copy shall be opened. */

G_END_DECLS

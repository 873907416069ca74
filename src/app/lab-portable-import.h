/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-application.h"
#include "lab-window.h"

G_BEGIN_DECLS

/* A portable lab was opened: shows what is inside, asks where the lab shall be, and opens that. What goes
 * wrong is said in @window. */
void lab_portable_import (LabApplication *application, LabWindow *window, GFile *file);

G_END_DECLS

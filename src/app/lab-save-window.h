/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_SAVE_WINDOW (lab_save_window_get_type ())
G_DECLARE_FINAL_TYPE (LabSaveWindow, lab_save_window, LAB, SAVE_WINDOW, AdwWindow)

/* Devices are told at their consoles to save ("write memory"), all at once, and a row for each says how
 * it went; those that failed can be told again. The window below can be used meanwhile: a console can be
 * put in order.
 *
 * Signals:
 *   "console" (LabNode *): the console of this device is wanted
 *   "answered" (gboolean go_on): of a window with something that comes after: go on, or do not. */

/* Above @parent, one at a time: while one still waits for devices, that is presented and returned.
 * @nodes: (element-type LabNode) (transfer none): those to be told. (transfer none) */
LabSaveWindow *lab_save_window_present    (GtkWindow *parent, LabSession *session, GPtrArray *nodes);
/* The same before something else, which waits for "answered": as soon as all have saved it goes on by
 * itself, else the button @go_on (translated, with a mnemonic) does. */
LabSaveWindow *lab_save_window_ask        (GtkWindow *parent, LabSession *session, GPtrArray *nodes, const char *go_on);
/* The devices of @session that run. (element-type LabNode) (transfer full) */
GPtrArray     *lab_save_window_list_running (LabSession *session);

G_END_DECLS

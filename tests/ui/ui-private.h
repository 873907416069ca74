/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <X11/Xlib.h>
#include <glib.h>

#include "ui-harness.h"

/* Under AddressSanitizer everything takes its time, and a hand must not be faster than the program. */
#ifdef __SANITIZE_ADDRESS__
#define UI_PACE 4
#else
#define UI_PACE 1
#endif

G_BEGIN_DECLS

/* Our own connection to the display; never GTK's. */
Display *ui_x              (void);
void     ui_x_open         (void);
void     ui_x_close        (void);
/* Returns when the window manager answers requests to map a window; fails after a minute. */
void     ui_x_wait_manager (void);
/* Each longer ui_settle () ends with this, which is to return when the program has answered. */
void     ui_settle_with    (void (*ask_program) (void));
/* Waits for a moment, if need be, until the window manager has given the keys to some window that is
 * shown; @title: to one of this title (NULL: any). */
void     ui_x_wait_focus   (const char *title);
/* The client window whose title contains @title, or None. */
Window   ui_x_find         (const char *title);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-app.h"

G_BEGIN_DECLS

/* A person at the window of a lab: devices, rows of the dock and consoles by their names. Where things
 * are and how they fare is asked of the accessibility tree, so that nothing here knows the layout.
 * What waits fails the test when it waits in vain. */

/* Starts the program, with a file if @path is not NULL, and lets its window fill the screen. */
void     ui_hand_start        (UiApp *app, const char *path);
/* The same of a window that is there; @title: part of its title. */
void     ui_hand_fill_screen  (const char *title);
/* Until a window whose title contains @title is on the screen, or no more. */
void     ui_hand_wait_title   (const char *title);
void     ui_hand_wait_no_title (const char *title);
/* Until something of @role and @name is in the tree and has a place. */
void     ui_hand_wait_control (const char *role, const char *name);
/* Until there is no such thing. */
void     ui_hand_wait_no_control (const char *role, const char *name);
/* Until the clipboard holds @text, and maybe more. (transfer full): all of it */
char    *ui_hand_wait_clipboard (const char *text);
/* Types the path of a file or folder into the file chooser of this title, and takes that. */
void     ui_hand_choose_path  (const char *title, const char *path);
/* Until the one called @name has the focus. */
void     ui_hand_wait_focus   (const char *name);
/* Clicks on it, in the lab's window. */
void     ui_hand_click        (const char *role, const char *name);
/* Clicks on a button that may still slide in under the pointer, until @sign is in the tree; the fifth
 * time in vain is the last. */
void     ui_hand_press_until  (const char *button, const char *sign);
/* An item of the main menu, by keys. */
void     ui_hand_choose       (const char *item);

/* The middle of a device on the canvas. */
void     ui_hand_place        (const char *node, int *x, int *y);
/* What a screen reader says of a device: “Running, 1 link: e0/0 to PC2 e0/0”. (transfer full)
 * (nullable): there is none. */
char    *ui_hand_describe     (const char *node);
/* Until that contains @text; NULL: until there is no such device. */
void     ui_hand_wait_node    (const char *node, const char *text);
guint    ui_hand_n_nodes      (void);
void     ui_hand_wait_n_nodes (guint n);

/* The middle of a row of the dock ("PC"). */
void     ui_hand_find_row     (const char *row, int *x, int *y);
/* Drags a row of the dock to a place on the screen. */
void     ui_hand_drop         (const char *row, int x, int y);
/* Where the upper right handle of a device is; the pointer is left there. */
void     ui_hand_find_handle  (const char *node, int *x, int *y);
/* Draws a cable from the handle at the edge of @from to @to. */
void     ui_hand_cable        (const char *from, const char *to);
/* Drags the end of an upright or level cable from @near to @far over to another device. */
void     ui_hand_move_end     (const char *near, const char *far, const char *to);
void     ui_hand_click_node   (const char *node);

/* Double-clicks the device and waits until its console has the focus. */
void     ui_hand_open_console (const char *node);
/* What is seen of the console that has the focus: Select All, Copy. (transfer full) */
char    *ui_hand_console      (void);
void     ui_hand_wait_console (const char *text);
/* Types a line until an answer contains @answer: what it asks for may need a moment to come true. */
void     ui_hand_ask_console  (const char *line, const char *answer);

/* Until the file @path contains @text. */
void     ui_hand_wait_file    (const char *path, const char *text);
/* By labctl: gives a host another name, which it saves. */
void     ui_hand_save_as      (const char *lab, const char *node, const char *name);
/* By labctl: 0 if it does not run. @lab: the file; NULL: the only lab that runs. */
int      ui_hand_pid          (const char *lab, const char *node);
int      ui_hand_engine_pid   (const char *lab);
/* Ends all labs and sees that no process of this test is left. */
void     ui_hand_end_labs     (void);

G_END_DECLS

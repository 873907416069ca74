/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A display of its own for a test of windows: Xvfb, a small window manager, a session bus, private
 * folders; the pointer, the keys and pictures of what is seen. Two kinds of test use it:
 *
 * - a widget test builds our widgets itself: ui_init (), then ui_init_gtk (), then windows; events
 *   arrive while ui_settle () or ui_wait () turns the main loop;
 * - an end-to-end test runs the program `labwright` (ui-app.h) and sees it from outside.
 *
 * LABWRIGHT_UI_DISPLAY=:0 uses that display instead, to watch; LABWRIGHT_UI_SCREEN=3200x2000 makes the
 * screen larger. Positions are pixels of the screen. */

#define UI_WIDTH  1600
#define UI_HEIGHT 1000

/* First call of main (): g_test_init, the display and all; ended by itself at exit. */
void     ui_init        (int *argc, char ***argv);
/* For widget tests: gtk_init, libadwaita, and our resources and settings. Fatal warnings stay on. */
void     ui_init_gtk    (void);

/* The folder of this test program: HOME, XDG_*, LABWRIGHT_RUNTIME_DIR, LABWRIGHT_STATE_DIR are in it. */
const char *ui_root     (void);
/* (transfer full): a path in it. */
char    *ui_path        (const char *name);
/* A copy of a sample lab (data/labs/@sample) in it, as @name. (transfer full): its path */
char    *ui_sample      (const char *sample, const char *name);

/* Pointer. Buttons: 1 left, 2 middle, 3 right; 4, 5 wheel up, down. */
void     ui_move        (int x, int y);
void     ui_press       (guint button);
void     ui_release     (guint button);
void     ui_click       (int x, int y, guint button);
void     ui_double_click (int x, int y);
/* Only gives it to the server, which lets the clicks follow each other whatever we do meanwhile. */
void     ui_post_double_click (int x, int y);
/* Press, several motions, release, as a hand does it. */
void     ui_drag        (int x1, int y1, int x2, int y2, guint button);
void     ui_wheel       (int x, int y, int steps); /* > 0: down */

/* Keys: "ctrl+shift+z", "Return", "F2", "a". Held ones with ui_key_down () and ui_key_up (). */
void     ui_key         (const char *combination);
void     ui_key_down    (const char *key);
void     ui_key_up      (const char *key);
void     ui_type        (const char *text); /* "\n" is Return */
void     ui_type_path   (const char *path); /* into a file chooser's entry: nothing stays behind it */
/* The path of a file, typed into the file chooser of this process, and taken. */
void     ui_choose_path (const char *path);
/* What that types: the same file by a shorter way. (transfer full) */
char    *ui_typed_path  (const char *path);
/* What is on the clipboard, as text; "" if there is none. (transfer full) */
char    *ui_clipboard_text (void);

/* Turns the main loop (or just waits, where there is none) for @ms milliseconds; 50 and more: and until
 * the program has answered, if it is slow. */
void     ui_settle      (guint ms);
/* Until @condition answers TRUE; FALSE after @ms. */
gboolean ui_wait        (gboolean (*condition) (gpointer data), gpointer data, guint ms);

/* The whole screen as build/tests/ui/shots/NAME.png, for people to look at. */
void     ui_shot        (const char *name);
/* The colour of one pixel, 0xrrggbb. */
guint32  ui_pixel       (int x, int y);
/* How many different colours an area holds: 1 is an empty one. */
guint    ui_count_colours (int x, int y, int width, int height);

/* Top-level windows on the screen: the one whose title contains @title. FALSE: none. @rectangle: (out)
 * x, y, width, height of its content on the screen. */
gboolean ui_find_window (const char *title, int rectangle[4]);
void     ui_raise_window (const char *title);
void     ui_place_window (const char *title, int x, int y, int width, int height);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

#include "ui-harness.h"

G_BEGIN_DECLS

/* libatspi 2.46 has no cleanup functions of its own. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiComponent, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiText, g_object_unref)

/* The program labwright as its users have it: a process, windows on the screen, and the tree that a
 * screen reader is shown. */
typedef struct
{
  GSubprocess *process;
  int code; /* after ui_app_wait_exit (): exit code, or -signal */
} UiApp;

/* @args: NULL-terminated: files and options. */
void             ui_app_start       (UiApp *self, const char *const *args);
/* Until a window whose title contains @title is on the screen; fails the test after a minute. */
void             ui_app_wait_window (UiApp *self, const char *title);
gboolean         ui_app_is_alive    (UiApp *self);
int              ui_app_pid         (UiApp *self);
void             ui_app_kill        (UiApp *self, int signal);
/* FALSE: it still runs after @ms. */
gboolean         ui_app_wait_exit   (UiApp *self, guint ms);
/* labctl with these words; (transfer full): what it printed. @code: (out) (optional) */
char            *ui_labctl          (int *code, ...) G_GNUC_NULL_TERMINATED;
/* A lab of @n_hosts on switches, made by make-lab, in the test's folder as @name. (transfer full): its path */
char            *ui_make_lab        (guint n_hosts, const char *name);
/* Processes whose command line or environment names this test's folder: engines, devices. */
guint            ui_n_processes     (const char *name);

/* The first accessible, depth first, with this role (NULL: any; "push button", "list item"…) and a
 * name that contains @name (NULL: any), showing or not. Waits up to @ms. (transfer full) (nullable) */
AtspiAccessible *ui_tree_find       (const char *role, const char *name, guint ms);
AtspiAccessible *ui_tree_find_below (AtspiAccessible *root, const char *role, const char *name);
/* Calls @visit for each accessible of the program. */
void             ui_tree_walk       (void (*visit) (AtspiAccessible *accessible, guint depth, gpointer data),
                                     gpointer data);
/* Name, role, state and text; (transfer full) */
char            *ui_tree_name       (AtspiAccessible *accessible);
char            *ui_tree_role       (AtspiAccessible *accessible);
char            *ui_tree_text       (AtspiAccessible *accessible);
char            *ui_tree_description (AtspiAccessible *accessible);
gboolean         ui_tree_has_state  (AtspiAccessible *accessible, AtspiStateType state);
/* Does an action by its name ("click", "summary.start"). FALSE: it has none of that name. */
gboolean         ui_tree_act        (AtspiAccessible *accessible, const char *action);
/* Where it is on the screen. @title: of its window. FALSE: not shown. */
gboolean         ui_tree_centre     (AtspiAccessible *accessible, const char *title, int *x, int *y);
/* Finds, fails the test if not there, and clicks in its middle. */
void             ui_tree_click      (const char *title, const char *role, const char *name);
/* The whole tree as text in the test's log, to see what went wrong. */
void             ui_tree_dump       (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a run's files and the project's programs are. All (transfer full). */

/* $LABWRIGHT_RUNTIME_DIR, or labwright/ in the user's runtime folder. */
char    *lab_client_runtime_dir     (void);
/* A file of one engine: "engine", "lock", "c/7"…; %NULL: the folder itself. */
char    *lab_client_runtime_path    (const char *uuid, const char *name);
/* $LABWRIGHT_STATE_DIR, or labwright/ in the user's state folder. */
char    *lab_client_state_dir       (void);
/* A program of ours: @room is its folder in src/ ("engine"), @name its file name. */
char    *lab_client_program_path    (const char *room, const char *name);
/* Whether two paths name one file, as far as can be seen; a missing file equals nothing but its own path. */
gboolean lab_client_same_file       (const char *a, const char *b);
/* TRUE for 8-4-4-4-12 lower-case hex digits: nothing else is taken as a folder name of a run. */
gboolean lab_client_is_uuid         (const char *text);

G_END_DECLS

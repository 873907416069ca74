/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A lab that was open not long ago. */
typedef struct
{
  char *path;
  char *title;   /* the file's name without ".lab" */
  GDateTime *at; /* when it was opened or saved last */
} LabRecent;

/* The desktop's list stays as it is. */
void       lab_recent_free (LabRecent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabRecent, lab_recent_free)

/* How a lab is called by its file: "campus". (transfer full) */
char      *lab_recent_title_of (const char *path);
/* A path as people write it: below the home folder it begins with "~". Always UTF-8.
 * (transfer full) */
char      *lab_recent_describe_path (const char *path);
/* Remembers @path in the desktop's list of recent files. */
void       lab_recent_add  (const char *path);
/* Forgets it. */
void       lab_recent_remove (const char *path);
/* The recent labs, newest first, @most at most. (transfer full) (element-type LabRecent) */
GPtrArray *lab_recent_list (guint most);
/* "Today, 14:05", "Yesterday", "3 days ago", "12 March 2024". (transfer full) */
char      *lab_recent_describe_age (GDateTime *at, GDateTime *now);

G_END_DECLS

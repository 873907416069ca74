/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Work on the image library, which reads and copies files, in a thread. */

/* In the thread. @said: (out) (nullable) (transfer full): what there is to say if it worked. */
typedef gboolean (*LabImageWork) (gpointer data, char **said, GError **error);

/* @source: (type GObject) (nullable). When it is done the library of this process looks again. */
void     lab_image_work_async  (gpointer source, LabImageWork work, gpointer data, GDestroyNotify free_data,
                                GAsyncReadyCallback callback, gpointer user_data);
/* @said: (out) (nullable) (transfer full) */
gboolean lab_image_work_finish (GAsyncResult *result, char **said, GError **error);

/* Adds @files, a list of GFile, to the library: images, and GNS3's appliances. What was added is said;
 * the error names all that was not. */
void     lab_image_add_async   (gpointer source, GSList *files, GAsyncReadyCallback callback, gpointer user_data);

/* Whether a file may be meant for the library, by its name. */
gboolean lab_image_is_wanted   (GFile *file);

G_END_DECLS

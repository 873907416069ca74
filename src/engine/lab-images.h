/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Images that come with the program. */
#define LAB_IMAGE_PC     "labwright-pc"
#define LAB_IMAGE_ROUTER "labwright-router"

/* Finds images by name and checks them before they are started. */
typedef struct _LabImages LabImages;

/* @error: NULL: the image is fine. */
typedef void (*LabImagesDone) (const GError *error, gpointer user_data);

/* Is it the name of an image that comes with the program? */
gboolean   lab_images_is_open (const char *name);

LabImages *lab_images_new   (void);
void       lab_images_free  (LabImages *self);
/* The path of image @name: a program of ours, or one from the user's image folders. (transfer full) */
char      *lab_images_find  (LabImages *self, const char *name, GError **error);
/* All checks of a file that can be made without running it, and its SHA-256 if @sha256 is given.
 * Answers at once for a file seen before, else later; always from the main loop's thread, always
 * exactly once, while @self lives. */
void       lab_images_check (LabImages *self, const char *path, const char *sha256,
                             LabImagesDone done, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabImages, lab_images_free)

G_END_DECLS

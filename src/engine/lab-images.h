/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-image-template.h"

G_BEGIN_DECLS

/* Images that come with the program. */
#define LAB_IMAGE_PC     "labwright-pc"
#define LAB_IMAGE_HOST   "labwright-host"
#define LAB_IMAGE_ROUTER "labwright-router"

/* Finds images by name and checks them before they are started. */
typedef struct _LabImages LabImages;

/**
 * LabImageFacts:
 * @path: the program
 * @no_keepalives: it says that it does not know layer-1 keepalives
 * @prompts: (element-type GRegex): of the template, or of all its templates if there is none of
 *   that name; a last line that matches one means ready. If there are any they alone decide
 * @dialogue: what happens to its initial configuration dialogue
 * @library_dirs: where it finds libraries besides the system's
 *
 * What a start needs to know of an image.
 */
typedef struct
{
  char *path;
  gboolean no_keepalives;
  GPtrArray *prompts;
  LabDialogue dialogue;
  GStrv library_dirs;
} LabImageFacts;

/* Who keeps facts beyond LabImagesDone takes a reference. They never change. */
LabImageFacts *lab_image_facts_ref   (LabImageFacts *self);
void           lab_image_facts_unref (LabImageFacts *self);

/* @facts: NULL with @error; else the image is fine. (transfer none) */
typedef void (*LabImagesDone) (LabImageFacts *facts, const GError *error, gpointer user_data);

/* Is it the name of an image that comes with the program? */
gboolean   lab_images_is_open (const char *name);
/* Does it make a sandbox of its own, with TUN devices: a host or a router? */
gboolean   lab_images_nests   (const char *name);

/* Knows nothing yet. (transfer full) */
LabImages *lab_images_new   (void);
/* Checks under way get no answer any more. */
void       lab_images_free  (LabImages *self);
/* Finds the image @name, or one whose SHA-256 is @sha256 (nullable); makes all checks of a file that
 * can be made without running it, compares the SHA-256, and asks an image that was never asked for
 * its options. @template (nullable) is the one of the image that counts. Answers at once for a file
 * seen before, else later; always from the main loop's thread, always exactly once, while @self
 * lives. */
void       lab_images_check (LabImages *self, const char *name, const char *sha256,
                             const char *template, LabImagesDone done, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabImages, lab_images_free)

G_END_DECLS

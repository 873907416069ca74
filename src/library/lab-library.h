/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "iou-command.h"
#include "lab-image-digest.h"
#include "lab-image-template.h"

G_BEGIN_DECLS

/* The image library: which images are on this machine, and what is known of them. The window, labctl
 * and the engine share it through two files:
 *
 *   $XDG_DATA_HOME/labwright/library.json   what the user said: folders, roles, notes, templates,
 *                                           by the sha256 of the image
 *   $XDG_CACHE_HOME/labwright/images.json   what was found out by reading and asking images, by path,
 *                                           while size and time of the file stay the same
 *
 * Everything here reads files and is for a thread, or for a program without a window. A LabLibrary
 * belongs to one thread at a time. Errors are G_IO_ERROR (or LAB_ERROR for JSON that is none), each
 * a whole sentence. */

typedef struct _LabLibrary LabLibrary;

/**
 * LabImageFault:
 *
 * Why an image cannot be started, as far as its file says. Each has one fix:
 * @LAB_IMAGE_UNREADABLE, @LAB_IMAGE_NOT_EXECUTABLE: lab_library_fix_mode()
 * @LAB_IMAGE_NO_LOADER: an administrator's command, @fix of the LabImageRecord
 * @LAB_IMAGE_NO_LIBRARY: the same, or lab_library_add_library()
 */
typedef enum
{
  LAB_IMAGE_GOOD,
  LAB_IMAGE_GONE,
  LAB_IMAGE_UNREADABLE,
  LAB_IMAGE_NO_PROGRAM,
  LAB_IMAGE_NOT_EXECUTABLE,
  LAB_IMAGE_NO_LOADER,
  LAB_IMAGE_NO_LIBRARY,
} LabImageFault;

/* One word, as JSON has it: "good", "loader"… Static. */
const char *lab_image_fault_to_string (LabImageFault fault);

/**
 * LabImageRecord:
 * @path: the file
 * @name: the name that stands in a lab
 * @folder: where it was found
 * @own: it lies in the library's own folder, not in one the user named
 * @size: bytes
 * @sha256: (nullable): its identity; %NULL: not read yet
 * @md5: (nullable): the same for GNS3's appliances
 * @role: what it is
 * @role_said: the user said so; else it was guessed
 * @release: (nullable): as "15.4(1)T"
 * @release_said: the user said so
 * @notes: (nullable): the user's, as known limits
 * @bits: 32 or 64; 0 for what is no program
 * @fault: whether it can be started
 * @fault_text: (nullable): a sentence that says why not, and what to do
 * @missing: (nullable) (array zero-terminated=1): libraries that are not here
 * @fix: (nullable): the command that mends it; with @fix_root an administrator's
 * @probed: it was asked with -h
 * @help: what it answered; zeros if it answered nothing to be understood
 * @templates: (element-type LabImageTemplate): at least one
 * @has_templates: the user made them; else the one there is is what the role gives
 *
 * What is known of an image.
 */
typedef struct
{
  char *path;
  char *name;
  char *folder;
  gboolean own;
  guint64 size;
  char *sha256;
  char *md5;
  LabImageRole role;
  gboolean role_said;
  char *release;
  gboolean release_said;
  char *notes;
  guint bits;
  LabImageFault fault;
  char *fault_text;
  char **missing;
  char *fix;
  gboolean fix_root;
  gboolean probed;
  IouHelp help;
  GPtrArray *templates;
  gboolean has_templates;
} LabImageRecord;

/* Records are shared by reference and, once made, only read: from any thread. */
LabImageRecord   *lab_image_record_ref           (LabImageRecord *self);
void              lab_image_record_unref         (LabImageRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabImageRecord, lab_image_record_unref)
/* (nullable) (transfer none): by name; any case. */
LabImageTemplate *lab_image_record_find_template (LabImageRecord *self, const char *name);
/* What a record says in a line: "32-bit router 15.4(1)T, 118 MB". (transfer full) */
char             *lab_image_record_describe      (LabImageRecord *self);

/* $XDG_DATA_HOME/labwright/images, and the libraries of old images beside it. (transfer full) */
char       *lab_library_dup_own_folder     (void);
char       *lab_library_dup_library_folder (void);
char       *lab_library_dup_path           (void); /* library.json */

/* Reads what is known; a damaged library.json is an error, and stays as it is. */
LabLibrary *lab_library_load               (GError **error);
void        lab_library_free               (LabLibrary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabLibrary, lab_library_free)

/**
 * LabLibraryDepth:
 * @LAB_LIBRARY_LOOK: names, checks of the file, and what is known already
 * @LAB_LIBRARY_IDENTIFY: also reads files whose checksum is not known, which takes a second for
 *   some hundred megabytes
 */
typedef enum
{
  LAB_LIBRARY_LOOK,
  LAB_LIBRARY_IDENTIFY,
} LabLibraryDepth;

/* The images in all folders, by name; of two with one name the first folder's. What was found out is
 * kept. (transfer full) (element-type LabImageRecord) */
GPtrArray      *lab_library_list          (LabLibrary *self, LabLibraryDepth depth, GCancellable *cancellable);
/* (transfer full) (nullable): an image by file name. */
LabImageRecord *lab_library_find          (LabLibrary *self, const char *name, LabLibraryDepth depth, GError **error);
/* The path of the image that a lab names: by name, unless its checksum is known not to be @sha256
 * (nullable); else a file of another name whose checksum is known to be that; else the name alone.
 * Reads no image. (transfer full) (nullable) */
char           *lab_library_resolve       (LabLibrary *self, const char *name, const char *sha256, GError **error);

/**
 * LabImageMatch:
 * @LAB_MATCH_NONE: not it
 * @LAB_MATCH_ROLE: another image for the same work
 * @LAB_MATCH_RELEASE: the same role and release
 * @LAB_MATCH_NAME: the file name
 * @LAB_MATCH_HASH: the very image
 *
 * How well an image is what a lab wants.
 */
typedef enum
{
  LAB_MATCH_NONE,
  LAB_MATCH_ROLE,
  LAB_MATCH_RELEASE,
  LAB_MATCH_NAME,
  LAB_MATCH_HASH,
} LabImageMatch;

/* @name: what the lab wants; @sha256 (nullable); @role: unknown to take it from the name. */
LabImageMatch   lab_image_record_match    (LabImageRecord *self, const char *name, const char *sha256, LabImageRole role);
/* The best of @records, an array of LabImageRecord. (transfer none) (nullable) */
LabImageRecord *lab_library_best_match    (GPtrArray *records, const char *name, const char *sha256, LabImageRole role, LabImageMatch *match);

/* --- folders --- */

/* All that are looked through, in order; of EVE-NG's "addons" folder its iol/bin. (transfer full) */
GStrv           lab_library_dup_folders   (LabLibrary *self);
/* Those that the user named. (transfer full) */
GStrv           lab_library_dup_named     (LabLibrary *self);
/* Where libraries of old images are looked for: our own folder, and the lib beside an EVE-NG's bin;
 * only those there are. (transfer full) */
GStrv           lab_library_dup_library_dirs (LabLibrary *self);
gboolean        lab_library_add_folder    (const char *path, GError **error);
/* By the name it was given, or by where its images lie. Nothing in it is touched. */
gboolean        lab_library_remove_folder (const char *path, GError **error);

/* --- what the user says; each is written at once --- */

/* To all files of this checksum. %LAB_ROLE_UNKNOWN takes it back. */
gboolean        lab_library_set_role      (const char *sha256, LabImageRole role, GError **error);
/* @release, @notes: NULL or "" takes it back. */
gboolean        lab_library_set_release   (const char *sha256, const char *release, GError **error);
gboolean        lab_library_set_notes     (const char *sha256, const char *notes, GError **error);
/* Puts @template in the place of the one named @old (NULL: adds it). */
gboolean        lab_library_set_template  (LabImageRecord *record, const char *old, const LabImageTemplate *template, GError **error);
gboolean        lab_library_drop_template (LabImageRecord *record, const char *name, GError **error);
/* What happens to the initial dialogue where no template says; leave if nobody said. */
LabDialogue     lab_library_get_dialogue  (LabLibrary *self);
gboolean        lab_library_set_dialogue  (LabDialogue dialogue, GError **error);

/* --- files --- */

/**
 * lab_library_add:
 * @source: a file of the user's
 * @name: (nullable): how it is to be called, %NULL: as it is
 * @progress: (nullable): called in this thread
 *
 * Copies an image into the library's own folder, makes it executable, and reads its checksum. The
 * very same file, whatever its name, is there only once.
 *
 * Errors: what is no program for Linux on i386 or x86-64, a name that is taken by another image.
 * A missing loader or library is none: the record says so.
 *
 * Returns: (transfer full): the image, new or there before
 */
LabImageRecord *lab_library_add           (const char *source, const char *name, gboolean *was_there,
                                           GFileProgressCallback progress, gpointer user_data,
                                           GCancellable *cancellable, GError **error);
/* What lies in a folder and can be added: the paths of files that may be images, then of GNS3's
 * appliances; of EVE-NG's "addons" folder what is in its iol/bin. None is an error. (transfer full)
 * (nullable) */
GStrv           lab_library_dup_addable   (const char *folder, GError **error);
/* Deletes an image of the library's own folder. What was said of it stays, should it come back. */
gboolean        lab_library_remove        (LabImageRecord *record, GError **error);
/* Makes it readable and executable. */
gboolean        lab_library_fix_mode      (LabImageRecord *record, GError **error);
/* Copies a shared library under the name @soname into the folder for these; it must be for the same
 * machine as the image. */
gboolean        lab_library_add_library   (LabImageRecord *record, const char *soname, const char *source, GError **error);
/**
 * lab_library_probe:
 * @engine: the path of labwright-engine, which does it inside a sandbox
 * @path: an image
 * @said: (out) (nullable) (transfer full): all that the image said
 *
 * Asks an image with -h for its defaults, and keeps the answer.
 *
 * Returns: %FALSE if it could not be asked; an answer that cannot be understood is no error, and
 *   leaves zeros in @help
 */
gboolean        lab_library_probe         (const char *engine, const char *path, IouHelp *help, char **said, GError **error);

/* What the engine wants to know before it starts an image, from the cache alone. FALSE: it was never
 * probed. */
gboolean        lab_library_get_probe     (LabLibrary *self, const char *path, IouHelp *help);
/* The checksums of a file: those that are kept, else by reading it. @digest: LabImageDigest. */
gboolean        lab_library_need_digest   (LabLibrary *self, const char *path, LabImageDigest *digest,
                                           GCancellable *cancellable, GError **error);
/* The prompts of the template @name of the image at @path, and what its dialogue gets; @name is
 * NULL, or of none that is here: those of all its templates. (transfer full) */
GStrv           lab_library_dup_prompts   (LabLibrary *self, const char *path, const char *name, LabDialogue *dialogue);

G_END_DECLS

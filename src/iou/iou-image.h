/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-error.h"

G_BEGIN_DECLS

/* The checks of an executable before it is started (contract section 11). Everything is read from
 * its ELF bytes; nothing is executed, unlike with ldd. */

/**
 * IOU_IMAGE_LINK_NAME_MAX:
 *
 * Longest name, in bytes, under which images accept to be started (gns3#2303).
 */
#define IOU_IMAGE_LINK_NAME_MAX 63

/**
 * IouImage:
 * @bits: 32 or 64
 * @machine: ELF machine: 3 i386, 62 x86-64
 * @interpreter: (nullable): the loader it asks for (PT_INTERP); %NULL: it is linked statically
 * @libraries: (array zero-terminated=1): names of the libraries it asks for (DT_NEEDED), never
 *   %NULL
 * @missing: (array zero-terminated=1): of these, the ones not found on this machine; empty after
 *   iou_image_parse(), which does not look
 * @loader_missing: whether @interpreter is not on this machine; set by a check
 * @fix: (nullable): the command that mends what a check found, where one does
 *
 * What an image needs to be started. Initialise with zeros and free with iou_image_clear().
 */
typedef struct
{
  guint bits;
  guint machine;
  char *interpreter;
  char **libraries;
  char **missing;
  gboolean loader_missing;
  char *fix;
} IouImage;

/**
 * iou_image_clear:
 * @self: what to clear
 *
 * Frees the strings and sets everything to zero.
 */
void     iou_image_clear           (IouImage *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IouImage, iou_image_clear)

/**
 * iou_image_parse:
 * @data: (array length=length): the file's bytes
 * @length: how many
 * @image: (out caller-allocates): what it needs; not touched on an error
 * @error: return location for an error
 *
 * Reads an executable for Linux on i386 (32 bit) or x86-64 (64 bit), both little endian.
 *
 * Errors: %IOU_ERROR_INVALID for anything else (each with its own sentence: not ELF, a plain IOS
 * image for a router's processor, damaged), %IOU_ERROR_LIMIT for tables of absurd size.
 *
 * Returns: %TRUE if it is one
 */
gboolean iou_image_parse           (const guint8 *data, gsize length,
                                    IouImage *image, GError **error);

/**
 * iou_image_check_file:
 * @path: the image
 * @image: (out caller-allocates) (nullable): what it needs, or %NULL if that does not matter
 * @error: return location for an error
 *
 * iou_image_check_file_full() without folders of one's own.
 *
 * Returns: %TRUE if it can be started
 */
gboolean iou_image_check_file      (const char *path, IouImage *image, GError **error);

/**
 * iou_image_check_file_full:
 * @path: the image
 * @library_dirs: (array zero-terminated=1) (nullable): folders to look for libraries in first, as
 *   LD_LIBRARY_PATH will name them to the image; this process's environment does not matter
 * @image: (out caller-allocates) (nullable): what it needs, or %NULL if that does not matter
 * @error: return location for an error
 *
 * All of section 11, 1 to 5, in this order: it exists and is a regular file, is an executable for
 * this kind of machine, may be executed, its loader is there, its libraries are there. Libraries
 * are looked for in @library_dirs, the image's own run path, what /etc/ld.so.conf names and the
 * usual folders; a file for the wrong processor does not count. Libraries' own libraries are not
 * followed.
 *
 * Errors: %IOU_ERROR_MISSING for the file, the loader or a library, %IOU_ERROR_PERMISSION for a
 * file that is not readable or not executable, %IOU_ERROR_INVALID and %IOU_ERROR_LIMIT as
 * iou_image_parse(), %IOU_ERROR_IO. Each message says what to do. Once the file has been understood
 * @image is filled even if %FALSE is returned: @missing then names the libraries. Clear it in any
 * case.
 *
 * Returns: %TRUE if it can be started
 */
gboolean iou_image_check_file_full (const char *path, const char * const *library_dirs,
                                    IouImage *image, GError **error);

/**
 * iou_image_link_name:
 * @path: the image
 *
 * The name under which the image must stand in the working directory (gns3#1484, gns3#2303): its
 * base name, cut to %IOU_IMAGE_LINK_NAME_MAX bytes with the extension kept.
 *
 * Returns: (transfer full): the name
 */
char    *iou_image_link_name       (const char *path);

G_END_DECLS

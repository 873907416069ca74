/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The user's iourc: one file in the user's configuration, mode 0600. It goes from there into the
 * sandbox of IOU images, read-only, and nowhere else: no function gives out its text, and no message
 * holds a part of a value. Nothing here computes or judges a key. */

/* $XDG_CONFIG_HOME/labwright/iourc. (transfer full) */
char    *lab_licence_dup_path (void);

/* What is given to devices: the file $IOURC names, the user's own here, or ~/.iourc. (transfer full)
 * (nullable): there is none, which newer images do not mind. */
char    *lab_licence_find     (void);

/**
 * lab_licence_set:
 * @text: an iourc
 * @length: bytes
 *
 * Checks the form for this host and keeps it; line ends become LF. What was kept before is replaced.
 *
 * Errors: %IOU_ERROR_INVALID, each fault with its own sentence, and what writing gives.
 */
gboolean lab_licence_set      (const char *text, gsize length, GError **error);
/* From a file; the same. */
gboolean lab_licence_set_file (const char *path, GError **error);
gboolean lab_licence_remove   (GError **error);

/**
 * LabLicenceState:
 * @LAB_LICENCE_NONE: there is none
 * @LAB_LICENCE_GOOD: its form is right, for this host
 * @LAB_LICENCE_BAD: its form is not
 */
typedef enum
{
  LAB_LICENCE_NONE,
  LAB_LICENCE_GOOD,
  LAB_LICENCE_BAD,
} LabLicenceState;

/* What devices would get, as a sentence for people that holds nothing of it; @path: (out) (nullable)
 * (transfer full): which file that is. */
LabLicenceState lab_licence_get_state (char **path, char **sentence);

G_END_DECLS

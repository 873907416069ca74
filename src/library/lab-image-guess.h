/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can be guessed of an image from its name and from the line by which it names itself. Each
 * guess is shown to the user, who can correct it. */

/**
 * LabImageRole:
 * @LAB_ROLE_UNKNOWN: nothing says what it is
 * @LAB_ROLE_ROUTER: a layer 3 image
 * @LAB_ROLE_SWITCH: a layer 2 image
 * @LAB_ROLE_HOST: a host
 */
typedef enum
{
  LAB_ROLE_UNKNOWN,
  LAB_ROLE_ROUTER,
  LAB_ROLE_SWITCH,
  LAB_ROLE_HOST,
} LabImageRole;

/* "router", "switch", "host", "" for unknown: what stands in files. Static. */
const char   *lab_image_role_to_string   (LabImageRole role);
/* FALSE: no such word; @role is left alone. */
gboolean      lab_image_role_from_string (const char *word, LabImageRole *role);
/* For people, translated. */
const char   *lab_image_role_get_title   (LabImageRole role);

/**
 * LabImageGuess:
 * @is_switch: a layer 2 image
 * @ethernet: Ethernet adapters; four ports each
 * @serial: serial adapters; four ports each
 *
 * What a new device of an image gets.
 */
typedef struct
{
  gboolean is_switch;
  guint ethernet;
  guint serial;
} LabImageGuess;

/**
 * lab_image_guess:
 * @file_name: the image's file name, without folders
 * @ethernet: adapters that a router gets
 * @serial: adapters that a router gets
 *
 * A name with "l2" in it is a switch, as people are used to; anything else is a router. A switch
 * always has 4 Ethernet adapters and no serial ones.
 */
LabImageGuess lab_image_guess            (const char *file_name, guint ethernet, guint serial);

/* The role by a file name in any of the usual manners (also EVE-NG's and GNS3's): L2 or L3 in it;
 * unknown if neither. */
LabImageRole  lab_image_guess_role       (const char *file_name);
/* The release in a file name, as "15.4.1T". (transfer full) (nullable) */
char         *lab_image_guess_release    (const char *file_name);
/* What the line says by which an image names itself, "… Software (NAME), Version 15.4(1)T, …".
 * @release: (out) (transfer full) (nullable). FALSE: this is no such line. */
gboolean      lab_image_guess_banner     (const char *line, LabImageRole *role, char **release);

/* Whether the first bytes of a file are those of a program: only such files are shown as images.
 * Whether it can run is for the engine to say. */
gboolean      lab_image_guess_is_program (const char *start, gsize length);
/* Whether a file of that name may be an image: a library (.so) is none, nor a hidden file, nor one
 * whose name would garble a table. */
gboolean      lab_image_guess_is_name    (const char *file_name);
/* Whether images are usually called so: then a file that cannot be read is most likely one. */
gboolean      lab_image_guess_is_usual_name (const char *file_name);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a new device of an image gets, guessed from the image's file name as people are used to:
 * a name with "l2" in it is a switch, anything else is a router. */

/**
 * LabImageGuess:
 * @is_switch: a layer 2 image
 * @ethernet: Ethernet adapters; four ports each
 * @serial: serial adapters; four ports each
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
 * A switch always has 4 Ethernet adapters and no serial ones.
 */
LabImageGuess lab_image_guess (const char *file_name, guint ethernet, guint serial);

/* Whether the first bytes of a file are those of a program: only such files are shown as images.
 * @length may be anything. */
gboolean      lab_image_guess_is_program (const char *start, gsize length);

G_END_DECLS

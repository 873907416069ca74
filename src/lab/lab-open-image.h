/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>


G_BEGIN_DECLS

/**
 * LabOpenImage:
 * @name: what stands in a lab
 * @room: the folder of its program below src/, where a build is run without being installed
 * @title: one word or two for it, for people; translated by lab_open_image_get_title()
 * @node_name: pattern of names for its devices, "{n}" is a number
 * @symbol: its symbol
 * @ethernet: adapters that a new device gets, four ports each
 * @serial: likewise
 * @memory: bytes of one device: its own memory and its share of what several have in common, as
 *   measured (the proportional set size of all its processes), with a little to spare
 *
 * An image that comes with Labwright.
 */
typedef struct
{
  const char *name;
  const char *room;
  const char *title;
  const char *node_name;
  const char *symbol;
  guint ethernet;
  guint serial;
  guint64 memory;

  /*< private >*/
  const char *purpose;
  const char *abilities;
} LabOpenImage;

/* All of them, the lightest first. (transfer none) */
const LabOpenImage *lab_open_images              (guint *n_images);
/* (nullable) (transfer none): the one of that name; NULL if it is none of ours, or @name is NULL. */
const LabOpenImage *lab_open_image_find          (const char *name);
/* In the user's language, each a sentence or a few words: */
const char         *lab_open_image_get_title     (const LabOpenImage *self);
const char         *lab_open_image_get_purpose   (const LabOpenImage *self); /* what it is for */
const char         *lab_open_image_get_abilities (const LabOpenImage *self); /* what it can do */
/* "about 6 MB". (transfer full) */
char               *lab_open_image_dup_memory    (const LabOpenImage *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-image-library.h"
#include "lab-session.h"

G_BEGIN_DECLS

/* The images of one or more devices. @nodes: (element-type LabNode), of images, at least one. */

/* The name of the image that all of them have; %NULL: they differ. It lives until a node changes. */
const char *lab_node_images_get_common (GPtrArray *nodes);
/* The names they can have: the library's, and what they have but the library has not. (transfer full) */
GStrv       lab_node_images_list       (GPtrArray *nodes, LabImageLibrary *library);
/* Gives all of them the image @name, as one step. Templates of other images than that are forgotten.
 * What is refused is said by the session's "message". */
void        lab_node_images_set        (GPtrArray *nodes, LabImageLibrary *library, LabSession *session, const char *name);
/* What an image that comes with us can do, and what it costs. (transfer full) (nullable): another */
char       *lab_node_images_describe   (const char *name);

G_END_DECLS

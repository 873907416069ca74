/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-edit.h"
#include "lab-library.h"

G_BEGIN_DECLS

/* Labs name images; what is on this machine may be called otherwise, or not be there. These say what
 * a lab wants, what would serve, and make the edit that gives the nodes other images. */

/**
 * LabImageWant:
 * @name: the image's file name, as it stands in the lab
 * @sha256: (nullable): its identity, if the lab says it
 * @role: what it is by its name, else by its nodes' symbols; unknown if they say nothing
 * @nodes: (element-type utf8): the names of the nodes that want it, in the lab's order
 * @here: it is on this machine
 * @match: how well @choice is what is wanted
 * @choice: (nullable): the image to be taken: of what is not here what fits best at first, then what
 *   the user says
 *
 * An image that a lab names.
 */
typedef struct
{
  char *name;
  char *sha256;
  LabImageRole role;
  GPtrArray *nodes;
  gboolean here;
  LabImageMatch match;
  char *choice;
} LabImageWant;

/* One line: "R1, R2 and 9 more". (transfer full) */
char       *lab_image_want_dup_nodes  (LabImageWant *self);
/* What is wanted, for people: "i86bi-l3.bin (router, a3f5…)". (transfer full) */
char       *lab_image_want_describe   (LabImageWant *self);
/* (nullable) */
void        lab_image_want_set_choice (LabImageWant *self, const char *image);
/* Whether the choice is another image than what is wanted: of another name, or of another checksum. */
gboolean    lab_image_want_changes    (LabImageWant *self, GPtrArray *records);

/**
 * lab_image_map_collect:
 * @topology: a lab
 * @records: (element-type LabImageRecord): the images of this machine, of lab_library_list()
 *
 * The images of the lab, each once, in the order of the nodes. Of those that are not here the
 * choice is the best that is: by checksum, by name, then by role and release, else the open router
 * for what may be a router. For a switch without an image for it nothing is chosen.
 *
 * Returns: (transfer full) (element-type LabImageWant)
 */
GPtrArray  *lab_image_map_collect     (LabTopology *topology, GPtrArray *records);
/* How many of them are not here. */
guint       lab_image_map_n_missing   (GPtrArray *wants);
/* A node's member "image" with another name and checksum (nullable); what else is in it stays.
 * (transfer full) */
JsonNode   *lab_image_map_value       (LabNode *node, const char *image, const char *sha256);
/**
 * lab_image_map_edit:
 * @wants: (element-type LabImageWant)
 * @records: as for lab_image_map_collect(): the checksums of what is chosen
 *
 * Returns: (transfer full) (nullable): one step that gives the nodes the images that were chosen;
 *   %NULL: nothing would change. Other members of a node's image survive.
 */
LabEdit    *lab_image_map_edit        (LabTopology *topology, GPtrArray *wants, GPtrArray *records);

G_END_DECLS

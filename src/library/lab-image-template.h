/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-image-guess.h"

G_BEGIN_DECLS

/**
 * LabDialogue:
 * @LAB_DIALOGUE_DEFAULT: as the library says for all images
 * @LAB_DIALOGUE_LEAVE: the device's question stands until somebody answers it
 * @LAB_DIALOGUE_NO: the initial configuration dialogue is declined, once in each run
 *
 * What happens to the question an IOS without configuration asks.
 */
typedef enum
{
  LAB_DIALOGUE_DEFAULT,
  LAB_DIALOGUE_LEAVE,
  LAB_DIALOGUE_NO,
} LabDialogue;

const char *lab_dialogue_to_string   (LabDialogue dialogue); /* "", "leave", "no" */
/* FALSE: none of these words; @dialogue is left alone. */
gboolean    lab_dialogue_from_string (const char *word, LabDialogue *dialogue);

/**
 * LabImageTemplate:
 * @name: what people call it; unique among the templates of an image
 * @pattern: how new nodes are called, as "R{n}"
 * @symbol: (nullable): a symbol's name
 * @ethernet: adapters of four ports
 * @serial: adapters of four ports; the two together at most 16
 * @ram: MB; 0: the image's own default
 * @nvram: KB; 0: the image's own default
 * @keepalives: layer-1 keepalives, where the image knows them
 * @start_config: (nullable): what a new node starts with; %h is its name
 * @prompt: (nullable): a regular expression: a last line that matches means the device is ready
 * @dialogue: what happens to the initial configuration dialogue
 *
 * How to make a node of an image.
 */
typedef struct
{
  char *name;
  char *pattern;
  char *symbol;
  guint ethernet;
  guint serial;
  guint ram;
  guint nvram;
  gboolean keepalives;
  char *start_config;
  char *prompt;
  LabDialogue dialogue;
} LabImageTemplate;

/* What an image of a role gets when nobody said anything else. @name: the image's. (transfer full) */
LabImageTemplate *lab_image_template_new       (const char *name, LabImageRole role);
LabImageTemplate *lab_image_template_copy      (const LabImageTemplate *self);
void              lab_image_template_free      (LabImageTemplate *self);
/* FALSE with a sentence: a number out of its range, a regular expression that is none… */
gboolean          lab_image_template_check     (const LabImageTemplate *self, GError **error);
/* From a member of the library's file; what is missing or of another kind has its default.
 * (transfer full) */
LabImageTemplate *lab_image_template_from_json (JsonObject *json, const char *name, LabImageRole role);
JsonObject       *lab_image_template_to_json   (const LabImageTemplate *self);
/* A node of it as it stands in a lab's file, without name, id and place. @named_so: it says which
 * template it is of; FALSE for what a role gives. (transfer full) */
JsonObject       *lab_image_template_to_node   (const LabImageTemplate *self, const char *image,
                                                const char *sha256, gboolean named_so);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabImageTemplate, lab_image_template_free)

G_END_DECLS

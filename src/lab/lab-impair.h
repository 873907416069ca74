/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-link.h"

G_BEGIN_DECLS

/* Impaired links. A link's member "impair" holds an object for each direction, "a-to-b" and
 * "b-to-a", and "seed", from which random numbers begin. A direction's members are in
 * labwright-lab(5). People and the relay write a direction as words: "delay=100ms loss=1%". */

/**
 * LabImpairPreset:
 * @name: a word
 * @title: for people, translated by lab_impair_preset_get_title()
 * @out: words of what leaves the port that it is set at
 * @in: words of what comes to it
 *
 * A line as it is often met.
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *out;
  const char *in;
} LabImpairPreset;

/* %NULL as @name ends them. */
const LabImpairPreset *lab_impair_get_presets     (void);
const char            *lab_impair_preset_get_title (const LabImpairPreset *preset);

/* Whether there is anything set in either direction. */
gboolean    lab_link_is_impaired    (LabLink *self);
/* What is done to frames that leave @end, as words, the filter last. NULL: nothing. (transfer full) (nullable) */
char       *lab_link_dup_impairment (LabLink *self, guint end);
/* Likewise as people would say it, translated: "100 ms delay, 1 % loss". (transfer full) (nullable) */
char       *lab_link_describe_impairment (LabLink *self, guint end);
/* Both, as a sentence for who sees or hears no mark. (transfer full) (nullable) */
char       *lab_link_describe_impairments (LabLink *self);
/* The object of the direction that leaves @end, a copy whose members are not; NULL: nothing is set. (transfer full) (nullable) */
JsonObject *lab_link_dup_impair_direction (LabLink *self, guint end);
/* The preset that both directions are, set at end 0 or at end 1 of the link. (nullable): of no preset */
const LabImpairPreset *lab_link_find_impair_preset (LabLink *self);
/* The link's "impair" with the preset set at @end; the seed stays. (transfer full) */
JsonNode   *lab_link_with_impair_preset (LabLink *self, guint end, const LabImpairPreset *preset);
/* FALSE: none is set. */
gboolean    lab_link_get_impair_seed (LabLink *self, guint *seed);

/* A direction's object out of words ("only=" and "drop=" take all that follow). NULL: @error says
 * what is wrong. (transfer full) */
JsonNode   *lab_impair_parse        (const char * const *words, GError **error);
/* The link's "impair" with @direction (nullable: none) for frames that leave @end, and the rest as it
 * is. NULL: nothing is left, for lab_edit_new_set_link() just so. (transfer full) (nullable) */
JsonNode   *lab_link_with_impairment (LabLink *self, guint end, JsonNode *direction);
JsonNode   *lab_impair_with_seed    (JsonNode *impair, guint seed);

G_END_DECLS

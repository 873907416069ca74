/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines as they are often met, and finding out that a link is one. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-impair-private.h"
#include "lab-impair.h"
#include "lab-json-private.h"
#include "lab-link-private.h"

/* Translators: kinds of lines whose delay, loss and so on are known */
static const LabImpairPreset presets[] = {
  { "satellite", N_ ("Satellite"), "delay=270ms jitter=5ms loss=0.5% rate=2Mbit",
    "delay=270ms jitter=5ms loss=0.5% rate=20Mbit" },
  { "dsl", N_ ("DSL"), "delay=12ms jitter=2ms rate=2Mbit", "delay=12ms jitter=2ms rate=16Mbit" },
  { "lte", N_ ("LTE"), "delay=30ms jitter=12ms shape=normal loss=0.1% rate=15Mbit",
    "delay=30ms jitter=12ms shape=normal loss=0.1% rate=50Mbit" },
  { "flapping", N_ ("Flapping"), "burst=1/4", "burst=1/4" },
  { "congested", N_ ("Congested"), "delay=30ms jitter=25ms loss=2% rate=2Mbit queue=40",
    "delay=30ms jitter=25ms loss=2% rate=2Mbit queue=40" },
  { NULL },
};

const LabImpairPreset *
lab_impair_get_presets (void)
{
  return presets;
}

const char *
lab_impair_preset_get_title (const LabImpairPreset *preset)
{
  return _ (preset->title);
}

static char **
words_of (const LabImpairPreset *preset, gboolean out)
{
  return g_strsplit (out ? preset->out : preset->in, " ", -1);
}

/* Words have one form; a seed is not part of a line's kind. */
static gboolean
is_like (LabLink *self, guint end, const char *words)
{
  g_autofree char *now = lab_link_dup_impairment (self, end);
  g_autofree char *seed = NULL;
  guint number;

  if (now == NULL)
    return FALSE;
  seed = lab_link_get_impair_seed (self, &number) ? g_strdup_printf ("seed=%u ", number)
                                                  : g_strdup ("");

  return g_str_has_prefix (now, seed) && g_str_equal (now + strlen (seed), words);
}

const LabImpairPreset *
lab_link_find_impair_preset (LabLink *self)
{
  g_return_val_if_fail (LAB_IS_LINK (self), NULL);

  for (const LabImpairPreset *preset = presets; preset->name != NULL; preset++)
    for (guint end = 0; end < 2; end++)
      {
        g_autoptr (LabLink) model = NULL;
        g_autofree char *out = NULL;
        g_autofree char *in = NULL;
        g_autoptr (JsonNode) json = lab_link_to_json (self);
        JsonNode *impair = lab_link_with_impair_preset (self, end, preset);

        json_object_remove_member (json_node_get_object (impair), "seed");
        json_object_set_member (json_node_get_object (json), "impair", impair);
        model = lab_link_new_from_json (json, NULL);
        out = lab_link_dup_impairment (model, 0);
        in = lab_link_dup_impairment (model, 1);
        if (is_like (self, 0, out) && is_like (self, 1, in))
          return preset;
      }

  return NULL;
}

JsonNode *
lab_link_with_impair_preset (LabLink *self, guint end, const LabImpairPreset *preset)
{
  static const char *const keys[] = { "a-to-b", "b-to-a" };
  JsonObject *json;
  g_autoptr (JsonObject) impair = NULL;

  g_return_val_if_fail (LAB_IS_LINK (self), NULL);
  g_return_val_if_fail (end < 2, NULL);
  g_return_val_if_fail (preset != NULL && preset->name != NULL, NULL);

  json = lab_link_peek_json (self);
  impair = json_object_has_member (json, "impair")
               ? json_object_ref (json_object_get_object_member (json, "impair"))
               : json_object_new ();
  for (guint side = 0; side < 2; side++)
    {
      g_auto (GStrv) words = words_of (preset, side == end);
      g_autoptr (JsonNode) direction = lab_impair_parse ((const char *const *) words, NULL);
      JsonObject *next = lab_json_with_member (impair, keys[side], direction);

      json_object_unref (impair);
      impair = next;
    }

  return lab_json_new_object (impair);
}

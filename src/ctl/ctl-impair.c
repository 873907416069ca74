/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl impair: delay, loss, a rate… on a link, each direction by itself. Like the other commands
 * for links it edits the document, saves the file, and an engine that runs the lab gets it. */

#include "config.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "ctl-link.h"
#include "ctl-output.h"
#include "lab-edit.h"
#include "lab-impair.h"

typedef struct
{
  gboolean out; /* only what leaves the port */
  gboolean in;  /* only what comes to it */
  gboolean json;
  int seed;
  char *preset;
} Options;

/* What is to be set for one direction: NULL words are "off". */
static JsonNode *
parse_direction (const char *const *words, const char *preset, GError **error)
{
  g_auto (GStrv) parts = NULL;

  if (preset == NULL)
    return lab_impair_parse (words, error);
  parts = g_strsplit (preset, " ", -1);
  return lab_impair_parse ((const char *const *) parts, error);
}

static const LabImpairPreset *
find_preset (const char *name)
{
  const LabImpairPreset *preset = lab_impair_get_presets ();

  while (preset->name != NULL && !g_str_equal (preset->name, name))
    preset++;
  return preset->name != NULL ? preset : NULL;
}

static gboolean
is_none (const char *preset)
{
  return g_strcmp0 (preset, "none") == 0;
}

/* --- telling --- */

static void
print_direction (LabLink *link, guint end)
{
  g_autofree char *words = lab_link_dup_impairment (link, end);

  g_print ("%s %s → %s %s: %s\n", lab_link_get_node_name (link, end),
           lab_link_get_port_name (link, end), lab_link_get_node_name (link, !end),
           lab_link_get_port_name (link, !end), words != NULL ? words : _ ("unimpaired"));
}

static void
add_json_direction (JsonBuilder *builder, LabLink *link, guint end)
{
  g_autofree char *words = lab_link_dup_impairment (link, end);

  json_builder_begin_object (builder);
  ctl_json_string (builder, "from-node", lab_link_get_node_name (link, end));
  ctl_json_string (builder, "from-port", lab_link_get_port_name (link, end));
  ctl_json_string (builder, "to-node", lab_link_get_node_name (link, !end));
  ctl_json_string (builder, "to-port", lab_link_get_port_name (link, !end));
  ctl_json_string (builder, "impairments", words);
  json_builder_end_object (builder);
}

static void
tell (LabLink *link, gboolean json)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!json)
    {
      print_direction (link, 0);
      print_direction (link, 1);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_array (builder);
  add_json_direction (builder, link, 0);
  add_json_direction (builder, link, 1);
  json_builder_end_array (builder);
  ctl_print_json (builder);
}

/* --- changing --- */

/* The link's new member "impair", through a copy of the link that one direction after the other is
 * set in. */
static int
build_value (LabLink *link,
             guint end,
             char **words,
             const LabImpairPreset *preset,
             const Options *options,
             JsonNode **value)
{
  gboolean off =
      preset == NULL && (is_none (options->preset) || g_strcmp0 (words[0], "off") == 0);
  g_autoptr (JsonNode) json = lab_link_to_json (link);
  JsonObject *object = json_node_get_object (json);

  for (guint side = 0; side < 2; side++)
    {
      g_autoptr (LabLink) now = NULL;
      g_autoptr (JsonNode) direction = NULL;
      GError *error = NULL;
      JsonNode *impair;

      if (side == 0 ? options->in && !options->out : options->out && !options->in)
        continue;
      if (!off)
        direction = parse_direction ((const char *const *) words,
                                     preset == NULL ? NULL : (side == 0 ? preset->out : preset->in),
                                     &error);
      if (error == NULL)
        now = lab_link_new_from_json (json, &error);
      if (error != NULL)
        {
          ctl_fail (error);
          return CTL_USAGE;
        }
      impair = lab_link_with_impairment (now, side == 0 ? end : !end, direction);
      if (impair != NULL)
        json_object_set_member (object, "impair", impair);
      else
        json_object_remove_member (object, "impair");
    }
  if (json_object_has_member (object, "impair"))
    {
      JsonNode *impair = json_object_get_member (object, "impair");

      *value = options->seed >= 0 ? lab_impair_with_seed (impair, (guint) options->seed)
                                  : json_node_copy (impair);
    }
  return CTL_OK;
}

static int
change (CtlLab *lab, LabLink *link, const CtlEnd *end, char **words, const Options *options)
{
  const LabImpairPreset *preset = NULL;
  guint side = g_str_equal (lab_link_get_node_name (link, 0), end->node) &&
                       g_str_equal (lab_link_get_port_name (link, 0), end->port)
                   ? 0
                   : 1;
  g_autoptr (JsonNode) value = NULL;
  g_autoptr (LabEdit) edit = NULL;
  int code;

  if (options->preset != NULL && !is_none (options->preset) &&
      (preset = find_preset (options->preset)) == NULL)
    return ctl_usage (
        &ctl_impair_command,
        _ ("There is no preset “%s”: satellite, dsl, lte, flapping, congested or none."),
        options->preset);
  code = build_value (link, side, words, preset, options, &value);
  if (code != CTL_OK)
    return code;
  edit = lab_edit_new_set_link (end->node, end->port, "impair", value);
  return ctl_apply_edit (lab, edit);
}

static int
impair_link (CtlLab *lab, char **words, const Options *options)
{
  g_auto (CtlEnd) end = { 0 };
  LabLink *link;
  int code = ctl_end_parse (lab, &ctl_impair_command, words[0], &end);

  if (code != CTL_OK)
    return code;
  link = lab_topology_find_link (lab->topology, end.node, end.port);
  if (link == NULL)
    {
      ctl_complain (_ ("No link is at %s %s."), end.node, end.port);
      return CTL_FAILED;
    }
  if (words[1] != NULL || options->preset != NULL)
    {
      code = change (lab, link, &end, words + 1, options);
      link = lab_topology_find_link (lab->topology, end.node, end.port);
      if (code != CTL_OK || !options->json)
        return code;
    }
  tell (link, options->json);
  return CTL_OK;
}

static int
run_impair (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  Options options = { .seed = -1 };
  g_autofree char *preset = NULL;
  int code;
  GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_NONE, &options.out, N_ ("Only what leaves the port"), NULL },
    { "in", 'i', 0, G_OPTION_ARG_NONE, &options.in, N_ ("Only what comes to the port"), NULL },
    { "preset", 'p', 0, G_OPTION_ARG_STRING, &preset,
      N_ ("A kind of line: satellite, dsl, lte, flapping, congested, none"), N_ ("NAME") },
    { "seed", 's', 0, G_OPTION_ARG_INT, &options.seed,
      N_ ("Where random numbers begin, for the same loss each time"), N_ ("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_impair_command, entries, &argc, &argv))
    return CTL_USAGE;
  options.preset = preset;
  code =
      ctl_lab_open (&lab, &ctl_impair_command, CTL_LAB_DOCUMENT | CTL_LAB_IF_RUNNING, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc < 1)
    return ctl_usage (&ctl_impair_command, _ ("A port is needed."));
  if (preset != NULL && argc > 1)
    return ctl_usage (&ctl_impair_command, _ ("Give a preset or impairments, not both."));
  return impair_link (&lab, argv, &options);
}

const CtlCommand ctl_impair_command = {
  .name = "impair",
  .arguments = "[FILE] NODE:PORT [NAME=VALUE… | off]",
  .summary = N_ ("Make a link slow, lossy or small, or tell what it is"),
  .details = N_ ("Sets all impairments of both directions, or of one; what is not named is off:\n"
                 "  delay=100ms jitter=10ms shape=normal order=free loss=1% burst=1/25\n"
                 "  duplicate=1% reorder=1% corrupt=0.1% rate=2Mbit queue=50 mtu=1400 nth=10\n"
                 "  only=FILTER drop=FILTER\n"
                 "The file is saved; if the lab runs, the change takes effect at once.\n\n"
                 "Examples:\n"
                 "  labctl impair campus.lab PC1:e0/0 delay=100ms loss=1%\n"
                 "  labctl impair campus.lab PC1:e0/0 --preset satellite --seed 7\n"
                 "  labctl impair campus.lab PC1:e0/0 drop=icmp\n"
                 "  labctl impair campus.lab PC1:e0/0 off"),
  .run = run_impair,
};

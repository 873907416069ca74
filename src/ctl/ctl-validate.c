/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl validate: is this a lab, and would its checks make sense? */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-lab.h"
#include "ctl-output.h"
#include "lab-rights.h"

typedef struct
{
  const char *path;
  char *problem; /* (nullable) */
  int code;
  guint n_nodes;
  guint n_links;
  guint n_checks;
  gboolean leads_out; /* it has devices that run only when allowed */
} Verdict;

static void
verdict_clear (gpointer data)
{
  g_free (((Verdict *) data)->problem);
}

static gboolean
check_regex (LabCheck *check, const char *pattern, GError **error)
{
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GError) local_error = NULL;

  if (pattern == NULL)
    return TRUE;
  regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, &local_error);
  if (regex == NULL)
    g_set_error (error, LAB_ERROR, LAB_ERROR_INVALID,
                 _ ("The check “%s” has a pattern that is no regular expression: %s."),
                 lab_check_get_name (check), local_error->message);
  return regex != NULL;
}

static gboolean
check_checks (LabTopology *topology, GError **error)
{
  GListModel *checks = lab_topology_get_checks (topology);

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (LabCheck) check = g_list_model_get_item (checks, i);

      if (lab_topology_find_node (topology, lab_check_get_node (check)) == NULL)
        {
          g_set_error (error, LAB_ERROR, LAB_ERROR_INVALID,
                       _ ("The check “%s” is about the node “%s”, which the lab does not have."),
                       lab_check_get_name (check), lab_check_get_node (check));
          return FALSE;
        }
      if (!check_regex (check, lab_check_get_expect (check), error) ||
          !check_regex (check, lab_check_get_reject (check), error))
        return FALSE;
    }
  return TRUE;
}

static Verdict
validate (const char *path)
{
  Verdict verdict = { .path = path };
  g_autoptr (GError) error = NULL;
  g_autoptr (LabTopology) topology = lab_file_load (path, &error);

  if (topology == NULL || !check_checks (topology, &error))
    {
      gboolean io = g_error_matches (error, LAB_ERROR, LAB_ERROR_IO);

      verdict.problem = g_strdup (error->message);
      verdict.code = io ? CTL_CANNOT : CTL_FAILED;
      return verdict;
    }
  verdict.n_nodes = g_list_model_get_n_items (lab_topology_get_nodes (topology));
  verdict.n_links = g_list_model_get_n_items (lab_topology_get_links (topology));
  verdict.n_checks = g_list_model_get_n_items (lab_topology_get_checks (topology));
  verdict.leads_out = lab_rights_of_topology (topology) != 0;
  return verdict;
}

static void
print_json (GArray *verdicts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < verdicts->len; i++)
    {
      Verdict *verdict = &g_array_index (verdicts, Verdict, i);

      json_builder_begin_object (builder);
      ctl_json_string (builder, "file", verdict->path);
      ctl_json_bool (builder, "valid", verdict->problem == NULL);
      ctl_json_string (builder, "problem", verdict->problem);
      ctl_json_int (builder, "nodes", verdict->n_nodes);
      ctl_json_int (builder, "links", verdict->n_links);
      ctl_json_int (builder, "checks", verdict->n_checks);
      ctl_json_bool (builder, "leads-out", verdict->leads_out);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  ctl_print_json (builder);
}

static void
print_plain (const Verdict *verdict, gboolean quiet)
{
  if (verdict->problem != NULL)
    ctl_complain ("%s", verdict->problem);
  else if (!quiet)
    g_print (_ ("%s: good: %u nodes, %u links, %u checks\n"), verdict->path, verdict->n_nodes,
             verdict->n_links, verdict->n_checks);
  if (verdict->problem == NULL && !quiet && verdict->leads_out)
    g_print (_ ("  It reaches out of itself, which “labctl allow” lets it do.\n"));
}

static int
run_validate (int argc, char **argv)
{
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (Verdict));
  gboolean json = FALSE;
  gboolean quiet = FALSE;
  int code = CTL_OK;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, N_ ("Say nothing about good files"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_validate_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (argc == 0)
    return ctl_usage (&ctl_validate_command, _ ("The lab’s file is missing."));

  g_array_set_clear_func (verdicts, verdict_clear);
  for (int i = 0; i < argc; i++)
    {
      Verdict verdict = validate (argv[i]);

      g_array_append_val (verdicts, verdict);
      code = MAX (code, verdict.code);
      if (!json)
        print_plain (&verdict, quiet);
    }
  if (json)
    print_json (verdicts);
  return code;
}

const CtlCommand ctl_validate_command = {
  .name = "validate",
  .arguments = "FILE…",
  .summary = N_ ("Check that files are labs"),
  .details = N_ ("Exits 0 if all are good, 1 if one is not a lab, 3 if one cannot be read.\n\n"
                 "Example:\n  labctl validate *.lab"),
  .run = run_validate,
};

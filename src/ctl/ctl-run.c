/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl run: start, wait, check, report, stop.
 *
 * Whatever happens after the engine was started here (a device that crashes, a check that fails,
 * Ctrl+C), the lab is stopped again and a throw-away folder removed; only --keep-running, or a lab
 * that ran before, is left running. */

#include "config.h"

#include <errno.h>
#include <ftw.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "ctl-check.h"
#include "ctl-lab.h"
#include "ctl-output.h"
#include "ctl-ready.h"
#include "ctl-wait.h"
#include "lab-client-running.h"

#define DEFAULT_JOBS     16
#define DEFAULT_PATIENCE 120.0
#define SHOWN_LINES      12

typedef struct
{
  gboolean keep_running;
  gboolean fresh;
  gboolean json;
  int jobs;
  int parallel;
  double patience;
} RunOptions;

typedef struct
{
  guint passed;
  guint failed;
  double ready_seconds;
  double check_seconds;
} Summary;

/* --- the throw-away state folder of --fresh --- */

static int
remove_cb (const char *path, const struct stat *st, int type, struct FTW *ftw)
{
  (void) remove (path);
  return 0;
}

static void
remove_folder (const char *path)
{
  nftw (path, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
}

/* An engine that runs has its folder already: fresh is then impossible. */
static char *
make_fresh_folder (CtlLab *lab, GError **error)
{
  g_autofree char *folder = NULL;

  if (lab_client_is_locked (lab_topology_get_uuid (lab->topology)))
    {
      g_set_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_REFUSED,
                   _ ("“%s” is running already, so it cannot be run afresh. Stop it first."),
                   lab->path);
      return NULL;
    }
  folder = g_dir_make_tmp ("labctl-fresh-XXXXXX", error);
  if (folder != NULL)
    g_setenv ("LABWRIGHT_STATE_DIR", folder, TRUE);
  return g_steal_pointer (&folder);
}

/* --- the report --- */

static void
print_failure (const CtlCheckResult *result)
{
  g_auto (GStrv) lines = NULL;
  guint n;

  g_print ("\n%s: %s\n", lab_check_get_name (result->check), result->reason);
  if (result->answer == NULL || *result->answer->output == '\0')
    return;
  g_print ("  %s> %s\n", lab_check_get_node (result->check), lab_check_get_send (result->check));
  lines = g_strsplit (g_strchomp (result->answer->output), "\n", -1);
  n = g_strv_length (lines);
  if (n > SHOWN_LINES)
    g_print (_ ("  (%u lines before)\n"), n - SHOWN_LINES);
  for (guint i = n > SHOWN_LINES ? n - SHOWN_LINES : 0; i < n; i++)
    g_print ("  %s\n", lines[i]);
}

static void
print_table (GPtrArray *results)
{
  const char *const columns[] = { _ ("RESULT"),  _ ("CHECK"), _ ("NODE"),
                                  _ ("COMMAND"), _ ("TIME"),  NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "llllr");

  for (guint i = 0; i < results->len; i++)
    {
      const CtlCheckResult *result = g_ptr_array_index (results, i);

      ctl_table_add (table, result->passed ? CTL_GOOD : CTL_BAD, "%s",
                     result->passed ? _ ("passed") : _ ("FAILED"));
      ctl_table_add (table, CTL_PLAIN, "%s", lab_check_get_name (result->check));
      ctl_table_add (table, CTL_PLAIN, "%s", lab_check_get_node (result->check));
      ctl_table_add (table, CTL_PLAIN, "%s", lab_check_get_send (result->check));
      if (result->answer != NULL)
        ctl_table_add (table, CTL_PLAIN, "%.2f s", result->answer->seconds);
      else
        ctl_table_add (table, CTL_DIM, "–");
    }
  if (results->len > 0)
    ctl_table_print (table);
  for (guint i = 0; i < results->len; i++)
    {
      const CtlCheckResult *result = g_ptr_array_index (results, i);

      if (!result->passed)
        print_failure (result);
    }
}

static void
print_report (GPtrArray *results, const Summary *summary)
{
  print_table (results);
  if (results->len == 0)
    {
      g_print (_ ("The lab has no checks. Ready in %.1f s.\n"), summary->ready_seconds);
      return;
    }
  g_print (_ ("\n%u of %u checks passed. Ready in %.1f s, checked in %.1f s.\n"), summary->passed,
           results->len, summary->ready_seconds, summary->check_seconds);
}

static void
print_report_json (CtlLab *lab, GPtrArray *results, const Summary *summary)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_json_string (builder, "path", lab->path);
  ctl_json_string (builder, "uuid", lab_topology_get_uuid (lab->topology));
  ctl_json_bool (builder, "passed", summary->failed == 0);
  ctl_json_ms (builder, "ready-ms", summary->ready_seconds);
  ctl_json_ms (builder, "check-ms", summary->check_seconds);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < results->len; i++)
    {
      const CtlCheckResult *result = g_ptr_array_index (results, i);

      json_builder_begin_object (builder);
      ctl_json_string (builder, "name", lab_check_get_name (result->check));
      ctl_json_string (builder, "node", lab_check_get_node (result->check));
      ctl_json_string (builder, "send", lab_check_get_send (result->check));
      ctl_json_bool (builder, "passed", result->passed);
      ctl_json_string (builder, "reason", result->reason);
      ctl_json_ms (builder, "ms", result->answer != NULL ? result->answer->seconds : 0);
      ctl_json_string (builder, "output", result->answer != NULL ? result->answer->output : NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  ctl_print_json (builder);
}

/* --- the run --- */

static double
seconds_since (gint64 begun)
{
  return (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
}

static int
check_lab (CtlLab *lab, const RunOptions *options, Summary *summary)
{
  g_autoptr (GPtrArray) results = NULL;
  gint64 begun = g_get_monotonic_time ();

  results = ctl_checks_run (lab->topology, lab->client, (guint) options->jobs);
  summary->check_seconds = seconds_since (begun);
  for (guint i = 0; i < results->len; i++)
    {
      const CtlCheckResult *result = g_ptr_array_index (results, i);

      if (result->passed)
        summary->passed++;
      else
        summary->failed++;
    }
  if (ctl_was_interrupted ())
    return CTL_INTERRUPTED;
  if (options->json)
    print_report_json (lab, results, summary);
  else
    print_report (results, summary);
  return summary->failed == 0 ? CTL_OK : CTL_FAILED;
}

/* A device that does not come up is the lab's fault, not the machine's. */
static int
start_and_check (CtlLab *lab, const RunOptions *options)
{
  Summary summary = { 0 };
  gint64 begun = g_get_monotonic_time ();
  GError *error = NULL;

  if (!ctl_lab_apply (lab, &error))
    return ctl_fail (error);
  ctl_warn_memory (lab->topology, lab->client, NULL);
  if (!ctl_wait_control (lab->client, LAB_CLIENT_START, NULL, &error))
    return ctl_fail (error);
  if (!ctl_wait_ready (lab->client, NULL, options->patience, &error))
    {
      gboolean device = g_error_matches (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NODE);
      int code = ctl_fail (error);

      return device ? CTL_FAILED : code;
    }
  summary.ready_seconds = seconds_since (begun);
  return check_lab (lab, options, &summary);
}

static int
run_lab (CtlLab *lab, const RunOptions *options)
{
  GError *error = NULL;
  int code;

  lab->client = lab_client_new (lab_topology_get_uuid (lab->topology), lab->path);
  if (!ctl_wait_open (lab->client, LAB_CLIENT_OPEN_SPAWN, &error))
    return ctl_fail (error);

  ctl_check_parallel (lab->client, options->parallel);
  code = start_and_check (lab, options);
  if (ctl_was_interrupted ())
    code = CTL_INTERRUPTED;
  if (lab_client_is_open (lab->client) && lab_client_has_spawned (lab->client) &&
      !options->keep_running && !ctl_wait_shutdown (lab->client, &error))
    code = ctl_fail (error);
  return code;
}

static int
run_file (CtlLab *lab, const RunOptions *options)
{
  g_autofree char *folder = NULL;
  GError *error = NULL;
  int code;

  if (!ctl_check_needs (lab->topology))
    {
      ctl_complain (_ ("The lab is not started, and its checks are skipped."));
      return CTL_CANNOT;
    }
  ctl_interruptible ();
  ctl_set_parallel (options->parallel);
  if (options->fresh)
    {
      folder = make_fresh_folder (lab, &error);
      if (folder == NULL)
        return ctl_fail (error);
    }
  code = run_lab (lab, options);
  if (folder != NULL)
    remove_folder (folder);
  return code;
}

static int
run_run (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  RunOptions options = { .jobs = DEFAULT_JOBS, .patience = DEFAULT_PATIENCE };
  int code;
  GOptionEntry entries[] = {
    { "keep-running", 'k', 0, G_OPTION_ARG_NONE, &options.keep_running,
      N_ ("Do not stop the lab afterwards"), NULL },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs,
      N_ ("Check so many devices at once (default: 16)"), N_ ("N") },
    { "fresh", 'f', 0, G_OPTION_ARG_NONE, &options.fresh,
      N_ ("Forget saved configurations: use a throw-away folder"), NULL },
    { "timeout", 't', 0, G_OPTION_ARG_DOUBLE, &options.patience,
      N_ ("Give up when no device got ready for so long (default: 120)"), N_ ("SECONDS") },
    { "parallel", 'p', 0, G_OPTION_ARG_INT, &options.parallel,
      N_ ("Begin so many devices at once (default: two for each processor, and two)"), N_ ("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Answer as JSON"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_run_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (options.jobs < 1)
    return ctl_usage (&ctl_run_command, _ ("--jobs is at least 1."));
  if (options.parallel < 0)
    return ctl_usage (&ctl_run_command, _ ("--parallel is at least 1."));
  if (options.fresh && options.keep_running)
    return ctl_usage (&ctl_run_command, _ ("Either --fresh or --keep-running."));
  code = ctl_lab_open (&lab, &ctl_run_command, CTL_LAB_DOCUMENT | CTL_LAB_EXPLICIT, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc > 0)
    return ctl_usage (&ctl_run_command, _ ("“%s” is too much."), argv[0]);
  return run_file (&lab, &options);
}

const CtlCommand ctl_run_command = {
  .name = "run",
  .arguments = "FILE",
  .summary = N_ ("Start a lab, run its checks, stop it"),
  .details = N_ ("Exits 0 if every device got ready and every check passed, else 1. A lab that ran "
                 "before is\nleft running. Ctrl+C stops the lab.\n\n"
                 "Examples:\n"
                 "  labctl run campus.lab\n"
                 "  labctl run campus.lab --fresh --json > result.json"),
  .run = run_run,
};

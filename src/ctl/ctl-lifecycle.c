/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl start, stop, reload, freeze, thaw. */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-lab.h"
#include "ctl-ready.h"
#include "ctl-wait.h"
#include "lab-client-running.h"

static int
check_names (CtlLab *lab, char **names)
{
  return ctl_lab_knows (lab, names) ? CTL_OK : CTL_CANNOT;
}

/* Start and reload: they may wait. */
static int
order_and_wait (CtlLab *lab, LabClientVerb verb, char **names, gboolean wait, double patience)
{
  GError *error = NULL;

  if (verb == LAB_CLIENT_START)
    {
      ctl_check_needs (lab->topology);
      ctl_warn_memory (lab->topology, lab->client, (const char *const *) names);
    }
  if (!ctl_wait_control (lab->client, verb, (const char *const *) names, &error))
    return ctl_fail (error);
  if (wait && !ctl_wait_ready (lab->client, (const char *const *) names, patience, &error))
    {
      int code = ctl_fail (error);

      return code == CTL_CANNOT ? CTL_FAILED : code;
    }
  return CTL_OK;
}

static int
start_or_reload (
    const CtlCommand *command, LabClientVerb verb, CtlLabFlags flags, int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean wait = FALSE;
  double patience = CTL_PATIENCE;
  int parallel = 0;
  int code;
  GOptionEntry entries[] = {
    { "wait", 'w', 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait until the devices are ready"), NULL },
    { "timeout", 't', 0, G_OPTION_ARG_DOUBLE, &patience,
      N_ ("With --wait: give up when nothing happened for so long (default: 120)"),
      N_ ("SECONDS") },
    { "parallel", 'p', 0, G_OPTION_ARG_INT, &parallel,
      N_ ("Begin so many devices at once (default: two for each processor, and two)"), N_ ("N") },
    { NULL },
  };

  /* What runs already has its number. */
  if (verb != LAB_CLIENT_START)
    entries[2] = (GOptionEntry){ NULL };
  if (!ctl_parse_options (command, entries, &argc, &argv))
    return CTL_USAGE;
  if (parallel < 0)
    return ctl_usage (command, _ ("--parallel is at least 1."));
  ctl_set_parallel (parallel);
  code = ctl_lab_open (&lab, command, flags, &argc, &argv);
  if (code == CTL_OK)
    code = check_names (&lab, argv);
  if (code == CTL_OK)
    ctl_check_parallel (lab.client, parallel);
  return code == CTL_OK ? order_and_wait (&lab, verb, argv, wait, patience) : code;
}

static int
run_start (int argc, char **argv)
{
  return start_or_reload (&ctl_start_command, LAB_CLIENT_START, CTL_LAB_DOCUMENT | CTL_LAB_SPAWN,
                          argc, argv);
}

static int
run_reload (int argc, char **argv)
{
  return start_or_reload (&ctl_reload_command, LAB_CLIENT_RELOAD, CTL_LAB_ENGINE, argc, argv);
}

static int
stop_all_labs (void)
{
  g_auto (GStrv) uuids = lab_client_list_running ();
  int code = CTL_OK;

  for (guint i = 0; uuids[i] != NULL; i++)
    {
      g_autoptr (LabClient) client = lab_client_new (uuids[i], NULL);
      GError *error = NULL;

      if (ctl_wait_open (client, LAB_CLIENT_OPEN_NONE, &error) &&
          ctl_wait_shutdown (client, &error))
        continue;
      if (g_error_matches (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NOT_RUNNING))
        g_error_free (error); /* it ended by itself meanwhile */
      else
        code = ctl_fail (error);
    }
  return code;
}

/* To stop what does not run is done already. */
static int
stop_lab (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  GError *error = NULL;
  int code = ctl_lab_open (&lab, &ctl_stop_command, CTL_LAB_IF_RUNNING, &argc, &argv);

  if (code == CTL_OK)
    code = check_names (&lab, argv);
  if (code != CTL_OK || lab.client == NULL)
    return code;
  if (argc > 0)
    return order_and_wait (&lab, LAB_CLIENT_STOP, argv, FALSE, 0);
  return ctl_wait_shutdown (lab.client, &error) ? CTL_OK : ctl_fail (error);
}

static int
run_stop (int argc, char **argv)
{
  gboolean all = FALSE;
  GOptionEntry entries[] = {
    { "all", 'a', 0, G_OPTION_ARG_NONE, &all, N_ ("Stop every lab that runs"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_stop_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (all && argc > 0)
    return ctl_usage (&ctl_stop_command, _ ("Either --all or a lab."));
  return all ? stop_all_labs () : stop_lab (argc, argv);
}

static int
run_simple (const CtlCommand *command,
            GOptionEntry *entries,
            LabClientVerb verb,
            gboolean *flap,
            int argc,
            char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  int code;

  if (!ctl_parse_options (command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, command, CTL_LAB_ENGINE, &argc, &argv);
  if (code == CTL_OK)
    code = check_names (&lab, argv);
  if (code != CTL_OK)
    return code;
  if (flap != NULL && *flap)
    verb = LAB_CLIENT_FREEZE_FLAP;
  return order_and_wait (&lab, verb, argv, FALSE, 0);
}

static int
run_freeze (int argc, char **argv)
{
  gboolean flap = FALSE;
  GOptionEntry entries[] = {
    { "flap", 0, 0, G_OPTION_ARG_NONE, &flap, N_ ("Let the links of frozen devices go down"),
      NULL },
    { NULL },
  };

  return run_simple (&ctl_freeze_command, entries, LAB_CLIENT_FREEZE, &flap, argc, argv);
}

static int
run_thaw (int argc, char **argv)
{
  return run_simple (&ctl_thaw_command, NULL, LAB_CLIENT_THAW, NULL, argc, argv);
}

const CtlCommand ctl_start_command = {
  .name = "start",
  .arguments = "FILE [NODE…]",
  .summary = N_ ("Start a lab or some of its devices"),
  .details = N_ ("The lab runs on until “labctl stop”.\n\n"
                 "Examples:\n"
                 "  labctl start campus.lab --wait\n"
                 "  labctl start campus.lab PC1 PC2"),
  .run = run_start,
};

const CtlCommand ctl_stop_command = {
  .name = "stop",
  .arguments = "[FILE] [NODE…]",
  .summary = N_ ("Stop a lab or some of its devices"),
  .details = N_ ("Without nodes the whole lab ends, and nothing of it is left running.\n\n"
                 "Examples:\n"
                 "  labctl stop campus.lab\n"
                 "  labctl stop campus.lab PC1\n"
                 "  labctl stop --all"),
  .run = run_stop,
};

const CtlCommand ctl_reload_command = {
  .name = "reload",
  .arguments = "[FILE] [NODE…]",
  .summary = N_ ("Stop and start devices"),
  .details = N_ ("Example:\n  labctl reload campus.lab PC1 --wait"),
  .run = run_reload,
};

const CtlCommand ctl_freeze_command = {
  .name = "freeze",
  .arguments = "[FILE] [NODE…]",
  .summary = N_ ("Suspend devices"),
  .details = N_ ("A frozen device takes no processor time. Its links stay up, unless --flap.\n\n"
                 "Example:\n  labctl freeze campus.lab PC1"),
  .run = run_freeze,
};

const CtlCommand ctl_thaw_command = {
  .name = "thaw",
  .arguments = "[FILE] [NODE…]",
  .summary = N_ ("Resume frozen devices"),
  .details = N_ ("Example:\n  labctl thaw campus.lab"),
  .run = run_thaw,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl timeline: what shall happen in a lab, and when. */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-link.h"
#include "ctl-output.h"
#include "ctl-wait-record.h"
#include "lab-timeline.h"

static gboolean
is_active (const LabClientTimeline *now, guint number)
{
  for (gsize i = 0; now->active != NULL && i < g_variant_n_children (now->active); i++)
    {
      guint active;

      g_variant_get_child (now->active, i, "u", &active);
      if (active == number)
        return TRUE;
    }
  return FALSE;
}

static const char *
event_state (const LabClientTimeline *now, const LabTimelineEvent *event, guint number)
{
  double position = (double) (g_get_monotonic_time () - now->started_at) / G_USEC_PER_SEC;

  if (now->state == LAB_CLIENT_TIMELINE_STOPPED)
    return "";
  if (is_active (now, number))
    return _ ("now");
  return position >= event->at ? _ ("done") : _ ("to come");
}

static void
print_events (LabTopology *topology, const LabClientTimeline *now)
{
  const char *const columns[] = { _ ("AT"), _ ("FOR"), _ ("WHAT"), _ ("STATE"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "rrll");
  g_autoptr (GPtrArray) events = lab_topology_dup_timeline (topology);

  for (guint i = 0; i < events->len; i++)
    {
      const LabTimelineEvent *event = events->pdata[i];
      g_autofree char *at = lab_timeline_format_time (event->at);
      g_autofree char *lasts =
          event->lasts > 0 ? lab_timeline_format_time (event->lasts) : g_strdup ("");
      g_autofree char *title = lab_timeline_event_dup_title (event);

      ctl_table_add (table, CTL_PLAIN, "%s", at);
      ctl_table_add (table, CTL_PLAIN, "%s", lasts);
      ctl_table_add (table, is_active (now, i) ? CTL_WARN : CTL_PLAIN, "%s", title);
      ctl_table_add (table, CTL_PLAIN, "%s", event_state (now, event, i));
    }
  ctl_table_print (table);
}

static void
print_state (const LabClientTimeline *now)
{
  g_autofree char *position = lab_timeline_format_time (
      (double) (g_get_monotonic_time () - now->started_at) / G_USEC_PER_SEC);

  if (now->state == LAB_CLIENT_TIMELINE_RUNNING)
    /* Translators: a time, such as 01:30 */
    g_print (_ ("It runs, and is at %s.\n"), position);
  else if (now->state == LAB_CLIENT_TIMELINE_DONE)
    g_print (_ ("All has happened; what has no end goes on until it is stopped.\n"));
  if (*now->message != '\0')
    g_print ("“%s”\n", now->message);
  if (*now->problem != '\0')
    ctl_complain ("%s", now->problem);
}

static int
show (CtlLab *lab)
{
  LabClientTimeline now = { .message = "", .problem = "" };

  if (lab->client != NULL)
    lab_client_get_timeline (lab->client, &now);
  print_events (lab->topology, &now);
  if (now.state != LAB_CLIENT_TIMELINE_STOPPED)
    print_state (&now);
  lab_client_timeline_clear (&now);
  return CTL_OK;
}

static int
order (CtlLab *lab, gboolean run)
{
  GError *error = NULL;

  if (lab->client == NULL && !run)
    return CTL_OK;
  if (lab->client == NULL)
    {
      ctl_complain (_ ("The lab does not run; start it first."));
      return CTL_CANNOT;
    }
  return ctl_wait_run_timeline (lab->client, run, &error) ? CTL_OK : ctl_fail (error);
}

static int
run_timeline (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  GOptionEntry entries[] = { { NULL } };
  int code;

  if (!ctl_parse_options (&ctl_timeline_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_timeline_command, CTL_LAB_DOCUMENT | CTL_LAB_IF_RUNNING, &argc,
                       &argv);
  if (code != CTL_OK)
    return code;
  if (argc == 0 || (argc == 1 && g_str_equal (argv[0], "show")))
    return show (&lab);
  if (argc == 1 && g_str_equal (argv[0], "run"))
    return order (&lab, TRUE);
  if (argc == 1 && g_str_equal (argv[0], "stop"))
    return order (&lab, FALSE);
  return ctl_usage (&ctl_timeline_command, _ ("One of run, stop and show is needed."));
}

const CtlCommand ctl_timeline_command = {
  .name = "timeline",
  .arguments = "[FILE] [run | stop | show]",
  .summary = N_ ("Let happen what the lab’s timeline says, or tell where it stands"),
  .details = N_ (
      "A lab’s timeline says what shall happen and when: a cable is pulled for a while, a link "
      "becomes lossy, a device stops. It begins when the lab is started, unless it says “by hand”; "
      "“run” begins it anew. “stop” ends it, and everything is as it was.\n\n"
      "Examples:\n"
      "  labctl timeline campus.lab\n"
      "  labctl timeline campus.lab run"),
  .run = run_timeline,
};

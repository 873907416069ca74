/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Waiting for devices to be ready. A large lab on a small machine takes long and is not stuck: so
 * the limit is on the time in which nothing happens, not on the whole. */

#include "config.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "ctl-command.h"
#include "ctl-ready.h"
#include "ctl-wait.h"
#include "lab-client-start.h"
#include "lab-memory.h"
#include "lab-needs.h"

/* Between lines of progress where there is no terminal. */
#define LINE_SECONDS 2

typedef struct
{
  LabClient *client;
  const char *const *names;
  double patience;
  gint64 last_progress;
  guint n_ready;
  guint n_total;
  guint n_moving; /* starting, booting, stopping */
  guint n_failed;
  guint n_crashed;
  guint n_late; /* sentences that were said */
  gint64 last_line;
  gboolean lines; /* some were written, not on a terminal */
  gboolean stuck;
  gboolean unshown; /* there is something new */
  gboolean shown;   /* a line on the terminal */
} Waiting;

static gboolean
is_wanted (Waiting *waiting, LabClientNode *node)
{
  LabClientState state = lab_client_node_get_state (node);

  if (waiting->names != NULL && waiting->names[0] != NULL)
    return g_strv_contains (waiting->names, lab_client_node_get_name (node));
  return state != LAB_CLIENT_STATE_BUILTIN && state != LAB_CLIENT_STATE_UNSUPPORTED;
}

static gboolean
is_good (LabClientState state)
{
  return state == LAB_CLIENT_STATE_READY || state == LAB_CLIENT_STATE_FROZEN ||
         state == LAB_CLIENT_STATE_BUILTIN;
}

static gboolean
is_moving (LabClientState state)
{
  return state == LAB_CLIENT_STATE_STARTING || state == LAB_CLIENT_STATE_BOOTING ||
         state == LAB_CLIENT_STATE_STOPPING;
}

static void
count (Waiting *waiting)
{
  GListModel *nodes = lab_client_get_nodes (waiting->client);

  waiting->n_ready = waiting->n_total = waiting->n_moving = waiting->n_crashed = 0;
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabClientNode) node = g_list_model_get_item (nodes, i);
      LabClientState state = lab_client_node_get_state (node);

      if (!is_wanted (waiting, node))
        continue;
      waiting->n_total++;
      if (is_good (state))
        waiting->n_ready++;
      else if (is_moving (state))
        waiting->n_moving++;
      else if (state == LAB_CLIENT_STATE_CRASHED)
        waiting->n_crashed++;
    }
  waiting->n_failed = waiting->n_total - waiting->n_ready - waiting->n_moving;
}

/* (transfer full) */
static char *
describe_progress (Waiting *waiting, const LabClientStart *start)
{
  g_autofree char *ready =
      /* Translators: how far the start of a lab has come */
      g_strdup_printf (_ ("%u of %u ready"), waiting->n_ready, waiting->n_total);
  g_autofree char *failed = g_strdup_printf (_ (", %u failed"), waiting->n_crashed);
  g_autofree char *group = g_strdup_printf (_ (" (start group %u)"), start->group);

  return g_strconcat (ready, waiting->n_crashed > 0 ? failed : "",
                      start->active && start->group > 0 ? group : "", NULL);
}

/* A line that is written over on a terminal; else a line now and then, and none for what is quick.
 */
static void
show (Waiting *waiting, const LabClientStart *start, gint64 now)
{
  gboolean terminal = isatty (STDERR_FILENO);
  g_autofree char *text = NULL;

  if (!waiting->unshown || (!terminal && now - waiting->last_line < LINE_SECONDS * G_USEC_PER_SEC))
    return;
  text = describe_progress (waiting, start);
  waiting->unshown = FALSE;
  if (terminal)
    {
      g_printerr ("\r%s\033[K", text);
      waiting->shown = TRUE;
    }
  else
    {
      g_printerr ("%s\n", text);
      waiting->last_line = now;
      waiting->lines = TRUE;
    }
}

/* Who reads lines shall see how it ended. */
static void
show_last (Waiting *waiting)
{
  g_auto (LabClientStart) start = { 0 };

  if (!waiting->lines)
    return;
  lab_client_get_start (waiting->client, &start);
  show (waiting, &start, G_MAXINT64);
}

static void
clear_line (Waiting *waiting)
{
  if (waiting->shown)
    g_printerr ("\r\033[K");
  waiting->unshown = waiting->unshown || waiting->shown;
  waiting->shown = FALSE;
}

static void
say_late (Waiting *waiting, const LabClientStart *start)
{
  guint n = g_strv_length (start->late);

  for (; waiting->n_late < n; waiting->n_late++)
    {
      clear_line (waiting);
      ctl_complain ("%s", start->late[waiting->n_late]);
    }
}

static gboolean
done_cb (gpointer user_data)
{
  Waiting *waiting = user_data;
  guint ready = waiting->n_ready;
  guint moving = waiting->n_moving;
  gint64 now = g_get_monotonic_time ();
  g_auto (LabClientStart) start = { 0 };

  count (waiting);
  lab_client_get_start (waiting->client, &start);
  say_late (waiting, &start);
  if (ready != waiting->n_ready || moving != waiting->n_moving)
    {
      waiting->last_progress = now;
      waiting->unshown = TRUE;
    }
  show (waiting, &start, now);
  waiting->stuck = now - waiting->last_progress > waiting->patience * G_USEC_PER_SEC;
  /* What waits its turn is "stopped" as long as others start; only when nothing moves any more is a
   * node that is not ready one that will not be. */
  return waiting->n_ready == waiting->n_total || waiting->stuck ||
         (waiting->n_moving == 0 && waiting->n_failed > 0 &&
          now - waiting->last_progress > G_USEC_PER_SEC);
}

static void
set_failure (Waiting *waiting, GError **error)
{
  GListModel *nodes = lab_client_get_nodes (waiting->client);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabClientNode) node = g_list_model_get_item (nodes, i);

      if (!is_wanted (waiting, node) || is_good (lab_client_node_get_state (node)))
        continue;
      g_string_append (text, "\n  ");
      lab_client_node_append_failure (node, text);
    }
  g_set_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NODE,
               waiting->stuck ? _ ("%u of %u devices were not ready in time:%s")
                              : _ ("%u of %u devices did not start:%s"),
               waiting->n_total - waiting->n_ready, waiting->n_total, text->str);
}

gboolean
ctl_wait_ready (LabClient *client, const char *const *names, double patience, GError **error)
{
  Waiting waiting = {
    .client = client,
    .names = names,
    .patience = patience,
    .last_progress = g_get_monotonic_time (),
    .last_line = g_get_monotonic_time (),
  };
  gboolean waited = ctl_wait_until (client, done_cb, &waiting, error);

  clear_line (&waiting);
  if (!waited)
    return FALSE;
  show_last (&waiting);
  if (waiting.n_ready == waiting.n_total)
    return TRUE;
  set_failure (&waiting, error);
  return FALSE;
}

void
ctl_warn_memory (LabTopology *topology, LabClient *client, const char *const *names)
{
  GListModel *nodes = lab_topology_get_nodes (topology);
  gboolean all = names == NULL || names[0] == NULL;
  LabMemoryEstimate estimate = { .available = lab_memory_read_available () };
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);
      LabClientNode *remote = lab_client_find_node (client, lab_node_get_name (node));

      if ((all || g_strv_contains (names, lab_node_get_name (node))) &&
          (remote == NULL || !lab_client_node_is_running (remote)))
        lab_memory_add (&estimate, node);
    }
  if (!lab_memory_is_short (&estimate))
    return;
  text = lab_memory_describe (&estimate);
  ctl_complain ("%s", text);
}

gboolean
ctl_check_needs (LabTopology *topology)
{
  g_auto (GStrv) missing = lab_needs_examine (topology);

  for (guint i = 0; missing[i] != NULL; i++)
    ctl_complain ("%s", missing[i]);
  return missing[0] == NULL;
}

void
ctl_set_parallel (int n)
{
  g_autofree char *value = g_strdup_printf ("%d", n);

  if (n > 0)
    g_setenv ("LABWRIGHT_PARALLEL_STARTS", value, TRUE);
}

void
ctl_check_parallel (LabClient *client, int n)
{
  if (n > 0 && !lab_client_has_spawned (client))
    ctl_complain (_ ("The lab runs already: --parallel counts when it is started anew."));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Waiting for devices to be ready. A large lab on a small machine takes long and is not stuck: so
 * the limit is on the time in which nothing happens, not on the whole. */

#include "config.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "ctl-ready.h"
#include "ctl-wait.h"

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
  gboolean stuck;
  gboolean shown;
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

  waiting->n_ready = waiting->n_total = waiting->n_moving = 0;
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
    }
  waiting->n_failed = waiting->n_total - waiting->n_ready - waiting->n_moving;
}

static void
show (Waiting *waiting)
{
  if (!isatty (STDERR_FILENO))
    return;
  g_printerr (_ ("\r%u of %u ready\033[K"), waiting->n_ready, waiting->n_total);
  waiting->shown = TRUE;
}

static gboolean
done_cb (gpointer user_data)
{
  Waiting *waiting = user_data;
  guint ready = waiting->n_ready;
  guint moving = waiting->n_moving;
  gint64 now = g_get_monotonic_time ();

  count (waiting);
  if (ready != waiting->n_ready || moving != waiting->n_moving)
    {
      waiting->last_progress = now;
      show (waiting);
    }
  waiting->stuck = now - waiting->last_progress > waiting->patience * G_USEC_PER_SEC;
  /* What waits its turn is "stopped" as long as others start; only when nothing moves any more is a
   * node that is not ready one that will not be. */
  return waiting->n_ready == waiting->n_total || waiting->stuck ||
         (waiting->n_moving == 0 && waiting->n_failed > 0 &&
          now - waiting->last_progress > G_USEC_PER_SEC);
}

static void
append_failure (GString *text, LabClientNode *node)
{
  LabClientState state = lab_client_node_get_state (node);
  const char *message = lab_client_node_get_message (node);

  g_string_append_printf (text, "\n  %s: %s", lab_client_node_get_name (node),
                          lab_client_state_to_string (state));
  if (*message != '\0')
    g_string_append_printf (text, ": %s", message);
  if (state == LAB_CLIENT_STATE_CRASHED && *lab_client_node_get_last_lines (node) != '\0')
    {
      g_auto (GStrv) lines = g_strsplit (lab_client_node_get_last_lines (node), "\n", -1);

      for (guint i = 0; lines[i] != NULL; i++)
        if (*g_strchomp (lines[i]) != '\0')
          g_string_append_printf (text, "\n      %s", lines[i]);
    }
}

static void
set_failure (Waiting *waiting, GError **error)
{
  GListModel *nodes = lab_client_get_nodes (waiting->client);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (nodes) && n < 20; i++)
    {
      g_autoptr (LabClientNode) node = g_list_model_get_item (nodes, i);

      if (!is_wanted (waiting, node) || is_good (lab_client_node_get_state (node)))
        continue;
      append_failure (text, node);
      n++;
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
  };
  gboolean waited = ctl_wait_until (client, done_cb, &waiting, error);

  if (waiting.shown)
    g_printerr ("\r\033[K");
  if (!waited)
    return FALSE;
  if (waiting.n_ready == waiting.n_total)
    return TRUE;
  set_failure (&waiting, error);
  return FALSE;
}

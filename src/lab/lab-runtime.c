/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What runs, kept beside the document's objects. Most labs have most objects idle, so the state is
 * attached only where it was ever set. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-runtime.h"

typedef struct
{
  LabRunState state;
  gboolean restart_needed;
  char *message;
} NodeRun;

static G_DEFINE_QUARK (lab - node - run, node_run);
static G_DEFINE_QUARK (lab - link - run, link_run);

gboolean
lab_run_state_is_running (LabRunState state)
{
  return state >= LAB_RUN_STARTING && state <= LAB_RUN_STOPPING;
}

const char *
lab_run_state_get_label (LabRunState state)
{
  static const char *const labels[] = {
    N_ ("Not running"), N_ ("Stopped"),  N_ ("Starting"), N_ ("Booting"),  N_ ("Running"),
    N_ ("Frozen"),      N_ ("Stopping"), N_ ("Crashed"),  N_ ("Built in"), N_ ("Cannot run"),
  };

  g_return_val_if_fail (state < G_N_ELEMENTS (labels), NULL);

  return _ (labels[state]);
}

static void
node_run_free (gpointer data)
{
  NodeRun *run = data;

  g_free (run->message);
  g_free (run);
}

static const NodeRun *
peek_node_run (LabNode *self)
{
  static const NodeRun none = { .state = LAB_RUN_OFF };
  const NodeRun *run = g_object_get_qdata (G_OBJECT (self), node_run_quark ());

  return run != NULL ? run : &none;
}

LabRunState
lab_node_get_run_state (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), LAB_RUN_OFF);

  return peek_node_run (self)->state;
}

const char *
lab_node_get_run_message (LabNode *self)
{
  const char *message;

  g_return_val_if_fail (LAB_IS_NODE (self), NULL);

  message = peek_node_run (self)->message;

  return message != NULL ? message : "";
}

gboolean
lab_node_get_restart_needed (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), FALSE);

  return peek_node_run (self)->restart_needed;
}

/**
 * lab_node_set_run:
 * @state: what the device does now
 * @message: (nullable): why it is so, for a person
 * @restart_needed: its settings changed while it runs
 *
 * Takes over what the engine says of a device.
 */
void
lab_node_set_run (LabNode *self, LabRunState state, const char *message, gboolean restart_needed)
{
  const NodeRun *before;
  NodeRun *run;

  g_return_if_fail (LAB_IS_NODE (self));

  if (message != NULL && *message == '\0')
    message = NULL;
  before = peek_node_run (self);
  if (before->state == state && before->restart_needed == restart_needed &&
      g_strcmp0 (before->message, message) == 0)
    return;
  run = g_new0 (NodeRun, 1);
  run->state = state;
  run->restart_needed = restart_needed;
  run->message = g_strdup (message);
  g_object_set_qdata_full (G_OBJECT (self), node_run_quark (), run, node_run_free);
  g_signal_emit_by_name (self, "run-changed");
}

void
lab_link_get_run (LabLink *self, LabLinkRun *run)
{
  const LabLinkRun *known;

  g_return_if_fail (LAB_IS_LINK (self));
  g_return_if_fail (run != NULL);

  known = g_object_get_qdata (G_OBJECT (self), link_run_quark ());
  if (known != NULL)
    *run = *known;
  else
    memset (run, 0, sizeof *run);
}

/**
 * lab_link_set_run:
 * @run: line states and rates
 *
 * Takes over what the relay's counters say of a link.
 */
void
lab_link_set_run (LabLink *self, const LabLinkRun *run)
{
  LabLinkRun before;

  g_return_if_fail (LAB_IS_LINK (self));
  g_return_if_fail (run != NULL);

  lab_link_get_run (self, &before);
  if (memcmp (&before, run, sizeof before) == 0)
    return;
  g_object_set_qdata_full (G_OBJECT (self), link_run_quark (), g_memdup2 (run, sizeof *run),
                           g_free);
  g_signal_emit_by_name (self, "run-changed");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Back to the start configurations: one device after a question, several after a look at what goes.
 */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-moments.h"
#include "lab-put-window.h"
#include "lab-reset.h"
#include "lab-saved-put.h"
#include "lab-start-text.h"

/* --- one --- */

typedef struct
{
  LabSession *session;
  LabNode *node;
} Reset;

static void
reset_free (Reset *reset)
{
  g_object_unref (reset->session);
  g_object_unref (reset->node);
  g_free (reset);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reset, reset_free)

static void
put_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reset) reset = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!lab_saved_put_finish (result, &error))
    {
      lab_session_say (reset->session, LAB_SESSION_ERROR, _ ("The device could not be reset"),
                       error->message);
      return;
    }
  text =
      g_strdup_printf (_ ("%s has its start configuration again"), lab_node_get_name (reset->node));
  lab_session_say (reset->session, LAB_SESSION_INFO, text, NULL);
}

static void
asked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Reset *reset = user_data;
  g_autofree char *answer = lab_ask_finish (result);
  g_autoptr (LabPutConfigs) job = NULL;

  if (!g_str_equal (answer, "reset"))
    {
      reset_free (reset);
      return;
    }
  job = lab_put_configs_new ();
  lab_put_configs_add_reset (job, reset->node);
  lab_saved_put_async (reset->session, job, put_cb, reset);
}

static gboolean
is_running (LabNode *node)
{
  return lab_run_state_is_running (lab_node_get_run_state (node));
}

static void
ask_for_one (GtkWindow *parent, LabSession *session, LabNode *node)
{
  const LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "reset", is_running (node) ? _ ("_Reset and Restart") : _ ("_Reset"),
      ADW_RESPONSE_DESTRUCTIVE },
  };
  g_autofree char *heading =
      g_strdup_printf (_ ("Reset %s to Its Start Configuration?"), lab_node_get_name (node));
  g_autofree char *body = g_strjoin (
      " ",
      _ ("What the device has saved leaves it, with the VLANs of a switch. The configuration stays "
         "in its history."),
      is_running (node) ? _ ("It is stopped and started again: what it has not saved is lost.")
                        : _ ("It starts with the start configuration the next time."),
      NULL);
  Reset *reset = g_new0 (Reset, 1);

  reset->session = g_object_ref (session);
  reset->node = g_object_ref (node);
  lab_ask_async (parent, heading, body, NULL, answers, G_N_ELEMENTS (answers), "cancel", asked_cb,
                 reset);
}

/* --- several --- */

/* As the device is given it. */
static GBytes *
start_of (LabNode *node)
{
  char *text = lab_start_text_expand (lab_node_get_start_config (node), lab_node_get_name (node));

  return g_bytes_new_take (text, strlen (text));
}

static char *
say_loss (const LabMomentPlan *plan)
{
  g_autofree char *time = lab_moments_say_time (plan->now_time);

  if (plan->now == NULL)
    return g_strdup (_ ("Holds nothing that it has saved."));
  return g_strdup_printf (_ ("No. %u of %s leaves it, and stays in its history."), plan->now_number,
                          time);
}

static void
add_loss (LabPutWindow *window, const LabMomentPlan *plan)
{
  g_autofree char *sentence = say_loss (plan);
  g_autoptr (GBytes) start = start_of (plan->node);
  const LabPutItem item = {
    .node = plan->node,
    .text = start,
    .resets = TRUE,
    .text_name = _ ("Start configuration"),
    .now = plan->now,
    .sentence = sentence,
  };

  lab_put_window_add (window, &item);
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  LabSession *session = LAB_SESSION (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) plans = lab_moments_plan_finish (result, &error);
  const LabPutWords words = {
    .title = _ ("Reset to Start Configurations"),
    .explanation = _ ("What the devices have saved leaves them, with the VLANs of switches. The "
                      "configurations stay in their histories. Devices that run are stopped and "
                      "started again: what they have not saved is lost."),
    .verb = _ ("_Reset"),
    .verb_restart = _ ("_Reset and Restart"),
  };
  LabPutWindow *window;

  if (!gtk_widget_get_visible (GTK_WIDGET (parent)))
    return;
  if (plans == NULL)
    {
      lab_session_say (session, LAB_SESSION_ERROR,
                       _ ("What the devices have saved could not be read"), error->message);
      return;
    }
  window = lab_put_window_new (parent, session, &words, TRUE);
  for (guint i = 0; i < plans->len; i++)
    add_loss (window, plans->pdata[i]);
  gtk_window_present (GTK_WINDOW (window));
}

void
lab_reset_nodes (GtkWindow *parent, LabSession *session, GPtrArray *nodes)
{
  if (nodes->len == 1)
    ask_for_one (parent, session, nodes->pdata[0]);
  else
    lab_moments_plan_async (session, nodes, G_MAXINT64, NULL, looked_cb, g_object_ref (parent));
}

void
lab_reset_all (GtkWindow *parent, LabSession *session)
{
  lab_moments_plan_async (session, NULL, G_MAXINT64, NULL, looked_cb, g_object_ref (parent));
}

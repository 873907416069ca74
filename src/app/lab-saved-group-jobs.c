/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with one of a device's saved configurations: it is read in a thread, and shown,
 * compared, restored or taken then. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-panel-edit.h"
#include "lab-runtime.h"
#include "lab-saved-group-private.h"
#include "lab-saved-put.h"
#include "lab-saved-window.h"
#include "lab-start-text.h"

/* What is done with a text when it has been read. */
typedef enum
{
  JOB_VIEW,
  JOB_COMPARE_PREVIOUS,
  JOB_COMPARE_START,
  JOB_RESTORE,
  JOB_TAKE,
} JobKind;

typedef struct
{
  LabSavedGroup *group;
  LabNode *node;
  JobKind kind;
  guint number;
  guint other;  /* the entry to compare with */
  GBytes *text; /* (nullable) */
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->group);
  g_object_unref (job->node);
  g_clear_pointer (&job->text, g_bytes_unref);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static char *
entry_title (guint number)
{
  /* Translators: a saved configuration is known by its number. */
  return g_strdup_printf (_ ("Saved configuration %u"), number);
}

/* The window went while something was read or asked. */
static gboolean
is_gone (LabSavedGroup *self)
{
  return self->session == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL;
}

static void
complain (LabSavedGroup *self, const char *text, const GError *error)
{
  lab_session_say (self->session, LAB_SESSION_ERROR, text, error->message);
}

/* --- what is done with a text --- */

static void
restored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean restored = lab_saved_put_finish (result, &error);

  if (is_gone (job->group))
    return;
  if (!restored)
    {
      complain (job->group, _ ("The configuration could not be restored"), error);
      return;
    }
  text = g_strdup_printf (_ ("Configuration %u of %s restored"), job->number,
                          lab_node_get_name (job->node));
  lab_session_say (job->group->session, LAB_SESSION_INFO, text, NULL);
  lab_saved_group_refresh (job->group);
}

static void
restore (Job *job)
{
  g_autoptr (LabPutConfigs) configs = lab_put_configs_new ();

  lab_put_configs_add (configs, job->node, job->text, NULL);
  lab_saved_put_async (job->group->session, configs, restored_cb, job);
}

static void
asked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autofree char *answer = lab_ask_finish (result);

  if (g_str_equal (answer, "restore") && !is_gone (job->group))
    restore (job);
  else
    job_free (job);
}

static gboolean
node_runs (LabNode *node)
{
  return lab_run_state_is_running (lab_node_get_run_state (node));
}

static void
ask_restore (Job *job)
{
  const LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "restore", _ ("_Restore"), ADW_RESPONSE_SUGGESTED },
  };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (job->group));
  g_autofree char *heading = g_strdup_printf (_ ("Restore Configuration %u of %s?"), job->number,
                                              lab_node_get_name (job->node));
  const char *body =
      node_runs (job->node)
          ? _ ("The device is restarted with it. What it has saved now stays in this list; "
               "what it has not saved is lost.")
          : _ ("The device starts with it the next time. What it has saved now stays in "
               "this list.");

  lab_ask_async (GTK_WINDOW (root), heading, body, NULL, answers, G_N_ELEMENTS (answers), "restore",
                 asked_cb, job);
}

static void
take_as_start (Job *job)
{
  gsize length;
  const char *data = g_bytes_get_data (job->text, &length);
  g_autofree char *text = lab_start_text_from_saved (data, length, lab_node_get_name (job->node),
                                                     lab_node_get_start_config (job->node));

  lab_panel_set_node (job->group->session, job->node, "start", lab_panel_string (text));
}

static void
compare_with_start (Job *job)
{
  const char *name = lab_node_get_name (job->node);
  /* As the device is given it. */
  char *text = lab_start_text_expand (lab_node_get_start_config (job->node), name);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autofree char *title = entry_title (job->number);

  lab_saved_window_compare (GTK_WIDGET (job->group), name, _ ("Start configuration"), bytes, title,
                            job->text);
}

static void
other_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) other = lab_saved_load_text_finish (result, &error);
  g_autofree char *title = entry_title (job->number);
  g_autofree char *other_title = entry_title (job->other);

  if (is_gone (job->group))
    return;
  if (other == NULL)
    complain (job->group, _ ("The saved configuration could not be read"), error);
  else
    lab_saved_window_compare (GTK_WIDGET (job->group), lab_node_get_name (job->node), other_title,
                              other, title, job->text);
}

static void
do_job (Job *job)
{
  g_autoptr (Job) mine = job;
  g_autofree char *title = entry_title (job->number);

  switch (job->kind)
    {
    case JOB_COMPARE_PREVIOUS:
      lab_saved_load_text_async (job->group->work, job->other, NULL, other_loaded_cb,
                                 g_steal_pointer (&mine));
      break;
    case JOB_COMPARE_START:
      compare_with_start (job);
      break;
    case JOB_RESTORE:
      ask_restore (g_steal_pointer (&mine));
      break;
    case JOB_TAKE:
      take_as_start (job);
      break;
    case JOB_VIEW:
    default:
      lab_saved_window_show (GTK_WIDGET (job->group), lab_node_get_name (job->node), title,
                             job->text);
      break;
    }
}

static void
text_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;

  job->text = lab_saved_load_text_finish (result, &error);
  /* Another node is shown by now, or the window is gone. */
  if (job->group->node != job->node || is_gone (job->group))
    return;
  if (job->text == NULL)
    complain (job->group, _ ("The saved configuration could not be read"), error);
  else
    do_job (g_steal_pointer (&job));
}

static void
begin_job (LabSavedGroup *self, JobKind kind, guint number)
{
  Job *job;

  if (self->node == NULL)
    return;
  job = g_new0 (Job, 1);
  job->group = g_object_ref (self);
  job->node = g_object_ref (self->node);
  job->kind = kind;
  job->number = number;
  job->other = lab_saved_group_previous (self, number);
  lab_saved_load_text_async (self->work, number, NULL, text_loaded_cb, job);
}

static const struct
{
  const char *name;
  JobKind kind;
} actions[] = {
  { "saved.view", JOB_VIEW },
  { "saved.compare-previous", JOB_COMPARE_PREVIOUS },
  { "saved.compare-start", JOB_COMPARE_START },
  { "saved.restore", JOB_RESTORE },
  { "saved.take", JOB_TAKE },
};

static void
job_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (name, actions[i].name))
      begin_job (LAB_SAVED_GROUP (widget), actions[i].kind, g_variant_get_uint32 (parameter));
}

void
lab_saved_group_install_jobs (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, "u", job_action);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Captures, what just happened, and the timeline, from menus and by keys. What is selected is what
 * they are about; all links, if none is. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-capture-dialog.h"
#include "lab-capture.h"
#include "lab-client-record.h"
#include "lab-timeline-dialog.h"
#include "lab-window-private.h"

static GPtrArray *
get_links (LabWindow *self, gboolean *all)
{
  GPtrArray *links = lab_selection_get_items (self->selection, LAB_TYPE_LINK);
  GListModel *model = lab_topology_get_links (lab_session_get_topology (self->session));

  *all = links->len == 0;
  for (guint i = 0; *all && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (model, i);

      g_ptr_array_add (links, link); /* the document's list holds it */
    }
  return links;
}

static void
capture_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  gboolean all;
  g_autoptr (GPtrArray) links = get_links (self, &all);

  if (links->len > 0)
    lab_capture_dialog_show (GTK_WINDOW (self), self->session, links);
  else
    lab_session_say (self->session, LAB_SESSION_ERROR, _ ("The lab has no link yet."), NULL);
}

static void
save_recording_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  gboolean all;
  g_autoptr (GPtrArray) links = get_links (self, &all);

  if (all)
    g_ptr_array_set_size (links, 0);
  lab_capture_save_recording (GTK_WINDOW (self), self->session, lab_capture_ports (links));
}

static void
ran_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabSession) session = user_data;
  g_autoptr (GError) error = NULL;

  if (!lab_client_run_timeline_finish (LAB_CLIENT (object), result, &error))
    lab_session_say (session, LAB_SESSION_ERROR, error->message, NULL);
}

static void
order_timeline (LabWindow *self, gboolean run)
{
  LabClient *client = lab_session_get_client (self->session);

  if (client != NULL && lab_client_is_open (client))
    lab_client_run_timeline_async (client, run, NULL, ran_cb, g_object_ref (self->session));
  else if (run)
    lab_session_say (self->session, LAB_SESSION_ERROR, _ ("The lab does not run; start it first."),
                     NULL);
}

static void
run_timeline_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  order_timeline (user_data, TRUE);
}

static void
stop_timeline_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  order_timeline (user_data, FALSE);
}

static void
edit_timeline_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_timeline_dialog_show (GTK_WINDOW (self), self->session);
}

static const GActionEntry entries[] = {
  { "capture", capture_cb },
  { "save-recording", save_recording_cb },
  { "run-timeline", run_timeline_cb },
  { "stop-timeline", stop_timeline_cb },
  { "edit-timeline", edit_timeline_cb },
};

void
lab_window_capture_attach (LabWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

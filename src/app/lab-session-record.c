/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a session says by itself of captures and of the timeline: one that failed, what the timeline
 * tells people, what it could not do. Each once. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-client-record.h"
#include "lab-session-private.h"

static void
say_capture (LabSession *self, const LabClientCapture *capture)
{
  g_autofree char *key = g_strdup_printf ("%s %s", capture->name, capture->reason);
  g_autofree char *base = g_path_get_basename (capture->file);
  g_autofree char *text = NULL;

  if (*capture->reason == '\0' || !g_hash_table_add (self->said_captures, g_steal_pointer (&key)))
    return;
  /* Translators: a file, and why no more is written into it */
  text = g_strdup_printf (_ ("The capture %s has ended: %s"), base, capture->reason);
  lab_session_say (self, LAB_SESSION_ERROR, text, NULL);
}

static void
say_timeline (LabSession *self)
{
  LabClientTimeline now;

  lab_client_get_timeline (self->client, &now);
  if (now.message_at > self->said_message_at)
    {
      self->said_message_at = now.message_at;
      lab_session_say (self, LAB_SESSION_INFO, now.message, NULL);
    }
  if (*now.problem != '\0' && g_strcmp0 (now.problem, self->said_problem) != 0)
    lab_session_say (self, LAB_SESSION_ERROR, now.problem, NULL);
  g_free (self->said_problem);
  self->said_problem = g_strdup (now.problem);
  lab_client_timeline_clear (&now);
}

void
lab_session_record_changed (LabSession *self)
{
  LabClientCapture capture;

  if (self->said_captures == NULL)
    self->said_captures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; lab_client_get_capture (self->client, i, &capture); i++)
    {
      say_capture (self, &capture);
      lab_client_capture_clear (&capture);
    }
  say_timeline (self);
}

/* An engine that was there before has said its part. */
void
lab_session_record_attached (LabSession *self)
{
  LabClientTimeline now;

  lab_client_get_timeline (self->client, &now);
  self->said_message_at = now.message_at;
  lab_client_timeline_clear (&now);
}

gboolean
lab_session_is_captured (LabSession *self, LabLink *link)
{
  LabClientCapture capture;
  gboolean found = FALSE;

  for (guint i = 0; !found && self->client != NULL && lab_client_is_open (self->client) &&
                    lab_client_get_capture (self->client, i, &capture);
       i++)
    {
      GVariantIter iter;
      const char *node;
      const char *port;

      g_variant_iter_init (&iter, capture.ports);
      while (!found && *capture.reason == '\0' &&
             g_variant_iter_next (&iter, "(&s&s)", &node, &port))
        found = lab_link_touches (link, node, port);
      lab_client_capture_clear (&capture);
    }
  return found;
}

void
lab_session_record_clear (LabSession *self)
{
  g_clear_pointer (&self->said_captures, g_hash_table_unref);
  g_clear_pointer (&self->said_problem, g_free);
}

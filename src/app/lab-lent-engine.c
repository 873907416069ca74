/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-lent-engine.h"

typedef struct
{
  LabLentEngineDone done;
  gpointer user_data;
} Return;

static void
ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Return *back = user_data;
  g_autoptr (GError) error = NULL;

  if (!lab_client_shutdown_finish (LAB_CLIENT (object), result, &error))
    g_message ("%s", error->message);
  back->done (back->user_data);
}

static gboolean
is_of_use (LabSession *session)
{
  LabSessionEngine engine = lab_session_get_engine (session);

  return engine == LAB_SESSION_ENGINE_ON || engine == LAB_SESSION_ENGINE_STARTING;
}

void
lab_lent_engine_give_back (LabSession *session,
                           LabClient *client,
                           LabLentEngineDone done,
                           gpointer user_data)
{
  Return *back;

  if (!lab_client_has_spawned (client) || !lab_client_is_open (client) || is_of_use (session))
    {
      done (user_data);
      return;
    }
  back = g_new0 (Return, 1);
  back->done = done;
  back->user_data = user_data;
  lab_client_shutdown_async (client, NULL, ended_cb, back);
}

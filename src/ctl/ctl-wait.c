/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Waiting for the client library, and being interrupted while waiting. */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "ctl-command.h"
#include "ctl-wait.h"

static GCancellable *interrupt; /* NULL: signals end the program, as usual */

/* The first cancels, and what was begun is put in order; who asks again does not want to wait for
 * that. An engine that was told to end goes on ending. */
static gboolean
signal_cb (gpointer user_data)
{
  if (g_cancellable_is_cancelled (interrupt))
    _exit (CTL_INTERRUPTED);
  g_cancellable_cancel (interrupt);
  return G_SOURCE_CONTINUE;
}

GCancellable *
ctl_interruptible (void)
{
  if (interrupt == NULL)
    {
      interrupt = g_cancellable_new ();
      g_unix_signal_add (SIGINT, signal_cb, NULL);
      g_unix_signal_add (SIGTERM, signal_cb, NULL);
      g_unix_signal_add (SIGHUP, signal_cb, NULL);
    }
  return interrupt;
}

gboolean
ctl_was_interrupted (void)
{
  return interrupt != NULL && g_cancellable_is_cancelled (interrupt);
}

static void
store_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

gboolean
ctl_wait_open (LabClient *client, LabClientOpenFlags flags, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_open_async (client, flags, interrupt, store_cb, &result);
  wait_for (&result);
  return lab_client_open_finish (client, result, error);
}

gboolean
ctl_wait_apply (LabClient *client, const char *document, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) warnings = NULL;

  lab_client_apply_async (client, document, interrupt, store_cb, &result);
  wait_for (&result);
  if (!lab_client_apply_finish (client, result, &warnings, error))
    return FALSE;
  for (guint i = 0; warnings[i] != NULL; i++)
    ctl_complain ("%s", warnings[i]);
  return TRUE;
}

gboolean
ctl_wait_control (LabClient *client, LabClientVerb verb, const char *const *nodes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_control_async (client, verb, nodes, interrupt, store_cb, &result);
  wait_for (&result);
  return lab_client_control_finish (client, result, error);
}

char *
ctl_wait_config (LabClient *client, const char *node, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_get_config_async (client, node, interrupt, store_cb, &result);
  wait_for (&result);
  return lab_client_get_config_finish (client, result, error);
}

gboolean
ctl_wait_write_configs (
    LabClient *client, GHashTable *configs, GHashTable *vlans, gboolean restart, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_write_configs_async (client, configs, vlans, restart, interrupt, store_cb, &result);
  wait_for (&result);
  return lab_client_write_configs_finish (client, result, error);
}

guint
ctl_wait_take_checkpoint (LabClient *client, const char *name, const char *document, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_take_checkpoint_async (client, name, document, interrupt, store_cb, &result);
  wait_for (&result);
  return lab_client_take_checkpoint_finish (client, result, error);
}

guint
ctl_wait_restore_checkpoint (
    LabClient *client, guint number, const char *document, gboolean restart, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_restore_checkpoint_async (client, number, document, restart, interrupt, store_cb,
                                       &result);
  wait_for (&result);
  return lab_client_restore_checkpoint_finish (client, result, error);
}

gboolean
ctl_wait_shutdown (LabClient *client, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_shutdown_async (client, NULL, store_cb, &result);
  wait_for (&result);
  return lab_client_shutdown_finish (client, result, error);
}

GIOStream *
ctl_wait_console (LabClient *client, const char *node, CtlConsole kind, GError **error)
{
  static const LabClientConsole kinds[] = { LAB_CLIENT_CONSOLE_REPLAY, LAB_CLIENT_CONSOLE_LIVE,
                                            LAB_CLIENT_CONSOLE_MARKED };
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_open_console_async (client, node, kinds[kind], interrupt, store_cb, &result);
  wait_for (&result);
  return lab_client_open_console_finish (client, result, error);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
ctl_wait_until (LabClient *client, CtlDone done, gpointer user_data, GError **error)
{
  guint tick = g_timeout_add (100, tick_cb, NULL);
  gboolean result;

  while (!(result = done (user_data)))
    {
      if (g_cancellable_set_error_if_cancelled (interrupt, error))
        break;
      if (!lab_client_is_open (client))
        {
          g_set_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_LOST,
                       _ ("The engine of this lab ended."));
          break;
        }
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
  return result;
}

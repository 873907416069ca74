/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What devices keep, on D-Bus: configurations and checkpoints. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include "lab-server-private.h"

static gboolean
handle_get_config (LabBusEngine1 *skeleton,
                   GDBusMethodInvocation *invocation,
                   const char *node,
                   gpointer user_data)
{
  LabServer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;

  if (!lab_server_may_call (self, invocation))
    return TRUE;
  text = lab_engine_dup_config (self->engine, node, &error);
  if (text == NULL)
    {
      lab_server_return_error (invocation, error, LAB_BUS_ERROR_FAILED);
      return TRUE;
    }
  valid = g_utf8_make_valid (text, -1);
  lab_bus_engine1_complete_get_config (skeleton, invocation, valid);
  return TRUE;
}

static void
configs_written (LabEngine *engine, const GError *error, gpointer user_data)
{
  g_autofree LabServerCall *call = user_data;

  if (error != NULL)
    lab_server_return_error (call->invocation, error, LAB_BUS_ERROR_FAILED);
  else
    lab_bus_engine1_complete_write_configs (call->server->skeleton, call->invocation);
}

static gboolean
handle_write_configs (LabBusEngine1 *skeleton,
                      GDBusMethodInvocation *invocation,
                      GVariant *configs,
                      GVariant *vlans,
                      gboolean restart,
                      gpointer user_data)
{
  LabServer *self = user_data;
  g_autoptr (GError) error = NULL;
  LabServerCall *call = lab_server_call_begin (self, invocation);

  if (call == NULL)
    return TRUE;
  if (!lab_engine_write_configs (self->engine, configs, vlans, restart, configs_written, call,
                                 &error))
    lab_server_call_fail (call, error, LAB_BUS_ERROR_FAILED);
  lab_server_update_linger (self);
  return TRUE;
}

static void
checkpoint_done (LabEngine *engine, guint number, const GError *error, gpointer user_data)
{
  g_autofree LabServerCall *call = user_data;

  if (error != NULL)
    lab_server_return_error (call->invocation, error, LAB_BUS_ERROR_FAILED);
  else
    g_dbus_method_invocation_return_value (call->invocation, g_variant_new ("(u)", number));
}

static gboolean
handle_take_checkpoint (LabBusEngine1 *skeleton,
                        GDBusMethodInvocation *invocation,
                        const char *name,
                        const char *document,
                        gpointer user_data)
{
  LabServer *self = user_data;
  g_autoptr (GError) error = NULL;
  LabServerCall *call = lab_server_call_begin (self, invocation);

  if (call == NULL)
    return TRUE;
  if (!lab_engine_take_checkpoint (self->engine, name, document, checkpoint_done, call, &error))
    lab_server_call_fail (call, error, LAB_BUS_ERROR_FAILED);
  lab_server_update_linger (self);
  return TRUE;
}

static gboolean
handle_restore_checkpoint (LabBusEngine1 *skeleton,
                           GDBusMethodInvocation *invocation,
                           guint number,
                           const char *document,
                           gboolean restart,
                           gpointer user_data)
{
  LabServer *self = user_data;
  g_autoptr (GError) error = NULL;
  LabServerCall *call = lab_server_call_begin (self, invocation);

  if (call == NULL)
    return TRUE;
  if (!lab_engine_restore_checkpoint (self->engine, number, document, restart, checkpoint_done,
                                      call, &error))
    lab_server_call_fail (call, error, LAB_BUS_ERROR_FAILED);
  lab_server_update_linger (self);
  return TRUE;
}

void
lab_server_state_connect (LabServer *self)
{
  static const LabServerHandler handlers[] = {
    { "handle-get-config", G_CALLBACK (handle_get_config) },
    { "handle-write-configs", G_CALLBACK (handle_write_configs) },
    { "handle-take-checkpoint", G_CALLBACK (handle_take_checkpoint) },
    { "handle-restore-checkpoint", G_CALLBACK (handle_restore_checkpoint) },
  };

  lab_server_connect (self, handlers, G_N_ELEMENTS (handlers));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Captures, the flight recorder and the timeline on D-Bus. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include "lab-engine-record.h"
#include "lab-server-private.h"

static void
answered (LabEngine *engine, GVariant *value, const GError *error, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;

  if (value != NULL)
    g_dbus_method_invocation_return_value (invocation, value);
  else
    lab_server_return_error (invocation, error, LAB_BUS_ERROR_FAILED);
}

static gboolean
handle_start_capture (LabBusEngine1 *skeleton,
                      GDBusMethodInvocation *invocation,
                      GVariant *options,
                      gpointer user_data)
{
  LabServer *self = user_data;

  if (lab_server_may_call (self, invocation))
    lab_engine_start_capture (self->engine, options, answered, invocation);
  return TRUE;
}

static gboolean
handle_stop_capture (LabBusEngine1 *skeleton,
                     GDBusMethodInvocation *invocation,
                     const char *name,
                     gpointer user_data)
{
  LabServer *self = user_data;

  if (lab_server_may_call (self, invocation))
    lab_engine_stop_capture (self->engine, name, answered, invocation);
  return TRUE;
}

static gboolean
handle_save_recording (LabBusEngine1 *skeleton,
                       GDBusMethodInvocation *invocation,
                       GVariant *ports,
                       const char *file,
                       gpointer user_data)
{
  LabServer *self = user_data;

  if (lab_server_may_call (self, invocation))
    lab_engine_save_recording (self->engine, ports, file, answered, invocation);
  return TRUE;
}

static gboolean
handle_list_recordings (LabBusEngine1 *skeleton,
                        GDBusMethodInvocation *invocation,
                        gpointer user_data)
{
  LabServer *self = user_data;

  if (lab_server_may_call (self, invocation))
    lab_engine_list_recordings (self->engine, answered, invocation);
  return TRUE;
}

static gboolean
handle_run_timeline (LabBusEngine1 *skeleton,
                     GDBusMethodInvocation *invocation,
                     gboolean run,
                     gpointer user_data)
{
  LabServer *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lab_server_may_call (self, invocation))
    return TRUE;
  if (!run)
    lab_engine_stop_timeline (self->engine);
  if (run && !lab_engine_run_timeline (self->engine, &error))
    lab_server_return_error (invocation, error, LAB_BUS_ERROR_FAILED);
  else
    lab_bus_engine1_complete_run_timeline (skeleton, invocation);
  return TRUE;
}

void
lab_server_record_connect (LabServer *self)
{
  static const LabServerHandler handlers[] = {
    { "handle-start-capture", G_CALLBACK (handle_start_capture) },
    { "handle-stop-capture", G_CALLBACK (handle_stop_capture) },
    { "handle-save-recording", G_CALLBACK (handle_save_recording) },
    { "handle-list-recordings", G_CALLBACK (handle_list_recordings) },
    { "handle-run-timeline", G_CALLBACK (handle_run_timeline) },
  };

  lab_server_connect (self, handlers, G_N_ELEMENTS (handlers));
}

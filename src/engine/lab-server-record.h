/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-bus.h"
#include "lab-engine.h"

G_BEGIN_DECLS

/* FALSE: the call is answered already. */
typedef gboolean (*LabServerMayCall) (gpointer server, GDBusMethodInvocation *invocation);

/* The part of the object that is about captures, the flight recorder and the timeline. */
void lab_server_record_connect (LabBusEngine1 *skeleton, LabEngine **engine, LabServerMayCall may_call, gpointer server);

G_END_DECLS

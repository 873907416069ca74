/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-server-client.h"
#include "lab-server.h"

G_BEGIN_DECLS

struct _LabServer
{
  LabRunDir *run_dir;
  LabEngine *engine;
  GDBusServer *server;
  LabBusEngine1 *skeleton;
  GPtrArray *clients;
  GPtrArray *shutdowns; /* of GDBusMethodInvocation, to be answered when all is down */
  gboolean stopping;
  gboolean ended;
  guint end_idle;
  guint linger;
  LabServerEnd end;
  gpointer user_data;
};

/* A call that is answered later: when the relay is told, devices are down, or files on the disk. */
typedef struct
{
  LabServer *server;
  GDBusMethodInvocation *invocation;
} LabServerCall;

/* A method of the object: "handle-start". */
typedef struct
{
  const char *signal;
  GCallback handler;
} LabServerHandler;

/* lab-server.c */
void           lab_server_connect       (LabServer *self, const LabServerHandler *handlers, gsize n);
/* FALSE: the call is answered. */
gboolean       lab_server_may_call      (LabServer *self, GDBusMethodInvocation *invocation);
/* NULL: the call is answered, as one may not call. To be freed with g_free() when it is answered. */
LabServerCall *lab_server_call_begin    (LabServer *self, GDBusMethodInvocation *invocation);
/* Answers it with an error, as lab_server_return_error(), and frees it. */
void           lab_server_call_fail     (LabServerCall *call, const GError *error, LabBusError code);
/* Errors of other domains become a plain one, @code, so that the message arrives as it is. */
void           lab_server_return_error  (GDBusMethodInvocation *invocation, const GError *error, LabBusError code);
/* The engine ends by itself when it is of no use to anybody for a while: after what may change that. */
void           lab_server_update_linger (LabServer *self);

/* lab-server-state.c: the part of the object that is about what devices keep. */
void           lab_server_state_connect (LabServer *self);

/* lab-server-record.c: the part about captures, the flight recorder and the timeline. */
void           lab_server_record_connect (LabServer *self);

G_END_DECLS

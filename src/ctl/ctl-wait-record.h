/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl-lab.h"
#include "lab-client-record.h"

G_BEGIN_DECLS

/* As in ctl-wait.h: calls about captures, the flight recorder and the timeline. An interrupt that
 * came before does not end them. */
char     *ctl_wait_start_capture   (LabClient *client, GVariant *options, GError **error);
gboolean  ctl_wait_stop_capture    (LabClient *client, const char *name, guint64 *frames, guint64 *dropped, char **reason,
                                    GError **error);
gboolean  ctl_wait_save_recording  (LabClient *client, GVariant *ports, const char *file, guint64 *frames, GError **error);
GVariant *ctl_wait_list_recordings (LabClient *client, GError **error);
gboolean  ctl_wait_run_timeline    (LabClient *client, gboolean run, GError **error);

/* Ports as the engine takes them: a(ss); @all: one of each link, too. An exit code, after a
 * complaint. @ports: (out) (transfer full) */
int       ctl_build_ports          (CtlLab *lab, const CtlCommand *command, char **words, gboolean all, GVariant **ports);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The namespaces that make an ordinary user the root of a small system of its own. */

#include "device-machine.h"

/* New user, network, PID, IPC and UTS namespaces. The next child is the first process in them, and
 * when it ends, everything in them ends. */
gboolean device_namespaces_enter (DeviceMachine *machine, GError **error);
/* In that child: a root of its own, with the working directory as DEVICE_WORK_DIR, and the sockets
 * of the contract at their place. */
gboolean device_namespaces_build_root (DeviceMachine *machine, GError **error);
/* Writes a whole file, in one call. FALSE with errno set. */
gboolean device_namespaces_write (const char *path, const char *text);
/* In @make_etc: shows a file or folder of the machine's, read-only, if the machine has it. */
gboolean device_namespaces_share (const char *path);

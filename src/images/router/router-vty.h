/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The sockets where FRR's daemons listen for vtysh. */

/* A stream socket connected to @path, or -1. */
int router_vty_connect (const char *path);
/* Waits until somebody listens at @path. */
gboolean router_vty_wait (const char *path, guint milliseconds);

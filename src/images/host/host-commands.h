/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The commands that a host has besides the system's programs. */

#include <glib.h>

/* Where they, and the host, have their files, in the host's own root. */
#define HOST_FOLDER "/etc/host"
#define HOST_HOME   "/root"
#define HOST_SCRIPT HOST_HOME "/start"     /* the start script as it stands */
#define HOST_SAVED  HOST_FOLDER "/saved"   /* written by “save” */
#define HOST_ANSWER HOST_FOLDER "/answer"  /* empty, or why NVRAM did not take it */
#define HOST_BOOT   HOST_FOLDER "/boot"    /* runs the script */
#define HOST_BASHRC HOST_FOLDER "/bashrc"

/* Writes all of them. FALSE with errno set. */
gboolean host_commands_write (void);

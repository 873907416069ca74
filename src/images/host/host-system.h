/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The system of a Linux host. */

#include "device-machine.h"

/* Is there what a host is made of? */
gboolean host_system_check (GError **error);
/* Fills /etc of the host's own root, and makes its home. FALSE with errno set. */
gboolean host_system_make_etc (void);
/* The kernel's settings. */
void host_system_set_kernel (void);
/* From now on letting go of groups succeeds, without being done. */
void host_system_ignore_groups (void);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The start configuration, and what is saved. */

#include "device-machine.h"

/* What the device starts with: the NVRAM's configuration, or that of -c while there is none; "" if
 * there is neither. A file that cannot be read is said on the console. (transfer full) */
char *device_config_load (DeviceMachine *self);
/* @error: (nullable) why NVRAM did not take what was written. */
typedef void (*DeviceConfigStored) (const GError *error);

/* Puts @config at @path (static), and watches what is written there. @stored: (nullable) hears of
 * every time; without it failures are said on the console. */
gboolean device_config_begin (DeviceMachine *self, const char *path, const char *config,
                              DeviceConfigStored stored, GError **error);
/* Stores in NVRAM what has been written since. Cheap if nothing was. */
void device_config_store (void);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which serial ports speak Frame Relay: the file frame-relay.cfg of the working directory. */

#include "device-fr-frame.h"
#include "device-lmi.h"

#define DEVICE_FR_FILE     "frame-relay.cfg"
#define DEVICE_FR_MAX_PVCS 256 /* of a router */

typedef struct
{
  guint8 port; /* its byte, contract section 3 */
  DeviceLmiType lmi;
  DeviceFrEncapsulation encapsulation;
  GArray *dlcis; /* of guint16, as they were written */
} DeviceFrSetting;

/* Lines such as “s1/0 lmi ansi encapsulation ietf dlci 102 103”. NULL with a sentence that names the
 * line. (transfer full) (element-type DeviceFrSetting) */
GArray *device_fr_settings_parse (const char *text, GError **error);

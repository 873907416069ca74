/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What every device of ours is held to, whatever it is made of. A lab of NULL, which pc_lab_new()
 * gives when it skips, passes. */

#include "pc-device.h"

/* What is taken away from a device, and what it then says. */
typedef struct
{
  const char *sandbox; /* arguments of bwrap */
  const char *says;
} PcRefusal;

/* -h is read as an image's is, with the NVRAM that all of ours have. */
void pc_check_help (PcLab *lab);
/* The device's own processes end with it, even when nobody could clean up. */
void pc_check_no_leftovers (PcLab *lab);
/* Each fault alone keeps the device from starting, and is told in one sentence. */
void pc_check_refusals (PcLab *lab, const PcRefusal *refusals, gsize n);

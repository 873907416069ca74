/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* lwIP without its thread: initialised and clocked from our loop. */

#include "pc.h"

/* Starts lwIP; @tick runs on every whole second of CLOCK_MONOTONIC, before lwIP's own timers. */
void pc_stack_init (Pc *pc, void (*tick) (Pc *pc));
/* A frame has come or gone: timers that rest while nothing happens must run. */
void pc_stack_touched (void);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The configuration is the commands that set it. */

#include "pc.h"

/* (transfer full) */
char *pc_config_write (Pc *pc);
gboolean pc_config_save (Pc *pc, GError **error);
/* NVRAM, else @file (nullable), else NULL. What is wrong is told on the console. (transfer full) */
char *pc_config_load (Pc *pc, const char *file);

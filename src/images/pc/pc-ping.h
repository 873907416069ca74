/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pc-commands.h"
#include "pc-probe.h"

/* The options that ping and trace share; FALSE after saying what is wrong. */
typedef struct
{
  const char *host;
  PcPort *port; /* NULL: not given */
  PcProbeSettings probe;
  guint count;    /* 0: until stopped */
  guint interval; /* ms */
} PcPingOptions;

gboolean pc_ping_read_options (Pc *pc, PcArguments *arguments, PcPingOptions *options);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pc-commands.h"
#include "pc-probe.h"

/* The options that ping and trace share. */
typedef struct
{
  const char *host;
  PcPort *port; /* NULL: not given */
  PcProbeSettings probe;
  guint count;    /* 0: until stopped */
  guint interval; /* ms */
} PcPingOptions;

/* FALSE after saying what is wrong. All of @options is filled in, with defaults where nothing was
 * given; @host is borrowed from @arguments. */
gboolean pc_ping_read_options (Pc *pc, PcArguments *arguments, PcPingOptions *options);

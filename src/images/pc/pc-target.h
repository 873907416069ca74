/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* "Find the address of HOST, then …" for ping and trace. */

#include "pc.h"

typedef struct _PcTarget PcTarget;
/* NULL @address: @problem says why. */
typedef void (*PcTargetFunc) (gpointer data,
                              const ip_addr_t *address,
                              PcPort *port,
                              const char *problem);

/* @host: an address, an IPv6 address with %PORT, or a name. @func is called later, never at once.
 */
PcTarget *pc_target_find (Pc *pc, PcPort *port, const char *host, PcTargetFunc func, gpointer data);
/* Before @func was called; after that the target is gone. */
void pc_target_cancel (PcTarget *self);

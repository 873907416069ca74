/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The netio socket and, with -l, the layer-1 socket (contract sections 6 and 7). */

#include "pc.h"

typedef void (*PcFrameFunc) (PcPort *port, const guint8 *frame, gsize length);
typedef void (*PcKeepaliveFunc) (PcPort *port);

/* Takes the lock and binds the sockets. A message in @error says which id is in use and by whom. */
PcNetio *pc_netio_new (Pc *pc, PcFrameFunc frame, PcKeepaliveFunc keepalive, GError **error);
/* Removes the sockets and the lock. */
void pc_netio_free (PcNetio *self);

/* One copy to every other node of the port's segment. */
void pc_netio_send (PcNetio *self, PcPort *port, const struct pbuf *frame);
void pc_netio_send_keepalive (PcNetio *self, PcPort *port);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Frames between the ports and the netio sockets (contract, sections 6 and 7). */

#include "router.h"

/* Takes the lock and binds the sockets; to be done as the user, outside of the namespaces. */
RouterNetio *router_netio_new (Router *router, GError **error);
/* Inside: starts to carry frames, once the ports exist. */
void router_netio_start (RouterNetio *self);
/* Outside, at the end: removes sockets and lock. */
void router_netio_free (RouterNetio *self);

/* One copy to every other node of the port's segment. */
void router_netio_send (RouterPort *port, const guint8 *frame, gsize length);
void router_netio_send_keepalive (RouterPort *port);

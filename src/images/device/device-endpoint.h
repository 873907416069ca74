/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A device's own end of the IOU contract (sections 6 and 7): the netio socket, with keepalives the
 * layer-1 socket, the lock of its id, and the headers of what passes there. */

#include <glib.h>

#include "device-loop.h"
#include "iou-frame.h"
#include "iou-netmap.h"

typedef struct
{
  /* A frame for port byte @port. @length 0: one that is empty, or longer than a frame can be. */
  void (*take_frame) (gpointer data, guint8 port, guint8 *frame, gsize length);
  void (*take_keepalive) (gpointer data, guint8 port);
} DeviceEndpointFuncs;

/* Lives in its owner. */
typedef struct
{
  guint id;
  char *directory;    /* /tmp/netio<uid>, with the sockets of all devices */
  char *l1_directory; /* /tmp/netl1<uid> */

  /* Private. */
  char *lock_path;
  int lock_fd;
  DeviceWatch data;
  DeviceWatch l1; /* fd -1: without keepalives */
  const DeviceEndpointFuncs *funcs;
  gpointer funcs_data;
} DeviceEndpoint;

/* Takes the lock and binds the sockets of device @id of user @uid. A message in @error says which
 * id is in use and by whom. To be closed also after a failure. */
gboolean device_endpoint_open (DeviceEndpoint *self, guint uid, guint id, gboolean keepalives,
                               GError **error);
/* Reads, from now on. */
void device_endpoint_start (DeviceEndpoint *self, const DeviceEndpointFuncs *funcs, gpointer data);
/* Removes sockets and lock, not the directories: another device may be about to bind there. */
void device_endpoint_close (DeviceEndpoint *self);

/* What goes before a frame from our port byte @port to @peer. */
void device_endpoint_fill_header (DeviceEndpoint *self, guint8 port, const IouNetmapNode *peer,
                                  guint8 type, guint8 out[IOU_HEADER_SIZE]);
/* @peers: (nullable) (element-type IouNetmapNode): the rest of the port's segment. */
void device_endpoint_send_keepalives (DeviceEndpoint *self, guint8 port, const GArray *peers);
